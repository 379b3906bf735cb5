# The library.  All objects are in libcore.la, which the tests of its layers
# link; libinterlock.la is the same with just the names of interlock.map.

noinst_LTLIBRARIES += lib/libcore.la
lib_libcore_la_SOURCES = \
	lib/barrier.c \
	lib/bounded_semaphore.c \
	lib/budget.h \
	lib/clock.h \
	lib/condition.c \
	lib/deadline.c \
	lib/event.c \
	lib/fork.c \
	lib/fork.h \
	lib/guard.c \
	lib/guard.h \
	lib/lock.c \
	lib/owner.c \
	lib/owner.h \
	lib/park.h \
	lib/presence.c \
	lib/presence.h \
	lib/rlock.c \
	lib/rlock.h \
	lib/semaphore.c \
	lib/spin.c \
	lib/spin.h \
	lib/tsan.h \
	lib/version.c \
	lib/waiters.c \
	lib/waiters.h
if BACKEND_FUTEX
lib_libcore_la_SOURCES += lib/park_futex.c
else
lib_libcore_la_SOURCES += lib/park_pthread.c
endif
# Another backend is another list of objects, not a newer one.
EXTRA_lib_libcore_la_DEPENDENCIES = Makefile
lib_libcore_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
lib_libcore_la_LIBADD = $(PTHREAD_LIBS) $(ATOMIC_LIBS)

lib_LTLIBRARIES += lib/libinterlock.la
lib_libinterlock_la_SOURCES =
lib_libinterlock_la_LIBADD = lib/libcore.la
lib_libinterlock_la_LDFLAGS = -no-undefined \
	-version-info $(LT_TRIPLE) $(VERSION_SCRIPT_FLAGS)
EXTRA_lib_libinterlock_la_DEPENDENCIES = $(srcdir)/lib/interlock.map
EXTRA_DIST += lib/interlock.map

include_HEADERS = include/interlock.h
pkginclude_HEADERS = \
	include/interlock/barrier.h \
	include/interlock/base.h \
	include/interlock/bounded_semaphore.h \
	include/interlock/condition.h \
	include/interlock/deadline.h \
	include/interlock/event.h \
	include/interlock/lock.h \
	include/interlock/presence.h \
	include/interlock/rlock.h \
	include/interlock/semaphore.h \
	include/interlock/version.h \
	include/interlock/waiters.h \
	include/interlock/with.h
pkgconfig_DATA = interlock.pc
