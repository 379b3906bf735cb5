/* 05-philosophers.answer.h -- the last philosopher takes the right fork first,
   so that all take that of the lower number first.

   The mistake: all take the left one first.  If all have done so, all wait.

   SPDX-License-Identifier: MIT */

static il_lock fork_[THREADS];

static void take_forks(int me)
{
#ifdef MISTAKE
    int first = left(me), second = right(me);
#else
    int first = left(me) < right(me) ? left(me) : right(me);
    int second = left(me) + right(me) - first;
#endif
    il_lock_acquire(&fork_[first]);
    il_lock_acquire(&fork_[second]);
}

static void put_forks(int me)
{
    il_lock_release(&fork_[left(me)]);
    il_lock_release(&fork_[right(me)]);
}
