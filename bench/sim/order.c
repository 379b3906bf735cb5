/* order.c -- see order.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "sim/order.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NS_MOST = 1000000000, LINES_MOST = 16, SOCKETS_MOST = 16, SEEDS = 10 };

static const char usage[] =
    "usage: contention sim [OPTION]...\n"
    "\n"
    "Runs the code of locks on simulated cores, a thread on each, and counts\n"
    "what an acquisition asks of other cores' caches and of the system.\n"
    "\n"
    "  --locks L,L,...      these (all): il or interlock, spin-40, drepper, "
    "tas,\n"
    "                       ttas, ticket, mcs, clh\n"
    "  --cores N,A..B,...   with so many cores (2,8,32,64,128), at most 128;\n"
    "                       A..B is A, 2A, 4A ... B\n"
    "  --seeds N            how often, each with other jitter (10)\n"
    "  --sockets N          the cores in so many sockets (1)\n"
    "  --lines N            cache lines that a section writes (1)\n"
    "  --cs NS              work in a section (0)\n"
    "  --ncs NS             work outside, on average (200)\n"
    "  --rule kept|passed   a core that has a line which another has asked for "
    "uses\n"
    "                       it until it is there (kept), or makes one access "
    "and\n"
    "                       passes it on at once\n"
    "  --costs KEY=NS,...   what things take: hit, locked: a plain and an "
    "atomic\n"
    "                       access to the core's own cache; transfer: of a "
    "line "
    "from\n"
    "                       a core of the socket; far: of another; fence; "
    "pause, in\n"
    "                       spin loops; clock: a look at it; yield, with "
    "nobody "
    "there;\n"
    "                       syscall: a futex call; wake: until who is woken "
    "runs;\n"
    "                       membarrier\n"
    "  --check              measures, too, with 2, 4, 8 ... threads up to "
    "this\n"
    "                       machine's CPUs, and what a transfer takes here; "
    "compares\n"
    "  --json FILE, --csv FILE          all figures, of each seed\n"
    "\n"
    "Exits with 0; 1 if a lock let two cores in or did not come to an end; 2 "
    "if an\n"
    "argument is wrong, or the simulator is not there.\n";

static const struct sim_order standard = {
    .cores = {2, 8, 32, 64, 128},
    .n_cores = 5,
    .seeds = SEEDS,
    .sockets = 1,
    .lines = 1,
    .ncs = 200,
    .costs = {{"hit", 1, false},
              {"locked", 5, false},
              [SIM_TRANSFER] = {"transfer", 110, false},
              {"far", 300, false},
              {"fence", 20, false},
              {"pause", 25, false},
              {"clock", 22, false},
              {"yield", 400, false},
              {"syscall", 250, false},
              {"wake", 5000, false},
              {"membarrier", 5000, false}},
};

static unsigned read_number(const char *option, const char *text,
                            unsigned least, unsigned most)
{
    char *end;
    long n = strtol(text, &end, 10);

    if (end == text || *end || n < (long)least || n > (long)most)
        refuse("--%s takes a number from %u to %u, not '%s'", option, least,
               most, text);
    return (unsigned)n;
}

static void add_cores(struct sim_order *o, unsigned n)
{
    unsigned i = 0;

    while (i < o->n_cores && o->cores[i] < n)
        i++;
    if (i < o->n_cores && o->cores[i] == n)
        return;
    if (o->n_cores == MAX_LIST)
        refuse("--cores takes %d numbers at most", MAX_LIST);
    memmove(&o->cores[i + 1], &o->cores[i],
            (o->n_cores++ - i) * sizeof *o->cores);
    o->cores[i] = n;
}

/* A, or A..B: doubled from A on, and B.  */
static void read_range(struct sim_order *o, char *text)
{
    char *dots = strstr(text, "..");
    unsigned from, to;

    if (dots)
        *dots = '\0';
    from = read_number("cores", text, 1, SIM_CORES_MOST);
    to = dots ? read_number("cores", dots + 2, from, SIM_CORES_MOST) : from;
    for (unsigned n = from; n < to; n *= 2)
        add_cores(o, n);
    add_cores(o, to);
}

