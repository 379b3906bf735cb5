/* phases.c -- see phases.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "run/phases.h"

#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "run/beside.h"
#include "run/futexes.h"
#include "run/waves.h"

enum {
    HANG_MS = 5000,     /* longer than threads take to start or to stop, */
    HANG_EACH_MS = 100, /* with so much for each */
    SHARP_NS = 20000,   /* a reading that took longer is made again, */
    SHARP_TRIES = 8,    /* so often at most */
    CLOCK_SHARE = 50,   /* of a turn's time is what timing may take */
    LOOKS = 2,          /* at the clock, to time a turn */
    BESIDE_NS = 20000000,
};

static const int64_t second = 1000000000;

/* Tenths of a run's time, where there is something to be timed and where
   not.  */
static const int parts[2][OVER] = {
    {[WARM_UP] = 2, [COUNTED] = 6, [TIMED] = 2},
    {[WARM_UP] = 2, [COUNTED] = 4, [TIMED] = 3, [TRACED] = 1},
};

static struct timespec to_timespec(int64_t ns)
{
    return (struct timespec){(time_t)(ns / second), (long)(ns % second)};
}

/* Where the threads of a run begin together, and are seen to end.  */
static struct {
    pthread_mutex_t mutex;
    pthread_cond_t moved;
    unsigned came;
    unsigned left;
    bool open;
} gate = {.mutex = PTHREAD_MUTEX_INITIALIZER};

static void gate_prepare(void)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&gate.moved, &attr);
    pthread_condattr_destroy(&attr);
}

static void gate_enter(void)
{
    pthread_mutex_lock(&gate.mutex);
    gate.came++;
    pthread_cond_broadcast(&gate.moved);
    while (!gate.open)
        pthread_cond_wait(&gate.moved, &gate.mutex);
    pthread_mutex_unlock(&gate.mutex);
}

static void gate_leave(void)
{
    pthread_mutex_lock(&gate.mutex);
    gate.left++;
    pthread_cond_broadcast(&gate.moved);
    pthread_mutex_unlock(&gate.mutex);
}

/* Waits until *count, of the gate, is n.  Returns false if it takes too
   long.  */
static bool gate_await(const unsigned *count, unsigned n)
{
    int64_t ms = HANG_MS + (int64_t)n * HANG_EACH_MS;
    struct timespec end = to_timespec(run_now() + ms * 1000000);
    bool reached;
    int r = 0;

    pthread_mutex_lock(&gate.mutex);
    while (*count != n && r == 0)
        r = pthread_cond_timedwait(&gate.moved, &gate.mutex, &end);
    reached = *count == n;
    pthread_mutex_unlock(&gate.mutex);
    return reached;
}

static void gate_open(void)
{
    pthread_mutex_lock(&gate.mutex);
    gate.open = true;
    pthread_cond_broadcast(&gate.moved);
    pthread_mutex_unlock(&gate.mutex);
}

/* The n-th CPU of those that the process may use.  */
static bool nth_cpu(unsigned n, cpu_set_t *one)
{
    cpu_set_t mine;
    unsigned count = 0;

    if (sched_getaffinity(0, sizeof mine, &mine) != 0)
        return false;
    n %= (unsigned)CPU_COUNT(&mine);
    CPU_ZERO(one);
    for (unsigned cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (CPU_ISSET(cpu, &mine) && count++ == n)
            CPU_SET(cpu, one);
    }
    return true;
}

static void pin(struct worker *w)
{
    enum pinning how = w->run->load.pin;
    cpu_set_t one;

    if (how != PIN_NONE && nth_cpu(how == PIN_ONE ? 0 : w->index, &one))
        pthread_setaffinity_np(pthread_self(), sizeof one, &one);
}

static void *body(void *arg)
{
    struct worker *w = (struct worker *)arg;
    pin(w);
    w->id = gettid();
    futexes_count_to(&w->futexes);
    gate_enter();
    w->run->entrant->work(w);
    gate_leave();
    return NULL;
}

/* The CPU time of the worker in pauses of ping-pong, with the one that is under
   way.  Relaxed: a moment off is less than what is read around it.  */
static int64_t pauses(const struct worker *w)
{
    int64_t paused = __atomic_load_n(&w->paused, __ATOMIC_RELAXED);
    int64_t begin = __atomic_load_n(&w->pausing, __ATOMIC_RELAXED);
    clockid_t clock;
    struct timespec t;

    if (begin > 0 && pthread_getcpuclockid(w->handle, &clock) == 0
        && clock_gettime(clock, &t) == 0)
        paused += (int64_t)t.tv_sec * second + t.tv_nsec - begin;
    return paused;
}

/* Of all threads, but for those beside and for pauses.  */
static int64_t cpu_time(const struct run *run)
{
    struct timespec t;
    int64_t ns;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    ns = (int64_t)t.tv_sec * second + t.tv_nsec - beside_cpu();
    for (unsigned i = 0; i < run->crew; i++)
        ns -= pauses(&run->workers[i]);
    return ns;
}

static void read_usage(struct reading *x)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    x->switches = (uint64_t)(u.ru_nvcsw + u.ru_nivcsw);
    x->kernel =
        (int64_t)u.ru_stime.tv_sec * second + u.ru_stime.tv_usec * 1000L;
}

/* Relaxed: counters, of about one time.  */
static void read_workers(const struct run *run, struct reading *x)
{
    x->handovers = x->futexes = 0;
    for (unsigned i = 0; i < run->crew; i++) {
        const struct worker *w = &run->workers[i];
        x->ops[i] = __atomic_load_n(&w->ops, __ATOMIC_RELAXED);
        x->handovers += __atomic_load_n(&w->handovers, __ATOMIC_RELAXED);
        x->futexes += __atomic_load_n(&w->futexes, __ATOMIC_RELAXED);
    }
}

