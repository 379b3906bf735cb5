/* 17-home-made-barrier.c -- two tellers meet at the end of each of two days.
   Do they?

       -DFIX_DAY        waits for the day to change, not for the count
       -DFIX_BARRIER    a Barrier

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { TELLERS = 2, DAYS = 2 };

#ifdef FIX_BARRIER
static il_barrier evening = IL_BARRIER_INIT(TELLERS);

static void meet(void)
{
    il_barrier_wait(&evening, NULL);
}
#else
static il_lock lock = IL_LOCK_INIT;
static il_condition evening = IL_CONDITION_INIT(&lock);
static int arrived; /* under the lock */
#ifdef FIX_DAY
static int day;     /* under the lock */
#endif

static void meet(void)
{
    IL_WITH(&evening) {
#ifdef FIX_DAY
        int today = day;
#endif
        arrived = arrived + 1;
        if (arrived == TELLERS) {
            arrived = 0;
#ifdef FIX_DAY
            day = day + 1;
#endif
            il_condition_notify_all(&evening);
        }
#ifdef FIX_DAY
        while (day == today)
            il_condition_wait(&evening);
#else
        while (arrived != 0)
            il_condition_wait(&evening);
#endif
    }
}
#endif

static atomic_int evenings; /* of all together */
static bool is_early;       /* written by nobody, if all is right */

static void *work(void *unused)
{
    for (int days = 1; days <= DAYS; days++) {
        atomic_fetch_add(&evenings, 1);
        meet();
        if (evenings < days * TELLERS)
            is_early = true;
    }
    return unused;
}

int main(void)
{
    pthread_t teller[TELLERS];

    for (int i = 0; i < TELLERS; i++)
        pthread_create(&teller[i], NULL, work, NULL);
    for (int i = 0; i < TELLERS; i++)
        pthread_join(teller[i], NULL);

    puts(is_early ? "early  one went on alone" : "home  right");
    return is_early;
}
