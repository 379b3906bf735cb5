/* goals.c -- see goals.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "text/goals.h"

#include <math.h>
#include <string.h>

#include "text/figure.h"
#include "text/markdown_parts.h"
#include "text/paragraph.h"
#include "text/preface.h"
#include "text/verdicts.h"

enum { LABEL = 10, DEEP = 15 };

static const char *const rival_words[] = {
    [NOBODY] = "",
    [THE_C_LIB] = ", to glibc",
    [PARKING_LOT] = ", to parking_lot",
    [BEST] = ", to the best",
    [BEST_OF_ALL] = ", to the best of all",
    [MUTEX_BUILT] = ", to the best that is built with a mutex",
    [PLAIN_LOAD] = ", to a load",
    [UNTIMED] = ", to the same without",
};

static void write_title(const struct judgement *j, FILE *out)
{
    fprintf(out, "%s%s", j->goal->text, rival_words[j->goal->rivals]);
    if (j->goal->scope == MEAN_OF_CELLS)
        fprintf(out, " (mean of %u)", j->n_cells);
}

/* A share, or a time.  */
static struct figure figure_for(const struct goal *g, double x)
{
    return g->measure == FAIR_SHARES ? figure_count(x) : figure_time(x);
}

static struct figure ratio_of(const struct goal *g, double x)
{
    return g->rivals == NOBODY ? figure_for(g, x) : figure_count(x);
}

/* The longest of all has no interval.  */
static struct figure ends_of(const struct goal *g, const struct finding *f)
{
    struct figure none = {""};
    return g->rivals == NOBODY && g->measure != FAIR_SHARES
               ? none
               : figure_ends(f->ratio);
}

/* By how many percent the baseline differed from itself.  */
static struct figure noise_of(const struct finding *f)
{
    return figure_share(f->noise - 1);
}

/* Whether the limit lies in the interval, though the median meets it.  */
static bool is_close(const struct goal *g, const struct finding *f)
{
    return f->outcome == HOLDS
           && (g->measure == FAIR_SHARES ? f->ratio.low < f->limit
                                         : f->ratio.high > f->limit);
}

static void print_outcome(const struct goal *g, const struct finding *f,
                          FILE *out)
{
    char words[24];

    snprintf(words, sizeof words, "%s%s", outcome_words[f->outcome],
             is_close(g, f) ? " ~" : "");
    fprintf(out, "  %-13s", words);
}

static void print_figures(const struct goal *g, const struct finding *f,
                          FILE *out)
{
    fprintf(out, "%6s %-13s %6s %6s ", ratio_of(g, f->ratio.median).text,
            ends_of(g, f).text, ratio_of(g, f->limit).text,
            figure_for(g, f->ours).text);
    if (f->rival)
        fprintf(out, "%6s %-13s", figure_for(g, f->theirs).text, f->rival);
    else
        fprintf(out, "%6s %-13s", "", "");
    fprintf(out, " %5s\n", isnan(f->noise) ? "" : noise_of(f).text);
}

static void write_ask(const struct finding *f, FILE *out)
{
    if (f->cell)
        verdicts_name(f->cell, out);
    else
        fprintf(out, "%s / %s", f->ask.primitive, f->ask.field->workload);
}

static void print_cells(const struct judgement *j, FILE *out)
{
    for (unsigned i = 0; i < j->n_cells; i++) {
        const struct finding *f = &j->cells[i];
        struct paragraph p;
        paragraph_begin(&p);
        write_ask(f, p.file);
        paragraph_end(&p, out, "", 4);
        if (f->outcome >= NO_RIVAL || j->goal->scope == EACH_CELL)
            print_outcome(j->goal, f, out);
        else
            fprintf(out, "%15s", "");
        print_figures(j->goal, f, out);
    }
}

static void write_worst(const struct judgement *j, FILE *out)
{
    fprintf(out, "%u of %u cells hold; this is the worst: ", j->held,
            j->n_cells);
    write_ask(&j->all, out);
}

static void print_row(const struct judgement *j, bool is_full, FILE *out)
{
    struct paragraph p;

    paragraph_begin(&p);
    write_title(j, p.file);
    paragraph_end(&p, out, "", 0);
    print_outcome(j->goal, &j->all, out);
    print_figures(j->goal, &j->all, out);
    if (j->goal->scope == EACH_CELL && j->n_cells > 1) {
        paragraph_begin(&p);
        write_worst(j, p.file);
        paragraph_end(&p, out, "", DEEP);
    }
    if (is_full && j->n_cells > 1)
        print_cells(j, out);
}

static void write_judging(FILE *out)
{
    fputs("A goal holds if the median of all blocks meets the limit; with "
          "\"~\" a part of its 95 % interval does not.  \"not shown\": the "
          "median does not, but the limit lies in the interval.  A ratio is "
          "interlock's time over the rival's in the same block (the time, or "
          "the CPU time, of an operation, or a wait), so less is better.  Of "
          "several cells each has to hold, or it is their geometric mean.",
          out);
}

