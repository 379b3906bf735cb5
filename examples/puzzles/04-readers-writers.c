/* 04-readers-writers.c -- a book: who writes is alone with it, but two may read
   at the same time.

   Fill in what is between the lines; then

       il-explore grade 04-readers-writers.c my.c

   From Allen B. Downey, "The Little Book of Semaphores", 2016, section 4.2;
   first by Courtois, Heymans and Parnas, 1971.  The answer is
   04-readers-writers.answer.h (-DANSWER); it has a classic mistake, too
   (-DMISTAKE).

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { READERS = 2, THREADS = READERS + 1 };

#if defined ANSWER || defined MISTAKE
#include "04-readers-writers.answer.h"
#else
/* ---- Yours: your variables, and ----------------------------------------- */

static void begin_to_read(void)
{
}

static void end_to_read(void)
{
}

static void begin_to_write(void)
{
}

static void end_to_write(void)
{
}

/* ------------------------------------------------------------------------- */
#endif

static int page[2];  /* the same on both, but to who is about to write */
static bool is_torn; /* written by nobody, if all is right */
static il_barrier talk = IL_BARRIER_INIT(READERS);

/* The readers talk about what they read, so all of them have to be there.  */
static void *read_it(void *unused)
{
    begin_to_read();
    if (page[0] != page[1])
        is_torn = true;
    il_barrier_wait(&talk, NULL);
    end_to_read();
    return unused;
}

static void *write_it(void *unused)
{
    begin_to_write();
    page[0] = page[0] + 1;
    page[1] = page[1] + 1;
    end_to_write();
    return unused;
}

int main(void)
{
    pthread_t thread[THREADS];

    for (int i = 0; i < THREADS; i++)
        pthread_create(&thread[i], NULL, i < READERS ? read_it : write_it,
                       NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(thread[i], NULL);

    puts(is_torn ? "wrong  read while it was written"
                 : "right  never read while it was written");
    return is_torn;
}
