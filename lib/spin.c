/* spin.c -- pause, then yield, then park: when to turn from one to the next.

   Parking costs two system calls and a wake-up, which takes tens of
   microseconds where the processor sleeps too.  A thread that waits can look
   meanwhile, with pauses between (nobody else gets the processor), or yield
   the processor and look each time that it is back.

     pausing   ends a wait within 0.1 us if the other thread runs on another
               processor; never if it needs this one
     yielding  ends it after one switch (1.2 us, where sleeping and waking
               take 1.8) if the other thread needs this processor; lasts a
               slice of 1 to 4 ms if anybody else wants it all the time

   Nothing tells beforehand which it will be, and it changes, so each thread
   learns it from its own waits, by the rules of budget.h, for both means
   apart.  The idea to spin as long as sleeping costs, and to adapt, is that of
   Karlin, Li, Manasse and Owicki, "Empirical studies of competitive spinning"
   (1991).

   P1  What a try spends is what the last wait took that pausing didn't end;
       none is made if that was more than twice IL_PAUSE_MOST.  So a thread that
       waits long has no costs, and two threads that both fell asleep, each of
       which only answers when the other's wake-up has got through, come back:
       the wait lasts two wake-ups, the try outlasts one.  (With a bound below
       that they would stay slow for ever.)
   P2  Where pausing doesn't pay it costs one wait in IL_GAP_MAX + 1.
   P3  For longer than the first looks, fewer threads pause than there are
       processors: somebody has to run who ends their waits.  With one
       processor from the begin nobody pauses; one that loses the others goes
       on, by its budgets.
   P4  A yield that takes longer than IL_YIELD_LONG met somebody who wants the
       processor all the time.  Then nobody in the process yields for
       IL_OFF_LEAST; or, if the last time was over less than QUIET times as long
       ago as it lasted, four times as long as then, OFF_MOST at most.  So
       beside such a one yields cost at most two slices in IL_OFF_LEAST, in the
       long run two in OFF_MOST.  Two, because one that comes after
       IL_YIELDS_GOOD good yields of its thread is let pass: something
       interrupted the machine, or wants the processor now and then.  On a
       virtual machine that is a few times a second, and if each counted,
       threads at a barrier would sleep instead for half of the time.
       A lock's turns are apart: among many threads at a lock some are long
       too, and yet pay.  Each thread counts its own, and stops them when too
       many are long, for four times as long as that was, and so on.  A wait may
       end a slice after its deadline, as any may that needs a processor.
   P5  Budgets of pauses are time, because a pause is 1 ns on one processor and
       50 on another.  The clock is read after IL_LOOKS pauses: a short wait
       doesn't read it.
   P6  Only who waits comes here: who wakes may be a signal handler, which must
       not touch what a library that was opened late allocates a thread.
   P7  A crowd is more threads than there are processors, who all have to run
       before a wait ends.  Some of them need the caller's processor, so it
       doesn't pause; and each yield brings the end nearer, so it has no budget
       for them but a bound, should the crowd have other things to do.

   The constants.  A build may set those that begin with IL_, and bench/sweep
   measures such builds side by side: ratios of throughput to glibc's, with two
   processors.  Where it says flat, the values don't differ beyond the noise.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "spin.h"

#include "budget.h"
#include "clock.h"
#include "fork.h"

#include <sched.h>

/* Pauses between two looks at the clock, which takes 1 to 20 of them.  Sweep,
   ping-pong: 8, 32, 128 are flat.  */
#ifndef IL_LOOKS
#define IL_LOOKS 32
#endif

/* ns; some ten times what a hand-over between processors takes.  Sweep,
   ping-pong: 300, 1000, 3000 are flat.  */
#ifndef IL_PAUSE_LEAST
#define IL_PAUSE_LEAST 1000
#endif

/* ns; what waking a processor that sleeps takes at worst, here 15 to 50 us:
   who wakes it and waits for its answer must not fall asleep meanwhile.
   Sweep, periodic with a pause of 30 us: 12 us 1.1, 25 us 1.6, 60 us 1.9,
   100 us 2.2, 150 and 250 us flat.  CPU time of one with 300 us: glibc 167,
   25 us 162, 100 us 165, 250 us 180.  */
