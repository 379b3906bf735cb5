#!/bin/sh
# contention.sh -- bench/contention takes its arguments, measures each workload,
# writes its reports, catches locks with planted faults, and keeps what it has
# when it is interrupted.  TAP; needs SRCDIR and BUILDDIR.
#
# SPDX-License-Identifier: MIT

. "$SRCDIR/tests/support/tap.sh"
contention=$BUILDDIR/bench/contention
if [ ! -x "$contention" ]; then
    echo '1..0 # SKIP bench/contention was not built: jansson is not there'
    exit 0
fi
primitives='lock rlock semaphore bounded_semaphore event condition barrier'
TSAN_OPTIONS="$TSAN_OPTIONS report_bugs=0"
export TSAN_OPTIONS

# ok NAME COMMAND...: the command succeeds.
ok() {
    name=$1
    shift
    "$@"
    status=$?
    [ -f "$tmp/err" ] && cat "$tmp/err" >>"$tmp/out"
    report $status "$name"
}

# runs STATUS ARGUMENT...: contention with these arguments exits with STATUS.
runs() {
    expected=$1
    shift
    "$contention" "$@" >"$tmp/out" 2>"$tmp/err"
    [ $? -eq "$expected" ]
}

# refuses ARGUMENT...: one sentence on stderr, nothing on stdout, and 2.
refuses() {
    runs 2 "$@" && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" -eq 1 ] &&
        grep -q '^contention: .*\.$' "$tmp/err"
}

# says WORD ARGUMENT...: it is refused, and the sentence has the word.
says() {
    word=$1
    shift
    refuses "$@" && grep -qF -e "$word" "$tmp/err"
}

# Beside a copy of the program there is no peer.
refuses_alone() {
    cp "$contention" "$tmp/alone" || return
    "$tmp/alone" list >"$tmp/out" 2>"$tmp/err"
    [ $? -eq 2 ] && grep -q 'make bench-programs\.$' "$tmp/err"
}

lists_all() {
    runs 0 list || return
    for word in $primitives interlock pthread tas mutexbench-moderate herd; do
        grep -Eq "^[ *]*$word( |\$)" "$tmp/out" || return
    done
    ! grep -q broken "$tmp/out"
}

# Each library of the list that is more than a kind of lock has each primitive,
# or a reason why not.
lists_lacks() {
    runs 0 list || return
    awk -v primitives="$primitives" '
        /^[a-z]/ { part = $0 }
        part == "peers" && /^  [a-z]/ { peer = $1; from = 2 }
        part == "peers" {
            for (i = from; i <= NF; i++)
                has[peer, $i] = 1
            from = 1
        }
        part ~ /^what they/ && /^  / { sub(/:$/, "", $1); has[$1, $2] = 1; there[$1] = 1 }
        length > 80 { print "too long: " $0; bad = 1 }
        END {
            n = split(primitives, all, " ")
            there["interlock"] = there["pthread"] = 1
            for (peer in there) for (i = 1; i <= n; i++)
                if (peer !~ /^others$|-clh$/ && !((peer, all[i]) in has)) {
                    print peer " has no " all[i] ", and no reason"
                    bad = 1
                }
            exit bad || !(("others", "barrier") in has)
        }' "$tmp/out" >"$tmp/lacks" || {
        cat "$tmp/lacks" >>"$tmp/out"
        return 1
    }
}

# brief ARGUMENT...: an instant of interlock and pthread.
brief() {
    runs 0 --quick --seconds 0.004 --blocks 2 --peer interlock,pthread "$@"
}

# field KEY PEER BLOCK FILE: of that peer's line in a CSV without quotes.
field() {
    awk -F, -v key="$1" -v peer="$2" -v block="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        $at["peer"] == peer && $at["block"] == block { print $at[key]; exit }
    ' "$4" | tr -d '\r'
}

# is EXPRESSION: awk finds it true; with a number that is not known it does not.
is() {
    awk "BEGIN { exit !($1) }" 2>>"$tmp/out"
}

# A run is over when its time is.  On a busy machine a thread may not have had a
# processor by then, and there are no figures, or too few: who needs them makes
# the run again, for longer.
moments='0.004 0.1 2'
times='0.1 0.5 3'

# Each workload of the list has a row of interlock with a rate.
have_rates() {
    while read -r workload _; do
        awk -F, -v primitive="$primitive" -v workload="$workload" '
            NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
            $at["primitive"] == primitive && $at["workload"] == workload &&
                $at["peer"] == "interlock" && $at["ops_per_s"] > 0 { n++ }
            END { exit n == 0 }' "$tmp/csv" || {
            echo "there is no row of $workload" >>"$tmp/out"
            return 1
        }
    done <"$tmp/names"
}

