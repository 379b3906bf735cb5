# The search, which knows no program: in the explorer, and in its own tests.

noinst_LTLIBRARIES += lib/explore/libsearch.la
lib_explore_libsearch_la_SOURCES = \
	lib/explore/dpor.c \
	lib/explore/dpor.h \
	lib/explore/dpor_races.c \
	lib/explore/full.c \
	lib/explore/random.c \
	lib/explore/search.c \
	lib/explore/search.h \
	lib/explore/step.h \
	lib/explore/strategy.h
lib_explore_libsearch_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
lib_explore_libsearch_la_LIBTOOLFLAGS = --tag=disable-static