#ifndef IL_PAUSE_MOST
#define IL_PAUSE_MOST 100000
#endif

/* Threads at a barrier need more yields than two that pass a ball.  Sweep,
   barrier of 8 and 32: tries of 2 yields 0.9 and 0.9, 8 3.8 and 1.5, 16 3.7 and
   2.5, 40 3.4 and 2.5; at most 24, 64, 200: flat.  */
#ifndef IL_YIELDS_MOST
#define IL_YIELDS_MOST 64
#endif
#ifndef IL_YIELDS_TRIED
#define IL_YIELDS_TRIED 16
#endif

/* The last to come to a barrier is mostly there after one or two.  */
#ifndef IL_CROWD_YIELDS
#define IL_CROWD_YIELDS 40
#endif

/* ns; more than what a hundred threads take that all yield, less than the
   shortest slice, 0.7 ms.  */
#ifndef IL_YIELD_LONG
#define IL_YIELD_LONG 500000
#endif

/* ns.  The least is five slices of 4 ms, the most 300.  Sweep, ping-pong on one
   processor with a thread that always runs: 20 ms, 100 ms and never to yield
   are flat.  */
#ifndef IL_OFF_LEAST
#define IL_OFF_LEAST IL_MS(20)
#endif
#define OFF_MOST IL_MS(1280)

enum { QUIET = 16 };

/* Beside a thread that always runs each other yield is long.  A good one saves
   1 to 50 us, a long one costs 1000 to 4000.  Sweep, barrier of 8 and 32: 8,
   64, 1000 are flat.  */
#ifndef IL_YIELDS_GOOD
#define IL_YIELDS_GOOD 1000
#endif

/* So many good turns make up for a long one, and so much of that is too much.
   Beside a thread that always runs each other turn is long; of 16 threads at a
   lock, one in a thousand; of 64 one in 10.  */
enum { LONG_TURN = 4, DEBT_MOST = 12 };

/* What il__spin returns besides a time: the change came, or nobody will ask
   how long the wait took.  */
enum { CAME = 0, UNTIMED = -1 };

int32_t il__spin_others;

/* What this thread has learnt.  */
static __thread struct {
    struct budget pauses; /* ns */
    struct budget yields;
    uint32_t last; /* ns that the last wait took that pausing didn't end; 0 if
                      that was too long for pausing */
} habit = {.pauses = {.amount = IL_PAUSE_LEAST},
           .yields = {.amount = IL_YIELDS_TRIED}};

/* What this thread's turns have cost: LONG_TURN for a long one, less 1 for each
   good one.  With DEBT_MOST it takes none until off_until; for how long that
   was the last time, ns.  */
static __thread struct {
    unsigned debt;
    int64_t off_until, off_for;
} turns;

/* How many threads pause for long.  */
static int32_t pausing;

/* How many good yields this thread has had since its last long one, at least;
   none yet is none.  */
static __thread unsigned good_yields;

/* When yields are allowed again, and how long they then were not.  */
static int64_t off_until, off_for;

static int64_t now(void)
{
    return il_after(1).il_ns;
}

/* How many processors the caller may use.  Where that can't be told, as on a
   machine too large for the set, there are enough.  */
static int32_t processors(void)
{
    int32_t n = INT32_MAX;
#ifdef HAVE_SCHED_GETAFFINITY
    cpu_set_t mine;
    int saved = errno;
    if (sched_getaffinity(0, sizeof mine, &mine) == 0)
        n = CPU_COUNT(&mine);
    errno = saved;
#endif
    return n;
}

/* Finds out how many may pause.  Never less than before: a thread that is
   bound to one processor says nothing of the others.  */
static void count_processors(void)
{
    int32_t others = processors() - 1;
    /* Relaxed: two threads that come here at once find the same, or one of
       them later.  */
    if (others > __atomic_load_n(&il__spin_others, __ATOMIC_RELAXED))
        __atomic_store_n(&il__spin_others, others, __ATOMIC_RELAXED);
}

