#!/bin/sh
# puzzles.sh -- of each puzzle the answer is graded right, by a proof; a classic
# mistake is wrong, and so is the puzzle as it is.  TAP; needs SRCDIR, BUILDDIR
# and CC.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
explore=$BUILDDIR/lib/explore/il-explore
cd "$SRCDIR/examples/puzzles" || exit 99

# Of each puzzle: how many kinds of schedules the answer has; how the mistake
# fails, and with how many preemptions; and with how many the puzzle as it is.
expected() {
    cat <<'END'
01-rendezvous.c|the only schedule|deadlock 0|0
02-multiplex.c|320 kinds|deadlock 0|1
03-barrier.c|2048 kinds|wrong 0|0
04-readers-writers.c|16 kinds|deadlock 1|1
05-philosophers.c|6 kinds|deadlock 1|1
06-santa.c|1600 kinds|wrong 0|0
07-water.c|12480 kinds|deadlock 0|0
END
}

# graded STATUS PATTERN NAME ARGUMENT...
graded() {
    status=$1 pattern=$2 name=$3
    shift 3
    timeout 900 "$explore" grade "$@" --seconds 600 >"$tmp/out" 2>&1 </dev/null
    [ $? -eq "$status" ] && grep -q -e "$pattern" "$tmp/out"
    report $? "$name"
}

# fails FILE WORD...: what fails first, and with how many preemptions.
fails() {
    timeout 900 "$explore" --quiet --bound 1 --seconds 600 --lines - "$@" \
        </dev/null 2>&1 | awk -F '\t' '$1 == "failure" { print $2, $3 }'
}

# native FILE
native() {
    $CC -O2 -Wall -Wextra -Wconversion -Wshadow -Werror -D_GNU_SOURCE -DANSWER \
        -I"$SRCDIR/include" "$1" -o "$tmp/program" \
        "$BUILDDIR/lib/.libs/libinterlock.so" \
        -Wl,-rpath,"$BUILDDIR/lib/.libs" -pthread >"$tmp/out" 2>&1 &&
        timeout 300 "$tmp/program" >"$tmp/out" 2>&1 &&
        grep -q '^right' "$tmp/out"
    report $? "the answer of $1, as any program"
}

if [ ! -x "$explore" ]; then
    skip 'the puzzles' 'programs cannot be explored here'
    plan
    exit
fi
expected >"$tmp/puzzles"
while IFS='|' read -r puzzle kinds mistake hole; do
    graded 0 "^right: $kinds" "the answer of $puzzle" \
        "$puzzle" "$puzzle" -DANSWER --strategy dpor
    graded 1 '^wrong: ' "the mistake of $puzzle" \
        "$puzzle" "$puzzle" -DMISTAKE --bound "${mistake##* }"
    echo "$mistake" >"$tmp/expected"
    fails "$puzzle" -DMISTAKE >"$tmp/found"
    same "how the mistake of $puzzle fails" "$tmp/expected" "$tmp/found"
    graded 1 '^wrong: ' "$puzzle as it is" "$puzzle" "$puzzle" --bound "$hole"
    native "$puzzle"
done <"$tmp/puzzles"
ls [0-9]*.c >"$tmp/expected"
sed 's/|.*//' "$tmp/puzzles" >"$tmp/found"
same 'every puzzle is among them' "$tmp/expected" "$tmp/found"
graded 3 '^unproven: ' 'a part is no proof' \
    03-barrier.c 03-barrier.c -DANSWER --bound 1
plan
