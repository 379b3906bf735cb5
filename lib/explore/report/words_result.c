/* words_result.c -- the second part of words.h: what the whole has shown.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "explore/need.h"
#include "schedule.h"
#include "words.h"

void words_count(FILE *out, uint64_t n)
{
    if (n >= 1000) {
        words_count(out, n / 1000);
        fprintf(out, " %03" PRIu64, n % 1000);
    } else
        fprintf(out, "%" PRIu64, n);
}

void words_many(FILE *out, uint64_t n, const char *one, const char *many)
{
    words_count(out, n);
    fprintf(out, " %s", n == 1 ? one : many);
}

const char *words_verdict(enum verdict v)
{
    static const char *const words[] = {
        [VERDICT_RIGHT] = "right",
        [VERDICT_WRONG] = "wrong",
        [VERDICT_ASSERT] = "assertion failed",
        [VERDICT_CRASH] = "crash",
        [VERDICT_DEADLOCK] = "deadlock",
        [VERDICT_LIVELOCK] = "livelock",
        [VERDICT_RACE] = "data race",
        [VERDICT_MISUSE] = "misuse",
    };
    return words[v];
}

/* Writes "without a preemption", "with at most 2 preemptions".  */
static void write_bound(int bound, FILE *out)
{
    if (bound == BOUND_NONE)
        return;
    if (bound == 0)
        fputs(" without a preemption", out);
    else
        fprintf(out, " with at most %d preemption%s", bound,
                bound == 1 ? "" : "s");
}

static void write_everything(const struct level *l, FILE *out)
{
    if (l->strategy == STRATEGY_DPOR) {
        fputs("all schedules (", out);
        words_many(out, l->schedules, "kind)", "kinds)");
    } else if (l->schedules == 1)
        fputs("the only schedule", out);
    else {
        fputs("all ", out);
        words_many(out, l->schedules, "schedule", "schedules");
    }
}

static void write_part(const struct level *l, FILE *out)
{
    switch (l->strategy) {
    case STRATEGY_FULL:
        fputs("the first ", out);
        words_count(out, l->schedules);
        write_bound(l->bound, out);
        break;
    case STRATEGY_DPOR:
        fputs("the first ", out);
        words_count(out, l->schedules);
        fputs(" kinds of schedules", out);
        break;
    case STRATEGY_RANDOM:
        words_count(out, l->schedules);
        fputs(" at random", out);
        break;
    case STRATEGY_PCT:
        words_count(out, l->schedules);
        fprintf(out, " at random (PCT of depth %d)", l->bound + 1);
        break;
    case STRATEGY_REPLAY:
        fputs("one schedule that was given", out);
        return;
    }
    fputs(", no proof", out);
}

static bool is_bounded_whole(const struct level *l)
{
    return l->complete && l->strategy == STRATEGY_FULL;
}

void words_level(const struct level *l, FILE *out)
{
    if (l->covers_all)
        write_everything(l, out);
    else if (is_bounded_whole(l)) {
        fputs("all", out);
        write_bound(l->bound, out);
        fputs(": ", out);
        words_count(out, l->schedules);
    } else
        write_part(l, out);
}

/* The level that says most: all schedules, else the highest bound that was
   completed, else the last.  */
static const struct level *best_level(const struct result *r)
{
    const struct level *best = NULL;

    for (int i = 0; i < r->n_levels; i++) {
        const struct level *l = &r->levels[i];
        if (!best || l->covers_all
            || (!best->covers_all
                && (is_bounded_whole(l) || !is_bounded_whole(best))))
            best = l;
    }
    return best;
}

/* Writes the schedules of a level that some are of.  */
static void write_among(const struct level *l, FILE *out)
{
    bool whole = l->complete && l->strategy == STRATEGY_FULL;

    if (whole && l->schedules == 1)
        fputs("the only", out);
    else {
        if (whole)
            fputs(l->covers_all ? "all " : "the ", out);
        words_count(out, l->schedules);
    }
    if (l->strategy == STRATEGY_RANDOM || l->strategy == STRATEGY_PCT)
        fputs(" random", out);
    if (l->strategy == STRATEGY_DPOR)
        fputs(l->schedules == 1 ? " kind of" : " kinds of", out);
    fputs(l->schedules == 1 ? " schedule" : " schedules", out);
    if (l->strategy == STRATEGY_FULL && !l->covers_all)
        write_bound(l->bound, out);
}

