/* answers_atomic.c -- what atomic operations of each width do and answer.

   SPDX-License-Identifier: MIT */

#include "answers.h"

#include <stdbool.h>
#include <stdint.h>

#define SEQ __ATOMIC_SEQ_CST

#define EACH(type)                                                       \
    static void each_##type(void)                                        \
    {                                                                    \
        type x = (type)0xf0, seen = 0;                                   \
        SAY(__atomic_load_n(&x, __ATOMIC_RELAXED));                      \
        __atomic_store_n(&x, (type)0x5a, __ATOMIC_RELEASE);              \
        SAY(__atomic_exchange_n(&x, (type)-3, SEQ));                     \
        SAY(__atomic_fetch_add(&x, 7, SEQ));                             \
        SAY(__atomic_fetch_sub(&x, 9, __ATOMIC_ACQUIRE));                \
        SAY(__atomic_fetch_or(&x, 0x21, SEQ));                           \
        SAY(__atomic_fetch_and(&x, 0x3f, SEQ));                          \
        SAY(__atomic_fetch_xor(&x, (type)-1, SEQ));                      \
        SAY(__atomic_fetch_nand(&x, 0x33, __ATOMIC_RELAXED));            \
        SAY(__atomic_add_fetch(&x, 1, SEQ));                             \
        SAY(__atomic_compare_exchange_n(&x, &seen, 1, false, SEQ, SEQ)); \
        SAY(seen);                                                       \
        SAY(__atomic_compare_exchange_n(&x, &seen, 1, false, SEQ, SEQ)); \
        SAY(__atomic_compare_exchange_n(&x, &seen, 2, true, SEQ,         \
                                        __ATOMIC_RELAXED));              \
        SAY(seen);                                                       \
        SAY(x);                                                          \
    }

EACH(uint8_t)
EACH(int16_t)
EACH(uint32_t)
EACH(int64_t)

int main(void)
{
    each_uint8_t();
    each_int16_t();
    each_uint32_t();
    each_int64_t();
    __atomic_thread_fence(SEQ);
    __atomic_signal_fence(SEQ);
    putchar('\n');
    return 0;
}
