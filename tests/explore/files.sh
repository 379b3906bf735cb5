#!/bin/sh
# files.sh -- files of C++, files whose names have spaces, and those that are
# written.
# TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
programs=$SRCDIR/tests/explore/programs
explore=$BUILDDIR/lib/explore/il-explore

# counts SCHEDULES FAILURES FILE [OPTION...]: of all schedules.
counts() {
    wanted="$1 $2"
    shift 2
    "$explore" --quiet --lines "$tmp/lines" --strategy full --seconds 600 "$@" \
        >"$tmp/out" 2>&1
    found=$(awk -F '\t' '$1 == "level" { print $4, $5 }' "$tmp/lines")
    [ "$found" = "$wanted" ]
    report $? "$(basename "$*"), $CXX: $wanted"
}

for CXX in $(here g++ clang++); do
    export CXX
    counts 6 4 "$programs/change.cc"
    counts 2 0 "$programs/change.cc" -DGUARD
    counts 70 0 "$programs/own.cc"
    counts 3432 0 "$programs/own.cc" -DONCE # 14! / (7! 7!)
    "$explore" "$programs/change.cc" >"$tmp/out" 2>&1
    grep -q 'read balance -> 100' "$tmp/out"
    report $? "names are those of the source, $CXX"
done

mkdir "$tmp/a folder"
cp "$programs/lost_update.c" "$tmp/a folder/lost update.c"
cd "$tmp/a folder" || exit 99
"$explore" --quiet 'lost update.c' >"$tmp/out" 2>&1
[ $? -eq 1 ]
report $? 'a name with spaces'
[ "$("$explore" page 'lost update.c' 2>"$tmp/out")" = lost_update.html ] &&
    [ -s lost_update.html ]
report $? 'a page of it'
yes A | head -100 |
    "$explore" play --json game.json 'lost update.c' >"$tmp/out" 2>&1
grep -q '"schedules":6' game.json
report $? 'play writes what was explored'
plan
