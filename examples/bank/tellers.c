/* tellers.c -- two tellers at the same accounts, and what they lose.

   One loop of many deposits on one account, the textbook's program, loses
   next to nothing: one thread is done before the other has begun, or the
   compiler makes the loop one addition.  So this is built as a litmus test:
   many accounts make a batch, the tellers begin each batch together, and go
   through its accounts in the same order at the same pace.  Nothing is
   staged: no sleep stands between the read and the write.

   SPDX-License-Identifier: MIT */

#include "tellers.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "cpus.h"

/* Accounts in a batch.  Two tellers who share one CPU only meet when one is
   interrupted in the middle of its batch, so that has to take longer than
   their turns on the CPU.  */
enum { BATCH = 1024, BATCH_ON_ONE_CPU = 1 << 18 };

/* Looks at the other teller, about 0.1 ms of them, before this one lets others
   have its CPU: they would keep it for longer than a batch takes.  */
enum { PATIENCE = 100000 };

struct bank {
    const struct safeguard *how;
    struct account *accounts;
    long batch; /* how many */
    il_barrier between_phases;

    /* Where the tellers meet, which they do spinning: to park would let one
       begin long before the other.  */
    atomic_uint arrivals, meetings;

    /* The depositing teller's, for whom the other waits at a meeting.  */
    long open; /* accounts of this batch; 0 ends the work */
    long left;
    il_deadline until;
    struct tally tally;
};

static void meet(struct bank *b)
{
    unsigned before = atomic_load(&b->meetings);

    if (atomic_fetch_add(&b->arrivals, 1) % 2 == 1) {
        atomic_fetch_add(&b->meetings, 1);
        return;
    }
    for (int looks = 1; atomic_load(&b->meetings) == before; looks++)
        if (looks % PATIENCE == 0)
            sched_yield();
}

static void change_all(struct bank *b, int amount)
{
    for (long i = 0; i < b->open; i++)
        b->how->change(&b->accounts[i], amount);
}

static void audit(struct bank *b)
{
    struct tally *t = &b->tally;

    for (long i = 0; i < b->open; i++) {
        int balance = account_reopen(&b->accounts[i]);
        t->right += balance == RIGHT;
        t->withdrawal_vanished += balance == WITHDRAWAL_VANISHED;
        t->deposit_vanished += balance == DEPOSIT_VANISHED;
    }
    t->rounds += b->open;
    b->left -= b->open;
}

static void open_batch(struct bank *b)
{
    b->open = b->left < b->batch ? b->left : b->batch;
    if (il_remaining(b->until) == 0)
        b->open = 0;
}

static void *deposit(void *arg)
{
    struct bank *b = arg;

    cpus_stay_on(0);
    for (open_batch(b); meet(b), b->open > 0; open_batch(b)) {
        change_all(b, DEPOSIT);
        if (b->how->in_phases)
            il_barrier_wait(&b->between_phases, NULL);
        meet(b);
        audit(b);
    }
    return NULL;
}

static void *withdraw(void *arg)
{
    struct bank *b = arg;

    cpus_stay_on(1);
    while (meet(b), b->open > 0) {
        if (b->how->in_phases)
            il_barrier_wait(&b->between_phases, NULL);
        change_all(b, -WITHDRAWAL);
        meet(b);
    }
    return NULL;
}

static int run(struct bank *b)
{
    pthread_t depositing, withdrawing;
    int r = pthread_create(&withdrawing, NULL, withdraw, b);

    if (r != 0)
        return r;
    r = pthread_create(&depositing, NULL, deposit, b);
    if (r != 0)
        meet(b); /* in the place of the other: no batch is open */
    else
        pthread_join(depositing, NULL);
    pthread_join(withdrawing, NULL);
    return r;
}

int tellers_work(const struct safeguard *how, long rounds, il_deadline until,
                 struct tally *tally)
{
    struct bank b = {
        .how = how,
        .batch = cpus_allowed() > 1 ? BATCH : BATCH_ON_ONE_CPU,
        .between_phases = IL_BARRIER_INIT(2),
        .left = rounds,
        .until = until,
        .tally = *tally,
    };
    int r;

    b.accounts = calloc((size_t)b.batch, sizeof *b.accounts);
    if (b.accounts == NULL)
        return ENOMEM;
    for (long i = 0; i < b.batch; i++)
        account_init(&b.accounts[i]);
    r = run(&b);
    free(b.accounts);
    *tally = b.tally;
    return r;
}
