#!/usr/bin/python3 -B
"""CPython's threading, asked what the C peers are asked: what does the same
program cost in Python?

    python.py list
    python.py run PEER PRIMITIVE SHAPE [KEY=NUMBER]...

The arguments, the phases of a run and the JSON object that it prints are
those of the other peers (run/main.c, run/phases.c, run/emit.c).  What differs:

  * A step of work in C takes about 1 ns, one in Python STEP_NS.  So n steps
    are n / STEP_NS of Python's own, rounded up.  Steps of the Mersenne twister
    are made one for one, by random.Random, which is that twister.
  * All that is counted and checked beside an operation is Python as well and
    takes its time, in sections a microsecond or more.
  * Threads beside are Python threads of the same interpreter.
  * With "alone" the run still has its main thread, which sleeps.
  * Futex calls cannot be counted.

SPDX-License-Identifier: MIT
"""

import signal

# An interrupted driver wants no traceback, not even of an import.
signal.signal(signal.SIGINT, signal.SIG_DFL)

import os
import sys
import types

import python_locks as locks
import python_waits as waits
import python_wakes as wakes
from python_run import MAX_LOCKS, MAX_THREADS, Run, emit

EXIT_USAGE = 2


def shape(has, times=False, is_joint=False, has_leader=False):
    """See struct shape in run/run.h."""
    return types.SimpleNamespace(has=has, times=times, is_joint=is_joint,
                                 has_leader=has_leader)


SHAPES = {
    "pair": shape("thread"),
    "fail": shape("thread"),
    "refused": shape("thread"),
    "calls": shape("thread"),
    "already": shape("thread"),
    "notify": shape("thread"),
    "signal": shape("thread"),
    "section": shape("lock", times=True),
    "bank": shape("lock", times=True),
    "pingpong": shape("pair", times=True),
    "wake": shape("all", has_leader=True),
    "last": shape("all", has_leader=True),
    "reset": shape("all", has_leader=True),
    "buffer": shape("all", times=True),
    "rounds": shape("all", times=True, is_joint=True),
    "timeout": shape("thread"),
    "churn": shape("all", has_leader=True),
}

LOCK_SHAPES = {"pair": locks.Pair, "section": locks.Turns,
               "bank": locks.Bank, "fail": locks.Fail}


def wake(way):
    """One call, made in that way, wakes all."""
    return lambda run: wakes.Wake(run, way)


ENTRANTS = {
    "lock": LOCK_SHAPES,
    "rlock": dict(LOCK_SHAPES, refused=locks.Refused),
    "semaphore": dict(LOCK_SHAPES, pingpong=waits.PingPong,
                      wake=wake(wakes.Tokens)),
    "bounded_semaphore": LOCK_SHAPES,
    "event": {"calls": waits.EventCalls, "already": waits.EventAlready,
              "churn": waits.EventChurn, "pingpong": waits.PingPong,
              "wake": wake(wakes.Signal)},
    "condition": {"notify": waits.ConditionNotify,
                  "signal": waits.ConditionSignal,
                  "pingpong": waits.PingPong, "wake": wake(wakes.Notice),
                  "timeout": waits.ConditionTimeout, "buffer": waits.Buffer},
    "barrier": {"rounds": waits.Rounds, "last": wake(wakes.Last),
                "wake": wake(wakes.Abort), "reset": wake(wakes.Reset)},
}


def give_up(what, which):
    print("there is no %s '%s'." % (what, which), file=sys.stderr)
    sys.exit(EXIT_USAGE)


def read_load(args):
    """Keys that are not known are for other programs."""
    load = dict(threads=1, locks=1, permits=1, beside=0, cs=0, ncs=0, longer=0,
                audits=0, twister=0, waves=0, shake=0, held=0, holders=0,
                pin=0, seconds=0.05, seed=0)
    for arg in args:
        key, equals, value = arg.partition("=")
        if not equals:
            give_up("number in", arg)
        if key == "seconds":
            load[key] = float(value)
        elif key in load:
            load[key] = int(float(value))
    if (not 1 <= load["threads"] <= MAX_THREADS
            or not 1 <= load["locks"] <= MAX_LOCKS
            or load["beside"] > MAX_THREADS):
        give_up("such number of", "threads or locks")
    return types.SimpleNamespace(**load)


def make_run(peer, primitive, name, args):
    entrant = ENTRANTS.get(primitive, {}).get(name)
    if peer != "python" or not entrant:
        give_up("entrant", peer)
    run = Run(primitive, SHAPES[name], read_load(args))
    run.make(entrant(run))
    emit(run)
    os._exit(0)


def main(argv):
    if len(argv) >= 5 and argv[1] == "run":
        make_run(argv[2], argv[3], argv[4], argv[5:])
    elif len(argv) == 2 and argv[1] == "list":
        for primitive, shapes in ENTRANTS.items():
            for name in shapes:
                print("python", primitive, name)
    else:
        print("this is run by contention.", file=sys.stderr)
        sys.exit(EXIT_USAGE)


if __name__ == "__main__":
    main(sys.argv)
