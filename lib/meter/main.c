/* main.c -- the loss meter: a program with threads, run again and again on
   real threads, and what it ended with each time.

   `il-explore run` links a program, compiled as for use, with this library,
   which takes over by being asked for __libc_start_main before the C library
   is.  The program's main is then called for each round, with its variables as
   at the start (globals.c), its output caught (round.c) and its threads from a
   pool (pool.c).  The outcomes are a table in the way of jcstress (Shipilev,
   2013): what was seen how often, beside what is possible at all.

   The rounds are run in a child.  One that hangs is killed, and the round
   counts as a deadlock; one that crashes counts as that.

   The environment variable IL_METER has words of the form key=value:
     rounds=N      at most so many, default a million
     seconds=N     at most so long, default 2
     together=no   threads begin when they are created, as without the meter
     possible=FILE what an exploration found, see lib/explore/report/lines.c

   SPDX-License-Identifier: MIT */

#include "meter.h"

#include <interlock/base.h>

#include <dirent.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A child whose rounds do not go on hangs: if no look for so long finds one of
   its threads running (a single look may fall between a wake-up and the next),
   or if its threads have run for so long, which takes longer on a busy machine.
   A sleep looks no different.  */
enum { LOOK_MS = 10, HANGS_MS = 30, SPINS_MS = 3000 };

/* After so many rounds a new child: a program may leak.  */
enum { ROUNDS_A_CHILD = 200000 };

static struct program program;

static struct {
    uint64_t rounds;
    double seconds;
    bool together;
    const char *possible;
} options = {1000000, 2, true, NULL};

static struct tally *tally;
static double began;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static bool is_word(const char *word, const char *key, const char **value)
{
    size_t n = strlen(key);
    *value = word + n;
    return strncmp(word, key, n) == 0;
}

/* Returns whether that is an option.  */
static bool understand(const char *word)
{
    const char *value;
    char *end;

    if (is_word(word, "rounds=", &value)) {
        options.rounds = strtoull(value, &end, 10);
        return options.rounds > 0 && *value != '-' && *end == '\0';
    }
    if (is_word(word, "seconds=", &value)) {
        options.seconds = strtod(value, &end);
        return options.seconds > 0 && *end == '\0';
    }
    if (is_word(word, "possible=", &value)) {
        options.possible = value;
        return true;
    }
    options.together = strcmp(word, "together=no") != 0;
    return !options.together || strcmp(word, "together=yes") == 0;
}

static void understand_all(void)
{
    const char *words = getenv("IL_METER");
    char *copy = strdup(words == NULL ? "" : words), *rest = copy, *word;

    while ((word = strsep(&rest, " ")) != NULL)
        if (*word != '\0' && !understand(word)) {
            fprintf(stderr, "IL_METER: '%s' is not understood.\n", word);
            _exit(2);
        }
    if (options.possible != NULL)
        options.possible = strdup(options.possible);
    free(copy);
}

static bool is_enough(void)
{
    return atomic_load(&tally->rounds) >= options.rounds
           || now() - began >= options.seconds;
}

static _Noreturn void be_child(void)
{
    round_prepare();
    for (int i = 0; i < ROUNDS_A_CHILD && !is_enough(); i++) {
        const char *text;
        int status;

        /* Not always: main may take part in the race.  */
        pool_begin(options.together && pool_random() % 8 != 0);
        atomic_store(&tally->is_over, false);
        status = round_run(&program, &text);
        tally_add(tally, text, status != 0);
        atomic_store(&tally->is_over, true);
        atomic_fetch_add(&tally->rounds, 1);
        pool_settle();
    }
    _exit(0);
}

/* Whether a thread of the process is on a processor, or would be.  */
static bool is_running(pid_t child)
{
    char path[64], state;
    struct dirent *entry;
    bool found = false;
    DIR *threads;

    snprintf(path, sizeof path, "/proc/%d/task", (int)child);
    threads = opendir(path);
    while (threads != NULL && (entry = readdir(threads)) != NULL) {
        FILE *f;
        snprintf(path, sizeof path, "/proc/%d/task/%.16s/stat", (int)child,
                 entry->d_name);
        f = *entry->d_name == '.' ? NULL : fopen(path, "r");
        if (f == NULL)
            continue;
        found |= fscanf(f, "%*d (%*[^)]) %c", &state) == 1 && state == 'R';
        fclose(f);
    }
    if (threads != NULL)
        closedir(threads);
    return found;
}

/* Counts the round in which a child came to its end.  */
static void count_end(const char *text)
{
    if (atomic_load(&tally->is_over))
        return; /* main had returned: that is the outcome */
    tally_add(tally, text, true);
    atomic_fetch_add(&tally->rounds, 1);
}

/* How long the threads of the process have run, in ms.  */
static double ran(pid_t child)
{
    struct timespec t = {0, 0};
    clockid_t clock;

    if (clock_getcpuclockid(child, &clock) == 0)
        clock_gettime(clock, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

/* What is known of a child's present round.  */
struct sight {
    uint64_t rounds; /* before it */
    double ran;      /* before it, ms */
    int asleep;      /* ms */
};

/* Looks at the child.  Returns how it hangs, or NULL.  */
static const char *look_at(pid_t child, struct sight *s)
{
    uint64_t rounds = atomic_load(&tally->rounds);

    if (rounds != s->rounds) {
        *s = (struct sight){.rounds = rounds, .ran = ran(child)};
        return NULL;
    }
    s->asleep = is_running(child) ? 0 : s->asleep + LOOK_MS;
    if (s->asleep >= HANGS_MS)
        return "deadlock";
    return ran(child) - s->ran >= SPINS_MS ? "livelock" : NULL;
}

/* Waits for the child, or kills it if it hangs.  */
static void watch(pid_t child)
{
    const struct timespec look = {0, LOOK_MS * 1000000L};
    struct sight sight = {.rounds = UINT64_MAX};
    int status;

    while (waitpid(child, &status, WNOHANG) == 0) {
        const char *hangs = look_at(child, &sight);
        if (hangs) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            count_end(hangs);
            return;
        }
        nanosleep(&look, NULL);
    }
    if (WIFSIGNALED(status))
        count_end(WTERMSIG(status) == SIGABRT ? "assertion failed" : "crash");
    else if (WEXITSTATUS(status) != 0)
        count_end("exit");
}

static int meter(int argc, char **argv, char **envp)
{
    struct possible possible = {.n = 0};
    const struct possible *p = NULL;
    bool wrong;

    program.argc = argc;
    program.argv = argv;
    program.envp = envp;
    understand_all();
    if (options.possible != NULL && possible_read(&possible, options.possible))
        p = &possible;
    tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tally == MAP_FAILED)
        return 2;
    began = now();
    while (!is_enough()) {
        pid_t child;
        atomic_store(&tally->is_over, true);
        child = fork();
        if (child == 0)
            be_child();
        if (child < 0)
            return 2;
        watch(child);
    }
    wrong = table_print(tally, p, now() - began);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        perror("il-explore: standard output");
        return 2;
    }
    return wrong;
}

IL__API int __libc_start_main(main_function *main, int argc, char **argv,
                              void (*init)(void), void (*fini)(void),
                              void (*end)(void), void *stack);

IL__API int __libc_start_main(main_function *main, int argc, char **argv,
                              void (*init)(void), void (*fini)(void),
                              void (*end)(void), void *stack)
{
    REAL(__libc_start_main);

    program.main = main;
    return real.call(meter, argc, argv, init, fini, end, stack);
}
