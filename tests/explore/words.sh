#!/bin/sh
# words.sh -- the primitives, word by word: what each promises holds in every
# schedule, of two threads in all of them, of three in all up to a bound; and a
# mistake that is planted in their sources is found.  TAP; needs SRCDIR and
# BUILDDIR; takes minutes, so it is a target of its own, make check-words.
#
# Each proof line says how far it goes.  What a store buffer can do is asked
# where the state space allows; weaker memory models than x86's are not modelled.
#
# SPDX-License-Identifier: MIT

set -u
. "$SRCDIR/tests/support/tap.sh"

words=$SRCDIR/tests/explore/words
libs=$BUILDDIR/lib/explore/.libs
flags="-std=c11 -g -O1 -fPIC -fsanitize=thread -D_GNU_SOURCE"
# As in lib/explore/words.mk: a wait sleeps at once, an RLock is biased.
short=$(sed -n 's/^\t\(-DIL_[A-Z_=0-9 -DIL]*\).*/\1/p' \
    "$SRCDIR/lib/explore/words.mk" | tr '\n' ' ')

# compile OUTPUT SOURCE [FLAG...]: with the headers of the tree at $include.
include=$SRCDIR/include
compile() {
    output=$1 source=$2
    shift 2
    # shellcheck disable=SC2086
    ${CC:-cc} $flags -I"$include" "$@" -c "$source" -o "$output" \
        >>"$tmp/out" 2>&1
}

# link PROGRAM OBJECT...: what the objects lack comes from the library.
link() {
    program=$1
    shift
    # shellcheck disable=SC2086
    ${CC:-cc} "$@" "$libs/libinterlock-words.a" -L"$libs" \
        -linterlock-explore -Wl,-rpath,"$libs" -Wl,-z,now -pthread \
        -o "$program" >>"$tmp/out" 2>&1
}

# explore OPTIONS PROGRAM ARGUMENT...
explore() {
    options=$1
    shift
    IL_EXPLORE="races=1 progress=0 schedules=9000000 seconds=3600 $options" \
        "$@" >"$tmp/out" 2>&1
}

# What the report says in its first sentence.
sentence() {
    sed '/^$/q' "$tmp/out" | tr -s '\n ' ' ' | sed 's/^[^:]*: //'
}

# proves OPTIONS PRIMITIVE SCENARIO THREADS: all that the options ask for.
proves() {
    explore "$1" "$tmp/$2" "$3" "$4"
    [ $? -eq 0 ] && ! grep -q 'no proof' "$tmp/out"
    report $? "$2 $3, $4 threads ($1): $(sentence)"
}

: >"$tmp/out"
built=0
compile "$tmp/scenario.o" "$words/scenario.c" || built=1
for primitive in lock rlock semaphore bounded_semaphore event condition \
    barrier buffers; do
    compile "$tmp/$primitive.o" "$words/$primitive.c" -Wno-tsan &&
        link "$tmp/$primitive" "$tmp/$primitive.o" "$tmp/scenario.o" || built=1
done
# An RLock that is not biased, as one is that is shared early.
compile "$tmp/rlock-unbiased.o" "$SRCDIR/lib/rlock.c" -I"$SRCDIR/lib" \
    -I"$BUILDDIR" -UIL_RLOCK_FIRST -DIL_RLOCK_FIRST=1024 &&
    link "$tmp/shared_rlock" "$tmp/rlock.o" "$tmp/scenario.o" \
        "$tmp/rlock-unbiased.o" || built=1
compile "$tmp/random.o" "$words/random.c" -Wno-tsan &&
    link "$tmp/random" "$tmp/random.o" || built=1
[ $built -eq 0 ]
report $? 'the scenarios are built'

