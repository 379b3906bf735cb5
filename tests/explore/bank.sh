#!/bin/sh
# bank.sh -- the lessons of the bank: what each can do, in how many schedules,
# and that its cures are cures; as the explorer says, with each compiler.
# Then the rest of il-explore: run, grade, replay, play, page, and mistakes.
# TAP; needs SRCDIR, BUILDDIR and CC.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
explore=$BUILDDIR/lib/explore/il-explore
cd "$SRCDIR/examples/bank" || exit 99

# Of each lesson: what il-explore is told; schedules/failures with at most that
# many preemptions, and of all; up to where that is a proof; and the failure
# with the fewest preemptions, how many those are, and its schedule.
expected() {
    cat <<'END'
01-lost-update.c|0:2/0 1:4/2 all:6/4 proof all; wrong 1 A1.B2.A1
02-textbook.c|0:2/0 1:16/8 all:12870/12800 proof all; wrong 1 A7.B8.A1
02-three-instructions.c|0:2/0 1:4/2 all:6/4 proof all; wrong 1 A1.B2.A1
02-three-instructions.c -DFIX_ADD|0:2/0 all:2/0 proof all; right
03-barrier.c|0:2/0 1:6/0 all:6/0 proof all; right
03-event.c|0:2/0 1:4/0 2:12/2 all:142/72 proof all; wrong 2 A1.B3.A4.B2
03-event.c -DFIX_LOCK|0:2/0 all:2/0 proof all; right
03-guards.c|0:2/0 all:2/0 proof all; right
03-guards.c -DRLOCK|0:2/0 all:2/0 proof all; right
03-guards.c -DSEMAPHORE|0:2/0 all:2/0 proof all; right
03-guards.c -DBOUNDED_SEMAPHORE|0:2/0 all:2/0 proof all; right
03-guards.c -DCONDITION|0:2/0 all:2/0 proof all; right
03-three-tellers.c|0:6/0 1:60/36 all:34650/34560 proof all; wrong 1 A4.B3.C4.B1
03-three-tellers.c -DFIX_LOCK|0:6/0 1:24/0 2:60/0 3:90/0 all:90/0 proof all; right
04-heisenbug.c|0:2/0 1:4/2 all:6/4 proof all; wrong 1 A1.B2.A1
04-heisenbug.c -DSLEEP|0:6/4 all:6/4 proof all; wrong 0 A1.B2.A1
04-heisenbug.c -DQUIET|0:2/0 1:4/2 all:6/4 proof all; wrong 1 A1.B2.A1
05-passing-test.c|0:2/0 1:4/2 all:6/4 proof all; wrong 1 A1.B2.A1
06-check-then-act.c|0:2/0 1:4/2 all:6/4 proof all; wrong 1 A3.B7.A4
06-check-then-act.c -DFIX_ONE_BLOCK|0:2/0 all:2/0 proof all; right
07-torn-audit.c|0:2/0 1:12/2 all:506/2 proof all; wrong 1 A5.B10.A5
07-torn-audit.c --strategy dpor|all:4/2 proof all; wrong 1 A5.B10.A5
07-torn-audit.c -DFIX_BOTH|0:2/0 all:2/0 proof all; right
08-wrong-lock.c|0:2/0 1:8/2 all:70/36 proof all; wrong 1 A2.B4.A2
08-wrong-lock.c -DSHADOWED|0:2/0 1:8/2 all:70/36 proof all; wrong 1 A2.B4.A2
08-audit-lock.c|0:2/0 1:10/3 all:210/61 proof all; wrong 1 A4.B4.A2
08-audit-lock.c -DFIX_ONE_LOCK|0:2/0 all:2/0 proof all; right
08-wrong-lock.c -DFIX_ONE_LOCK|0:2/0 all:2/0 proof all; right
09-back-off.c --bound 3|0:2/0 1:10/0 2:50/0 3:226/0 proof 3; right
09-back-off.c -DNO_YIELD --steps 100 --bound 1|0:2/0 1:6/4 proof 1; livelock 1 A7.B93
09-back-off.c -DTIME_OUT --steps 40 --bound 1|0:2/0 1:104/40 proof 1; livelock 1 A1.B1.B!.B2.A!.A2.B!.B2.A!.A2.B!.B2.A!.A2.B!.B2.A!.A2.A!.A1.B7.A5
09-deadlock.c|0:2/0 1:6/2 all:6/2 proof all; deadlock 1 A1.B1
09-deadlock.c -DFIX_ORDER|0:2/0 all:2/0 proof all; right
09-deadlock.c -DFIX_ONE_LOCK|0:2/0 all:2/0 proof all; right
10-foreign-release.c|0:1/0 all:1/0 proof all; right
10-foreign-release.c -DRLOCK|0:1/1 all:1/1 proof all; wrong 0 A1
10-self-deadlock.c|0:2/2 all:2/2 proof all; deadlock 0 A1
10-self-deadlock.c -DTELLERS=1|0:1/1 all:1/1 proof all; deadlock 0 A1
10-self-deadlock.c -DFIX_RLOCK|0:2/0 all:2/0 proof all; right
11-forgotten-release.c|0:6/2 all:240/20 proof all; deadlock 0 A3.B3
11-forgotten-release.c -DFIX_WITH|0:6/0 1:60/0 2:294/0 3:780/0 all:2550/0 proof all; right
11-four-tellers.c --bound 1|0:120/0 1:3720/0 proof 1; right
11-four-tellers.c -DCOUNTERS=2|0:6/0 1:60/0 2:294/0 3:780/0 all:2550/0 proof all; right
11-over-release.c|0:6/0 1:30/4 all:190/84 proof all; wrong 1 A2.C1.B4.A2
11-over-release.c -DBOUNDED|0:6/6 all:122/122 proof all; wrong 0 A4.B4.C1
12-clear.c|0:1/1 all:10/3 proof all; deadlock 0 A4.B3
12-clear.c -DFIX_FETCH_ALL|0:1/0 1:3/0 2:7/0 3:9/0 all:10/0 proof all; right
12-payday.c|0:2/1 all:7/1 proof all; deadlock 0 A4.B2
12-payday.c -DFIX_EVENT|0:1/0 all:1/0 proof all; right
13-lost-wakeup.c|0:2/0 1:8/1 all:17/1 proof all; deadlock 1 A1.B4.A2
13-lost-wakeup.c -DFIX_INSIDE|0:2/0 1:6/0 2:9/0 3:13/0 all:13/0 proof all; right
14-if.c|0:7/0 1:53/1 all:85/9 proof all; wrong 1 A3.C7.B7.A9.C7
14-if.c -DFIX_WHILE|0:7/0 1:48/0 2:78/0 3:85/0 all:85/0 proof all; right
14-notify.c|0:10/0 1:107/1 all:387/4 proof all; deadlock 1 B3.A3.C4.B4.C4.A7
14-notify.c -DFIX_ALL|0:10/0 1:151/0 2:540/0 3:1013/0 all:1175/0 proof all; right
14-spurious.c|0:2/0 1:3/0 all:3/0 proof all; right
14-spurious.c --spurious|0:2/0 1:4/1 all:8/1 proof all; wrong 1 A3.A?.A5.B5
20-you-are-the-scheduler.c -DFIX_ORDER -DRELAXED --tso --bound 0 --schedules 20000|0:20000/2824+ proof none; wrong 0 A2.B2.a4.b4
14-spurious.c -DFIX_WHILE --spurious --bound 3|0:2/0 1:4/0 2:10/0 3:16/0 proof 3; right
15-queue.c|0:2/0 1:6/2 all:12/8 proof all; wrong 1 A3.B11.A3
15-sentinel.c|0:2/0 1:6/0 2:8/0 all:8/0 proof all; right
15-sentinel.c -DTRUTH|0:2/2 all:4/4 proof all; wrong 0 A10.B5
15-task-done.c|0:2/2 all:2/2 proof all; deadlock 0 A5.M1
15-task-done.c -DFIX_FINALLY|0:6/0 1:10/0 all:10/0 proof all; right
16-read-before-join.c|0:6/4 all:6/4 proof all; wrong 0 M3.A4.B4
16-read-before-join.c -DFIX_JOIN|0:2/0 all:2/0 proof all; right
17-dead-party.c|0:1/1 all:1/1 proof all; deadlock 0 B1
17-dead-party.c -DFIX_ABORT|0:2/0 all:2/0 proof all; right
17-dead-party.c -DFIX_TIMEOUT|0:1/0 all:1/0 proof all; right
17-home-made-barrier.c|0:2/2 all:40/8 proof all; deadlock 0 A7.B17.A4
17-home-made-barrier.c -DFIX_DAY|0:2/0 1:44/0 2:388/0 3:2022/0 all:40/0 proof all; right
17-home-made-barrier.c -DFIX_BARRIER|0:2/0 1:12/0 2:48/0 3:124/0 all:630/0 proof all; right
17-if.c|0:2/0 1:15/0 2:47/0 3:88/0 all:118/0 proof all; right
17-if.c --spurious|0:2/0 1:17/1 all:1178/12 proof all; wrong 1 B7.B?.B3.A12
17-if.c -DFIX_DAY --spurious --bound 3|0:2/0 1:17/0 2:85/0 3:291/0 proof 3; right
18-futex-mutex.c --bound 1|0:6/0 1:78/18 proof 1; deadlock 1 A3.B3.C2.A2.B5
18-futex-mutex.c -DTELLERS=2|0:2/0 1:8/0 2:20/0 3:38/0 all:100/0 proof all; right
18-futex-mutex.c -DFIX_TWO --bound 3|0:6/0 1:78/0 2:510/0 3:2616/0 proof 3; right
18-futex-mutex.c -DFIX_TWO --strategy dpor|all:10056/0 proof all; right
19-correct-and-slow.c|0:6/0 all:6/0 proof all; right
19-correct-and-slow.c -DSHARDED|0:6/0 1:16/0 2:28/0 3:30/0 all:30/0 proof all; right
19-correct-and-slow.c -DPER_ACCOUNT|0:6/0 1:24/0 2:60/0 3:90/0 all:90/0 proof all; right
19-correct-and-slow.c -DNONE|0:1/0 all:1/0 proof all; right
20-you-are-the-scheduler.c|0:2/0 1:20/0 2:118/2 all:9654/60 proof all; wrong 2 A1.B4.A6.B2
20-you-are-the-scheduler.c -DFIX_ORDER|0:2/0 1:26/0 2:216/0 3:1102/0 all:30934/0 proof all; right
END
}

