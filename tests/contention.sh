#!/bin/sh
# contention.sh -- bench/contention takes its arguments, prints a row for each
# primitive, and reports a lock that does not lock.  TAP; needs SRCDIR and
# BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
contention=$BUILDDIR/bench/contention
primitives='lock rlock semaphore bounded_semaphore event condition barrier'

# ok NAME COMMAND...: the command succeeds.
ok() {
    name=$1
    shift
    "$@"
    status=$?
    [ -f "$tmp/err" ] && cat "$tmp/err" >>"$tmp/out"
    report $status "$name"
}

# runs STATUS ARGUMENT...: contention with these arguments exits with STATUS.
runs() {
    expected=$1
    shift
    "$contention" "$@" >"$tmp/out" 2>"$tmp/err"
    [ $? -eq "$expected" ]
}

# refuses ARGUMENT...: one sentence on stderr, nothing on stdout, and 2.
refuses() {
    runs 2 "$@" && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" -eq 1 ] &&
        grep -q '^contention: .*\.$' "$tmp/err"
}

lists_all() {
    runs 0 --list || return
    for p in $primitives interlock pthread; do
        grep -Eq "^  $p( |\$)" "$tmp/out" || return
    done
    ! grep -q broken "$tmp/out"
}

# short ARGUMENT...: a run of an instant.
short() {
    runs 0 --quick --seconds 0.002 --blocks 2 "$@"
}

# has_row THREADS PEER: a row with a rate and a fairness.
has_row() {
    grep -Eq "^ *$1  $2 +[0-9.]+[kM]? +[01]\.[0-9][0-9] " "$tmp/out"
}

measures() {
    short --primitive "$1" --threads "$2" &&
        has_row "$2" interlock && has_row "$2" pthread &&
        grep -q '^verdict  interlock against pthread' "$tmp/out"
}

narrow() {
    short && [ "$(awk 'length > 80' "$tmp/out" | wc -l)" -eq 0 ]
}

judges() {
    runs 0 --primitive lock --threads 1 --blocks 6 --seconds 0.005 &&
        grep -Eq '^  1  interlock .*  (faster|slower|no difference shown)$' \
            "$tmp/out"
}

# With sections this long two threads are in there together all the time, and
# on one processor whenever one of them is suspended.
finds_broken() {
    TSAN_OPTIONS="$TSAN_OPTIONS report_bugs=0" \
        runs 1 --peer broken --primitive lock --threads 2 --cs 5000 --ncs 0 \
        --blocks 5 --seconds 0.05 &&
        grep -q '^  2  broken  *BROKEN: ' "$tmp/out" &&
        grep -q '^BROKEN   lock of broken, threads 2:$' "$tmp/out" &&
        ! grep -q 'pthread *BROKEN' "$tmp/out"
}

ok 'an unknown option is refused' refuses --frob
ok 'an argument that is no option is refused' refuses lock
ok 'an option without its value is refused' refuses --threads
ok 'no threads are refused' refuses --threads 0
ok 'a list with a hole is refused' refuses --threads 1,,2
ok 'a number with a tail is refused' refuses --blocks 3x
ok 'an unknown primitive is refused' refuses --primitive lock,mutex
ok 'an unknown peer is refused' refuses --peer nobody
ok 'an unknown baseline is refused' refuses --against nobody
ok 'a time of nothing is refused' refuses --seconds 0
ok 'a time that is no number is refused' refuses --seconds nan
ok 'a negative section is refused' refuses --cs -1
ok 'pairs of three are refused' refuses --primitive event --threads 3
ok 'help is given' runs 0 --help
ok 'each primitive and peer is listed' lists_all
for p in $primitives; do
    ok "$p is measured alone" measures "$p" 1
    ok "$p is measured with four threads" measures "$p" 4
done
ok 'the whole table has 80 columns' narrow
ok 'a row has its verdict in words' judges
ok 'a lock that does not lock is reported' finds_broken
plan
