/* table.c -- what was seen, beside what is possible.

   SPDX-License-Identifier: MIT */

#include "meter.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Returns its number, or -1.  */
/* An outcome is what comes before two spaces; the rest says what it means.  */
static int outcome_width(const char *text)
{
    const char *gap = strstr(text, "  ");
    return (int)(gap == NULL ? strlen(text) : (size_t)(gap - text));
}

static int find(const struct outcome *of, int n, const char *text, bool wrong)
{
    int width = outcome_width(text);

    for (int i = 0; i < n; i++)
        if (of[i].wrong == wrong && outcome_width(of[i].text) == width
            && strncmp(of[i].text, text, (size_t)width) == 0)
            return i;
    return -1;
}

static struct outcome *append(struct outcome *of, int *n, const char *text,
                              bool wrong)
{
    struct outcome *o = &of[*n];

    if (*n == OUTCOMES_MOST)
        return NULL;
    snprintf(o->text, sizeof o->text, "%s", text);
    o->wrong = wrong;
    o->seen = 0;
    ++*n;
    return o;
}

void tally_add(struct tally *t, const char *text, bool wrong)
{
    int i = find(t->outcomes, t->n, text, wrong);
    struct outcome *o =
        i >= 0 ? &t->outcomes[i] : append(t->outcomes, &t->n, text, wrong);

    if (o != NULL)
        o->seen++;
    else
        t->other++;
}

/* Lines of words between tabs: "outcome", verdict, fewest preemptions,
   schedules, text; "proof", all or how far.  */
bool possible_read(struct possible *p, const char *path)
{
    FILE *f = fopen(path, "r");
    char line[512];

    if (f == NULL)
        return false;
    while (fgets(line, sizeof line, f) != NULL) {
        char *word[5] = {NULL}, *rest = line;
        line[strcspn(line, "\n")] = '\0';
        for (int i = 0; i < 5; i++)
            word[i] = i < 4 ? strsep(&rest, "\t") : rest;
        if (word[1] != NULL && strcmp(word[0], "proof") == 0)
            p->is_all = strcmp(word[1], "all") == 0;
        if (word[4] != NULL && strcmp(word[0], "outcome") == 0) {
            struct outcome *o = append(p->outcomes, &p->n, word[4],
                                       strcmp(word[1], "right") != 0);
            if (o != NULL)
                o->seen = strtoull(word[3], NULL, 10);
        }
    }
    fclose(f);
    return true;
}

static int by_frequency(const void *a, const void *b)
{
    const struct outcome *x = a, *y = b;

    if (x->wrong != y->wrong)
        return x->wrong ? 1 : -1;
    return x->seen < y->seen ? 1 : x->seen > y->seen ? -1 : 0;
}

/* A line of a lesson: the outcome, two spaces, what it means.  */
static const char *meaning(const struct outcome *o)
{
    const char *gap = strstr(o->text, "  ");

    if (gap != NULL)
        return gap + 2;
    if (strcmp(o->text, "deadlock") == 0)
        return "all wait, for ever";
    if (strcmp(o->text, "livelock") == 0)
        return "it does not end";
    return o->wrong ? "wrong" : "";
}

static const char *possibility(const struct possible *p,
                               const struct outcome *o)
{
    if (find(p->outcomes, p->n, o->text, o->wrong) >= 0)
        return "yes";
    return p->is_all ? "NO" : "not found";
}

static void print_seen(const struct outcome *o, uint64_t rounds)
{
    double percent = 100 * (double)o->seen / (double)rounds;

    printf("%10" PRIu64 "  ", o->seen);
    if (o->seen == 0)
        printf("%9s", "never");
    else if (percent < 0.001)
        printf("%9s", "<0.001 %");
    else
        printf("%7.3f %%", percent);
}

static void print_row(const struct outcome *o, const struct possible *p,
                      uint64_t rounds, int width)
{
    int w = outcome_width(o->text);

    printf("%-*.*s", width, w, o->text);
    if (p != NULL)
        printf("  %-9s", possibility(p, o));
    print_seen(o, rounds);
    printf("   %s\n", meaning(o));
}

/* What the frequency means for a test.  Hanley and Lippman-Hand, "If Nothing
   Goes Wrong, Is Everything All Right?", 1983: three in n.  */
static void print_chances(uint64_t wrong, uint64_t rounds)
{
    double rate = (double)wrong / (double)rounds;

    if (wrong == rounds)
        return;
    if (wrong == 0) {
        printf("None of %" PRIu64 " rounds was wrong: with 95 %% confidence"
               " fewer than 1 in %.0f are.\n",
               rounds, (double)rounds / 3);
        return;
    }
    printf("%" PRIu64 " of %" PRIu64 " rounds were wrong.  A test of 1000"
           " rounds would have passed with p = %.2g;\none needs %.0f rounds"
           " to fail with 95 %%.\n",
           wrong, rounds, pow(1 - rate, 1000), ceil(log(0.05) / log1p(-rate)));
}

static void print_verdict(const struct possible *p, uint64_t wrong)
{
    bool possible = false;

    for (int i = 0; i < p->n; i++)
        possible |= p->outcomes[i].wrong;
    if (possible && wrong == 0)
        puts("It passed, and it is wrong: `il-explore explore` shows how.");
    if (!possible && p->is_all)
        puts("Nothing else is possible: all schedules were explored.");
}

static void print_head(bool has_possible, int width)
{
    printf("%-*s", width, "outcome");
    if (has_possible)
        printf("  possible?");
    printf("  %-21s  meaning\n", "           seen here");
}

bool table_print(const struct tally *t, const struct possible *p,
                 double seconds)
{
    struct outcome rows[2 * OUTCOMES_MOST];
    uint64_t rounds = atomic_load(&t->rounds), wrong = 0;
    int n = t->n, width = (int)strlen("outcome");

    memcpy(rows, t->outcomes, sizeof t->outcomes);
    for (int i = 0; i < n; i++)
        wrong += rows[i].wrong ? rows[i].seen : 0;
    for (int i = 0; p != NULL && i < p->n; i++)
        if (find(rows, n, p->outcomes[i].text, p->outcomes[i].wrong) < 0) {
            rows[n] = p->outcomes[i];
            rows[n++].seen = 0;
        }
    qsort(rows, (size_t)n, sizeof *rows, by_frequency);
    for (int i = 0; i < n; i++)
        if (outcome_width(rows[i].text) > width)
            width = outcome_width(rows[i].text);
    print_head(p != NULL, width);
    for (int i = 0; i < n; i++)
        print_row(&rows[i], p, rounds, width);
    print_chances(wrong, rounds);
    if (p != NULL)
        print_verdict(p, wrong);
    printf("(%" PRIu64 " rounds in %.1f s.)\n", rounds, seconds);
    return wrong > 0;
}
