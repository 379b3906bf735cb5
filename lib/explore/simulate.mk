# The simulator: the calls of a program, as the explorer takes them over, on the
# cores of a machine that is not there.  And interlock's own sources for it:
# instrumented, but else with all that they do.

if EXPLORE
noinst_LTLIBRARIES += lib/explore/libmesi.la lib/explore/libsimulate.la \
	lib/explore/libsimulated.la
lib_explore_libmesi_la_SOURCES = \
	lib/explore/need.c \
	lib/explore/need.h \
	lib/explore/simulate/mesi.c \
	lib/explore/simulate/mesi.h
lib_explore_libsimulate_la_SOURCES = \
	lib/explore/calls/futex.c \
	lib/explore/calls/program.c \
	lib/explore/calls/tsan.c \
	lib/explore/calls/virtual.c \
	lib/explore/engine/buffer.c \
	lib/explore/engine/fiber.c \
	lib/explore/process/frames.c \
	lib/explore/process/isolate.c \
	lib/explore/simulate/engine.c \
	lib/explore/simulate/simulate.h
lib_explore_libsimulate_la_CPPFLAGS = $(AM_CPPFLAGS) -DEXPLORE_THREADS=128
lib_explore_libsimulate_la_LIBADD = lib/explore/libmesi.la $(DL_LIBS)

# Whatever backend the library has: the one that is simulated are futexes.
lib_explore_libsimulated_la_SOURCES = \
	lib/deadline.c \
	lib/fork.c \
	lib/lock.c \
	lib/park_futex.c \
	lib/presence.c \
	lib/spin.c
lib_explore_libsimulated_la_CPPFLAGS = $(AM_CPPFLAGS) \
	-DIL_PAUSE=simulation_pause
lib_explore_libsimulated_la_CFLAGS = $(AM_CFLAGS) -g -O2 -fsanitize=thread
endif
