/* pictures.h -- pictures to download and to make thumbnails of, without a
   network: both only compute, and what comes out is the same each time.

   How large a picture is, and how long it takes, follows from its number
   (Marsaglia, "Xorshift RNGs", 2003).  The explorer gets few and small ones.

   The programs beside this one are one program, grown step by step, as a course
   on Python's threads does: a thread for each picture, then a Lock, a
   Semaphore, Queues, an Event and a Barrier.

   SPDX-License-Identifier: MIT */

#ifndef PICTURES_H
#define PICTURES_H

#ifdef IL_EXPLORE
#ifndef PICTURES
#define PICTURES 3
#endif
enum { WORKERS = 2, WORK = 1 };
#else
#define PICTURES 26
enum { WORKERS = 4, WORK = 200000 };
#endif

static inline unsigned compute(unsigned seed, int steps)
{
    for (int i = 0; i < steps; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
    }
    return seed;
}

/* Returns how many bytes picture `number` has.  */
static inline int download(int number)
{
    unsigned seed = (unsigned)number + 1;

    return 1000 + (int)(compute(seed, WORK * (1 + number % 4)) % 9000);
}

/* Returns how many bytes the thumbnail of a picture of `bytes` has.  */
static inline int resize(int bytes)
{
    return 10 + (int)(compute((unsigned)bytes, WORK) % 90);
}

/* What all pictures have, one after the other.  */
static inline int all_downloads(void)
{
    int sum = 0;

    for (int i = 0; i < PICTURES; i++)
        sum += download(i);
    return sum;
}

static inline int all_thumbnails(void)
{
    int sum = 0;

    for (int i = 0; i < PICTURES; i++)
        sum += resize(download(i));
    return sum;
}

#endif