static void write_wrong(const struct result *r, FILE *out)
{
    const struct level *l = r->n_levels ? &r->levels[r->n_levels - 1] : NULL;
    int n = r->failure->cost.preemptions;

    fputs("WRONG: ", out);
    if (!l || l->strategy == STRATEGY_REPLAY || l->failures == 0)
        fputs("this schedule fails", out);
    else {
        if (l->failures < l->schedules) {
            words_count(out, l->failures);
            fputs(" of ", out);
        }
        write_among(l, out);
        fputs(l->failures == 1 ? " fails" : " fail", out);
    }
    if (n == 0)
        fputs("; it takes no preemption.", out);
    else
        fprintf(out, "; %d preemption%s enough.", n, n == 1 ? " is" : "s are");
}

static void write_no_failure(const struct level *l, FILE *out)
{
    if (l->covers_all) {
        fputs("RIGHT: ", out);
        words_level(l, out);
        fputs(l->schedules == 1 && l->strategy == STRATEGY_FULL ? " ends right"
                                                                : " end right",
              out);
    } else if (l->strategy == STRATEGY_REPLAY)
        fputs("this schedule ends right", out);
    else {
        fputs("NO FAILURE FOUND in ", out);
        write_among(l, out);
        fputs(is_bounded_whole(l) ? "; with more preemptions nothing is proven"
                                  : ", which is no proof",
              out);
    }
}

static bool is_same_place(const struct names *names, const struct step *a,
                          const struct step *b)
{
    const struct place *p = names_place(names, a->pc);
    const struct place *q = names_place(names, b->pc);

    if (!p || !q || !p->file || !q->file)
        return a->pc == b->pc;
    return p->line == q->line && strcmp(p->file, q->file) == 0;
}

static bool is_same_race(const struct names *names, const struct race *a,
                         const struct race *b)
{
    if (a->is_ordered != b->is_ordered || a->first.object != b->first.object)
        return false;
    return (is_same_place(names, &a->first, &b->first)
            && is_same_place(names, &a->second, &b->second))
           || (is_same_place(names, &a->first, &b->second)
               && is_same_place(names, &a->second, &b->first));
}

bool words_is_told(const struct names *names, const struct result *r, int race)
{
    for (int i = 0; i < race; i++) {
        if (is_same_race(names, &r->races[i], &r->races[race]))
            return true;
    }
    return false;
}

static int count_data_races(const struct names *names, const struct result *r)
{
    int n = 0;
    for (int i = 0; i < r->n_races; i++)
        n += !r->races[i].is_ordered && !words_is_told(names, r, i);
    return n;
}

const char *words_program(const struct result *r)
{
    const char *slash = r->program ? strrchr(r->program, '/') : NULL;
    return slash ? slash + 1 : r->program;
}

char *words_last_line(const char *output)
{
    const char *begin = output ? output : "", *end;
    char *line;

    end = begin + strlen(begin);
    while (end > begin && isspace((unsigned char)end[-1]))
        end--;
    for (const char *c = begin; c < end; c++) {
        if (*c == '\n')
            begin = c + 1;
    }
    line = need(strndup(begin, (size_t)(end - begin)));
    for (char *c = line; *c; c++) {
        if ((unsigned char)*c < ' ' || *c == 127)
            *c = ' ';
    }
    return line;
}

void words_conclusion(const struct names *names, const struct result *r,
                      FILE *out)
{
    const struct level *l = best_level(r);
    int races = count_data_races(names, r);

    if (r->failure) {
        write_wrong(r, out);
        return;
    }
    if (!l)
        fputs(r->right ? "this schedule ends right" : "nothing was explored",
              out);
    else
        write_no_failure(l, out);
    if (r->is_fair)
        fputs(", if a thread that waits in a loop lets others go on", out);
    if (races > 0)
        fprintf(out,
                ", but there %s %d data race%s: C says nothing of what "
                "such a program does",
                races == 1 ? "is" : "are", races, races == 1 ? "" : "s");
    putc('.', out);
}

static const struct trace *any_trace(const struct result *r)
{
    return r->failure ? &r->failure->trace : r->right ? &r->right->trace : NULL;
}

static const char *access_word(const struct step *s)
{
    switch (s->op) {
    case OP_READ:
    case OP_LOAD:
        return "reads";
    case OP_RMW:
        return "updates";
    default:
        return "writes";
    }
}

static void write_held(const struct names *names, const void *const *held,
                       FILE *out)
{
    if (!held[0])
        fputs(" with no lock held", out);
    for (int i = 0; i < 4 && held[i]; i++) {
        fputs(i == 0 ? " with " : " and ", out);
        names_write(names, held[i], 0, out);
    }
    if (held[0])
        fputs(" held", out);
}

