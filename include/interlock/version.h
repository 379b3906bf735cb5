/* version.h -- which interlock this is.  configure.ac reads it from here.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_VERSION_H
#define INTERLOCK_VERSION_H

#include <interlock/base.h>

/* The version of the headers that the program was compiled with.  */
#define IL_VERSION "0.1.0"

IL__BEGIN_DECLS

/* Returns the version of the library that the program runs with, a constant
   string in the form of IL_VERSION.  */
IL__API const char *il_version(void);

/* Returns how this library makes a thread sleep, a constant string: "futex"
   or "pthread"; or "explore", where none does (interlock/explore.h).  One
   promise depends on it: il_event_set and the releases of the semaphores are
   async-signal-safe with "futex" only.  */
IL__API const char *il_backend(void);

IL__END_DECLS

#endif
