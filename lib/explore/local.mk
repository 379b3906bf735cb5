# The explorer: a program that is compiled with -fsanitize=thread and linked
# with this library instead of the compiler's explores itself.

if EXPLORE
lib_LTLIBRARIES += lib/explore/libinterlock-explore.la
lib_explore_libinterlock_explore_la_SOURCES = \
	lib/explore/driver.h \
	lib/explore/explore.c \
	lib/explore/kept.c \
	lib/explore/misuse.c \
	lib/explore/needed.c \
	lib/explore/options.c \
	lib/explore/options.h \
	lib/explore/play.c \
	lib/explore/replay.c \
	lib/explore/replay_text.c \
	lib/explore/step.h \
	lib/explore/takeover.c \
	lib/explore/tally.c \
	lib/explore/tally.h \
	lib/explore/calls/bulk.c \
	lib/explore/calls/c11.c \
	lib/explore/calls/cleanup.c \
	lib/explore/calls/futex.c \
	lib/explore/calls/interlock.c \
	lib/explore/calls/interlock.h \
	lib/explore/calls/interlock_wait.c \
	lib/explore/calls/interpose.h \
	lib/explore/calls/plain.h \
	lib/explore/calls/posix.c \
	lib/explore/calls/posix.h \
	lib/explore/calls/posix_sync.c \
	lib/explore/calls/print.c \
	lib/explore/calls/print.h \
	lib/explore/calls/program.c \
	lib/explore/calls/program.h \
	lib/explore/calls/refused.c \
	lib/explore/calls/refused.h \
	lib/explore/calls/runtime.c \
	lib/explore/calls/runtime.h \
	lib/explore/calls/signals.c \
	lib/explore/calls/sort.c \
	lib/explore/calls/strings.c \
	lib/explore/calls/tsan.c \
	lib/explore/calls/virtual.c \
	lib/explore/calls/virtual.h \
	lib/explore/engine/buffer.c \
	lib/explore/engine/buffer.h \
	lib/explore/engine/engine.c \
	lib/explore/engine/engine.h \
	lib/explore/engine/execution.c \
	lib/explore/engine/execution.h \
	lib/explore/engine/fair.c \
	lib/explore/engine/fair.h \
	lib/explore/engine/fiber.c \
	lib/explore/engine/fiber.h \
	lib/explore/engine/idle.c \
	lib/explore/engine/idle.h \
	lib/explore/engine/menu.c \
	lib/explore/engine/run.h \
	lib/explore/engine/share.c \
	lib/explore/engine/share.h \
	lib/explore/engine/turn.c \
	lib/explore/model/model.c \
	lib/explore/model/model.h \
	lib/explore/model/model_lock.c \
	lib/explore/model/model_signal.c \
	lib/explore/model/model_wait.c \
	lib/explore/model/point.c \
	lib/explore/model/point.h \
	lib/explore/process/arena.c \
	lib/explore/process/arena.h \
	lib/explore/process/crash.c \
	lib/explore/process/crash.h \
	lib/explore/process/files.c \
	lib/explore/process/files.h \
	lib/explore/process/frames.c \
	lib/explore/process/input.c \
	lib/explore/process/input.h \
	lib/explore/process/isolate.c \
	lib/explore/process/isolate.h \
	lib/explore/process/output.c \
	lib/explore/process/output.h
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
