/* random.c -- small random programs, for one search to be held against another:
   three variables and two locks, a few operations a thread.  Each prints what
   its threads have read.  The scenarios are numbers, which the programs come
   from.

   SPDX-License-Identifier: MIT */

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS_MOST = 3, OPS_MOST = 5, VARIABLES = 3, LOCKS = 2 };

enum op {
    READ,
    WRITE,
    LOAD,
    STORE,
    STORE_SEQ_CST,
    ADD,
    FENCE,
    LOCK,
    UNLOCK,
    OPS
};

struct action {
    enum op op;
    int at, value;
};

struct program {
    struct action actions[OPS_MOST];
    int n, id;
};

static struct program programs[THREADS_MOST];
static long variables[VARIABLES];
static pthread_mutex_t locks[LOCKS] = {PTHREAD_MUTEX_INITIALIZER,
                                       PTHREAD_MUTEX_INITIALIZER};
static long seen[THREADS_MOST][OPS_MOST];

static uint64_t state;

/* Vigna's xorshift64*, 2016.  */
static int below(int n)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return (int)((state * UINT64_C(2685821657736338717) >> 33) % (uint64_t)n);
}

/* A thread has at most one lock at a time, and gives it back.  */
static void make(struct program *p, int most)
{
    int held = -1;
    while (p->n < most) {
        struct action a = {(enum op)below(OPS), below(VARIABLES), 1 + below(2)};
        if (a.op == LOCK && held < 0 && p->n + 1 < most)
            held = a.at = below(LOCKS);
        else if (a.op == UNLOCK && held >= 0)
            a.at = held, held = -1;
        else if (a.op == LOCK || a.op == UNLOCK)
            continue;
        p->actions[p->n++] = a;
    }
    if (held >= 0)
        p->actions[p->n - 1] = (struct action){UNLOCK, held, 0};
}

static long act(const struct action *a)
{
    long *v = &variables[a->at];

    switch (a->op) {
    case READ:
        return *v;
    case WRITE:
        *v = a->value;
        break;
    case LOAD:
        return __atomic_load_n(v, __ATOMIC_ACQUIRE);
    case STORE:
        __atomic_store_n(v, a->value, __ATOMIC_RELEASE);
        break;
    case STORE_SEQ_CST:
        __atomic_store_n(v, a->value, __ATOMIC_SEQ_CST);
        break;
    case ADD:
        return __atomic_fetch_add(v, a->value, __ATOMIC_ACQ_REL);
    case FENCE:
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        break;
    case LOCK:
        pthread_mutex_lock(&locks[a->at]);
        break;
    default:
        pthread_mutex_unlock(&locks[a->at]);
    }
    return 0;
}

static void *run(void *program)
{
    const struct program *p = program;
    for (int i = 0; i < p->n; i++)
        seen[p->id][i] = act(&p->actions[i]);
    return NULL;
}

static void print(int threads)
{
    for (int t = 0; t < threads; t++)
        for (int i = 0; i < programs[t].n; i++)
            printf("%ld", seen[t][i]);
    for (int v = 0; v < VARIABLES; v++)
        printf(" %ld", variables[v]);
    putchar('\n');
}

int main(int argc, char **argv)
{
    pthread_t t[THREADS_MOST];
    int threads = argc == 3 ? atoi(argv[2]) : 0;

    if (threads < 2 || threads > THREADS_MOST) {
        fprintf(stderr, "usage: %s NUMBER THREADS\n", argv[0]);
        return 2;
    }
    state = (uint64_t)atoi(argv[1]) * UINT64_C(0x9e3779b97f4a7c15) | 1;
    for (int i = 0; i < threads; i++) {
        programs[i].id = i;
        make(&programs[i], threads == 2 ? OPS_MOST : OPS_MOST - 2);
    }
    for (int i = 0; i < threads; i++)
        pthread_create(&t[i], NULL, run, &programs[i]);
    for (int i = 0; i < threads; i++)
        pthread_join(t[i], NULL);
    print(threads);
    return 0;
}