static void read_cores(struct sim_order *o, char *text)
{
    char *rest;

    o->n_cores = 0;
    for (char *word = strtok_r(text, ",", &rest); word;
         word = strtok_r(NULL, ",", &rest))
        read_range(o, word);
    if (o->n_cores == 0)
        refuse("--cores takes numbers with commas between");
}

static void read_locks(struct sim_order *o, char *text)
{
    char *rest;

    o->locks.n = 0;
    for (char *word = strtok_r(text, ",", &rest); word;
         word = strtok_r(NULL, ",", &rest)) {
        if (o->locks.n == MAX_LIST)
            refuse("--locks takes %d names at most", MAX_LIST);
        o->locks.items[o->locks.n++] =
            strcmp(word, "il") == 0 ? "interlock" : word;
    }
    if (o->locks.n == 0)
        refuse("--locks takes names with commas between");
}

static void read_cost(struct sim_order *o, char *text)
{
    char *value = strchr(text, '=');

    if (!value)
        refuse("--costs takes KEY=NS, not '%s'", text);
    *value++ = '\0';
    for (unsigned i = 0; i < SIM_COSTS; i++)
        if (strcmp(o->costs[i].key, text) == 0) {
            o->costs[i].ns = read_number("costs", value, 0, NS_MOST);
            o->costs[i].is_given = true;
            return;
        }
    refuse("there is no cost '%s'; see --help", text);
}

static void read_costs(struct sim_order *o, char *text)
{
    char *rest;

    for (char *word = strtok_r(text, ",", &rest); word;
         word = strtok_r(NULL, ",", &rest))
        read_cost(o, word);
}

static bool read_rule(const char *text)
{
    bool is_passed = strcmp(text, "passed") == 0;

    if (!is_passed && strcmp(text, "kept") != 0)
        refuse("--rule takes kept or passed, not '%s'", text);
    return is_passed;
}

static void read_load(struct sim_order *o, int letter)
{
    switch (letter) {
    case 'x':
        o->seeds = read_number("seeds", optarg, 1, SIM_SEEDS_MOST);
        break;
    case 'S':
        o->sockets = read_number("sockets", optarg, 1, SOCKETS_MOST);
        break;
    case 'l':
        o->lines = read_number("lines", optarg, 0, LINES_MOST);
        break;
    case 'c':
        o->cs = read_number("cs", optarg, 0, NS_MOST);
        break;
    case 'j':
        o->json = optarg;
        break;
    case 'n':
        o->ncs = read_number("ncs", optarg, 0, NS_MOST);
        break;
    default:
        o->csv = optarg;
        break;
    }
}

static void read_option(struct sim_order *o, int letter)
{
    switch (letter) {
    case 'h':
        fputs(usage, stdout);
        exit(EXIT_SUCCESS);
    case 'L':
        read_locks(o, optarg);
        break;
    case 'N':
        read_cores(o, optarg);
        break;
    case 'K':
        read_costs(o, optarg);
        break;
    case 'r':
        o->passed = read_rule(optarg);
        break;
    case 'k':
        o->checks = true;
        break;
    default:
        read_load(o, letter);
    }
}

static const struct option known[] = {
    {"locks", required_argument, NULL, 'L'},
    {"cores", required_argument, NULL, 'N'},
    {"seeds", required_argument, NULL, 'x'},
    {"sockets", required_argument, NULL, 'S'},
    {"lines", required_argument, NULL, 'l'},
    {"cs", required_argument, NULL, 'c'},
    {"ncs", required_argument, NULL, 'n'},
    {"rule", required_argument, NULL, 'r'},
    {"costs", required_argument, NULL, 'K'},
    {"check", no_argument, NULL, 'k'},
    {"json", required_argument, NULL, 'j'},
    {"csv", required_argument, NULL, 'C'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

void sim_order_read(struct sim_order *o, int argc, char **argv)
{
    int letter, at;

    *o = standard;
    opterr = 0;
    while (at = optind,
           (letter = getopt_long(argc, argv, "+:h", known, NULL)) != -1) {
        if (letter == ':')
            refuse("%s needs a value; see sim --help", argv[at]);
        if (letter == '?')
            refuse("'%s' is no option here; see sim --help", argv[at]);
        read_option(o, letter);
    }
    if (optind < argc)
        refuse("'%s' is no option; see sim --help", argv[optind]);
}
