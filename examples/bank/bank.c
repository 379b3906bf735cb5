/* bank.c -- how much money two tellers lose, unguarded and with each guard.

       bank                       all, about 3 seconds
       bank lock                  just the one
       bank --rounds 100000 none  just so many rounds

   An account holds 100.  One teller deposits 50 while another withdraws 30,
   so it ends at 120.  At 150 the withdrawal has vanished, and the bank has
   lost 30; at 70 the deposit has, and the customer has lost 50.

   The exit status is 0 if what is claimed held: without a guard money was
   lost (where there are two CPUs to lose it on), with any guard none.

   SPDX-License-Identifier: MIT */

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cpus.h"
#include "tellers.h"

/* How long each works.  Nothing lost without a guard in that time, on a busy
   machine or on one CPU, gets more tries.  */
enum { MS_EACH = 400, TRIES = 5 };

struct order {
    const struct safeguard *only; /* or NULL, for all */
    long rounds;                  /* or 0, for MS_EACH */
};

/* Says what is wrong with the command line; returns the exit status.  */
static int refuse(const char *what, const char *word)
{
    fprintf(stderr, "bank: %s, not '%s'.\n", what, word);
    return 2;
}

static const struct safeguard *find(const char *name)
{
    for (int i = 0; i < SAFEGUARDS; i++)
        if (strcmp(safeguards[i].name, name) == 0)
            return &safeguards[i];
    return NULL;
}

/* Returns the number, or 0 if it is none above 0.  */
static long positive(const char *word)
{
    char *end;
    long n = strtol(word, &end, 10);
    return *end == '\0' && n > 0 && n < LONG_MAX ? n : 0;
}

/* Returns 0, or the exit status.  */
static int understand(char **words, struct order *order)
{
    for (; *words != NULL; words++) {
        if (strcmp(*words, "--rounds") == 0) {
            const char *n = *++words == NULL ? "" : *words;
            order->rounds = positive(n);
            if (order->rounds == 0)
                return refuse("--rounds takes a number above 0", n);
        } else if (order->only != NULL) {
            return refuse("one guard at a time", *words);
        } else {
            order->only = find(*words);
            if (order->only == NULL)
                return refuse("a guard is none, lock, rlock, semaphore, "
                              "bounded, condition or barrier",
                              *words);
        }
    }
    return 0;
}

static void print_head(void)
{
    puts("An account holds 100.  One teller deposits 50 while another"
         " withdraws 30.\n"
         "With no guard money is lost, with any guard none.\n\n"
         "             rounds       right    withdrawal      deposit"
         "  the bank customers\n"
         "guard                       120  vanished 150  vanished 70"
         "      lost      lost");
}

static void print_tally(const char *guard, const struct tally *t)
{
    printf("%-9s%10lld%12lld%14lld%13lld%10lld%10lld\n", guard, t->rounds,
           t->right, t->withdrawal_vanished, t->deposit_vanished,
           t->withdrawal_vanished * WITHDRAWAL, t->deposit_vanished * DEPOSIT);
    fflush(stdout);
}

static long long losses(const struct tally *t)
{
    return t->withdrawal_vanished + t->deposit_vanished;
}

/* Says what was lost without a guard; returns whether that was claimed.  Of
   just so many rounds nothing is.  */
static bool judge_unguarded(const struct tally *t, bool counted)
{
    bool one_cpu = cpus_allowed() == 1;

    if (one_cpu)
        puts("  There is one CPU here: only a teller interrupted between"
             " reading\n  and writing loses money, which is rare.");
    if (losses(t) == 0) {
        puts("  No round went wrong this time, which is no proof.");
        return one_cpu || counted;
    }
    printf("  %lld of %lld rounds lost money.\n", losses(t), t->rounds);
    return t->right + losses(t) == t->rounds;
}

static int work(const struct safeguard *how, long rounds, struct tally *tally)
{
    if (rounds > 0)
        return tellers_work(how, rounds, il_never(), tally);
    return tellers_work(how, LONG_MAX, il_after(IL_MS(MS_EACH)), tally);
}

/* Has the tellers work with *how; returns whether what is claimed held.  */
static bool try(const struct safeguard *how, long rounds)
{
    bool unguarded = how == &safeguards[0];
    int tries = unguarded && rounds == 0 ? TRIES : 1;
    struct tally tally = {0};
    int r;

    do
        r = work(how, rounds, &tally);
    while (r == 0 && losses(&tally) == 0 && --tries > 0);
    if (r != 0) {
        fprintf(stderr, "bank: %s: %s.\n", how->name, strerror(r));
        return false;
    }
    print_tally(how->name, &tally);
    return unguarded ? judge_unguarded(&tally, rounds > 0)
                     : tally.right == tally.rounds;
}

int main(int argc, char **argv)
{
    struct order order = {NULL, 0};
    int status = argc > 0 ? understand(argv + 1, &order) : 0;
    bool held = true;

    if (status != 0)
        return status;
    print_head();
    for (int i = 0; i < SAFEGUARDS; i++)
        if (order.only == NULL || order.only == &safeguards[i])
            held &= try(&safeguards[i], order.rounds);
    puts(held ? "As claimed." : "NOT as claimed.");
    return held ? EXIT_SUCCESS : EXIT_FAILURE;
}
