/* step.c -- see step.h.

   The processor's trap flag makes each instruction end in SIGTRAP.  The kernel
   clears it for the handler.

   SPDX-License-Identifier: MIT */

#include "step.h"

#include "pace.h"
#include "require.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>

static void (*rest_now)(void);

static void trapped(int signal)
{
    int saved = errno;
    (void)signal;
    rest_now();
    errno = saved;
}

#ifdef __x86_64__
enum { TRAP_FLAG = 0x100 };

static void set_trap_flag(bool on)
{
    unsigned long long flags = __builtin_ia32_readeflags_u64();
    flags = on ? flags | TRAP_FLAG : flags & ~(unsigned long long)TRAP_FLAG;
    __builtin_ia32_writeeflags_u64(flags);
}
#else
static void set_trap_flag(bool on)
{
    (void)on;
}
#endif

bool step_possible(void)
{
#ifdef __x86_64__
    return !under_tsan();
#else
    return false;
#endif
}

void step_begin(void (*rest)(void))
{
    struct sigaction action = {.sa_handler = trapped};
    sigemptyset(&action.sa_mask);
    rest_now = rest;
    require(sigaction(SIGTRAP, &action, NULL) == 0);
    set_trap_flag(true);
}

void step_end(void)
{
    set_trap_flag(false);
}