# summary LINES: of a result, as above; without the hash of a schedule.
summary() {
    awk -F '\t' '
        $1 == "level" {
            printf "%s:%s/%s%s ", $2, $4, $5, $6 == "part" ? "+" : ""
        }
        $1 == "proof" { proof = $2 }
        $1 == "failure" {
            sub(/#.*/, "", $6)
            failure = $2 " " $3 " " $6
        }
        END {
            printf "proof %s; %s\n", proof, failure == "" ? "right" : failure
        }' "$1"
}

# explored COMPILER WORDS SUMMARY: what the explorer says of a lesson.
explored() {
    rm -f "$tmp/lines"
    # shellcheck disable=SC2086
    CC=$1 $bounded "$explore" --quiet --lines "$tmp/lines" --seconds 600 $2 \
        >"$tmp/out" 2>&1
    summary "$tmp/lines" >"$tmp/found" 2>>"$tmp/out"
    echo "$3" >"$tmp/expected"
    same "$2, explored with $1" "$tmp/expected" "$tmp/found"
}

# native COMPILER WORDS SUMMARY: the lesson as any program; one that can be
# stuck may be, and one that can't be wrong must not.
native() {
    # shellcheck disable=SC2046
    set -- "$1" "$3" $(echo "$2" | tr ' ' '\n' | grep -v '^[-0-9]*$' |
        grep -v -e '^--' -e '^dpor$')
    compiler=$1 says=$2 limit=60
    shift 2
    case $says in
    *lock\ *) limit=0.3 ;;
    esac
    $compiler -O2 -Wall -Wextra -Werror -D_GNU_SOURCE \
        -I"$SRCDIR/include" "$@" -o "$tmp/program" \
        "$BUILDDIR/lib/.libs/libinterlock.so" \
        -Wl,-rpath,"$BUILDDIR/lib/.libs" -pthread >"$tmp/out" 2>&1 &&
        timeout $limit "$tmp/program" >>"$tmp/out" 2>&1
    status=$?
    case $status:$says in
    0:* | 1:*wrong* | 124:*lock\ *) true ;;
    *) false ;;
    esac
    report $? "$*, as any program with $compiler"
}

