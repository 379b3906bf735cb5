/* connection_pool.c -- twelve clients share five connections: a
   BoundedSemaphore.

       pool = threading.BoundedSemaphore(5)            # Python

       def ask(question):
           with pool:                  # released on the error path too
               return server.query(question)

   IL_WITH is Python's `with`: a `return` out of the middle of its block gives
   the connection back, so no error path can forget it.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { CONNECTIONS = 5, CLIENTS = 12, QUESTIONS = 20 };

static il_bounded_semaphore pool = IL_BOUNDED_SEMAPHORE_INIT(CONNECTIONS);

static atomic_int open_now, open_most;
static atomic_int answered, failed;

/* The server closes the connection, which here never happens.  */
static il_event server_closed = IL_EVENT_INIT;

static void count_in(void)
{
    int now = atomic_fetch_add(&open_now, 1) + 1;
    int most = atomic_load(&open_most);
    while (now > most && !atomic_compare_exchange_weak(&open_most, &most, now))
        ;
}

/* The server takes 0.2 ms and refuses each tenth question.  */
static int query(int question)
{
    bool closed;

    count_in();
    closed = il_event_wait_until(&server_closed, il_after(IL_US(200))) == 0;
    atomic_fetch_sub(&open_now, 1);
    return closed || question % 10 == 9 ? ECONNRESET : 0;
}

static int ask(int question)
{
    IL_WITH(&pool) {
        int r = query(question);
        if (r != 0)
            return r;
        atomic_fetch_add(&answered, 1);
    }
    return 0;
}

static void *client(void *arg)
{
    for (int question = 0; question < QUESTIONS; question++)
        if (ask(question) != 0)
            atomic_fetch_add(&failed, 1);
    return arg;
}

int main(void)
{
    pthread_t clients[CLIENTS];
    bool kept, reported;

    for (int i = 0; i < CLIENTS; i++)
        if (pthread_create(&clients[i], NULL, client, NULL) != 0)
            return 1;
    for (int i = 0; i < CLIENTS; i++)
        pthread_join(clients[i], NULL);
    printf("%d answers and %d errors, at most %d connections at once\n",
           answered, failed, open_most);

    /* All came back; one more is a mistake, and is told.  */
    kept = open_most <= CONNECTIONS
           && il_bounded_semaphore_value(&pool) == CONNECTIONS;
    reported = il_bounded_semaphore_release(&pool) == EOVERFLOW;
    printf("never more than %d: %s; a release too many: %s\n", CONNECTIONS,
           kept ? "kept" : "BROKEN", reported ? "reported" : "NOT REPORTED");
    return !kept || !reported || answered + failed != CLIENTS * QUESTIONS;
}
