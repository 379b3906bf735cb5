/* machine.c -- see machine.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "machine/machine.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "machine/probe.h"
#include "text/figure.h"

#define CPUFREQ "/sys/devices/system/cpu/cpu0/cpufreq/"
#define CLOCKSOURCE "/sys/devices/system/clocksource/clocksource0/"

/* What the build says about itself.  */
#ifndef BENCH_CFLAGS
#define BENCH_CFLAGS "flags n/a"
#endif
#ifndef BENCH_BACKEND
#define BENCH_BACKEND "n/a"
#endif
#if defined(__clang__)
#define COMPILER __VERSION__
#else
#define COMPILER "gcc " __VERSION__
#endif
#if defined(__OPTIMIZE__)
#define OPTIMIZED ""
#else
#define OPTIMIZED ", NOT OPTIMIZED"
#endif

static struct usage at_begin;
static bool is_watched;

static void note(struct results *r, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void note(struct results *r, const char *key, const char *format, ...)
{
    char text[4 * PROBE_SIZE];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    results_note(r, key, text);
}

/* A number that is 0 where it is not known.  */
static struct figure known(unsigned n)
{
    struct figure f = {"n/a"};
    if (n > 0)
        snprintf(f.text, sizeof f.text, "%u", n);
    return f;
}

static void note_processor(struct results *r)
{
    static const char *const virtual[] = {"n/a", "no", "yes"};
    char text[PROBE_SIZE];
    double limit = probe_cpu_limit();
    unsigned nodes = probe_nodes();

    note(r, "CPUs", "%s usable of %ld, SMT %s, NUMA nodes %s",
         known(probe_cpus()).text, sysconf(_SC_NPROCESSORS_ONLN), probe_smt(),
         known(nodes).text);
    note(r, "CPU limit", "%s",
         isnan(limit) ? "none seen" : figure_count(limit).text);
    probe_cpuinfo("model name", text);
    note(r, "processor", "%s", text);
    probe_caches(text);
    note(r, "caches", "%s", text);
    note(r, "VM", "%s", virtual[probe_is_virtual() + 1]);
}

static void note_frequency(struct results *r)
{
    char governor[PROBE_SIZE], driver[PROBE_SIZE];

    probe_line(CPUFREQ "scaling_governor", governor);
    probe_line(CPUFREQ "scaling_driver", driver);
    note(r, "frequency", "governor %s, driver %s, turbo %s", governor, driver,
         probe_turbo());
}

static void note_counters(struct results *r)
{
    note(r, "counters", "cycles %s, energy %s, trace of futex calls %s",
         probe_has_cycles() ? "yes" : "n/a", probe_has_energy() ? "yes" : "n/a",
         probe_has_futex_trace() ? "yes" : "n/a");
}

static void note_system(struct results *r)
{
    struct utsname u;
    char library[PROBE_SIZE];

    if (uname(&u) != 0)
        memset(&u, 0, sizeof u);
    note(r, "kernel", "%s %s %s, %s timer interrupts a second", u.sysname,
         u.release, u.machine, figure_count(probe_tick_hz()).text);
    probe_c_library(library);
    note(r, "C library", "%s", library);
}

/* `make bench` says what was built; who runs the program by hand may have built
   anything.  */
static const char *commit(void)
{
    const char *name = getenv("BENCH_COMMIT");
    return name && *name ? name : "n/a";
}

static void note_build(struct results *r)
{
    note(r, "compiler", "%s, %s%s", COMPILER, BENCH_CFLAGS, OPTIMIZED);
    note(r, "interlock", "%s, backend %s, commit %s", PACKAGE_VERSION,
         BENCH_BACKEND, commit());
    note(r, "peers", "%s", BENCH_VERSIONS);
}

static void note_costs(struct results *r)
{
    char source[PROBE_SIZE];

    probe_line(CLOCKSOURCE "current_clocksource", source);
    note(r, "clock", "%s, a reading takes %s", source,
         figure_spaced_time(probe_clock_ns()).text);
    note(r, "wake-up", "a sleeping thread runs after %s (median of %d)",
         figure_spaced_time(probe_wake_ns()).text, PROBE_WAKES);
}

static void note_load(struct results *r)
{
    double load = (double)NAN;

    if (getloadavg(&load, 1) != 1)
        load = (double)NAN;
    note(r, "load", "%s on average in the minute before",
         figure_count(load).text);
}

void machine_facts(struct results *r)
{
    note_processor(r);
    note_frequency(r);
    note_counters(r);
    note_system(r);
    note_build(r);
    note_load(r);
    note_costs(r);
}

void machine_watch(void)
{
    is_watched = probe_usage(&at_begin);
}

void machine_note_others(struct results *r)
{
    struct usage u;
    double all, others;

    if (!is_watched || !probe_usage(&u) || !(u.all > at_begin.all)) {
        note(r, "others", "what they took of the CPUs: n/a");
        return;
    }
    all = u.all - at_begin.all;
    others = (u.busy - at_begin.busy - (u.mine - at_begin.mine)) / all;
    note(r, "others", "other programs took %s of the CPUs, other VMs %s",
         figure_share(fmax(others, 0)).text,
         figure_share((u.stolen - at_begin.stolen) / all).text);
}
