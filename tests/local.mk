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
	tests/check_lock

if HAVE_CHECK
check_PROGRAMS += $(SUITES)
TESTS += $(SUITES)

# The suites link the library's objects as such, since some look inside.
LDADD = tests/libsupport.la
check_LTLIBRARIES += tests/libsupport.la
tests_libsupport_la_SOURCES = \
	tests/support/suite.c \
	tests/support/suite.h \
	tests/support/thread.c \
	tests/support/thread.h
tests_libsupport_la_CPPFLAGS = $(AM_CPPFLAGS) $(CHECK_CFLAGS)
tests_libsupport_la_LIBADD = lib/libcore.la $(CHECK_LIBS) $(PTHREAD_LIBS)
else
check-local:
	@echo 'The tests need Check (libcheck); configure did not find it.'
	@exit 1
endif
