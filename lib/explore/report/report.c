/* report.c -- reports with the names of the program that runs.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "report.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "explore/names/load.h"
#include "explore/names/named.h"
#include "explore/need.h"
#include "explore/process/arena.h"
#include "explore/process/frames.h"
#include "schedule.h"
#include "words.h"

/* What is known of the program, and grows with each report.  */
static struct names names;
static struct image image;

struct addresses {
    uintptr_t *list;
    size_t n;
};

static void add_pcs(struct addresses *a, const struct step *steps, size_t n)
{
    a->list = need(realloc(a->list, (a->n + n + 1) * sizeof *a->list));
    for (size_t i = 0; i < n; i++)
        a->list[a->n++] = steps[i].pc;
}

/* The blocks of the last execution: "block A2" is the second of A.  */
static void name_blocks(void)
{
    struct arena_block b;

    for (int thread = 0; thread < THREADS_MOST; thread++)
        for (size_t i = 0; arena_get(thread, i, &b); i++) {
            struct symbol s = {
                .at = (uintptr_t)b.at, .size = b.size, .is_block = true};
            need_print(&s.name, "block %c%zu", schedule_letter(thread), i + 1);
            names_add_symbol(&names, &s);
            free(s.name);
        }
}

static void begin(void)
{
    const struct frame *frames;
    size_t n;

    if (image.path[0] == '\0') {
        frames = frames_of_main(&n);
        image = load_image();
        load_symbols(&image, &names);
        load_types(&image, &names, frames, n);
        name_blocks();
    }
    named_add(&names);
}

static void find_places(struct addresses *a)
{
    load_places(&image, &names, a->list, a->n);
    free(a->list);
}

static void add_trace(struct addresses *a, const struct trace *t)
{
    add_pcs(a, t->steps, t->length);
    add_pcs(a, t->blocked, (size_t)t->n_blocked);
    names_number(&names, t);
}

static void know_result(const struct result *r)
{
    struct addresses a = {0};

    begin();
    if (r->failure)
        add_trace(&a, &r->failure->trace);
    if (r->right)
        add_trace(&a, &r->right->trace);
    for (int i = 0; i < r->n_races; i++) {
        add_pcs(&a, &r->races[i].first, 1);
        add_pcs(&a, &r->races[i].second, 1);
    }
    find_places(&a);
}

/* A window is as wide as it says; elsewhere lines are made for reading.  */
static int width_of(FILE *out)
{
    enum { USUAL = 80, LEAST = 40 };
    const char *columns = getenv("COLUMNS");
    struct winsize window;
    int width = columns ? atoi(columns) : 0;

    if (width == 0 && ioctl(fileno(out), TIOCGWINSZ, &window) == 0)
        width = window.ws_col;
    return width >= LEAST ? width : USUAL;
}

void report_text(FILE *out, const struct result *r)
{
    know_result(r);
    report_text_as(out, r, &names, width_of(out));
}

void report_json(FILE *out, const struct result *r)
{
    know_result(r);
    report_json_as(out, r, &names);
}

void report_page(FILE *out, const struct result *r)
{
    know_result(r);
    report_page_as(out, r, &names);
}

void report_execution(FILE *out, const struct execution *e)
{
    struct addresses a = {0};

    begin();
    add_trace(&a, &e->trace);
    find_places(&a);
    report_execution_as(out, e, &names, width_of(out));
}

void report_step(FILE *out, const struct trace *t, const struct step *s,
                 bool is_done)
{
    struct addresses a = {0};
    const struct trace one = {.steps = (struct step *)(uintptr_t)s,
                              .length = 1};
    const char *line;

    begin();
    add_trace(&a, &one);
    find_places(&a);
    if (is_done)
        words_step(&names, t, s, out);
    else
        words_intent(&names, t, s, out);
    if (!names_place(&names, s->pc))
        return;
    fputs("  ", out);
    words_place(&names, s, out);
    line = names_line(&names, names_place(&names, s->pc));
    if (line)
        fprintf(out, ": %s", line);
}
