# The tests: a Check suite for each primitive and layer, and scripts.  Each
# reports in TAP, so that every single test has its line in the logs.

AM_TESTS_ENVIRONMENT = \
	SRCDIR='$(abs_top_srcdir)'; BUILDDIR='$(abs_top_builddir)'; \
	CC='$(CC)'; CXX='$(CXX)'; CFLAGS='$(CFLAGS)'; \
	CK_TAP_LOG_FILE_NAME=-; CK_VERBOSITY=silent; \
	export SRCDIR BUILDDIR CC CXX CFLAGS CK_TAP_LOG_FILE_NAME CK_VERBOSITY;
LOG_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) \
	$(top_srcdir)/build-aux/tap-driver.sh
SH_LOG_DRIVER = $(LOG_DRIVER)
SH_LOG_COMPILER = $(SHELL)
TEST_EXTENSIONS = .sh

SUITES = \
	tests/check_analysis \
	tests/check_barrier \
	tests/check_bounded_semaphore \
	tests/check_compare \
	tests/check_condition \
	tests/check_deadline \
	tests/check_event \
	tests/check_fork \
	tests/check_goals \
	tests/check_histogram \
	tests/check_lifetime \
	tests/check_lock \
	tests/check_markdown \
	tests/check_one_cpu \
	tests/check_park \
	tests/check_presence \
	tests/check_rlock \
	tests/check_semaphore \
	tests/check_signals \
	tests/check_spin \
	tests/check_stats \
	tests/check_table \
	tests/check_threads \
	tests/check_trace \
	tests/check_waiters
if HAVE_JANSSON
SUITES += tests/check_report
endif
SCRIPT_TESTS = \
	tests/abi.sh \
	tests/contention.sh \
	tests/headers.sh \
	tests/instructions.sh \
	tests/man.sh \
	tests/orders.sh \
	tests/readme.sh \
	tests/tsan_user.sh
TESTS += $(SCRIPT_TESTS)
MODELS = \
	tests/models/barrier.pml \
	tests/models/event.pml \
	tests/models/lock.pml \
	tests/models/park.pml \
	tests/models/rlock.pml \
	tests/models/semaphore.pml \
	tests/models/waiters.pml
EXTRA_DIST += $(SCRIPT_TESTS) $(MODELS) tests/instructions.c tests/models.sh \
	tests/support/tap.sh tests/tsan_user.c tests/user.c tests/user.cc \
	tests/wakes.sh

if HAVE_CHECK
check_PROGRAMS += $(SUITES)
TESTS += $(SUITES)

# The suites link the library's objects as such, since some look inside.
LDADD = tests/libsupport.la
check_LTLIBRARIES += tests/libsupport.la
tests_libsupport_la_SOURCES = \
	tests/support/child.c \
	tests/support/child.h \
	tests/support/contest.c \
	tests/support/contest.h \
	tests/support/handler.c \
	tests/support/handler.h \
	tests/support/kinds.c \
	tests/support/kinds.h \
	tests/support/locking.c \
	tests/support/locking.h \
	tests/support/pace.c \
	tests/support/pace.h \
	tests/support/page.c \
	tests/support/page.h \
	tests/support/require.h \
	tests/support/step.c \
	tests/support/step.h \
	tests/support/suite.c \
	tests/support/suite.h \
	tests/support/thread.c \
	tests/support/thread.h \
	tests/support/tokens.c \
	tests/support/tokens.h \
	tests/support/waiting.c \
	tests/support/waiting.h
tests_libsupport_la_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
tests_libsupport_la_LIBADD = lib/libcore.la $(CHECK_LIBS) $(PTHREAD_LIBS)

# What the benchmark makes of its measurements.
tests_check_analysis_LDADD = bench/libreport.la tests/libsupport.la
tests_check_compare_LDADD = bench/libreport.la tests/libsupport.la
tests_check_goals_LDADD = bench/libreport.la tests/libsupport.la
tests_check_histogram_LDADD = bench/libreport.la tests/libsupport.la
tests_check_markdown_LDADD = bench/libreport.la tests/libsupport.la
tests_check_report_LDADD = bench/libreport.la tests/libsupport.la
tests_check_stats_LDADD = bench/libreport.la tests/libsupport.la
tests_check_table_LDADD = bench/libreport.la tests/libsupport.la
tests_check_trace_LDADD = bench/librun.la bench/libreport.la tests/libsupport.la
else
check-local:
	@echo 'The tests need Check (libcheck); configure did not find it.'
	@exit 1
endif
