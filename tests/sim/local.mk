# The tests of `contention sim`.

TESTS += tests/sim/sim.sh
EXTRA_DIST += tests/sim/sim.sh

if HAVE_CHECK
check_PROGRAMS += tests/sim/check_laws
TESTS += tests/sim/check_laws
tests_sim_check_laws_LDADD = bench/libreport.la tests/libsupport.la
endif
if EXPLORE
if HAVE_CHECK
check_PROGRAMS += tests/sim/check_mesi
TESTS += tests/sim/check_mesi
tests_sim_check_mesi_LDADD = lib/explore/libmesi.la tests/libsupport.la
endif
endif
