#!/bin/sh
# calls.sh -- with IL_EXPLORE each call of a program is one of the library's
# functions, which nothing of stays in an object: at each level of optimization,
# in C and in C++; and the explorer has them all.
# TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
library=$BUILDDIR/lib/explore/.libs/libinterlock-explore.so

# object COMPILER STANDARD FILE: no il_ that is defined and visible, no il__.
object() {
    for level in -O0 -O2; do
        $1 -std="$2" $level -DIL_EXPLORE -I"$SRCDIR/include" -c \
            -o "$tmp/unit.o" "$SRCDIR/tests/$3" 2>"$tmp/out" \
            && nm "$tmp/unit.o" >"$tmp/names" \
            && grep -q ' U il_' "$tmp/names" \
            && ! grep -E ' [A-TV-Zuvw] il_| U il__' "$tmp/names" >>"$tmp/out"
        report $? "$3 with $1 -std=$2 $level"
    done
}

for compiler in $(here gcc clang); do
    object "$compiler" c11 user.c
done
for compiler in $(here g++ clang++); do
    object "$compiler" c++17 user.cc
done

sed -n 's/^ *\(il_[a-z][a-z_]*\);$/\1/p' "$SRCDIR/lib/interlock.map" \
    | sort >"$tmp/wanted"
nm -D --defined-only "$library" | awk '{ print $3 }' | sort \
    | comm -12 - "$tmp/wanted" >"$tmp/found"
same 'the explorer has each name of interlock.map' "$tmp/wanted" "$tmp/found"
plan
