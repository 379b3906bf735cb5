/* json.c -- the report for programs.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <stdlib.h>

#include "explore/need.h"
#include "report.h"
#include "schedule.h"
#include "story.h"
#include "words.h"

/* Where an array or an object is written: whether a comma comes first.  */
struct json {
    FILE *out;
    const struct names *names;
    bool comma;
};

static void begin(struct json *j, char bracket)
{
    if (j->comma)
        putc(',', j->out);
    putc(bracket, j->out);
    j->comma = false;
}

static void end(struct json *j, char bracket)
{
    putc(bracket, j->out);
    j->comma = true;
}

/* Returns how long the character of UTF-8 there is, or 0 if it is none.  */
static int length_of(const char *text)
{
    const unsigned char *c = (const unsigned char *)text;
    int n = c[0] < 0x80                   ? 1
            : c[0] >= 0xc2 && c[0] < 0xe0 ? 2
            : c[0] >= 0xe0 && c[0] < 0xf0 ? 3
            : c[0] >= 0xf0 && c[0] < 0xf5 ? 4
                                          : 0;

    for (int i = 1; i < n; i++) {
        if ((c[i] & 0xc0) != 0x80)
            return 0;
    }
    /* Longer than need be, a surrogate, or past the last character.  */
    if ((c[0] == 0xe0 && c[1] < 0xa0) || (c[0] == 0xed && c[1] >= 0xa0)
        || (c[0] == 0xf0 && c[1] < 0x90) || (c[0] == 0xf4 && c[1] >= 0x90))
        return 0;
    return n;
}

/* What a program prints need not be text: a byte that is none is replaced.  */
static void put_string(struct json *j, const char *text)
{
    putc('"', j->out);
    for (int n; *text; text += n ? n : 1) {
        n = length_of(text);
        if (n == 0)
            fputs("\\ufffd", j->out);
        else if (*text == '"' || *text == '\\')
            fprintf(j->out, "\\%c", *text);
        else if ((unsigned char)*text < ' ')
            fprintf(j->out, "\\u%04x", (unsigned)(unsigned char)*text);
        else
            fwrite(text, 1, (size_t)n, j->out);
    }
    putc('"', j->out);
}

static void put_text(struct json *j, const char *text)
{
    if (j->comma)
        putc(',', j->out);
    if (text)
        put_string(j, text);
    else
        fputs("null", j->out);
    j->comma = true;
}

static void put_key(struct json *j, const char *key)
{
    if (j->comma)
        fputs(",\n", j->out);
    put_string(j, key);
    putc(':', j->out);
    j->comma = false;
}

static void put_pair(struct json *j, const char *key, const char *text)
{
    put_key(j, key);
    put_text(j, text);
}

static void put_number(struct json *j, const char *key, int64_t number)
{
    put_key(j, key);
    fprintf(j->out, "%lld", (long long)number);
    j->comma = true;
}

static void put_bool(struct json *j, const char *key, bool yes)
{
    put_key(j, key);
    fputs(yes ? "true" : "false", j->out);
    j->comma = true;
}

static void put_levels(struct json *j, const struct result *r)
{
    put_key(j, "levels");
    begin(j, '[');
    for (int i = 0; i < r->n_levels; i++) {
        const struct level *l = &r->levels[i];
        char *text;
        FILE *out = need_stream(&text);

        words_level(l, out);
        fclose(out);
        begin(j, '{');
        put_pair(j, "guarantee", text);
        put_number(j, "schedules", (int64_t)l->schedules);
        put_number(j, "failures", (int64_t)l->failures);
        if (l->bound != BOUND_NONE)
            put_number(j, "bound", l->bound);
        put_bool(j, "complete", l->complete);
        put_bool(j, "all", l->covers_all);
        end(j, '}');
        free(text);
    }
    end(j, ']');
}

static void put_outcomes(struct json *j, const struct result *r)
{
    put_key(j, "outcomes");
    begin(j, '[');
    for (int i = 0; i < r->n_outcomes; i++) {
        const struct outcome *o = &r->outcomes[i];
        begin(j, '{');
        put_pair(j, "text", o->text);
        put_pair(j, "verdict", words_verdict(o->verdict));
        put_number(j, "schedules", (int64_t)o->schedules);
        put_number(j, "preemptions", o->least_preemptions);
        end(j, '}');
    }
    end(j, ']');
}

static void put_columns(struct json *j, const struct story *s)
{
    put_key(j, "state");
    begin(j, '[');
    for (size_t i = 0; i < s->n_columns; i++)
        put_text(j, s->columns[i].title);
    end(j, ']');
    put_key(j, "start");
    begin(j, '[');
    for (size_t i = 0; i < s->n_columns; i++)
        put_text(j, s->columns[i].start);
    end(j, ']');
}

