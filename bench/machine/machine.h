/* machine.h -- what the numbers are of.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include <stdio.h>

#include "results/results.h"

/* Notes the machine, the system and the build.  Takes some 50 ms.  */
void machine_facts(struct results *r);

/* Starts to look at what other programs, and other machines on the same
   hardware, take of the processors.  */
void machine_watch(void);

/* Notes what they took since machine_watch.  */
void machine_note_others(struct results *r);

/* Returns how long a step of random.h takes, in ns.  */
double machine_step_ns(void);

/* Prints what this machine can tell and what not, and what can be done about
   it.  Takes about a second.  */
void machine_doctor(FILE *out);

#endif
