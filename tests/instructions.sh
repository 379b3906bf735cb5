#!/bin/sh
# instructions.sh -- no fast path grows unseen: each, a function in
# instructions.c, executes no more instructions than the table there says, and
# exactly so many atomic read-modify-writes.
#
# To set the limits to what is counted now, in the build folder:
#
#     make check TESTS=tests/instructions.sh UPDATE=yes
#
# Callgrind counts (Weidendorfer, Kowarschik and Trinitis, "A Tool Suite for
# Simulation Based Analysis of Memory Access Behavior", 2004), in a run of N
# calls of each path and in one of 2 N: the difference is N calls, without what
# comes once.  A difference that N does not divide is a path that is not always
# the same.  The limits are those of one compiler; the read-modify-writes are
# every compiler's.  TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"

# What the limits were counted with: see `kind`.
counted='12 __clang__ __CET__ -g -O2'
n=100
table=$SRCDIR/tests/instructions.c

skip_all() {
    echo "1..0 # SKIP $1"
    exit
}

# macros NAME...: what the compiler replaces each with, which is the name itself
# if it knows none.
macros() {
    echo "$*" | $CC -E -P -x c - 2>/dev/null | grep .
}

# kind: the compiler, and the options that the library was built with.
kind() {
    echo "$(macros __GNUC__ __clang__ __CET__) ${CFLAGS:-}"
}

# copy_library: to $library, the shared one if there is one, without debugging
# information: valgrind stops at forms of that which are newer than it is.
copy_library() {
    library=$BUILDDIR/lib/.libs/libinterlock.so
    if [ -f "$library" ]; then
        name=$(objdump -p "$library" | awk '$1 == "SONAME" { print $2 }')
        strip -g -o "$tmp/$name" "$library"
        library=$tmp/$name
    else
        library=$BUILDDIR/lib/.libs/libinterlock.a
    fi
}

# build: the program, always with the same options.
build() {
    copy_library >"$tmp/out" 2>&1 &&
        $CC -std=c11 -D_GNU_SOURCE -O2 -fPIE -pie -I"$SRCDIR/include" \
            "$table" "$library" -Wl,-S,-z,now,-rpath,"$tmp" -pthread \
            -o "$tmp/instructions" >"$tmp/out" 2>&1
}

# run N COMMAND...: the program, with N calls of each path, under COMMAND.
run() {
    calls=$1
    shift
    timeout 900 "$@" "$tmp/instructions" "$calls" >"$tmp/out" 2>&1
}

# callgrind N: what each instruction was executed, by the chain of calls that
# led to it, to the file N.
callgrind() {
    run "$1" valgrind -q --tool=callgrind --dump-instr=yes \
        --separate-callers=12 --compress-strings=no --compress-pos=no \
        --callgrind-out-file="$tmp/$1"
}

# read_modify_writes FILE...: the file and address of each in the code.
read_modify_writes() {
    for file; do
        file=$(readlink -f "$file") # as valgrind names it
        objdump -d --no-show-raw-insn "$file" | awk -v file="$file" '
            / lock |\tlock |\txchg .*\(/ {
                sub(/:$/, "", $1)
                print file, "0x" $1
            }'
    done
}

# totals FILE: of a run, each path, its instructions and its read-modify-writes,
# those of what it calls included.
totals() {
    awk -v rmws="$tmp/rmws" '
        BEGIN { while ((getline line <rmws) > 0) is_rmw[line] = 1 }
        /^ob=/ { object = substr($0, 4) }
        /^fn=/ {
            path = ""
            if (match($0, /path_[a-z_]+/))
                path = substr($0, RSTART + 5, RLENGTH - 5)
        }
        /^calls=/ { getline; next } # the cost of a call: it has its own lines
        /^0x/ && path != "" {
            instructions[path] += $3
            if ((object " " $1) in is_rmw) rmw[path] += $3
        }
        END { for (p in instructions) print p, instructions[p], rmw[p] + 0 }
    ' "$1" | sort
}

# each_call: the same, of one call.
each_call() {
    totals "$tmp/$n" >"$tmp/once"
    totals "$tmp/$((2 * n))" >"$tmp/twice"
    join "$tmp/once" "$tmp/twice" |
        awk -v n=$n '{ print $1, ($4 - $2) / n, ($5 - $3) / n }'
}

# check PATH LIMIT RMW WHERE: against the line of PATH.
check() {
    set -- "$@" $(awk -v path="$1" '$1 == path { print $2, $3 }' "$tmp/counts")
    echo "counted $5 instructions, $6 read-modify-writes" >"$tmp/out"
    [ "$6" = "$3" ]
    report $? "$1: read-modify-writes: $3"
    case $4:$built_with in
    *:"$counted" | INLINE:"${counted%% -*}"*) check_limit "$@" ;;
    *) skip "$1: instructions: $5" 'the table is of another compiler' ;;
    esac
}

check_limit() {
    if [ "$1" = calibration ]; then
        [ "$5" = "$2" ]
        report $? 'calibration: the counts are right'
        return
    fi
    awk -v is="$5" -v limit="$2" 'BEGIN { exit !(is != "" && is + 0 <= limit) }'
    report $? "$1: instructions: $5, at most $2"
    awk -v is="$5" -v limit="$2" 'BEGIN { exit !(limit > is + 2) }' &&
        echo "# $1: the limit is $2, $5 would do"
}

# update PATH COUNT RMW: sets the limit of PATH, in its three columns.
update() {
    limit=$(printf '%3d' "$2")
    sed "s/^\(    X($1, \)[ 0-9]*,/\1$limit,/" "$table" >"$tmp/table" &&
        cat "$tmp/table" >"$table"
}

sanitized && skip_all 'the library is built with a sanitizer'
[ "$(macros __x86_64__ __LP64__)" = '1 1' ] ||
    skip_all 'the read-modify-writes are those of x86-64'
for tool in valgrind objdump strip; do
    command -v $tool >/dev/null 2>&1 || skip_all "there is no $tool"
done

build
report $? 'the program is built'
[ $failed -eq 0 ] && run $n
report $? 'each path answers what it should'
if [ $failed -ne 0 ]; then
    plan
    exit
elif ! callgrind $n || ! callgrind $((2 * n)); then
    skip 'instructions' "valgrind can't run it: $(head -n 1 "$tmp/out")"
    plan
    exit
fi
read_modify_writes "$tmp/instructions" "$library" >"$tmp/rmws"
each_call >"$tmp/counts"
if [ "${UPDATE:-}" = yes ]; then
    while read -r line; do
        [ "${line%% *}" = calibration ] || update $line
    done <"$tmp/counts"
    build
fi
"$tmp/instructions" >"$tmp/paths"
built_with=$(kind)
while read -r line; do
    check $line
done <"$tmp/paths"
plan
