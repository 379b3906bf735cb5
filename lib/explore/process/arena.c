/* arena.c -- malloc, for the program's own code while it is explored.

   Each thread of an execution has a region in which blocks lie one after the
   other, a gap between any two.  No block is ever given out again, so that
   every use of a freed one is seen, and the addresses depend on nothing but
   what the thread itself has allocated before: memory that is known to be
   shared is known by address.  Who is not the program's code, the C library
   above all, goes on with the C library's malloc.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "arena.h"
#include "explore/calls/interpose.h"
#include "explore/calls/program.h"
#include "explore/engine/engine.h"
#include "explore/need.h"
#include "isolate.h"

#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* glibc's own names for its malloc: dlsym may want memory itself.  */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *p);

#define REGION ((size_t)1 << 32)
enum { ALIGNMENT = 16, GAP = 16, KEPT = 1 << 20 };

struct block {
    size_t offset, size;
    bool freed;
};

struct region {
    struct block *blocks; /* in order of offset */
    size_t n, room;
    size_t end; /* of the last */
};

static char *arena;
static struct region regions[THREADS_MOST];

void arena_set_up(void)
{
    void *p = mmap(NULL, REGION * THREADS_MOST, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED) {
        perror("interlock-explore: the program's heap");
        exit(2);
    }
    arena = p;
}

/* What the program reads before it has written is the same each time: 0.  */
static void clear(char *at, size_t size)
{
    if (size > KEPT)
        madvise(at, size, MADV_DONTNEED);
    else
        memset(at, 0, size);
}

void arena_reset(void)
{
    for (size_t i = 0; i < THREADS_MOST; i++) {
        clear(arena + i * REGION, regions[i].end);
        regions[i].end = 0;
        regions[i].n = 0;
    }
}

static bool is_ours(const void *p)
{
    return arena && (uintptr_t)p - (uintptr_t)arena < REGION * THREADS_MOST;
}

static struct region *region_of(const void *p)
{
    return &regions[((uintptr_t)p - (uintptr_t)arena) / REGION];
}

/* The last block that begins at an address or before it, or NULL.  */
static struct block *block_before(const void *p)
{
    struct region *r = region_of(p);
    size_t offset = ((uintptr_t)p - (uintptr_t)arena) % REGION;
    size_t low = 0, high = r->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->blocks[middle].offset <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &r->blocks[low - 1] : NULL;
}

bool arena_is_freed(const void *at, size_t size)
{
    const struct block *b;
    size_t into;

    if (!is_ours(at))
        return false;
    b = block_before(at);
    if (!b || b->freed)
        return true;
    into = ((uintptr_t)at - (uintptr_t)arena) % REGION - b->offset;
    return into > b->size || size > b->size - into;
}

/* The block that begins at p.  Anything else is a mistake of the program.  */
static struct block *block_at(const void *p, const char *call)
{
    struct block *b = block_before(p);

    if (!b || b->offset != ((uintptr_t)p - (uintptr_t)arena) % REGION)
        engine_fail(VERDICT_CRASH, "%s of %p, which malloc has not returned",
                    call, p);
    if (b->freed)
        engine_fail(VERDICT_CRASH, "%s of %p, which is freed already", call, p);
    return b;
}

static struct block *add_block(struct region *r)
{
    if (r->n == r->room) {
        size_t room = r->room ? 2 * r->room : 64;
        struct block *more = __libc_realloc(r->blocks, room * sizeof *more);
        if (!more)
            return NULL;
        r->blocks = more;
        r->room = room;
    }
    return &r->blocks[r->n++];
}

static void *allocate(size_t size, size_t alignment)
{
    size_t number = (size_t)engine_self();
    struct region *r = &regions[number];
    size_t offset = (r->end + GAP + alignment - 1) & ~(alignment - 1);
    struct block *b = NULL;

    if (alignment < REGION && size < REGION - offset)
        b = add_block(r);
    if (!b) {
        errno = ENOMEM;
        return NULL;
    }
    *b = (struct block){.offset = offset, .size = size};
    r->end = offset + size;
    return arena + number * REGION + offset;
}

bool arena_get(int thread, size_t n, struct arena_block *b)
{
    const struct region *r = &regions[thread];

    if (n >= r->n)
        return false;
    b->at = arena + (size_t)thread * REGION + r->blocks[n].offset;
    b->size = r->blocks[n].size;
    return true;
}

/* Whether who has called is explored: the program's code.  */
static bool is_explored(const void *caller)
{
    return engine_is_on() && isolate_is_code((uintptr_t)caller);
}

