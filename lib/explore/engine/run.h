/* run.h -- the execution that runs, as the parts of the engine share it.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_RUN_H
#define EXPLORE_RUN_H

#include "engine.h"
#include "execution.h"
#include "fair.h"
#include "fiber.h"
#include "idle.h"

enum { SENTENCE_MOST = 512, OPTIONS_MOST = 256 };

/* No step.  */
#define RUN_NONE ((size_t)-1)

struct thread {
    struct fiber *fiber;
    struct intent *pending; /* what it is about to do, or NULL: it has ended */
    size_t step;            /* its last, in the trace, or RUN_NONE */
    enum chance chance;     /* ... and what became of it */
    void *(*body)(void *);
    void *arg, *result;
    void *tls;
    int error; /* its errno, while another one runs */
    struct idle idle;
    bool is_finished;
};

struct run {
    struct execution_settings settings;
    struct fiber *controller; /* who runs executions */
    uint64_t all_steps;       /* of all executions */
    size_t hidden;            /* the step whose answer is, or RUN_NONE */
    bool ends_early; /* the program was seen to end while threads run: */
    bool learnt;     /* ... since execution_learnt was asked last */

    struct thread threads[THREADS_MOST];
    int self;
    int last; /* who took the last chosen step, or -1 */
    int n_alive;
    const struct chooser *chooser;
    struct trace trace;
    size_t room; /* of the trace */
    struct choice *schedule;
    size_t length, schedule_room;
    size_t local_steps;
    struct fair fair;
    int64_t now;
    unsigned ticks;
    int tick_yields; /* since the last step but those */
    bool is_on, is_running, is_cut;
    bool is_left; /* no step has ended it, but that there is none: */
    struct state left;
    enum verdict verdict;
    int status;
    char sentence[SENTENCE_MOST];
    bool (*right)(void *);
    void *right_arg;
};

extern struct run run;

/* The options of a state, and the thread of each.  */
struct menu {
    struct option options[OPTIONS_MOST];
    const struct step *next[OPTIONS_MOST];
    int n;
    bool any; /* is enabled, other than to wake for no reason */
};

/* Whether the thread can go on.  */
bool run_can_go(int thread);

/* What there is to choose from: of all threads and store buffers; of a thread
   that can go on and is alone; or the values that a thread asks for.  */
void menu_of_all(struct menu *m);
void menu_of_one(struct menu *m, int thread);
void menu_of_values(struct menu *m, int thread);

/* Finds who is next, and adds its step to the trace.  Returns the thread.  */
int run_next_thread(void);

/* Ends the execution: what is on the fibers' stacks is forgotten.  */
_Noreturn void run_finish(void);

/* The program's main, on the first fiber.  */
void run_main(void);
/* Makes a thread, which begins in `body`.  */
struct thread *run_add_thread(void (*body)(void));

#endif