# answers STATUS PATTERN NAME COMMAND...: it exits so, and prints that.
answers() {
    status=$1 pattern=$2 name=$3
    shift 3
    $bounded "$@" >"$tmp/out" 2>&1
    [ $? -eq "$status" ] && grep -q -e "$pattern" "$tmp/out"
    report $? "$name"
}

if [ ! -x "$explore" ]; then
    skip 'the lessons' 'programs cannot be explored here'
    plan
    exit
fi
bounded=
command -v timeout >/dev/null 2>&1 && bounded='timeout 900'

expected >"$tmp/lessons"
for compiler in $(here gcc clang); do
    while IFS='|' read -r words says; do
        explored "$compiler" "$words" "$says" </dev/null
        native "$compiler" "$words" "$says" </dev/null
    done <"$tmp/lessons"
done
ls ./*.c | sed 's|^\./||' >"$tmp/expected"
sed 's/[ |].*//' "$tmp/lessons" | sort -u >"$tmp/found"
same 'every lesson is among them' "$tmp/expected" "$tmp/found"

grep -h -o '[0-9][0-9]-[a-z-]*\.c' pages/*.txt | sort -u >"$tmp/found"
same 'every lesson is on a page' "$tmp/expected" "$tmp/found"

# prose PAGE: its numbers; not years, other lessons, factorials, or code, nor
# those that are woven.
prose() {
    awk '/^@(python|code)/ { code = 1 }
        !code && !/^[@=]/
        /^@end/ { code = 0 }' "$1" |
        sed -E -e 's/\{[^}]*\}//g' \
            -e 's/[Ll]essons? [0-9]+((, [0-9]+)* and [0-9]+)?//g' \
            -e 's/\b(19|20)[0-9][0-9]\b//g' -e 's/[0-9]+!//g' |
        grep -o -E '\b[0-9]+'
}
# typed PAGE: the numbers in its prose that none of its programs has.
typed() {
    prose "$1" | while read -r number; do
        # shellcheck disable=SC2046
        grep -q -w -e "$number" \
            $(grep -h -o '[0-9][0-9]-[a-z-]*\.c' "$1") || echo "$1: $number"
    done
}
for page in pages/[0-9]*.txt; do
    typed "$page"
done >"$tmp/out"
[ ! -s "$tmp/out" ]
report $? 'no number on a page is typed that a program could tell'

printf '%s\n' Question Predict Run Explore Fix Check Moral - - - \
    >"$tmp/expected"
for page in pages/[0-9]*.txt; do
    sed -n -e '/^== Moral/,$s/^- .*/-/p' -e 's/^== //p' "$page" |
        diff "$tmp/expected" - | sed "s|^|$page: |"
