/* words.h -- steps, verdicts and guarantees in words, the same in each report.

   SPDX-License-Identifier: MIT */

#ifndef EXPLORE_WORDS_H
#define EXPLORE_WORDS_H

#include "explore/judge/judge.h"
#include "explore/names/names.h"
#include "explore/result.h"

/* Writes a count with its thousands apart: 34 650.  */
void words_count(FILE *out, uint64_t n);

/* Writes a count and what is counted; `many` is the plural.  */
void words_many(FILE *out, uint64_t n, const char *one, const char *many);

/* Returns what a thread is called, "deposit" or "deposit 2" if several begin
   there; the caller frees it.  */
char *words_thread(const struct names *names, const struct trace *t,
                   int thread);

/* Writes what a step of *t does: "read balance -> 100".  */
void words_step(const struct names *names, const struct trace *t,
                const struct step *s, FILE *out);

/* Writes what a step that can't be taken was about to do: "acquire lock".  */
void words_intent(const struct names *names, const struct trace *t,
                  const struct step *s, FILE *out);

/* Returns the lock that a wait on a condition gives up: the other object that
   it touches.  NULL if it is no such wait.  */
const void *words_lock(const struct step *s);

/* Writes where a step is, "bank.c:12", or nothing.  */
void words_place(const struct names *names, const struct step *s, FILE *out);

/* Returns a word for it: "deadlock".  */
const char *words_verdict(enum verdict v);

/* Writes which schedules a level was: "all with at most 2 preemptions: 1 204".
 */
void words_level(const struct level *l, FILE *out);

/* Whether the level is all schedules, and so is the next: of two the last is
   told.  */
bool words_is_repeated(const struct result *r, int level);

/* Writes how few preemptions make it fail, and whether each is needed.  */
void words_least(const struct result *r, FILE *out);

/* Writes the sentence on the whole: some read no more.  */
void words_conclusion(const struct names *names, const struct result *r,
                      FILE *out);

/* Returns the name of the program without its folder, or NULL.  */
const char *words_program(const struct result *r);

/* Returns the last line of what a program printed; the caller frees it.  */
char *words_last_line(const char *output);

/* Writes that so many steps come again and again.  */
void words_rounds(size_t steps, size_t times, FILE *out);

/* Writes why a thread can't go on, in a sentence.  */
void words_wait(const struct names *names, const struct trace *t,
                const struct wait *wait, FILE *out);

/* Whether an earlier race of the result is at the same lines.  */
bool words_is_told(const struct names *names, const struct result *r, int race);

/* Writes a race in a sentence.  */
void words_race(const struct names *names, const struct result *r,
                const struct race *race, FILE *out);

#endif
