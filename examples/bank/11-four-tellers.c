/* 11-four-tellers.c -- four counters, five customers.  Is it ever crowded?

   A Semaphore lets as many in as there are counters.

       counters = threading.Semaphore(4)               # Python
       with counters:
           ...

       -DCOUNTERS=2    two counters, three customers

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#ifndef COUNTERS
#define COUNTERS 4
#endif
enum { CUSTOMERS = COUNTERS + 1 };

static il_semaphore counters = IL_SEMAPHORE_INIT(COUNTERS);
static atomic_int inside;
static bool is_crowded; /* written by nobody, if all is right */

static void *customer(void *unused)
{
    IL_WITH(&counters) {
        if (atomic_fetch_add(&inside, 1) >= COUNTERS)
            is_crowded = true;
        atomic_fetch_sub(&inside, 1);
    }
    return unused;
}

int main(void)
{
    pthread_t thread[CUSTOMERS];

    for (int i = 0; i < CUSTOMERS; i++)
        pthread_create(&thread[i], NULL, customer, NULL);
    for (int i = 0; i < CUSTOMERS; i++)
        pthread_join(thread[i], NULL);

    puts(is_crowded ? "crowded  more customers than counters"
                    : "right  never more customers than counters");
    return is_crowded;
}