measures() {
    primitive=$1
    "$contention" list | awk -v primitive="$primitive" '
        /^[a-z]/ { inside = $1 == primitive }
        inside && /^[ *]/ { print substr($0, 3, 20) }' >"$tmp/names"
    [ -s "$tmp/names" ] || return
    for seconds in $moments; do
        runs 0 --all --seconds "$seconds" --blocks 2 \
            --peer interlock,pthread --primitive "$primitive" --threads 1,2 \
            --csv "$tmp/csv" || return
        have_rates && return
    done
    false
}

# Where a character is a byte.
narrow() (
    LC_ALL=C
    export LC_ALL
    brief && [ "$(awk 'length > 80' "$tmp/out" | wc -l)" -eq 0 ]
)

# The first is the baseline; of the others only those named are measured.
measures_named() {
    runs 0 --quick --seconds 0.004 --blocks 2 --primitive lock \
        --workload pair --against tas,ttas --csv "$tmp/csv" &&
        [ "$(awk -F, 'NR > 1 { print $11 "," $12 }' "$tmp/csv" | sort -u |
            tr '\n' ' ')" = 'interlock, tas,1 tas,2 ttas, ' ]
}

# The threads of all turns change, the others do as always.
measures_shaken() {
    brief --shake --primitive rlock,semaphore --threads 2 \
        --workload contended,ping-pong --csv "$tmp/csv" &&
        grep -q '^rlock / contended (.*, shaken)' "$tmp/out" &&
        grep -q '^semaphore / ping-pong (outside 0 ns)$' "$tmp/out" &&
        is "$(field shake interlock 1 "$tmp/csv") == 1"
}

# Four threads a processor, however many these are.
measures_oversub() {
    cpus=$(nproc) &&
        brief --workload oversub --blocks 1 --csv "$tmp/csv" &&
        is "$(field threads interlock 1 "$tmp/csv") == \
            ($cpus > 64 ? 256 : 4 * $cpus)"
}

# Two kinds of threads, on few processors as well.
measures_asym() {
    brief --workload asym --csv "$tmp/csv" &&
        is "$(field threads interlock 1 "$tmp/csv") + 0 >= 2"
}

# number KEY: of what a program printed of its run; nothing if it is not known.
number() {
    sed -n "s/.*\"$1\":\([0-9][0-9.e+-]*\)[,}].*/\1/p" "$tmp/out"
}

# Who parks by futexes makes one call for each wait that sleeps.  The wait that
# is under way when the count begins, or ends, may have one too many or too few,
# which is little among twenty.
counts_futexes() {
    backend=$(sed -n 's/^BACKEND = //p' "$BUILDDIR/Makefile")
    for seconds in $times; do
        "$BUILDDIR/bench/peers/interlock" run interlock condition timeout \
            threads=1 seconds="$seconds" >"$tmp/out" 2>"$tmp/err" || return
        is "$(number ops) >= 20" && break
    done
    is "$(number ops) >= 20" || return
    if [ "$backend" = futex ]; then
        is "$(number futexes) > 0.8 && $(number futexes) < 1.2"
    else
        [ -z "$(number futexes)" ]
    fi
}

# terminal COMMAND...: runs it as on a terminal.
terminal() {
    TERM=xterm script -qec "$*" /dev/null
}

# Verdicts are coloured on a terminal, but for who does not want it.
colours() {
    brief --primitive lock --workload pair --json "$tmp/c.json" || return
    terminal "$contention" report "$tmp/c.json" >"$tmp/out"
    escape=$(printf '\033')
    grep -q "$escape" "$tmp/out" &&
        NO_COLOR=1 terminal "$contention" report "$tmp/c.json" >"$tmp/out" &&
        ! grep -q "$escape" "$tmp/out" && grep -q '^verdict' "$tmp/out"
}

# A line that is written over and over, and gone at the end.
shows_progress() {
    terminal "$contention" --primitive lock --workload pair --peer interlock \
        --threads 1 --blocks 2 --seconds 0.004 | tr '\r' '\n' >"$tmp/out"
    grep -q '^block [12] of 2, .* left: lock pair, 1 thread: ' "$tmp/out" &&
        runs 0 --primitive lock --workload pair --peer interlock --blocks 1 \
            --seconds 0.004 && [ ! -s "$tmp/err" ]
}

