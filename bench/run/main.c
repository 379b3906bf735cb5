/* main.c -- the program of a peer:

       PROGRAM list                     its entrants, one a line
       PROGRAM run PEER PRIMITIVE SHAPE [KEY=NUMBER]...
                                        makes one run, and prints it

   Only bench/contention calls it, so it does not explain itself.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/emit.h"
#include "run/phases.h"
#include "run/run.h"

enum { EXIT_USAGE = 2, CLOCK_TRIES = 20, CLOCK_LOOKS = 50, PAGE = 4096 };

static struct run run;
static struct readings readings;

static const struct shape shapes[] = {
    {"pair", OBJECT_A_THREAD, false, false, false, NULL},
    {"fail", OBJECT_A_THREAD, false, false, false, NULL},
    {"refused", OBJECT_A_THREAD, false, false, false, NULL},
    {"calls", OBJECT_A_THREAD, false, false, false, NULL},
    {"already", OBJECT_A_THREAD, false, false, false, NULL},
    {"notify", OBJECT_A_THREAD, false, false, false, NULL},
    {"signal", OBJECT_A_THREAD, false, false, false, NULL},
    {"look", OBJECT_A_THREAD, false, false, false, NULL},
    {"timed", OBJECT_A_THREAD, false, false, false, NULL},
    {"section", OBJECT_A_LOCK, true, false, false, turn_check},
    {"bank", OBJECT_A_LOCK, true, false, false, bank_check},
    {"pingpong", OBJECT_A_PAIR, true, false, false, ball_check},
    {"wake", OBJECT_FOR_ALL, false, false, true, NULL},
    {"last", OBJECT_FOR_ALL, false, false, true, NULL},
    {"reset", OBJECT_FOR_ALL, false, false, true, NULL},
    {"buffer", OBJECT_FOR_ALL, true, false, false, NULL},
    {"rounds", OBJECT_FOR_ALL, true, true, false, rounds_check},
    {"timeout", OBJECT_A_THREAD, false, false, false, NULL},
    {"churn", OBJECT_FOR_ALL, false, false, true, NULL},
    {NULL, OBJECT_FOR_ALL, false, false, false, NULL},
};

static _Noreturn void give_up(const char *what, const char *which)
{
    fprintf(stderr, "there is no %s '%s'.\n", what, which);
    exit(EXIT_USAGE);
}

static void *get_memory(size_t size)
{
    size_t rounded = (size + PAGE - 1) / PAGE * PAGE;
    void *memory = aligned_alloc(PAGE, rounded);

    if (!memory) {
        fputs("there is no memory.\n", stderr);
        exit(EXIT_FAILURE);
    }
    memset(memory, 0, rounded);
    return memory;
}

static const struct shape *find_shape(const char *name)
{
    const struct shape *s = shapes;

    while (s->name && strcmp(s->name, name) != 0)
        s++;
    if (!s->name)
        give_up("shape", name);
    return s;
}

static const struct entrant *find_entrant(char **argv)
{
    const struct entrant *e = entrants;

    while (e->peer
           && (strcmp(e->peer, argv[0]) != 0
               || strcmp(e->primitive, argv[1]) != 0
               || strcmp(e->shape, argv[2]) != 0))
        e++;
    if (!e->peer)
        give_up("entrant", argv[0]);
    return e;
}

static void set(struct load *l, const char *key, double n)
{
    const struct {
        const char *key;
        unsigned *number;
    } numbers[] = {
        {"threads", &l->threads}, {"locks", &l->locks},
        {"permits", &l->permits}, {"beside", &l->beside},
        {"cs", &l->cs},           {"ncs", &l->ncs},
        {"longer", &l->longer},   {"audits", &l->audits},
    };
    const struct {
        const char *key;
        bool *flag;
    } flags[] = {
        {"twister", &l->twister}, {"waves", &l->waves},
        {"shake", &l->shake},     {"alone", &l->alone},
        {"held", &l->held},       {"holders", &l->holders},
        {"watch", &l->watch},
    };

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (strcmp(key, numbers[i].key) == 0)
            *numbers[i].number = (unsigned)n;
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        if (strcmp(key, flags[i].key) == 0)
            *flags[i].flag = n > 0;
    }
    if (strcmp(key, "pin") == 0)
        l->pin = (enum pinning)(int)n;
    if (strcmp(key, "seconds") == 0)
        l->seconds = n;
    if (strcmp(key, "seed") == 0)
        l->seed = (uint64_t)n;
}

/* Keys that are not known are for other programs.  */
static void read_load(struct load *load, int argc, char **argv)
{
    *load =
        (struct load){.threads = 1, .locks = 1, .permits = 1, .seconds = 0.05};
    for (int i = 0; i < argc; i++) {
        char *value = strchr(argv[i], '=');
        if (!value)
            give_up("number in", argv[i]);
        *value = '\0';
        set(load, argv[i], strtod(value + 1, NULL));
    }
    if (load->threads < 1 || load->threads > MAX_THREADS || load->locks < 1
        || load->locks > MAX_LOCKS || load->beside > MAX_THREADS)
        give_up("such number of", "threads or locks");
}

