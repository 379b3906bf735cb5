/* rounds.c -- two parties and two rounds, of which one breaks: by a third
   thread that aborts the barrier, or with -DTIMED by a time limit of one party,
   or with -DFAILS by its action.  Each round is one thing for both parties.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

static il_barrier barrier;
static int answers[2][2]; /* of each party, in each round */
static uint32_t indexes[2][2];
static int actions;

static int act(void *unused)
{
    (void)unused;
    actions++;
#ifdef FAILS
    return actions == 2 ? 7 : 0;
#else
    return 0;
#endif
}

static void *party(void *is_second)
{
    int me = is_second != NULL;

    for (int i = 0; i < 2; i++)
#ifdef TIMED
        answers[me][i] = me ? il_barrier_wait(&barrier, &indexes[me][i])
                            : il_barrier_wait_until(&barrier, &indexes[me][i],
                                                    il_after(IL_SEC(1)));
#else
        answers[me][i] = il_barrier_wait(&barrier, &indexes[me][i]);
#endif
    return NULL;
}

static void *disturb(void *unused)
{
#if !defined TIMED && !defined FAILS
    il_barrier_abort(&barrier);
#endif
    return unused;
}

static int is_wrong(int i)
{
    int a = answers[0][i], b = answers[1][i];

    if (a == 0 && b == 0)
        return indexes[0][i] + indexes[1][i] != 1;
    return a == 0 || b == 0;
}

int main(void)
{
    pthread_t threads[3];

    il_barrier_init(&barrier, 2, act, NULL, 0);
    pthread_create(&threads[0], NULL, party, NULL);
    pthread_create(&threads[1], NULL, party, &barrier);
    pthread_create(&threads[2], NULL, disturb, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    printf("%d%d\n", answers[0][0] == 0, answers[0][1] == 0);
    return is_wrong(0) || is_wrong(1)
           || (answers[0][0] != 0 && answers[0][1] == 0);
}
