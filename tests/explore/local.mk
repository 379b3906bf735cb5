# The tests of the explorer.

if EXPLORE
endif
