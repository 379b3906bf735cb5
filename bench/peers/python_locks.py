"""What is acquired and released, and the sections that it guards: turns.c and
templates/lock.h in Python.

SPDX-License-Identifier: MIT
"""

import threading

from python_run import OVER, TIMED, TRACED, TRACE_MAX, now, work, work_twister

BATCH = 64
DEPOSIT = 1000


class Section:
    """What a lock guards."""

    def __init__(self, seed):
        self.seed = seed
        self.counter = self.balance = self.last = self.inside = 0
        self.crowd = []


def turn_next(w):
    """Works outside; returns the lock to acquire, or None."""
    run = w.run
    load = run.load
    if w.began:
        if w.wanted:
            w.waited(w.got - w.wanted - run.clock, w.is_traced)
        w.works_outside()
    w.began = True
    if (load.waves or load.shake) and not run.wave.admits(w):
        return None
    if run.phase == OVER:
        return None
    lock = int(w.random.random() * load.locks) if load.locks > 1 else 0
    w.wanted = 0
    if run.phase >= TIMED and w.times():
        w.counter_then = run.sections[lock].counter
        w.is_traced = run.phase == TRACED
        w.wanted = now()
    return lock


def work_inside(w, s):
    load = w.run.load
    steps = load.cs
    if load.longer and w.index == 0:
        steps *= load.longer
    if load.twister:
        work_twister(w.run.twister, steps)
    else:
        s.seed = work(s.seed, steps)


def hold_alone(w, s):
    me = w.index + 1
    counter = s.counter
    is_traced = w.wanted and w.is_traced
    if is_traced:
        w.bypass = max(w.bypass, counter - w.counter_then)
    if s.inside != 0:
        w.saw_fault = True
    s.inside = me
    work_inside(w, s)
    if s.last != me:
        s.last = me
        w.handovers += 1
    if s.inside != me:
        w.saw_fault = True
    s.inside = 0
    s.counter = counter + 1
    holds = w.run.holds
    if is_traced and holds is not None and len(holds) < TRACE_MAX:
        holds.append((w.wanted, w.got, now(), w.index, counter))


def hold_together(w, s):
    """With several permits.  A list needs no lock to have a length."""
    s.crowd.append(w)
    if len(s.crowd) > w.run.load.permits:
        w.saw_fault = True
    w.seed = work(w.seed, w.run.load.cs)
    s.crowd.pop()


def turn_inside(w, lock):
    s = w.run.sections[lock]
    if w.wanted:
        w.got = now()
    if w.run.is_shared:
        hold_together(w, s)
    else:
        hold_alone(w, s)
    w.ops += 1


def bank_next(w):
    """Returns which locks to acquire, in order, or None."""
    n = w.run.load.locks
    if turn_next(w) is None:
        return None
    if w.random.random() * 100 < w.run.load.audits:
        return range(n)
    first = int(w.random.random() * n)
    second = (first + 1 + int(w.random.random() * (n - 1))) % n
    return sorted((first, second))


def bank_inside(w, held):
    sections = w.run.sections
    if w.wanted:
        w.got = now()
    w.seed = work(w.seed, w.run.load.cs)
    if len(held) == 2:
        side = w.random.getrandbits(1)
        amount = int(w.random.random() * DEPOSIT)
        sections[held[side]].balance -= amount
        sections[held[1 - side]].balance += amount
    elif sum(s.balance for s in sections) != 0:
        w.saw_fault = True
    w.ops += 1


class Locks:
    """All that is acquired and released, as many as the shape wants."""

    MAKERS = {"lock": lambda permits: threading.Lock(),
              "rlock": lambda permits: threading.RLock(),
              "semaphore": threading.Semaphore,
              "bounded_semaphore": threading.BoundedSemaphore}

    def __init__(self, run):
        permits = run.load.permits
        is_rlock = run.primitive == "rlock"
        self.depth = permits if is_rlock else 1
        self.tokens = permits if "semaphore" in run.primitive else 1
        run.sections = [Section(i) for i in range(run.load.locks)]
        make = self.MAKERS[run.primitive]
        self.locks = [make(permits) for _ in range(run.objects)]

    def acquire(self, lock):
        for _ in range(self.depth):
            lock.acquire()

    def release(self, lock):
        for _ in range(self.depth):
            lock.release()

    def is_at_rest(self, lock):
        """Whether it has all its tokens, and, if it counts, no more."""
        taken = 0
        while taken < self.tokens and lock.acquire(blocking=False):
            taken += 1
        for _ in range(taken):
            lock.release()
        return taken == self.tokens

    def check(self, run):
        if not all(map(self.is_at_rest, self.locks)):
            run.fails("it is not free after all have left")


class Pair(Locks):
    def work(self, w):
        lock = self.locks[w.index]
        if w.run.load.held:
            lock.acquire()
        while w.goes_on():
            if self.depth == 1:
                for _ in range(BATCH):
                    with lock:
                        pass
            else:
                for _ in range(BATCH):
                    self.acquire(lock)
                    self.release(lock)
            w.ops += BATCH
        if w.run.load.held:
            lock.release()


class Fail(Locks):
    """The main thread has it all."""

    def __init__(self, run):
        super().__init__(run)
        for lock in self.locks:
            for _ in range(run.load.permits):
                lock.acquire()

    def work(self, w):
        lock = self.locks[w.index]
        while w.goes_on():
            for _ in range(BATCH):
                if lock.acquire(blocking=False):
                    w.saw_fault = True
            w.ops += BATCH

    def check(self, run):
        for lock in self.locks:
            for _ in range(run.load.permits):
                lock.release()
        super().check(run)


class Refused(Fail):
    """A release by a thread that does not have it."""

    def work(self, w):
        lock = self.locks[w.index]
        while w.goes_on():
            for _ in range(BATCH):
                try:
                    lock.release()
                    w.saw_fault = True
                except RuntimeError:
                    pass
            w.ops += BATCH


class Turns(Locks):
    def work(self, w):
        while True:
            which = turn_next(w)
            if which is None:
                return
            lock = self.locks[which]
            if self.depth == 1:
                with lock:
                    turn_inside(w, which)
            else:
                self.acquire(lock)
                turn_inside(w, which)
                self.release(lock)

    def check(self, run):
        super().check(run)
        counted = sum(s.counter for s in run.sections)
        ops = sum(w.ops for w in run.workers)
        if counted != ops and not run.is_shared:
            run.fails("it lost updates: %d of %d were counted"
                      % (counted, ops))


class Bank(Locks):
    def work(self, w):
        while True:
            held = bank_next(w)
            if held is None:
                return
            for i in held:
                self.locks[i].acquire()
            bank_inside(w, held)
            for i in reversed(held):
                self.locks[i].release()

    def check(self, run):
        super().check(run)
        if sum(s.balance for s in run.sections) != 0:
            run.fails("its bank has too much or too little")