/* Writes where a step is, after a word.  */
static void write_at(const struct names *names, const struct step *s, FILE *out)
{
    if (!names_place(names, s->pc))
        return;
    fputs(" at ", out);
    words_place(names, s, out);
}

static void write_access(const struct names *names, const struct trace *t,
                         const struct step *s, FILE *out)
{
    int thread = thread_of(s);
    char *who = NULL;

    if (t)
        who = words_thread(names, t, thread);
    else
        need_print(&who, "%c", schedule_letter(thread));
    fprintf(out, "%s %s ", who, access_word(s));
    free(who);
    names_write(names, s->object, s->size, out);
    write_at(names, s, out);
}

void words_race(const struct names *names, const struct result *r,
                const struct race *race, FILE *out)
{
    const struct trace *t = any_trace(r);

    fputs(race->is_ordered ? "no common lock: " : "data race: ", out);
    write_access(names, t, &race->first, out);
    write_held(names, race->held_first, out);
    fputs(", ", out);
    write_access(names, t, &race->second, out);
    write_held(names, race->held_second, out);
    fputs(race->is_ordered ? "; each time something else ordered them."
                           : "; nothing orders them.",
          out);
}

/* Writes what a thread that can't go on waits for.  */
static void write_wish(const struct names *names, const struct trace *t,
                       const struct step *s, FILE *out)
{
    if (s->op == OP_JOIN) {
        char *other = words_thread(names, t, s->other);
        fprintf(out, " waits for the end of %s", other);
        free(other);
    } else if (s->op == OP_ACQUIRE) {
        fputs(" wants ", out);
        names_write(names, s->object, 0, out);
    } else if (s->object) {
        fputs(s->op == OP_WAKE ? " waits on " : " waits for ", out);
        names_write(names, s->object, 0, out);
    } else {
        fputs(" can't ", out);
        words_intent(names, t, s, out);
    }
    write_at(names, s, out);
}

void words_wait(const struct names *names, const struct trace *t,
                const struct wait *wait, FILE *out)
{
    const struct step *before = wait->lost ? wait->lost : wait->held_since;
    char *who = words_thread(names, t, wait->thread);
    char *other = words_thread(names, t, before ? thread_of(before) : -1);

    fputs(who, out);
    write_wish(names, t, wait->step, out);
    if (wait->lost)
        fprintf(out, "; the notify of %s", other);
    else if (before && wait->holder == wait->thread)
        fputs(", which it has acquired itself", out);
    else if (before)
        fprintf(out, ", which %s has acquired", other);
    if (before)
        write_at(names, before, out);
    if (wait->lost)
        fputs(" came when nobody waited yet", out);
    free(who);
    free(other);
}

bool words_is_repeated(const struct result *r, int level)
{
    return level + 1 < r->n_levels && r->levels[level].covers_all
           && r->levels[level + 1].covers_all;
}

void words_rounds(size_t steps, size_t times, FILE *out)
{
    fputs("these ", out);
    words_many(out, steps, "step", "steps");
    fputs(" again, ", out);
    words_many(out, times, "time", "times");
    fputs(" more, and so on", out);
}

/* Whether it was shown that fewer preemptions do not fail.  */
static bool is_least(const struct result *r, int preemptions)
{
    for (int i = 0; i < r->n_levels; i++) {
        const struct level *l = &r->levels[i];
        if (l->strategy == STRATEGY_FULL && l->complete && l->failures == 0
            && l->bound == preemptions - 1)
            return true;
    }
    return preemptions == 0;
}

static int count_preempting(const struct trace *t)
{
    int n = 0;

    for (size_t i = 0; i < t->length; i++)
        n += t->steps[i].preempts;
    return n;
}

/* Of n that it cost.  What is not a switch can't be left out.  */
static void write_needed(const struct result *r, int n, FILE *out)
{
    int needed = 0;

    if (count_preempting(&r->failure->trace) < n) {
        fputs(", where a time-out or a wake-up for no reason counts as one.",
              out);
        return;
    }

    for (int i = 0; r->needed && i < n; i++)
        needed += r->needed[i];
    if (!r->needed || n == 0)
        putc('.', out);
    else if (needed == n)
        fprintf(out, "; without %s all is right.",
                n == 1 ? "it" : "any one of them");
    else
        fprintf(out, "; %d of them %s needed.", needed,
                needed == 1 ? "is" : "are");
}

void words_least(const struct result *r, FILE *out)
{
    int n = r->failure->cost.preemptions;

    fprintf(out, "%s: %d",
            is_least(r, n) ? "fewest preemptions"
                           : "preemptions, maybe not the fewest",
            n);
    write_needed(r, n, out);
}