EXPLORE_INTERPOSED void *malloc(size_t size)
{
    if (is_explored(__builtin_return_address(0)))
        return allocate(size, ALIGNMENT);
    return __libc_malloc(size);
}

EXPLORE_INTERPOSED void *calloc(size_t n, size_t size)
{
    size_t all;

    if (!is_explored(__builtin_return_address(0)))
        return __libc_calloc(n, size);
    if (__builtin_mul_overflow(n, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    return allocate(all, ALIGNMENT);
}

/* Others may come before it, and free it too.  */
static void give_back(void *p, const char *call, const void *caller)
{
    program_frees(p, block_at(p, call)->size, (uintptr_t)caller);
    block_at(p, call)->freed = true;
}

EXPLORE_INTERPOSED void free(void *p)
{
    if (!is_ours(p))
        __libc_free(p);
    else if (engine_is_on())
        give_back(p, "free", __builtin_return_address(0));
}

static void *move(void *p, size_t size, const void *caller)
{
    size_t old = block_at(p, "realloc")->size;
    void *to;

    if (!size) {
        give_back(p, "realloc", caller);
        return NULL;
    }
    to = allocate(size, ALIGNMENT);
    if (to) {
        memcpy(to, p, old < size ? old : size);
        give_back(p, "realloc", caller);
    }
    return to;
}

EXPLORE_INTERPOSED void *realloc(void *p, size_t size)
{
    if (is_ours(p))
        return move(p, size, __builtin_return_address(0));
    if (!p && is_explored(__builtin_return_address(0)))
        return allocate(size, ALIGNMENT);
    return __libc_realloc(p, size);
}

EXPLORE_INTERPOSED void *aligned_alloc(size_t alignment, size_t size)
{
    if (is_explored(__builtin_return_address(0)))
        return allocate(size, alignment);
    return __libc_memalign(alignment, size);
}

EXPLORE_INTERPOSED void *memalign(size_t alignment, size_t size)
{
    if (is_explored(__builtin_return_address(0)))
        return allocate(size, alignment);
    return __libc_memalign(alignment, size);
}

EXPLORE_INTERPOSED int posix_memalign(void **p, size_t alignment, size_t size)
{
    bool explored = is_explored(__builtin_return_address(0));

    if (alignment < sizeof(void *) || alignment & (alignment - 1))
        return EINVAL;
    *p =
        explored ? allocate(size, alignment) : __libc_memalign(alignment, size);
    return *p ? 0 : ENOMEM;
}

EXPLORE_INTERPOSED size_t malloc_usable_size(void *p)
{
    static size_t (*real)(void *);

    if (is_ours(p))
        return block_at(p, "malloc_usable_size")->size;
    INTERPOSED_FIND(real, "malloc_usable_size");
    return real(p);
}

/* C++'s operator new, of any size and of an alignment: whoever calls it, what
   it returns is the program's.  operator delete calls free.  */
void *_Znwm(size_t size);
void *_Znam(size_t size);
void *_ZnwmSt11align_val_t(size_t size, size_t alignment);
void *_ZnamSt11align_val_t(size_t size, size_t alignment);

#define NEW(name, parameters, arguments, alignment)            \
    EXPLORE_INTERPOSED void *name parameters                   \
    {                                                          \
        static void *(*real)parameters;                        \
                                                               \
        if (engine_is_on())                                    \
            return need(allocate(size ? size : 1, alignment)); \
        INTERPOSED_FIND(real, #name);                          \
        return real arguments;                                 \
    }

NEW(_Znwm, (size_t size), (size), ALIGNMENT)
NEW(_Znam, (size_t size), (size), ALIGNMENT)
NEW(_ZnwmSt11align_val_t, (size_t size, size_t a), (size, a), a)
NEW(_ZnamSt11align_val_t, (size_t size, size_t a), (size, a), a)

/* In the C library these two call its malloc.  */
EXPLORE_INTERPOSED char *strndup(const char *s, size_t most)
{
    size_t length = strnlen(s, most);
    char *copy = is_explored(__builtin_return_address(0))
                     ? allocate(length + 1, ALIGNMENT)
                     : __libc_malloc(length + 1);

    if (copy) {
        memcpy(copy, s, length);
        copy[length] = '\0';
    }
    return copy;
}

EXPLORE_INTERPOSED char *strdup(const char *s)
{
    size_t size = strlen(s) + 1;
    char *copy = is_explored(__builtin_return_address(0))
                     ? allocate(size, ALIGNMENT)
                     : __libc_malloc(size);

    return copy ? memcpy(copy, s, size) : NULL;
}
