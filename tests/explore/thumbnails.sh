#!/bin/sh
# thumbnails.sh -- each step of the thumbnail maker is right: on real threads,
# and, of few pictures, in all schedules; and the explorer would see if it were
# not.  TAP; needs SRCDIR, BUILDDIR and CC.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
explore=$BUILDDIR/lib/explore/il-explore
cd "$SRCDIR/examples/thumbnails" || exit 99

# Of each step: what il-explore is told; how many schedules there are, or how
# many kinds of them (dpor), and up to where that is a proof; what it prints on
# real threads.
expected() {
    cat <<'END'
01-threads.c|1 all|^right  .* bytes in 26 pictures$
02-lock.c|6 all|^right  .* bytes in 26 pictures$
03-semaphore.c --strategy dpor|510 all|^right  .* at most [1-4] at once$
04-queue.c|618 all|^right  .* bytes in 26 thumbnails$
05-pool.c --bound 1 -DPICTURES=2|5026 1|^right  .* bytes in 26 thumbnails$
06-event.c --strategy dpor|104 all|^right  [0-9]* pictures fill the disk, [0-3] were late$
07-barrier.c|294 all|^right  .* bytes in 26 thumbnails, of [0-9]* in pictures$
END
}

# What makes a step wrong: a command for sed.
mistakes() {
    cat <<'END'
02-lock.c|s/IL_WITH(&lock)//
03-semaphore.c|s/IL_WITH(&slots)//
04-queue.c|s/queue_put(&images, END)//
05-pool.c|s/queue_join(&wanted)//
06-event.c|s/!il_event_is_set(&stop)/late < WORKERS/
07-barrier.c|/il_barrier_wait/d
END
}

# native COMPILER FILE PATTERN
native() {
    $1 -O2 -Wall -Wextra -Wconversion -Wshadow -Werror -D_GNU_SOURCE \
        -I"$SRCDIR/include" "$2" -o "$tmp/program" \
        "$BUILDDIR/lib/.libs/libinterlock.so" \
        -Wl,-rpath,"$BUILDDIR/lib/.libs" -pthread >"$tmp/out" 2>&1 &&
        timeout 300 "$tmp/program" >"$tmp/out" 2>&1 && grep -q "$3" "$tmp/out"
    report $? "$2, as any program with $1"
}

# explored COMPILER WORDS SCHEDULES
explored() {
    # shellcheck disable=SC2086
    CC=$1 timeout 900 "$explore" --quiet --seconds 600 --lines - $2 2>&1 |
        awk -F '\t' '
        $1 == "most" { most = $2 }
        $1 == "proof" { proof = $2 }
        $1 == "failure" { failure = $2 " " }
        END { print failure most, proof }' >"$tmp/found"
    echo "$3" >"$tmp/expected"
    same "$2, explored with $1" "$tmp/expected" "$tmp/found"
}

if [ ! -x "$explore" ]; then
    skip 'the thumbnail maker' 'programs cannot be explored here'
    plan
    exit
fi
expected >"$tmp/steps"
for compiler in $(here gcc clang); do
    while IFS='|' read -r words schedules prints; do
        native "$compiler" "${words%% *}" "$prints" </dev/null
        explored "$compiler" "$words" "$schedules" </dev/null
    done <"$tmp/steps"
done
ls [0-9]*.c >"$tmp/expected"
sed 's/[ |].*//' "$tmp/steps" >"$tmp/found"
same 'every step is among them' "$tmp/expected" "$tmp/found"

timeout 900 "$explore" run 02-lock.c --rounds 5 --seconds 600 \
    >"$tmp/out" 2>&1 </dev/null && grep -q '^right *yes *5 ' "$tmp/out"
report $? 'run finds possible what few pictures did'

cp ./*.h "$tmp"
mistakes >"$tmp/mistakes"
while IFS='|' read -r step command; do
    sed "$command" "$step" >"$tmp/$step"
    timeout 900 "$explore" --quiet --seconds 600 --bound 2 "$tmp/$step" \
        >"$tmp/out" 2>&1 </dev/null
    [ $? -eq 1 ]
    report $? "$step without what it is about is wrong"
done <"$tmp/mistakes"
plan