static void write_rivals(FILE *out)
{
    fputs("the one with the best median, of all peers that can be used in "
          "place of interlock: not those whose waiters never park, nor "
          "Python, which has a language's price, nor what serves once, nor "
          "another name of what is "
          "there already.  \"best of all\" is the fastest over all cells "
          "together.  glibc is the peer pthread.",
          out);
}

static bool is_coarse(const struct results *r)
{
    return r->blocks < STATS_MIN_BLOCKS;
}

static void write_coarse(const struct results *r, FILE *out)
{
    fprintf(out,
            "these figures are coarse: of %u block%s an interval says little, "
            "and a ratio near its limit may fall on either side.",
            r->blocks, r->blocks == 1 ? "" : "s");
}

static void print_with(void (*write)(FILE *), const char *label, FILE *out)
{
    struct paragraph p;

    paragraph_begin(&p);
    write(p.file);
    paragraph_end(&p, out, label, LABEL);
}

static void print_coarse(const struct results *r, FILE *out)
{
    struct paragraph p;

    if (!is_coarse(r))
        return;
    paragraph_begin(&p);
    write_coarse(r, p.file);
    paragraph_end(&p, out, "COARSE", LABEL);
}

static void print_broken(const struct results *r, FILE *out)
{
    for (unsigned i = 0; i < r->n_cells; i++) {
        const struct cell *cell = &r->cells[i];
        for (unsigned k = 0; k < cell->count; k++) {
            struct paragraph p;
            if (!cell->contestants[k].fault)
                continue;
            paragraph_begin(&p);
            fprintf(p.file, "%s: ", cell->contestants[k].peer);
            verdicts_name(cell, p.file);
            fprintf(p.file, ": %s", cell->contestants[k].fault);
            paragraph_end(&p, out, "BROKEN", LABEL);
        }
    }
}

void goals_print(const struct court *c, bool is_full, FILE *out)
{
    preface_print_machine(c->r, out);
    print_with(write_judging, "judged", out);
    print_with(write_rivals, "rival", out);
    print_coarse(c->r, out);
    fprintf(out, "\ngoal\n  %-13s%6s %-13s %6s %6s %6s %-13s %5s\n", "verdict",
            "ratio", "95 %", "limit", "ours", "theirs", "rival", "noise");
    for (unsigned i = 0; i < c->n; i++)
        print_row(&c->judgements[i], is_full, out);
    putc('\n', out);
    print_broken(c->r, out);
    verdicts_print_absences(c->r, out);
    print_coarse(c->r, out);
    fprintf(out, "%u of %u goals hold.\n", c->held, c->n);
}

static void write_markdown_cell(FILE *out, const char *text)
{
    markdown_text(out, text);
    fputs(" | ", out);
}

static void write_markdown_row(const struct judgement *j, FILE *out)
{
    const struct goal *g = j->goal;
    const struct finding *f = &j->all;
    struct paragraph p;

    paragraph_begin(&p);
    write_title(j, p.file);
    if (g->scope == EACH_CELL && j->n_cells > 1) {
        fputs(": ", p.file);
        write_worst(j, p.file);
    }
    fflush(p.file);
    fputs("| ", out);
    write_markdown_cell(out, p.text);
    paragraph_drop(&p);
    write_markdown_cell(out, ratio_of(g, f->limit).text);
    write_markdown_cell(out, ratio_of(g, f->ratio.median).text);
    write_markdown_cell(out, ends_of(g, f).text);
    write_markdown_cell(out, figure_for(g, f->ours).text);
    write_markdown_cell(out, f->rival ? figure_for(g, f->theirs).text : "");
    write_markdown_cell(out, f->rival ? f->rival : "");
    write_markdown_cell(out, isnan(f->noise) ? "" : noise_of(f).text);
    fprintf(out, "%s%s |\n", outcome_words[f->outcome],
            is_close(g, f) ? " \\~" : "");
}

void goals_write_markdown(const struct court *c, FILE *out)
{
    write_judging(out);
    fputs("  The rival is ", out);
    write_rivals(out);
    fprintf(out, "  Measured on %s in %u blocks.",
            c->r->date ? c->r->date : "an unknown date", c->r->blocks);
    if (is_coarse(c->r)) {
        fputs("  **Coarse:** ", out);
        write_coarse(c->r, out);
    }
    fputs("\n\n| goal | limit | ratio | 95 % | ours | theirs | rival | noise | "
          "verdict |\n|---|--:|--:|---|--:|--:|---|--:|---|\n",
          out);
    for (unsigned i = 0; i < c->n; i++)
        write_markdown_row(&c->judgements[i], out);
    fprintf(out, "\n**%u of %u goals hold.**\n", c->held, c->n);
}
