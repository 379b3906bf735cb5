/* cpus.c -- where threads run: sched_setaffinity, where there is one.

   SPDX-License-Identifier: MIT */

#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* for cpu_set_t */
#endif

#include "cpus.h"

#include <sched.h>
#include <unistd.h>

#if defined(__linux__)

int cpus_allowed(void)
{
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return (int)sysconf(_SC_NPROCESSORS_ONLN);
    return CPU_COUNT(&allowed);
}

void cpus_stay_on(int n)
{
    cpu_set_t allowed, one;
    int left;
    size_t cpu;

    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    left = n % CPU_COUNT(&allowed);
    for (cpu = 0; left > 0 || !CPU_ISSET(cpu, &allowed); cpu++)
        left -= CPU_ISSET(cpu, &allowed) != 0;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    (void)sched_setaffinity(0, sizeof one, &one);
}

#else

int cpus_allowed(void)
{
    return (int)sysconf(_SC_NPROCESSORS_ONLN);
}

void cpus_stay_on(int n)
{
    (void)n;
}

#endif
