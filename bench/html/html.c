/* html.c -- see html.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "html/html.h"

#include <stdlib.h>
#include <string.h>

#include "html/charts.h"
#include "html/gnuplot.h"
#include "html/page.h"
#include "html/style.h"
#include "memory.h"
#include "text/verdicts.h"

/* More groups, or words about more cells, are closed until somebody wants
   them.  */
enum { MAX_OPEN = 8 };

static void write_head(const struct page *p)
{
    const struct results *r = p->r;

    fputs("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, "
          "initial-scale=1\">\n<title>",
          p->out);
    svg_escape(p->out, p->subject);
    fputs(" against ", p->out);
    svg_escape(p->out, r->against);
    fprintf(p->out, ": contention</title>\n<style>%s</style></head><body>\n",
            style_of_pages);
    fputs("<h1>", p->out);
    svg_escape(p->out, p->subject);
    fputs(" and its peers under contention</h1>\n<p class=\"soft\">", p->out);
    svg_escape(p->out, r->date ? r->date : "date unknown");
    fprintf(p->out, "; %u blocks of runs of %g s; baseline ", r->blocks,
            r->seconds);
    svg_escape(p->out, r->against);
    fputs("</p>\n", p->out);
}

static void write_navigation(const struct page *p)
{
    fputs("<nav><a href=\"#verdict\">Verdict</a> "
          "<a href=\"#contents\">Contents</a> <a href=\"#peers\">Peers</a> ",
          p->out);
    for (unsigned i = 0; i < p->n_groups; i = page_primitive_end(p, i)) {
        fprintf(p->out, "<a href=\"#p%u\">", i);
        svg_escape(p->out, p->groups[i].cells[0]->primitive);
        fputs("</a> ", p->out);
    }
    fputs("<a href=\"#machine\">Machine</a> <a href=\"#columns\">Columns</a> "
          "<a href=\"#command\">Command</a></nav>\n",
          p->out);
}

/* Writes with how many threads the subject got that verdict.  */
static void write_threads(const struct page *p, const struct group *g,
                          enum verdict verdict, bool *is_any)
{
    const struct entry *e = page_subject_of(p, g);
    unsigned n = 0, last = 0;

    for (unsigned i = 0; e && i < g->n_cells; i++) {
        const struct summary *s = entry_judged(g, e, i);
        if (!s || s->verdict != verdict)
            continue;
        if (n++ == 0)
            fprintf(p->out, "%s%s with", *is_any ? "; " : "",
                    stats_verdict_words[verdict]);
        last = g->cells[i]->shape.threads;
        fprintf(p->out, "%s %u", n > 1 ? "," : "", last);
    }
    if (n > 0)
        fputs(last == 1 ? " thread" : " threads", p->out);
    *is_any = *is_any || n > 0;
}

/* The line that is seen of a closed group.  */
static void write_summary(const struct page *p, const struct group *g)
{
    bool is_any = false;

    fputs("<summary><b>", p->out);
    svg_escape(p->out, g->cells[0]->workload);
    fputs("</b> ", p->out);
    svg_escape(p->out, g->params);
    fputs("<span class=\"says\">", p->out);
    svg_escape(p->out, p->subject);
    fputs(": ", p->out);
    for (unsigned v = FASTER; v <= TOO_FEW; v++)
        write_threads(p, g, (enum verdict)v, &is_any);
    fprintf(p->out, "%s</span></summary>\n",
            is_any ? "" : "nothing to compare");
}

/* The words are those of the terminal, whose label they begin with.  */
static void write_words(const struct page *p, unsigned cell)
{
    static const char label[] = "verdict";
    char *text = NULL;
    size_t size;
    FILE *words = open_memstream(&text, &size);

    if (words) {
        verdicts_print_group(p->survey, cell, cell + 1, words);
        fclose(words);
    }
    if (text && strncmp(text, label, sizeof label - 1) == 0) {
        fputs("<li>", p->out);
        svg_escape(p->out, text + sizeof label - 1);
        fputs("</li>\n", p->out);
    }
    free(text);
}

