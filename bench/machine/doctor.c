/* doctor.c -- see machine.h: what this machine can tell and what not.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <math.h>
#include <string.h>
#include <time.h>

#include "machine/machine.h"
#include "machine/probe.h"
#include "text/figure.h"
#include "text/paragraph.h"

enum { INDENT = 6, MANY_CPUS = 16 };

/* From here on a disturbance shows in most results.  */
static const double much = 0.02;

static const char fine[] = "fine", care[] = "care", unknown[] = "n/a";

static void examine_cpus(FILE *out)
{
    unsigned n = probe_cpus();

    if (n == 0)
        paragraph_print(out, unknown, INDENT,
                        "The number of CPUs is not known.  With more threads "
                        "than CPUs, threads wait for a CPU and not only for "
                        "the lock.");
    else if (n == 1)
        paragraph_print(out, care, INDENT,
                        "1 CPU: two threads never run at the same time, and "
                        "a lock is contended only if its holder is "
                        "interrupted.  Compare locks on a machine with more.");
    else
        paragraph_print(out, n < MANY_CPUS ? care : fine, INDENT,
                        "%u CPUs: with more than %u threads they are "
                        "oversubscribed, and what is measured is the "
                        "scheduler as well.  %s",
                        n, n,
                        n < MANY_CPUS ? "No claim about many cores can be made "
                                        "here; that takes a larger machine."
                                      : "Look at both sides of that number.");
}

static void examine_limit(FILE *out)
{
    double limit = probe_cpu_limit();

    if (!isnan(limit))
        paragraph_print(out, care, INDENT,
                        "A control group (a container's limit) allows %s CPUs' "
                        "worth of time: who uses it up is stopped for a while, "
                        "which looks like a wait for a lock.  Lift the limit.",
                        figure_count(limit).text);
}

static void examine_virtuality(FILE *out)
{
    int is_virtual = probe_is_virtual();

    if (is_virtual > 0)
        paragraph_print(out, care, INDENT,
                        "A virtual machine: its host can stop a CPU at any "
                        "time, also that of a lock's holder.  Trust ratios "
                        "beyond the noise floor, and no single long wait; use "
                        "a machine of your own to be sure.");
    else if (is_virtual == 0)
        paragraph_print(out, fine, INDENT,
                        "Not a virtual machine, as far as the processor says.");
    else
        paragraph_print(out, unknown, INDENT,
                        "Whether this is a virtual machine is not known: the "
                        "noise floor tells how steady it is.");
}

static void examine_layout(FILE *out)
{
    if (strcmp(probe_smt(), "on") == 0)
        paragraph_print(out, care, INDENT,
                        "SMT is on: two CPUs may share one core, and then "
                        "each is slower.  Use --pin, or turn SMT off.");
    if (probe_nodes() > 1)
        paragraph_print(out, care, INDENT,
                        "%u NUMA nodes: a lock costs more between nodes than "
                        "within one.  Use --pin, and say which CPUs.",
                        probe_nodes());
}

static void examine_frequency(FILE *out)
{
    char governor[PROBE_SIZE];
    const char *turbo = probe_turbo();

    if (!probe_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
                    governor))
        paragraph_print(out, unknown, INDENT,
                        "The frequency governor is not known, so the clock "
                        "rate may change during a run.  Ratios within a block "
                        "stand that; numbers of two days do not compare.");
    else if (strcmp(governor, "performance") != 0)
        paragraph_print(out, care, INDENT,
                        "The frequency governor is \"%s\": short runs may be "
                        "over before the clock rate is up.  As root: cpupower "
                        "frequency-set -g performance.",
                        governor);
    else
        paragraph_print(out, fine, INDENT,
                        "The frequency governor is \"performance\".");
    if (strcmp(turbo, "on") == 0)
        paragraph_print(out, care, INDENT,
                        "Turbo is on: one busy core is faster than many, so "
                        "that more threads look worse than they scale.");
}

