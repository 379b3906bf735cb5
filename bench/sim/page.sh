#!/bin/sh
# page.sh -- bench/SIMULATED.md, on standard output: page.sh CONTENTION.
#
# SPDX-License-Identifier: MIT

set -e
contention=$1
tables=$(mktemp)
trap 'rm -f "$tables"' EXIT

# table TITLE OPTION...: a section, without the notes that all have.
table() {
    title=$1
    shift
    "$contention" sim "$@" >"$tables"
    printf '\n## %s\n\n`bench/contention sim%s`\n\n```\n' "$title" "${*:+ $*}"
    sed -n '/^machine/,/^costs/{/^costs/!p;}' "$tables"
    case $* in
    *--rule*) sed -n '/^rule/,/^caution/{/^caution/!p;}' "$tables" ;;
    esac
    sed -n '/^lock/,/^$/{/^$/!p;}' "$tables"
    printf '```\n'
}

# check OPTION...: the model beside this machine.
check() {
    "$contention" sim --check "$@" >"$tables"
    printf '\n`bench/contention sim --check%s`\n\n```\n' "${*:+ $*}"
    sed -n '/^MODELLED, with/,/worth little/p' "$tables"
    printf '```\n'
}

cat <<'END'
# Locks on simulated cores

`make bench-simulated` has made this page: what the code of locks asks of other
cores' caches and of the system, on cores that are not there. Nothing here is
measured, but beside the model in the last section. `bench/README` says how it
is done.

```
END
"$contention" sim --locks mcs --cores 2,4,8 --seeds 2 >"$tables"
sed '/^machine/,/^load/d; /^ *average/d; /^lock/,/^$/d' "$tables" |
    sed 's/the mean of 2 seeds/the mean of 10 seeds/'
printf '```\n'
table 'One socket'
table 'Two sockets' --sockets 2
table 'Lines that are passed on at once' --ncs 0 --rule passed

cat <<'END'

## The model, and the machine that this page was made on

Of the costs only what a line takes from one CPU to another is measured, and
nothing is fitted to the locks. Two CPUs of a virtual machine are a weak test.
END
check
check --ncs 0
