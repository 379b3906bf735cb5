/* audit.c -- 10 go from one account to another while somebody adds up.

   SPDX-License-Identifier: MIT */

#include "guard.h"

#include <stdio.h>

static int accounts[2] = {100, 100};
static int total;

static void *transfer(void *unused)
{
    ENTER();
    accounts[0] = accounts[0] - 10;
    accounts[1] = accounts[1] + 10;
    LEAVE();
    return unused;
}

static void *audit(void *unused)
{
    ENTER();
    total = accounts[0] + accounts[1];
    LEAVE();
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    BEGIN();
    pthread_create(&threads[0], NULL, transfer, NULL);
    pthread_create(&threads[1], NULL, audit, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    printf("%d\n", total);
    return total != 200;
}
