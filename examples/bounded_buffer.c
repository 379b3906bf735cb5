/* bounded_buffer.c -- producers and consumers around a buffer of four places:
   a Lock with two Conditions.

       lock = threading.Lock()                         # Python
       not_full = threading.Condition(lock)
       not_empty = threading.Condition(lock)

       def put(item):
           with not_full:
               not_full.wait_for(lambda: len(items) < 4)
               items.append(item)
               not_empty.notify()

   The predicate is tested with the lock held and the wait gives the lock up
   in the same step, so no notify falls in between.

   SPDX-License-Identifier: MIT */

#include <interlock.h>
#include <pthread.h>
#include <stdio.h>

enum { PLACES = 4, PRODUCERS = 2, CONSUMERS = 2, ITEMS = 10000 };

static il_lock lock = IL_LOCK_INIT;
static il_condition not_full = IL_CONDITION_INIT(&lock);
static il_condition not_empty = IL_CONDITION_INIT(&lock);

/* A ring, under the lock.  */
static struct {
    int items[PLACES];
    unsigned first, count, most;
} buffer;

static bool has_room(void *arg)
{
    (void)arg;
    return buffer.count < PLACES;
}

static bool has_items(void *arg)
{
    (void)arg;
    return buffer.count > 0;
}

static void put(int item)
{
    IL_WITH(&not_full) {
        il_condition_wait_for(&not_full, has_room, NULL);
        buffer.items[(buffer.first + buffer.count) % PLACES] = item;
        if (++buffer.count > buffer.most)
            buffer.most = buffer.count;
        il_condition_notify(&not_empty);
    }
}

static int get(void)
{
    int item = 0;
    IL_WITH(&not_empty) {
        il_condition_wait_for(&not_empty, has_items, NULL);
        item = buffer.items[buffer.first];
        buffer.first = (buffer.first + 1) % PLACES;
        buffer.count--;
        il_condition_notify(&not_full);
    }
    return item;
}

static void *produce(void *arg)
{
    for (int item = 1; item <= ITEMS; item++)
        put(item);
    return arg;
}

static void *consume(void *arg)
{
    long *sum = arg;
    for (int i = 0; i < PRODUCERS * ITEMS / CONSUMERS; i++)
        *sum += get();
    return NULL;
}

int main(void)
{
    const long expected = PRODUCERS * (ITEMS * (ITEMS + 1L) / 2);
    pthread_t threads[PRODUCERS + CONSUMERS];
    long sums[CONSUMERS] = {0};
    long sum = 0;

    for (int i = 0; i < PRODUCERS; i++)
        if (pthread_create(&threads[i], NULL, produce, NULL) != 0)
            return 1;
    for (int i = 0; i < CONSUMERS; i++)
        if (pthread_create(&threads[PRODUCERS + i], NULL, consume, &sums[i]))
            return 1;
    for (int i = 0; i < PRODUCERS + CONSUMERS; i++)
        pthread_join(threads[i], NULL);

    for (int i = 0; i < CONSUMERS; i++)
        sum += sums[i];
    printf("%d items through %d places, sum %ld, %u left\n", PRODUCERS * ITEMS,
           PLACES, sum, buffer.count);
    return sum != expected || buffer.count != 0 || buffer.most > PLACES;
}
