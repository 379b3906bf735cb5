# The examples: built with everything, and by installcheck as a user would.

EXAMPLE_LIBS = lib/libinterlock.la $(PTHREAD_LIBS)

noinst_PROGRAMS += \
	examples/bank/03-guards \
	examples/bank/06-check-then-act \
	examples/bank/11-four-tellers \
	examples/bounded_buffer \
	examples/connection_pool \
	examples/first \
	examples/phases \
	examples/start_signal

# Of the bank's lessons, some that are right and end; tests/explore/bank.sh
# builds them all.
examples_bank_03_guards_LDADD = $(EXAMPLE_LIBS)
examples_bank_06_check_then_act_LDADD = $(EXAMPLE_LIBS)
examples_bank_11_four_tellers_LDADD = $(EXAMPLE_LIBS)

examples_bounded_buffer_LDADD = $(EXAMPLE_LIBS)
examples_connection_pool_LDADD = $(EXAMPLE_LIBS)
examples_first_LDADD = $(EXAMPLE_LIBS)
examples_phases_LDADD = $(EXAMPLE_LIBS)
examples_start_signal_LDADD = $(EXAMPLE_LIBS)

BANK_LESSONS = \
	examples/bank/01-lost-update.c \
	examples/bank/02-textbook.c \
	examples/bank/02-three-instructions.c \
	examples/bank/03-barrier.c \
	examples/bank/03-event.c \
	examples/bank/03-guards.c \
	examples/bank/03-three-tellers.c \
	examples/bank/04-heisenbug.c \
	examples/bank/05-passing-test.c \
	examples/bank/06-check-then-act.c \
	examples/bank/07-torn-audit.c \
	examples/bank/08-wrong-lock.c \
	examples/bank/09-back-off.c \
	examples/bank/09-deadlock.c \
	examples/bank/10-foreign-release.c \
	examples/bank/10-self-deadlock.c \
	examples/bank/11-forgotten-release.c \
	examples/bank/11-four-tellers.c \
	examples/bank/11-over-release.c \
	examples/bank/12-clear.c \
	examples/bank/12-payday.c \
	examples/bank/13-lost-wakeup.c \
	examples/bank/14-if.c \
	examples/bank/14-notify.c \
	examples/bank/14-spurious.c \
	examples/bank/15-queue.c \
	examples/bank/15-sentinel.c \
	examples/bank/15-task-done.c \
	examples/bank/16-read-before-join.c \
	examples/bank/17-dead-party.c \
	examples/bank/17-home-made-barrier.c \
	examples/bank/18-futex-mutex.c \
	examples/bank/19-correct-and-slow.c \
	examples/bank/20-you-are-the-scheduler.c

EXTRA_DIST += examples/installcheck.sh $(BANK_LESSONS)

# make installcheck [DESTDIR=...], after the same make install.
installcheck-local:
	@CC='$(CC) $(CFLAGS)' PKG_CONFIG='$(PKG_CONFIG)' DESTDIR='$(DESTDIR)' \
	prefix='$(prefix)' includedir='$(includedir)' libdir='$(libdir)' \
	pkgconfigdir='$(pkgconfigdir)' \
	  $(SHELL) $(srcdir)/examples/installcheck.sh $(srcdir)/examples
