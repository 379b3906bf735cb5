/* 11-forgotten-release.c -- two counters, three customers, and only the last
   of them has money.  Is he served?

       counters.acquire()                              # Python
       try:
           ...
       finally:
           counters.release()

       -DFIX_WITH    IL_WITH, C's `finally`

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { COUNTERS = 2, CUSTOMERS = 3 };

static il_semaphore counters = IL_SEMAPHORE_INIT(COUNTERS);
static atomic_int inside;
static bool is_crowded;
static int served; /* by the only one who has money */

static bool serve(int money)
{
    if (atomic_fetch_add(&inside, 1) >= COUNTERS)
        is_crowded = true;
    if (money > 0)
        served++;
    atomic_fetch_sub(&inside, 1);
    return money > 0;
}

#ifdef FIX_WITH
static void *customer(void *money)
{
    IL_WITH(&counters) {
        if (!serve(*(int *)money))
            return NULL;
    }
    return NULL;
}
#else
static void *customer(void *money)
{
    il_semaphore_acquire(&counters);
    if (!serve(*(int *)money))
        return NULL;
    il_semaphore_release(&counters);
    return NULL;
}
#endif

int main(void)
{
    static int money[CUSTOMERS] = {0, 0, 30};
    pthread_t thread[CUSTOMERS];
    bool are_more;

    for (int i = 0; i < CUSTOMERS; i++)
        pthread_create(&thread[i], NULL, customer, &money[i]);
    for (int i = 0; i < CUSTOMERS; i++)
        pthread_join(thread[i], NULL);

    are_more = il_semaphore_value(&counters) > COUNTERS;
    printf("%d  %s\n", served,
           served != 1  ? "not served"
           : are_more   ? "released too often"
           : is_crowded ? "crowded"
                        : "right");
    return served != 1 || are_more || is_crowded;
}