done >"$tmp/out"
[ ! -s "$tmp/out" ]
report $? 'a page asks, and ends with a moral of three lines'
sh pages/weave.sh "$explore" . "$tmp/site" 10-self-deadlock >"$tmp/out" 2>&1 &&
    grep -q '2 wait\|waits for itself\|nobody can go on' \
        "$tmp/site/10-self-deadlock.html" &&
    grep -q 'href="09-deadlock.html"' "$tmp/site/10-self-deadlock.html" &&
    [ -s "$tmp/site/10-self-deadlock-steps.html" ]
report $? 'a page is woven'
mkdir -p "$tmp/book/pages"
cp pages/index.txt pages/style.css "$tmp/book/pages"
printf '= One\n== Question\nAre there {kinds 05-passing-test.c}?\n' \
    >"$tmp/book/pages/01-one.txt"
cp 05-passing-test.c "$tmp/book"
answers 1 'what is {kinds 05' 'a number that exploring does not tell' \
    sh pages/weave.sh "$explore" "$tmp/book" "$tmp/site"

# No annotation, none of our headers.
cat >"$tmp/plain.c" <<'END'
#include <pthread.h>
#include <stdio.h>
static int n;
static void *count(void *unused) { n++; return unused; }
int main(void)
{
    pthread_t a, b;
    pthread_create(&a, NULL, count, NULL);
    pthread_create(&b, NULL, count, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", n);
    return n != 2;
}
END
for compiler in $(here gcc clang); do
    answers 1 'A1.B2.A1' "a plain file with $compiler" \
        env CC="$compiler" "$explore" "$tmp/plain.c"
done
answers 1 'A1.B2.A1' 'what must be printed is' \
    "$explore" --expect 2 -DIGNORED "$tmp/plain.c"

# On real threads.
answers 1 '^150 *yes .*the bank loses 30$' 'run shows what was seen' \
    "$explore" run --rounds 300 --seconds 600 04-heisenbug.c -DSLEEP
answers 0 '^120 *yes *500 *100.000 %' 'run runs as often as it is told' \
    "$explore" run --rounds 500 --seconds 600 03-guards.c
answers 0 'all schedules were explored' 'run says what is impossible' \
    "$explore" run --rounds 500 --seconds 600 03-guards.c
answers 1 '^deadlock *yes *[1-9]' 'a round that hangs is counted' \
    "$explore" run --rounds 2 --seconds 600 10-self-deadlock.c
answers 0 '^150 *yes *0 *never' 'what was not seen is possible all the same' \
    "$explore" run --apart --rounds 1 --seconds 600 01-lost-update.c

# Each round begins anew, and ends however it ends.
cat >"$tmp/anew.c" <<'END'
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
static int n, initialized = 5;
static _Thread_local int own;
static void *count(void *unused)
{
    n += ++own;
    initialized++;
    pthread_exit(unused);
}
int main(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, count, NULL);
    pthread_join(thread, NULL);
    own++;
    printf("%d %d %d\n", n, initialized, own);
    exit(0);
}
END
answers 0 '^1 6 1 *yes *300 *100.000 %' 'each round begins anew' \
    "$explore" run --rounds 300 --seconds 600 "$tmp/anew.c"