static void write_pictures(const struct page *p, const struct group *g)
{
    fputs("<div class=\"pics\">\n", p->out);
    for (unsigned i = 0; i < CHARTS; i++) {
        if (!charts[i].applies(g))
            continue;
        fputs("<figure>", p->out);
        chart_draw(&charts[i], g, p->out, false);
        fprintf(p->out, "<figcaption>%s</figcaption></figure>\n",
                charts[i].how);
    }
    fputs("</div>\n", p->out);
}

static void write_group(const struct page *p, const struct group *g)
{
    const struct cell *c = g->cells[0];

    fprintf(p->out, "<details class=\"group\"%s>",
            p->n_groups <= MAX_OPEN ? " open" : "");
    write_summary(p, g);
    fprintf(p->out, "<div id=\"g%u\">", (unsigned)(g - p->groups));
    if (c->operation) {
        fputs("<p>Counted: ", p->out);
        svg_escape(p->out, c->operation);
        fputs(".</p>", p->out);
    }
    fprintf(p->out, "<details%s><summary>In words</summary><ul>\n",
            g->n_cells <= MAX_OPEN ? " open" : "");
    for (unsigned i = 0; i < g->n_cells; i++)
        write_words(p, g->first + i);
    fputs("</ul></details>\n", p->out);
    write_pictures(p, g);
    page_write_table(p, g);
    fputs("</div></details>\n", p->out);
}

static void write_groups(const struct page *p)
{
    for (unsigned i = 0, next; i < p->n_groups; i = next) {
        fprintf(p->out, "<section><h2 id=\"p%u\">", i);
        svg_escape(p->out, p->groups[i].cells[0]->primitive);
        fputs("</h2>\n", p->out);
        next = page_primitive_end(p, i);
        for (unsigned j = i, end; j < next; j = end) {
            end = page_workload_end(p, j);
            page_write_sweep(p, j, end);
            for (unsigned k = j; k < end; k++)
                write_group(p, &p->groups[k]);
        }
        fputs("</section>\n", p->out);
    }
}

int html_write(const struct results *r, FILE *out)
{
    struct survey survey;
    struct page p;

    survey_begin(&survey, r);
    page_begin(&p, &survey, out);
    write_head(&p);
    write_navigation(&p);
    page_write_summary(&p);
    write_groups(&p);
    page_write_notes(&p);
    fputs("</body></html>\n", out);
    page_end(&p);
    survey_end(&survey);
    return fflush(out) != 0 || ferror(out) ? -1 : 0;
}

static char *path_of(const char *directory, const struct group *g,
                     const struct chart *chart)
{
    char *name = group_picture_name(g, chart->name);
    size_t size = strlen(directory) + strlen(name) + sizeof "/";
    char *path = memory_new(size, 1);

    snprintf(path, size, "%s/%s", directory, name);
    free(name);
    return path;
}

static int write_plot(const char *directory, const struct group *g,
                      const struct chart *chart)
{
    char *path = path_of(directory, g, chart);
    FILE *out = fopen(path, "w");
    bool ok;

    free(path);
    if (!out)
        return -1;
    chart_draw(chart, g, out, true);
    ok = !ferror(out);
    return fclose(out) == 0 && ok ? 0 : -1;
}

static int write_script(const char *directory, const struct page *p)
{
    size_t size = strlen(directory) + sizeof "/throughput.gnuplot";
    char *path = memory_new(size, 1);
    FILE *out;
    bool ok;

    snprintf(path, size, "%s/throughput.gnuplot", directory);
    out = fopen(path, "w");
    free(path);
    if (!out)
        return -1;
    gnuplot_write(p, out);
    ok = !ferror(out);
    return fclose(out) == 0 && ok ? 0 : -1;
}

int html_write_plots(const struct results *r, const char *directory)
{
    struct survey survey;
    struct page p;
    int status = 0;

    survey_begin(&survey, r);
    page_begin(&p, &survey, NULL);
    for (unsigned i = 0; i < p.n_groups; i++) {
        for (unsigned k = 0; k < CHARTS && status == 0; k++) {
            if (charts[k].applies(&p.groups[i]))
                status = write_plot(directory, &p.groups[i], &charts[k]);
        }
    }
    if (status == 0)
        status = write_script(directory, &p);
    page_end(&p);
    survey_end(&survey);
    return status;
}
