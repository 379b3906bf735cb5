/* main_stack.c -- the variable is main's own, and main writes it too.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdio.h>

static void *add(void *sum)
{
    *(int *)sum = *(int *)sum + 1;
    return NULL;
}

int main(void)
{
    pthread_t thread;
    int sum = 0;

    pthread_create(&thread, NULL, add, &sum);
    add(&sum);
    pthread_join(thread, NULL);
    printf("%d\n", sum);
    return sum != 2;
}