# ends BODY PATTERN: what a round with that body is counted as.
ends() {
    printf '%s\n' '#include <assert.h>' '#include <stdlib.h>' \
        "int main(void) { int *p = NULL; $1 return p != NULL; }" \
        >"$tmp/end.c"
    answers 1 "$2" "a round that ends so: $1" \
        "$explore" run --rounds 1 --seconds 600 "$tmp/end.c"
}
ends 'assert(p);' '^assertion failed *yes *1 '
ends '*(volatile int *)p = 1;' '^crash *yes *1 '
ends 'for (;;) p = p;' '^livelock'

# Grades.
answers 0 '^right: 2 schedules' 'a cure is right' \
    "$explore" grade 01-lost-update.c 03-guards.c
answers 1 '^wrong: A1.B2.A1#' 'no cure is wrong' \
    "$explore" grade 01-lost-update.c 04-heisenbug.c -DQUIET
answers 3 '^unproven: .* at most 1 preemption' 'a part is no proof' \
    "$explore" grade 03-event.c 03-event.c --bound 1
sed 's/^    pthread_create(&teller\[1\].*/pthread_join(teller[0], NULL); &/
    s/^    pthread_join(teller\[0\], NULL);$//' 01-lost-update.c \
    >"$tmp/turns.c"
answers 1 '^refused: .* never run at the same time' 'taking turns is no cure' \
    "$explore" grade 01-lost-update.c "$tmp/turns.c"
# What does not do what it should is no cure, however it looks.
spoilt() {
    sed "$3" "$2" >"$tmp/spoilt.c"
    answers 1 '^wrong: ' "$1 is no cure" "$explore" grade "$2" "$tmp/spoilt.c"
}
spoilt 'a deposit without a lock' 10-self-deadlock.c 's/IL_WITH(&lock)//'
spoilt 'to release twice' 11-forgotten-release.c \
    's/  return NULL;/  { leave(); leave(); return NULL; }/
    /^#ifdef FIX/i#define leave() il_semaphore_release(\&counters)'
spoilt 'to let everybody in' 11-forgotten-release.c \
    '/semaphore_acquire/d; /semaphore_release/d; s/IL_WITH(&counters)//'
spoilt 'not to wait for the Event' 12-clear.c '/event_wait/d; /event_clear/d'
spoilt 'not to wait for the money' 14-if.c 's/il_condition_wait.*/return NULL;/'
spoilt 'to go on' 13-lost-wakeup.c '/^#ifdef FIX_INSIDE/,/^#endif/d'
spoilt 'not to wait' 14-notify.c '/while (!/,/condition_wait/d'
spoilt 'a queue that is not joined' 15-task-done.c '/^    queue_join();/d'
spoilt 'not to meet' 17-home-made-barrier.c '/^        meet();/d'
printf '%s\n' '#include <stdio.h>' 'int main(void)' \
    '{ puts("120  right"); return 0; }' >"$tmp/none.c"
answers 1 '^refused: .* fewer threads' 'no threads are no cure' \
    "$explore" grade 01-lost-update.c "$tmp/none.c"
sed 's/"%d  %s/"about %d  %s/' 03-guards.c >"$tmp/other.c"
answers 1 "^refused: .*'about 120'" 'another outcome is no cure' \
    "$explore" grade 01-lost-update.c "$tmp/other.c"

