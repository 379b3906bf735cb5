// rust_run.rs -- what ../run/run.h and rust.c offer, as Rust sees it.
//
// SPDX-License-Identifier: MIT

use std::ffi::c_void;
use std::os::raw::{c_char, c_int, c_uint};

pub const BATCH: u64 = 64;
pub const TIMEOUT_US: u64 = 100;
pub const MAX_HELD: usize = 16;

#[repr(C)]
pub struct Run {
    _opaque: [u8; 0],
}

#[repr(C)]
pub struct WorkerOfC {
    _opaque: [u8; 0],
}

#[repr(C)]
struct Held {
    n: c_uint,
    locks: [c_uint; MAX_HELD],
}

/// What the lock of a bounded buffer guards.
#[repr(C)]
pub struct Buffer {
    pub used: c_uint,
    pub slots: c_uint,
    input: u64,
    output: u64,
    pub over: bool,
}

/// As struct entrant; rust.c checks the layout.
#[repr(C)]
pub struct Entrant {
    pub peer: *const c_char,
    pub primitive: *const c_char,
    pub shape: *const c_char,
    pub size: usize,
    pub prepare: Option<unsafe extern "C" fn(*mut c_void, *const Run)>,
    pub work: Option<unsafe extern "C" fn(*mut WorkerOfC)>,
    pub finish: Option<unsafe extern "C" fn(*mut c_void, *const Run) -> bool>,
    pub counts_futexes: bool,
}

// Nobody writes what it points to.
unsafe impl Sync for Entrant {}

extern "C" {
    fn rust_goes_on(w: *const WorkerOfC) -> bool;
    fn rust_counts(w: *mut WorkerOfC, n: u64);
    fn rust_saw_fault(w: *mut WorkerOfC);
    fn rust_index(w: *const WorkerOfC) -> c_uint;
    fn rust_run(w: *const WorkerOfC) -> *const Run;
    fn rust_state(run: *const Run) -> *mut c_void;
    fn rust_threads(run: *const Run) -> c_uint;
    fn rust_permits(run: *const Run) -> c_uint;
    fn rust_held(run: *const Run) -> bool;
    fn rust_clock(run: *const Run) -> i64;
    fn rust_now() -> i64;
    fn worker_times(w: *mut WorkerOfC) -> bool;
    fn worker_waited(w: *mut WorkerOfC, ns: i64, was_traced: bool);
    fn worker_works_outside(w: *mut WorkerOfC);
    fn turn_next(w: *mut WorkerOfC) -> c_int;
    fn turn_inside(w: *mut WorkerOfC, lock: c_int);
    fn bank_next(w: *mut WorkerOfC, held: *mut Held) -> bool;
    fn bank_inside(w: *mut WorkerOfC, held: *const Held);
    fn ball_side(w: *const WorkerOfC) -> c_uint;
    fn ball_hit(w: *mut WorkerOfC) -> bool;
    fn wake_is_leader(w: *const WorkerOfC) -> bool;
    fn wake_ready(w: *mut WorkerOfC) -> c_uint;
    fn wake_woken(w: *mut WorkerOfC);
    fn wake_gather(w: *mut WorkerOfC) -> c_uint;
    fn wake_collect(w: *mut WorkerOfC);
    fn rounds_arrive(w: *mut WorkerOfC);
    fn rounds_pass(w: *mut WorkerOfC) -> bool;
    fn timeout_begin() -> i64;
    fn timeout_end(w: *mut WorkerOfC, begin: i64);
    fn buffer_put(w: *mut WorkerOfC, b: *mut Buffer);
    fn buffer_take(w: *mut WorkerOfC, b: *mut Buffer);
}

impl Run {
    pub fn threads(&self) -> u32 {
        unsafe { rust_threads(self) }
    }

    /// Whether each thread has its object before it begins.
    pub fn held(&self) -> bool {
        unsafe { rust_held(self) }
    }

    pub fn permits(&self) -> u32 {
        unsafe { rust_permits(self) }
    }

