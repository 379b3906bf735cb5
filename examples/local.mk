# The examples: built with everything, and by installcheck as a user would.

EXAMPLE_LIBS = lib/libinterlock.la $(PTHREAD_LIBS)

noinst_PROGRAMS += \
	examples/bank/bank \
	examples/bank/transfer \
	examples/bounded_buffer \
	examples/connection_pool \
	examples/first \
	examples/phases \
	examples/start_signal

examples_bank_bank_SOURCES = \
	examples/bank/account.c \
	examples/bank/account.h \
	examples/bank/bank.c \
	examples/bank/cpus.c \
	examples/bank/cpus.h \
	examples/bank/tellers.c \
	examples/bank/tellers.h
examples_bank_bank_LDADD = $(EXAMPLE_LIBS)

examples_bank_transfer_LDADD = $(EXAMPLE_LIBS)

examples_bounded_buffer_LDADD = $(EXAMPLE_LIBS)
examples_connection_pool_LDADD = $(EXAMPLE_LIBS)
examples_first_LDADD = $(EXAMPLE_LIBS)
examples_phases_LDADD = $(EXAMPLE_LIBS)
examples_start_signal_LDADD = $(EXAMPLE_LIBS)

EXTRA_DIST += examples/installcheck.sh

# make installcheck [DESTDIR=...], after the same make install.
installcheck-local:
	@CC='$(CC) $(CFLAGS)' PKG_CONFIG='$(PKG_CONFIG)' DESTDIR='$(DESTDIR)' \
	prefix='$(prefix)' includedir='$(includedir)' libdir='$(libdir)' \
	pkgconfigdir='$(pkgconfigdir)' \
	  $(SHELL) $(srcdir)/examples/installcheck.sh $(srcdir)/examples
