/* 06-santa.answer.h -- the last of them wakes Santa, and he looks who is there.

   The mistake: he does not look, and takes the first who wake him for the
   reindeer.

   SPDX-License-Identifier: MIT */

static il_semaphore wake = IL_SEMAPHORE_INIT(0);
static il_semaphore sleigh = IL_SEMAPHORE_INIT(0);
static il_semaphore help = IL_SEMAPHORE_INIT(0);
static il_lock lock = IL_LOCK_INIT;
static int deer, elves; /* who wait; under the lock */

/* One more, of `all`; the last wakes Santa.  */
static void come(int *waiting, int all)
{
    IL_WITH(&lock) {
        *waiting = *waiting + 1;
        if (*waiting == all)
            il_semaphore_release(&wake);
    }
}

/* Whether all of them wait; if so, nobody does from now on.  */
static bool takes(int *waiting, int all)
{
    bool are_all = false;

    IL_WITH(&lock) {
        are_all = *waiting == all;
        if (are_all)
            *waiting = 0;
    }
    return are_all;
}

static void santa(void)
{
    for (int i = 0; i < 2; i++) {
        il_semaphore_acquire(&wake);
#ifdef MISTAKE
        if (i == 0) {
#else
        if (takes(&deer, REINDEER)) {
#endif
            prepare_sleigh();
            il_semaphore_release_n(&sleigh, REINDEER);
        } else if (takes(&elves, ELVES)) {
            help_elves();
            il_semaphore_release_n(&help, ELVES);
        }
    }
}

static void reindeer(void)
{
    come(&deer, REINDEER);
    il_semaphore_acquire(&sleigh);
    get_hitched();
}

static void elf(void)
{
    come(&elves, ELVES);
    il_semaphore_acquire(&help);
    get_help();
}
