/* text.c -- the report for a terminal.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "explore/need.h"
#include "report.h"
#include "schedule.h"
#include "table.h"
#include "words.h"

/* What each section prints from, and where to.  */
struct text {
    FILE *out;
    const struct result *r;
    const struct names *names;
    int width;
};

static void print_paragraph(const struct text *x, char *text, int indent)
{
    table_print_text(text, indent, x->width, x->out);
    free(text);
}

static void print_heading(const struct text *x)
{
    char *sentence;
    FILE *out = need_stream(&sentence);

    if (x->r->program)
        fprintf(out, "%s: ", words_program(x->r));
    words_conclusion(x->names, x->r, out);
    fclose(out);
    print_paragraph(x, sentence, 2);
}

/* Returns what is printed of a count, in words.  */
static char *count_text(uint64_t n)
{
    char *text;
    FILE *out = need_stream(&text);

    words_count(out, n);
    fclose(out);
    return text;
}

static char *level_text(const struct level *l)
{
    char *text;
    FILE *out = need_stream(&text);

    words_level(l, out);
    fclose(out);
    return text;
}

static int widest_level(const struct result *r)
{
    int width = (int)strlen("schedules tried");

    for (int i = 0; i < r->n_levels; i++) {
        char *text = level_text(&r->levels[i]);
        int n = (int)strlen(text);
        if (n > width)
            width = n;
        free(text);
    }
    return width;
}

static void print_levels(const struct text *x)
{
    int width = widest_level(x->r);

    if (x->r->n_levels == 0)
        return;
    fprintf(x->out, "\n  %-*s  %9s\n", width, "schedules tried", "fail");
    for (int i = 0; i < x->r->n_levels; i++) {
        const struct level *l = &x->r->levels[i];
        char *what = level_text(l), *failures = count_text(l->failures);
        if (!words_is_repeated(x->r, i))
            fprintf(x->out, "  %-*s  %9s\n", width, what, failures);
        free(what);
        free(failures);
    }
}

static uint64_t count_schedules(const struct result *r)
{
    uint64_t sum = 0;
    for (int i = 0; i < r->n_outcomes; i++)
        sum += r->outcomes[i].schedules;
    return sum;
}

/* Returns the width of the column of verdicts: 0 if all is right.  */
static int widest_verdict(const struct result *r)
{
    int width = 0;

    for (int i = 0; i < r->n_outcomes; i++) {
        int n = (int)strlen(words_verdict(r->outcomes[i].verdict));
        if (r->outcomes[i].verdict != VERDICT_RIGHT && n > width)
            width = n;
    }
    return width;
}

/* Prints what comes out last, as it may be long.  */
static void print_outcome(const struct text *x, const struct outcome *o,
                          int verdict)
{
    bool is_right = o->verdict == VERDICT_RIGHT;
    uint64_t all = count_schedules(x->r);
    char *text, *count = count_text(o->schedules);
    char *line = words_last_line(o->text);
    double share = all ? 100 * (double)o->schedules / (double)all : 100;
    char percent[8] = "-";

    /* Not among these, but seen before.  */
    if (o->schedules)
        snprintf(percent, sizeof percent, "%.1f%%", share);
    need_print(&text, "  %9s  %6s  %11d  %-*s%s%s", o->schedules ? count : "-",
               percent, o->least_preemptions, verdict,
               is_right ? "" : words_verdict(o->verdict), verdict ? "  " : "",
               line[0] ? line : "(nothing printed)");
    print_paragraph(x, text, 34 + (verdict ? verdict + 2 : 0));
    free(count);
    free(line);
}

static void print_outcomes(const struct text *x)
{
    int verdict = widest_verdict(x->r);

    if (x->r->n_outcomes == 0)
        return;
    fprintf(x->out, "\n  %9s  %6s  %11s  %-*s%swhat comes out\n", "schedules",
            "share", "preemptions", verdict, "", verdict ? "  " : "");
    for (int i = 0; i < x->r->n_outcomes; i++)
        print_outcome(x, &x->r->outcomes[i], verdict);
}

static void print_end(const struct text *x, const struct execution *e)
{
    const char *sentence =
        e->sentence ? e->sentence : words_verdict(e->verdict);
    char *text, *line = words_last_line(e->output);

    if (line[0] && e->verdict == VERDICT_RIGHT)
        need_print(&text, "  => %s", line);
    else if (line[0])
        need_print(&text, "  => %s  [%s]", line, sentence);
    else
        need_print(&text, "  => %s", sentence);
    free(line);
    print_paragraph(x, text, 5);
}

static void print_deadlock(const struct text *x, const struct trace *t)
{
    struct deadlock d = judge_deadlock(t);

    if (d.cycle > 1)
        fprintf(x->out, "     %d wait for one another:\n", d.cycle);
    for (int i = 0; i < d.n; i++) {
        char *text;
        FILE *out = need_stream(&text);

        fputs(d.cycle > 1 && i < d.cycle ? "       " : "     ", out);
        words_wait(x->names, t, &d.waits[i], out);
        fclose(out);
        print_paragraph(x, text, 9);
    }
}

static void print_execution(const struct text *x, const struct execution *e)
{
    struct story story;

    story_begin(&story, e, x->names);
    table_print(&story, x->width, x->out);
    print_end(x, e);
    if (e->verdict == VERDICT_DEADLOCK)
        print_deadlock(x, &e->trace);
    table_print_source(&story, x->width, x->out);
    story_end(&story);
}

static void print_least(const struct text *x)
{
    fputc('\n', x->out);
    words_least(x->r, x->out);
    fputc('\n', x->out);
}

static void print_replay(const struct text *x, const struct execution *e)
{
    char *schedule = schedule_to_string(e->schedule, e->length, &e->trace);

    fprintf(x->out, "replay: %s\n", schedule);
    free(schedule);
}

static void print_failure(const struct text *x)
{
    const struct execution *e = x->r->failure;

    if (!e)
        return;
    fputs("\nhow it fails:\n\n", x->out);
    print_execution(x, e);
    print_least(x);
    print_replay(x, e);
}

/* One schedule that was asked for, and is right.  */
static void print_replayed(const struct text *x)
{
    if (x->r->failure || !x->r->right || x->r->n_levels > 0)
        return;
    fputs("\nhow it goes:\n\n", x->out);
    print_execution(x, x->r->right);
    fputc('\n', x->out);
    print_replay(x, x->r->right);
}

static void print_races(const struct text *x)
{
    if (x->r->n_races > 0)
        putc('\n', x->out);
    for (int i = 0; i < x->r->n_races; i++) {
        char *text;
        FILE *out;

        if (words_is_told(x->names, x->r, i))
            continue;
        out = need_stream(&text);
        words_race(x->names, x->r, &x->r->races[i], out);
        fclose(out);
        print_paragraph(x, text, 2);
    }
}

void report_text_as(FILE *out, const struct result *r,
                    const struct names *names, int width)
{
    struct text x = {out, r, names, width};

    print_heading(&x);
    print_levels(&x);
    print_outcomes(&x);
    print_failure(&x);
    print_replayed(&x);
    print_races(&x);
}

void report_execution_as(FILE *out, const struct execution *e,
                         const struct names *names, int width)
{
    struct text x = {out, NULL, names, width};

    print_execution(&x, e);
    print_replay(&x, e);
}
