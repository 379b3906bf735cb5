/* sleep.c -- the textbook's trick: a sleep between the read and the write.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int balance = 100;

static void *change(void *by)
{
    int seen = balance;
    sleep(1);
    balance = seen + *(int *)by;
    return NULL;
}

int main(void)
{
    int by[2] = {50, -30};
    pthread_t tellers[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&tellers[i], NULL, change, &by[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(tellers[i], NULL);
    printf("%d\n", balance);
    return balance != 120;
}
