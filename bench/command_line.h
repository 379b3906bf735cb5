/* command_line.h -- the words of a command that a program is run with
   (launch.h).

   SPDX-License-Identifier: MIT */

#ifndef BENCH_COMMAND_LINE_H
#define BENCH_COMMAND_LINE_H

enum { COMMAND_WORDS = 32, COMMAND_WORD_SIZE = 40 };

struct command_line {
    char words[COMMAND_WORDS][COMMAND_WORD_SIZE];
    char *argv[COMMAND_WORDS + 2];
    unsigned n;
};

/* Begins the command of a program, which is kept as a pointer.  */
void command_begin(struct command_line *c, const char *program);

/* Adds a word, cut to its place; or KEY=NUMBER.  */
void command_add(struct command_line *c, const char *word);
void command_add_number(struct command_line *c, const char *key, double number);

#endif
