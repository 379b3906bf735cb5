/* account.h -- a bank account, and the ways to change it.

   SPDX-License-Identifier: MIT */

#ifndef ACCOUNT_H
#define ACCOUNT_H

#include <interlock.h>
#include <stdatomic.h>

enum { OPENING = 100, DEPOSIT = 50, WITHDRAWAL = 30 };

/* What a deposit and a withdrawal can leave behind.  */
enum {
    RIGHT = OPENING + DEPOSIT - WITHDRAWAL,
    WITHDRAWAL_VANISHED = OPENING + DEPOSIT,
    DEPOSIT_VANISHED = OPENING - WITHDRAWAL,
};

/* A real account would have one of these guards.  Each account has its own:
   one for them all would be right too, and slow.  */
struct account {
    atomic_int balance;
    il_lock lock;
    il_rlock rlock;
    il_semaphore semaphore;
    il_bounded_semaphore bounded;
    il_condition deposited; /* on the lock */
};

/* A way to change the balance of an account that others change too.  */
struct safeguard {
    const char *name;
    void (*change)(struct account *a, int amount);
    bool in_phases; /* all deposits, a Barrier, all withdrawals */
};

/* All there are; the first is none.  */
enum { SAFEGUARDS = 7 };
extern const struct safeguard safeguards[SAFEGUARDS];

void account_init(struct account *a);

/* Sets the balance to OPENING; returns what it was.  Nobody else may use *a
   meanwhile.  */
int account_reopen(struct account *a);

#endif
