/* options.c -- see options.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "options.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats.h"

enum { EXIT_USAGE = 2, MAX_STEPS = 10000000, MAX_SECONDS = 60 };

static const char usage[] =
    "usage: contention [OPTION]...\n"
    "Measures locks and their kin with threads in each other's way.\n"
    "\n"
    "  --threads N,N,...    how many threads (1,2,4)\n"
    "  --primitive P,P,...  which primitives (all; see --list)\n"
    "  --peer NAME,...      who is measured (interlock; see --list)\n"
    "  --against NAME       whom they are compared with (pthread)\n"
    "  --seconds S          how long a run takes (0.05)\n"
    "  --blocks N           how often each run is made (11)\n"
    "  --cs N               steps of work in a critical section, about a\n"
    "                       nanosecond each (20; 1 thread: 0)\n"
    "  --ncs N              steps of work outside, on average (100; 1 thread:\n"
    "                       0)\n"
    "  --quick              less precise, less than 10 s: 6 blocks of 0.015 s\n"
    "  --list               lists primitives and peers\n"
    "  --help               prints this\n"
    "\n"
    "Exits with 1 if a peer does not do what it is for, with 2 if an argument\n"
    "is wrong.  What the numbers mean is in bench/README.\n";

_Noreturn void refuse(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("contention: ", stderr);
    vfprintf(stderr, format, args);
    fputs(".\n", stderr);
    va_end(args);
    exit(EXIT_USAGE);
}

static long read_number(const char *option, const char *text, long least,
                        long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end == text || *end || n < least || n > most)
        refuse("--%s takes a number from %ld to %ld, not '%s'", option, least,
               most, text);
    return n;
}

static double read_seconds(const char *text)
{
    char *end;
    double s = strtod(text, &end);
    if (end == text || *end || !(s >= 0.001 && s <= MAX_SECONDS))
        refuse("--seconds takes a time from 0.001 to %d, not '%s'", MAX_SECONDS,
               text);
    return s;
}

static const struct peer *read_peer(const char *name)
{
    const struct peer *p = peer_find(name);
    if (!p)
        refuse("there is no peer '%s'; --list lists them", name);
    return p;
}

static void add_threads(struct options *o, const char *text)
{
    long n = read_number("threads", text, 1, MAX_THREADS);
    if (o->n_threads == MAX_LIST)
        refuse("--threads takes %d numbers at most", MAX_LIST);
    o->threads[o->n_threads++] = (unsigned)n;
}

static void add_primitive(struct options *o, const char *text)
{
    for (int i = 0; i < PRIMITIVES; i++) {
        if (strcmp(primitive_names[i], text) == 0) {
            o->primitive[i] = true;
            return;
        }
    }
    refuse("there is no primitive '%s'; --list lists them", text);
}

static void add_peer(struct options *o, const char *text)
{
    if (o->n_peers == MAX_PEERS)
        refuse("--peer takes %d names at most", MAX_PEERS);
    o->peers[o->n_peers++] = read_peer(text);
}

/* Calls add for each item of a list with commas.  */
static void read_list(struct options *o, char *list,
                      void (*add)(struct options *, const char *))
{
    while (list) {
        char *comma = strchr(list, ',');
        if (comma)
            *comma++ = '\0';
        add(o, list);
        list = comma;
    }
}

static _Noreturn void list_all(void)
{
    puts("primitives");
    for (unsigned i = 0; i < PRIMITIVES; i++)
        printf("  %-18s %s\n", primitive_names[i],
               primitive_workload((enum primitive)i)->operation);
    puts("peers");
    for (const struct peer *const *p = peers; *p; p++) {
        if (!(*p)->hidden)
            printf("  %s\n", (*p)->name);
    }
    exit(EXIT_SUCCESS);
}

static _Noreturn void help(void)
{
    fputs(usage, stdout);
    exit(EXIT_SUCCESS);
}

static void read_option(struct options *o, int letter)
{
    switch (letter) {
    case 't':
        read_list(o, optarg, add_threads);
        break;
    case 'p':
        read_list(o, optarg, add_primitive);
        break;
    case 'P':
        read_list(o, optarg, add_peer);
        break;
    case 'a':
        o->against = read_peer(optarg);
        break;
    case 's':
        o->seconds = read_seconds(optarg);
        break;
    case 'b':
        o->blocks = read_number("blocks", optarg, 1, STATS_MAX);
        break;
    case 'c':
        o->cs = read_number("cs", optarg, 0, MAX_STEPS);
        break;
    case 'n':
        o->ncs = read_number("ncs", optarg, 0, MAX_STEPS);
        break;
    case 'q':
        o->quick = true;
        break;
    case 'l':
        list_all();
    default:
        help();
    }
}

static void parse(struct options *o, int argc, char **argv)
{
    static const struct option known[] = {
        {"threads", required_argument, NULL, 't'},
        {"primitive", required_argument, NULL, 'p'},
        {"peer", required_argument, NULL, 'P'},
        {"against", required_argument, NULL, 'a'},
        {"seconds", required_argument, NULL, 's'},
        {"blocks", required_argument, NULL, 'b'},
        {"cs", required_argument, NULL, 'c'},
        {"ncs", required_argument, NULL, 'n'},
        {"quick", no_argument, NULL, 'q'},
        {"list", no_argument, NULL, 'l'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int letter;

    opterr = 0;
    while ((letter = getopt_long(argc, argv, "+:h", known, NULL)) != -1) {
        if (letter == ':')
            refuse("%s needs a value; see --help", argv[optind - 1]);
        if (letter == '?')
            refuse("%s is no option here; see --help", argv[optind - 1]);
        read_option(o, letter);
    }
    if (optind < argc)
        refuse("'%s' is no option; see --help", argv[optind]);
}

/* Fills in what the arguments do not say.  */
static void complete(struct options *o)
{
    char threads[] = "1,2,4";
    bool any = false;

    for (int i = 0; i < PRIMITIVES; i++)
        any |= o->primitive[i];
    for (int i = 0; i < PRIMITIVES; i++)
        o->primitive[i] |= !any;
    if (o->n_threads == 0)
        read_list(o, threads, add_threads);
    if (o->n_peers == 0)
        o->peers[o->n_peers++] = &peer_interlock;
    if (!o->against)
        o->against = &peer_pthread;
    if (o->seconds < 0)
        o->seconds = o->quick ? 0.015 : 0.05;
    if (o->blocks < 0)
        o->blocks = o->quick ? STATS_MIN_BLOCKS : 11;
}

void read_options(struct options *o, int argc, char **argv)
{
    *o = (struct options){.seconds = -1, .blocks = -1, .cs = -1, .ncs = -1};
    parse(o, argc, argv);
    complete(o);
}
