/* emit.h -- prints what a run measured, as one JSON object.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_EMIT_H
#define BENCH_EMIT_H

#include "run/phases.h"

void emit(struct run *run, const struct readings *readings);

#endif
