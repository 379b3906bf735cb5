/* machine.c -- see machine.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "machine.h"

#include <interlock/version.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

/* Processor time of the whole machine, in clock ticks, and of this process, in
   seconds.  */
struct usage {
    double busy;
    double stolen;
    double all;
    double mine;
};

static struct usage at_begin;

#if defined(__clang__)
#define COMPILER __VERSION__
#else
#define COMPILER "gcc " __VERSION__
#endif

#if defined(__OPTIMIZE__)
#define OPTIMIZED "optimized"
#else
#define OPTIMIZED "NOT OPTIMIZED"
#endif

/* Returns how many processors this process may use; 0: unknown.  */
static unsigned count_cpus(void)
{
#if defined(HAVE_SCHED_GETAFFINITY)
    cpu_set_t mine;
    if (sched_getaffinity(0, sizeof mine, &mine) == 0)
        return (unsigned)CPU_COUNT(&mine);
#endif
    return 0;
}

/* Whether a hypervisor is below, as far as the processor says.  */
static const char *virtuality(void)
{
    const char *known = "VM or not is unknown";
    char line[8192];
    FILE *f = fopen("/proc/cpuinfo", "r");

    if (!f)
        return known;
    while (fgets(line, sizeof line, f)) {
        if (strncmp(line, "flags", 5) == 0) {
            known = strstr(line, " hypervisor") ? "VM" : "not a VM";
            break;
        }
    }
    fclose(f);
    return known;
}

static void c_library(char *name, size_t size)
{
    name[0] = '\0';
#if defined(_CS_GNU_LIBC_VERSION)
    if (confstr(_CS_GNU_LIBC_VERSION, name, size) == 0)
        name[0] = '\0';
#endif
    if (!name[0])
        snprintf(name, size, "unknown C library");
}

void machine_print(void)
{
    struct utsname u;
    char library[40];

    c_library(library, sizeof library);
    if (uname(&u) != 0)
        memset(&u, 0, sizeof u);
    printf("machine  %u CPUs (%s), %s %.24s %s, %s\n", count_cpus(),
           virtuality(), u.sysname, u.release, u.machine, library);
    printf("build    %.40s, %s; interlock %s, backend %s\n", COMPILER,
           OPTIMIZED, il_version(), il_backend());
}

/* Returns false if the system does not tell.  */
static bool read_usage(struct usage *u)
{
    double user, nice, system, idle, iowait, irq, softirq, steal;
    struct timespec mine;
    FILE *f = fopen("/proc/stat", "r");
    bool ok;

    if (!f)
        return false;
    ok = fscanf(f, "cpu %lf %lf %lf %lf %lf %lf %lf %lf", &user, &nice, &system,
                &idle, &iowait, &irq, &softirq, &steal)
         == 8;
    fclose(f);
    if (!ok || clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &mine) != 0)
        return false;
    u->busy = user + nice + system + irq + softirq;
    u->stolen = steal;
    u->all = u->busy + steal + idle + iowait;
    u->mine = (double)mine.tv_sec + (double)mine.tv_nsec / 1e9;
    return true;
}

void machine_watch(void)
{
    if (!read_usage(&at_begin))
        at_begin = (struct usage){.all = -1};
}

void machine_print_others(void)
{
    struct usage u;
    double all, others;

    if (at_begin.all < 0 || !read_usage(&u) || u.all <= at_begin.all) {
        puts("others   what they took of the CPUs is unknown");
        return;
    }
    all = u.all - at_begin.all;
    others = u.busy - at_begin.busy
             - (u.mine - at_begin.mine) * (double)sysconf(_SC_CLK_TCK);
    printf(
        "others   other programs took %.0f%% of the CPUs, other VMs %.0f%%\n",
        others > 0 ? others / all * 100 : 0,
        (u.stolen - at_begin.stolen) / all * 100);
}
