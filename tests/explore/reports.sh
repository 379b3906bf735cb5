#!/bin/sh
# reports.sh -- the tables of small programs, as they are shown: the names of
# their variables, wherever those are, and their lines.
# TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
programs=$SRCDIR/tests/explore/programs
reports=$SRCDIR/tests/explore/reports
explore=$BUILDDIR/lib/explore/il-explore

# table NAME: that of the failure, and how it ends.
table() {
    COLUMNS=80 CC=$compiler "$explore" "$programs/$1.c" 2>"$tmp/errors" \
        | sed -n '/^  step/,/^  =>/p' >"$tmp/table"
    [ -s "$tmp/table" ] || cp "$tmp/errors" "$tmp/table"
    same "$1, $compiler" "$reports/$1.table" "$tmp/table"
}

# page NAME: has what the table has.
page() {
    CC=$compiler "$explore" --quiet --html "$tmp/page" "$programs/$1.c" \
        >"$tmp/out" 2>&1
    grep -q "read sum -&gt; 0" "$tmp/page" 2>>"$tmp/out" \
        && grep -q 'class="no">10</span>' "$tmp/page"
    report $? "the page of $1, $compiler"
}

for compiler in $(here gcc clang); do
    table main_stack
    table deadlock
    page main_stack
done
plan
