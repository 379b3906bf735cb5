/* png.h -- small pictures of few colours, as a data: URL.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_PNG_H
#define BENCH_PNG_H

#include <stdint.h>
#include <stdio.h>

enum { PNG_COLOURS = 16 };

/* `pixels` are row by row, each less than n_colours <= PNG_COLOURS; the colours
   are 0xRRGGBB.  width * height <= 60000.  */
struct png {
    unsigned width, height;
    unsigned n_colours;
    const uint8_t *pixels;
    const uint32_t *colours;
};

void png_write_url(FILE *out, const struct png *p);

#endif