judges() {
    runs 0 --primitive lock --workload pair --peer interlock --blocks 6 \
        --seconds 0.01 &&
        grep -Eq '^ +1 interlock .* (faster|slower|no diff)$' "$tmp/out" &&
        grep -q '^verdict' "$tmp/out" && grep -q '^noise floor' "$tmp/out"
}

# measured PEER CS [OPTION]...: sections of two threads, of a planted lock.
measured() {
    planted=$1 cs=$2
    shift 2
    "$contention" --peer "$planted" --workload sweep --threads 2 --cs "$cs" \
        --ncs 0 --blocks 2 --seconds "$seconds" --csv "$tmp/csv" "$@" \
        >"$tmp/out" 2>"$tmp/err"
}

# With sections this long two threads are in there together all the time, and
# on one processor whenever one of them is suspended.
finds_broken() {
    for seconds in $times; do
        measured broken 20000
        status=$?
        ! grep -q 'pthread *BROKEN' "$tmp/out" || return
        [ $status -eq 1 ] && grep -q 'BROKEN: it lost updates' "$tmp/out" &&
            return
    done
    false
}

# Jain's index of two is 0.5 if one has it all.
finds_unfair() {
    for seconds in $times; do
        measured unfair 1000 || return
        is "$(field jain unfair 1 "$tmp/csv") < 0.6" &&
            is "$(field bypass unfair 1 "$tmp/csv") > 100" &&
            is "$(field wait_max_ns unfair 1 "$tmp/csv") > 100000" &&
            return
    done
    false
}

finds_sleepy() {
    for seconds in $times; do
        measured sleepy 1000 || return
        is "$(field idle sleepy 1 "$tmp/csv") > 0.5" &&
            is "$(field idle_max_ns sleepy 1 "$tmp/csv") > 900000" &&
            is "$(field wait_p50_ns sleepy 1 "$tmp/csv") > 900000" &&
            return
    done
    false
}

# What a system call takes is the kernel's, what a loop takes is not.
finds_calling() {
    runs 0 --peer calling --primitive lock --workload pair --blocks 1 \
        --seconds 1 --csv "$tmp/csv" &&
        is "$(field kernel_s_per_mop calling 1 "$tmp/csv") > \
            0.4 * $(field cpu_s_per_mop calling 1 "$tmp/csv")" &&
        is "$(field kernel_s_per_mop pthread 1 "$tmp/csv") < \
            0.3 * $(field cpu_s_per_mop pthread 1 "$tmp/csv")"
}

# A release by a thread that does not have it has to be refused.
finds_lax() {
    runs 1 --peer lax --primitive rlock --workload refused --blocks 1 \
        --seconds 0.02 && grep -q 'lax *BROKEN: thread 0 found' "$tmp/out" &&
        ! grep -q 'pthread *BROKEN' "$tmp/out"
}

# Each waiter is woken once by the call, and twice for nothing.
finds_restless() {
    runs 0 --peer restless --primitive condition --workload herd --threads 4 \
        --blocks 2 --seconds 0.2 --csv "$tmp/csv" &&
        is "$(field wakes_per_useful restless 1 "$tmp/csv") > 2.5" &&
        is "$(field wakes_per_useful pthread 1 "$tmp/csv") > 0.5"
}

finds_hanging() {
    seconds=0.1
    measured hanging 0 --blocks 1
    [ $? -eq 1 ] && grep -q 'BROKEN: its threads hang' "$tmp/out" &&
        grep -Eq '^ +2 pthread .*(noise)' "$tmp/out"
}

