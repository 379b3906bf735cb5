#!/bin/sh
# sim.sh -- contention sim: the counts of locks on simulated cores follow the
# laws that are known of them, are the same each time, and tell a lock with a
# fault.  TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
contention=$BUILDDIR/bench/contention
if [ ! -x "$contention" ]; then
    echo '1..0 # SKIP bench/contention was not built: jansson is not there'
    exit 0
fi

# runs STATUS ARGUMENT...: contention sim exits with STATUS.
runs() {
    expected=$1
    shift
    "$contention" sim "$@" >"$tmp/out" 2>"$tmp/err"
    status=$?
    cat "$tmp/err" >>"$tmp/out"
    [ $status -eq "$expected" ]
}

# check NAME COMMAND...
check() {
    name=$1
    shift
    "$@"
    report $? "$name"
}

# says WORD ARGUMENT...: it is refused in one sentence that has the word.
says() {
    word=$1
    shift
    runs 2 "$@" && [ "$(wc -l <"$tmp/out")" -eq 1 ] &&
        grep -q '^contention: .*\.$' "$tmp/out" && grep -qF -e "$word" "$tmp/out"
}

if [ ! -x "$BUILDDIR/bench/sim/textbook" ]; then
    check 'where the explorer is not built it says so' says 'not built'
    plan
    exit $failed
fi

# figures NAME ARGUMENT...: simulates, into $tmp/NAME.
figures() {
    file=$tmp/$1
    shift
    runs 0 "$@" --csv "$file"
}

# mean KEY LOCK CORES FILE: of the seeds.
mean() {
    awk -F, -v key="$1" -v lock="$2" -v cores="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["peer"] == lock && $at["cores"] == cores { sum += $at[key]; n++ }
        END { if (n) print sum / n; else print "none" }' "$tmp/$4"
}

# is EXPRESSION: awk finds it true.
is() {
    awk "BEGIN { exit !($1) }" || {
        echo "not so: $1" >>"$tmp/out"
        return 1
    }
}

# constant LOCK FILE: as many references with 8 cores as with 64, within 5 %.
constant() {
    for n in 16 32 64; do
        is "($(mean references "$1" $n "$2") / \
$(mean references "$1" 8 "$2") - 1) ^ 2 < 0.0025" || return
    done
}

# linear LOCK SLOPE FILE: so many more for each core more, within 15 %.
linear() {
    for n in 16 32 64; do
        is "(($(mean references "$1" $n "$3") - \
$(mean references "$1" 8 "$3")) / ($n - 8) / $2 - 1) ^ 2 < 0.0225" || return
    done
}

# near X Y: within 1 %.
near() {
    is "(($1) / $2 - 1) ^ 2 < 0.0001"
}

# Two files of one simulation, and of another one.
repeats() {
    figures once --locks drepper,il,tas --cores 8 --seeds 2 --json "$tmp/j1" &&
        figures again --locks drepper,il,tas --cores 8 --seeds 2 \
            --json "$tmp/j2" &&
        cmp "$tmp/once" "$tmp/again" && cmp "$tmp/j1" "$tmp/j2" &&
        [ "$(grep -c drepper "$tmp/once")" -eq 2 ] &&
        is "$(awk -F, '/drepper/ { print $10 }' "$tmp/once" | uniq | wc -l) == 2"
}

# Locks sleep by futexes, or they do not.
sleeps() {
    for lock in il drepper spin-40; do
        [ $lock = il ] && lock=interlock
        is "$(mean futexes $lock 64 laws) > 0.5 && \
$(mean switches $lock 64 laws) > 0.1" || return
    done
    for lock in tas ttas ticket mcs clh; do
        is "$(mean futexes $lock 64 laws) == 0 && \
$(mean switches $lock 64 laws) == 0" || return
    done
}

# Alone nobody asks for anything.
alone() {
    figures alone --cores 1 --seeds 1 &&
        for lock in interlock drepper mcs tas; do
            is "$(mean references $lock 1 alone) == 0" || return
        done
}

# Of as many references some take longer.
sockets() {
    figures near --locks mcs --cores 16 --seeds 2 &&
        figures far --locks mcs --cores 16 --seeds 2 --sockets 2 &&
        near "$(mean references mcs 16 near)" "$(mean references mcs 16 far)" &&
        is "$(mean ns mcs 16 far) > 1.5 * $(mean ns mcs 16 near)"
}

lines() {
    figures lines --locks mcs --cores 16 --seeds 2 --lines 4 &&
        near "$(mean references mcs 16 lines) - 3" \
            "$(mean references mcs 16 laws)"
}

works() {
    figures works --locks mcs --cores 2 --seeds 2 --cs 10000 &&
        is "$(mean ns mcs 2 works) > 10000 && $(mean ns mcs 2 works) < 12000"
}

