/* bits.c -- two bit-fields share a byte: who writes one writes the other.

   SPDX-License-Identifier: MIT */

#include <pthread.h>

static struct {
    unsigned first : 3, second : 5;
} bits;

static void *set_first(void *unused)
{
    bits.first = 1;
    return unused;
}

static void *set_second(void *unused)
{
    bits.second = 1;
    return unused;
}

int main(void)
{
    pthread_t threads[2];

    pthread_create(&threads[0], NULL, set_first, NULL);
    pthread_create(&threads[1], NULL, set_second, NULL);
    pthread_join(threads[0], NULL);
    pthread_join(threads[1], NULL);
    return 0;
}
