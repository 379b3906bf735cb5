/* buffer.c -- see buffer.h.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "buffer.h"

#include <stdlib.h>
#include <string.h>

/* More stores than any program here makes between two fences; the next one
   writes the oldest out, as a full buffer does.  */
enum { BUFFER_MOST = 64 };

struct buffer {
    struct store stores[BUFFER_MOST];
    int n;
};

static struct buffer buffers[THREADS_MOST];
static bool is_on;

void buffer_use(bool on)
{
    is_on = on;
}

bool buffer_is_on(void)
{
    return is_on;
}

void buffer_begin(void)
{
    for (int i = 0; i < THREADS_MOST; i++)
        buffers[i].n = 0;
}

void buffer_put(int thread, const struct store *s)
{
    struct buffer *b = &buffers[thread];
    if (b->n == BUFFER_MOST)
        buffer_flush(thread);
    b->stores[b->n++] = *s;
}

const struct store *buffer_oldest(int thread)
{
    const struct buffer *b = &buffers[thread];
    return b->n > 0 ? &b->stores[0] : NULL;
}

bool buffer_all_empty(void)
{
    for (int i = 0; i < THREADS_MOST; i++)
        if (buffers[i].n > 0)
            return false;
    return true;
}

bool buffer_has(int thread, bool (*is)(const void *at, size_t size))
{
    const struct buffer *b = &buffers[thread];

    for (int i = 0; i < b->n; i++)
        if (is(b->stores[i].at, b->stores[i].size))
            return true;
    return false;
}

bool buffer_holds(int thread, const void *at, size_t size)
{
    const struct buffer *b = &buffers[thread];
    const unsigned char *from = at;

    for (int i = 0; i < b->n; i++)
        if (b->stores[i].at < from + size
            && from < b->stores[i].at + b->stores[i].size)
            return true;
    return false;
}

struct touch buffer_touch(int thread, bool writes)
{
    static const char all;
    const void *at = thread < 0 ? (const void *)&all : &buffers[thread];

    return (struct touch){
        .at = (uintptr_t)at, .size = 1, .is_object = true, .writes = writes};
}

void buffer_flush(int thread)
{
    struct buffer *b = &buffers[thread];
    memcpy(b->stores[0].at, b->stores[0].bytes, b->stores[0].size);
    b->n--;
    memmove(&b->stores[0], &b->stores[1], (size_t)b->n * sizeof b->stores[0]);
}

void buffer_read(int thread, const void *at, size_t size, void *bytes)
{
    const struct buffer *b = &buffers[thread];
    const unsigned char *from = at;
    unsigned char *to = bytes;

    memcpy(to, from, size);
    for (int i = 0; i < b->n; i++)
        for (uint32_t k = 0; k < b->stores[i].size; k++) {
            const unsigned char *byte = b->stores[i].at + k;
            if (byte >= from && byte < from + size)
                to[byte - from] = b->stores[i].bytes[k];
        }
}
