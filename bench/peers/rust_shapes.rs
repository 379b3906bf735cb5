// rust_shapes.rs -- the loops of ../templates/lock.h and rounds.h in Rust.
//
// Objects live in the memory of the run, which lasts as long as the process,
// hence 'static.
//
// SPDX-License-Identifier: MIT

use crate::run::*;
use std::cell::RefCell;
use std::ffi::c_void;
use std::ptr;

/// What a thread acquires, and has while it has the guard.
pub trait Lock: Sized + 'static {
    type Guard;
    /// Whether an owner may acquire it again.
    const IS_REENTERED: bool = false;
    fn new() -> Self;
    fn lock(&'static self) -> Self::Guard;
    fn try_lock(&'static self) -> Option<Self::Guard>;
    fn is_free(&'static self) -> bool {
        self.try_lock().is_some()
    }
}

pub trait Barrier: Sized + 'static {
    fn new(n: usize) -> Self;
    fn wait(&self);
}

/// A question's answer: see struct entrant.
pub trait Shape: Sized + 'static {
    fn new(run: &Run) -> Self;
    /// What can be done only in the place where it stays.
    fn settle(&'static mut self) {}
    fn work(w: Worker, objects: *const Self);
    fn is_at_rest(&'static mut self) -> bool {
        true
    }
}

unsafe extern "C" fn prepare<S: Shape>(object: *mut c_void, run: *const Run) {
    let object = object as *mut S;
    object.write(S::new(&*run));
    (*object).settle();
}

unsafe extern "C" fn work<S: Shape>(w: *mut WorkerOfC) {
    let w = Worker(w);
    S::work(w, w.run().objects());
}

unsafe extern "C" fn finish<S: Shape>(
    object: *mut c_void,
    _run: *const Run,
) -> bool {
    let object = object as *mut S;
    let is_at_rest = (*object).is_at_rest();
    ptr::drop_in_place(object);
    is_at_rest
}

/// The names end with a zero.
pub const fn entrant<S: Shape>(
    peer: &'static str,
    primitive: &'static str,
    shape: &'static str,
) -> Entrant {
    Entrant {
        peer: peer.as_ptr() as *const _,
        primitive: primitive.as_ptr() as *const _,
        shape: shape.as_ptr() as *const _,
        size: std::mem::size_of::<S>(),
        prepare: Some(prepare::<S>),
        work: Some(work::<S>),
        finish: Some(finish::<S>),
        counts_futexes: true,
    }
}

/// What stands after the last.
pub const END: Entrant = Entrant {
    peer: ptr::null(),
    primitive: ptr::null(),
    shape: ptr::null(),
    size: 0,
    prepare: None,
    work: None,
    finish: None,
    counts_futexes: false,
};

/// The i-th of the objects, which nobody writes but through a shared reference.
pub fn nth<S>(objects: *const S, i: usize) -> &'static S {
    unsafe { &*objects.add(i) }
}

/// Two cache lines: some processors fetch them in pairs.
#[repr(align(128))]
pub struct OnItsLine<T>(pub T);

/// Acquires it so many times, as functions do that call each other.
#[inline]
fn nest<L: Lock>(lock: &'static L, depth: u32, inside: &mut impl FnMut()) {
    let _guard = lock.lock();
    if L::IS_REENTERED && depth > 1 {
        nest(lock, depth - 1, inside);
    } else {
        inside();
    }
}

pub struct Pair<L>(OnItsLine<L>);

impl<L: Lock> Shape for Pair<L> {
    fn new(_: &Run) -> Self {
        Pair(OnItsLine(L::new()))
    }

    fn work(w: Worker, objects: *const Self) {
        let lock = &nth(objects, w.index()).0 .0;
        let depth = w.run().permits();
        let _held = w.run().held().then(|| lock.lock());
        while w.goes_on() {
            // A depth of 1 without what counts it.
            if depth == 1 {
                for _ in 0..BATCH {
                    drop(lock.lock());
                }
            } else {
                for _ in 0..BATCH {
                    nest(lock, depth, &mut || ());
                }
            }
            w.counts(BATCH);
        }
    }

    fn is_at_rest(&'static mut self) -> bool {
        self.0 .0.is_free()
    }
}

pub struct Section<L>(OnItsLine<L>);

impl<L: Lock> Shape for Section<L> {
    fn new(_: &Run) -> Self {
        Section(OnItsLine(L::new()))
    }

    fn work(w: Worker, objects: *const Self) {
        let depth = w.run().permits();
        loop {
            let which = w.next_turn();
            if which < 0 {
                break;
            }
            let lock = &nth(objects, which as usize).0 .0;
            nest(lock, depth, &mut || w.takes_turn(which));
        }
    }

    fn is_at_rest(&'static mut self) -> bool {
        self.0 .0.is_free()
    }
}

pub struct Bank<L>(OnItsLine<L>);

impl<L: Lock> Shape for Bank<L> {
    fn new(_: &Run) -> Self {
        Bank(OnItsLine(L::new()))
    }

    fn work(w: Worker, objects: *const Self) {
        let guards = RefCell::new(Vec::with_capacity(MAX_HELD));
        let acquire = |i| guards.borrow_mut().push(nth(objects, i).0 .0.lock());
        let release = || while guards.borrow_mut().pop().is_some() {};
        while w.banks(acquire, release) {}
    }

    fn is_at_rest(&'static mut self) -> bool {
        self.0 .0.is_free()
    }
}

/// A lock that the main thread has.
pub struct Fail<L: Lock> {
    lock: OnItsLine<L>,
    held: Option<L::Guard>,
}

impl<L: Lock> Shape for Fail<L> {
    fn new(_: &Run) -> Self {
        Fail {
            lock: OnItsLine(L::new()),
            held: None,
        }
    }

    fn settle(&'static mut self) {
        self.held = Some(self.lock.0.lock());
    }

    fn work(w: Worker, objects: *const Self) {
        let lock = &nth(objects, w.index()).lock.0;
        while w.goes_on() {
            for _ in 0..BATCH {
                if lock.try_lock().is_some() {
                    w.saw_fault();
                }
            }
            w.counts(BATCH);
        }
    }

    fn is_at_rest(&'static mut self) -> bool {
        self.held = None;
        self.lock.0.is_free()
    }
}

pub struct Rounds<B>(OnItsLine<B>);

impl<B: Barrier> Shape for Rounds<B> {
    fn new(run: &Run) -> Self {
        Rounds(OnItsLine(B::new(run.threads() as usize)))
    }

    fn work(w: Worker, objects: *const Self) {
        let barrier = &nth(objects, 0).0 .0;
        let mut goes_on = true;
        while goes_on {
            w.round_arrive();
            barrier.wait();
            goes_on = w.round_pass();
        }
    }
}

/// One call wakes all: who makes it is one of the party.
pub struct LastArrival<B>(OnItsLine<B>);

impl<B: Barrier> Shape for LastArrival<B> {
    fn new(run: &Run) -> Self {
        LastArrival(OnItsLine(B::new(run.threads() as usize + 1)))
    }

    fn work(w: Worker, objects: *const Self) {
        let barrier = &nth(objects, 0).0 .0;
        if w.is_leader() {
            while w.wake_gather() != 0 {
                barrier.wait();
                w.wake_collect();
            }
            return;
        }
        while w.wake_ready() != 0 {
            barrier.wait();
            w.wake_woken();
        }
    }
}