    /// The objects, which live as long as the process.
    pub fn objects<T>(&self) -> *mut T {
        unsafe { rust_state(self) as *mut T }
    }
}

impl Buffer {
    pub fn new(slots: u32) -> Buffer {
        Buffer {
            used: 0,
            slots,
            input: 0,
            output: 0,
            over: false,
        }
    }

    pub fn is_consistent(&self) -> bool {
        self.input - self.output == u64::from(self.used)
            && self.used <= self.slots
    }
}

/// A thread of the run: the functions of run.h that take it.
#[derive(Clone, Copy)]
pub struct Worker(pub *mut WorkerOfC);

impl Worker {
    pub fn run(self) -> &'static Run {
        unsafe { &*rust_run(self.0) }
    }

    pub fn index(self) -> usize {
        unsafe { rust_index(self.0) as usize }
    }

    pub fn goes_on(self) -> bool {
        unsafe { rust_goes_on(self.0) }
    }

    pub fn counts(self, n: u64) {
        unsafe { rust_counts(self.0, n) }
    }

    pub fn saw_fault(self) {
        unsafe { rust_saw_fault(self.0) }
    }

    pub fn works_outside(self) {
        unsafe { worker_works_outside(self.0) }
    }

    /// The lock to acquire, which is negative when it is over.
    pub fn next_turn(self) -> i32 {
        unsafe { turn_next(self.0) }
    }

    pub fn takes_turn(self, lock: i32) {
        unsafe { turn_inside(self.0, lock) }
    }

    pub fn ball_side(self) -> u32 {
        unsafe { ball_side(self.0) }
    }

    pub fn ball_hit(self) -> bool {
        unsafe { ball_hit(self.0) }
    }

    pub fn is_leader(self) -> bool {
        unsafe { wake_is_leader(self.0) }
    }

    /// The round, of a waiter and of the leader; 0 when it is over.
    pub fn wake_ready(self) -> u32 {
        unsafe { wake_ready(self.0) }
    }

    pub fn wake_gather(self) -> u32 {
        unsafe { wake_gather(self.0) }
    }

    pub fn wake_woken(self) {
        unsafe { wake_woken(self.0) }
    }

    pub fn wake_collect(self) {
        unsafe { wake_collect(self.0) }
    }

    pub fn round_arrive(self) {
        unsafe { rounds_arrive(self.0) }
    }

    pub fn round_pass(self) -> bool {
        unsafe { rounds_pass(self.0) }
    }

    pub fn timeout_begin() -> i64 {
        unsafe { timeout_begin() }
    }

    pub fn timeout_end(self, begin: i64) {
        unsafe { timeout_end(self.0, begin) }
    }

    pub fn buffer_put(self, b: &mut Buffer) {
        unsafe { buffer_put(self.0, b) }
    }

    pub fn buffer_take(self, b: &mut Buffer) {
        unsafe { buffer_take(self.0, b) }
    }

    /// When it begins to wait, if that is to be timed.
    pub fn begins_wait(self) -> Option<i64> {
        unsafe { worker_times(self.0).then(|| rust_now()) }
    }

    pub fn ends_wait(self, begin: Option<i64>) {
        if let Some(begin) = begin {
            unsafe {
                worker_waited(
                    self.0,
                    rust_now() - begin - rust_clock(self.run()),
                    false,
                )
            }
        }
    }

    /// Calls `acquire` for each lock of an operation of the bank, works in
    /// there, and calls `release`; returns whether to go on.
    pub fn banks(
        self,
        mut acquire: impl FnMut(usize),
        mut release: impl FnMut(),
    ) -> bool {
        let mut held = Held {
            n: 0,
            locks: [0; MAX_HELD],
        };
        if !unsafe { bank_next(self.0, &mut held) } {
            return false;
        }
        for &lock in &held.locks[..held.n as usize] {
            acquire(lock as usize);
        }
        unsafe { bank_inside(self.0, &held) };
        release();
        true
    }
}
