/* options.c -- reads IL_EXPLORE.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "options.h"

#include "need.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Returns a sentence, to be freed.  */
static char *complain(const char *what, const char *name, const char *value)
{
    char *sentence;

    need_print(&sentence, "%s: %s=%s", what, name, value);
    return sentence;
}

static bool number(const char *text, uint64_t *n)
{
    char *end;

    errno = 0;
    *n = strtoull(text, &end, 10);
    return isdigit((unsigned char)*text) && !*end && !errno;
}

static int find(const char *const *words, const char *word)
{
    for (int i = 0; words[i]; i++) {
        if (!strcmp(words[i], word))
            return i;
    }
    return -1;
}

static const char *const modes[] = {"explore", "replay", "play", NULL};
static const char *const plans[] = {"auto",   "full", "dpor",
                                    "random", "pct",  NULL};

/* Sets one of a few words.  Returns whether there is an option of that name;
 *fits says whether the value is one of it.  */
static bool set_word(struct options *o, const char *name, const char *value,
                     bool *fits)
{
    int i = -1;

    if (!strcmp(name, "mode")) {
        i = find(modes, value);
        o->mode = i < 0 ? o->mode : (enum mode)i;
    } else if (!strcmp(name, "strategy")) {
        i = find(plans, value);
        o->plan = i < 0 ? o->plan : (enum plan)i;
    } else {
        return false;
    }
    *fits = i >= 0;
    return true;
}

/* ... a number, at least 1 or, if so, 0.  */
static bool set_number(struct options *o, const char *name, const char *value,
                       bool *fits)
{
    struct {
        const char *name;
        uint64_t *n;
        uint64_t least;
    } numbers[] = {{"schedules", &o->schedules, 1},
                   {"seconds", &o->seconds, 1},
                   {"steps", &o->steps, 1},
                   {"seed", &o->seed, 0}};
    uint64_t n;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (!strcmp(name, numbers[i].name)) {
            *fits = number(value, &n) && n >= numbers[i].least;
            *numbers[i].n = *fits ? n : *numbers[i].n;
            return true;
        }
    }
    if (strcmp(name, "bound"))
        return false;
    *fits = number(value, &n) && n <= INT_MAX;
    o->bound = *fits ? (int)n : o->bound;
    return true;
}

/* Returns 1 for yes, 0 for no, or -1.  */
static int read_switch(const char *value)
{
    static const char *const words[] = {"0", "1", "no", "yes", NULL};
    int i = find(words, value);

    return i < 0 ? i : i % 2;
}

static bool set_switch(struct options *o, const char *name, const char *value,
                       bool *fits)
{
    struct {
        const char *name;
        bool *on;
    } switches[] = {{"spurious", &o->spurious}, {"races", &o->races},
                    {"misuse", &o->misuse},     {"tso", &o->tso},
                    {"text", &o->text},         {"progress", &o->progress}};

    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        if (!strcmp(name, switches[i].name)) {
            int on = read_switch(value);
            *fits = on >= 0;
            *switches[i].on = on > 0;
            return true;
        }
    }
    return false;
}

static bool set_text(struct options *o, const char *name, const char *value)
{
    struct {
        const char *name;
        char **text;
    } texts[] = {{"schedule", &o->schedule},
                 {"expect", &o->expect},
                 {"json", &o->json},
                 {"html", &o->html},
                 {"lines", &o->lines}};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!strcmp(name, texts[i].name)) {
            free(*texts[i].text);
            *texts[i].text = need(strdup(value));
            return true;
        }
    }
    return false;
}

static char *set(struct options *o, const char *name, const char *value)
{
    bool fits = true;

    if (!set_word(o, name, value, &fits) && !set_number(o, name, value, &fits)
        && !set_switch(o, name, value, &fits) && !set_text(o, name, value))
        return complain("there is no such option", name, value);
    return fits ? NULL : complain("that is no value of it", name, value);
}

/* Cuts the next word off *text, in place.  What is expected goes to the end: it
   may have spaces.  Returns it, or NULL.  */
static char *next_word(char **text)
{
    char *word = *text + strspn(*text, " \t\n");
    size_t length =
        strncmp(word, "expect=", 7) ? strcspn(word, " \t\n") : strlen(word);

    if (!length)
        return NULL;
    *text = word + length + (word[length] != '\0');
    word[length] = '\0';
    return word;
}

static char *set_words(struct options *o, char *text)
{
    char *sentence = NULL;
    char *word;

    while (!sentence && (word = next_word(&text))) {
        char *value = strchr(word, '=');
        if (!value)
            return complain("an option needs a value", word, "?");
        *value++ = '\0';
        sentence = set(o, word, value);
    }
    return sentence;
}

char *options_parse(const char *text, struct options *o)
{
    char *copy = need(strdup(text ? text : ""));
    char *sentence;

    *o = (struct options){.bound = BOUND_NONE,
                          .schedules = 200000,
                          .seconds = 10,
                          .steps = 10000,
                          .misuse = true,
                          .text = true,
                          .progress = true};
    sentence = set_words(o, copy);
    free(copy);
    if (!sentence && o->mode == MODE_REPLAY && !o->schedule)
        sentence = need(strdup("a replay needs a schedule: schedule=..."));
    return sentence;
}
