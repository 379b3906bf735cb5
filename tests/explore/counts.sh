#!/bin/sh
# counts.sh -- how many schedules small programs have, and how many of them go
# wrong: closed forms where there are some, else what was counted by hand or by
# another program.  Each with every compiler that is here.
# TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
programs=$SRCDIR/tests/explore/programs
explore=$BUILDDIR/lib/explore/il-explore

# lines FILE.c OPTION...: explores it with $compiler into $tmp/lines.
lines() {
    file=$1
    shift
    CC=$compiler "$explore" --quiet --lines - --seconds 600 "$@" \
        "$programs/$file.c" >"$tmp/lines" 2>"$tmp/out"
    [ $? -ne 2 ]
}

# level BOUND: "SCHEDULES FAILURES" with at most so many preemptions, or `all`.
level() {
    awk -F '\t' -v bound="$1" \
        '$1 == "level" && $2 == bound { print $4, $5; exit }' "$tmp/lines"
}

# expect NAME EXPECTED FOUND
expect() {
    [ "$2" = "$3" ]
    ok=$?
    [ "$ok" -eq 0 ] || echo "expected $2, found $3" >>"$tmp/out"
    report "$ok" "$1, $compiler: $2"
}

# counts SCHEDULES FAILURES FILE [OPTION...]: of all schedules.
counts() {
    wanted="$1 $2"
    shift 2
    lines "$@" --strategy full --schedules 100000
    expect "$*" "$wanted" "$(level all)"
}

# at BOUND SCHEDULES FAILURES FILE [OPTION...]
at() {
    bound=$1 wanted="$2 $3"
    shift 3
    lines "$@"
    expect "$* with at most $bound preemptions" "$wanted" "$(level "$bound")"
}

# ends VERDICT FILE [OPTION...]: how the failure ends.
ends() {
    wanted=$1
    shift
    lines "$@"
    expect "$* fails by" "$wanted" \
        "$(awk -F '\t' '$1 == "failure" { print $2 }' "$tmp/lines")"
}

# outcomes TEXTS FILE [OPTION...]: all that it can print.
outcomes() {
    wanted=$1
    shift
    lines "$@"
    expect "$* prints" "$wanted" "$(awk -F '\t' \
        '$1 == "outcome" { print $5 }' "$tmp/lines" | sort -n | xargs)"
}

# said: the outcomes in $tmp/lines.
said() {
    awk -F '\t' '$1 == "outcome" { print $2, $5 }' "$tmp/lines" | sort -u
}

# reduced FILE [OPTION...]: one schedule of each class says what all say.
reduced() {
    lines "$@" --strategy full --schedules 100000
    said >"$tmp/all"
    lines "$@" --strategy dpor
    said >"$tmp/some"
    same "$* says as much reduced, $compiler" "$tmp/all" "$tmp/some"
}

# traces NUMBER FILE [OPTION...]: how many classes there are.
traces() {
    wanted=$1
    shift
    reduced "$@"
    expect "$* reduced" "$wanted" \
        "$(awk -F '\t' '$1 == "level" && $6 == "complete" { print $4 }' \
            "$tmp/lines")"
}

# Two threads of two steps: 4! / (2! 2!).  No header of ours.
closed_forms() {
    counts 6 4 lost_update
    at 0 2 0 lost_update
    at 1 4 2 lost_update
    outcomes '70 120 150' lost_update
    one='-DTELLERS=2 -DDEPOSITS=1' many='-DTELLERS=3 -DDEPOSITS=2'
    counts 6 4 tellers $one
    counts 6 4 tellers $one -DRELAXED
    counts 2 0 tellers $one -DATOMIC
    counts 34650 34560 tellers $many # 12! / 4!^3; right in 3! 15 of them
    counts 90 0 tellers $many -DGUARD_LOCK
    counts 90 0 tellers $many -DATOMIC # 6! / 2!^3, both
}

# What excludes leaves the order of the sections; what does not is found out,
# an event at two preemptions only.
guards() {
    for guard in LOCK RLOCK SEMAPHORE BOUNDED CONDITION MUTEX RECURSIVE SPIN \
        RWLOCK SEM MTX; do
        counts 2 0 tellers $one -DGUARD_$guard
    done
    counts 70 36 tellers $one -DGUARD_READ # 8! / (4! 4!)
    counts 142 72 tellers $one -DGUARD_EVENT
    at 1 4 0 tellers $one -DGUARD_EVENT
    at 2 12 2 tellers $one -DGUARD_EVENT
}

mistakes() {
    counts 15 5 audit # 6! / (4! 2!)
    counts 2 0 audit -DGUARD_LOCK
    counts 6 2 deadlock
    counts 2 0 deadlock -DORDERED
    ends deadlock deadlock
    counts 7 2 lost_wakeup
    counts 3 0 lost_wakeup -DINSIDE
    ends deadlock lost_wakeup
    for library in INTERLOCK POSIX; do
        counts 240 14 queue -DTEST=if -D$library
        counts 272 0 queue -DTEST=while -D$library
        counts 60 0 barrier -D$library
    done
    counts 348 12 barrier -DHOME
    at 0 2 0 barrier
    counts 202 84 over_release
    counts 134 134 over_release -DBOUNDED
}

