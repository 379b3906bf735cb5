# The search, which knows no program: in the explorer, and in its own tests.

noinst_LTLIBRARIES += lib/explore/libsearch.la
lib_explore_libsearch_la_SOURCES = \
	lib/explore/step.h \
	lib/explore/search/dpor.c \
	lib/explore/search/dpor.h \
	lib/explore/search/dpor_races.c \
	lib/explore/search/full.c \
	lib/explore/search/random.c \
	lib/explore/search/search.c \
	lib/explore/search/search.h \
	lib/explore/search/strategy.h
lib_explore_libsearch_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
lib_explore_libsearch_la_LIBTOOLFLAGS = --tag=disable-static
