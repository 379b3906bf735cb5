/* simulate.h -- a program's threads, each on a core of its own, on a machine
   that is not there.

   Who is next is no choice of a search, as in the explorer, but a matter of
   time: each core has a clock, which its accesses to memory and its calls of
   the system move on by what they cost, and the core whose clock is least goes
   on.  Each has a cache (mesi.h).  A core whose access misses goes on when the
   line has come; a line travels for one at a time, and who asks meanwhile waits
   behind those that asked before.

   A core keeps a line, and may access it again and again, until the line gets
   to who asked for it next.  So who releases a lock and wants it again at once
   gets it mostly, as in machines.  Or it makes one access, and passes the line
   on at once if another has asked meanwhile.  Then who releases a lock is
   behind the others, and locks change hands: the worst case for most of them.

   What runs is the program's own code, compiled with -fsanitize=thread, and
   linked with this instead of the sanitizer.  Stacks and thread-local memory
   are each core's own and cost nothing.  A futex wait is the end of the turn of
   the core's only thread.  Not modelled: store buffers and weak memory order,
   prefetching, caches that are full, the levels of a cache, MOESI and MESIF,
   hyperthreads, clock rates, and that a thread loses its core.

   S. Boyd-Wickizer, F. Kaashoek, R. Morris and N. Zeldovich ("Non-scalable
   locks are dangerous", 2012), and V. Aksenov, D. Alistarh and P. Kuznetsov
   ("Performance prediction for coarse-grained locking", 2018), compare models
   of this kind with machines.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_SIMULATE_H
#define EXPLORE_SIMULATE_H

#include <stddef.h>
#include <stdint.h>

/* What things take, ns.  */
struct simulation_costs {
    int64_t hit, locked;   /* of memory at hand: plain, and by an atomic
                              read-modify-write */
    int64_t transfer, far; /* of what is not: from the socket, from another */
    int64_t fence, pause, clock;
    int64_t yield, syscall;
    int64_t wake;       /* until who is woken runs */
    int64_t membarrier; /* in a process that runs on more than one core */
};

enum simulation_rule { SIMULATION_KEPT, SIMULATION_PASSED };

struct simulation {
    unsigned cores, sockets;
    enum simulation_rule rule;
    uint64_t seed; /* of the jitter: what is remote takes up to an eighth more
                      or less */
    unsigned patience; /* after so many looks at one word, with nothing else
                          between, a core is taken to look on until the line is
                          taken from it: all is the same, but quicker */
    struct simulation_costs costs;
};

struct simulation_counts {
    uint64_t misses, upgrades, invalidations;
    uint64_t futex_calls, switches, yields, membarriers;
};

/* Runs body(core, arg) on each core until all have returned.  Once in a
   process.  Returns NULL, or a sentence on why they did not.  */
const char *simulate(const struct simulation *s,
                     void (*body)(unsigned core, void *arg), void *arg);

/* All so far.  */
struct simulation_counts simulation_counts(void);

/* For code that is not compiled with the sanitizer, on a core.  */

/* Returns the core's clock, at no cost.  */
int64_t simulation_now(void);
/* The core computes, for so many ns.  */
void simulation_work(int64_t ns);
/* It writes the line there.  */
void simulation_write(const void *at);

/* What is compiled with -DIL_PAUSE=simulation_pause has this instead of the
   processor's instruction.  */
void simulation_pause(void);

#endif
