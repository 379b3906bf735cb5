/* 02-multiplex.answer.h -- a Semaphore with as many tokens as there is room.

   The mistake: a Lock, which lets in one.  Who waits inside for another waits
   for ever.

   SPDX-License-Identifier: MIT */

#ifdef MISTAKE
static il_semaphore room = IL_SEMAPHORE_INIT(1);
#else
static il_semaphore room = IL_SEMAPHORE_INIT(ROOM);
#endif

static void enter(void)
{
    il_semaphore_acquire(&room);
}

static void leave(void)
{
    il_semaphore_release(&room);
}
