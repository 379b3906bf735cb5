/* preface.h -- what a reader has to know before the tables.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PREFACE_H
#define BENCH_PREFACE_H

#include <stdbool.h>
#include <stdio.h>

#include "results/survey.h"

/* Writes by how much the baseline differed from itself.  */
void preface_write_noise(const struct results *r, FILE *out);

/* Writes whether peers that should be as fast as the baseline are.  Returns
   false, and writes nothing, if there are none.  */
bool preface_write_controls(const struct survey *s, FILE *out);

/* Prints the machine and the plan.  */
void preface_print_machine(const struct results *r, FILE *out);

/* Prints the machine, the plan, the noise floor and the legend.  */
void preface_print(const struct survey *s, FILE *out);

#endif
