/* command_line.c -- see command_line.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "command_line.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>

/* argv has no const, but nobody writes there.  */
void command_begin(struct command_line *c, const char *program)
{
    c->argv[0] = (char *)(uintptr_t)program;
    c->argv[1] = NULL;
    c->n = 0;
}

void command_add(struct command_line *c, const char *word)
{
    assert(c->n < COMMAND_WORDS);
    snprintf(c->words[c->n], COMMAND_WORD_SIZE, "%s", word);
    c->argv[c->n + 1] = c->words[c->n];
    c->argv[++c->n + 1] = NULL;
}

void command_add_number(struct command_line *c, const char *key, double number)
{
    char word[COMMAND_WORD_SIZE];

    snprintf(word, sizeof word, "%s=%.12g", key, number);
    command_add(c, word);
}
