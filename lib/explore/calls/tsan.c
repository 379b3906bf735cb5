/* tsan.c -- what -fsanitize=thread makes of a program's memory accesses.

   gcc and clang put a call before each plain access and instead of each atomic
   one.  The calls are those of ThreadSanitizer's own library, which is not
   linked: the kernel's KCSAN (M. Elver, 2019) has its own in the same way.

   All threads of the program are one thread of the system, and none is
   interrupted between two points.  So an atomic access is made by plain
   operators here.

   SPDX-License-Identifier: MIT */

#include <config.h>

#include "explore/engine/buffer.h"
#include "explore/engine/share.h"
#include "explore/model/model.h"
#include "explore/process/frames.h"
#include "explore/process/isolate.h"
#include "plain.h"
#include "program.h"

#include <string.h>

/* An access that the program is about to make, what is left to do when it has,
   and what was in memory before.  */
static struct {
    struct step *step; /* or NULL */
    enum {
        SEE_VALUE, /* of a plain write */
        BUFFER,    /* the store, and put memory back */
        PUT_BACK,  /* memory: it showed the thread its own stores */
    } then;
    unsigned char was[STORE_MOST];
} unsettled;

static uint64_t value_at(const void *at, size_t size)
{
    uint64_t wide = 0;
    uint32_t word;
    uint16_t half;

    switch (size) {
    case 1:
        return *(const uint8_t *)at;
    case 2:
        memcpy(&half, at, sizeof half);
        return half;
    case 4:
        memcpy(&word, at, sizeof word);
        return word;
    default:
        memcpy(&wide, at, sizeof wide);
        return wide;
    }
}

static bool has_value(size_t size)
{
    return size == 1 || size == 2 || size == 4 || size == 8;
}

static _Noreturn void fail_own(void)
{
    engine_fail(VERDICT_WRONG, "the address of a thread's own variable is "
                               "given to others: that can't be explored");
}

void program_gives(uint64_t value)
{
    if (engine_is_on() && isolate_is_tls_address(value))
        fail_own();
}

/* The caller is about to see what is there: which is nothing that means
   something else to who has written it.  */
static void see(const void *at, size_t size)
{
    const char *end = (const char *)at + size;
    const char *p = at;

    p += -(uintptr_t)p % sizeof(uint64_t);
    for (; p + sizeof(uint64_t) <= end; p += sizeof(uint64_t)) {
        uint64_t value;
        memcpy(&value, p, sizeof value);
        if (isolate_is_tls_address(value)
            && share_is_from_others(engine_self(), p))
            fail_own();
    }
}

static void set_value(struct step *s, uint64_t value)
{
    s->has_value = has_value(s->size);
    s->value = s->has_value ? value : 0;
}

static void set_value_at(struct step *s)
{
    if (has_value(s->size))
        set_value(s, value_at(s->object, s->size));
}

static unsigned char *memory_of(const struct step *s)
{
    return (unsigned char *)(uintptr_t)s->object;
}

/* Takes what the program has just stored out of memory again.  */
static void buffer_store(const struct step *s)
{
    struct store store = {.at = memory_of(s),
                          .size = s->size,
                          .pc = s->pc,
                          .atomic = s->touch[0].atomic};

    memcpy(store.bytes, store.at, s->size);
    memcpy(store.at, unsettled.was, s->size);
    buffer_put(s->actor, &store);
}

void program_settle(void)
{
    struct step *s = unsettled.step;

    unsettled.step = NULL;
    if (!s)
        return;
    if (unsettled.then == PUT_BACK) {
        memcpy(memory_of(s), unsettled.was, s->size);
        return;
    }
    set_value_at(s);
    if (unsettled.then == BUFFER)
        buffer_store(s);
}

static void forget_unsettled(void)
{
    unsettled.step = NULL;
}

__attribute__((constructor)) static void begin(void)
{
    engine_at_start(forget_unsettled);
}

static void be_allocated(const void *at, size_t size)
{
    if (engine_is_freed(at, size))
        engine_fail(VERDICT_CRASH, "use of freed memory at address %p", at);
}

