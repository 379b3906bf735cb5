/* meter.h -- what the parts of the loss meter share; see main.c.

   SPDX-License-Identifier: MIT */

#ifndef METER_H
#define METER_H

#include <dlfcn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

typedef int main_function(int, char **, char **);

/* What a round ended with, and how often.  */
enum { OUTCOMES_MOST = 32, TEXT_MOST = 160 };
struct outcome {
    char text[TEXT_MOST];
    bool wrong;
    uint64_t seen;
};

/* The tally, in memory that the parent shares with the child that runs the
   rounds: a child that hangs or crashes leaves it behind.  */
struct tally {
    struct outcome outcomes[OUTCOMES_MOST];
    int n;
    uint64_t other; /* outcomes past the most */
    _Atomic uint64_t rounds;
    atomic_bool is_over; /* main has returned, its threads may not have */
};

void tally_add(struct tally *t, const char *text, bool wrong);

/* What an exploration found to be possible: a file of il-explore's "lines".
   A table without one has no column for it.  */
struct possible {
    struct outcome outcomes[OUTCOMES_MOST]; /* `seen`: schedules */
    int n;
    bool is_all; /* what is not among them is impossible */
};
bool possible_read(struct possible *p, const char *path);

/* Prints what was seen, beside what is possible.  Returns whether something
   wrong was seen.  */
bool table_print(const struct tally *t, const struct possible *p,
                 double seconds);

/* One call of the program's main.  Returns what it answered; *text is what it
   printed last, until the next round.  */
struct program {
    main_function *main;
    int argc;
    char **argv, **envp;
};
void round_prepare(void);
int round_run(const struct program *p, const char **text);

/* The program's variables as they were before the first round; those of the
   calling thread that are thread-local.  */
void globals_save(void);
void globals_restore(void);
void globals_restore_thread(void);

/* The threads that the program creates are taken from a pool, and begin
   together.  */
void pool_begin(bool together); /* a round */
void pool_settle(void);         /* waits until they have all ended */

/* A number that looks random.  */
uint32_t pool_random(void);

/* Declares real.call, the function of the C library that one of ours hides. */
#define REAL(name)              \
    union {                     \
        void *symbol;           \
        __typeof__(&name) call; \
    } real = {dlsym(RTLD_NEXT, #name)}

#endif