/* The same for who is going to park anyway, if there was one only.  */
static void count_if_alone(void)
{
    /* Relaxed: as in count_processors.  */
    if (__atomic_load_n(&il__spin_others, __ATOMIC_RELAXED) == 0)
        count_processors();
}

/* In a forked child nobody pauses; or one does who forked in a signal handler,
   and the number is 1 too low.  Relaxed: there is no other thread.  */
static void forget_pausing(void)
{
    __atomic_store_n(&pausing, 0, __ATOMIC_RELAXED);
}

__attribute__((constructor(FORK_WATCH))) static void begin(void)
{
    count_processors();
    il__fork_watch(forget_pausing);
}

/* Begins to pause for long, if not too many do.  Returns whether it did.  */
static bool begin_pausing(void)
{
    /* Relaxed: all that counts is the number.  */
    int32_t most = __atomic_load_n(&il__spin_others, __ATOMIC_RELAXED);
    if (__atomic_fetch_add(&pausing, 1, __ATOMIC_RELAXED) < most)
        return true;
    __atomic_fetch_sub(&pausing, 1, __ATOMIC_RELAXED);
    count_processors();
    return false;
}

static void end_pausing(void)
{
    /* Relaxed: as in begin_pausing.  */
    __atomic_fetch_sub(&pausing, 1, __ATOMIC_RELAXED);
}

bool il__yields_allowed(int64_t at)
{
    /* Relaxed: it orders nothing, and a moment later is as good.  */
    return at >= __atomic_load_n(&off_until, __ATOMIC_RELAXED);
}

/* Whether a yield of this length says that yields do harm.  */
static bool yield_harms(int64_t took)
{
    bool is_lone = good_yields >= IL_YIELDS_GOOD;

    if (took < IL_YIELD_LONG) {
        good_yields += !is_lone;
        return false;
    }
    good_yields = 0;
    return !is_lone;
}

/* Relaxed: of yields that end at the same time one counts.  */
void il__yield_took(int64_t began, int64_t ended)
{
    int64_t span = __atomic_load_n(&off_for, __ATOMIC_RELAXED);
    int64_t until = __atomic_load_n(&off_until, __ATOMIC_RELAXED);

    if (!yield_harms(ended - began) || ended < until)
        return;
    if (span == 0 || ended - until > QUIET * span)
        span = IL_OFF_LEAST;
    else if (span < OFF_MOST)
        span *= 4;
    __atomic_store_n(&off_for, span, __ATOMIC_RELAXED);
    __atomic_store_n(&off_until, ended + span, __ATOMIC_RELAXED);
}

unsigned il__spin_turns(unsigned most)
{
    return turns.debt < DEBT_MOST || now() >= turns.off_until ? most : 0;
}

/* A good turn, or a long one, was had.  */
static void pay(void)
{
    if (turns.debt > 0)
        turns.debt--;
    if (turns.debt == 0)
        turns.off_for = 0;
}

static void owe(int64_t ended, int64_t took)
{
    if (turns.debt < DEBT_MOST)
        turns.debt += LONG_TURN;
    if (turns.debt < DEBT_MOST)
        return;
    if (turns.off_for + took < OFF_MOST / 4)
        turns.off_for = 4 * (turns.off_for + took);
    else
        turns.off_for = OFF_MOST;
    turns.off_until = ended + turns.off_for;
}

bool il__spin_turn(void)
{
    int64_t began = now();
    int64_t ended;

    sched_yield();
    ended = now();
    if (ended - began >= IL_YIELD_LONG)
        owe(ended, ended - began);
    else
        pay();
    return turns.debt < DEBT_MOST;
}

static bool has_come(const struct change *c)
{
    /* Relaxed: a hint, the caller looks again.  */
    uint32_t word = __atomic_load_n(c->word, __ATOMIC_RELAXED);
    return (word & ~c->ignored) != c->value;
}

/* Looks IL_LOOKS times.  */
static bool comes_soon(const struct change *c)
{
    for (int i = 0; i < IL_LOOKS; i++) {
        if (has_come(c))
            return true;
        spin_pause();
    }
    return false;
}

