# The primitives' own sources, each access of theirs to shared memory a step,
# for programs that the explorer runs word by word.  A wait sleeps at once: that
# spinning only delays it is a matter of the clock, which stands still here; and
# an RLock is biased from the second acquire on.

if EXPLORE
lib_LTLIBRARIES += lib/explore/libinterlock-words.la
lib_explore_libinterlock_words_la_SOURCES = $(lib_libcore_la_SOURCES)
EXTRA_lib_explore_libinterlock_words_la_DEPENDENCIES = Makefile
lib_explore_libinterlock_words_la_CPPFLAGS = $(AM_CPPFLAGS) \
	-DIL_LOCK_PAUSES=1 -DIL_LOCK_YIELDS=0 -DIL_LOOKS=1 \
	-DIL_YIELDS_TRIED=0 -DIL_CROWD_YIELDS=0 \
	-DIL_RLOCK_FIRST=1
lib_explore_libinterlock_words_la_CFLAGS = $(AM_CFLAGS) -g -O1 \
	-fsanitize=thread
lib_explore_libinterlock_words_la_LDFLAGS = -static
endif
