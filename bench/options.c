/* options.c -- see options.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results/stats.h"

enum {
    MAX_NS = 100000000,
    MAX_SECONDS = 60,
    GOALS_BLOCKS = 7,
    GOALS_QUICK_BLOCKS = 3, /* too few for a verdict, which the table says */
};

static const char usage[] =
    "usage: contention [OPTION]...           measures, and prints a table\n"
    "       contention compare A.json B.json what changed from A to B\n"
    "       contention report A.json [OPTION]...   the tables again\n"
    "       contention goals [OPTION]...     measures what interlock has to "
    "be\n"
    "                                        able to do, and judges each goal\n"
    "       contention goals A.json [OPTION]...    judges again\n"
    "       contention sim [OPTION]...       locks on simulated cores; see sim "
    "--help\n"
    "       contention list                  primitives, workloads, peers\n"
    "       contention doctor                what this machine can tell\n"
    "\n"
    "Measures locks and their kin with threads in each other's way, and\n"
    "compares libraries.\n"
    "\n"
    "What to measure\n"
    "  --primitive P,P,...  of these (all)\n"
    "  --workload W,W,...   these (the telling ones; see contention list)\n"
    "  --threads N,N,...    with so many threads (each workload's own)\n"
    "  --peer NAME,...      these (all that are there)\n"
    "  --against NAME,...   compared with this one (pthread); of several the\n"
    "                       first, and the others and interlock are measured\n"
    "  --quick              fewer threads, coarser, in less than 30 s; goals:\n"
    "                       coarser, in 90 s\n"
    "  --all                all workloads, with up to 8 threads\n"
    "How\n"
    "  --blocks N           how often (11; --quick and --all 6; goals 7, 3)\n"
    "  --seconds S          how long each time (0.05; --quick less, --all "
    "0.07;\n"
    "                       goals: as fits into 10 minutes)\n"
    "  --cs NS              work in a critical section, in ns\n"
    "  --ncs NS             work outside, on average, in ns\n"
    "  --locks N            how many locks to choose from\n"
    "  --pin none|each|one  no thread is bound to a CPU (the default), each "
    "to\n"
    "                       the next, or all to one\n"
    "  --shake              change the number of threads at random, where "
    "they\n"
    "                       take turns: shakes out faults\n"
    "What to write, beside the table\n"
    "  --json FILE          all that was measured; is written after each "
    "block\n"
    "  --csv FILE           the same, a line a run\n"
    "  --html FILE          a report with pictures\n"
    "  --svg FOLDER         the pictures, and a script for gnuplot\n"
    "  --markdown FILE      a page of tables\n"
    "  --goals A.json       in that page, the goals with those results\n"
    "  --cells              each cell of each goal\n"
    "\n"
    "Exits with 0; 1 if a peer does not do what it is for, compare finds\n"
    "interlock slower, or a goal does not hold; 2 if an argument is wrong; "
    "130\n"
    "if interrupted, after the report on the blocks that are finished.  What "
    "the\n"
    "numbers mean is in bench/README.\n";

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

void check_writable(const char *path)
{
    FILE *f;

    if (!path)
        return;
    f = fopen(path, "a");
    if (!f)
        refuse("%s cannot be written: %s", path, strerror(errno));
    fclose(f);
}

bool words_allow(const struct words *list, const char *word)
{
    for (unsigned i = 0; i < list->n; i++) {
        if (strcmp(list->items[i], word) == 0)
            return true;
    }
    return list->n == 0;
}

static unsigned read_number(const char *option, const char *text, long least,
                            long most)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end == text || *end || n < least || n > most)
        refuse("--%s takes a number from %ld to %ld, not '%s'", option, least,
               most, text);
    return (unsigned)n;
}

static double read_real(const char *option, const char *text, double least,
                        double most)
{
    char *end;
    double x = strtod(text, &end);
    if (end == text || *end || !(x >= least && x <= most))
        refuse("--%s takes a number from %g to %.9g, not '%s'", option, least,
               most, text);
    return x;
}

/* Splits a list with commas.  What is there twice counts once.  */
static void read_words(struct words *list, const char *option, char *text)
{
    while (text) {
        char *comma = strchr(text, ',');
        if (comma)
            *comma++ = '\0';
        if (!*text)
            refuse("--%s takes names with commas between, and one is empty",
                   option);
        if (list->n == MAX_LIST)
            refuse("--%s takes %d names at most", option, MAX_LIST);
        if (list->n == 0 || !words_allow(list, text))
            list->items[list->n++] = text;
        text = comma;
    }
}

