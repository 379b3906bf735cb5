/* phases.c -- four threads compute one generation after the other: a Barrier.

       barrier = threading.Barrier(4, action=publish)  # Python

       def work(part):
           for _ in range(GENERATIONS):
               step(part)              # reads old cells, writes new ones
               barrier.wait()          # everybody is done, then publish()

   The cells are an elementary automaton, rule 90: a cell lives if just one of
   its neighbours did.  The last thread to arrive runs the action while the
   others still wait, so it may use what all of them wrote.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { WORKERS = 4, PART = 16, CELLS = WORKERS * PART, GENERATIONS = 16 };

/* A generation, with a dead cell at each end that is never written.  */
struct cells {
    bool alive[CELLS + 2];
};

static struct cells old, new;
static il_barrier barrier;

static void step(const struct cells *from, struct cells *to, int begin, int n)
{
    for (int i = begin + 1; i <= begin + n; i++)
        to->alive[i] = from->alive[i - 1] != from->alive[i + 1];
}

static void print(const struct cells *cells)
{
    char line[CELLS + 1] = "";

    for (int i = 0; i < CELLS; i++)
        line[i] = cells->alive[i + 1] ? '#' : '.';
    puts(line);
}

/* The barrier's action.  Anything but 0 would break the barrier.  */
static int publish(void *arg)
{
    (void)arg;
    old = new;
    print(&old);
    return 0;
}

static void *work(void *arg)
{
    const int *begin = arg;

    for (int i = 0; i < GENERATIONS; i++) {
        step(&old, &new, *begin, PART);
        if (il_barrier_wait(&barrier, NULL) != 0)
            break;
    }
    return NULL;
}

/* What one thread computes.  */
static struct cells alone(struct cells cells)
{
    for (int i = 0; i < GENERATIONS; i++) {
        struct cells next = {{false}};
        step(&cells, &next, 0, CELLS);
        cells = next;
    }
    return cells;
}

int main(void)
{
    pthread_t threads[WORKERS];
    int begins[WORKERS];
    struct cells expected;
    bool same;

    old.alive[CELLS / 2] = true;
    expected = alone(old);
    print(&old);

    if (il_barrier_init(&barrier, WORKERS, publish, NULL, 0) != 0)
        return 1;
    for (int i = 0; i < WORKERS; i++) {
        begins[i] = i * PART;
        if (pthread_create(&threads[i], NULL, work, &begins[i]) != 0)
            return 1;
    }
    for (int i = 0; i < WORKERS; i++)
        pthread_join(threads[i], NULL);

    same = memcmp(&old, &expected, sizeof old) == 0;
    printf("%d generations by %d threads: %s\n", GENERATIONS, WORKERS,
           same ? "the same as by one" : "NOT what one thread computes");
    return !same;
}
