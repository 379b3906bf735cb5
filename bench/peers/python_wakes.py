"""One call wakes all threads: wake.c and templates/wake.h in Python.

SPDX-License-Identifier: MIT
"""

import resource
import sys
import threading
import time

from python_run import COUNTED, TIMED, now

SETTLE_S = 50e-6
SETTLE_EACH_S = 10e-6


class Tokens:
    """Wakes all by as many tokens."""

    def __init__(self, n):
        self.n = n
        self.semaphore = threading.Semaphore(0)

    def park(self, number):
        self.semaphore.acquire()

    def wake(self, number):
        if sys.version_info >= (3, 9):
            self.semaphore.release(self.n)
        else:
            for _ in range(self.n):
                self.semaphore.release()

    def rearm(self):
        pass


class Signal:
    """Wakes all by an event."""

    def __init__(self, n):
        self.event = threading.Event()

    def park(self, number):
        self.event.wait()

    def wake(self, number):
        self.event.set()

    def rearm(self):
        self.event.clear()


class Notice:
    """Wakes all by a condition."""

    def __init__(self, n):
        self.condition = threading.Condition()
        self.number = 0

    def park(self, number):
        with self.condition:
            while self.number < number:
                self.condition.wait()

    def wake(self, number):
        with self.condition:
            self.number = number
            self.condition.notify_all()

    def rearm(self):
        pass


class Abort:
    """Wakes all by the abort of a barrier that lacks one of them."""

    def __init__(self, n):
        self.barrier = threading.Barrier(n + 1)

    def park(self, number):
        try:
            self.barrier.wait()
        except threading.BrokenBarrierError:
            pass

    def wake(self, number):
        self.barrier.abort()

    def rearm(self):
        self.barrier.reset()


class Reset(Abort):
    """Wakes all by the reset of a barrier that lacks one of them: who comes
    after it waits for the next."""

    def wake(self, number):
        while self.barrier.n_waiting + 1 < self.barrier.parties:
            time.sleep(0)
        self.barrier.reset()

    def rearm(self):
        pass


class Last(Reset):
    """Wakes all by the last arrival."""

    def wake(self, number):
        self.barrier.wait()


def shut():
    """A lock that another thread is going to release."""
    lock = threading.Lock()
    lock.acquire()
    return lock


def sleeps():
    """Returns how often this thread has given up its processor to sleep."""
    return resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw


class Wake:
    """When do the first, the median and the last run?"""

    def __init__(self, run, way):
        self.n = run.load.threads
        self.way = way(self.n)
        self.mutex = threading.Lock()
        self.all_came, self.all_woken = shut(), shut()
        self.doors = [shut() for _ in range(self.n)]
        self.came = self.number = self.begin = 0
        self.over = False
        self.took = []
        self.sums = [0, 0, 0]
        self.rounds = 0

    def wait_at_door(self, w):
        """Returns whether there is another round."""
        with self.mutex:
            self.came += 1
            is_last = self.came == self.n
        if is_last:
            self.all_came.release()
        self.doors[w.index].acquire()
        return not self.over

    def attend(self, w):
        while self.wait_at_door(w):
            before = sleeps() if w.run.phase == TIMED else None
            self.way.park(self.number)
            took = now() - self.begin - w.run.clock
            wakes = [] if before is None else [sleeps() - before]
            with self.mutex:
                self.took.append(took)
                w.run.wakes += wakes
                is_last = len(self.took) == self.n
            if is_last:
                self.all_woken.release()

    def gather(self, w):
        """Returns whether there is a round: all are at their doors."""
        self.all_came.acquire()
        self.came = 0
        self.took = []
        self.over = not w.goes_on()
        self.number += 1
        for door in self.doors:
            door.release()
        return not self.over

    def collect(self, w):
        self.all_woken.acquire()
        if w.run.phase != COUNTED:
            return
        took = sorted(self.took)
        for ns in took:
            w.waited(ns)
        which = (0, (self.n - 1) // 2, self.n - 1)
        self.sums = [a + took[i] for a, i in zip(self.sums, which)]
        self.rounds += 1
        w.run.wake = [a / self.rounds for a in self.sums]
        w.busy += took[-1]
        w.ops += 1

    def work(self, w):
        if w.index < self.n:
            self.attend(w)
            return
        while self.gather(w):
            time.sleep(SETTLE_S + self.n * SETTLE_EACH_S)
            self.begin = now()
            self.way.wake(self.number)
            self.collect(w)
            self.way.rearm()

    def check(self, run):
        """Who is not woken hangs, and that is found."""
