/* presence.h -- telling releases that somebody is about to park.

   SPDX-License-Identifier: MIT */

#ifndef PRESENCE_H
#define PRESENCE_H

#include <interlock/presence.h>

/* Announces that the caller is going to park on `object`.  After it, and until
   presence_end, each release of the object either is visible to the caller
   or finds in il__presence_of, after its store, that it is not IL__NOBODY.
   May take as long as an interrupt of every processor.  */
void il__presence_begin(const void *object);

/* Takes that back.  Only the address is used.  */
void il__presence_end(const void *object);

/* Makes every other thread execute a full fence, or waits until it has: what a
   thread stored before that is visible to the caller, and what it loads after
   that sees what the caller stored.  Takes as long as an interrupt of every
   processor.  */
void il__presence_fence(void);

/* Says that a release of `object`, whose entry is not IL__NOBODY, met nobody.
   Enough of them make it IL__NOBODY.  Only the address is used.  */
void il__presence_unneeded(const void *object);

#endif
