# The tests of the explorer.

if EXPLORE
TESTS += tests/explore/reports.sh
EXPLORE_SUITES = \
	tests/explore/check_explore_names \
	tests/explore/check_explore_page \
	tests/explore/check_explore_schedule \
	tests/explore/check_explore_table \
	tests/explore/check_judge
if HAVE_JANSSON
EXPLORE_SUITES += tests/explore/check_explore_json
endif

EXPLORE_TESTS = tests/explore/engine.sh
TESTS += $(EXPLORE_TESTS)

if HAVE_CHECK
check_PROGRAMS += $(EXPLORE_SUITES)
TESTS += $(EXPLORE_SUITES)

# Results made by hand, for the reports to show.
EXPLORE_MADE = tests/explore/made.c tests/explore/made.h
tests_explore_check_explore_json_SOURCES = \
	tests/explore/check_explore_json.c $(EXPLORE_MADE)
tests_explore_check_explore_json_CPPFLAGS = $(AM_CPPFLAGS) $(JANSSON_CFLAGS)
tests_explore_check_explore_json_LDADD = lib/explore/libreport.la \
	tests/libsupport.la $(JANSSON_LIBS)
tests_explore_check_explore_names_LDADD = lib/explore/libreport.la \
	tests/libsupport.la
tests_explore_check_explore_page_SOURCES = \
	tests/explore/check_explore_page.c $(EXPLORE_MADE)
tests_explore_check_explore_page_LDADD = lib/explore/libreport.la \
	tests/libsupport.la
tests_explore_check_explore_schedule_LDADD = lib/explore/libreport.la \
	tests/libsupport.la
tests_explore_check_explore_table_SOURCES = \
	tests/explore/check_explore_table.c $(EXPLORE_MADE)
tests_explore_check_explore_table_LDADD = lib/explore/libreport.la \
	tests/libsupport.la
tests_explore_check_judge_LDADD = lib/explore/libreport.la \
	tests/libsupport.la
endif
endif

# The search, on machines that are toys: where there is an explorer, as minutes
# with a sanitizer are too long for what has no threads.
if EXPLORE
if HAVE_CHECK
check_PROGRAMS += tests/explore/check_search
TESTS += tests/explore/check_search
tests_explore_check_search_SOURCES = lib/explore/engine/fair.c lib/explore/engine/fair.h \
	tests/explore/any_toy.c tests/explore/any_toy.h \
	tests/explore/check_search.c \
	tests/explore/toy.c tests/explore/toy.h \
	tests/explore/toy_hash.c \
	tests/explore/tried.c tests/explore/tried.h
tests_explore_check_search_LDADD = lib/explore/libsearch.la \
	lib/explore/libreport.la tests/libsupport.la
endif
endif

# What a program calls: the model against what it stands for, and programs with
# their counts.
EXPLORED_TESTS = \
	tests/explore/answers.sh \
	tests/explore/calls.sh \
	tests/explore/counts.sh \
	tests/explore/files.sh
if EXPLORE
TESTS += $(EXPLORED_TESTS)
if HAVE_CHECK
check_PROGRAMS += tests/explore/check_share
TESTS += tests/explore/check_share
tests_explore_check_share_SOURCES = tests/explore/check_share.c \
	lib/explore/engine/share.c lib/explore/engine/share.h
tests_explore_check_share_LDADD = lib/explore/libreport.la \
	tests/libsupport.la
endif
endif
EXTRA_DIST += $(EXPLORED_TESTS) \
	tests/explore/programs/again.c \
	tests/explore/programs/answers.c \
	tests/explore/programs/answers.h \
	tests/explore/programs/answers_atomic.c \
	tests/explore/programs/answers_posix.c \
	tests/explore/programs/audit.c \
	tests/explore/programs/barrier.c \
	tests/explore/programs/bits.c \
	tests/explore/programs/c11.c \
	tests/explore/programs/change.cc \
	tests/explore/programs/cleanup.c \
	tests/explore/programs/copy.c \
	tests/explore/programs/deadlock.c \
	tests/explore/programs/destroyed.c \
	tests/explore/programs/files.c \
	tests/explore/programs/freed.c \
	tests/explore/programs/guard.h \
	tests/explore/programs/loops.c \
	tests/explore/programs/lost_update.c \
	tests/explore/programs/lost_wakeup.c \
	tests/explore/programs/main_stack.c \
	tests/explore/programs/misuse.c \
	tests/explore/programs/oracle.c \
	tests/explore/programs/over_release.c \
	tests/explore/programs/own.cc \
	tests/explore/programs/private.c \
	tests/explore/programs/queue.c \
	tests/explore/programs/refused.c \
	tests/explore/programs/rounds.c \
	tests/explore/programs/sleep.c \
	tests/explore/programs/sort.c \
	tests/explore/programs/spin.c \
	tests/explore/programs/strings.c \
	tests/explore/programs/tellers.c \
	tests/explore/programs/time_out.c \
	tests/explore/programs/timed_notify.c

# make check-course: the lessons and the other programs to learn from.  make
# check-words: the primitives, each access
# of theirs to memory a step.
if EXPLORE
check-course: all
	SRCDIR='$(abs_top_srcdir)' BUILDDIR='$(abs_top_builddir)' CC='$(CC)' \
	  $(SHELL) $(srcdir)/tests/explore/bank.sh
	SRCDIR='$(abs_top_srcdir)' BUILDDIR='$(abs_top_builddir)' CC='$(CC)' \
	  $(SHELL) $(srcdir)/tests/explore/thumbnails.sh
	SRCDIR='$(abs_top_srcdir)' BUILDDIR='$(abs_top_builddir)' CC='$(CC)' \
	  $(SHELL) $(srcdir)/tests/explore/puzzles.sh
check-words: all
	SRCDIR='$(abs_top_srcdir)' BUILDDIR='$(abs_top_builddir)' CC='$(CC)' \
	  $(SHELL) $(srcdir)/tests/explore/words.sh
endif
EXTRA_DIST += \
	tests/explore/words.sh \
	tests/explore/words/barrier.c \
	tests/explore/words/bounded_semaphore.c \
	tests/explore/words/buffers.c \
	tests/explore/words/condition.c \
	tests/explore/words/event.c \
	tests/explore/words/lock.c \
	tests/explore/words/random.c \
	tests/explore/words/rlock.c \
	tests/explore/words/scenario.c \
	tests/explore/words/scenario.h \
	tests/explore/words/semaphore.c
.PHONY: check-course check-words

EXTRA_DIST += \
	tests/explore/bank.sh \
	tests/explore/puzzles.sh \
	tests/explore/thumbnails.sh \
	tests/explore/engine.sh \
	tests/explore/engine/adders.c \
	tests/explore/engine/ends.c \
	tests/explore/engine/restored.c \
	tests/explore/reports.sh \
	tests/explore/reports/deadlock.table \
	tests/explore/reports/lost-update.txt \
	tests/explore/reports/lost-wakeup.txt \
	tests/explore/reports/main_stack.table \
	tests/explore/reports/right.txt \
	tests/explore/reports/six-threads.txt
