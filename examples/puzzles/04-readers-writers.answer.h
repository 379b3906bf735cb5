/* 04-readers-writers.answer.h -- the first reader takes the room, the last one
   gives it back: Downey's lightswitch.

   The mistake: they are counted without a lock.  Both believe to be the first,
   or neither.

   SPDX-License-Identifier: MIT */

static il_semaphore room = IL_SEMAPHORE_INIT(1);
static il_lock lock = IL_LOCK_INIT;
static int readers; /* under the lock */

#ifdef MISTAKE
#define COUNTED
#else
#define COUNTED IL_WITH(&lock)
#endif

static void begin_to_read(void)
{
    COUNTED
    {
        readers++;
        if (readers == 1)
            il_semaphore_acquire(&room);
    }
}

static void end_to_read(void)
{
    COUNTED
    {
        readers--;
        if (readers == 0)
            il_semaphore_release(&room);
    }
}

static void begin_to_write(void)
{
    il_semaphore_acquire(&room);
}

static void end_to_write(void)
{
    il_semaphore_release(&room);
}
