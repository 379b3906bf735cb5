/* page.c -- the report as a page that needs no other file.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>

#include "explore/need.h"
#include "page.h"
#include "report.h"
#include "schedule.h"
#include "words.h"

/* What each part is written from, and where to.  */
struct page {
    FILE *out;
    const struct result *r;
    const struct names *names;
};

/* Writes what was printed into a stream, escaped, and frees it.  */
static void put_text(const struct page *p, char *text)
{
    page_escape(p->out, text);
    free(text);
}

static void put_level(const struct page *p, const struct level *l)
{
    char *text;
    FILE *out = need_stream(&text);

    words_level(l, out);
    fclose(out);
    put_text(p, text);
}

/* How good the news is, for the colour of the banner.  */
static const char *class_of(const struct result *r)
{
    if (r->failure)
        return "wrong";
    for (int i = 0; i < r->n_levels; i++) {
        if (r->levels[i].covers_all)
            return "right";
    }
    return "open";
}

static void write_head(const struct page *p)
{
    const char *program = words_program(p->r);
    char *text;
    FILE *out = need_stream(&text);

    words_conclusion(p->names, p->r, out);
    fclose(out);
    fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, "
          "initial-scale=1\">\n<title>",
          p->out);
    page_escape(p->out, program ? program : "explored");
    fputs(": explored</title>\n<style>\n", p->out);
    page_write_style(p->out);
    fputs("</style></head><body>\n<h1>", p->out);
    page_escape(p->out, program ? program : "The program");
    fprintf(p->out, "</h1>\n<p class=\"verdict %s\">", class_of(p->r));
    put_text(p, text);
    fputs("</p>\n", p->out);
}

static void write_levels(const struct page *p)
{
    if (p->r->n_levels == 0)
        return;
    fputs("<section><h2>Schedules tried</h2>\n<table class=\"plain\">"
          "<thead><tr><th>schedules<th class=\"n\">fail</thead>\n",
          p->out);
    for (int i = 0; i < p->r->n_levels; i++) {
        const struct level *l = &p->r->levels[i];
        if (words_is_repeated(p->r, i))
            continue;
        fputs("<tr><td>", p->out);
        put_level(p, l);
        fprintf(p->out, "<td class=\"n%s\">", l->failures ? " bad" : "");
        words_count(p->out, l->failures);
        putc('\n', p->out);
    }
    fputs("</table></section>\n", p->out);
}

static void write_outcome(const struct page *p, const struct outcome *o,
                          uint64_t all)
{
    bool is_right = o->verdict == VERDICT_RIGHT;
    double share = all ? 100 * (double)o->schedules / (double)all : 100;
    char *line = words_last_line(o->text);

    fprintf(p->out, "<tr class=\"%s\"><td>", is_right ? "right" : "wrong");
    if (line[0] == '\0')
        fputs("<span class=\"none\">nothing</span>", p->out);
    put_text(p, line);
    fprintf(p->out, "<td>%s<td class=\"n\">",
            is_right ? "" : words_verdict(o->verdict));
    words_count(p->out, o->schedules);
    fprintf(p->out,
            "<td class=\"share\"><span class=\"bar\"><i style=\"width:%.2f%%\">"
            "</i></span> %.1f%%<td class=\"n\">%d\n",
            share, share, o->least_preemptions);
}

static void write_outcomes(const struct page *p)
{
    uint64_t all = 0;

    for (int i = 0; i < p->r->n_outcomes; i++)
        all += p->r->outcomes[i].schedules;
    if (p->r->n_outcomes == 0)
        return;
    fputs("<section><h2>What comes out</h2>\n<div class=\"scroll\">"
          "<table class=\"plain outcomes\"><thead><tr><th>printed<th>"
          "<th class=\"n\">schedules<th>share<th class=\"n\">fewest "
          "preemptions</thead>\n",
          p->out);
    for (int i = 0; i < p->r->n_outcomes; i++)
        write_outcome(p, &p->r->outcomes[i], all);
    fputs("</table></div></section>\n", p->out);
}

static void write_end(const struct page *p, const struct story *s)
{
    const struct execution *e = s->execution;
    char *line = words_last_line(e->output);

    fputs("<p class=\"end\">\u21d2 ", p->out);
    if (line[0]) {
        fputs("<b>", p->out);
        page_escape(p->out, line);
        fputs("</b> \u2014 ", p->out);
    }
    free(line);
    page_escape(p->out, e->sentence ? e->sentence : words_verdict(e->verdict));
    fputs("</p>\n", p->out);
    if (e->verdict == VERDICT_DEADLOCK)
        page_write_deadlock(p->out, s);
}

static void write_replay(const struct page *p, const struct execution *e)
{
    char *schedule = schedule_to_string(e->schedule, e->length, &e->trace);
    char *least;
    FILE *out = need_stream(&least);

    words_least(p->r, out);
    fclose(out);
    fputs("<p class=\"least\">", p->out);
    put_text(p, least);
    fputs("</p>\n<p class=\"replay\">Replay: <code id=\"replay\">", p->out);
    put_text(p, schedule);
    fputs("</code> <button class=\"js\" id=\"copy\">copy</button></p>\n",
          p->out);
}

static void write_failure(const struct page *p)
{
    struct story s;

    if (!p->r->failure)
        return;
    story_begin(&s, p->r->failure, p->names);
    fputs("<section class=\"failure\"><h2>How it fails</h2>\n"
          "<div class=\"walk\"><div class=\"left\">\n",
          p->out);
    page_write_story(p->out, &s);
    write_end(p, &s);
    write_replay(p, p->r->failure);
    fputs("</div>\n<div class=\"sources\">\n", p->out);
    page_write_sources(p->out, &s);
    fputs("</div></div></section>\n", p->out);
    story_end(&s);
}

static void write_races(const struct page *p)
{
    if (p->r->n_races == 0)
        return;
    fputs("<section><h2>Races</h2>\n<ul>\n", p->out);
    for (int i = 0; i < p->r->n_races; i++) {
        char *text;
        FILE *out;

        if (words_is_told(p->names, p->r, i))
            continue;
        out = need_stream(&text);
        words_race(p->names, p->r, &p->r->races[i], out);
        fclose(out);
        fputs("<li>", p->out);
        put_text(p, text);
        fputs("</li>\n", p->out);
    }
    fputs("</ul></section>\n", p->out);
}

void report_page_as(FILE *out, const struct result *r,
                    const struct names *names)
{
    struct page p = {out, r, names};

    write_head(&p);
    fputs("<div class=\"tables\">\n", out);
    write_levels(&p);
    write_outcomes(&p);
    fputs("</div>\n", out);
    write_failure(&p);
    write_races(&p);
    fputs("<script>\n", out);
    page_write_script(out);
    fputs("</script></body></html>\n", out);
}
