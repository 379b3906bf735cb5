/* lacks.h -- what the libraries do not have: why there is no row of them.

   SPDX-License-Identifier: MIT */

#ifndef BENCH_LACKS_H
#define BENCH_LACKS_H

struct lack {
    const char *peer; /* NULL: all who are not in that cell */
    const char *primitive;
    const char *workload; /* NULL: all of the primitive's */
    const char *why;
};

/* Ends with a NULL primitive.  */
extern const struct lack lacks[];

#endif
