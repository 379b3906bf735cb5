/* play.c -- who sits there is the scheduler.

   The idea is that of the Deadlock Empire (Hudecek and Pokorny, 2016), for the
   reader's own program, and with the best game there is to compare with.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "driver.h"
#include "explore/engine/execution.h"
#include "explore/process/input.h"
#include "explore/process/output.h"
#include "explore/report/report.h"
#include "explore/report/schedule.h"
#include "need.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 128 };

struct game {
    FILE *out;
    struct choice *choices;
    size_t n, room;
    size_t at;    /* of them, in this execution */
    size_t shown; /* steps of the trace */
    int repeats;  /* of the last choice, that were asked for */
    bool again;   /* the last choice is taken back */
    bool over;    /* the player has left */
};

static void show_steps(struct game *g)
{
    const struct trace *t = execution_trace();

    for (; g->shown < t->length; g->shown++) {
        const struct step *s = &t->steps[g->shown];
        if (!s->chosen)
            continue;
        fprintf(g->out, "    %c ", schedule_letter(s->actor));
        report_step(g->out, t, s, true);
        fputc('\n', g->out);
    }
}

static void show_options(struct game *g, const struct state *state,
                         const struct step *const *next)
{
    static const char marks[] = {
        [CHANCE_GO] = ' ', [CHANCE_TIME_OUT] = '!', [CHANCE_SPURIOUS] = '?'};

    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        bool is_value = next[i]->op == OP_CHOOSE;
        fprintf(g->out, "  %c", schedule_letter(o->choice.actor));
        if (is_value)
            fprintf(g->out, "=%d ", i);
        else
            fprintf(g->out, "%c%s ", marks[o->choice.chance],
                    o->enabled ? "" : "(waits) ");
        report_step(g->out, execution_trace(), next[i], false);
        fputc('\n', g->out);
    }
}

/* The option that a line asks for, or -1: `A`, `A!`, `A?`, `A=2`, and `A3` for
   three steps.  */
static int read_choice(struct game *g, const struct state *state,
                       const char *line)
{
    char mark = line[0] ? line[1] : '\0';
    int value = mark == '=' ? atoi(line + 2) : -1;
    unsigned chance = mark == '!'   ? CHANCE_TIME_OUT
                      : mark == '?' ? CHANCE_SPURIOUS
                      : value > 0   ? CHANCE_VALUE + (unsigned)value
                                    : CHANCE_GO;

    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        if (schedule_letter(o->choice.actor) == line[0]
            && o->choice.chance == chance && o->enabled) {
            g->repeats = isdigit((unsigned char)mark) ? atoi(line + 1) - 1 : 0;
            return i;
        }
    }
    return -1;
}

static int find_actor(const struct state *state, int actor)
{
    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        if (o->enabled && o->choice.actor == actor
            && o->choice.chance == CHANCE_GO)
            return i;
    }
    return -1;
}

/* The option, if there is but one.  */
static int find_only(const struct state *state)
{
    int found = -1;

    for (int i = 0; i < state->n; i++) {
        if (state->options[i].enabled && found >= 0)
            return -1;
        if (state->options[i].enabled)
            found = i;
    }
    return found;
}

/* Asks until there is an answer.  Returns -1 if there is none: the game begins
   again, or is over.  */
static int ask(struct game *g, const struct state *state)
{
    char line[LINE];

    for (;;) {
        int chosen;
        fputs("who is next? ", g->out);
        fflush(g->out);
        if (!fgets(line, sizeof line, input_real()) || *line == 'q') {
            g->over = true;
            return -1;
        }
        line[strcspn(line, " \r\n")] = '\0';
        if (!strcmp(line, "u")) {
            g->again = true;
            g->n -= g->n > 0;
            return -1;
        }
        chosen = *line ? read_choice(g, state, line)
                       : find_actor(state, state->last);
        if (chosen >= 0)
            return chosen;
        fputs("A letter of those that do not wait, A! for a time-out; A3 for "
              "three steps;\nnothing for the same thread again; u takes the "
              "last one back, q leaves.\n",
              g->out);
    }
}

static void remember(struct game *g, struct choice c)
{
    g->choices = need_room(g->choices, &g->room, g->n + 1, sizeof *g->choices);
    g->choices[g->n++] = c;
}

/* The choices that were made are made again, after one was taken back.  */
static int choose_again(struct game *g, const struct state *state)
{
    struct choice c = g->choices[g->at++];

    for (int i = 0; i < state->n; i++) {
        const struct option *o = &state->options[i];
        if (o->choice.actor == c.actor && o->choice.chance == c.chance)
            return i;
    }
    return -1;
}

static int choose(void *self, const struct state *state,
                  const struct step *const *next)
{
    struct game *g = self;
    int chosen = -1;

    if (g->at < g->n)
        return choose_again(g, state);
    show_steps(g);
    if (g->repeats > 0) {
        g->repeats--;
        chosen = find_actor(state, state->last);
    }
    if (chosen < 0)
        chosen = find_only(state);
    if (chosen < 0) {
        g->repeats = 0;
        show_options(g, state, next);
        chosen = ask(g, state);
    }
    if (chosen >= 0) {
        remember(g, state->options[chosen].choice);
        g->at++;
    }
    return chosen;
}

static void write_cost(FILE *out, const struct search_cost *c)
{
    fprintf(out, "%d preemption%s and %d switch%s", c->preemptions,
            c->preemptions == 1 ? "" : "s", c->switches,
            c->switches == 1 ? "" : "es");
}

static void write_score(FILE *out, const struct tally *t,
                        const struct execution *e)
{
    const struct execution *best = t->result.failure;
    bool failed = e->verdict != VERDICT_RIGHT;

    fprintf(out, "%s, with ", failed ? "You made it fail" : "It ended right");
    write_cost(out, &e->cost);
    fputs(".\n", out);
    if (!best && !failed) {
        fputs(explore_is_proof(t) ? "No schedule makes it fail.\n"
                                  : "No schedule that was tried makes it "
                                    "fail.\n",
              out);
    } else if (best && failed && !cost_is_less(&best->cost, &e->cost)) {
        fputs("It can't be done with less.\n", out);
    } else if (best) {
        fputs("It can be done with ", out);
        write_cost(out, &best->cost);
        fputs(".\n", out);
    }
}

bool play(struct tally *t)
{
    struct game g = {.out = output_real()};
    const struct chooser chooser = {.choose = choose, .self = &g};
    struct execution e;

    fputs("You are the scheduler: make the program fail.\n", g.out);
    do {
        g.again = false;
        g.at = g.shown = 0;
        g.repeats = 0;
        execution_run(&chooser, &e);
    } while (g.again);
    if (g.over) {
        fputc('\n', g.out);
    } else {
        replay(t->options, g.choices, g.n, &e);
        report_execution(g.out, &e);
        write_score(g.out, t, &e);
    }
    free(g.choices);
    return !g.over && e.verdict != VERDICT_RIGHT;
}
