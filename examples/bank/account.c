/* account.c -- one deposit or withdrawal, without a guard and with each.

       def change(self, amount):                       # Python
           with self.lock:
               self.balance = self.balance + amount

   SPDX-License-Identifier: MIT */

#include "account.h"

static int balance(struct account *a)
{
    return atomic_load_explicit(&a->balance, memory_order_relaxed);
}

/* Reads, adds and writes: three steps, and another teller may come between
   them.  The steps are atomic, so this is defined C and no data race; money is
   lost all the same, because what ought to be atomic is the three together. */
static void add(struct account *a, int amount)
{
    int read = balance(a);
    atomic_store_explicit(&a->balance, read + amount, memory_order_relaxed);
}

static void with_lock(struct account *a, int amount)
{
    IL_WITH(&a->lock) {
        add(a, amount);
    }
}

static void with_rlock(struct account *a, int amount)
{
    IL_WITH(&a->rlock) {
        add(a, amount);
    }
}

static void with_semaphore(struct account *a, int amount)
{
    IL_WITH(&a->semaphore) {
        add(a, amount);
    }
}

static void with_bounded_semaphore(struct account *a, int amount)
{
    IL_WITH(&a->bounded) {
        add(a, amount);
    }
}

static bool has_deposit(void *account)
{
    return balance(account) >= OPENING + DEPOSIT;
}

/* Withdraws only once the deposit is there.  */
static void with_condition(struct account *a, int amount)
{
    IL_WITH(&a->deposited) {
        if (amount < 0)
            il_condition_wait_for(&a->deposited, has_deposit, a);
        add(a, amount);
        il_condition_notify(&a->deposited);
    }
}

const struct safeguard safeguards[SAFEGUARDS] = {
    {"none", add, false},
    {"lock", with_lock, false},
    {"rlock", with_rlock, false},
    {"semaphore", with_semaphore, false},
    {"bounded", with_bounded_semaphore, false},
    {"condition", with_condition, false},
    {"barrier", add, true},
};

void account_init(struct account *a)
{
    *a = (struct account){
        .balance = OPENING,
        .lock = IL_LOCK_INIT,
        .rlock = IL_RLOCK_INIT,
        .semaphore = IL_SEMAPHORE_INIT(1),
        .bounded = IL_BOUNDED_SEMAPHORE_INIT(1),
        .deposited = IL_CONDITION_INIT(&a->lock),
    };
}

int account_reopen(struct account *a)
{
    int was = balance(a);
    atomic_store_explicit(&a->balance, OPENING, memory_order_relaxed);
    return was;
}
