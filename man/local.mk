# The manual: a page for each primitive and the command, and at installation a link for every
# other name of a page's NAME line, so that `man il_lock_acquire` works.
# --program-prefix is not for the pages of a library: notrans.

MAN3 = \
	man/IL_WITH.3 \
	man/il_barrier.3 \
	man/il_bounded_semaphore.3 \
	man/il_condition.3 \
	man/il_deadline.3 \
	man/il_event.3 \
	man/il_explore_assert.3 \
	man/il_lock.3 \
	man/il_rlock.3 \
	man/il_semaphore.3 \
	man/il_version.3
notrans_dist_man_MANS = man/interlock.7 man/interlock-bank.7 $(MAN3)
if EXPLORE
man_MANS = man/il-explore.1
endif
EXTRA_DIST += man/il-explore.1

# Prints the links, each as "il_lock_acquire.3 il_lock.3".
MAN_LINKS = cd $(srcdir) && $(AWK) ' \
	/^\.SH/ { inside = / NAME/; next } \
	inside { \
	  inside = !sub(/\\-.*/, ""); \
	  gsub(/,/, ""); \
	  page = FILENAME; \
	  sub(/.*\//, "", page); \
	  for (i = 1; i <= NF; i++) \
	    if ($$i ".3" != page) \
	      print $$i ".3", page; \
	}' $(MAN3)

install-data-hook:
	@echo ' links in $(DESTDIR)$(man3dir)'
	@($(MAN_LINKS)) | while read link page; do \
	  echo ".so man3/$$page" >"$(DESTDIR)$(man3dir)/$$link" || exit 1; \
	done

uninstall-hook:
	@($(MAN_LINKS)) | while read link page; do \
	  rm -f "$(DESTDIR)$(man3dir)/$$link" || exit 1; \
	done
