/* tellers.h -- two tellers at the same accounts, and what they lose.

   SPDX-License-Identifier: MIT */

#ifndef TELLERS_H
#define TELLERS_H

#include "account.h"

/* How many rounds, each one deposit and one withdrawal at one account, ended
   at which balance.  */
struct tally {
    long long rounds;
    long long right;
    long long withdrawal_vanished;
    long long deposit_vanished;
};

/* Has the two tellers change accounts in the way of *how: `rounds` of them,
   or as many as they can until `until`.
   Returns 0 with the outcome added to *tally, or an errno value.  */
int tellers_work(const struct safeguard *how, long rounds, il_deadline until,
                 struct tally *tally);

#endif
