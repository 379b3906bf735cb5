# The explorer: a program that is compiled with -fsanitize=thread and linked
# with this library instead of the compiler's explores itself.

if EXPLORE
lib_LTLIBRARIES += lib/explore/libinterlock-explore.la
lib_explore_libinterlock_explore_la_SOURCES = \
	lib/explore/arena.c \
	lib/explore/arena.h \
	lib/explore/buffer.c \
	lib/explore/buffer.h \
	lib/explore/bulk.c \
	lib/explore/c11.c \
	lib/explore/crash.c \
	lib/explore/crash.h \
	lib/explore/driver.h \
	lib/explore/engine.c \
	lib/explore/engine.h \
	lib/explore/execution.c \
	lib/explore/execution.h \
	lib/explore/explore.c \
	lib/explore/fair.c \
	lib/explore/fair.h \
	lib/explore/fiber.c \
	lib/explore/fiber.h \
	lib/explore/frames.c \
	lib/explore/futex.c \
	lib/explore/idle.c \
	lib/explore/idle.h \
	lib/explore/interlock.c \
	lib/explore/input.c \
	lib/explore/input.h \
	lib/explore/interpose.h \
	lib/explore/isolate.c \
	lib/explore/isolate.h \
	lib/explore/kept.c \
	lib/explore/menu.c \
	lib/explore/model.c \
	lib/explore/model.h \
	lib/explore/model_wait.c \
	lib/explore/needed.c \
	lib/explore/options.c \
	lib/explore/options.h \
	lib/explore/output.c \
	lib/explore/output.h \
	lib/explore/plain.h \
	lib/explore/play.c \
	lib/explore/print.c \
	lib/explore/print.h \
	lib/explore/point.h \
	lib/explore/posix.c \
	lib/explore/posix.h \
	lib/explore/posix_sync.c \
	lib/explore/program.c \
	lib/explore/program.h \
	lib/explore/refused.c \
	lib/explore/replay.c \
	lib/explore/run.h \
	lib/explore/runtime.c \
	lib/explore/runtime.h \
	lib/explore/share.c \
	lib/explore/share.h \
	lib/explore/step.h \
	lib/explore/strings.c \
	lib/explore/takeover.c \
	lib/explore/tally.c \
	lib/explore/tally.h \
	lib/explore/tsan.c \
	lib/explore/turn.c \
	lib/explore/virtual.c \
	lib/explore/virtual.h
lib_explore_libinterlock_explore_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
# Shared only: what the program's own memory is, is what is not in here.
lib_explore_libinterlock_explore_la_LIBTOOLFLAGS = --tag=disable-static
lib_explore_libinterlock_explore_la_LDFLAGS = -no-undefined -shared \
	-version-info $(LT_TRIPLE)
lib_explore_libinterlock_explore_la_LIBADD = lib/explore/libsearch.la \
	lib/explore/libreport.la $(DL_LIBS) $(PTHREAD_LIBS)

pkgconfig_DATA += interlock-explore.pc
pkginclude_HEADERS += include/interlock/explore.h
endif
