/* page_notes.c -- the last part of page.h: the machine, what is missing, the
   columns, the command.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>

#include "html/page.h"
#include "html/svg.h"

static void write_pair(FILE *out, const char *key, const char *value)
{
    fputs("<tr><th>", out);
    svg_escape(out, key);
    fputs("</th><td>", out);
    svg_escape(out, value);
    fputs("</td></tr>\n", out);
}

static void write_machine(const struct page *p)
{
    fputs("<h2 id=\"machine\">The machine</h2>\n"
          "<table class=\"words\"><tbody>\n",
          p->out);
    for (unsigned i = 0; i < p->r->n_facts; i++)
        write_pair(p->out, p->r->facts[i].key, p->r->facts[i].value);
    fputs("</tbody></table>\n", p->out);
}

static bool is_measured(const struct page *p, enum metric m)
{
    for (unsigned i = 0; i < p->n_groups; i++) {
        if (group_knows(&p->groups[i], m))
            return true;
    }
    return false;
}

static void write_unmeasured(const struct page *p)
{
    unsigned n = 0;

    for (unsigned m = 0; m < METRICS; m++) {
        if (is_measured(p, (enum metric)m))
            continue;
        fputs(n++ ? "; " : "<p><b>Not measured</b> in any cell of this run: ",
              p->out);
        svg_escape(p->out, metric_infos[m].meaning);
    }
    if (n > 0)
        fputs(".</p>\n", p->out);
}

static void write_absences(const struct page *p)
{
    if (p->r->n_absences == 0)
        return;
    fputs("<h2 id=\"absent\">What has no row, and why</h2>\n"
          "<table class=\"words\"><tbody>\n",
          p->out);
    for (unsigned i = 0; i < p->r->n_absences; i++)
        write_pair(p->out, p->r->absences[i].peer, p->r->absences[i].reason);
    fputs("</tbody></table>\n", p->out);
}

static void write_columns(const struct page *p)
{
    static const char *const better[] = {"less is better", "",
                                         "more is better"};

    fputs("<h2 id=\"columns\">What the columns mean</h2>\n"
          "<div class=\"scroll\"><table class=\"words\"><thead><tr>"
          "<th>column</th><th>meaning</th><th></th><th>in JSON and CSV</th>"
          "</tr></thead><tbody>\n",
          p->out);
    for (unsigned m = 0; m < METRICS; m++) {
        const struct metric_info *info = &metric_infos[m];
        fputs("<tr><th>", p->out);
        svg_escape(p->out, info->title);
        fputs("</th><td>", p->out);
        svg_escape(p->out, info->meaning);
        fprintf(p->out, "</td><td>%s</td><td><code>%s</code></td></tr>\n",
                better[info->better + 1], info->key);
    }
    fputs("</tbody></table></div>\n", p->out);
}

static void write_command(const struct page *p)
{
    const struct results *r = p->r;

    fputs("<h2 id=\"command\">To repeat it</h2>\n<pre>", p->out);
    svg_escape(p->out, r->command ? r->command : "unknown");
    fprintf(p->out,
            "</pre>\n<p>%u of %u blocks; each run %g s, in a process of its "
            "own, in shuffled order; one step of work takes %.3g ns.</p>\n",
            r->blocks, r->planned, r->seconds, r->step);
}

void page_write_notes(const struct page *p)
{
    write_machine(p);
    write_unmeasured(p);
    write_absences(p);
    write_columns(p);
    write_command(p);
}
