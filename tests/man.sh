#!/bin/sh
# man.sh -- the manual is that of this library: the pages are well-formed,
# have every public name once and as the headers have it, refer to pages that
# exist, and their examples compile and work.
# TAP; needs SRCDIR, BUILDDIR and CC.
#
# SPDX-License-Identifier: MIT

LC_ALL=C
export LC_ALL
flags='-std=c11 -Wall -Wextra -Werror'
library=$BUILDDIR/lib/.libs/libinterlock.a
. "$SRCDIR/tests/support/tap.sh"
cd "$SRCDIR/man" || exit 99
has() {
    command -v "$1" >/dev/null 2>&1
}

# section TITLE PAGE...: the source of that section.
section() {
    title=$1
    shift
    awk -v heading=".SH $title" \
        '/^\.SH/ { inside = $0 == heading; next } inside' "$@"
}

# names PAGE...: those that the NAME lines have, before the dash.
names() {
    awk '
        /^\.SH/ { inside = / NAME/; next }
        inside { inside = !sub(/\\-.*/, ""); print }' "$@" |
        tr -s ', ' '\n\n' | grep .
}

# synopsis PAGE...: as text; troff joins the arguments of .BI as they are.
synopsis() {
    section SYNOPSIS "$@" | awk '{
        sub(/^\.[A-Z]+ */, "")
        n = split($0, part, "\"")
        for (i = 1; i <= n; i += 2)
            gsub(/ /, "", part[i])
        line = ""
        for (i = 1; i <= n; i++)
            line = line part[i]
        print line
    }'
}

# prototypes START: the public ones of C text, sorted, each on one line and
# without attributes; a declaration begins with a match of START.
prototypes() {
    awk -v start="$1" '
        $0 ~ start { line = ""; inside = 1 }
        inside { line = line " " $0 }
        inside && /;$|^{/ { print line; inside = 0 }' |
        sed -e 's/IL__API//' -e 's/IL__[A-Z_]*([^)]*)//g' \
            -e 's/IL__[A-Z_]*//g' -e 's/[;{]//g' -e 's/  */ /g' \
            -e 's/^ //' -e 's/ $//' |
        grep '[ *]il_[a-z_]*(' | grep -v 'il__' | sort
}

# words PATTERN: those of the input that match, sorted.
words() {
    tr -cs '[:alnum:]_' '\n' | grep -x "$1" | sort
}

# example PAGE: the program, as a reader would copy it.
example() {
    section EXAMPLE "$1" | grep -v '^\.E[XE]$' |
        sed -e 's/\\-/-/g' -e "s/\\\\(aq/'/g" -e 's/\\e/\\/g'
}

# well_formed PAGE: the checker prints nothing.
well_formed() {
    if has groff; then
        groff -man -Tutf8 -ww -z "$1" >"$tmp/out" 2>&1
    elif has mandoc; then
        mandoc -Tlint -Wwarning "$1" >"$tmp/out" 2>&1
    else
        skip "$1 is well-formed" 'neither groff nor mandoc is here'
        return
    fi
    [ $? -eq 0 ] && [ ! -s "$tmp/out" ]
    report $? "$1 is well-formed"
}

# example_works PAGE: it compiles and, where the library can be linked as it
# is, exits with 0.
example_works() {
    example "$1" >"$tmp/example.c"
    $CC $flags -I"$SRCDIR/include" -c -o "$tmp/example.o" \
        "$tmp/example.c" >"$tmp/out" 2>&1
    report $? "the example of $1 compiles"
    if [ -n "$unlinked" ]; then
        skip "the example of $1 works" "$unlinked"
        return
    fi
    $CC -o "$tmp/example" "$tmp/example.o" "$library" -pthread \
        >"$tmp/out" 2>&1 && $bounded "$tmp/example" >>"$tmp/out" 2>&1
    report $? "the example of $1 works"
    rm -f "$tmp/example" "$tmp/example.o"
}

bounded=
has timeout && bounded='timeout 600'
unlinked=
[ -f "$library" ] || unlinked='no static library here'
! sanitized || unlinked='the library needs a sanitizer'

for page in *.[137]; do
    well_formed "$page"
done

cat ../include/interlock/*.h >"$tmp/headers"
prototypes '^(IL__API|IL__CALL) ' <"$tmp/headers" | uniq >"$tmp/expected"
synopsis *.3 | prototypes '^[A-Za-z]' >"$tmp/found"
same 'the SYNOPSES have the prototypes of the headers' \
    "$tmp/expected" "$tmp/found"

sed -n 's/^#define \(IL_[A-Z_]*\).*/\1/p' "$tmp/headers" |
    grep -v '^IL__' | sort >"$tmp/expected"
synopsis *.3 | words 'IL_[A-Z_]*' >"$tmp/found"
same 'the SYNOPSES have the macros of the headers' \
    "$tmp/expected" "$tmp/found"

# Only those macros that are like functions have a page of their own.
{
    sed -n 's/^    \(il_[a-z_]*\);$/\1/p' ../lib/interlock.map
    sed -n 's/^} \(il_[a-z_]*\);$/\1/p' "$tmp/headers"
    sed -n 's/^#define \(IL_[A-Z]*\)(.*/\1/p' "$tmp/headers"
    sed -n 's/^#define \(il_explore_[a-z]*\)(.*/\1/p' "$tmp/headers" | uniq
    echo interlock
    echo interlock-bank
} | grep -v il__ | sort >"$tmp/expected"
names *.[37] | sort >"$tmp/found"
same 'the NAMES have the functions of the map, the types and the macros' \
    "$tmp/expected" "$tmp/found"

names il-explore.1 | sort - "$tmp/found" >"$tmp/all"
sed -n 's/^\.BR \([A-Za-z_-]*\) ([137]).*/\1/p' *.[137] |
    grep -i -e '^il[_-]' -e '^interlock' | sort -u |
    comm -23 - "$tmp/all" >"$tmp/dangling"
: >"$tmp/none"
same 'no page refers to one that does not exist' "$tmp/none" "$tmp/dangling"

# options: the long ones of text.
options() {
    sed 's/\\-/-/g' "$@" | grep -o -e '--[a-z][a-z]*' | sort -u
}
options ../lib/explore/il-explore.in >"$tmp/expected"
options il-explore.1 >"$tmp/found"
same 'il-explore.1 has the options of the command' \
    "$tmp/expected" "$tmp/found"

for page in *.[37]; do
    example_works "$page"
done
plan
