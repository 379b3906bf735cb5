# The tests of simulated cores.

if EXPLORE
if HAVE_CHECK
check_PROGRAMS += tests/sim/check_mesi
TESTS += tests/sim/check_mesi
tests_sim_check_mesi_LDADD = lib/explore/libmesi.la tests/libsupport.la
endif
endif
