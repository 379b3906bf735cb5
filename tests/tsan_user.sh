#!/bin/sh
# tsan_user.sh -- a program built with ThreadSanitizer that links the normal
# library sees no false race, without and with optimization, and still sees a
# real one.  TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
library=$BUILDDIR/lib/.libs/libinterlock.a

# build COMPILER FLAGS: the program, against the static library as built.
build() {
    $1 -std=c11 -g $2 -fsanitize=thread -I"$SRCDIR/include" \
        "$SRCDIR/tests/tsan_user.c" "$library" -pthread -o "$tmp/user" >"$tmp/out" 2>&1
}

# run: the program, for ten minutes at most; exits 66 if it saw a race.
run() {
    TSAN_OPTIONS='exitcode=66 halt_on_error=1' timeout 600 "$tmp/user" \
        >"$tmp/out" 2>&1
}

works() {
    echo 'int main(void) { return 0; }' >"$tmp/t.c"
    $1 -fsanitize=thread -o "$tmp/t" "$tmp/t.c" >/dev/null 2>&1 && "$tmp/t"
}

if sanitized; then
    echo '1..0 # SKIP the library is built with a sanitizer'
    exit
elif [ ! -f "$library" ]; then
    echo '1..0 # SKIP there is no static library here'
    exit
fi
for compiler in $(here "${CC%% *}" gcc clang); do
    works "$compiler" || continue
    for level in -O0 -O2; do
        build "$compiler" $level && run
        report $? "no false race with $compiler $level"
    done
    build "$compiler" '-O2 -DRACE' && run
    [ $? -eq 66 ]
    report $? "a real race is seen with $compiler"
done
[ "$count" -gt 0 ] || skip 'no false race' 'no compiler here has ThreadSanitizer'
plan
