# tap.sh -- what the scripts here share: results in TAP, a folder for what they
# build, and whether that can be linked with the library.  To be read by `.`.
#
# SPDX-License-Identifier: MIT

tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
count=0 failed=0

# report STATUS NAME: a line for one test, with what is in $tmp/out if it
# failed.
report() {
    count=$((count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
        head -n 60 "$tmp/out" | sed 's/^/# /'
    fi
}

# skip NAME WHY: a line for a test that can't be made here.
skip() {
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

# same NAME A B: a test that the files A and B are the same.
same() {
    diff "$2" "$3" >"$tmp/out" 2>&1
    report $? "$1"
}

# plan: the last line.
plan() {
    echo "1..$count"
}

# Whether the library is built with a sanitizer, whose runtime a program that
# links it then needs.
sanitized() {
    case ${CFLAGS:-} in
    *-fsanitize*) true ;;
    *) false ;;
    esac
}

# here COMPILER...: those that there are, each once.
here() {
    for compiler; do
        command -v "$compiler" >/dev/null 2>&1 && echo "$compiler"
    done | sort -u
}