# Two threads: all schedules, of which one of each class is run.  Exclusion,
# nobody sleeps for ever, no token is lost, who is last may free.
for scenario in 'lock exclusion' 'lock deadline' 'lock try' 'lock free' \
    'lock release-by-another' 'shared_rlock free' 'rlock release-anothers' \
    'semaphore exclusion' 'semaphore token' 'semaphore tokens' 'semaphore free' \
    'bounded_semaphore exclusion' 'bounded_semaphore bound' 'event set' \
    'event deadline' 'event clear' 'event free' 'condition notify-all' \
    'condition deadline' 'condition fifo' 'condition one-notify' \
    'barrier round' 'barrier abort' 'barrier free'; do
    # shellcheck disable=SC2086
    proves strategy=dpor $scenario 2
done
for scenario in exclusion deadline free; do
    proves bound=3 rlock $scenario 2
    proves bound=3 shared_rlock $scenario 2
done
proves bound=3 barrier rounds 2
proves bound=3 barrier deadline 2

# Three: each schedule with at most two preemptions.
for scenario in 'lock exclusion' 'lock deadline' 'lock try' 'lock free' \
    'lock release-by-another' 'rlock exclusion' 'rlock deadline' \
    'rlock release-anothers' 'rlock free' 'semaphore exclusion' \
    'semaphore tokens' 'semaphore deadline' 'bounded_semaphore exclusion' \
    'bounded_semaphore bound' 'event set' 'event deadline' \
    'condition notify-all' 'condition deadline' 'condition fifo' \
    'condition one-notify' 'barrier round' 'barrier abort' \
    'barrier deadline' 'barrier free'; do
    # shellcheck disable=SC2086
    proves bound=2 $scenario 3
done
proves bound=1 barrier rounds 3

# Two, with store buffers.
for scenario in 'lock exclusion' 'lock deadline' 'lock try' 'lock free' \
    'lock release-by-another' 'rlock release-anothers' \
    'semaphore exclusion' 'semaphore token' 'semaphore tokens' \
    'semaphore free' 'bounded_semaphore exclusion' \
    'bounded_semaphore bound' 'event set' 'event deadline' 'event clear' \
    'event free' 'barrier round' 'barrier abort' 'barrier free'; do
    # shellcheck disable=SC2086
    proves 'strategy=dpor tso=1' $scenario 2
done

# Store buffers themselves (Owens, Sarkar and Sewell, 2009): what x86 lets
# happen is found, what it does not is not.
litmus() {
    explore "strategy=full tso=1 races=0" "$tmp/buffers" "$1" 2
    [ $? -eq "$2" ]
    report $? "store buffers: $1 $([ "$2" -eq 1 ] && echo fails || echo holds)"
}
litmus plain 1
litmus release-acquire 1
litmus fence 0
litmus seq-cst 0
litmus membarrier 0
litmus own 0
explore 'strategy=full races=0' "$tmp/buffers" plain 2
report $? 'without them nothing does'

# The reduction finds the outcomes of the full search, in random programs.
outcomes() {
    IL_EXPLORE="strategy=$1 tso=$2 text=0 lines=- progress=0 seconds=3600" \
        "$tmp/random" "$3" "$4" >"$tmp/lines" 2>&1
    grep -q '	complete$' "$tmp/lines" || echo "not complete: $1"
    sed -n 's/^outcome	\([^	]*\).*/\1/p' "$tmp/lines" | sort
}
for threads in 2 3; do
    for tso in 0 1; do
        differ=0 number=1
        while [ $number -le 100 ]; do
            outcomes full $tso $number $threads >"$tmp/full"
            outcomes dpor $tso $number $threads >"$tmp/dpor"
            cmp -s "$tmp/full" "$tmp/dpor" && [ -s "$tmp/full" ] || {
                differ=$((differ + 1))
                echo "program $number differs" >>"$tmp/out"
            }
            number=$((number + 1))
        done
        [ $differ -eq 0 ]
        report $? "100 random programs of $threads threads (tso=$tso): full \
search and reduction have the same outcomes"
    done
done

