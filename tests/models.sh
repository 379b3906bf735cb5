#!/bin/sh
# models.sh -- the models of the hard protocols hold in every order of steps,
# and a mistake in one is found.
#
# Each model of tests/models is explored by spin (G. Holzmann, "The Model
# Checker SPIN", 1997), in several sizes; its name says how many states there
# were.  Then with each of its seeded mistakes in turn, where spin has to find
# an order of steps that fails: a model that can't fail shows nothing.  TAP;
# needs SRCDIR, and CC if that is not cc; takes a minute or two, so it is a
# target of its own, make check-models.
#
# SPDX-License-Identifier: MIT

set -u
. "$SRCDIR/tests/support/tap.sh"

if ! command -v spin >/dev/null 2>&1; then
    skip 'the models' 'there is no spin here'
    plan
    exit 0
fi
cd "$tmp" || exit 99

# explore MODEL DEFINES SEARCH: explores it, so defined, until an error.  What
# spin says is in out.  SEARCH are flags for its C program.  An order of more
# than 10000 steps, or more than 1.8 GB, is an error.
explore() {
    rm -f pan ./*.trail
    # shellcheck disable=SC2086
    spin $2 -a "$SRCDIR/tests/models/$1.pml" >out 2>&1 &&
        ${CC:-cc} -O1 -w -DSAFETY -DMEMLIM=1800 $3 -o pan pan.c >>out 2>&1 &&
        ./pan -m10000 -b >>out 2>&1
}

# states: how many there were, as pan says.
states() {
    awk '/states, stored/ { print $1 }' out
}

# holds MODEL DEFINES [SEARCH]: nothing fails, and nothing was left out.
holds() {
    explore "$1" "$2" "${3:--DCOLLAPSE}"
    grep -q 'errors: 0$' out &&
        ! grep -qE 'max search depth|out of memory|Search not completed' out
    report $? "$1 $2: $(states) states${3:+, $(coverage)}"
}

# coverage: what a search by hash values alone says of itself.
coverage() {
    sed -n 's/^hash factor: \([^ ]*\).*/by bits, hash factor \1/p' out
}

# finds MODEL MISTAKE DEFINES: a thread sleeps for ever or an assertion fails.
finds() {
    explore "$1" "-D$2 $3" -DCOLLAPSE
    how=$(sed -n 's/^pan:1: \(.*\) (at depth.*/\1/p' out)
    case $how in
    'invalid end state'* | 'assertion violated'*) true ;;
    *) false ;;
    esac
    report $? "$1 $3 with $2: ${how:-nothing found}"
}

holds lock '-DTHREADS=2 -DROUNDS=3 -DTIMED=2'
holds lock '-DTHREADS=2 -DROUNDS=3 -DTIMED=2 -DSYMMETRIC'
holds lock '-DTHREADS=3 -DROUNDS=2 -DTIMED=1'
holds lock '-DTHREADS=3 -DROUNDS=2 -DTIMED=1 -DLIFETIME'
holds lock '-DTHREADS=4 -DROUNDS=1 -DTIMED=2'
for mistake in NO_FENCE EARLY_SWITCH NO_RECHECK EARLY_WAKE BLIND_REOPEN \
    FORGET_WAITED HEIR_STAYS HEIR_LEAVES PARK_ON_GRANT TIMEOUT_EATS; do
    finds lock $mistake '-DTHREADS=3'
done
finds lock LATE_TOUCH '-DTHREADS=2 -DLIFETIME'

holds semaphore '-DTHREADS=2 -DTOKENS=1 -DTIMED=2'
holds semaphore '-DTHREADS=3 -DTOKENS=1 -DTIMED=1'
holds semaphore '-DTHREADS=3 -DTOKENS=2 -DTIMED=2'
holds semaphore '-DTHREADS=4 -DTIMED=1 -DLIFETIME'
for mistake in NO_COUNT FORGET_COUNT WAKE_AT_ZERO WAKE_ONE SHARED_LOOK; do
    finds semaphore $mistake '-DTHREADS=3'
done
finds semaphore LATE_LOOK '-DTHREADS=2 -DLIFETIME'

holds event '-DTHREADS=2 -DTIMED=1'
holds event '-DTHREADS=3 -DTIMED=1'
holds event '-DTHREADS=4 -DTIMED=1'
holds event '-DTHREADS=3 -DTIMED=1 -DLIFETIME'
holds event '-DQUEUE'
for mistake in NO_GENERATION NO_MARK CLEAR_ALL WAKE_ONE; do
    finds event $mistake '-DTHREADS=2'
done
finds event NO_LAST_LOOK '-DTHREADS=2 -DTIMED=1'
finds event LATE_LOOK '-DTHREADS=2 -DLIFETIME'
finds event ELIDE '-DQUEUE'

holds waiters '-DTHREADS=2 -DTIMED=1'
holds waiters '-DTHREADS=3 -DTIMED=2'
holds waiters '-DTHREADS=3 -DTIMED=1 -DBATCH=2'
holds waiters '-DTHREADS=4 -DTIMED=2'
holds waiters '-DTHREADS=3 -DTIMED=2 -DOUTSIDE'
holds waiters '-DTHREADS=3 -DTIMED=1 -DBATCH=2 -DOUTSIDE'
for mistake in STORE_MARK TWO_STEPS KEEP_LINK TRUST_TIMEOUT STAY_QUEUED \
    LATE_ADD GIVE_LATE; do
    finds waiters $mistake '-DTHREADS=3'
done
finds waiters LATE_NEXT '-DTHREADS=3 -DOUTSIDE'
finds waiters NO_DEBT '-DTHREADS=3 -DOUTSIDE'

plan
exit $((failed > 0))
