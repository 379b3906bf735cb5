# The programs of the peers.  The tests need some; `make bench` needs all that
# configure found, which it lists in BENCH_PEERS.

AM_CXXFLAGS = -std=c++20 $(WARN_CXXFLAGS) $(PTHREAD_CFLAGS)

check_LTLIBRARIES += bench/librun.la
RUN_C = \
	bench/run/ball.c \
	bench/run/beside.c \
	bench/run/buffer.c \
	bench/run/emit.c \
	bench/run/futexes.c \
	bench/run/main.c \
	bench/run/phases.c \
	bench/run/rounds.c \
	bench/run/timeout.c \
	bench/run/trace.c \
	bench/run/turns.c \
	bench/run/wake.c \
	bench/run/waves.c \
	bench/results/histogram.c \
	bench/results/stats.c
RUN_H = \
	bench/peers/drepper.h \
	bench/random.h \
	bench/results/histogram.h \
	bench/results/stats.h \
	bench/run/beside.h \
	bench/run/emit.h \
	bench/run/futexes.h \
	bench/run/phases.h \
	bench/run/run.h \
	bench/run/trace.h \
	bench/run/twister.h \
	bench/run/waves.h \
	bench/templates/barrier.h \
	bench/templates/buffer.h \
	bench/templates/calls.h \
	bench/templates/churn.h \
	bench/templates/entrant.h \
	bench/templates/event.h \
	bench/templates/lock.h \
	bench/templates/monitor.h \
	bench/templates/nodes.h \
	bench/templates/pingpong.h \
	bench/templates/rounds.h \
	bench/templates/semaphore.h \
	bench/templates/timeout.h \
	bench/templates/wake.h
bench_librun_la_SOURCES = $(RUN_C) $(RUN_H)
bench_librun_la_LIBADD = $(PTHREAD_LIBS) $(DL_LIBS) -lm

CHECK_PEERS = \
	bench/peers/interlock \
	bench/peers/planted \
	bench/peers/pthread \
	bench/peers/textbook \
	bench/peers/timed
check_PROGRAMS += $(CHECK_PEERS)
EXTRA_PROGRAMS = \
	bench/peers/absl \
	bench/peers/boost \
	bench/peers/c11 \
	bench/peers/ck \
	bench/peers/ck_barrier \
	bench/peers/glib \
	bench/peers/nsync \
	bench/peers/rust \
	bench/peers/std \
	bench/peers/tbb \
	bench/peers/uv

# Each is a program and not one of libtool's scripts, since a run begins with
# its exec.
bench_peers_interlock_LDFLAGS = -no-install
bench_peers_interlock_LDADD = bench/librun.la lib/libinterlock.la
bench_peers_planted_LDADD = bench/librun.la
bench_peers_pthread_LDADD = bench/librun.la
bench_peers_textbook_LDADD = bench/librun.la
bench_peers_timed_LDFLAGS = -no-install
bench_peers_timed_LDADD = bench/librun.la lib/libinterlock.la

bench_peers_absl_SOURCES = bench/peers/absl.cc
bench_peers_absl_CPPFLAGS = $(AM_CPPFLAGS) $(ABSL_CFLAGS)
bench_peers_absl_LDADD = bench/librun.la $(ABSL_LIBS)
bench_peers_boost_SOURCES = bench/peers/boost.cc
bench_peers_boost_LDADD = bench/librun.la $(BOOST_LIBS)
bench_peers_c11_LDADD = bench/librun.la
bench_peers_ck_CPPFLAGS = $(AM_CPPFLAGS) $(CK_CFLAGS)
bench_peers_ck_LDADD = bench/librun.la $(CK_LIBS)
bench_peers_ck_barrier_CPPFLAGS = $(AM_CPPFLAGS) $(CK_CFLAGS)
bench_peers_ck_barrier_LDADD = bench/librun.la $(CK_LIBS)
bench_peers_glib_CPPFLAGS = $(AM_CPPFLAGS) $(GLIB_CFLAGS)
bench_peers_glib_LDADD = bench/librun.la $(GLIB_LIBS)
bench_peers_nsync_CPPFLAGS = $(AM_CPPFLAGS) $(NSYNC_CFLAGS)
bench_peers_nsync_LDADD = bench/librun.la $(NSYNC_LIBS)
bench_peers_std_SOURCES = bench/peers/std.cc
bench_peers_std_LDADD = bench/librun.la
bench_peers_tbb_SOURCES = bench/peers/tbb.cc
bench_peers_tbb_CPPFLAGS = $(AM_CPPFLAGS) $(TBB_CFLAGS)
bench_peers_tbb_LDADD = bench/librun.la $(TBB_LIBS)
bench_peers_uv_CPPFLAGS = $(AM_CPPFLAGS) $(UV_CFLAGS)
bench_peers_uv_LDADD = bench/librun.la $(UV_LIBS)

# Rust: an archive with its standard library and parking_lot.  The entrants are
# in there, which what is in librun.la asks for too late.
RUST_RS = \
	bench/peers/rust.rs \
	bench/peers/rust_monitors.rs \
	bench/peers/rust_run.rs \
	bench/peers/rust_shapes.rs
bench_peers_rust_SOURCES = bench/peers/rust.c
bench_peers_rust_LDFLAGS = -Wl,-u,entrants
bench_peers_rust_LDADD = bench/peers/rust.dir/librust_peers.a bench/librun.la \
	$(RUST_LIBS)
bench/peers/rust.dir/librust_peers.a: $(RUST_RS) bench/peers/rust.sh
	$(AM_V_GEN)MAKEFLAGS= CARGO_REGISTRY='$(CARGO_REGISTRY)' \
	  $(SHELL) $(srcdir)/bench/peers/rust.sh '$(RUSTC)' \
	  $(srcdir)/bench/peers bench/peers/rust.dir
EXTRA_DIST += $(RUST_RS) bench/peers/rust.sh

# The pthread peer with musl, in a program without shared libraries: two C
# libraries do not mix.
bench/peers/musl: bench/peers/pthread.c $(RUN_C) $(RUN_H) config.h
	$(AM_V_CCLD)$(MKDIR_P) bench/peers && \
	for s in bench/peers/pthread.c $(RUN_C); do \
	  sources="$$sources $(srcdir)/$$s"; \
	done && $(MUSL_CC) $(DEFS) $(DEFAULT_INCLUDES) $(AM_CPPFLAGS) $(CPPFLAGS) \
	  -DBENCH_STATIC -DBENCH_PEER='"musl"' $(WARN_CFLAGS) $(CFLAGS) -static \
	  -o $@ $$sources -lm
CLEANFILES += bench/peers/musl $(EXTRA_PROGRAMS)

# Python's modules stay where they are.
PYTHON_PY = \
	bench/peers/python.py \
	bench/peers/python_locks.py \
	bench/peers/python_run.py \
	bench/peers/python_waits.py \
	bench/peers/python_wakes.py
bench/peers/python: Makefile
	$(AM_V_GEN)$(MKDIR_P) bench/peers && { echo '#!/bin/sh' && \
	  echo 'exec $(PYTHON3) -B $(abs_srcdir)/bench/peers/python.py "$$@"'; } \
	  >$@.tmp && chmod +x $@.tmp && mv $@.tmp $@
EXTRA_DIST += $(PYTHON_PY)
CLEANFILES += bench/peers/python

clean-local:
	rm -rf bench/peers/rust.dir bench/pictures.dir
