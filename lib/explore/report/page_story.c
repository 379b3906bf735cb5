/* page_story.c -- the second part of page.h: an execution, and its source.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "page.h"
#include "schedule.h"
#include "words.h"

static void write_heading(FILE *out, const struct story *s)
{
    fputs("<thead><tr><th class=\"n\">step<th class=\"n\">line", out);
    for (int i = 0; i < s->n_threads; i++) {
        int thread = s->threads[i];
        fprintf(out, "<th class=\"t c%d\" data-t=\"%d\"><b>%c</b> ", i % 6,
                thread, schedule_letter(thread));
        page_escape(out, s->titles[thread]);
    }
    for (size_t i = 0; i < s->n_columns; i++) {
        const struct column *c = &s->columns[i];
        fputs("<th class=\"v\" data-start=\"", out);
        page_escape(out, c->start ? c->start : "");
        fputs("\">", out);
        page_escape(out, c->title);
    }
    fputs("</thead>\n", out);
}

static void write_lanes(FILE *out, const struct story *s, int thread,
                        const char *text)
{
    for (int i = 0; i < s->n_threads; i++) {
        if (s->threads[i] != thread) {
            fprintf(out, "<td class=\"t c%d\">", i % 6);
            continue;
        }
        fprintf(out, "<td class=\"t c%d on\">", i % 6);
        page_escape(out, text);
    }
}

static void write_preempted(FILE *out, const struct story *s, int thread)
{
    fputs("<tr class=\"pre\"><td><td>", out);
    write_lanes(out, s, thread, "preempted");
    for (size_t i = 0; i < s->n_columns; i++)
        fputs("<td class=\"v\">", out);
    putc('\n', out);
}

static void write_row(FILE *out, const struct story *s, const struct row *row)
{
    int line = row->place ? row->place->line : 0;

    fprintf(out,
            "<tr data-t=\"%d\" data-f=\"%d\" data-l=\"%d\"><td class=\"n\">",
            row->thread, page_source(s, row->place), line);
    if (row->number)
        fprintf(out, "%u", row->number);
    fputs("<td class=\"n\">", out);
    if (line > 0)
        fprintf(out, "%d", line);
    write_lanes(out, s, row->thread, row->text);
    for (size_t i = 0; i < s->n_columns; i++) {
        const struct cell *c = &row->cells[i];
        fprintf(out, "<td class=\"v%s\">", c->changed ? " new" : "");
        page_escape(out, c->text ? c->text : "");
    }
    putc('\n', out);
    if (row->note) {
        fprintf(out, "<tr class=\"note\"><td><td><td colspan=\"%d\">\u21b3 ",
                s->n_threads + (int)s->n_columns);
        page_escape(out, row->note);
        putc('\n', out);
    }
}

static void write_controls(FILE *out, const struct story *s)
{
    fprintf(out,
            "<div class=\"controls js\"><button id=\"first\" "
            "title=\"Home\">|\u25c0</button><button id=\"back\" "
            "title=\"\u2190\">\u25c0</button><input id=\"at\" type=\"range\" "
            "min=\"0\" max=\"%zu\" value=\"0\" aria-label=\"step\"><button "
            "id=\"on\" title=\"\u2192\">\u25b6</button><button id=\"last\" "
            "title=\"End\">\u25b6|</button><p id=\"now\" aria-live=\"polite\">"
            "</p><p id=\"state\"></p></div>\n",
            s->n_rows);
}

static void write_stuck(FILE *out, const struct story *s)
{
    fputs("<tr class=\"stuck\"><td><td>", out);
    for (int i = 0; i < s->n_threads; i++) {
        fprintf(out, "<td class=\"t c%d\">", i % 6);
        for (int k = 0; k < s->n_stuck; k++) {
            if (s->stuck[k].thread == s->threads[i])
                page_escape(out, s->stuck[k].text);
        }
    }
    for (size_t i = 0; i < s->n_columns; i++)
        fputs("<td class=\"v\">", out);
    putc('\n', out);
}

void page_write_story(FILE *out, const struct story *s)
{
    write_controls(out, s);
    fputs("<div class=\"scroll\"><table class=\"story\" id=\"story\">\n", out);
    write_heading(out, s);
    fputs("<tbody>\n", out);
    for (size_t i = 0; i < s->n_rows; i++) {
        if (s->rows[i].preempted >= 0)
            write_preempted(out, s, s->rows[i].preempted);
        write_row(out, s, &s->rows[i]);
    }
    if (s->period > 0) {
        fprintf(out, "<tr class=\"note\"><td><td><td colspan=\"%d\">\u2026 ",
                s->n_threads + (int)s->n_columns);
        words_rounds(s->period, s->repeats, out);
        putc('\n', out);
    }
    if (s->n_stuck > 0)
        write_stuck(out, s);
    fputs("</table></div>\n", out);
}

/* Writes the steps at a line, each in the colour of its thread.  */
static void write_steps(FILE *out, const struct story *s, int source, int line)
{
    for (size_t i = 0; i < s->n_rows; i++) {
        const struct row *row = &s->rows[i];
        if (!row->place || row->place->line != line
            || page_source(s, row->place) != source)
            continue;
        if (row->number)
            fprintf(out, "<i class=\"c%d\">%u</i>", page_colour(s, row->thread),
                    row->number);
    }
}

static bool is_used(const struct story *s, int source)
{
    for (size_t i = 0; i < s->n_rows; i++) {
        if (page_source(s, s->rows[i].place) == source)
            return true;
    }
    return false;
}

static void write_source(FILE *out, const struct story *s, int source)
{
    const struct source *file = &s->names->sources[source];

    fputs("<h3>", out);
    page_escape(out, file->file);
    fprintf(out,
            "</h3>\n<div class=\"source\" id=\"f%d\" tabindex=\"0\" "
            "style=\"--threads:%d\">",
            source, s->n_threads);
    for (size_t i = 0; i < file->n_lines; i++) {
        fprintf(out,
                "<div id=\"f%dl%zu\"><span class=\"here\"></span>"
                "<span class=\"no\">%zu</span><code>",
                source, i + 1, i + 1);
        page_escape(out, file->lines[i]);
        fputs("</code><span class=\"at\">", out);
        write_steps(out, s, source, (int)i + 1);
        fputs("</span></div>\n", out);
    }
    fputs("</div>\n", out);
}

void page_write_sources(FILE *out, const struct story *s)
{
    for (size_t i = 0; i < s->names->n_sources; i++) {
        if (is_used(s, (int)i))
            write_source(out, s, (int)i);
    }
}
