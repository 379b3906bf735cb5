#!/bin/sh
# readme.sh -- what README, ChangeLog and interlock.pc say again is what it is
# elsewhere.  TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
cd "$SRCDIR" || exit 99

sed -n '/^#include/,$p' examples/first.c >"$tmp/expected"
awk '/^    #include/ { inside = 1 }
    /^[^ ]/ { inside = 0 }
    inside { sub(/^    /, ""); print }' README | sed '$d' >"$tmp/found"
same "README's first program is examples/first.c" \
    "$tmp/expected" "$tmp/found"

version=$(sed -n 's/^#define IL_VERSION "\(.*\)"/\1/p' \
    include/interlock/version.h)
triple=$(sed -n 's/^AC_SUBST(\[LT_TRIPLE\], \[\(.*\)\])/\1/p' configure.ac)
echo "interlock $version library $triple" >"$tmp/expected"
sed -n '1s/  */ /gp' ChangeLog >"$tmp/found"
same 'ChangeLog begins with the version and the library triple' \
    "$tmp/expected" "$tmp/found"

echo "$version" >"$tmp/expected"
sed -n 's/^Version: //p' "$BUILDDIR/interlock.pc" >"$tmp/found"
same 'interlock.pc has the version of the headers' "$tmp/expected" "$tmp/found"
plan
