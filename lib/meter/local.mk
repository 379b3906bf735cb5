# The loss meter: a program that is linked with this library runs again and
# again on real threads, and says how often it ended how.

if EXPLORE
lib_LTLIBRARIES += lib/meter/libinterlock-meter.la
lib_meter_libinterlock_meter_la_SOURCES = \
	lib/meter/globals.c \
	lib/meter/main.c \
	lib/meter/meter.h \
	lib/meter/pool.c \
	lib/meter/round.c \
	lib/meter/table.c
lib_meter_libinterlock_meter_la_CFLAGS = $(AM_CFLAGS) -fvisibility=hidden
# Shared only, as the explorer: its variables are not the program's.
lib_meter_libinterlock_meter_la_LIBTOOLFLAGS = --tag=disable-static
lib_meter_libinterlock_meter_la_LDFLAGS = -shared -no-undefined \
	-version-info $(LT_TRIPLE)
lib_meter_libinterlock_meter_la_LIBADD = $(DL_LIBS) $(PTHREAD_LIBS) -lm

# The command that compiles, and runs either.
bin_SCRIPTS += lib/explore/il-explore
CLEANFILES += lib/explore/il-explore
lib/explore/il-explore: lib/explore/il-explore.in Makefile
	$(AM_V_GEN)$(MKDIR_P) lib/explore
	$(AM_V_at)sed -e 's|@libdir[@]|$(libdir)|' \
	  -e 's|@includedir[@]|$(includedir)|' \
	  -e 's|@abs_top_srcdir[@]|$(abs_top_srcdir)|' \
	  -e 's|@PACKAGE_VERSION[@]|$(PACKAGE_VERSION)|' \
	  $(srcdir)/lib/explore/il-explore.in >$@.tmp
	$(AM_V_at)chmod +x $@.tmp && mv $@.tmp $@
endif
EXTRA_DIST += lib/explore/il-explore.in
