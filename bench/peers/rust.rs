// rust.rs -- Rust's standard library, and parking_lot, which many programs
// use instead.
//
// The peers are written in Rust, loops and all, so that locks are inlined as
// in a program of Rust's users.  Neither has an event: that is a flag, a mutex
// and a condition variable.  Neither has a semaphore; parking_lot has no
// barrier, and the standard library no reentrant lock.
//
// SPDX-License-Identifier: MIT

#![allow(non_upper_case_globals)]

#[path = "rust_monitors.rs"]
mod monitors;
#[path = "rust_run.rs"]
mod run;
#[path = "rust_shapes.rs"]
mod shapes;

use monitors::*;
use run::{Buffer, Entrant};
use shapes::*;
use std::sync;
use std::time::Duration;

pub struct StdLock(sync::Mutex<()>);

impl Lock for StdLock {
    type Guard = sync::MutexGuard<'static, ()>;

    fn new() -> Self {
        StdLock(sync::Mutex::new(()))
    }

    #[inline]
    fn lock(&'static self) -> Self::Guard {
        self.0.lock().unwrap()
    }

    #[inline]
    fn try_lock(&'static self) -> Option<Self::Guard> {
        self.0.try_lock().ok()
    }
}

pub struct StdMonitor<T> {
    mutex: sync::Mutex<T>,
    changed: [sync::Condvar; 2],
}

impl<T: 'static> Monitor<T> for StdMonitor<T> {
    type Guard = sync::MutexGuard<'static, T>;

    fn new(value: T) -> Self {
        StdMonitor {
            mutex: sync::Mutex::new(value),
            changed: Default::default(),
        }
    }

    #[inline]
    fn lock(&'static self) -> Self::Guard {
        self.mutex.lock().unwrap()
    }

    #[inline]
    fn wait(&'static self, which: usize, guard: Self::Guard) -> Self::Guard {
        self.changed[which].wait(guard).unwrap()
    }

    #[inline]
    fn wait_for(&'static self, time: Duration) -> bool {
        self.changed[0]
            .wait_timeout(self.lock(), time)
            .unwrap()
            .1
            .timed_out()
    }

    #[inline]
    fn notify_one(&self, which: usize) {
        self.changed[which].notify_one();
    }

    #[inline]
    fn notify_all(&self, which: usize) {
        self.changed[which].notify_all();
    }
}

impl Barrier for sync::Barrier {
    fn new(n: usize) -> Self {
        sync::Barrier::new(n)
    }

    #[inline]
    fn wait(&self) {
        sync::Barrier::wait(self);
    }
}

#[cfg(with_parking_lot)]
use peer_parking_lot::*;

#[cfg(with_parking_lot)]
mod peer_parking_lot {
    use crate::monitors::Monitor;
    use crate::shapes::Lock;
    use std::time::Duration;

    pub struct PlLock(parking_lot::Mutex<()>);

    impl Lock for PlLock {
        type Guard = parking_lot::MutexGuard<'static, ()>;

        fn new() -> Self {
            PlLock(parking_lot::Mutex::new(()))
        }

        #[inline]
        fn lock(&'static self) -> Self::Guard {
            self.0.lock()
        }

        #[inline]
        fn try_lock(&'static self) -> Option<Self::Guard> {
            self.0.try_lock()
        }
    }

    pub struct PlRLock(parking_lot::ReentrantMutex<()>);

    impl Lock for PlRLock {
        type Guard = parking_lot::ReentrantMutexGuard<'static, ()>;
        const IS_REENTERED: bool = true;

        fn new() -> Self {
            PlRLock(parking_lot::ReentrantMutex::new(()))
        }

        #[inline]
        fn lock(&'static self) -> Self::Guard {
            self.0.lock()
        }

        #[inline]
        fn try_lock(&'static self) -> Option<Self::Guard> {
            self.0.try_lock()
        }

        fn is_free(&'static self) -> bool {
            !self.0.is_locked()
        }
    }

    pub struct PlMonitor<T> {
        mutex: parking_lot::Mutex<T>,
        changed: [parking_lot::Condvar; 2],
    }

    impl<T: 'static> Monitor<T> for PlMonitor<T> {
        type Guard = parking_lot::MutexGuard<'static, T>;

        fn new(value: T) -> Self {
            PlMonitor {
                mutex: parking_lot::Mutex::new(value),
                changed: Default::default(),
            }
        }