# finds OPTIONS PRIMITIVE SCENARIO THREADS WHAT FILE EDIT...: with the edits
# made to a source of the library, it fails as WHAT says.
finds() {
    options=$1 primitive=$2 scenario=$3 threads=$4 what=$5 file=$6
    shift 6
    rm -rf "$tmp/tree"
    mkdir "$tmp/tree"
    cp -r "$SRCDIR/lib" "$SRCDIR/include" "$tmp/tree"
    for edit; do
        sed -i "$edit" "$tmp/tree/$file"
    done
    : >"$tmp/out"
    cmp -s "$tmp/tree/$file" "$SRCDIR/$file" &&
        echo "nothing was changed in $file" >"$tmp/out"
    include=$tmp/tree/include
    objects=
    for source in $(case $file in
        lib/*) echo "$file" ;;
        *) echo lib/lock.c lib/semaphore.c lib/event.c lib/bounded_semaphore.c ;;
        esac); do
        object=$tmp/$(basename "$source" .c)-changed.o
        # shellcheck disable=SC2086
        compile "$object" "$tmp/tree/$source" -I"$tmp/tree/lib" \
            -I"$BUILDDIR" $short
        objects="$objects $object"
    done
    compile "$tmp/changed.o" "$words/$primitive.c" -Wno-tsan
    # shellcheck disable=SC2086
    link "$tmp/changed" "$tmp/changed.o" "$tmp/scenario.o" $objects
    include=$SRCDIR/include
    [ -s "$tmp/out" ] || explore "$options" "$tmp/changed" "$scenario" \
        "$threads"
    grep -q "$what" "$tmp/out" && grep -q WRONG "$tmp/out"
    report $? "$file with $*: $(sentence)"
}

finds 'strategy=dpor tso=1' lock exclusion 2 'nobody can go on' \
    lib/presence.c 's/return membarrier(MEMBARRIER_CMD_PRIVATE.*/return true;/'
finds bound=2 lock exclusion 2 'data race' include/interlock/lock.h \
    's/&word, IL__LOCK_HELD, __ATOMIC_ACQUIRE/\&word, IL__LOCK_HELD, __ATOMIC_RELAXED/'
finds bound=2 lock exclusion 2 'nobody can go on' lib/lock.c \
    '/if (word & WAITED)/,+1s/il__park_wake(&l->il_word, 1)/(void)0/'
finds bound=2 lock free 2 'freed memory' include/interlock/lock.h \
    's/^    __atomic_signal_fence(__ATOMIC_SEQ_CST);/    (void)__atomic_load_n(\&l->il_word, __ATOMIC_RELAXED);/'
finds bound=2 semaphore token 2 'nobody can go on' lib/semaphore.c \
    's/^    il__park_wake(tokens(s), n);/    (void)s, (void)n;/'
finds bound=2 event set 2 'nobody can go on' lib/event.c \
    's/^    il__park_wake(&e->il_word, PARK_ALL);/    (void)e;/'
finds bound=2 bounded_semaphore bound 2 assert \
    include/interlock/bounded_semaphore.h \
    's/give(&s->il_tokens, 1, s->il_bound)/give(\&s->il_tokens, 1, IL_SEMAPHORE_MAX)/'
finds bound=2 condition notify-all 2 'nobody can go on' lib/waiters.c \
    's/^            il__park_wake(&w->verdict, 1);/            (void)0;/'
finds bound=2 condition fifo 3 assert lib/waiters.c \
    's/^    \*w = (struct il__waiter){.previous = q->il_last.*/    *w = (struct il__waiter){.next = q->il_first, .queued = true}; q->il_first = w; if (!q->il_last) q->il_last = w; set_length(q, q->il_length + 1); return;/'
finds bound=2 barrier round 2 'nobody can go on' lib/waiters.c \
    's/^            il__park_wake(&w->verdict, 1);/            (void)0;/'

plan
[ $failed -eq 0 ]
