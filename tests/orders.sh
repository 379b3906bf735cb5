#!/bin/sh
# orders.sh -- each acquire and release in the library names its partner, and
# each relaxed order says why nothing more is needed.
#
# A function that uses an order has a comment that begins with the order's name
# ("Acquire: pairs with ...") before that use.  What only the compiler has to
# keep may be sequentially consistent.  TAP; needs SRCDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
cd "$SRCDIR" || exit 99
for file in lib/*.[ch] include/interlock/*.h; do
    grep -q '__ATOMIC_' "$file" || continue
    case $file in */base.h) continue ;; esac
    awk '
        /^}/ { acquire = release = relaxed = 0 }
        /Acquire: pairs with/ { acquire = 1 }
        /Release: pairs with/ { release = 1 }
        /Relaxed:/ { relaxed = 1 }
        /__ATOMIC_ACQUIRE/ && !acquire { print FILENAME ":" FNR ": " $0 }
        /__ATOMIC_RELEASE/ && !release { print FILENAME ":" FNR ": " $0 }
        /__ATOMIC_ACQ_REL/ && !(acquire && release) {
            print FILENAME ":" FNR ": " $0
        }
        /__ATOMIC_SEQ_CST/ && !/signal_fence/ { print FILENAME ":" FNR ": " $0 }
        /__ATOMIC_RELAXED/ && !(acquire || release || relaxed) {
            print FILENAME ":" FNR ": " $0
        }' "$file" >"$tmp/out"
    ! [ -s "$tmp/out" ]
    report $? "$file says what each order is for"
done
plan