static int compare(const void *a, const void *b)
{
    const unsigned *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void read_threads(struct options *o, char *text)
{
    struct words list = {.n = 0};

    read_words(&list, "threads", text);
    for (unsigned i = 0; i < list.n; i++)
        o->threads[i] = read_number("threads", list.items[i], 1, THREADS_MAX);
    qsort(o->threads, list.n, sizeof *o->threads, compare);
    for (unsigned i = 0; i < list.n; i++) {
        if (i == 0 || o->threads[i] != o->threads[i - 1])
            o->threads[o->n_threads++] = o->threads[i];
    }
}

static void check_primitives(const struct words *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        unsigned p = 0;
        while (p < PRIMITIVES
               && strcmp(list->items[i], primitive_names[p]) != 0)
            p++;
        if (p == PRIMITIVES)
            refuse("there is no primitive '%s'; 'contention list' lists them",
                   list->items[i]);
    }
}

static void check_workloads(const struct words *list)
{
    for (unsigned i = 0; i < list->n; i++) {
        const struct workload *w = workloads;
        while (w->primitive && strcmp(list->items[i], w->name) != 0)
            w++;
        if (!w->primitive)
            refuse("there is no workload '%s'; 'contention list' lists them",
                   list->items[i]);
    }
}

static enum binding read_pin(const char *text)
{
    static const char *const names[BINDINGS] = {"none", "each", "one"};
    for (unsigned i = 0; i < BINDINGS; i++) {
        if (strcmp(text, names[i]) == 0)
            return (enum binding)i;
    }
    refuse("--pin takes none, each or one, not '%s'", text);
}

static _Noreturn void help(void)
{
    fputs(usage, stdout);
    exit(EXIT_SUCCESS);
}

static void read_file(struct options *o, int letter)
{
    switch (letter) {
    case 'j':
        o->json = optarg;
        break;
    case 'C':
        o->csv = optarg;
        break;
    case 'H':
        o->html = optarg;
        break;
    case 'M':
        o->markdown = optarg;
        break;
    case 'G':
        o->goals = optarg;
        break;
    default:
        o->svg = optarg;
        break;
    }
}

static void read_load(struct options *o, int letter)
{
    switch (letter) {
    case 'c':
        o->cs = read_real("cs", optarg, 0, MAX_NS);
        break;
    case 'n':
        o->ncs = read_real("ncs", optarg, 0, MAX_NS);
        break;
    case 'L':
        o->locks = read_number("locks", optarg, 1, LOCKS_MAX);
        break;
    case 'i':
        o->pin = read_pin(optarg);
        break;
    default:
        read_file(o, letter);
    }
}

/* Whether the command listens to that option.  */
static bool is_heard(const struct options *o, int letter)
{
    switch (letter == 'h' ? MEASURE : o->command) {
    case MEASURE:
        return letter != 'e';
    case REPORT:
        return strchr("jCHSMG", letter);
    case GOALS:
        return strchr(o->n_files > 0 ? "pejCHM" : "pejCHMqsb", letter);
    default:
        return false;
    }
}

static void read_option(struct options *o, int letter)
{
    if (!is_heard(o, letter))
        refuse("that command does not take this option; see --help");
    if ((letter == 'q' || letter == 'A') && o->plan != PLAN_DEFAULT)
        refuse("--quick and --all exclude each other");
    switch (letter) {
    case 'h':
        help();
    case 't':
        read_threads(o, optarg);
        break;
    case 'p':
        read_words(&o->primitives, "primitive", optarg);
        break;
    case 'w':
        read_words(&o->workloads, "workload", optarg);
        break;
    case 'P':
        read_words(&o->peers, "peer", optarg);
        break;
    case 'a':
        read_words(&o->rivals, "against", optarg);
        break;
    case 's':
        o->seconds = read_real("seconds", optarg, 0.001, MAX_SECONDS);
        break;
    case 'b':
        o->blocks = read_number("blocks", optarg, 1, STATS_MAX);
        break;
    case 'q':
        o->plan = PLAN_QUICK;
        break;
    case 'A':
        o->plan = PLAN_ALL;
        break;
    case 'e':
        o->shows_cells = true;
        break;
    case 'k':
        o->shake = true;
        break;
    default:
        read_load(o, letter);
    }
}

