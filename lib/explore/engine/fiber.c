/* fiber.c -- coroutines in portable C: ucontext makes the stacks, setjmp goes
   from one to the other, as it asks the kernel for nothing.

   The idea is of Engelschall, "Portable Multithreading" (2000); QEMU has its
   coroutines this way.  Each stack has, at its bottom, one frame that waits to
   be told what to call; to begin again is to return to that frame.

   SPDX-License-Identifier: MIT */

/* A checked longjmp takes another stack for a mistake.  */
#undef _FORTIFY_SOURCE

#include <config.h>

#include "explore/need.h"
#include "fiber.h"

#include <setjmp.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>

/* FRAME is room for the bottom frame; CLEARED of what is above it is zero when
   a body begins, so that a program which reads what it has not written does the
   same each time.  */
enum { GUARD = 1 << 16, FRAME = 1 << 10, CLEARED = 1 << 11 };

struct fiber {
    jmp_buf bottom; /* in the frame that waits */
    jmp_buf left;   /* where it was left */
    void (*body)(void);
    char *stack;
    size_t size;
};

/* The halves of a pointer, as makecontext takes nothing but int.  */
static void bottom(unsigned high, unsigned low)
{
    struct fiber *f = (struct fiber *)((uintptr_t)high << 32 | low);

    if (_setjmp(f->bottom))
        f->body();
    _longjmp(f->left, 1);
}

static void make_bottom(struct fiber *f)
{
    uintptr_t p = (uintptr_t)f;
    ucontext_t context;

    getcontext(&context);
    context.uc_stack.ss_sp = f->stack;
    context.uc_stack.ss_size = f->size;
    context.uc_link = NULL;
    makecontext(&context, (void (*)(void))(uintptr_t)bottom, 2,
                (unsigned)(p >> 32), (unsigned)p);
    if (!_setjmp(f->left))
        setcontext(&context);
}

struct fiber *fiber_new(size_t stack_size)
{
    struct fiber *f = need_new(1, sizeof *f);
    char *all;

    if (!stack_size)
        return f;
    all = mmap(NULL, stack_size + GUARD, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    need(all == MAP_FAILED || mprotect(all, GUARD, PROT_NONE) ? NULL : all);
    f->stack = all + GUARD;
    f->size = stack_size;
    make_bottom(f);
    return f;
}

void fiber_begin(struct fiber *f, void (*body)(void))
{
    f->body = body;
    memset(f->stack + f->size - FRAME - CLEARED, 0, CLEARED);
    memcpy(f->left, f->bottom, sizeof f->left);
}

void fiber_switch(struct fiber *from, struct fiber *to)
{
    if (!_setjmp(from->left))
        _longjmp(to->left, 1);
}

/* FNV-1a, of words (G. Fowler, L. C. Noll, K.-P. Vo, 1991).  */
static uint64_t hash(const uint64_t *from, const uint64_t *to)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (; from < to; from++)
        h = (h ^ *from) * UINT64_C(0x100000001b3);
    return h;
}

/* The registers that the callers have not saved are put on the stack first.  */
uint64_t fiber_digest(const struct fiber *f)
{
    _Alignas(uint64_t) jmp_buf registers;

    memset(registers, 0, sizeof registers);
    _setjmp(registers);
    return hash((const void *)registers, (const void *)(f->stack + f->size));
}

bool fiber_has(const struct fiber *f, const void *at, size_t size)
{
    uintptr_t offset = (uintptr_t)at - (uintptr_t)f->stack;

    return offset < f->size && size <= f->size - offset;
}

bool fiber_is_overrun(const struct fiber *f, const void *at)
{
    return (uintptr_t)f->stack - (uintptr_t)at - 1 < GUARD;
}
