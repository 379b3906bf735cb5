/* main.c -- the program of simulated locks:

       PROGRAM list                     the locks, one a line
       PROGRAM run LOCK [KEY=NUMBER]... simulates one, and prints what it took

   Only bench/contention calls it, so it does not explain itself.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "sim/turns.h"

enum { EXIT_USAGE = 2, STATE_SIZE = 1 << 16, CORES_MOST = 128 };

/* The lock is at the same address in each process: where a lock looks elsewhere
   by a hash of its address, that is the same, too.  */
#define STATE_AT UINT64_C(0x200000000000)

static struct simulation simulation = {
    .cores = 2, .sockets = 1, .patience = 200};
static struct turns_settings settings = {
    .warm_up = 100, .counted = 1000, .lines = 1};
static unsigned passed; /* whether lines are, at once */
static struct run *run;

static _Noreturn void give_up(const char *what, const char *which)
{
    fprintf(stderr, "%s '%s'.\n", what, which);
    exit(EXIT_USAGE);
}

static const struct entrant *find_entrant(const char *peer)
{
    const struct entrant *e = entrants;

    while (e->peer
           && (strcmp(e->peer, peer) != 0 || strcmp(e->primitive, "lock") != 0
               || strcmp(e->shape, "section") != 0))
        e++;
    if (!e->peer)
        give_up("there is no lock", peer);
    return e;
}

static bool set_cost(const char *key, int64_t n)
{
    struct simulation_costs *c = &simulation.costs;
    const struct {
        const char *key;
        int64_t *cost;
    } all[] = {
        {"hit", &c->hit},
        {"locked", &c->locked},
        {"transfer", &c->transfer},
        {"far", &c->far},
        {"fence", &c->fence},
        {"pause", &c->pause},
        {"clock", &c->clock},
        {"yield", &c->yield},
        {"syscall", &c->syscall},
        {"wake", &c->wake},
        {"membarrier", &c->membarrier},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(key, all[i].key) == 0) {
            *all[i].cost = n;
            return true;
        }
    return false;
}

static bool set_load(const char *key, uint64_t n)
{
    const struct {
        const char *key;
        unsigned *number;
    } all[] = {
        {"cores", &simulation.cores},
        {"sockets", &simulation.sockets},
        {"passed", &passed},
        {"lines", &settings.lines},
        {"cs", &settings.cs},
        {"ncs", &settings.ncs},
        {"patience", &simulation.patience},
    };
    const struct {
        const char *key;
        uint64_t *number;
    } wide[] = {
        {"seed", &simulation.seed},
        {"warm_up", &settings.warm_up},
        {"turns", &settings.counted},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(key, all[i].key) == 0) {
            *all[i].number = (unsigned)n;
            return true;
        }
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strcmp(key, wide[i].key) == 0) {
            *wide[i].number = n;
            return true;
        }
    return false;
}

static void set(char *argument)
{
    char *value = strchr(argument, '=');
    uint64_t n;

    if (!value)
        give_up("there is no number in", argument);
    *value = '\0';
    n = strtoull(value + 1, NULL, 10);
    if (!set_cost(argument, (int64_t)n) && !set_load(argument, n))
        give_up("there is no setting", argument);
}

static void check_settings(void)
{
    if (simulation.cores < 1 || simulation.cores > CORES_MOST
        || simulation.sockets < 1 || settings.lines > SIM_LINES_MOST
        || settings.warm_up < 1 || settings.counted < 1)
        give_up("too many or too few", "of something");
}

static void *get_state(void)
{
    void *at = mmap((void *)STATE_AT, STATE_SIZE, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

    if (at == MAP_FAILED)
        give_up("there is no memory for", "the lock");
    return at;
}

static void run_core(unsigned core, void *arg)
{
    const struct entrant *e = arg;
    e->work(&run->workers[core]);
}

static double per_turn(uint64_t begin, uint64_t end)
{
    return (double)(end - begin) / (double)settings.counted;
}

/* Jain's index of the cores' turns (Jain, Chiu and Hawe, 1984).  */
static double jain(void)
{
    double sum = 0, squares = 0;

    for (unsigned c = 0; c < simulation.cores; c++) {
        double x = (double)turns.by[c];
        sum += x;
        squares += x * x;
    }
    return sum * sum / ((double)simulation.cores * squares);
}

static void print(void)
{
    const struct turns_mark *b = &turns.begin, *e = &turns.end;
    const struct simulation_counts *from = &b->counts, *to = &e->counts;

    printf("{\"references\": %.9g, \"misses\": %.9g, \"upgrades\": %.9g, "
           "\"invalidations\": %.9g, \"futexes\": %.9g, \"switches\": %.9g, "
           "\"yields\": %.9g, \"membarriers\": %.9g, \"handovers\": %.9g, "
           "\"ns\": %.9g, \"jain\": %.9g}\n",
           per_turn(from->misses + from->upgrades, to->misses + to->upgrades),
           per_turn(from->misses, to->misses),
           per_turn(from->upgrades, to->upgrades),
           per_turn(from->invalidations, to->invalidations),
           per_turn(from->futex_calls, to->futex_calls),
           per_turn(from->switches, to->switches),
           per_turn(from->yields, to->yields),
           per_turn(from->membarriers, to->membarriers),
           per_turn(b->handovers, e->handovers),
           (double)(e->at - b->at) / (double)settings.counted, jain());
}

/* Returns NULL, or what is wrong with the lock.  */
static const char *simulate_lock(const char *name)
{
    const struct entrant *e = find_entrant(name);
    const char *why;

    run = calloc(1, sizeof *run);
    if (!run)
        give_up("there is no memory for", "the run");
    run->load.permits = 1;
    run->state = get_state();
    for (unsigned c = 0; c < simulation.cores; c++)
        run->workers[c] = (struct worker){
            .run = run, .index = c, .seed = simulation.seed * CORES_MOST + c};
    turns_begin(&settings);
    e->prepare(run->state, run);
    why = simulate(&simulation, run_core, (void *)(uintptr_t)e);
    return turns.was_violated ? "two cores at a time had it" : why;
}

static void list(void)
{
    for (const struct entrant *e = entrants; e->peer; e++)
        if (strcmp(e->primitive, "lock") == 0
            && strcmp(e->shape, "section") == 0)
            printf("%s lock section\n", e->peer);
}

int main(int argc, char **argv)
{
    const char *fault;

    if (argc == 2 && strcmp(argv[1], "list") == 0) {
        list();
        return 0;
    }
    if (argc < 3 || strcmp(argv[1], "run") != 0)
        give_up("there is no command", argc > 1 ? argv[1] : "");
    for (int i = 3; i < argc; i++)
        set(argv[i]);
    check_settings();
    simulation.rule = passed ? SIMULATION_PASSED : SIMULATION_KEPT;
    fault = simulate_lock(argv[2]);
    if (fault)
        printf("{\"fault\": \"%s\"}\n", fault);
    else
        print();
    return 0;
}