/* Pauses from *at until about `end`; *at is when it ended.  */
static bool comes_until(const struct change *c, int64_t end, int64_t *at)
{
    while (*at < end) {
        bool came = comes_soon(c);
        *at = now();
        if (came)
            return true;
    }
    return false;
}

/* Pauses for about `ns`; *at is when it came to nothing.  The clock is first
   read after the first looks, which count as no time.  */
static bool comes_in(const struct change *c, uint32_t ns, il_deadline until,
                     int64_t *at)
{
    bool came = comes_soon(c);
    int64_t began = 0;

    if (!came) {
        began = *at = now();
        if (began < until.il_ns && begin_pausing()) {
            came = comes_until(
                c, until.il_ns - began < ns ? until.il_ns : began + ns, at);
            end_pausing();
        }
    }
    if (came)
        budget_worked(&habit.pauses, (uint32_t)(*at - began), IL_PAUSE_LEAST,
                      IL_PAUSE_MOST);
    else
        budget_failed(&habit.pauses, IL_PAUSE_LEAST);
    return came;
}

/* Yields up to n times, from *at on.  */
static bool comes_by_yielding(const struct change *c, uint32_t n,
                              il_deadline until, int64_t *at)
{
    for (uint32_t i = 1; i <= n; i++) {
        int64_t began = *at;
        if (!il__yields_allowed(began)) {
            budget_shut(&habit.yields);
            return false;
        }
        if (began >= until.il_ns)
            return false;
        sched_yield();
        *at = now();
        il__yield_took(began, *at);
        if (has_come(c)) {
            budget_worked(&habit.yields, i, 1, IL_YIELDS_MOST);
            return true;
        }
    }
    budget_failed(&habit.yields, 1);
    return false;
}

/* How long to pause in this wait.  A process that had one processor is asked
   again when a try is due.  */
static uint32_t pause_for(void)
{
    uint32_t ns = budget_draw(&habit.pauses, habit.last);
    /* Relaxed: as in begin_pausing.  */
    if (ns > 0 && __atomic_load_n(&il__spin_others, __ATOMIC_RELAXED) == 0) {
        count_processors();
        habit.pauses.amount = 0;
        budget_failed(&habit.pauses, IL_PAUSE_LEAST);
        ns = 0;
    }
    return ns;
}

int64_t il__spin(const struct change *c, il_deadline until)
{
    uint32_t ns = pause_for();
    uint32_t yields = budget_draw(&habit.yields, IL_YIELDS_TRIED);
    int64_t began, at = 0;

    if (ns > 0 && comes_in(c, ns, until, &at))
        return CAME;
    if (yields == 0 && !budget_tries_next(&habit.pauses))
        return UNTIMED;
    if (at == 0)
        at = now();
    began = at;
    if (yields > 0 && comes_by_yielding(c, yields, until, &at)) {
        il__spin_over(began);
        return CAME;
    }
    return began;
}

void il__spin_over(int64_t began)
{
    int64_t took;

    if (began == CAME || began == UNTIMED)
        return;
    took = now() - began;
    if (took > 2 * IL_PAUSE_MOST)
        took = 0;
    habit.last = (uint32_t)(took < IL_PAUSE_MOST ? took : IL_PAUSE_MOST);
}

bool il__is_crowd(uint32_t n)
{
    /* Relaxed: nothing else depends on it.  */
    int32_t others = __atomic_load_n(&il__spin_others, __ATOMIC_RELAXED);
    return n > 1 && n - 1 > (uint32_t)others;
}

bool il__spin_in_crowd(const struct change *c, il_deadline until)
{
    int64_t began, at = 0;

    for (int i = 0; !has_come(c); i++) {
        began = at != 0 ? at : now();
        if (i == IL_CROWD_YIELDS || began >= until.il_ns
            || !il__yields_allowed(began)) {
            count_if_alone();
            return false;
        }
        sched_yield();
        at = now();
        il__yield_took(began, at);
    }
    return true;
}
