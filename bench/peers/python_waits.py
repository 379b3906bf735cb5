"""Waits, and the calls that end them: calls.h, churn.h, timeout.h, buffer.h,
pingpong.h and rounds.h of templates/ in Python.

SPDX-License-Identifier: MIT
"""

import threading
import types

from python_run import COUNTED, TIMED, TRACED, now

BATCH = 64
TIMEOUT_US = 100


class Unchecked:
    """A shape that finds its faults while it runs."""

    def check(self, run):
        pass


class EventCalls(Unchecked):
    def __init__(self, run):
        self.events = [threading.Event() for _ in range(run.objects)]

    def work(self, w):
        event = self.events[w.index]
        while w.goes_on():
            for _ in range(BATCH):
                event.set()
                event.clear()
            w.ops += BATCH


class EventAlready(EventCalls):
    def work(self, w):
        event = self.events[w.index]
        event.set()
        while w.goes_on():
            for _ in range(BATCH):
                event.wait()
            w.ops += BATCH


class EventChurn(Unchecked):
    def __init__(self, run):
        self.event = threading.Event()

    def work(self, w):
        if w.index == w.run.load.threads:
            while w.goes_on():
                self.event.set()
                self.event.clear()
                w.ops += 1
            self.event.set()
        while w.goes_on():
            self.event.wait()
            w.works_outside()


class ConditionNotify(Unchecked):
    def __init__(self, run):
        self.conditions = [threading.Condition() for _ in range(run.objects)]

    def work(self, w):
        condition = self.conditions[w.index]
        while w.goes_on():
            for _ in range(BATCH):
                with condition:
                    condition.notify()
            w.ops += BATCH


class ConditionSignal(ConditionNotify):
    def work(self, w):
        condition = self.conditions[w.index]
        with condition:
            while w.goes_on():
                for _ in range(BATCH):
                    condition.notify()
                w.ops += BATCH


class ConditionTimeout(ConditionNotify):
    def work(self, w):
        condition = self.conditions[w.index]
        while w.goes_on():
            begin = now()
            with condition:
                was_notified = condition.wait(TIMEOUT_US / 1e6)
            late = now() - begin - TIMEOUT_US * 1000
            if late < 0 or was_notified:
                w.saw_fault = True
            if w.run.phase == COUNTED:
                w.busy += late
                w.waited(late)
                w.ops += 1


class Buffer(Unchecked):
    """Producers have even numbers; a lone thread puts and takes in turn."""

    def __init__(self, run):
        self.slots = run.load.permits
        self.items = self.put_in = self.taken = 0
        self.over = False
        lock = threading.Lock()
        self.not_full = threading.Condition(lock)
        self.not_empty = threading.Condition(lock)

    def put(self, w):
        with self.not_full:
            while self.items == self.slots and not self.over:
                self.not_full.wait()
            if not self.over:
                self.items += 1
                self.put_in += 1
                w.ops += 1
                self.not_empty.notify()

    def take(self, w):
        with self.not_empty:
            while self.items == 0 and not self.over:
                self.not_empty.wait()
            if not self.over:
                self.items -= 1
                self.taken += 1
                w.ops += 1
                self.not_full.notify()

    def work(self, w):
        is_producer = w.index % 2 == 0
        is_alone = w.run.load.threads == 1
        while w.goes_on():
            begin = now() if w.times() else 0
            if is_producer:
                self.put(w)
            if not is_producer or is_alone:
                self.take(w)
            if begin:
                w.waited(now() - begin - w.run.clock)
            w.works_outside()
        with self.not_full:
            self.over = True
            self.not_full.notify_all()
            self.not_empty.notify_all()

    def check(self, run):
        if (self.put_in - self.taken != self.items
                or not 0 <= self.items <= self.slots):
            run.fails("its buffer has too much or too little")


class Semaphores:
    """A pair's: each has a token when the ball is on its side."""

    def __init__(self):
        self.here = [threading.Semaphore(1), threading.Semaphore(0)]

    def wait_on(self, side):
        self.here[side].acquire()

    def pass_from(self, side):
        self.here[1 - side].release()


class Events:
    """A pair's: each is set when the ball is on its side."""

    def __init__(self):
        self.here = [threading.Event(), threading.Event()]
        self.here[0].set()

    def wait_on(self, side):
        self.here[side].wait()
        self.here[side].clear()

    def pass_from(self, side):
        self.here[1 - side].set()


class Monitor:
    """A pair's: a condition, and the side of the ball."""

    def __init__(self):
        self.condition = threading.Condition()
        self.side = 0

    def wait_on(self, side):
        self.condition.acquire()
        while self.side != side:
            self.condition.wait()

    def pass_from(self, side):
        self.side = 1 - side
        self.condition.notify()
        self.condition.release()


class PingPong:
    """Pairs pass a ball; a lone thread plays both sides in turn."""

    COURTS = {"semaphore": Semaphores, "event": Events, "condition": Monitor}

    def __init__(self, run):
        make = self.COURTS[run.primitive]
        self.courts = [make() for _ in range(run.objects)]
        self.balls = [types.SimpleNamespace(hits=0, passed=0, over=False)
                      for _ in range(run.objects)]

    def hit(self, w, ball, is_alone):
        decides = w.index % 2 == 0
        goes_on = not ball.over
        expected = w.ops if is_alone else 2 * w.ops + w.index % 2
        if ball.passed:
            w.waited(now() - ball.passed - w.run.clock)
        if ball.hits != expected:
            w.saw_fault = True
        ball.hits += 1
        w.ops += 1
        if decides and not w.goes_on():
            ball.over = True
            goes_on = False
        if decides:
            w.works_outside()
        ball.passed = now() if not is_alone and w.times() else 0
        return goes_on

    def work(self, w):
        court = self.courts[w.index // 2]
        ball = self.balls[w.index // 2]
        is_alone = w.run.load.threads == 1
        goes_on = True
        while goes_on:
            side = (w.ops if is_alone else w.index) % 2
            court.wait_on(side)
            goes_on = self.hit(w, ball, is_alone)
            court.pass_from(side)

    def check(self, run):
        if sum(b.hits for b in self.balls) != sum(w.ops for w in run.workers):
            run.fails("its balls have other hits than were made")


class Rounds:
    """All meet at a barrier; each reads then what its neighbour wrote."""

    def __init__(self, run):
        n = run.load.threads
        self.n = n
        self.barrier = threading.Barrier(n)
        self.last_round = None
        self.written = [[0, 0] for _ in range(n)]
        self.arrived = [[0, 0] for _ in range(n)]

    def arrive(self, w):
        run = w.run
        w.works_outside()
        w.round += 1
        half = w.round % 2
        self.written[w.index][half] = w.round
        if w.index == 0 and not w.goes_on():
            self.last_round = w.round
        is_timed = (run.phase == TRACED
                    or run.phase == TIMED and w.round % run.every == 0)
        self.arrived[w.index][half] = now() if is_timed else 0

    def passes(self, w):
        """Returns whether there is another round."""
        half = w.round % 2
        if w.index == 0:
            through = now()
            arrived = [a[half] for a in self.arrived]
            if all(arrived):
                w.waited(through - max(arrived) - w.run.clock)
        if self.written[(w.index + 1) % self.n][half] != w.round:
            w.saw_fault = True
        w.ops += 1
        return self.last_round is None or w.round < self.last_round

    def work(self, w):
        goes_on = True
        while goes_on:
            self.arrive(w)
            self.barrier.wait()
            goes_on = self.passes(w)

    def check(self, run):
        if len({w.ops for w in run.workers}) != 1:
            run.fails("its threads made different numbers of rounds")
