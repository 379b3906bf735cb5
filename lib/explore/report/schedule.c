/* schedule.c -- see schedule.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "schedule.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/need.h"

/* Far more than an execution has.  */
enum { STEPS_MOST = 1000000 };

/* M is main; so the twelfth thread is L, and the next N.  */
char schedule_letter(int actor)
{
    static const char threads[] = "MABCDEFGHIJKLNOP";
    static const char buffers[] = "mabcdefghijklnop";

    _Static_assert(sizeof threads == THREADS_MOST + 1, "a letter a thread");
    return actor < THREADS_MOST ? threads[actor]
                                : buffers[actor - THREADS_MOST];
}

static int actor_of(char letter)
{
    for (int i = 0; i < ACTORS_MOST; i++) {
        if (schedule_letter(i) == letter)
            return i;
    }
    return -1;
}

/* FNV-1a (Fowler, Noll, Vo 1991), folded.  Of what was done and by whom, not
   of addresses or lines: a program may be moved or indented.  */
static uint16_t hash_steps(const struct trace *t)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < t->length; i++) {
        const struct step *s = &t->steps[i];
        const unsigned words[] = {s->op, s->kind, s->actor, s->chance};
        if (!s->chosen)
            continue;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            h = (h ^ words[k]) * 16777619u;
    }
    return (uint16_t)(h ^ h >> 16);
}

static bool is_same(struct choice a, struct choice b)
{
    return a.actor == b.actor && a.chance == b.chance;
}

static void write_chance(unsigned chance, FILE *out)
{
    if (chance > CHANCE_VALUE)
        fprintf(out, "=%u", chance - CHANCE_VALUE);
    else
        putc(chance == CHANCE_TIME_OUT ? '!' : '?', out);
}

char *schedule_to_string(const struct choice *choices, size_t length,
                         const struct trace *t)
{
    char *text;
    FILE *out = need_stream(&text);

    for (size_t i = 0, n; i < length; i += n) {
        n = 1;
        fprintf(out, "%s%c", i ? "." : "", schedule_letter(choices[i].actor));
        if (choices[i].chance != CHANCE_GO) {
            write_chance(choices[i].chance, out);
            continue;
        }
        while (i + n < length && is_same(choices[i], choices[i + n]))
            n++;
        fprintf(out, "%zu", n);
    }
    fprintf(out, "#%04x", (unsigned)hash_steps(t));
    fclose(out);
    return text;
}

static void add(struct schedule *s, int actor, unsigned chance)
{
    s->choices = need_grow(s->choices, s->length, sizeof *s->choices);
    s->choices[s->length++] = (struct choice){(uint8_t)actor, (uint8_t)chance};
}

/* Reads what comes after "A=".  */
static const char *read_value(const char **at, struct schedule *s, int actor)
{
    unsigned long value;
    char *end;

    if (!isdigit((unsigned char)**at))
        return "after = comes a number";
    value = strtoul(*at, &end, 10);
    if (value > UINT8_MAX - CHANCE_VALUE)
        return "so many answers has no choice";
    *at = end;
    add(s, actor, value > 0 ? CHANCE_VALUE + (unsigned)value : CHANCE_GO);
    return NULL;
}

/* Reads "A3", "A!", "A?" or "A=2" at *at, and steps over it.  Returns what is
   wrong, or NULL.  */
static const char *read_run(const char **at, struct schedule *s)
{
    int actor = actor_of(**at);
    unsigned long n = 1;

    if (**at == '\0' || actor < 0)
        return "a thread should be there: A to P, or M for main";
    ++*at;
    if (**at == '!' || **at == '?') {
        add(s, actor, *(*at)++ == '!' ? CHANCE_TIME_OUT : CHANCE_SPURIOUS);
        return NULL;
    }
    if (**at == '=') {
        ++*at;
        return read_value(at, s, actor);
    }
    if (isdigit((unsigned char)**at)) {
        char *end;
        n = strtoul(*at, &end, 10);
        if (n == 0)
            return "a number of steps is at least 1";
        if (n > STEPS_MOST - s->length)
            return "so many steps has no execution";
        *at = end;
    }
    while (n-- > 0)
        add(s, actor, CHANCE_GO);
    return NULL;
}

static const char *read_hash(const char **at, struct schedule *s)
{
    static const char what[] = "after # come four hexadecimal digits";

    if (strspn(*at, "0123456789abcdef") != 4)
        return what;
    s->hash = (uint16_t)strtoul(*at, NULL, 16);
    s->has_hash = true;
    *at += 4;
    return NULL;
}

static const char *read_schedule(const char **at, struct schedule *s)
{
    /* Where nobody else goes on, there is nothing to choose.  */
    const char *wrong = **at == '#' ? NULL : read_run(at, s);

    while (!wrong && **at == '.') {
        ++*at;
        wrong = read_run(at, s);
    }
    if (!wrong && **at == '#') {
        ++*at;
        wrong = read_hash(at, s);
    }
    if (!wrong && **at != '\0')
        wrong = "a dot should be there, or the end";
    return wrong;
}

char *schedule_parse(const char *text, struct schedule *s)
{
    const char *at = text, *wrong;
    char *sentence;

    *s = (struct schedule){0};
    wrong = read_schedule(&at, s);
    if (!wrong)
        return NULL;
    free(s->choices);
    *s = (struct schedule){0};
    need_print(&sentence,
               "\"%s\" is no schedule like A1.B2.A1#7f3c: at character %zu, %s",
               text, (size_t)(at - text) + 1, wrong);
    return sentence;
}

char *schedule_refusal(const struct schedule *s, const struct trace *t,
                       int64_t diverged)
{
    char *sentence = NULL;

    if (diverged >= 0 && (size_t)diverged < s->length)
        need_print(&sentence,
                   "the schedule does not fit the program: step %" PRId64
                   " is of %c, which can't go on there%s",
                   diverged + 1, schedule_letter(s->choices[diverged].actor),
                   s->has_hash ? "; has the program changed since?" : "");
    else if (s->has_hash && s->hash != hash_steps(t))
        need_print(&sentence,
                   "the program has changed since the schedule was written: "
                   "its steps are others (#%04x, now #%04x)",
                   (unsigned)s->hash, (unsigned)hash_steps(t));
    return sentence;
}
