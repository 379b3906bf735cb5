// rust_monitors.rs -- the loops of ../templates for events and conditions, in
// Rust.
//
// SPDX-License-Identifier: MIT

use crate::run::*;
use crate::shapes::{nth, OnItsLine, Shape};
use std::ops::DerefMut;
use std::time::Duration;

/// A mutex around a T, and two condition variables.
pub trait Monitor<T: 'static>: Sized + 'static {
    type Guard: DerefMut<Target = T>;
    fn new(value: T) -> Self;
    fn lock(&'static self) -> Self::Guard;
    fn wait(&'static self, which: usize, guard: Self::Guard) -> Self::Guard;
    /// Whether it timed out.
    fn wait_for(&'static self, time: Duration) -> bool;
    fn notify_one(&self, which: usize);
    fn notify_all(&self, which: usize);
}

fn set<M: Monitor<bool>>(event: &'static M) {
    let mut is_set = event.lock();
    *is_set = true;
    event.notify_all(0);
}

fn clear<M: Monitor<bool>>(event: &'static M) {
    *event.lock() = false;
}

fn wait<M: Monitor<bool>>(event: &'static M) {
    let mut is_set = event.lock();
    while !*is_set {
        is_set = event.wait(0, is_set);
    }
}

pub struct EventCalls<M>(OnItsLine<M>);

impl<M: Monitor<bool>> Shape for EventCalls<M> {
    fn new(_: &Run) -> Self {
        EventCalls(OnItsLine(M::new(false)))
    }

    fn work(w: Worker, objects: *const Self) {
        let event = &nth(objects, w.index()).0 .0;
        while w.goes_on() {
            for _ in 0..BATCH {
                set(event);
                clear(event);
            }
            w.counts(BATCH);
        }
    }
}

pub struct EventAlready<M>(OnItsLine<M>);

impl<M: Monitor<bool>> Shape for EventAlready<M> {
    fn new(_: &Run) -> Self {
        EventAlready(OnItsLine(M::new(true)))
    }

    fn work(w: Worker, objects: *const Self) {
        let event = &nth(objects, w.index()).0 .0;
        while w.goes_on() {
            for _ in 0..BATCH {
                wait(event);
            }
            w.counts(BATCH);
        }
    }
}

pub struct EventChurn<M>(OnItsLine<M>);

impl<M: Monitor<bool>> Shape for EventChurn<M> {
    fn new(_: &Run) -> Self {
        EventChurn(OnItsLine(M::new(false)))
    }

    /// The others find the event set when it is over.
    fn work(w: Worker, objects: *const Self) {
        let event = &nth(objects, 0).0 .0;
        if w.is_leader() {
            while w.goes_on() {
                set(event);
                clear(event);
                w.counts(1);
            }
            set(event);
        }
        while w.goes_on() {
            wait(event);
            w.works_outside();
        }
    }
}

/// Two events, each set when the ball is on its side.
pub struct EventPingPong<M>([OnItsLine<M>; 2]);

impl<M: Monitor<bool>> Shape for EventPingPong<M> {
    fn new(_: &Run) -> Self {
        EventPingPong([OnItsLine(M::new(true)), OnItsLine(M::new(false))])
    }

    fn work(w: Worker, objects: *const Self) {
        let sides = &nth(objects, w.index() / 2).0;
        let mut goes_on = true;
        while goes_on {
            let side = w.ball_side() as usize;
            wait(&sides[side].0);
            clear(&sides[side].0);
            goes_on = w.ball_hit();
            set(&sides[1 - side].0);
        }
    }
}

pub struct EventWake<M>(OnItsLine<M>);

impl<M: Monitor<bool>> Shape for EventWake<M> {
    fn new(_: &Run) -> Self {
        EventWake(OnItsLine(M::new(false)))
    }

    fn work(w: Worker, objects: *const Self) {
        let event = &nth(objects, 0).0 .0;
        if w.is_leader() {
            while w.wake_gather() != 0 {
                set(event);
                w.wake_collect();
                clear(event);
            }
            return;
        }
        while w.wake_ready() != 0 {
            wait(event);
            w.wake_woken();
        }
    }
}

pub struct ConditionNotify<M>(OnItsLine<M>);

impl<M: Monitor<u32>> Shape for ConditionNotify<M> {
    fn new(_: &Run) -> Self {
        ConditionNotify(OnItsLine(M::new(0)))
    }

    fn work(w: Worker, objects: *const Self) {
        let monitor = &nth(objects, w.index()).0 .0;
        while w.goes_on() {
            for _ in 0..BATCH {
                let _guard = monitor.lock();
                monitor.notify_one(0);
            }
            w.counts(BATCH);
        }
    }
}

/// The same with the mutex held all the time.
pub struct ConditionSignal<M>(OnItsLine<M>);

impl<M: Monitor<u32>> Shape for ConditionSignal<M> {
    fn new(_: &Run) -> Self {
        ConditionSignal(OnItsLine(M::new(0)))
    }

    fn work(w: Worker, objects: *const Self) {
        let monitor = &nth(objects, w.index()).0 .0;
        let _guard = monitor.lock();
        while w.goes_on() {
            for _ in 0..BATCH {
                monitor.notify_one(0);
            }
            w.counts(BATCH);
        }
    }
}

/// The side of the ball, guarded.
pub struct ConditionPingPong<M>(OnItsLine<M>);

impl<M: Monitor<u32>> Shape for ConditionPingPong<M> {
    fn new(_: &Run) -> Self {
        ConditionPingPong(OnItsLine(M::new(0)))
    }

    fn work(w: Worker, objects: *const Self) {
        let monitor = &nth(objects, w.index() / 2).0 .0;
        let mut goes_on = true;
        while goes_on {
            let side = w.ball_side();
            let mut ball = monitor.lock();
            while *ball != side {
                ball = monitor.wait(0, ball);
            }
            goes_on = w.ball_hit();
            *ball = 1 - side;
            monitor.notify_one(0);
        }
    }
}

/// The round, guarded.
pub struct ConditionWake<M>(OnItsLine<M>);

impl<M: Monitor<u32>> ConditionWake<M> {
    fn lead(w: Worker, monitor: &'static M) {
        loop {
            let round = w.wake_gather();
            if round == 0 {
                return;
            }
            let mut woken = monitor.lock();
            *woken = round;
            monitor.notify_all(0);
            drop(woken);
            w.wake_collect();
        }
    }
}

impl<M: Monitor<u32>> Shape for ConditionWake<M> {
    fn new(_: &Run) -> Self {
        ConditionWake(OnItsLine(M::new(0)))
    }

    fn work(w: Worker, objects: *const Self) {
        let monitor = &nth(objects, 0).0 .0;
        if w.is_leader() {
            return Self::lead(w, monitor);
        }
        loop {
            let round = w.wake_ready();
            if round == 0 {
                return;
            }
            let mut woken = monitor.lock();
            while *woken < round {
                woken = monitor.wait(0, woken);
            }
            drop(woken);
            w.wake_woken();
        }
    }
}

pub struct ConditionTimeout<M>(OnItsLine<M>);

impl<M: Monitor<u32>> Shape for ConditionTimeout<M> {
    fn new(_: &Run) -> Self {
        ConditionTimeout(OnItsLine(M::new(0)))
    }

    fn work(w: Worker, objects: *const Self) {
        let monitor = &nth(objects, w.index()).0 .0;
        while w.goes_on() {
            let begin = Worker::timeout_begin();
            if monitor.wait_for(Duration::from_micros(TIMEOUT_US)) {
                w.timeout_end(begin);
            }
        }
    }
}

const NOT_FULL: usize = 0;
const NOT_EMPTY: usize = 1;

pub struct ConditionBuffer<M>(OnItsLine<M>);

impl<M: Monitor<Buffer>> ConditionBuffer<M> {
    fn put(w: Worker, monitor: &'static M) {
        let mut buffer = monitor.lock();
        while buffer.used == buffer.slots && !buffer.over {
            buffer = monitor.wait(NOT_FULL, buffer);
        }
        if !buffer.over {
            w.buffer_put(&mut buffer);
            monitor.notify_one(NOT_EMPTY);
        }
    }

    fn take(w: Worker, monitor: &'static M) {
        let mut buffer = monitor.lock();
        while buffer.used == 0 && !buffer.over {
            buffer = monitor.wait(NOT_EMPTY, buffer);
        }
        if !buffer.over {
            w.buffer_take(&mut buffer);
            monitor.notify_one(NOT_FULL);
        }
    }

    /// Who finds it over first lets all the others go.
    fn end(monitor: &'static M) {
        let mut buffer = monitor.lock();
        buffer.over = true;
        monitor.notify_all(NOT_FULL);
        monitor.notify_all(NOT_EMPTY);
    }
}

impl<M: Monitor<Buffer>> Shape for ConditionBuffer<M> {
    fn new(run: &Run) -> Self {
        ConditionBuffer(OnItsLine(M::new(Buffer::new(run.permits()))))
    }

    fn work(w: Worker, objects: *const Self) {
        let monitor = &nth(objects, 0).0 .0;
        let is_producer = w.index() % 2 == 0;
        let is_alone = w.run().threads() == 1;
        while w.goes_on() {
            let begin = w.begins_wait();
            if is_producer {
                Self::put(w, monitor);
            }
            if !is_producer || is_alone {
                Self::take(w, monitor);
            }
            w.ends_wait(begin);
            w.works_outside();
        }
        Self::end(monitor);
    }

    fn is_at_rest(&'static mut self) -> bool {
        self.0 .0.lock().is_consistent()
    }
}