static void put_place(struct json *j, const struct place *p)
{
    if (!p || !p->file || p->line == 0)
        return;
    put_pair(j, "file", p->file);
    put_number(j, "line", p->line);
}

static void put_row(struct json *j, const struct story *s,
                    const struct row *row)
{
    begin(j, '{');
    put_pair(j, "thread", s->titles[row->thread]);
    put_bool(j, "chosen", row->number != 0);
    if (row->preempted >= 0)
        put_pair(j, "preempts", s->titles[row->preempted]);
    put_pair(j, "does", row->text);
    if (row->note)
        put_pair(j, "note", row->note);
    put_place(j, row->place);
    put_key(j, "state");
    begin(j, '[');
    for (size_t i = 0; i < s->n_columns; i++)
        put_text(j, row->cells[i].text);
    end(j, ']');
    end(j, '}');
}

static void put_threads(struct json *j, const struct story *s)
{
    put_key(j, "threads");
    begin(j, '[');
    for (int i = 0; i < s->n_threads; i++) {
        char letter[] = {schedule_letter(s->threads[i]), '\0'};
        begin(j, '{');
        put_pair(j, "letter", letter);
        put_pair(j, "name", s->titles[s->threads[i]]);
        end(j, '}');
    }
    end(j, ']');
}

static void put_deadlock(struct json *j, const struct trace *t)
{
    struct deadlock d = judge_deadlock(t);

    put_key(j, "blocked");
    begin(j, '[');
    for (int i = 0; i < d.n; i++) {
        char *text;
        FILE *out = need_stream(&text);

        words_wait(j->names, t, &d.waits[i], out);
        fclose(out);
        begin(j, '{');
        put_pair(j, "why", text);
        put_bool(j, "cycle", i < d.cycle);
        end(j, '}');
        free(text);
    }
    end(j, ']');
}

static void put_failure(struct json *j, const struct execution *e)
{
    char *replay = schedule_to_string(e->schedule, e->length, &e->trace);
    struct story s;

    story_begin(&s, e, j->names);
    put_key(j, "failure");
    begin(j, '{');
    put_pair(j, "verdict", words_verdict(e->verdict));
    put_pair(j, "sentence", e->sentence);
    put_pair(j, "output", e->output);
    put_number(j, "status", e->status);
    put_number(j, "preemptions", e->cost.preemptions);
    put_pair(j, "replay", replay);
    put_threads(j, &s);
    put_columns(j, &s);
    put_key(j, "steps");
    begin(j, '[');
    for (size_t i = 0; i < s.n_rows; i++)
        put_row(j, &s, &s.rows[i]);
    end(j, ']');
    if (s.period > 0) {
        put_number(j, "round", (int64_t)s.period);
        put_number(j, "rounds_left_out", (int64_t)s.repeats);
    }
    if (e->verdict == VERDICT_DEADLOCK)
        put_deadlock(j, &e->trace);
    end(j, '}');
    story_end(&s);
    free(replay);
}

static void put_needed(struct json *j, const struct result *r)
{
    put_key(j, "needed");
    begin(j, '[');
    for (int i = 0; i < r->failure->cost.preemptions; i++) {
        fprintf(j->out, "%s%s", i ? "," : "", r->needed[i] ? "true" : "false");
    }
    end(j, ']');
}

static void put_races(struct json *j, const struct result *r)
{
    put_key(j, "races");
    begin(j, '[');
    for (int i = 0; i < r->n_races; i++) {
        char *text;
        FILE *out = need_stream(&text);

        words_race(j->names, r, &r->races[i], out);
        fclose(out);
        begin(j, '{');
        put_bool(j, "data_race", !r->races[i].is_ordered);
        put_pair(j, "text", text);
        end(j, '}');
        free(text);
    }
    end(j, ']');
}

void report_json_as(FILE *out, const struct result *r,
                    const struct names *names)
{
    struct json j = {out, names, false};
    char *text;
    FILE *conclusion = need_stream(&text);

    words_conclusion(names, r, conclusion);
    fclose(conclusion);
    begin(&j, '{');
    put_pair(&j, "program", words_program(r));
    put_pair(&j, "conclusion", text);
    free(text);
    put_levels(&j, r);
    put_outcomes(&j, r);
    if (r->failure)
        put_failure(&j, r->failure);
    if (r->failure && r->needed)
        put_needed(&j, r);
    put_races(&j, r);
    end(&j, '}');
    putc('\n', out);
}
