# What is made of executions, judged and shown: in the explorer, and in tests
# that make results by hand.

if EXPLORE
noinst_LTLIBRARIES += lib/explore/libreport.la
lib_explore_libreport_la_SOURCES = \
	lib/explore/deadlock.c \
	lib/explore/frames.h \
	lib/explore/held.c \
	lib/explore/held.h \
	lib/explore/image.c \
	lib/explore/judge.h \
	lib/explore/json.c \
	lib/explore/lines.c \
	lib/explore/lines.h \
	lib/explore/listing.c \
	lib/explore/load.h \
	lib/explore/named.c \
	lib/explore/named.h \
	lib/explore/names.c \
	lib/explore/names.h \
	lib/explore/need.c \
	lib/explore/need.h \
	lib/explore/page.c \
	lib/explore/page.h \
	lib/explore/page_deadlock.c \
	lib/explore/page_story.c \
	lib/explore/page_style.c \
	lib/explore/places.c \
	lib/explore/race.c \
	lib/explore/report.c \
	lib/explore/report.h \
	lib/explore/result.h \
	lib/explore/schedule.c \
	lib/explore/schedule.h \
	lib/explore/state.c \
	lib/explore/state.h \
	lib/explore/story.c \
	lib/explore/story.h \
	lib/explore/table.c \
	lib/explore/table.h \
	lib/explore/text.c \
	lib/explore/types.c \
	lib/explore/words.c \
	lib/explore/words.h \
	lib/explore/words_result.c
lib_explore_libreport_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
lib_explore_libreport_la_LIBTOOLFLAGS = --tag=disable-static
lib_explore_libreport_la_LIBADD = -lm
endif
