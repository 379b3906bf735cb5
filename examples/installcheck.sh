#!/bin/sh
# installcheck.sh -- compiles each example against the installed library, as
# its user would, and runs it.
#
#   installcheck.sh EXAMPLES    the folder that they are in
#
# From the environment, as make has them: CC, PKG_CONFIG, DESTDIR, prefix,
# bindir, includedir, libdir, pkgconfigdir.
#
# SPDX-License-Identifier: MIT

set -eu
: "${prefix:?} ${bindir:?} ${includedir:?} ${libdir:?} ${pkgconfigdir:?}"
examples=$1
work=installcheck.tmp

# pkg-config, which says what was installed where.  With DESTDIR that is not
# yet where it will be.
interlock() {
    if [ -n "$DESTDIR" ]; then
        set -- --define-variable=prefix="$DESTDIR$prefix" \
            --define-variable=libdir="$DESTDIR$libdir" \
            --define-variable=includedir="$DESTDIR$includedir" "$@"
    fi
    PKG_CONFIG_PATH="$DESTDIR$pkgconfigdir" $PKG_CONFIG "$@" interlock
}

# try NAME SOURCE...
try() {
    name=$1
    shift
    # shellcheck disable=SC2086
    if $CC -std=c11 "$@" $flags -pthread -o "$work/program" &&
        LD_LIBRARY_PATH="$DESTDIR$libdir" "$work/program" >"$work/output" 2>&1
    then
        echo "installcheck: $name: $(tail -n 1 "$work/output")"
    else
        echo "installcheck: $name: FAILED"
        cat "$work/output"
        failed=1
    fi
}

trap 'rm -rf "$work"' EXIT
rm -rf "$work"
mkdir "$work"
: >"$work/output"
flags=$(interlock --cflags --libs)
failed=0

for source in "$examples"/*.c "$examples/bank/03-guards.c" \
    "$examples/bank/11-four-tellers.c"; do
    try "$(basename "$source" .c)" "$source"
done

# The explorer, where there is one: it finds what lesson 1 loses.
explore=$DESTDIR$bindir/il-explore
if [ -x "$explore" ]; then
    status=0
    "$explore" "$examples/bank/01-lost-update.c" >"$work/output" || status=$?
    if [ $status -eq 1 ] && grep -q '^replay: A1.B2.A1#' "$work/output"; then
        echo "installcheck: il-explore: $(head -n 1 "$work/output")"
    else
        echo 'installcheck: il-explore: FAILED'
        cat "$work/output"
        failed=1
    fi
fi
exit $failed
