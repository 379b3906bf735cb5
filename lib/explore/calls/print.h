/* print.h -- whether the order in which threads print is of interest.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_PRINT_H
#define EXPLORE_PRINT_H

#include <stdbool.h>

void print_watch(bool on);

#endif