memory() {
    counts 1 0 private
    counts 6 4 main_stack
    counts 2 0 copy
    outcomes '11 22' copy
    ends 'data race' bits --races
    counts 924 0 files # 12! / (6! 6!)
    counts 2 1 freed
    ends crash freed
    counts 1 0 again
    outcomes 2 sort --tso
    counts 8 0 cleanup # the last step of who is first can be at 4 places
    counts 3 2 destroyed
    ends misuse destroyed
    misuses
}

# What is refused, and what takes its answer from elsewhere, proves nothing; what
# is printed is a step if somebody asks for it.
limits() {
    counts 6 4 strings
    reduced strings
    counts 2 0 strings -DFORMAT
    outcomes 'not seen seen' strings -DFORMAT
    for call in CANCEL FORK TRY_JOIN READ OWN OWN_BEFORE KILL ALARM RAISE POLL MAP \
        ROBUST; do
        ends wrong refused -D$call
        expect "refused -D$call says so" 1 \
            "$(grep -c "^failure.*that can't be\|^failure.* can't be" \
                "$tmp/lines")"
    done
    ends livelock refused -DENDLESS
    counts 1 0 refused -DPRINTS
    counts 2 1 refused -DPRINTS --expect main
    lines refused -DRANDOM
    expect 'refused -DRANDOM proves' none \
        "$(awk -F '\t' '$1 == "proof" { print $2 }' "$tmp/lines")"
}

# fair FILE [OPTION...]: the proof says that who waits is to let others go on.
fair() {
    lines "$@"
    expect "$* is fair" "all fair" "$(awk -F '\t' \
        '$1 == "proof" { printf "%s ", $2 } $1 == "fair"' "$tmp/lines")"
}

# proves FILE [OPTION...]: without that.
proves() {
    lines "$@"
    expect "$* is proven" "all " "$(awk -F '\t' \
        '$1 == "proof" { printf "%s ", $2 } $1 == "fair"' "$tmp/lines")"
}

loops() {
    proves spin
    proves loops
    proves loops -DSLEEPS
    for rounds in -DLINE '-DROUNDS=4' '-DROUNDS=4 -DSLEEPS'; do
        outcomes 'gave up saw' loops $rounds
        proves loops $rounds
    done
    for rounds in '-DROUNDS=100' '-DROUNDS=100 -DSLEEPS'; do
        outcomes saw loops $rounds
        fair loops $rounds
    done
    reduced loops -DSLEEPS
}

waits() {
    counts 3 0 time_out
    outcomes '0 0 1 1' time_out
    counts 6 4 sleep
    outcomes '70 120 150' sleep
    counts 3 0 spin
    loops
    counts 6 0 oracle
    counts 6 6 oracle -DTOKENS=3
    outcomes '-1 -2 3 1' c11 --bound 1
}

# An error is a failure if it makes no difference to the program, or if not
# every system would answer it.
misuses() {
    counts 1 1 misuse
    counts 1 0 misuse --no-misuse
    counts 1 0 misuse -DLOOKS
    counts 1 0 misuse -DSAYS
    counts 1 1 misuse -DCHECKED
    counts 1 0 misuse -DCHECKED -DLOOKS
    counts 1 1 misuse -DPLAIN -DLOOKS
    counts 1 1 misuse -DPREDICATE
    counts 1 0 misuse -DPREDICATE -DLOOKS
    counts 3 1 misuse -DSOMETIMES # given back first, of three orders
}

# What a round and a notify promise, whoever is late.
promises() {
    counts 7 0 timed_notify
    outcomes 'late notified' timed_notify
    counts 94 0 rounds
    outcomes '00 10 11' rounds
    counts 43 0 rounds -DTIMED
    outcomes '00 10 11' rounds -DTIMED
    counts 6 0 rounds -DFAILS
    outcomes 10 rounds -DFAILS
}

# R W || R W has four traces, of its six orders two pairs are alike.
reductions() {
    traces 4 lost_update
    traces 4 audit
    traces 3 deadlock
    traces 20 tellers $one -DGUARD_EVENT
    traces 34 queue -DTEST=if
    traces 34 queue -DTEST=while
    traces 50 over_release
    traces 20 barrier
    traces 20 barrier -DHOME
    traces 70 rounds
    traces 21 rounds -DTIMED
    traces 5 timed_notify
    traces 3 destroyed
    traces 3 spin
    reduced c11
}

for compiler in $(here gcc clang); do
    closed_forms
    guards
    mistakes
    memory
    limits
    waits
    promises
    reductions
done
plan