/* Looks at an access of the caller.  Returns whether it is to be a step: of
   what is shared, and of bytes beside it that are in a buffer with it.  */
static bool is_step(const void *at, size_t size, bool writes)
{
    if (isolate_is_tls(at, size))
        return false;
    be_allocated(at, size);
    if (writes)
        model_written(at, size);
    return share_access(engine_self(), at, size, writes)
           || (buffer_is_on() && buffer_holds(engine_self(), at, size));
}

static struct intent access_intent(enum op op, const void *at, size_t size,
                                   bool writes, uintptr_t pc)
{
    return (struct intent){.step = {.op = op,
                                    .kind = KIND_MEMORY,
                                    .touches = 1,
                                    .touch = {{.at = (uintptr_t)at,
                                               .size = (uint32_t)size,
                                               .writes = writes}},
                                    .object = at,
                                    .size = (uint32_t)size,
                                    .other = -1,
                                    .pc = pc}};
}

/* Whether the store buffer takes part in an access: a step of its own it then
   is not, but what leaves the buffer is.  */
static bool is_buffered(const struct intent *i)
{
    enum op op = i->step.op;

    return buffer_is_on() && !i->drains
           && (op == OP_READ || op == OP_LOAD || op == OP_WRITE
               || op == OP_STORE);
}

static bool stores(enum op op)
{
    return op == OP_WRITE || op == OP_STORE;
}

/* Comes to an access.  Returns its step.  */
static struct step *access_point(struct intent *i)
{
    bool buffered = is_buffered(i);
    struct step *s;

    i->is_local = buffered && stores(i->step.op);
    engine_point(i);
    s = engine_step();
    be_allocated(s->object, s->size);
    if (!buffered)
        return s;
    memcpy(unsettled.was, s->object, s->size);
    unsettled.step = s;
    unsettled.then = stores(s->op) ? BUFFER : PUT_BACK;
    if (unsettled.then == PUT_BACK)
        buffer_read(s->actor, s->object, s->size, memory_of(s));
    return s;
}

void plain_access(const void *at, size_t size, bool writes, uintptr_t pc)
{
    struct intent i;
    struct step *s;

    if (!engine_is_on() || size == 0)
        return;
    program_settle();
    if (!is_step(at, size, writes)) {
        engine_tick(at, writes, pc);
        if (!writes)
            see(at, size);
        return;
    }
    i = access_intent(writes ? OP_WRITE : OP_READ, at, size, writes, pc);
    i.drains = size > STORE_MOST;
    s = access_point(&i);
    if (!writes) {
        set_value_at(s);
        see(at, size);
    } else if (!unsettled.step) {
        unsettled.step = s;
        unsettled.then = SEE_VALUE;
    }
}

void program_frees(const void *at, size_t size, uintptr_t pc)
{
    struct intent i = access_intent(OP_WRITE, at, size, true, pc);

    program_settle();
    i.drains = true;
    if (share_free(engine_self(), at, size))
        engine_point(&i);
    model_written(at, size);
}

void plain_drain(uintptr_t pc)
{
    struct intent i = {.step = {.op = OP_FENCE, .other = -1, .pc = pc},
                       .is_local = true,
                       .drains = true};

    program_settle();
    if (buffer_is_on() && buffer_oldest(engine_self()))
        engine_point(&i);
}

#define EXPORTED(type, name, args) \
    IL__API type name args;        \
    type name args

#define PLAIN(name, size, writes)                   \
    EXPORTED(void, name, (const void *at))          \
    {                                               \
        plain_access(at, size, writes, PROGRAM_PC); \
    }
#define BOTH(name, size)                           \
    EXPORTED(void, name, (const void *at))         \
    {                                              \
        plain_access(at, size, false, PROGRAM_PC); \
        plain_access(at, size, true, PROGRAM_PC);  \
    }
