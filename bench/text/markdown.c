/* markdown.c -- see markdown.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "text/markdown.h"

#include <string.h>

#include "goals/judge.h"
#include "text/figure.h"
#include "text/goals.h"
#include "text/markdown_parts.h"
#include "text/paragraph.h"
#include "text/preface.h"
#include "text/scores.h"

/* Whether make bench-results gave that command.  */
static bool is_made(const char *command)
{
    return command
           && (strstr(command, "bench/RESULTS.md")
               || strstr(command, "bench/LOCKS.md"));
}

static void write_title(const struct page *p, bool has_goals)
{
    const struct results *r = p->r;

    fputs("# Contention: the results of one machine\n\n", p->out);
    markdown_text(p->out, p->subject);
    fputs(" and its peers with threads in each other's way: who is faster "
          "than ",
          p->out);
    markdown_text(p->out, r->against);
    fprintf(p->out,
            ", how sure that is, and what it costs.  Measured on %s by "
            "bench/contention in %u blocks, with runs of %s.  %s\n\n",
            r->date ? r->date : "an unknown date", r->blocks,
            figure_spaced_time(r->seconds * 1e9).text,
            is_made(r->command)
                ? "This page is made by one command, `make bench-results`, "
                  "which runs"
                : "They are the results of");
    markdown_code(p->out, r->command ? r->command : "(unknown)");
    fprintf(p->out,
            "\n[How to read it](#reading) · [The machine](#machine) · "
            "[What it can't show](#limits) · %s[Verdict](#verdict) · "
            "[Overview](#overview) · [All figures](#figures) · "
            "[What has no row](#absent) · [The columns](#columns)\n",
            has_goals ? "[Goals](#goals) · " : "");
    if (r->blocks < r->planned)
        fprintf(p->out,
                "\n**%s** after %u of %u blocks: all below is from the "
                "finished ones.\n",
                r->is_cut ? "Interrupted" : "Stopped", r->blocks, r->planned);
}

static void write_noise(const struct page *p)
{
    struct paragraph text;

    paragraph_begin(&text);
    preface_write_noise(p->r, text.file);
    fflush(text.file);
    fputs("\n**Noise floor:** ", p->out);
    markdown_text(p->out, text.text);
    paragraph_drop(&text);
    putc('\n', p->out);
}

static void write_controls(const struct page *p)
{
    struct paragraph text;

    paragraph_begin(&text);
    if (preface_write_controls(p->survey, text.file)) {
        fflush(text.file);
        fputs("\n**Controls:** ", p->out);
        markdown_text(p->out, text.text);
        putc('\n', p->out);
    }
    paragraph_drop(&text);
}

static void write_other_baselines(const struct page *p)
{
    unsigned i = 0;

    while (i < p->n_groups
           && strcmp(group_baseline(&p->groups[i]), p->r->against) == 0)
        i++;
    if (i == p->n_groups)
        return;
    fputs("\nWhere ", p->out);
    markdown_text(p->out, p->r->against);
    fputs(" has nothing to offer, another peer is the baseline in its place, "
          "and is named.\n",
          p->out);
}

static void write_reading(const struct page *p)
{
    FILE *out = p->out;

    fputs("\n## <a id=\"reading\"></a>How to read it\n\n"
          "A ratio is a peer's operations a second over those of ",
          out);
    markdown_text(out, p->r->against);
    fprintf(out,
            " in the same block, the median of all blocks: 2 is twice as "
            "fast, 0.5 half as fast.  %s (%s) is shown to be faster (slower): "
            "the 95 %% interval of the ratio leaves out 1, and its median is "
            "farther from 1 than the noise floor of its cell, by which ",
            verdict_signs[FASTER], verdict_signs[SLOWER]);
    markdown_text(out, p->r->against);
    fprintf(out,
            " differed from itself there.  %s is \"%s\", which does not say "
            "that there is none; %s is \"%s\" for a verdict.  A ratio is of "
            "speed alone: who pays for it is in the waits, the fairness and "
            "the processor time next to it.\n",
            verdict_signs[NO_DIFFERENCE], stats_verdict_words[NO_DIFFERENCE],
            verdict_signs[TOO_FEW], stats_verdict_words[TOO_FEW]);
    write_other_baselines(p);
    write_noise(p);
    write_controls(p);
}

static void write_machine(const struct page *p)
{
    fputs("\n## <a id=\"machine\"></a>The machine\n\n| | |\n|---|---|\n",
          p->out);
    for (unsigned i = 0; i < p->r->n_facts; i++)
        markdown_pair(p->out, p->r->facts[i].key, p->r->facts[i].value);
}

static void write_absences(const struct page *p)
{
    fputs("\n## <a id=\"absent\"></a>What has no row\n\n", p->out);
    if (p->r->n_absences == 0) {
        fputs("None: all peers that this build knows were there.\n", p->out);
        return;
    }
    fputs("| what | why |\n|---|---|\n", p->out);
    for (unsigned i = 0; i < p->r->n_absences; i++)
        markdown_pair(p->out, p->r->absences[i].peer, p->r->absences[i].reason);
}

static void write_columns(const struct page *p)
{
    FILE *out = p->out;

    fputs("\n## <a id=\"columns\"></a>The columns\n\n"
          "* **95 %**: the interval of the ratio with the most threads\n",
          out);
    for (unsigned m = 0; m < METRICS; m++) {
        const struct metric_info *info = &metric_infos[m];
        if (!markdown_has_column((enum metric)m))
            continue;
        fprintf(out, "* **%s**: ", info->title);
        markdown_text(out, info->meaning);
        fputs(info->better > 0   ? "; more is better\n"
              : info->better < 0 ? "; less is better\n"
                                 : "\n",
              out);
    }
    fputs("* **\u2020**: some blocks are outliers, marked and kept\n"
          "* **n/a**: is not known, or has no meaning there; nothing is "
          "guessed\n"
          "* **\u2013**: takes no part\n\n"
          "Waits are in ns, us or ms; CPU is in seconds for a million "
          "operations (s/Mop), ctx and futex are for a thousand (1/kop).  How "
          "all of it is measured, and what each workload does, is in "
          "[README](README).\n",
          out);
}

static void write_goals(const struct page *p, const struct results *goals)
{
    struct court court;

    if (!goals)
        return;
    fputs("\n## <a id=\"goals\"></a>Goals\n\n", p->out);
    court_begin(&court, goals, NULL, 0);
    goals_write_markdown(&court, p->out);
    court_end(&court);
}

int markdown_write(const struct results *r, const struct results *goals,
                   FILE *out)
{
    struct survey survey;
    struct page p;

    survey_begin(&survey, r);
    page_begin(&p, &survey, out);
    write_title(&p, goals != NULL);
    write_reading(&p);
    write_machine(&p);
    markdown_write_limits(&p);
    write_goals(&p, goals);
    markdown_write_verdict(&p);
    markdown_write_overview(&p);
    markdown_write_groups(&p);
    write_absences(&p);
    write_columns(&p);
    page_end(&p);
    survey_end(&survey);
    return fflush(out) != 0 || ferror(out) ? -1 : 0;
}
