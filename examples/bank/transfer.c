/* transfer.c -- two transfers that wait for each other, and how they do not.

       def transfer(source, target, amount):           # Python
           with source.lock:
               with target.lock:
                   source.balance -= amount
                   target.balance += amount

   Run from Alice to Bob and from Bob to Alice at the same time, each may take
   its own source and then wait for the other's, for ever.  This program
   shows that with a wait that ends, and then the cure: every transfer takes
   the account of the lower number first.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { OPENING = 1000, TRANSFERS = 200000, PATIENCE_MS = 200 };

struct account {
    int number;
    const char *name;
    il_lock lock;
    long balance; /* under the lock */
};

static struct account alice = {1, "Alice", IL_LOCK_INIT, OPENING};
static struct account bob = {2, "Bob", IL_LOCK_INIT, OPENING};

struct teller {
    const char *name;
    struct account *source, *target;
    pthread_t thread;
    bool stuck;
};

/* Where the tellers of the demonstration meet: when both hold their source,
   so that the deadlock is certain, and when both have waited, so that neither
   is let through by the other's giving up.  */
static il_barrier meeting = IL_BARRIER_INIT(2);

static void move(struct account *source, struct account *target, long amount)
{
    source->balance -= amount;
    target->balance += amount;
}

/* One transfer, its own account first.  */
static void *transfer_own_first(void *arg)
{
    struct teller *t = arg;
    il_lock *second = &t->target->lock;

    IL_WITH(&t->source->lock) {
        il_barrier_wait(&meeting, NULL);
        t->stuck =
            il_lock_acquire_until(second, il_after(IL_MS(PATIENCE_MS))) != 0;
        if (!t->stuck) {
            move(t->source, t->target, 1);
            il_lock_release(second);
        }
        il_barrier_wait(&meeting, NULL);
    }
    return NULL;
}

/* Many transfers, each with the lower account first.  */
static void *transfer_in_order(void *arg)
{
    struct teller *t = arg;
    bool up = t->source->number < t->target->number;
    struct account *low = up ? t->source : t->target;
    struct account *high = up ? t->target : t->source;

    for (int i = 0; i < TRANSFERS; i++) {
        IL_WITH(&low->lock) {
            IL_WITH(&high->lock) {
                move(t->source, t->target, 1 + i % 10);
            }
        }
    }
    return NULL;
}

static bool run(struct teller tellers[2], void *(*transfer)(void *))
{
    for (int i = 0; i < 2; i++)
        if (pthread_create(&tellers[i].thread, NULL, transfer, &tellers[i]))
            return false;
    for (int i = 0; i < 2; i++)
        pthread_join(tellers[i].thread, NULL);
    return true;
}

int main(void)
{
    struct teller tellers[2] = {
        {.name = "teller 1", .source = &alice, .target = &bob},
        {.name = "teller 2", .source = &bob, .target = &alice},
    };
    bool deadlock, kept;

    puts("Own account first:");
    if (!run(tellers, transfer_own_first))
        return 1;
    for (int i = 0; i < 2; i++)
        printf("  %s holds %s and wants %s: %s\n", tellers[i].name,
               tellers[i].source->name, tellers[i].target->name,
               tellers[i].stuck ? "waited in vain" : "got it");
    deadlock = tellers[0].stuck && tellers[1].stuck;
    puts(deadlock ? "  Each waits for what the other holds: a deadlock."
                  : "  No deadlock, against all expectation.");

    puts("Lower account first:");
    if (!run(tellers, transfer_in_order))
        return 1;
    kept = alice.balance == OPENING && bob.balance == OPENING;
    printf("  %d transfers, nobody stuck; Alice %ld + Bob %ld = %ld\n",
           2 * TRANSFERS, alice.balance, bob.balance,
           alice.balance + bob.balance);
    return !deadlock || !kept;
}
