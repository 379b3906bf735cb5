/* trace.c -- see trace.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "run/trace.h"

#include <math.h>
#include <string.h>

#include "results/stats.h"
#include "run/run.h"

/* The lock is idle from its release, or from when somebody wants it if that is
   later, until somebody gets it.  Who wants it first need not be the one who
   gets it, so one walks back from the end with the earliest want so far.  Where
   holds are missing, of threads that began to wait before the trace did, nobody
   knows.

   The looks at the clock take no part.  From a release to the next one there
   are those for the acquisition and for that release, half of each in the
   section; and where who gets it wants it only then, one more, for the want:
   a thread that has it again and again would seem to leave it idle for as long
   as it looks.  */
static void tell_idle(const struct hold *holds, size_t n, int64_t clock,
                      struct trace_facts *facts)
{
    int64_t wanted = INT64_MAX, sum = 0, longest = 0;
    int64_t all = holds[n - 1].released - holds[0].released;

    for (size_t i = n - 1; i > 0; i--) {
        int64_t free = holds[i - 1].released, begin, looks, idle;
        if (holds[i].wanted < wanted)
            wanted = holds[i].wanted;
        if (holds[i].number != holds[i - 1].number + 1) {
            all -= holds[i].got - free;
            continue;
        }
        begin = free > wanted ? free : wanted;
        looks = clock * (holds[i].wanted > begin ? 2 : 1);
        idle = holds[i].got - begin - looks;
        all -= looks + clock;
        if (idle > longest)
            longest = idle;
        sum += idle > 0 ? idle : 0;
    }
    facts->idle_max = (double)longest;
    if (all > 0)
        facts->idle = (double)sum / (double)all;
}

static double jain_of_window(const struct hold *holds, size_t n,
                             unsigned threads)
{
    double shares[MAX_THREADS] = {0};

    for (size_t i = 0; i < n; i++)
        shares[holds[i].holder]++;
    return stats_jain(shares, threads);
}

struct trace_facts trace_tell(const struct hold *holds, size_t n,
                              unsigned threads, int64_t clock)
{
    struct trace_facts facts = {(double)NAN, (double)NAN, (double)NAN};
    size_t window = (size_t)TRACE_WINDOW * threads, windows = n / window;
    double sum = 0;

    if (n > 1)
        tell_idle(holds, n, clock, &facts);
    for (size_t i = 0; i < windows; i++)
        sum += jain_of_window(holds + i * window, window, threads);
    if (windows > 0)
        facts.jain_short = sum / (double)windows;
    return facts;
}
