/* 09-deadlock.c -- two transfers, each with both locks.  Do they end?

       def transfer(source, target, amount):           # Python
           with source.lock:
               with target.lock:
                   source.balance -= amount
                   target.balance += amount

       -DFIX_ORDER       the account of the lower number first
       -DFIX_ONE_LOCK    one lock for the whole bank

   A third way is 09-back-off.c.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

struct account {
    int number;
    il_lock lock;
    int balance; /* under the lock */
};

static struct account alice = {1, IL_LOCK_INIT, 100};
static struct account bob = {2, IL_LOCK_INIT, 100};

static void move(struct account *source, struct account *target, int amount)
{
    source->balance = source->balance - amount;
    target->balance = target->balance + amount;
}

#if defined FIX_ORDER
static void transfer(struct account *source, struct account *target, int amount)
{
    bool up = source->number < target->number;

    IL_WITH(up ? &source->lock : &target->lock) {
        IL_WITH(up ? &target->lock : &source->lock) {
            move(source, target, amount);
        }
    }
}
#elif defined FIX_ONE_LOCK
static il_lock bank = IL_LOCK_INIT;

static void transfer(struct account *source, struct account *target, int amount)
{
    IL_WITH(&bank) {
        move(source, target, amount);
    }
}
#else
static void transfer(struct account *source, struct account *target, int amount)
{
    IL_WITH(&source->lock) {
        IL_WITH(&target->lock) {
            move(source, target, amount);
        }
    }
}
#endif

static void *there(void *unused)
{
    transfer(&alice, &bob, 50);
    return unused;
}

static void *back(void *unused)
{
    transfer(&bob, &alice, 30);
    return unused;
}

int main(void)
{
    pthread_t teller[2];

    pthread_create(&teller[0], NULL, there, NULL);
    pthread_create(&teller[1], NULL, back, NULL);
    pthread_join(teller[0], NULL);
    pthread_join(teller[1], NULL);

    printf("%d + %d  %s\n", alice.balance, bob.balance,
           alice.balance == 80 && bob.balance == 120 ? "right"
                                                     : "money was lost");
    return alice.balance != 80 || bob.balance != 120;
}