static unsigned count_objects(void)
{
    switch (run.shape->has) {
    case OBJECT_A_THREAD:
        return run.load.threads;
    case OBJECT_A_PAIR:
        return (run.load.threads + 1) / 2;
    case OBJECT_A_LOCK:
        return run.load.locks;
    default:
        return 1;
    }
}

/* The least of many: what it costs if nobody interrupts.  */
static int64_t cost_of_clock(void)
{
    int64_t least = INT64_MAX;

    for (int i = 0; i < CLOCK_TRIES; i++) {
        int64_t begin = run_now(), took;
        for (int j = 1; j < CLOCK_LOOKS; j++)
            run_now();
        took = (run_now() - begin) / CLOCK_LOOKS;
        least = took < least ? took : least;
    }
    return least;
}

static void prepare_sections(void)
{
    bool is_semaphore = strstr(run.entrant->primitive, "semaphore") != NULL;

    run.is_shared = is_semaphore && run.load.permits > 1;
    run.sections = get_memory(run.load.locks * sizeof *run.sections);
    if (run.load.locks == 1 && !run.is_shared)
        run.trace.holds =
            get_memory((TRACE_MAX + MAX_THREADS) * sizeof *run.trace.holds);
}

static void prepare(void)
{
    run.crew = run.load.threads + run.shape->has_leader;
    run.objects = count_objects();
    run.state = get_memory(run.objects * run.entrant->size);
    run.clock = cost_of_clock();
    run.every = 1;
    run.awake = MAX_THREADS;
    run.last_round = UINT64_MAX;
    run.slots = get_memory(run.crew * sizeof *run.slots);
    run.balls = get_memory(run.objects * sizeof *run.balls);
    if (run.shape->has == OBJECT_A_LOCK)
        prepare_sections();
    if (run.shape->has_leader)
        wake_prepare(&run);
    twister_seed(&run.twister, (uint32_t)run.load.seed);
    for (unsigned i = 0; i < run.crew; i++) {
        struct worker *w = &run.workers[i];
        w->run = &run;
        w->index = i;
        w->seed = run.load.seed + i + 1;
        twister_seed(&w->twister, (uint32_t)w->seed);
    }
    for (unsigned i = 0; i < run.objects; i++)
        run.entrant->prepare((char *)run.state + i * run.entrant->size, &run);
}

static void check(void)
{
    if (run.shape->check)
        run.shape->check(&run);
    for (unsigned i = 0; i < run.crew; i++) {
        if (run.workers[i].saw_fault)
            run_fails(&run, "thread %u found it out of order", i);
    }
    for (unsigned i = 0; i < run.objects; i++) {
        if (!run.entrant->finish((char *)run.state + i * run.entrant->size,
                                 &run))
            run_fails(&run, "it is not free after all have left");
    }
}

/* Threads that hang are left behind.  */
static int make_run(int argc, char **argv)
{
    run.entrant = find_entrant(argv);
    run.shape = find_shape(argv[2]);
    read_load(&run.load, argc - 3, argv + 3);
    prepare();
    if (phases_run(&run, &readings))
        check();
    else
        run_fails(&run, "its threads hang");
    emit(&run, &readings);
    fflush(stdout);
    _Exit(EXIT_SUCCESS);
}

static int list(void)
{
    for (const struct entrant *e = entrants; e->peer; e++)
        printf("%s %s %s\n", e->peer, e->primitive, e->shape);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc >= 5 && strcmp(argv[1], "run") == 0)
        return make_run(argc - 2, argv + 2);
    if (argc == 2 && strcmp(argv[1], "list") == 0)
        return list();
    fputs("this is run by contention.\n", stderr);
    return EXIT_USAGE;
}

void run_fails(struct run *r, const char *format, ...)
{
    va_list args;

    if (r->fault[0])
        return;
    va_start(args, format);
    vsnprintf(r->fault, sizeof r->fault, format, args);
    va_end(args);
}

uint64_t run_ops(const struct run *r, unsigned first, unsigned last)
{
    uint64_t sum = 0;
    for (unsigned i = first; i < last; i++)
        sum += r->workers[i].ops;
    return sum;
}

bool worker_times(struct worker *w)
{
    enum phase phase = worker_phase(w);

    if (phase == TRACED)
        return true;
    if (phase != TIMED)
        return false;
    if (w->until_timed > 0) {
        w->until_timed--;
        return false;
    }
    w->until_timed = worker_period(w) - 1;
    return true;
}

/* The clock may have been read before another CPU's was.  */
void worker_waited(struct worker *w, int64_t ns, bool was_traced)
{
    if (ns < 0)
        ns = 0;
    if (!was_traced)
        histogram_add(&w->waits, (uint64_t)ns);
    if (ns > w->wait_max)
        w->wait_max = ns;
}
