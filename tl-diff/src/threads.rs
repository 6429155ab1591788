//! Two things at once.

use std::{panic, thread};

/// The results of both. Where there is more than one processor, the first is made in a thread of its own.
pub(crate) fn both<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    if thread::available_parallelism().is_ok_and(|count| count.get() > 1) {
        thread::scope(|scope| {
            let first = scope.spawn(first);
            let second = second();
            (first.join().unwrap_or_else(|payload| panic::resume_unwind(payload)), second)
        })
    } else {
        (first(), second())
    }
}
