/* probe.h -- single things that the system, or a short trial, tells about the
   machine.  Texts are "n/a" and numbers NaN where it does not tell.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PROBE_H
#define BENCH_PROBE_H

#include <stdbool.h>
#include <stddef.h>

enum { PROBE_SIZE = 256, PROBE_WAKES = 200 };

/* Processor time of the whole machine, and of this process and its children
   that ended; seconds.  */
struct usage {
    double busy;
    double stolen; /* by the host, for other machines */
    double all;
    double mine;
};

/* Returns false if the system does not tell.  */
bool probe_usage(struct usage *u);

/* The first line of a file.  Returns false, and gives "n/a", if there is
   none.  */
bool probe_line(const char *path, char text[PROBE_SIZE]);

/* A line of /proc/cpuinfo, behind its colon.  */
bool probe_cpuinfo(const char *key, char text[PROBE_SIZE]);

/* How many processors this process may use; 0 if unknown.  */
unsigned probe_cpus(void);

/* How many processors' worth of time a control group allows; NaN if there is no
   limit that can be seen.  */
double probe_cpu_limit(void);

/* 1: a virtual machine; 0: none; -1: unknown.  */
int probe_is_virtual(void);

/* "L1d 32K, L2 512K, L3 32M" */
void probe_caches(char text[PROBE_SIZE]);

void probe_c_library(char text[PROBE_SIZE]);

/* Returns how many nodes the memory has; 0 if unknown.  */
unsigned probe_nodes(void);

/* "on", "off" or "n/a".  */
const char *probe_turbo(void);
const char *probe_smt(void);

/* Whether the processor counts cycles for us, and energy; whether the kernel
   tells of futex calls.  */
bool probe_has_cycles(void);
bool probe_has_energy(void);
bool probe_has_futex_trace(void);

/* The timer interrupts a second.  */
double probe_tick_hz(void);

/* What reading the clock takes, in ns.  */
double probe_clock_ns(void);

/* How long a sleeping thread takes to run when it is woken, in ns: the median
   of PROBE_WAKES.  */
double probe_wake_ns(void);

#endif
