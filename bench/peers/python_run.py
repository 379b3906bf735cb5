"""One run of the Python peer, as run/ makes it for those in C.

SPDX-License-Identifier: MIT
"""

import json
import os
import random
import resource
import sys
import threading
import time
import types

WARM_UP, COUNTED, TIMED, TRACED, OVER = range(5)
PARTS = {False: [0.2, 0.6, 0.2], True: [0.2, 0.4, 0.3, 0.1]}
PIN_NONE, PIN_EACH, PIN_ONE = range(3)

MAX_THREADS = 256
MAX_LOCKS = 4096
STEP_NS = 80
MASK = (1 << 64) - 1
CLOCK_TRIES = 1000
CLOCK_SHARE = 50
LOOKS = 2
HANG_S = 15
BESIDE_S = 0.02
BESIDE_STEPS = 1000
SHAKE_S = 0.01
TRACE_MAX = 1 << 16
TRACE_WINDOW = 10
HOLDERS_SHOWN = 2000
PART_BITS = 3

now = time.monotonic_ns


def work(seed, steps):
    """Works for so many steps; returns the seed of the next (Knuth's MMIX)."""
    for _ in range((steps + STEP_NS - 1) // STEP_NS):
        seed = (seed * 6364136223846793005 + 1442695040888963407) & MASK
    return seed


def work_twister(twister, steps):
    for _ in range(steps):
        twister.getrandbits(32)


def bucket_floor(ns):
    """The least time of the bucket that counts ns (histogram.h)."""
    octave = max(0, ns.bit_length() - 1 - PART_BITS)
    return ns >> octave << octave


class Worker:
    """One thread of a run."""

    def __init__(self, run, index):
        self.run = run
        self.index = index
        self.random = random.Random(run.load.seed + index + 1)
        self.seed = run.load.seed + index + 1
        self.ops = self.handovers = self.busy = 0
        self.until_timed = self.wanted = self.got = self.counter_then = 0
        self.is_traced = False
        self.bypass = self.round = 0
        self.wait_max = -1
        self.began = self.saw_fault = False
        self.waits = {}

    def goes_on(self):
        return self.run.phase != OVER

    def times(self):
        """Whether what comes next is to be timed."""
        if self.run.phase == TRACED:
            return True
        if self.run.phase != TIMED:
            return False
        if self.until_timed > 0:
            self.until_timed -= 1
            return False
        self.until_timed = self.run.every - 1
        return True

    def waited(self, ns, was_traced=False):
        ns = max(0, ns)
        if not was_traced:
            floor = bucket_floor(ns)
            self.waits[floor] = self.waits.get(floor, 0) + 1
        self.wait_max = max(self.wait_max, ns)

    def works_outside(self):
        load = self.run.load
        if load.ncs == 0:
            return
        if load.twister:
            work_twister(self.random, self.random.getrandbits(32) % load.ncs)
        else:
            steps = int(self.random.random() * (2 * load.ncs + 1))
            self.seed = work(self.seed, steps)


class Wave:
    """Who of the threads may run, where their number changes."""

    def __init__(self):
        self.moved = threading.Condition()
        self.awake = MAX_THREADS

    def admits(self, w):
        if w.index >= self.awake:
            with self.moved:
                while w.index >= self.awake and w.goes_on():
                    self.moved.wait()
        return w.goes_on()

    def set(self, n):
        with self.moved:
            self.awake = n
            self.moved.notify_all()

    def shake(self, load, seconds):
        end = time.monotonic() + seconds
        numbers = random.Random(load.seed)
        while time.monotonic() < end:
            self.set(numbers.randint(1, load.threads))
            time.sleep(SHAKE_S)

    def swell(self, load, seconds):
        """Doubles the threads up to all, and back."""
        up = [1]
        while up[-1] < load.threads:
            up.append(min(2 * up[-1], load.threads))
        steps = up + up[-2::-1]
        for n in steps:
            self.set(n)
            time.sleep(seconds / len(steps))


class Beside:
    """Threads that compute beside those that are measured."""

    def __init__(self, n):
        self.over = False
        self.ops = [0] * n
        self.threads = [start(self.compute, i) for i in range(n)]

    def compute(self, i):
        seed = 1
        while not self.over:
            seed = work(seed, BESIDE_STEPS)
            self.ops[i] += 1

    def cpu(self):
        return sum(time.clock_gettime_ns(time.pthread_getcpuclockid(t.ident))
                   for t in self.threads)

    def speed(self, seconds):
        """Steps a second while nobody else works."""
        ops, begin = sum(self.ops), now()
        time.sleep(seconds)
        return (sum(self.ops) - ops) * 1e9 / (now() - begin)

    def stop(self):
        self.over = True
        for thread in self.threads:
            thread.join()


def start(body, *args):
    thread = threading.Thread(target=body, args=args, daemon=True)
    try:
        thread.start()
    except RuntimeError:
        sys.exit("so many threads cannot be started.")
    return thread


def cost_of_clock():
    """Returns the least of many: what it is if nobody interrupts."""
    least = float("inf")
    for _ in range(CLOCK_TRIES):
        begin = now()
        now()
        least = min(least, (now() - begin) // 2)
    return least


class Run:
    """The threads, for some time, and what they are seen to do."""

    def __init__(self, primitive, shape, load):
        self.primitive = primitive
        self.shape = shape
        self.load = load
        self.crew = load.threads + shape.has_leader
        self.objects = {"all": 1, "thread": load.threads,
                        "pair": (load.threads + 1) // 2,
                        "lock": load.locks}[shape.has]
        self.phase = WARM_UP
        self.every = 1
        self.clock = cost_of_clock()
        self.fault = None
        self.wake = None
        self.wakes = []
        self.wave = Wave()
        self.twister = random.Random(load.seed)
        self.is_shared = "semaphore" in primitive and load.permits > 1
        self.hands_over = (shape.has == "lock" and load.locks == 1
                           and not self.is_shared)
        self.holds = [] if self.hands_over else None
        self.sections = []
        self.workers = [Worker(self, i) for i in range(self.crew)]
        self.gate = threading.Barrier(self.crew + 1)

    def fails(self, fault):
        self.fault = self.fault or fault

    def pin(self, w):
        cpus = sorted(os.sched_getaffinity(0))
        if self.load.pin == PIN_EACH:
            os.sched_setaffinity(0, {cpus[w.index % len(cpus)]})
        elif self.load.pin == PIN_ONE:
            os.sched_setaffinity(0, {cpus[0]})

    def body(self, w):
        self.pin(w)
        self.gate.wait()
        self.entrant.work(w)

    def read(self):
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return types.SimpleNamespace(
            time=now(), cpu=time.process_time_ns() - self.beside.cpu(),
            kernel=usage.ru_stime,
            switches=usage.ru_nvcsw + usage.ru_nivcsw,
            ops=[w.ops for w in self.workers],
            handovers=sum(w.handovers for w in self.workers),
            beside=sum(self.beside.ops))

    def let_pass(self, phase):
        seconds = self.load.seconds * PARTS[self.shape.times][phase]
        self.phase = phase
        if self.load.shake:
            self.wave.shake(self.load, seconds)
        elif self.load.waves:
            self.wave.swell(self.load, seconds)
        else:
            time.sleep(seconds)

    def choose_every(self):
        """So many turns for one that is timed that clocks take 2 %."""
        ops = sum(self.end.ops) - sum(self.begin.ops)
        if ops > 0:
            turn = (self.end.time - self.begin.time) * self.load.threads / ops
            self.every = 1 + int(LOOKS * self.clock * CLOCK_SHARE / turn)

    def go_through_phases(self):
        self.let_pass(WARM_UP)
        self.begin = self.read()
        self.let_pass(COUNTED)
        self.end = self.read()
        self.choose_every()
        self.let_pass(TIMED)
        if self.shape.times:
            self.let_pass(TRACED)
        self.phase = OVER
        self.wave.set(MAX_THREADS)

    def make(self, entrant):
        """Makes the run; threads that hang are left behind."""
        self.entrant = entrant
        self.beside = Beside(self.load.beside)
        threads = [start(self.body, w) for w in self.workers]
        self.beside_alone = self.beside.speed(
            BESIDE_S if self.load.beside > 0 else 0)
        self.gate.wait()
        self.go_through_phases()
        deadline = time.monotonic() + HANG_S
        for thread in threads:
            thread.join(max(0, deadline - time.monotonic()))
        self.beside.stop()
        if any(thread.is_alive() for thread in threads):
            self.fails("its threads hang")
            return
        for w in self.workers:
            if w.saw_fault:
                self.fails("thread %d found it out of order" % w.index)
        entrant.check(self)


def jain(shares, n):
    squares = sum(x * x for x in shares)
    return sum(shares) ** 2 / (n * squares)


def tell_idle(holds, clock):
    """Returns the share of idle time, and the longest (trace.c)."""
    wanted, total, longest = holds[-1][0], 0, 0
    all_of_it = holds[-1][2] - holds[0][2]
    for before, hold in zip(holds[-2::-1], holds[:0:-1]):
        wanted = min(wanted, hold[0])
        if hold[4] != before[4] + 1:
            all_of_it -= hold[1] - before[2]
            continue
        begin = max(before[2], wanted)
        looks = clock * (2 if hold[0] > begin else 1)
        idle = hold[1] - begin - looks
        all_of_it -= looks + clock
        longest = max(longest, idle)
        total += max(idle, 0)
    return (total / all_of_it if all_of_it > 0 else None), longest


def tell_jain_short(holds, threads):
    """Returns the mean of Jain's index over windows of the trace."""
    size = TRACE_WINDOW * threads
    windows = [[hold[3] for hold in holds[i:i + size]]
               for i in range(0, len(holds) - size + 1, size)]
    indices = [jain([window.count(i) for i in range(threads)], threads)
               for window in windows]
    return sum(indices) / len(indices) if indices else None


def tell_trace(run):
    holds = run.holds or []
    idle, idle_max = (tell_idle(holds, run.clock) if len(holds) > 1
                      else (None, None))
    facts = {"idle": idle, "idle_max": idle_max,
             "jain_short": tell_jain_short(holds, run.load.threads)}
    if run.load.holders:
        facts["holders"] = [hold[3] for hold in holds[:HOLDERS_SHOWN]]
    return facts


def tell_waits(run):
    waits = {}
    for w in run.workers:
        for floor, count in w.waits.items():
            waits[floor] = waits.get(floor, 0) + count
    return {
        "waits": sorted(waits.items()),
        "wait_max": (max(w.wait_max for w in run.workers) if waits
                     else None),
        "bypass": (max(w.bypass for w in run.workers) if run.hands_over
                   else None),
    }


def tell_counts(run):
    begin, end = run.begin, run.end
    ops = [b - a for a, b in zip(begin.ops, end.ops)]
    ns = sum(w.busy for w in run.workers) or end.time - begin.time
    has_beside = run.load.beside > 0
    kept = (end.beside - begin.beside) * 1e9 / (end.time - begin.time)
    return {
        "ops": (sum(ops) / run.load.threads if run.shape.is_joint
                else sum(ops)),
        "time": ns / 1e9,
        "cpu": None if run.wake else (end.cpu - begin.cpu) / 1e9,
        "kernel": (None if has_beside or run.wake
                   else end.kernel - begin.kernel),
        "switches": (None if has_beside or run.wake
                     else end.switches - begin.switches),
        "futexes": None,
        "handovers": (end.handovers - begin.handovers if run.hands_over
                      else None),
        "beside": kept / run.beside_alone if has_beside else None,
        "shares": ops,
    }


def emit(run):
    facts = {"fault": run.fault}
    facts.update(tell_counts(run))
    facts.update(tell_waits(run))
    facts.update(tell_trace(run))
    if run.wake:
        facts["wake"] = run.wake
        facts["wakes"] = (sum(run.wakes) / len(run.wakes) if run.wakes
                          else None)
    if run.shape.has_leader:
        del facts["shares"]
    print(json.dumps(facts, separators=(",", ":")), flush=True)