        #[inline]
        fn lock(&'static self) -> Self::Guard {
            self.mutex.lock()
        }

        #[inline]
        fn wait(
            &'static self,
            which: usize,
            mut guard: Self::Guard,
        ) -> Self::Guard {
            self.changed[which].wait(&mut guard);
            guard
        }

        #[inline]
        fn wait_for(&'static self, time: Duration) -> bool {
            self.changed[0].wait_for(&mut self.lock(), time).timed_out()
        }

        #[inline]
        fn notify_one(&self, which: usize) {
            self.changed[which].notify_one();
        }

        #[inline]
        fn notify_all(&self, which: usize) {
            self.changed[which].notify_all();
        }
    }
}

/// The table of the entrants, with its end, from rows that are there on a
/// condition.
macro_rules! entrants {
    ($(
        $when:meta => {
            $($peer:literal $primitive:literal $shape:literal $what:ty;)*
        }
    )*) => {
        const COUNT: usize = [$($(#[cfg($when)] $shape,)*)* "the end"].len();

        #[no_mangle]
        pub static entrants: [Entrant; COUNT] = [
            $($(
                #[cfg($when)]
                entrant::<$what>(
                    concat!($peer, "\0"),
                    concat!($primitive, "\0"),
                    concat!($shape, "\0"),
                ),
            )*)*
            END,
        ];
    };
}

entrants! {
    all() => {
        "rust-std" "lock" "pair" Pair<StdLock>;
        "rust-std" "lock" "section" Section<StdLock>;
        "rust-std" "lock" "bank" Bank<StdLock>;
        "rust-std" "lock" "fail" Fail<StdLock>;
        "rust-std" "event" "calls" EventCalls<StdMonitor<bool>>;
        "rust-std" "event" "already" EventAlready<StdMonitor<bool>>;
        "rust-std" "event" "churn" EventChurn<StdMonitor<bool>>;
        "rust-std" "event" "pingpong" EventPingPong<StdMonitor<bool>>;
        "rust-std" "event" "wake" EventWake<StdMonitor<bool>>;
        "rust-std" "condition" "notify" ConditionNotify<StdMonitor<u32>>;
        "rust-std" "condition" "signal" ConditionSignal<StdMonitor<u32>>;
        "rust-std" "condition" "pingpong" ConditionPingPong<StdMonitor<u32>>;
        "rust-std" "condition" "wake" ConditionWake<StdMonitor<u32>>;
        "rust-std" "condition" "timeout" ConditionTimeout<StdMonitor<u32>>;
        "rust-std" "condition" "buffer" ConditionBuffer<StdMonitor<Buffer>>;
        "rust-std" "barrier" "rounds" Rounds<sync::Barrier>;
        "rust-std" "barrier" "last" LastArrival<sync::Barrier>;
    }
    with_parking_lot => {
        "parking_lot" "lock" "pair" Pair<PlLock>;
        "parking_lot" "lock" "section" Section<PlLock>;
        "parking_lot" "lock" "bank" Bank<PlLock>;
        "parking_lot" "lock" "fail" Fail<PlLock>;
        "parking_lot" "rlock" "pair" Pair<PlRLock>;
        "parking_lot" "rlock" "section" Section<PlRLock>;
        "parking_lot" "rlock" "bank" Bank<PlRLock>;
        "parking_lot" "rlock" "fail" Fail<PlRLock>;
        "parking_lot" "event" "calls" EventCalls<PlMonitor<bool>>;
        "parking_lot" "event" "already" EventAlready<PlMonitor<bool>>;
        "parking_lot" "event" "churn" EventChurn<PlMonitor<bool>>;
        "parking_lot" "event" "pingpong" EventPingPong<PlMonitor<bool>>;
        "parking_lot" "event" "wake" EventWake<PlMonitor<bool>>;
        "parking_lot" "condition" "notify" ConditionNotify<PlMonitor<u32>>;
        "parking_lot" "condition" "signal" ConditionSignal<PlMonitor<u32>>;
        "parking_lot" "condition" "pingpong" ConditionPingPong<PlMonitor<u32>>;
        "parking_lot" "condition" "wake" ConditionWake<PlMonitor<u32>>;
        "parking_lot" "condition" "timeout" ConditionTimeout<PlMonitor<u32>>;
        "parking_lot" "condition" "buffer" ConditionBuffer<PlMonitor<Buffer>>;
    }
}
