/* transfer.c -- see transfer.h.

   Two threads, each bound to a CPU, write by turns what the other waits for:
   each turn is one line that is asked for.  The fastest of some short times
   counts, as nobody interrupts all of them.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "sim/transfer.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>

#include "now.h"

enum { PLAYERS = 2, TURNS = 1000, TRIES = 20, LINE = 128 };

static const double patience_s = 0.5;

static struct {
    __attribute__((aligned(LINE))) uint64_t turn; /* atomic */
    __attribute__((aligned(LINE))) bool is_over;  /* atomic */
    double best;                                  /* s, of TURNS; or NaN */
} ball;

struct player {
    pthread_t thread;
    int cpu;
    uint64_t number;
};

/* Waits for the turn, writes the next.  Acquire and release: the turns pair
   with each other.  Returns false if it is over.  */
static bool play(const struct player *p)
{
    uint64_t turn;

    while ((turn = __atomic_load_n(&ball.turn, __ATOMIC_ACQUIRE)) % PLAYERS
           != p->number)
        if (__atomic_load_n(&ball.is_over, __ATOMIC_RELAXED))
            return false;
    __atomic_store_n(&ball.turn, turn + 1, __ATOMIC_RELEASE);
    return true;
}

static void *play_on(void *player)
{
    while (play(player))
        continue;
    return NULL;
}

/* Plays, and takes the time.  */
static void *play_timed(void *player)
{
    double end = now() + patience_s;

    for (int i = 0; i < TRIES && now() < end; i++) {
        double begin = now();
        for (int k = 0; k < TURNS / PLAYERS; k++)
            play(player);
        ball.best = fmin(ball.best, now() - begin);
    }
    __atomic_store_n(&ball.is_over, true, __ATOMIC_RELAXED);
    return NULL;
}

static bool start(struct player *p, void *(*body)(void *))
{
    cpu_set_t set;

    if (pthread_create(&p->thread, NULL, body, p) != 0)
        return false;
    CPU_ZERO(&set);
    CPU_SET((unsigned)p->cpu, &set);
    pthread_setaffinity_np(p->thread, sizeof set, &set);
    return true;
}

/* Returns whether there are two CPUs.  */
static bool find_cpus(struct player *players)
{
    cpu_set_t mine;
    int n = 0;

    if (sched_getaffinity(0, sizeof mine, &mine) != 0)
        return false;
    for (int cpu = 0; cpu < CPU_SETSIZE && n < PLAYERS; cpu++)
        if (CPU_ISSET((unsigned)cpu, &mine))
            players[n++].cpu = cpu;
    return n == PLAYERS;
}

double sim_transfer_ns(void)
{
    struct player players[PLAYERS] = {{.number = 0}, {.number = 1}};

    ball.turn = 0;
    ball.is_over = false;
    ball.best = (double)NAN;
    if (!find_cpus(players) || !start(&players[1], play_on))
        return (double)NAN;
    if (start(&players[0], play_timed))
        pthread_join(players[0].thread, NULL);
    __atomic_store_n(&ball.is_over, true, __ATOMIC_RELAXED);
    pthread_join(players[1].thread, NULL);
    return ball.best * 1e9 / TURNS;
}
