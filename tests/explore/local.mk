# The tests of the explorer.

if EXPLORE
TESTS += tests/explore/bank.sh
EXPLORE_SUITES = \
	tests/explore/check_explore_names \
	tests/explore/check_explore_page \
	tests/explore/check_explore_schedule \
	tests/explore/check_explore_table
if HAVE_JANSSON
EXPLORE_SUITES += tests/explore/check_explore_json
endif

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
endif
endif

# The search, on machines that are toys.
if HAVE_CHECK
check_PROGRAMS += tests/explore/check_search
TESTS += tests/explore/check_search
tests_explore_check_search_SOURCES = tests/explore/check_search.c \
	tests/explore/toy.c tests/explore/toy.h
tests_explore_check_search_LDADD = lib/explore/libsearch.la \
	tests/libsupport.la
endif

EXTRA_DIST += \
	tests/explore/bank.sh \
	tests/explore/reports/lost-update.txt \
	tests/explore/reports/lost-wakeup.txt \
	tests/explore/reports/right.txt \
	tests/explore/reports/six-threads.txt
