/* c11.c -- <threads.h>: its results, once, storage that is destroyed.

   SPDX-License-Identifier: MIT */

#include <stdint.h>
#include <stdio.h>
#include <threads.h>

static mtx_t lock;
static cnd_t changed;
static once_flag once = ONCE_FLAG_INIT;
static tss_t key;
static int sum, begun, inits;

static void init(void)
{
    inits++;
}

static void destroy(void *value)
{
    mtx_lock(&lock);
    sum += (int)(intptr_t)value;
    mtx_unlock(&lock);
}

static int body(void *arg)
{
    call_once(&once, init);
    tss_set(key, arg);
    mtx_lock(&lock);
    begun++;
    cnd_signal(&changed);
    mtx_unlock(&lock);
    return -(int)(intptr_t)arg;
}

int main(void)
{
    thrd_t threads[2];
    int results[2];

    mtx_init(&lock, mtx_plain);
    cnd_init(&changed);
    tss_create(&key, destroy);
    for (int i = 0; i < 2; i++)
        thrd_create(&threads[i], body, (void *)(intptr_t)(i + 1));
    mtx_lock(&lock);
    while (begun < 2)
        cnd_wait(&changed, &lock);
    mtx_unlock(&lock);
    for (int i = 0; i < 2; i++)
        thrd_join(threads[i], &results[i]);
    printf("%d %d %d %d\n", results[0], results[1], sum, inits);
    return results[0] != -1 || results[1] != -2 || sum != 3 || inits != 1;
}