#define OF_SIZE(n)                                     \
    PLAIN(__tsan_read##n, n, false)                    \
    PLAIN(__tsan_write##n, n, true)                    \
    BOTH(__tsan_read_write##n, n)                      \
    PLAIN(__tsan_unaligned_read##n, n, false)          \
    PLAIN(__tsan_unaligned_write##n, n, true)          \
    BOTH(__tsan_unaligned_read_write##n, n)            \
    PLAIN(__tsan_volatile_read##n, n, false)           \
    PLAIN(__tsan_volatile_write##n, n, true)           \
    PLAIN(__tsan_unaligned_volatile_read##n, n, false) \
    PLAIN(__tsan_unaligned_volatile_write##n, n, true)

OF_SIZE(1)
OF_SIZE(2)
OF_SIZE(4)
OF_SIZE(8)
OF_SIZE(16)

EXPORTED(void, __tsan_read_range, (const void *at, size_t size))
{
    plain_access(at, size, false, PROGRAM_PC);
}

EXPORTED(void, __tsan_write_range, (const void *at, size_t size))
{
    plain_access(at, size, true, PROGRAM_PC);
}

/* A C++ object's pointer to its class.  */
EXPORTED(void, __tsan_vptr_read, (void **at))
{
    plain_access(at, sizeof *at, false, PROGRAM_PC);
}

EXPORTED(void, __tsan_vptr_update, (void **at, void *next))
{
    if (*at != next)
        plain_access(at, sizeof *at, true, PROGRAM_PC);
}

/* What is said about functions is of no use here.  */
EXPORTED(void, __tsan_init, (void))
{
}
EXPORTED(void, __tsan_func_entry, (void *caller))
{
    /* Who has just begun saved its frame pointer where ours now points.  */
    const uintptr_t *frame = __builtin_frame_address(0);

    (void)caller;
    frames_enter((uintptr_t)__builtin_return_address(0), *frame);
}
/* The memory of a frame that ends is used again by stores that nobody tells of,
   and that no buffer holds back: what is buffered for the stack goes first.  */
EXPORTED(void, __tsan_func_exit, (void))
{
    struct intent i = {.step = {.op = OP_FENCE, .other = -1, .pc = PROGRAM_PC},
                       .is_local = true,
                       .drains = true};

    frames_leave();
    if (!engine_is_on() || !buffer_is_on())
        return;
    program_settle();
    if (buffer_has(engine_self(), engine_is_private))
        engine_point(&i);
}
EXPORTED(void, __tsan_ignore_thread_begin, (void))
{
}
EXPORTED(void, __tsan_ignore_thread_end, (void))
{
}

/* The order that a memory order of <stdatomic.h> gives to a read, a write or
   both.  */
static uint8_t order_of(int memory_order, unsigned both)
{
    switch (memory_order) {
    case __ATOMIC_CONSUME:
    case __ATOMIC_ACQUIRE:
        return (uint8_t)(both & ORDER_ACQUIRE);
    case __ATOMIC_RELEASE:
        return (uint8_t)(both & ORDER_RELEASE);
    case __ATOMIC_ACQ_REL:
    case __ATOMIC_SEQ_CST:
        return (uint8_t)both;
    default:
        return ORDER_NONE;
    }
}

/* Comes to an atomic access.  Returns its step, or NULL if it is none.  */
static struct step *atomic(enum op op, const volatile void *at, size_t size,
                           int memory_order, uintptr_t pc)
{
    const void *memory = (const void *)(uintptr_t)at;
    bool writes = op != OP_LOAD;
    struct intent i;

    if (!engine_is_on())
        return NULL;
    program_settle();
    if (!is_step(memory, size, writes)) {
        engine_tick(memory, writes, pc);
        if (op != OP_STORE)
            see(memory, size);
        return NULL;
    }
    i = access_intent(op, memory, size, writes, pc);
    i.step.touch[0].atomic = true;
    i.step.touch[0].order =
        order_of(memory_order, op == OP_LOAD    ? ORDER_ACQUIRE
                               : op == OP_STORE ? ORDER_RELEASE
                                                : ORDER_BOTH);
    i.drains = op == OP_STORE && memory_order == __ATOMIC_SEQ_CST;
    return access_point(&i);
}

static void atomic_was(struct step *s, uint64_t value)
{
    if (s)
        set_value(s, value);
    if (s && s->op != OP_STORE)
        see(s->object, s->size);
}

/* A compare-exchange that failed has only read.  */
static void failed(struct step *s, int memory_order)
{
    if (!s)
        return;
    s->op = OP_LOAD;
    s->touch[0].writes = false;
    s->touch[0].order = order_of(memory_order, ORDER_ACQUIRE);
}

#define FETCH(bits, type, name, next)                                     \
    EXPORTED(type, __tsan_atomic##bits##_##name,                          \
             (volatile type * at, type v, int order))                     \
    {                                                                     \
        struct step *s = atomic(OP_RMW, at, sizeof v, order, PROGRAM_PC); \
        type old = *at;                                                   \
        *at = (type)(next);                                               \
        atomic_was(s, (uint64_t)*at);                                     \
        return old;                                                       \
    }
#define EXCHANGE_IF(bits, type, name)                                          \
    EXPORTED(                                                                  \
        int, __tsan_atomic##bits##_##name,                                     \
        (volatile type * at, type * expected, type v, int order, int failure)) \
    {                                                                          \
        struct step *s = atomic(OP_RMW, at, sizeof v, order, PROGRAM_PC);      \
        type old = *at;                                                        \
        bool same = old == *expected;                                          \
        if (same)                                                              \
            *at = v;                                                           \
        else                                                                   \
            failed(s, failure);                                                \
        *expected = old;                                                       \
        atomic_was(s, (uint64_t)*at);                                          \
        return same;                                                           \
    }
#define ATOMIC(bits, type)                                                   \
    EXPORTED(type, __tsan_atomic##bits##_load,                               \
             (const volatile type *at, int order))                           \
    {                                                                        \
        struct step *s = atomic(OP_LOAD, at, sizeof *at, order, PROGRAM_PC); \
        atomic_was(s, (uint64_t)*at);                                        \
        return *at;                                                          \
    }                                                                        \
    EXPORTED(void, __tsan_atomic##bits##_store,                              \
             (volatile type * at, type v, int order))                        \
    {                                                                        \
        struct step *s = atomic(OP_STORE, at, sizeof v, order, PROGRAM_PC);  \
        *at = v;                                                             \
        atomic_was(s, (uint64_t)v);                                          \
    }                                                                        \
    EXPORTED(                                                                \
        type, __tsan_atomic##bits##_compare_exchange_val,                    \
        (volatile type * at, type expected, type v, int order, int failure)) \
    {                                                                        \
        struct step *s = atomic(OP_RMW, at, sizeof v, order, PROGRAM_PC);    \
        type old = *at;                                                      \
        if (old == expected)                                                 \
            *at = v;                                                         \
        else                                                                 \
            failed(s, failure);                                              \
        atomic_was(s, (uint64_t)*at);                                        \
        return old;                                                          \
    }                                                                        \
    EXCHANGE_IF(bits, type, compare_exchange_strong)                         \
    EXCHANGE_IF(bits, type, compare_exchange_weak)                           \
    FETCH(bits, type, exchange, v)                                           \
    FETCH(bits, type, fetch_add, old + v)                                    \
    FETCH(bits, type, fetch_sub, old - v)                                    \
    FETCH(bits, type, fetch_and, old &v)                                     \
    FETCH(bits, type, fetch_or, old | v)                                     \
    FETCH(bits, type, fetch_xor, old ^ v)                                    \
    FETCH(bits, type, fetch_nand, ~(old & v))

ATOMIC(8, uint8_t)
ATOMIC(16, uint16_t)
ATOMIC(32, uint32_t)
ATOMIC(64, uint64_t)
#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 uint128;
ATOMIC(128, uint128)
#endif

/* Orders something only together with atomics, which have their own points:
   nobody else need be asked.  */
EXPORTED(void, __tsan_atomic_thread_fence, (int order))
{
    struct intent i = {
        .step = {.op = OP_FENCE,
                 .touches = 1,
                 .touch = {{.order = order_of(order, ORDER_BOTH)}},
                 .other = -1,
                 .pc = PROGRAM_PC},
        .is_local = true,
        .drains = order == __ATOMIC_SEQ_CST};
    if (engine_is_on())
        engine_point(&i);
}

EXPORTED(void, __tsan_atomic_signal_fence, (int order))
{
    (void)order;
}