static void examine_counters(FILE *out)
{
    if (probe_has_cycles())
        paragraph_print(out, fine, INDENT,
                        "The processor's counters can be read: perf can show "
                        "cache misses.");
    else
        paragraph_print(out, unknown, INDENT,
                        "Cache misses and cycles: no hardware counters.  VMs "
                        "often have none; elsewhere, as root: sysctl "
                        "kernel.perf_event_paranoid=1.");
    if (!probe_has_energy())
        paragraph_print(out, unknown, INDENT,
                        "Energy: no RAPL, or only root may read it.  "
                        "Processor time (CPU s/Mop) is the nearest that can "
                        "be had.");
    if (!probe_has_futex_trace())
        paragraph_print(out, unknown, INDENT,
                        "Futex calls of the C library's own functions: no "
                        "tracepoints (a kernel built without them, or you are "
                        "not root).  Context switches are counted anyway.");
}

/* Both halves of what a second of idling shows.  */
static void report_disturbance(double others, double stolen, FILE *out)
{
    if (stolen > much)
        paragraph_print(out, care, INDENT,
                        "Steal: the host took %s of the CPUs in the last "
                        "second, for other machines.  Come back at a quieter "
                        "time, or take more --blocks.",
                        figure_share(stolen).text);
    else
        paragraph_print(out, fine, INDENT, "Steal: %s in the last second.",
                        figure_share(stolen).text);
    if (others > much)
        paragraph_print(out, care, INDENT,
                        "Other programs took %s of the CPUs in the last "
                        "second.  End them (top shows which), or the results "
                        "are of them, too.",
                        figure_share(others).text);
    else
        paragraph_print(out, fine, INDENT,
                        "Other programs: %s of the CPUs in the last second.",
                        figure_share(others).text);
}

static void examine_disturbance(FILE *out)
{
    static const struct timespec second = {.tv_sec = 1};
    struct usage before, after;
    double all;

    if (!probe_usage(&before) || nanosleep(&second, NULL) != 0
        || !probe_usage(&after) || !(after.all > before.all)) {
        paragraph_print(out, unknown, INDENT,
                        "What other programs and machines take of the CPUs: "
                        "the system does not say.");
        return;
    }
    all = after.all - before.all;
    report_disturbance(
        fmax(after.busy - before.busy - (after.mine - before.mine), 0) / all,
        (after.stolen - before.stolen) / all, out);
}

static void examine_costs(FILE *out)
{
    double clock = probe_clock_ns(), wake = probe_wake_ns();

    paragraph_print(out, clock < 100 ? fine : care, INDENT,
                    "Reading the clock takes %s%s.",
                    figure_spaced_time(clock).text,
                    clock < 100 ? ""
                                : ": waits shorter than that can't be told "
                                  "apart.  See which clock sources there are "
                                  "in /sys/devices/system/clocksource");
    paragraph_print(out, wake < 1e5 ? fine : care, INDENT,
                    "A sleeping thread runs %s after it is woken (median of "
                    "%d): a lock whose waiters sleep takes that long to "
                    "hand over.",
                    figure_spaced_time(wake).text, PROBE_WAKES);
}

static void examine_build(FILE *out)
{
#if !defined(__OPTIMIZE__)
    paragraph_print(out, care, INDENT,
                    "This program was built without optimization: configure "
                    "with CFLAGS=-O2.");
#else
    paragraph_print(out, fine, INDENT, "Built with optimization.");
#endif
}

void machine_doctor(FILE *out)
{
    paragraph_print(out, "", 0,
                    "What this machine can tell about locks (fine), where to "
                    "be careful (care), and what it can't tell (n/a):");
    putc('\n', out);
    examine_cpus(out);
    examine_limit(out);
    examine_virtuality(out);
    examine_layout(out);
    examine_frequency(out);
    examine_counters(out);
    examine_disturbance(out);
    examine_costs(out);
    examine_build(out);
    putc('\n', out);
    paragraph_print(out, "", 0,
                    "How small a difference it can see is the noise floor, "
                    "which each table begins with.");
}
