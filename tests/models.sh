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

# explore OPTIMIZE MODEL DEFINE...: explores it, so defined, until an error.
# What spin says is in out.  An order of more than 10000 steps, or more than
# 1.8 GB, is an error.
explore() {
    optimize=$1 file=$SRCDIR/tests/models/$2.pml
    shift 2
    rm -f pan
    spin "$@" -a "$file" >out 2>&1 &&
        ${CC:-cc} "$optimize" -w -DSAFETY -DCOLLAPSE -DMEMLIM=1800 -o pan \
            pan.c >>out 2>&1 &&
        ./pan -m10000 -b >>out 2>&1
}

# holds MODEL DEFINE...: nothing fails, and nothing was left out.
holds() {
    explore -O1 "$@"
    grep -q 'errors: 0$' out &&
        ! grep -qE 'max search depth|out of memory|Search not completed' out
    report $? "$*: $(awk '/states, stored/ { print $1 }' out) states"
}

# finds MODEL MISTAKE DEFINE...: a thread sleeps for ever, or an assertion
# fails.  That is soon found: to compile takes longer.
finds() {
    model=$1 mistake=$2
    shift 2
    explore -O0 "$model" "-D$mistake" "$@"
    how=$(sed -n 's/^pan:1: \(.*\) (at depth.*/\1/p' out)
    case $how in
    'invalid end state'* | 'assertion violated'*) true ;;
    *) false ;;
    esac
    report $? "$model $* with $mistake: ${how:-nothing found}"
}

holds lock -DTHREADS=2 -DROUNDS=3 -DTIMED=2
holds lock -DTHREADS=2 -DROUNDS=3 -DTIMED=2 -DSYMMETRIC
holds lock -DTHREADS=3 -DROUNDS=2 -DTIMED=1
holds lock -DTHREADS=3 -DROUNDS=1 -DTIMED=2 -DLIFETIME
holds lock -DTHREADS=4 -DROUNDS=1 -DTIMED=2
for mistake in NO_FENCE EARLY_SWITCH NO_RECHECK EARLY_WAKE BLIND_REOPEN \
    FORGET_WAITED HEIR_STAYS HEIR_LEAVES PARK_ON_GRANT TIMEOUT_EATS; do
    finds lock $mistake -DTHREADS=3
done
finds lock LATE_TOUCH -DTHREADS=2 -DLIFETIME

holds rlock -DTHREADS=2 -DROUNDS=3
holds rlock -DTHREADS=3 -DROUNDS=2 -DTIMED=0
holds rlock -DTHREADS=3 -DROUNDS=2
holds rlock -DTHREADS=3 -DROUNDS=2 -DLIFETIME
holds rlock -DTHREADS=4 -DROUNDS=1 -DTIMED=1
for mistake in NO_FENCE NO_SECOND_LOOK NO_ANNOUNCE NO_LATE_LOOK QUIET_BACK \
    QUIET_GIVE_UP KEEP_CANDIDATE STEAL BLIND_GIVE_UP BIAS_AGAIN; do
    finds rlock $mistake -DTHREADS=3
done
finds rlock LATE_TOUCH -DTHREADS=2 -DLIFETIME

holds semaphore -DTHREADS=2 -DTOKENS=1 -DTIMED=2
holds semaphore -DTHREADS=3 -DTOKENS=1 -DTIMED=1
holds semaphore -DTHREADS=3 -DTOKENS=2 -DTIMED=2
holds semaphore -DTHREADS=4 -DTIMED=1 -DLIFETIME
for mistake in NO_COUNT FORGET_COUNT WAKE_AT_ZERO WAKE_ONE SHARED_LOOK; do
    finds semaphore $mistake -DTHREADS=3
done
finds semaphore LATE_LOOK -DTHREADS=2 -DLIFETIME

holds event -DTHREADS=2 -DTIMED=1
holds event -DTHREADS=3 -DTIMED=1
holds event -DTHREADS=4 -DTIMED=1
holds event -DTHREADS=3 -DTIMED=1 -DLIFETIME
holds event -DQUEUE
for mistake in NO_GENERATION NO_MARK CLEAR_ALL WAKE_ONE; do
    finds event $mistake -DTHREADS=2
done
finds event NO_LAST_LOOK -DTHREADS=2 -DTIMED=1
finds event LATE_LOOK -DTHREADS=2 -DLIFETIME
finds event ELIDE -DQUEUE

holds waiters -DTHREADS=2 -DTIMED=1
holds waiters -DTHREADS=3 -DTIMED=2
holds waiters -DTHREADS=3 -DTIMED=1 -DBATCH=2
holds waiters -DTHREADS=4 -DTIMED=2
holds waiters -DTHREADS=3 -DTIMED=2 -DOUTSIDE
holds waiters -DTHREADS=3 -DTIMED=1 -DBATCH=2 -DOUTSIDE
for mistake in STORE_MARK TWO_STEPS KEEP_LINK TRUST_TIMEOUT STAY_QUEUED \
    LATE_ADD GIVE_LATE; do
    finds waiters $mistake -DTHREADS=3
done
finds waiters LATE_NEXT -DTHREADS=3 -DOUTSIDE
finds waiters NO_DEBT -DTHREADS=3 -DOUTSIDE

holds barrier -DTHREADS=2 -DROUNDS=2 -DTIMED=2
holds barrier -DTHREADS=3 -DROUNDS=2 -DTIMED=1
holds barrier -DTHREADS=3 -DTIMED=2 -DACTION
holds barrier -DTHREADS=3 -DTIMED=0 -DACTION -DABORT
holds barrier -DTHREADS=3 -DTIMED=0 -DRESET
holds barrier -DTHREADS=4 -DTIMED=2
holds barrier -DTHREADS=4 -DTIMED=1 -DGATE
for mistake in NO_GUARD BLIND_GIVE_UP KEEP_QUEUED LATE_LEAVE LATE_NEXT; do
    finds barrier $mistake -DTHREADS=2
done
for mistake in NO_GATE FORGET_KNOCK; do
    finds barrier $mistake -DTHREADS=4 -DGATE
done

plan
exit $((failed > 0))
