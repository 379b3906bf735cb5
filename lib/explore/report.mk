# What is made of executions, judged and shown: in the explorer, and in tests
# that make results by hand.

if EXPLORE
noinst_LTLIBRARIES += lib/explore/libreport.la
lib_explore_libreport_la_SOURCES = \
	lib/explore/need.c \
	lib/explore/need.h \
	lib/explore/result.h \
	lib/explore/judge/deadlock.c \
	lib/explore/judge/held.c \
	lib/explore/judge/held.h \
	lib/explore/judge/judge.h \
	lib/explore/judge/race.c \
	lib/explore/names/image.c \
	lib/explore/names/load.h \
	lib/explore/names/named.c \
	lib/explore/names/named.h \
	lib/explore/names/names.c \
	lib/explore/names/names.h \
	lib/explore/names/places.c \
	lib/explore/names/types.c \
	lib/explore/process/frames.h \
	lib/explore/report/json.c \
	lib/explore/report/lines.c \
	lib/explore/report/lines.h \
	lib/explore/report/listing.c \
	lib/explore/report/page.c \
	lib/explore/report/page.h \
	lib/explore/report/page_deadlock.c \
	lib/explore/report/page_parts.c \
	lib/explore/report/page_story.c \
	lib/explore/report/page_style.c \
	lib/explore/report/report.c \
	lib/explore/report/report.h \
	lib/explore/report/schedule.c \
	lib/explore/report/schedule.h \
	lib/explore/report/state.c \
	lib/explore/report/state.h \
	lib/explore/report/story.c \
	lib/explore/report/story.h \
	lib/explore/report/table.c \
	lib/explore/report/table.h \
	lib/explore/report/table_layout.c \
	lib/explore/report/table_layout.h \
	lib/explore/report/text.c \
	lib/explore/report/words.c \
	lib/explore/report/words.h \
	lib/explore/report/words_result.c
lib_explore_libreport_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
lib_explore_libreport_la_LIBTOOLFLAGS = --tag=disable-static
lib_explore_libreport_la_LIBADD = -lm
endif
