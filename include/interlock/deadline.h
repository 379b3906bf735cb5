/* deadline.h -- the one notion of time: a point on CLOCK_MONOTONIC.

   Every call that waits up to a limit takes an il_deadline, last.  It is
   absolute, so one deadline bounds a whole sequence of calls, and a wall
   clock that is set moves no wait.  A deadline that has passed means: try
   once.  A call that times out has waited at least as long as it was told
   to.

   SPDX-License-Identifier: MIT */

#ifndef INTERLOCK_DEADLINE_H
#define INTERLOCK_DEADLINE_H

#include <interlock/base.h>
#include <sys/types.h>
#include <time.h>

IL__BEGIN_DECLS

/* A point in time.  All-zero bytes are one that has passed.  Copy it freely;
   compare two with il_remaining.  */
typedef struct il_deadline {
    int64_t il_ns; /* ns on CLOCK_MONOTONIC; INT64_MAX: never */
} il_deadline;

/* n microseconds, milliseconds or seconds in ns, as an int64_t that saturates
   instead of wrapping.  A constant expression if n is; n, a signed 64-bit
   value or narrower, is evaluated more than once.  */
#define IL_US(n) IL__SCALE(n, 1000)
#define IL_MS(n) IL__SCALE(n, 1000000)
#define IL_SEC(n) IL__SCALE(n, 1000000000)
#define IL__SCALE(n, unit) \
    IL__SCALE_((int64_t)(n), INT64_MAX / (unit) + 1, unit)
#define IL__SCALE_(n, excess, unit)   \
    ((n) / (excess) > 0   ? INT64_MAX \
     : (n) / (excess) < 0 ? INT64_MIN \
                          : (n) * (unit))

/* Returns the deadline `ns` nanoseconds from now; past the end of the clock,
   il_never(); for 0 or less one that has passed.  Never blocks.  */
IL__API il_deadline il_after(int64_t ns);

/* Returns the deadline that never passes.  */
IL__CALL il_deadline il_never(void);

/* Converts `time`, a point on `clock`, to *deadline.  CLOCK_REALTIME and the
   other settable or suspended clocks are read now: the deadline keeps its
   distance from now, and a later step of that clock does not move it.
   `clock` is CLOCK_MONOTONIC, CLOCK_REALTIME or, where the system has them,
   CLOCK_BOOTTIME, CLOCK_TAI, or a _RAW or _COARSE form of these.

   Returns 0, or EINVAL with *deadline unchanged: `clock` is none of those, or
   time->tv_nsec is not in 0 .. 999,999,999.  Never blocks.  */
IL__API int il_at(clockid_t clock, const struct timespec *time,
                  il_deadline *deadline) IL__NONNULL;

/* Returns the nanoseconds left until `deadline`: 0 when it has passed,
   INT64_MAX when it never does.  Never blocks.  */
IL__API int64_t il_remaining(il_deadline deadline);

#ifndef IL_EXPLORE
IL__CALL il_deadline il_never(void)
{
    il_deadline never = {INT64_MAX};
    return never;
}
#endif

IL__END_DECLS

#endif
