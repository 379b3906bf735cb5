/* style.h -- the colours and shapes of pictures and pages, in light and dark.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_STYLE_H
#define BENCH_STYLE_H

/* CSS of the pictures, and of what is around them in a page.  */
extern const char style_of_pictures[];
extern const char style_of_pages[];

#endif
