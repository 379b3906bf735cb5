#!/bin/sh
# answers.sh -- the explorer's model answers as the library does, and as the C
# library, and its atomics as the processor: the same calls, with the one and
# with the other.
# TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
programs=$SRCDIR/tests/explore/programs
explore=$BUILDDIR/lib/explore/il-explore
library=$BUILDDIR/lib/.libs/libinterlock.a

# by_line: each answer on a line of its own.
by_line() {
    sed 's/; *$//; s/; /\n/g'
}

# answers NAME LIBRARY
answers() {
    $compiler -I"$SRCDIR/include" -o "$tmp/real" "$programs/$1.c" $2 -pthread \
        && "$tmp/real" | by_line >"$tmp/wanted"
    CC=$compiler "$explore" --strategy full --quiet --lines - --seconds 600 \
        "$programs/$1.c" | awk -F '\t' '$1 == "outcome" { print $5 }' \
        | by_line >"$tmp/found"
    [ -s "$tmp/wanted" ] || echo 'nothing' >"$tmp/wanted"
    same "$1 with $compiler" "$tmp/wanted" "$tmp/found"
}

for compiler in $(here gcc clang); do
    if sanitized; then
        skip "answers with $compiler" 'the library needs a sanitizer'
    else
        answers answers "$library"
    fi
    answers answers_posix ''
    answers answers_atomic ''
done
plan
