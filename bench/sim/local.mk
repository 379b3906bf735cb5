# The programs of `contention sim`: locks that the peers' programs have, too,
# each in one that simulates them.  The locks are in libraries, as the
# sanitizer that they are compiled with is not to be linked.  make
# bench-simulated: SIMULATED.md again.

if EXPLORE
check_LTLIBRARIES += \
	bench/sim/libinterlock.la \
	bench/sim/libplanted.la \
	bench/sim/libspinner.la \
	bench/sim/libtextbook.la
SIM_CPPFLAGS = $(AM_CPPFLAGS) -DIL_PAUSE=simulation_pause
SIM_CFLAGS = $(AM_CFLAGS) -g -O2 -fsanitize=thread

bench_sim_libinterlock_la_SOURCES = bench/sim/interlock.c
bench_sim_libinterlock_la_CPPFLAGS = $(SIM_CPPFLAGS)
bench_sim_libinterlock_la_CFLAGS = $(SIM_CFLAGS)
bench_sim_libinterlock_la_LIBADD = lib/explore/libsimulated.la
bench_sim_libplanted_la_SOURCES = bench/sim/planted.c
bench_sim_libplanted_la_CPPFLAGS = $(SIM_CPPFLAGS)
bench_sim_libplanted_la_CFLAGS = $(SIM_CFLAGS)
bench_sim_libspinner_la_SOURCES = bench/sim/spinner.c
bench_sim_libspinner_la_CPPFLAGS = $(SIM_CPPFLAGS)
bench_sim_libspinner_la_CFLAGS = $(SIM_CFLAGS)
bench_sim_libtextbook_la_SOURCES = bench/peers/textbook.c
bench_sim_libtextbook_la_CPPFLAGS = $(SIM_CPPFLAGS)
bench_sim_libtextbook_la_CFLAGS = $(SIM_CFLAGS)

# What they run in, without the sanitizer.
SIMULATED = \
	bench/sim/interlock \
	bench/sim/planted \
	bench/sim/spinner \
	bench/sim/textbook
check_PROGRAMS += $(SIMULATED)
SIM_SOURCES = \
	bench/sim/main.c \
	bench/sim/turns.c \
	bench/sim/turns.h
bench_sim_interlock_SOURCES = $(SIM_SOURCES)
bench_sim_interlock_LDADD = bench/sim/libinterlock.la \
	lib/explore/libsimulate.la
bench_sim_planted_SOURCES = $(SIM_SOURCES)
bench_sim_planted_LDADD = bench/sim/libplanted.la lib/explore/libsimulate.la
bench_sim_spinner_SOURCES = $(SIM_SOURCES)
bench_sim_spinner_LDADD = bench/sim/libspinner.la lib/explore/libsimulate.la
bench_sim_textbook_SOURCES = $(SIM_SOURCES)
bench_sim_textbook_LDADD = bench/sim/libtextbook.la lib/explore/libsimulate.la

if HAVE_JANSSON
BENCH_SIMULATED = bench-simulated
bench-simulated: bench/contention$(EXEEXT) $(SIMULATED)
	$(SHELL) $(srcdir)/bench/sim/page.sh bench/contention$(EXEEXT) \
	  >$(srcdir)/bench/SIMULATED.md
endif
endif
EXTRA_DIST += bench/SIMULATED.md bench/sim/page.sh