answers 0 '^right: ' 'what never was right can be cured' \
    "$explore" grade 15-task-done.c 15-task-done.c -DFIX_FINALLY

# One schedule, and a game.
schedule=$("$explore" --quiet --lines - 01-lost-update.c |
    awk -F '\t' '$1 == "failure" { print $6 }')
answers 1 'the withdrawal vanished' 'replay shows that schedule' \
    "$explore" replay "$schedule" 01-lost-update.c
answers 2 . 'replay refuses that of another program' \
    "$explore" replay "$schedule" 08-wrong-lock.c
answers 2 . 'replay refuses what is no schedule' \
    "$explore" replay nonsense 01-lost-update.c
printf '%s\n' A B B A >"$tmp/moves"
answers 1 '150' 'play takes moves from a pipe' \
    sh -c '"$0" play 01-lost-update.c <"$1"' "$explore" "$tmp/moves"
answers 1 'page.html' 'page writes a page' \
    "$explore" page --html "$tmp/page.html" 01-lost-update.c
grep -q '</html>' "$tmp/page.html" 2>"$tmp/out"
report $? 'which is one'
answers 1 '"replay":"A1.B2.A1#' '--json is JSON' \
    "$explore" --quiet --json - 01-lost-update.c

# cc.
"$explore" cc -o "$tmp/self" 01-lost-update.c >"$tmp/out" 2>&1
report $? 'cc compiles'
answers 1 'A1.B2.A1' 'what cc made explores itself' "$tmp/self"
cat >"$tmp/root.c" <<'END'
#include <math.h>
int main(int argc, char **argv) { return sqrt(argc) > ROOT || !argv; }
END
answers 0 RIGHT 'what comes after -- goes to the compiler and the linker' \
    "$explore" "$tmp/root.c" -- -DROOT=1 -lm
answers 2 . 'it refuses what it does not know' \
    env IL_EXPLORE=nonsense=1 "$tmp/self"

# Mistakes.
answers 0 'il-explore \[COMMAND\]' '--help helps' "$explore" --help
answers 2 'a C file is missing' 'no file' "$explore"
answers 2 "no file 'none.c'" 'a file that is not there' "$explore" none.c
sed -n '/^\.EX/,/^\.EE/p' "$SRCDIR/man/interlock-bank.7" |
    sed -e '/^\.E[XE]/d' -e 's/\\e/\\/g' -e 's/\\-/-/g' >"$tmp/manual.c"
answers 0 'right: 2 schedules' "the manual's cure is one" \
    "$explore" grade 01-lost-update.c "$tmp/manual.c"
answers 0 '=> 120  right' 'a replay of what is right' \
    "$explore" replay A2.B2 01-lost-update.c
cat >"$tmp/reads.c" <<'END'
#include <pthread.h>
#include <stdio.h>
static int sum;
static void *add(void *line)
{
    sum += *(char *)line;
    return line;
}
int main(void)
{
    char line[9] = "";
    pthread_t a;
    fgets(line, sizeof line, stdin);
    pthread_create(&a, NULL, add, line);
    sum += 1;
    pthread_join(a, NULL);
    printf("%s \n\n", line);
    return *line != 'x';
}
END
echo x >"$tmp/input"
answers 0 'yes .*100.000' 'each round reads the same' \
    "$explore" run --rounds 50 --seconds 600 "$tmp/reads.c" <"$tmp/input"
answers 2 "no option '--bond'" 'an unknown option' "$explore" --bond 2 x.c
answers 2 "a number, not 'two'" 'a number that is none' \
    "$explore" --bound two 01-lost-update.c
answers 2 'at least 1' 'no schedule at all' \
    "$explore" --schedules 0 01-lost-update.c
answers 2 'are for run' 'an option that is for run' \
    "$explore" --rounds 5 01-lost-update.c
answers 2 'takes a value' 'a value that is missing' "$explore" --bound
answers 2 "not 'best'" 'an unknown strategy' \
    "$explore" --strategy best 01-lost-update.c
answers 2 "not 'bit'" 'an unknown grain' \
    "$explore" --grain bit 01-lost-update.c
answers 2 'takes a lesson' 'a grade of nothing' "$explore" grade
answers 2 '-o is for cc' 'an -o that is not for cc' \
    "$explore" -o x 01-lost-update.c
echo 'int main(' >"$tmp/broken.c"
answers 2 . 'a file that does not compile' "$explore" "$tmp/broken.c"
plan
