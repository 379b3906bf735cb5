/* turns.c -- turns in a critical section, and the bank.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <inttypes.h>

#include "run/run.h"
#include "run/waves.h"

enum { DEPOSIT = 1000, PERCENT = 100 };

void worker_works_outside(struct worker *w)
{
    uint32_t ncs = w->run->load.ncs;

    if (ncs == 0)
        return;
    if (w->run->load.twister) {
        for (uint32_t n = twister_step(&w->twister) % ncs; n > 0; n--)
            twister_step(&w->twister);
    } else {
        /* A fixed number lets threads fall into a rhythm that no program
           has.  */
        work(&w->seed, random_below(&w->seed, 2 * ncs + 1));
    }
}

/* Counts the last wait, which is done outside of the lock, and notes that the
   next begins.  Relaxed: a look at a counter that others write.  */
static void want(struct worker *w, const struct section *s)
{
    w->wanted = 0;
    if (!worker_times(w))
        return;
    w->is_traced = worker_phase(w) == TRACED;
    if (w->is_traced)
        w->counter_then = __atomic_load_n(&s->counter, __ATOMIC_RELAXED);
    w->wanted = run_now();
}

static void count_wait(struct worker *w)
{
    if (w->wanted)
        worker_waited(w, w->got - w->wanted - w->run->clock, w->is_traced);
}

int turn_next(struct worker *w)
{
    const struct load *load = &w->run->load;
    unsigned lock = 0;

    if (w->began) {
        count_wait(w);
        worker_works_outside(w);
    }
    w->began = true;
    if ((load->waves || load->shake) && !wave_admits(w))
        return -1;
    if (!worker_goes_on(w))
        return -1;
    if (load->locks > 1)
        lock = random_below(&w->seed, load->locks);
    want(w, &w->run->sections[lock]);
    return (int)lock;
}

static void work_inside(struct worker *w, struct section *s)
{
    const struct load *load = &w->run->load;
    uint64_t cs = load->cs;

    if (load->longer && w->index == 0)
        cs *= load->longer;
    if (cs > UINT32_MAX)
        cs = UINT32_MAX;
    if (!load->twister)
        work(&s->seed, (uint32_t)cs);
    while (load->twister && cs-- > 0)
        twister_step(&w->run->twister);
}

/* The release comes next, so the time is taken last.  */
static void note_hold(struct worker *w, uint64_t number)
{
    struct trace *t = &w->run->trace;
    struct hold *h;

    if (t->n >= TRACE_MAX)
        return;
    h = &t->holds[t->n++];
    *h = (struct hold){w->wanted, w->got, 0, number, w->index};
    h->released = run_now();
}

/* What is read before the work and written after it is not what others made
   of it meanwhile, if there are any.  Relaxed: the lock orders all of it, or
   there is a fault to be found.  */
static void hold_alone(struct worker *w, struct section *s)
{
    uint64_t counter = __atomic_load_n(&s->counter, __ATOMIC_RELAXED);
    unsigned me = w->index + 1;
    bool is_traced = w->wanted && w->is_traced;

    if (is_traced && counter > w->counter_then + w->bypass)
        w->bypass = counter - w->counter_then;
    if (__atomic_load_n(&s->inside, __ATOMIC_RELAXED) != 0)
        w->saw_fault = true;
    __atomic_store_n(&s->inside, me, __ATOMIC_RELAXED);
    work_inside(w, s);
    if (s->last != me) {
        s->last = me;
        __atomic_store_n(&w->handovers, w->handovers + 1, __ATOMIC_RELAXED);
    }
    if (__atomic_load_n(&s->inside, __ATOMIC_RELAXED) != me)
        w->saw_fault = true;
    __atomic_store_n(&s->inside, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&s->counter, counter + 1, __ATOMIC_RELAXED);
    if (is_traced && w->run->trace.holds)
        note_hold(w, counter);
}

/* With several permits the section is not exclusive, and the work in it is the
   thread's own.  Relaxed: the number is only compared.  */
static void hold_together(struct worker *w, struct section *s)
{
    const struct load *load = &w->run->load;

    if (__atomic_add_fetch(&s->inside, 1, __ATOMIC_RELAXED) > load->permits)
        w->saw_fault = true;
    work(&w->seed, load->cs);
    __atomic_fetch_sub(&s->inside, 1, __ATOMIC_RELAXED);
}

void turn_inside(struct worker *w, int lock)
{
    struct section *s = &w->run->sections[lock];

    if (w->wanted)
        w->got = run_now();
    if (w->run->is_shared)
        hold_together(w, s);
    else
        hold_alone(w, s);
    worker_counts(w, 1);
}

static uint64_t sum_of_counters(const struct run *run)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < run->load.locks; i++)
        sum += run->sections[i].counter;
    return sum;
}

void turn_check(struct run *run)
{
    uint64_t ops = run_ops(run, 0, run->load.threads);
    uint64_t counted = sum_of_counters(run);

    if (counted != ops && !run->is_shared)
        run_fails(run,
                  "it lost updates: %" PRIu64 " of %" PRIu64 " were counted",
                  counted, ops);
}

/* All accounts together have to have this much.  */
static uint64_t all_deposits(const struct run *run)
{
    return (uint64_t)run->load.locks * DEPOSIT;
}

bool bank_next(struct worker *w, struct held *held)
{
    unsigned n = w->run->load.locks, first, second;

    if (turn_next(w) < 0)
        return false;
    if (random_below(&w->seed, PERCENT) < w->run->load.audits) {
        held->n = n;
        for (unsigned i = 0; i < n; i++)
            held->locks[i] = i;
        return true;
    }
    first = random_below(&w->seed, n);
    second = (first + 1 + random_below(&w->seed, n - 1)) % n;
    held->n = 2;
    held->locks[0] = first < second ? first : second;
    held->locks[1] = first < second ? second : first;
    return true;
}

static void audit(struct worker *w)
{
    uint64_t sum = 0;

    for (unsigned i = 0; i < w->run->load.locks; i++)
        sum += w->run->sections[i].balance + DEPOSIT;
    if (sum != all_deposits(w->run))
        w->saw_fault = true;
}

/* Balances begin at 0, which stands for DEPOSIT, and may wrap.  The work lies
   between reading and writing, where a lock that lets two in loses money.
   Relaxed: the locks order it.  */
static void transfer(struct worker *w, uint64_t *from, uint64_t *to)
{
    uint64_t amount = random_below(&w->seed, DEPOSIT);
    uint64_t less = __atomic_load_n(from, __ATOMIC_RELAXED) - amount;
    uint64_t more = __atomic_load_n(to, __ATOMIC_RELAXED) + amount;

    work(&w->seed, w->run->load.cs);
    __atomic_store_n(from, less, __ATOMIC_RELAXED);
    __atomic_store_n(to, more, __ATOMIC_RELAXED);
}

void bank_inside(struct worker *w, const struct held *held)
{
    if (w->wanted)
        w->got = run_now();
    if (held->n == 2) {
        unsigned side = random_below(&w->seed, 2);
        transfer(w, &w->run->sections[held->locks[side]].balance,
                 &w->run->sections[held->locks[1 - side]].balance);
    } else {
        work(&w->seed, w->run->load.cs);
        audit(w);
    }
    worker_counts(w, 1);
}

void bank_check(struct run *run)
{
    uint64_t sum = 0;

    for (unsigned i = 0; i < run->load.locks; i++)
        sum += run->sections[i].balance;
    if (sum != 0)
        run_fails(run, "its bank has %" PRIu64 " too much or too little", sum);
}
