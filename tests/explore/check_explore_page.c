/* check_explore_page.c -- the report in HTML, of results made by hand:
   explore/report/report.h.

   SPDX-License-Identifier: MIT */

#include "explore/report/report.h"
#include "support/suite.h"

#include <stdlib.h>
#include <string.h>

#include "made.h"

static struct made m;
static char *text;

static void print(void)
{
    size_t size;
    FILE *out = open_memstream(&text, &size);

    report_page_as(out, &m.result, &m.names);
    fclose(out);
}

static void end(void)
{
    made_free(&m);
    free(text);
}

static void expect(const char *part)
{
    ck_assert_msg(strstr(text, part), "the page has no %s", part);
}

static void expect_not(const char *part)
{
    ck_assert_msg(!strstr(text, part), "the page has %s", part);
}

static int count(const char *part)
{
    int n = 0;

    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        n++;
    return n;
}

/* All that there is can be read without the script.  */
START_TEST(the_table_is_there)
{
    made_lost_update(&m);
    print();
    expect("<p class=\"verdict wrong\">WRONG: 4 of all 6 schedules fail; 1 "
           "preemption is enough.</p>\n");
    expect("<tr><td>all with at most 1 preemption: 4<td class=\"n bad\">2\n");
    expect("<tr class=\"right\"><td>120  right<td><td class=\"n\">2");
    expect("<tr data-t=\"1\" data-f=\"0\" data-l=\"12\"><td class=\"n\">4<td "
           "class=\"n\">12<td class=\"t c0 on\">balance = 150<td class=\"t "
           "c1\"><td class=\"v new\">150\n");
    expect("<th class=\"v\" data-start=\"100\">balance");
    expect("<td class=\"t c0 on\">preempted<td class=\"t c1\">");
    expect("line 12 overwrote line 19's write");
    expect("<code id=\"replay\">A1.B2.A1#2c3b</code>");
    ck_assert_int_eq(count("<tr data-t="), 4);
    ck_assert_int_eq(count("class=\"pre\""), 1);
    end();
}
END_TEST

START_TEST(steps_stand_at_their_lines)
{
    made_lost_update(&m);
    print();
    expect("<span class=\"no\">12</span><code>    balance = seen + "
           "50;</code><span class=\"at\"><i class=\"c0\">4</i></span>");
    ck_assert_int_eq(count("<div id=\"f0l"), 32);
    end();
}
END_TEST

START_TEST(nothing_is_fetched)
{
    made_lost_update(&m);
    print();
    expect_not("http");
    expect_not(" src=");
    expect_not(" href=");
    expect_not("url(\"");
    expect_not("@import");
    end();
}
END_TEST

START_TEST(tags_are_closed)
{
    made_lost_wakeup(&m);
    print();
    ck_assert_int_eq(count("<table"), count("</table>"));
    ck_assert_int_eq(count("<section"), count("</section>"));
    ck_assert_int_eq(count("<div"), count("</div>"));
    ck_assert_int_eq(count("<ul"), count("</ul>"));
    ck_assert_int_eq(count("<li"), count("</li>"));
    ck_assert_int_eq(count("<code"), count("</code>"));
    end();
}
END_TEST

/* Names, values, outcomes and sources come from a program that may be any.  */
START_TEST(all_text_is_escaped)
{
    static const char evil[] = "<u>&\"x";
    static const char tame[] = "&lt;u&gt;&amp;&quot;x";

    made_lost_update(&m);
    m.result.program = evil;
    m.result.outcomes[1].text = evil;
    free(m.failure.output);
    m.failure.output = strdup(evil);
    m.failure.sentence = strdup(evil);
    for (size_t i = 0; i < m.names.n_symbols; i++) {
        free(m.names.symbols[i].name);
        m.names.symbols[i].name = strdup(evil);
    }
    free(m.names.sources[0].lines[0]);
    m.names.sources[0].lines[0] = strdup(evil);
    print();
    expect_not("<u>");
    expect_not("&\"x");
    ck_assert_int_ge(count(tame), 12);
    end();
}
END_TEST

START_TEST(who_waits_for_ever_is_told)
{
    made_lost_wakeup(&m);
    print();
    expect(
        "<li data-t=\"2\" data-f=\"0\" data-l=\"19\">withdraw waits on cv at "
        "01-lost-update.c:19; the notify of deposit at 01-lost-update.c:12 "
        "came when nobody waited yet</li>");
    end();
}
END_TEST

/* Each arrow of the picture has the name of what is waited for.  */
START_TEST(a_cycle_has_a_picture)
{
    made_deadlock(&m, 3);
    print();
    ck_assert_int_eq(count("marker-end"), 3);
    ck_assert_int_eq(count("<circle"), 3);
    ck_assert_int_eq(count("<svg"), count("</svg>"));
    expect(">lock&lt;2</text>");
    expect("<li class=\"cycle\"");
    end();
    made_lost_wakeup(&m);
    print();
    expect_not("<svg");
    end();
}
END_TEST

START_TEST(without_a_failure_there_is_none)
{
    made_right(&m);
    print();
    expect("<p class=\"verdict right\">RIGHT: all 90 schedules end right.</p>");
    expect_not("How it fails");
    expect_not("<tr data-t=");
    end();
}
END_TEST

int main(void)
{
    suite_begin("explore-page");
    suite_add(the_table_is_there);
    suite_add(steps_stand_at_their_lines);
    suite_add(nothing_is_fetched);
    suite_add(tags_are_closed);
    suite_add(all_text_is_escaped);
    suite_add(who_waits_for_ever_is_told);
    suite_add(a_cycle_has_a_picture);
    suite_add(without_a_failure_there_is_none);
    return suite_end();
}
