# bench/contention, and `make bench`, which prints its table.

noinst_PROGRAMS += bench/contention
bench_contention_SOURCES = \
	bench/contention.c \
	bench/harness.c \
	bench/harness.h \
	bench/machine.c \
	bench/machine.h \
	bench/options.c \
	bench/options.h \
	bench/peers/broken.c \
	bench/peers/interlock.c \
	bench/peers/peer.h \
	bench/peers/peers.c \
	bench/peers/pthread.c \
	bench/random.h \
	bench/report.c \
	bench/report.h \
	bench/stats.c \
	bench/stats.h \
	bench/workloads/critical.c \
	bench/workloads/critical.h \
	bench/workloads/pingpong.c \
	bench/workloads/pingpong.h \
	bench/workloads/rounds.c \
	bench/workloads/rounds.h
bench_contention_LDADD = lib/libinterlock.la $(PTHREAD_LIBS)
EXTRA_DIST += bench/README

bench: bench/contention$(EXEEXT)
	bench/contention$(EXEEXT)

.PHONY: bench
