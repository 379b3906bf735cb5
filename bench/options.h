/* options.h -- the arguments.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stdbool.h>

#include "workloads.h"

enum {
    MAX_LIST = 64,
    THREADS_MAX = 256, /* as the programs of the peers have it */
    LOCKS_MAX = 4096,
    EXIT_USAGE = 2,
};

enum command { MEASURE, COMPARE, REPORT, GOALS, LIST, DOCTOR };

enum plan { PLAN_DEFAULT, PLAN_QUICK, PLAN_ALL };

/* Words of a list with commas.  */
struct words {
    const char *items[MAX_LIST];
    unsigned n;
};

/* What to do.  */
struct options {
    enum command command;
    const char *files[2]; /* to compare, or to report */
    unsigned n_files;
    enum plan plan;
    unsigned threads[MAX_LIST];
    unsigned n_threads; /* 0: each workload's own */
    struct words primitives;
    struct words workloads;
    struct words peers;
    struct words rivals; /* to compare with; the first is the baseline */
    const char *against; /* the first of them */
    double seconds;      /* of a run; 0: as long as a quick table allows */
    unsigned blocks;
    double cs;      /* < 0: each workload's own */
    double ncs;     /* the same */
    unsigned locks; /* 0: the same */
    enum binding pin;
    bool shake;
    const char *json;
    const char *csv;
    const char *html;
    const char *svg;
    const char *markdown;
    const char *goals; /* a file of results, for the page in Markdown */
    bool shows_cells;
};

/* Reads the arguments.  Does not return if one is wrong, or asks for help.  */
void options_read(struct options *o, int argc, char **argv);

/* Whether the word is in the list, or the list is empty.  */
bool words_allow(const struct words *list, const char *word);

/* Says, in a sentence without its full stop, what is wrong with the arguments,
   and exits with EXIT_USAGE.  */
_Noreturn void refuse(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Refuses a file that can't be written, if there is one: before the work, and
   not after.  */
void check_writable(const char *path);

#endif