# The file says when a block is finished.
keeps_blocks() {
    "$contention" --primitive lock --workload pair,fail --blocks 1000 \
        --peer interlock --seconds 0.01 --json "$tmp/cut.json" \
        >"$tmp/out" 2>"$tmp/err" &
    pid=$!
    tries=0
    until [ -s "$tmp/cut.json" ] || [ $tries -eq 600 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    kill -TERM $pid
    wait $pid
    [ $? -eq 130 ] && grep -Eq '^interrupted +after [0-9]+ of 1000 blocks' "$tmp/out" &&
        grep -Eq '^ +1 interlock ' "$tmp/out" &&
        runs 0 report "$tmp/cut.json" &&
        grep -Eq '^ +1 interlock ' "$tmp/out"
}

writes_reports() {
    mkdir -p "$tmp/svg" &&
        brief --primitive lock --workload pair,sweep --cs 100 --ncs 100 \
            --threads 1,2 --blocks 6 --json "$tmp/a.json" --csv "$tmp/a.csv" \
            --html "$tmp/a.html" --svg "$tmp/svg" &&
        [ -s "$tmp/a.json" ] && [ -s "$tmp/a.csv" ] &&
        grep -q '</html>' "$tmp/a.html" && ls "$tmp"/svg/*.svg >>"$tmp/out"
}

# The page of results says of which libraries they are.
names_versions() {
    versions=$(sed -n 's/.*\["peers","\([^"]*\)".*/\1/p' \
        "$tmp/a.json")
    "$contention" list >"$tmp/out"
    for peer in absl tbb boost nsync ck glib uv musl parking_lot python; do
        grep -q "^  $peer  *[a-z_ ]*$" "$tmp/out" || continue
        case $versions in
        "$peer "[0-9]* | *", $peer "[0-9]*) ;;
        *)
            echo "no version of $peer in '$versions'" >>"$tmp/out"
            return 1
            ;;
        esac
    done
    [ -s "$tmp/a.json" ] && grep -q '"peers"' "$tmp/a.json"
}

# With a line for each number of threads, which gnuplot draws.
writes_script() {
    script=$tmp/svg/throughput.gnuplot
    grep -Eq '^2( [0-9.e+]+){3}$' "$script" || return
    command -v gnuplot >/dev/null || return 0
    (cd "$tmp/svg" && gnuplot throughput.gnuplot) >>"$tmp/out" 2>&1 &&
        grep -q interlock "$tmp/svg/lock-sweep-cs-100-ns-outside-100-ns-gnuplot.svg"
}

# grep gives 1 if there is none, and 2 if there is no file.
html_is_alone() {
    grep -Eio '(src|href)="?(https?:)?//[^"> ]*|<link[^>]*|url\([^)]*|@import.*' \
        "$tmp/a.html" >"$tmp/out" 2>&1
    [ $? -eq 1 ]
}

# The same figures from the file as from the run.
reports_again() {
    runs 0 report "$tmp/a.json" --csv "$tmp/b.csv" &&
        diff "$tmp/a.csv" "$tmp/b.csv" >>"$tmp/out"
}

compares_same() {
    runs 0 compare "$tmp/a.json" "$tmp/a.json"
}

# slow FILE: the results with interlock at a billionth of its speed, which no
# noise of a busy machine comes near.
slow() {
    awk -v peer='"peer":"interlock"' -v key='"ops_per_s":[' '
        (i = index($0, peer)) && (n = index(substr($0, i), key)) {
            i += n + length(key) - 1
            rest = substr($0, i)
            n = split(substr(rest, 1, index(rest, "]") - 1), rates, ",")
            list = rates[1] / 1e9
            for (j = 2; j <= n; j++)
                list = list "," rates[j] / 1e9
            $0 = substr($0, 1, i - 1) list substr(rest, index(rest, "]"))
        }
        { print }' "$1"
}

compares_slow() {
    slow "$tmp/a.json" >"$tmp/slow.json" &&
        runs 1 compare "$tmp/a.json" "$tmp/slow.json" &&
        grep -q '^SLOWER *interlock' "$tmp/out"
}

# Every goal of the primitive is measured, and the status is what it says.
measures_goals() {
    "$contention" goals --primitive rlock --seconds 0.002 --blocks 2 \
        --json "$tmp/goals.json" --markdown "$tmp/goals.md" \
        >"$tmp/out" 2>"$tmp/err"
    status=$?
    grep -q '^COARSE' "$tmp/out" && grep -q '^| RLock pair' "$tmp/goals.md" &&
        ! grep -Eq '^  (not measured|no rival|BROKEN)' "$tmp/out" || return
    if grep -Eq '^([0-9]+) of \1 goals hold' "$tmp/out"; then
        [ $status -eq 0 ]
    else
        grep -Eq '^[0-9]+ of [0-9]+ goals hold' "$tmp/out" && [ $status -eq 1 ]
    fi
}

# What is a billionth as fast is missed, from the file too.
misses_slow() {
    slow "$tmp/goals.json" >"$tmp/slow.json" &&
        runs 1 goals "$tmp/slow.json" --primitive rlock --cells &&
        grep -A1 '^RLock pair' "$tmp/out" | grep -Eq '^  (missed|not shown)'
}

refuses_no_json() {
    echo '{' >"$tmp/bad.json"
    refuses compare "$tmp/bad.json" "$tmp/a.json"
}

