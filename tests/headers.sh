#!/bin/sh
# headers.sh -- each public header compiles alone, as C11 and as C++17, with
# every compiler that is here; and a C++ program that uses them all runs.
# TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

flags='-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wundef -Werror'
include=$SRCDIR/include
library=$BUILDDIR/lib/.libs/libinterlock.a
. "$SRCDIR/tests/support/tap.sh"

# compile COMPILER STANDARD LANGUAGE: one object for each header.
compile() {
    for header in interlock.h $(cd "$include" && ls interlock/*.h); do
        printf '#include <%s>\nextern int unit;\nint unit;\n' "$header" \
            >"$tmp/unit"
        $1 -std="$2" -x "$3" $flags -I"$include" -c -o "$tmp/unit.o" \
            "$tmp/unit" >"$tmp/out" 2>&1
        report $? "$header with $1 -std=$2"
    done
}

# use COMPILER: IL_WITH in a C file, with the warnings of an optimizer.
use() {
    for level in -O0 -O1 -O2 -O3; do
        $1 -std=c11 $flags $level -I"$include" -c -o "$tmp/unit.o" \
            "$SRCDIR/tests/user.c" >"$tmp/out" 2>&1
        report $? "IL_WITH with $1 $level"
    done
}

# include_in_extern_c COMPILER: as some programs do with any C header.
include_in_extern_c() {
    printf 'extern "C" {\n#include <interlock.h>\n}\n' >"$tmp/unit.cc"
    $1 -std=c++17 $flags -I"$include" -c -o "$tmp/unit.o" "$tmp/unit.cc" \
        >"$tmp/out" 2>&1
    report $? "interlock.h in an extern \"C\" with $1"
}

# run COMPILER: the C++ program, against the library as built.
run() {
    $1 -std=c++17 -O2 $flags -I"$include" "$SRCDIR/tests/user.cc" \
        "$library" -pthread -o "$tmp/user" \
        >"$tmp/out" 2>&1 && "$tmp/user" >>"$tmp/out" 2>&1
    report $? "a C++ program with $1"
}

# analysis FUNCTION-BODY EXPECTED: what clang's thread-safety analysis makes of
# it, "clean" or "warns".
analysis() {
    printf '%s\n' '#include <interlock.h>' 'void f(il_lock *l);' \
        'void f(il_lock *l)' "{ $1 }" >"$tmp/unit.c"
    clang -std=c11 -Wthread-safety -I"$include" -fsyntax-only "$tmp/unit.c" \
        >"$tmp/out" 2>&1
    if grep -q 'Wthread-safety' "$tmp/out"; then
        [ "$2" = warns ]
    else
        [ "$2" = clean ]
    fi
    report $? "clang's analysis $2: $1"
}

if command -v clang >/dev/null 2>&1; then
    analysis 'il_lock_acquire(l); il_lock_release(l);' clean
    analysis 'if (il_lock_try_acquire(l) == 0) il_lock_release(l);' clean
    analysis 'il_lock_acquire(l);' warns
    analysis 'il_lock_release(l);' warns
fi
for compiler in $(here "${CC%% *}" gcc clang); do
    compile "$compiler" c11 c
    use "$compiler"
done
for compiler in $(here "${CXX%% *}" g++ clang++); do
    compile "$compiler" c++17 c++
    include_in_extern_c "$compiler"
    if [ ! -f "$library" ]; then
        skip "a C++ program with $compiler" 'there is no static library here'
    else
        sanitized || run "$compiler"
    fi
done
plan