/* Reads the counts; again if meanwhile somebody else had the processor, for
   then the counts are not of one time.  */
static void take_reading(const struct run *run, struct reading *x)
{
    int tries = 0;

    do {
        x->time = run_now();
        x->cpu = cpu_time(run);
        read_usage(x);
        x->beside = beside_ops();
        read_workers(run, x);
    } while (run_now() - x->time > SHARP_NS && ++tries < SHARP_TRIES);
}

/* Relaxed: no thread has to see it at once.  */
static void set_phase(struct run *run, enum phase phase)
{
    __atomic_store_n(&run->phase, (int)phase, __ATOMIC_RELAXED);
}

static void pass(struct run *run, enum phase phase)
{
    int64_t all = (int64_t)(run->load.seconds * (double)second);
    int64_t ns = all * parts[run->shape->times][(int)phase] / 10;

    if (run->load.waves || run->load.shake)
        wave_pass(run, ns);
    else
        let_pass(ns);
}

/* So many turns for one that is timed that the clock takes 2 % of a turn's
   time at most.  Relaxed: a thread may go on with the old number.  */
static void choose_every(struct run *run, const struct readings *x)
{
    double ops = 0, turn;
    unsigned every;

    for (unsigned i = 0; i < run->load.threads; i++)
        ops += (double)(x->end.ops[i] - x->begin.ops[i]);
    if (ops < 1)
        return;
    turn = (double)(x->end.time - x->begin.time) * run->load.threads / ops;
    every = 1 + (unsigned)((double)(LOOKS * run->clock * CLOCK_SHARE) / turn);
    __atomic_store_n(&run->every, every, __ATOMIC_RELAXED);
}

/* The kernel counts futex calls in this phase alone, for that makes each
   system call dearer; and not where the threads meet between operations, with
   futex calls that are not the peer's.  */
static void pass_timed(struct run *run, struct readings *x)
{
    pid_t ids[MAX_THREADS + 1];
    bool watches;
    double before;

    for (unsigned i = 0; i < run->crew; i++)
        ids[i] = run->workers[i].id;
    watches = run->load.watch && !run->shape->has_leader
              && futexes_watch(ids, run->crew);
    before = futexes_seen();
    take_reading(run, &x->timed_begin);
    set_phase(run, TIMED);
    pass(run, TIMED);
    take_reading(run, &x->timed_end);
    if (watches)
        x->traced_futexes = futexes_seen() - before;
}

static void go_through_phases(struct run *run, struct readings *x)
{
    pass(run, WARM_UP);
    take_reading(run, &x->begin);
    set_phase(run, COUNTED);
    pass(run, COUNTED);
    take_reading(run, &x->end);
    choose_every(run, x);
    pass_timed(run, x);
    set_phase(run, TRACED);
    pass(run, TRACED);
    set_phase(run, OVER);
    wave_set(run, MAX_THREADS);
}

static void start(struct run *run)
{
    for (unsigned i = 0; i < run->crew; i++) {
        struct worker *w = &run->workers[i];
        if (pthread_create(&w->handle, NULL, body, w) != 0) {
            fprintf(stderr, "%u threads cannot be started.\n", run->crew);
            exit(EXIT_FAILURE);
        }
    }
}

static bool run_threads(struct run *run, struct readings *x)
{
    beside_start(run->load.beside);
    gate_prepare();
    start(run);
    if (!gate_await(&gate.came, run->crew))
        return false;
    if (run->load.beside > 0)
        x->beside_alone = beside_speed(BESIDE_NS);
    gate_open();
    go_through_phases(run, x);
    if (!gate_await(&gate.left, run->crew))
        return false;
    for (unsigned i = 0; i < run->crew; i++)
        pthread_join(run->workers[i].handle, NULL);
    beside_stop();
    return true;
}

/* The run that is alone: its only thread works, and a signal changes the
   phase.  */
static struct {
    struct run *run;
    struct readings *readings;
} lone;

static void next_phase(int signal)
{
    struct run *run = lone.run;

    (void)signal;
    if (run->phase == WARM_UP) {
        take_reading(run, &lone.readings->begin);
        set_phase(run, COUNTED);
    } else if (run->phase == COUNTED) {
        take_reading(run, &lone.readings->end);
        set_phase(run, OVER);
    }
}

static bool run_alone(struct run *run, struct readings *x)
{
    int64_t all = (int64_t)(run->load.seconds * (double)second);
    struct itimerspec when = {to_timespec(all * 8 / 10),
                              to_timespec(all * 2 / 10)};
    struct sigaction action = {.sa_handler = next_phase,
                               .sa_flags = SA_RESTART};
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                             .sigev_signo = SIGALRM};
    timer_t timer;

    lone.run = run;
    lone.readings = x;
    sigaction(SIGALRM, &action, NULL);
    futexes_count_to(&run->workers[0].futexes);
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0
        || timer_settime(timer, 0, &when, NULL) != 0) {
        fputs("there is no timer.\n", stderr);
        exit(EXIT_FAILURE);
    }
    run->entrant->work(&run->workers[0]);
    timer_delete(timer);
    return true;
}

bool phases_run(struct run *run, struct readings *readings)
{
    memset(readings, 0, sizeof *readings);
    readings->traced_futexes = (double)NAN;
    return run->load.alone ? run_alone(run, readings)
                           : run_threads(run, readings);
}