static const struct option known[] = {
    {"threads", required_argument, NULL, 't'},
    {"primitive", required_argument, NULL, 'p'},
    {"workload", required_argument, NULL, 'w'},
    {"peer", required_argument, NULL, 'P'},
    {"against", required_argument, NULL, 'a'},
    {"seconds", required_argument, NULL, 's'},
    {"blocks", required_argument, NULL, 'b'},
    {"cs", required_argument, NULL, 'c'},
    {"ncs", required_argument, NULL, 'n'},
    {"locks", required_argument, NULL, 'L'},
    {"pin", required_argument, NULL, 'i'},
    {"shake", no_argument, NULL, 'k'},
    {"json", required_argument, NULL, 'j'},
    {"csv", required_argument, NULL, 'C'},
    {"html", required_argument, NULL, 'H'},
    {"svg", required_argument, NULL, 'S'},
    {"markdown", required_argument, NULL, 'M'},
    {"goals", required_argument, NULL, 'G'},
    {"cells", no_argument, NULL, 'e'},
    {"quick", no_argument, NULL, 'q'},
    {"all", no_argument, NULL, 'A'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

/* Says what is wrong with the word that getopt_long does not take.  */
static _Noreturn void refuse_option(const char *word)
{
    size_t length = strcspn(word, "="), matches = 0;

    if (strncmp(word, "--", 2) != 0)
        refuse("'%s' is no option here; see --help", word);
    for (const struct option *k = known; k->name; k++) {
        if (strncmp(word + 2, k->name, length - 2) != 0)
            continue;
        matches++;
        if (strlen(k->name) == length - 2 && !k->has_arg)
            refuse("--%s takes no value", k->name);
    }
    if (matches > 1)
        refuse("'%s' could be several options; see --help", word);
    refuse("'%s' is no option here; see --help", word);
}

static void read_options(struct options *o, int argc, char **argv)
{
    int letter;

    opterr = 0;
    for (;;) {
        int at = optind;
        letter = getopt_long(argc, argv, "+:h", known, NULL);
        if (letter == -1)
            break;
        if (letter == ':')
            refuse("%s needs a value; see --help", argv[at]);
        if (letter == '?')
            refuse_option(argv[at]);
        read_option(o, letter);
    }
    if (optind < argc)
        refuse("'%s' is no option; see --help", argv[optind]);
}

/* The word before the options, if there is one.  */
static enum command read_command(const char *word)
{
    static const char *const names[] = {
        [COMPARE] = "compare", [REPORT] = "report", [GOALS] = "goals",
        [LIST] = "list",       [DOCTOR] = "doctor",
    };
    for (unsigned i = COMPARE; i <= DOCTOR; i++) {
        if (strcmp(word, names[i]) == 0)
            return (enum command)i;
    }
    refuse("there is no command '%s'; see --help", word);
}

/* Takes the command, and its files, out of the arguments.  Returns how many
   words they are.  */
static int take_command(struct options *o, int argc, char **argv)
{
    static const struct {
        unsigned least;
        unsigned most;
    } files[] = {[COMPARE] = {2, 2},
                 [REPORT] = {1, 1},
                 [GOALS] = {0, 1},
                 [DOCTOR] = {0, 0}};
    int taken = 1;

    if (argc < 2 || argv[1][0] == '-')
        return 0;
    o->command = read_command(argv[1]);
    while (o->n_files < files[o->command].most && taken + 1 < argc
           && argv[taken + 1][0] != '-')
        o->files[o->n_files++] = argv[++taken];
    if (o->n_files < files[o->command].least
        && !(taken + 1 < argc && strcmp(argv[taken + 1], "--help") == 0))
        refuse("%s takes %s", argv[1],
               o->command == COMPARE ? "two JSON files" : "a JSON file");
    return taken;
}

static void add_peer(struct words *peers, const char *name)
{
    if (peers->n > 0 && words_allow(peers, name))
        return;
    if (peers->n == MAX_LIST)
        refuse("there are %d peers at most", MAX_LIST);
    peers->items[peers->n++] = name;
}

/* Who names several to compare with wants to see these.  */
static void choose_rivals(struct options *o)
{
    const struct words *rivals = &o->rivals;

    o->against = rivals->n > 0 ? rivals->items[0] : "pthread";
    if (rivals->n > 1 && o->peers.n == 0)
        add_peer(&o->peers, "interlock");
    for (unsigned i = 1; i < rivals->n; i++)
        add_peer(&o->peers, rivals->items[i]);
}

/* The table is coarser where there is more of it to be done.  */
static void complete(struct options *o)
{
    static const struct {
        unsigned blocks;
        double seconds;
    } plans[] = {
        [PLAN_DEFAULT] = {11, 0.05},
        [PLAN_QUICK] = {STATS_MIN_BLOCKS, 0},
        [PLAN_ALL] = {STATS_MIN_BLOCKS, 0.07},
    };

    if (o->command == GOALS && o->blocks == 0)
        o->blocks = o->plan == PLAN_QUICK ? GOALS_QUICK_BLOCKS : GOALS_BLOCKS;
    if (o->command == GOALS && o->seconds < 0)
        o->seconds = 0;
    if (o->goals && !o->markdown)
        refuse("--goals is for the page that --markdown writes");
    check_primitives(&o->primitives);
    check_workloads(&o->workloads);
    choose_rivals(o);
    if (o->seconds < 0)
        o->seconds = plans[o->plan].seconds; /* 0: as the plan has room */
    if (o->blocks == 0)
        o->blocks = plans[o->plan].blocks;
}

void options_read(struct options *o, int argc, char **argv)
{
    int taken;

    *o = (struct options){.seconds = -1, .cs = -1, .ncs = -1};
    taken = take_command(o, argc, argv);
    read_options(o, argc - taken, argv + taken);
    complete(o);
}