costs() {
    figures costs --locks ticket --cores 8 --seeds 2 --costs transfer=220 &&
        is "$(mean ns ticket 8 costs) > 1.8 * $(mean ns ticket 8 laws)"
}

# Who is known to look on is not simulated in each look, to the same end.
patient() {
    for patience in 200 4000000000; do
        "$BUILDDIR/bench/sim/textbook" run ttas cores=4 seed=1 cs=20000 \
            turns=100 warm_up=10 hit=1 locked=5 transfer=110 pause=25 \
            patience=$patience >"$tmp/$patience" || return
    done
    cat "$tmp/200" "$tmp/4000000000" >"$tmp/out"
    cmp "$tmp/200" "$tmp/4000000000"
}

broken() {
    runs 1 --locks "$1" --cores 4 --seeds 2 && grep -qF "BROKEN: $2" "$tmp/out"
}

# A word for each kind of figure, in 80 columns.
narrow() (
    LC_ALL=C
    export LC_ALL
    runs 0 --cores 2,8,16,128 --seeds 2 --locks mcs,drepper || return
    [ "$(awk 'length > 80' "$tmp/out" | wc -l)" -eq 0 ] &&
        grep -q '^MODELLED ' "$tmp/out" && grep -q '^not modelled ' "$tmp/out" &&
        grep -q '^PUBLISHED' "$tmp/out" && ! grep -q MEASURED "$tmp/out" &&
        grep -q 'references: constant' "$tmp/out"
)

# One seed says nothing of chance.
single() {
    runs 0 --cores 4 --seeds 1 --locks mcs &&
        grep -q '^mcs .* n/a *n/a$' "$tmp/out"
}

doubles() {
    figures doubles --locks tas --cores 1..6,5 --seeds 1 &&
        [ "$(awk -F, 'NR > 1 { print $4 }' "$tmp/doubles" | tr '\n' ' ')" = \
            '1 2 4 5 6 ' ]
}

compares() {
    runs 0 --check --locks mcs,tas,drepper --seeds 2 &&
        grep -q 'beside MEASURED' "$tmp/out" &&
        grep -q "Kendall's tau" "$tmp/out" &&
        grep -q 'a transfer takes' "$tmp/out" &&
        [ "$(grep -c '^mcs .*%' "$tmp/out")" -ge 2 ]
}

sizes='--cores 8,16,32,64 --seeds 2'
# shellcheck disable=SC2086
check 'all locks are simulated' figures laws $sizes
check 'mcs makes a constant number of references' constant mcs laws
check 'clh makes a constant number of references' constant clh laws
check 'ticket makes one for each core' linear ticket 1 laws
check 'ttas makes one for each core' linear ttas 1 laws
check 'tas makes some for each core' linear tas 0.58 laws
# shellcheck disable=SC2086
check 'all are with lines that are passed on' figures passed $sizes --ncs 0 \
    --rule passed --locks mcs,clh,ticket,ttas,tas
check 'mcs: constant' constant mcs passed
check 'clh: constant' constant clh passed
check 'ticket: two for each core' linear ticket 2 passed
check 'ttas: two for each core' linear ttas 2 passed
check 'tas: one for each core' linear tas 1 passed
check 'drepper makes few' is "$(mean references drepper 64 laws) < 12"
check 'of interlock, few look at a time' \
    is "$(mean references interlock 64 laws) < 30"
check 'who parks calls the system, who spins does not' sleeps
check 'a core alone makes none' alone
check 'the same seed, the same bytes; another one, others' repeats
check 'two sockets: as many references, and more time' sockets
check 'a section of 4 lines makes 3 more' lines
check 'a section takes its time' works
check 'a line that takes twice as long does' costs
# shellcheck disable=SC2086
figures tail $sizes --locks mcs-tail
check 'an mcs whose waiters share a word is linear' linear mcs-tail 1 tail
check 'looks that are left out change nothing' patient
check 'a lock that lets two in is broken' broken open 'two cores'
check 'a lock that never wakes is broken' broken stuck 'nobody can go on'
check 'the table has its words, in 80 columns' narrow
check 'one seed gives no time' single
check 'ranges are doubled' doubles
check 'modelled beside measured' compares
check 'a lock that is not there is refused' says "'none'" --locks none
check 'cores that are too many are refused' says 128 --cores 129
check 'a range that ends before it begins is refused' says 'from 8' --cores 8..2
check 'a cost that is not there is refused' says "'gold'" --costs gold=1
check 'an option that is not there is refused' says --fast --fast
check 'a file that cannot be written is refused' says /none/ --json /none/x

plan
[ $failed -eq 0 ]
