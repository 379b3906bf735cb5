#!/bin/sh
# abi.sh -- the names that the library shows are those that were decided:
# interlock.map is what the shared library exports, every function of the
# headers is in it, and the static library adds no name that is not il_.
# TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
shared=$BUILDDIR/lib/.libs/libinterlock.so
static=$BUILDDIR/lib/.libs/libinterlock.a

sed -n 's/^    \(il_[a-z_]*\);$/\1/p' "$SRCDIR/lib/interlock.map" |
    sort >"$tmp/map"
# explore.h is that of another library.
ls "$SRCDIR"/include/interlock/*.h | grep -v /explore.h | xargs cat | sed -n \
    's/^\(IL__API\|IL__CALL\)[^(]*[ *]\(il_[a-z_]*\)[[(;].*/\2/p' |
    sort -u >"$tmp/headers"
same 'the map has the names of the headers' "$tmp/map" "$tmp/headers"

if [ -f "$shared" ]; then
    nm -D --defined-only "$shared" | awk '$2 != "A" { print $3 }' |
        sed 's/@.*//' | sort >"$tmp/shared"
    same 'the shared library has the names of the map' \
        "$tmp/map" "$tmp/shared"
else
    skip 'the shared library' 'there is none here'
fi

if [ ! -f "$static" ]; then
    skip 'the static library' 'there is none here'
elif sanitized; then
    skip 'the static library' 'the sanitizer adds names of its own'
else
    nm -g --defined-only "$static" 2>/dev/null |
        awk 'NF == 3 && $3 !~ /^il_/ { print $3 }' >"$tmp/static"
    : >"$tmp/none"
    same 'the static library has no other names than il_' \
        "$tmp/none" "$tmp/static"
fi
plan
