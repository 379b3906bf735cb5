#!/bin/sh
# engine.sh -- programs that explore themselves: each end is the verdict it has
# to be, each execution begins anew, and a schedule is the same each time.
# TAP; needs SRCDIR, BUILDDIR, CC.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
library=$BUILDDIR/lib/explore/.libs
programs=$SRCDIR/tests/explore/engine

# build NAME: a program of that name, from the file of that name.
build() {
    # Of x = x + 1 clang reports only the write, unless it is told to.
    more=
    $CC -dM -E -x c /dev/null | grep -q __clang__ \
        && more='-mllvm -tsan-instrument-read-before-write'
    # shellcheck disable=SC2086
    $CC -std=gnu11 -g -O0 -fPIC -fsanitize=thread $more -DIL_EXPLORE \
        -I"$SRCDIR/include" -c "$programs/$1.c" -o "$tmp/$1.o" &&
        $CC "$tmp/$1.o" -Wl,-z,now -L"$library" -linterlock-explore \
            -Wl,-rpath,"$library" -pthread -o "$tmp/$1"
}

# explore OPTIONS PROGRAM [ARGUMENT...]: its JSON is in $tmp/out then.
explore() {
    options=$1 program=$2
    shift 2
    IL_EXPLORE="text=no json=- seconds=300 $options" timeout 600 \
        "$tmp/$program" "$@" >"$tmp/out" 2>&1
}

# ends ARGUMENT STATUS TEXT: ends.c ends so, and the JSON has that text.
ends() {
    explore steps=200 ends "$1"
    [ $? -eq "$2" ] && grep -q -e "$3" "$tmp/out"
    report $? "ends $1: $3"
}

# counts NAME STATUS CONCLUSION PROGRAM ARGUMENT...
counts() {
    name=$1 status=$2 conclusion=$3
    shift 3
    explore '' "$@"
    [ $? -eq "$status" ] && grep -q -e "^\"conclusion\":\"$conclusion" \
        "$tmp/out"
    report $? "$name: $conclusion"
}

for program in adders ends restored; do
    build $program >"$tmp/out" 2>&1
    report $? "$program is built"
done

# gcc would link its own runtime, and clang has to be told not to.
flags=$(sed -n -e 's/^Cflags: //p' -e '/^Libs: /{N;s/\\\n//;s/^Libs: //p;}' \
    "$BUILDDIR/interlock-explore.pc" |
    sed "s|\${libdir}|$library|g; s|\${includedir}|$SRCDIR/include|g")
if $CC -dM -E -x c /dev/null | grep -q __clang__; then
    flags="$flags -fno-sanitize-link-runtime"
fi
# shellcheck disable=SC2086
$CC "$programs/ends.c" $flags -o "$tmp/by-pc" >"$tmp/out" 2>&1 &&
    IL_EXPLORE=text=no "$tmp/by-pc" right >"$tmp/out" 2>&1
report $? 'interlock-explore.pc builds one in one command'

ends right 0 '"text":"last"'
ends status 1 '"sentence":"exit status 3"'
ends exit-at-once 1 '"output":"gone"'
ends abort 1 '"verdict":"assertion failed"'
ends assert 1 "assertion .zero == 1' failed"
ends explore-assert 1 "assertion .zero == 1' failed"
ends null 1 '"sentence":"Segmentation fault'
ends division 1 '"sentence":"Floating point exception'
ends overflow 1 '"sentence":"stack overflow"'
ends freed-twice 1 'which is freed already'
ends used-freed 1 '"verdict":"crash"'
ends beyond 1 '"verdict":"crash"'
ends deadlock 1 '"verdict":"deadlock"'
ends livelock 1 '"verdict":"livelock"'
ends stuck 1 'seconds without a step'
ends oracle 1 'the oracle says'
ends at-exit 0 '"text":"asked for first"'
ends choose 0 'all 6 schedules'
ends early 0 'all 2 schedules'
ends spin 0 'end right'
ends polite 0 'end right'

# Each execution prints the same of what it finds in memory, rand included.
explore '' restored
[ $? -eq 0 ] && grep -q 'all 70 schedules end right' "$tmp/out" &&
    [ "$(grep -c '"text":"8 ' "$tmp/out")" -eq 1 ]
report $? 'memory is as it was, in each execution and each thread'

counts '2 threads of 2 steps' 0 'RIGHT: all 6 schedules' adders 2 2
counts '3 threads of 4 steps' 0 'RIGHT: all 34 650 schedules' adders 3 4
counts '3 threads of 2 locked sections' 0 'RIGHT: all 90 schedules' \
    adders 3 4 lock
counts '17 threads' 1 'WRONG' adders 17 2

explore 'bound=0 schedules=50' adders 15 2
[ $? -eq 3 ] && grep -q '"schedules":50,' "$tmp/out"
report $? '16 threads, as far as the budget goes, are no verdict'

# The best failure's schedule, replayed by two processes.
explore '' adders 2 2
cp "$tmp/out" "$tmp/explored"
explore '' adders 2 2
cp "$tmp/out" "$tmp/again"
same 'exploring twice says the same' "$tmp/explored" "$tmp/again"

explore expect=2 adders 2 2
grep -q '^"needed":\[true\]' "$tmp/out"
report $? 'its one preemption is needed'
schedule=$(sed -n 's/^"replay":"\(.*\)".*/\1/p' "$tmp/out" | head -n 1)
explore "mode=replay schedule=$schedule expect=2" adders 2 2
[ $? -eq 1 ] && grep -q "\"replay\":\"$schedule\"" "$tmp/out"
report $? "$schedule is replayed"
cp "$tmp/out" "$tmp/replayed"
explore "mode=replay schedule=$schedule expect=2" adders 2 2
cp "$tmp/out" "$tmp/again"
same 'replaying twice says the same' "$tmp/replayed" "$tmp/again"

for strategy in full dpor random pct; do
    explore "strategy=$strategy schedules=200 seed=1 expect=2" adders 2 2
    [ $? -eq 1 ] && grep -q '"text":"1"' "$tmp/out"
    report $? "the strategy $strategy finds it"
done

# refused OPTIONS SENTENCE: they are, with a sentence.
refused() {
    explore "$1" adders 2 2
    [ $? -eq 2 ] && grep -q -e "$2" "$tmp/out"
    report $? "refused: $1"
}

refused "mode=replay schedule=${schedule%#*}#0000" 'has changed'
refused 'mode=replay schedule=A9' 'interlock-explore: '
refused 'mode=replay schedule=?' 'interlock-explore: '
refused 'mode=replay' 'needs a schedule'
refused 'mode=never' 'no value of it: mode=never'
refused 'bound=-1' 'no value of it: bound=-1'
refused 'depth=3' 'no such option: depth=3'
refused 'bound' 'needs a value'

# play COMMANDS: a game, of which the text is in $tmp/out.
play() {
    printf "$1" | IL_EXPLORE='mode=play expect=2' timeout 600 \
        "$tmp/adders" 2 2 >"$tmp/out" 2>&1
}

play 'A\nB2\n'
[ $? -eq 1 ] && grep -q "It can't be done with less" "$tmp/out"
report $? 'a game that is won with the fewest preemptions'
play 'A2\n'
[ $? -eq 0 ] && grep -q 'It ended right' "$tmp/out" &&
    grep -q 'It can be done with 1 preemption' "$tmp/out"
report $? 'a game that is lost'
play 'A\nx\nu\nB\nA2\n'
[ $? -eq 1 ] && grep -q 'You made it fail' "$tmp/out"
report $? 'a game with a mistake that is taken back'
play 'A\n'
report $? 'a game that is left'
plan
