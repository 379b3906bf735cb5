#!/bin/sh
# wakes.sh -- with any single wake of the library removed, a test fails.
#
# Each call that wakes somebody, in lib/*.c and in the inline paths, is taken
# out in turn; then the library and the suites are built and run, the suite of
# that file first, until a test fails.  A mutant that no test notices is a
# wake that no test needs.  TAP; needs SRCDIR and BUILDDIR; takes minutes, so
# it is a target of its own, make check-wakes.
#
# SPDX-License-Identifier: MIT

set -u
. "$SRCDIR/tests/support/tap.sh"

# All that suites share but contest.c, which is the benchmark's.
support=$(cd "$SRCDIR" && ls tests/support/*.c | grep -v /contest.c)
cp -r "$SRCDIR/lib" "$SRCDIR/include" "$SRCDIR/tests" "$tmp"
cp "$BUILDDIR/config.h" "$tmp/lib"
cd "$tmp" || exit 99

# A removed call does nothing, and evaluates no argument.
wakes='il__park_wake|il__waiters_release|il__semaphore_wake|il__event_wake'
wakes="$wakes|il__lock_wake|il__rlock_wake|futex_wake|pthread_cond_signal"
flags="-std=c11 -g -O1 -D_GNU_SOURCE -Iinclude -Ilib -Itests"
flags="$flags -Dremoved(...)=((void)0) $(pkg-config --cflags check)"
backend=$(sed -n 's/^BACKEND = //p' "$BUILDDIR/Makefile")
core=$(ls lib/*.c | grep -v "park_" ; echo "lib/park_$backend.c")

# The calls, as "file:line": a definition or declaration begins its line.
sites() {
    for file in $core include/interlock/*.h; do
        grep -nE "^ .*\b($wakes)\(" "$file" | sed "s|^\([0-9]*\):.*|$file:\1|"
    done
}

# The suites, those most likely to notice a change of file $1 first.
suites() {
    stem=$(basename "$1" | sed 's/\.[ch]$//; s/park_.*/park/')
    for name in "$stem" park waiters lock rlock presence semaphore event \
        condition barrier; do
        [ -f "tests/check_$name.c" ] && echo "$name"
    done | awk '!seen[$0]++'
}

# first_failure SUITE [BOUND]: builds it, runs it until a test fails, names
# that.  A wait fails after BOUND seconds, a minute if that is not said.
first_failure() {
    # shellcheck disable=SC2086
    ${CC:-cc} $flags "tests/check_$1.c" $support $core -o suite \
        $(pkg-config --libs check) -pthread >out 2>&1 || {
        echo 'does not build'
        return
    }
    TEST_BOUND_S=${2:-60} CK_TAP_LOG_FILE_NAME=- CK_VERBOSITY=silent \
        timeout 300 stdbuf -oL ./suite 2>/dev/null |
        grep -m 1 '^not ok' | sed 's/^not ok [0-9]* - [^:]*://'
}

# try SITE: removes the call there, and reports which test notices.
try() {
    file=${1%:*} line=${1##*:}
    cp "$file" saved
    call=$(sed -nE "${line}s/.*\b(($wakes)\(.*)/\1/p" "$file")
    sed -i -E "${line}s/\b($wakes)\(/removed(/" "$file"
    noticed=
    for suite in $(suites "$file"); do
        noticed=$(first_failure "$suite" 2)
        [ -n "$noticed" ] && break
    done
    cp saved "$file"
    [ -n "$noticed" ] && [ "$noticed" != 'does not build' ]
    report $? "$file:$line without $call: ${noticed:-all pass}"
}

# The suites pass as they are; else nothing below would mean anything.
for suite in $(suites none); do
    noticed=$(first_failure "$suite")
    [ -z "$noticed" ]
    report $? "$suite as it is: ${noticed:-passes}"
done
for site in $(sites); do
    try "$site"
done
plan
exit $((failed > 0))
