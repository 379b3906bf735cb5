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

# Of the bank's lessons, some that are right, or cured, and end;
# tests/explore/bank.sh builds them all.
examples_bank_03_guards_LDADD = $(EXAMPLE_LIBS)
examples_bank_06_check_then_act_CPPFLAGS = $(AM_CPPFLAGS) -DFIX_ONE_BLOCK
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
	examples/bank/08-audit-lock.c \
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
	examples/bank/17-if.c \
	examples/bank/18-futex-mutex.c \
	examples/bank/19-correct-and-slow.c \
	examples/bank/20-you-are-the-scheduler.c

# Their pages, and what makes a site of them.
BANK_PAGES = \
	examples/bank/pages/01-lost-update.txt \
	examples/bank/pages/02-three-instructions.txt \
	examples/bank/pages/03-guards.txt \
	examples/bank/pages/04-heisenbug.txt \
	examples/bank/pages/05-passing-test.txt \
	examples/bank/pages/06-check-then-act.txt \
	examples/bank/pages/07-torn-audit.txt \
	examples/bank/pages/08-wrong-lock.txt \
	examples/bank/pages/09-deadlock.txt \
	examples/bank/pages/10-self-deadlock.txt \
	examples/bank/pages/11-four-tellers.txt \
	examples/bank/pages/12-payday.txt \
	examples/bank/pages/13-lost-wakeup.txt \
	examples/bank/pages/14-if.txt \
	examples/bank/pages/15-queue.txt \
	examples/bank/pages/16-read-before-join.txt \
	examples/bank/pages/17-home-made-barrier.txt \
	examples/bank/pages/18-futex-mutex.txt \
	examples/bank/pages/19-correct-and-slow.txt \
	examples/bank/pages/20-you-are-the-scheduler.txt \
	examples/bank/pages/index.txt \
	examples/bank/pages/style.css \
	examples/bank/pages/weave.sh

# The thumbnail maker, in steps; tests/explore/thumbnails.sh builds them.
THUMBNAILS = \
	examples/thumbnails/01-threads.c \
	examples/thumbnails/02-lock.c \
	examples/thumbnails/03-semaphore.c \
	examples/thumbnails/04-queue.c \
	examples/thumbnails/05-pool.c \
	examples/thumbnails/06-event.c \
	examples/thumbnails/07-barrier.c \
	examples/thumbnails/pictures.h \
	examples/thumbnails/queue.h

# Puzzles, each with its answer; tests/explore/puzzles.sh grades them.
PUZZLES = \
	examples/puzzles/01-rendezvous.answer.h \
	examples/puzzles/01-rendezvous.c \
	examples/puzzles/02-multiplex.answer.h \
	examples/puzzles/02-multiplex.c \
	examples/puzzles/03-barrier.answer.h \
	examples/puzzles/03-barrier.c \
	examples/puzzles/04-readers-writers.answer.h \
	examples/puzzles/04-readers-writers.c \
	examples/puzzles/05-philosophers.answer.h \
	examples/puzzles/05-philosophers.c \
	examples/puzzles/06-santa.answer.h \
	examples/puzzles/06-santa.c \
	examples/puzzles/07-water.answer.h \
	examples/puzzles/07-water.c

EXTRA_DIST += examples/installcheck.sh $(BANK_LESSONS) \
	$(BANK_PAGES) $(THUMBNAILS) $(PUZZLES)

# make installcheck [DESTDIR=...], after the same make install.
installcheck-local:
	@CC='$(CC) $(CFLAGS)' PKG_CONFIG='$(PKG_CONFIG)' DESTDIR='$(DESTDIR)' \
	prefix='$(prefix)' bindir='$(bindir)' includedir='$(includedir)' libdir='$(libdir)' \
	pkgconfigdir='$(pkgconfigdir)' \
	  $(SHELL) $(srcdir)/examples/installcheck.sh $(srcdir)/examples

if EXPLORE
BANK_NEEDS = lib/libinterlock.la lib/explore/libinterlock-explore.la \
	lib/meter/libinterlock-meter.la lib/explore/il-explore
IL_EXPLORE = CC='$(CC)' '$(abs_builddir)/lib/explore/il-explore'

# make bank: the first lesson.
bank: $(BANK_NEEDS)
	@cd $(srcdir)/examples/bank && echo 'examples/bank/01-lost-update.c:' && \
	  sed -n '/^static/,/^}/p' 01-lost-update.c && \
	  echo && echo '$$ il-explore run 01-lost-update.c' && \
	  { $(IL_EXPLORE) run --seconds 1 01-lost-update.c || [ $$? -eq 1 ]; } && \
	  echo && echo '$$ il-explore 01-lost-update.c' && \
	  { $(IL_EXPLORE) 01-lost-update.c || [ $$? -eq 1 ]; } && \
	  echo && echo 'And with a lock around each change, 03-guards.c:' && \
	  echo '$$ il-explore grade 01-lost-update.c 03-guards.c' && \
	  $(IL_EXPLORE) grade 01-lost-update.c 03-guards.c
	@echo
	@echo 'Be the scheduler: build/lib/explore/il-explore play' \
	  'examples/bank/01-lost-update.c'
	@echo 'All lessons, as pages: make -C build bank-pages'

# make bank-pages: the site of all lessons, in bank/.
bank-pages: $(BANK_NEEDS)
	@CC='$(CC)' $(SHELL) $(srcdir)/examples/bank/pages/weave.sh \
	  '$(abs_builddir)/lib/explore/il-explore' $(srcdir)/examples/bank bank
	@echo 'Begin with $(abs_builddir)/bank/index.html'

# make grade FILE=my.c LESSON=01: whether that cures the lesson; any other of
# its programs by name, LESSON=12-clear.  make grade FILE=my.c PUZZLE=01:
# whether that solves the puzzle.
grade: $(BANK_NEEDS)
	@test -n '$(FILE)' && test -n '$(LESSON)$(PUZZLE)' || \
	  { echo 'make grade FILE=my.c LESSON=01, or PUZZLE=01' >&2; exit 2; }
	@file='$(FILE)'; test -f "$$file" || file='$(srcdir)/$(FILE)'; \
	test -z '$(PUZZLE)' || exec env $(IL_EXPLORE) grade \
	  '$(srcdir)/examples/puzzles/$(PUZZLE)'-*.c "$$file" --strategy dpor; \
	lesson='$(srcdir)/examples/bank/$(LESSON).c'; \
	test -f "$$lesson" || for page in \
	  '$(srcdir)/examples/bank/pages/$(LESSON)'-*.txt \
	  '$(srcdir)/examples/bank/pages/0$(LESSON)'-*.txt; do \
	    test ! -f "$$page" || \
	    lesson=$(srcdir)/examples/bank/$$(basename "$$page" .txt).c; done; \
	$(IL_EXPLORE) grade "$$lesson" "$$file"
else
bank bank-pages grade:
	@echo 'Programs can be explored with glibc on Linux, and shared libraries.'
	@exit 1
endif

mostlyclean-local:
	rm -rf bank

.PHONY: bank bank-pages grade