# A full disk is no success.
notices_full() {
    brief --primitive lock --workload pair --csv /dev/full
    [ $? -ne 0 ] && grep -q '/dev/full' "$tmp/err"
}

ok 'an unknown option is refused' says --frob --frob
ok 'an unknown letter is refused' says -qx -qx
ok 'a short form of two options is refused' says --p --p
ok 'a value for an option without one is refused' says --quick --quick=yes
ok 'a word that is no command is refused' says lock lock
ok 'an option without its value is refused' says --threads --threads
ok 'no threads are refused' refuses --threads 0
ok 'a list with a hole is refused' refuses --threads 1,,2
ok 'a number with a tail is refused' refuses --blocks 3x
ok 'an unknown primitive is refused' says mutex --primitive lock,mutex
ok 'an unknown workload is refused' says frob --workload frob
ok 'an unknown peer is refused' says nobody --peer nobody
ok 'an unknown baseline is refused' says nobody --against nobody
ok 'a time of nothing is refused' refuses --seconds 0
ok 'a time that is no number is refused' refuses --seconds nan
ok 'a negative section is refused' refuses --cs -1
ok 'a section for what has none is refused' \
    says --cs --primitive barrier --cs 10
ok 'pairs of three are refused' \
    refuses --workload ping-pong --threads 3
ok 'an unknown way to bind threads is refused' says sideways --pin sideways
ok 'a comparison of one file is refused' refuses compare a.json
ok 'a folder that is not there is refused at once' \
    says nonexistent --html /nonexistent/x
ok 'a report takes no option of a measurement' \
    says 'take this option' report a.json --threads 4
ok 'a list takes no option of a measurement' \
    says 'take this option' list --primitive lock
ok 'an empty folder of peers is refused' refuses_alone
ok 'help is given' runs 0 --help
ok 'each primitive, workload and peer is listed' lists_all
ok 'what a peer does not have has its reason' lists_lacks
ok 'the machine is described' runs 0 doctor
for p in $primitives; do
    ok "each workload of $p is measured" measures "$p"
done
ok 'threads of two kinds are measured' measures_asym
ok 'several to compare with are the peers' measures_named
ok 'the number of threads is shaken where they take turns' measures_shaken
ok 'what cannot be shaken is refused' \
    says --shake --shake --primitive event
ok 'there are four threads a CPU in oversub' measures_oversub
ok 'the futex calls of a wait that sleeps are counted' counts_futexes
ok 'the whole table has 80 columns' narrow
if script -qec true /dev/null >/dev/null 2>&1; then
    ok 'there are colours, and none with NO_COLOR' colours
    ok 'progress is shown on a terminal alone' shows_progress
else
    skip 'there are colours, and none with NO_COLOR' 'script is not there'
    skip 'progress is shown on a terminal alone' 'script is not there'
fi
ok 'a row has its verdict in words' judges
ok 'a lock that loses updates is reported' finds_broken
ok 'an unfair lock is seen by its shares and waits' finds_unfair
ok 'a lock that sleeps while it is wanted is seen idle' finds_sleepy
ok 'a lock that calls the kernel is seen by its time there' finds_calling
ok 'an rlock that anybody may release is reported' finds_lax
ok 'a condition that wakes for nothing is seen' finds_restless
ok 'a lock that hangs is reported, and the others measured' finds_hanging
ok 'an interrupted run keeps its finished blocks' keeps_blocks
ok 'all reports are written' writes_reports
ok 'the versions of the peers are written' names_versions
ok 'a script for gnuplot is written' writes_script
ok 'the HTML needs nothing else' html_is_alone
ok 'a report can be made again from the JSON' reports_again
ok 'a comparison with itself finds no regression' compares_same
ok 'a comparison finds a planted regression' compares_slow
ok 'the goals of a primitive are measured and judged' measures_goals
ok 'a planted slow one misses its goal' misses_slow
ok 'goals of no such primitive are refused' \
    says mutex goals --primitive mutex
ok 'goals take no workload' says 'take this option' goals --workload pair
ok 'goals of a file are not measured' \
    says 'take this option' goals "$tmp/goals.json" --blocks 3
ok 'goals of a file that is not there are refused' \
    says nonexistent goals /nonexistent
ok 'results for the goals need a page' says --markdown --goals "$tmp/goals.json"
ok 'what is no JSON is refused' refuses_no_json
if [ -w /dev/full ]; then
    ok 'a full disk is noticed' notices_full
else
    skip 'a full disk is noticed' 'there is no /dev/full'
fi
plan
