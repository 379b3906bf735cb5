/* markdown_limits.c -- a part of markdown_parts.h: what the machine can't show,
   as far as its facts tell.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdio.h>
#include <string.h>

#include "text/markdown_parts.h"

/* Returns what is known of the machine under that key, or "".  */
static const char *fact(const struct results *r, const char *key)
{
    for (unsigned i = 0; i < r->n_facts; i++) {
        if (strcmp(r->facts[i].key, key) == 0)
            return r->facts[i].value;
    }
    return "";
}

static bool says(const struct results *r, const char *key, const char *what)
{
    return strstr(fact(r, key), what) != NULL;
}

/* Returns the number of CPUs that it may use; 0 if that is not known.  */
static unsigned count_cpus(const struct results *r)
{
    unsigned n = 0;
    return sscanf(fact(r, "CPUs"), "%u usable", &n) == 1 ? n : 0;
}

/* Returns the least number of threads above n that a cell has; 0 if none
   has.  */
static unsigned next_threads(const struct results *r, unsigned n)
{
    unsigned next = 0;

    for (unsigned i = 0; i < r->n_cells; i++) {
        unsigned threads = r->cells[i].shape.threads;
        if (threads > n && (next == 0 || threads < next))
            next = threads;
    }
    return next;
}

static void write_oversubscription(const struct page *p, unsigned cpus)
{
    unsigned threads = next_threads(p->r, cpus);
    const char *before = "With";

    if (threads == 0)
        return;
    for (; threads > 0; threads = next_threads(p->r, threads)) {
        fprintf(p->out, "%s %u", before, threads);
        before =
            next_threads(p->r, next_threads(p->r, threads)) == 0 ? " and" : ",";
    }
    fprintf(p->out,
            " threads the machine is oversubscribed: no more than %u run at "
            "the same time, so these columns show how a lock copes with "
            "waiters and holders that don't run, and not how it scales.  ",
            cpus);
}

static void write_topology(const struct page *p)
{
    if (says(p->r, "CPUs", "NUMA nodes 1"))
        fputs("There is one memory node: nothing here is about NUMA.  ",
              p->out);
    if (says(p->r, "CPUs", "SMT off"))
        fputs("The system says that SMT is off: nothing here is about threads "
              "that share a core.  ",
              p->out);
    if (says(p->r, "CPUs", "SMT on"))
        fputs("SMT is on: some of the CPUs may share a core.  ", p->out);
}

static void write_virtual(const struct page *p)
{
    const char *wakeup = fact(p->r, "wake-up");

    if (!says(p->r, "VM", "yes"))
        return;
    fputs("It is a virtual machine, where it as a rule costs more to wake a "
          "thread",
          p->out);
    if (wakeup[0]) {
        fputs(" (here: ", p->out);
        markdown_text(p->out, wakeup);
        putc(')', p->out);
    }
    fputs(", which favours locks that spin over locks that sleep where one "
          "thread hands over to another; what the host does meanwhile is not "
          "seen.  ",
          p->out);
}

static void write_counters(const struct page *p)
{
    if (says(p->r, "counters", "cycles n/a"))
        fputs("It has no hardware counters for us: cycles and cache misses "
              "are n/a.  ",
              p->out);
    if (says(p->r, "counters", "energy n/a"))
        fputs("Energy is n/a.  ", p->out);
    if (says(p->r, "counters", "futex calls n/a"))
        fputs("Futex calls are known only of peers that count their own.  ",
              p->out);
    if (says(p->r, "frequency", "governor n/a"))
        fputs("What governs the clock frequency is n/a.  ", p->out);
}

void markdown_write_limits(const struct page *p)
{
    unsigned cpus = count_cpus(p->r);

    fputs("\n## <a id=\"limits\"></a>What ", p->out);
    if (cpus > 0)
        fprintf(p->out, "%u CPU%s can't show\n\n", cpus, cpus == 1 ? "" : "s");
    else
        fputs("this machine can't show\n\n", p->out);
    if (cpus > 0)
        write_oversubscription(p, cpus);
    if (cpus > 1)
        fprintf(p->out,
                "Nothing here is about cache lines that travel between more "
                "than %u CPUs: don't extrapolate to larger machines; "
                "[SIMULATED.md](SIMULATED.md) has what locks ask of up to 128 "
                "CPUs that are simulated.  ",
                cpus);
    if (cpus == 1)
        fputs("Nothing here is about cache lines that travel between CPUs.  ",
              p->out);
    write_topology(p);
    write_virtual(p);
    write_counters(p);
    fputs("No number but a ratio can be compared with another machine's, or "
          "another day's.\n",
          p->out);
}
