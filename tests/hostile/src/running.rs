//! The input that is being decoded, so that a panic names it.
//!
//! Generated code cannot unwind while it reads, so a panic in it ends the process and nothing can catch it. But the panic
//! hook runs before that: [`report_panics`] makes it print the input that [`note`] was told last in the same thread.

use std::cell::RefCell;
use std::io::{Write, stderr};
use std::panic;

use tlgen_runtime::DecodeOptions;

use crate::hex;

/// What is decoded, how, and from which bytes.
#[derive(Default)]
struct Running {
    source: &'static str,
    name: &'static str,
    options: DecodeOptions,
    bytes: Vec<u8>,
}

thread_local! {
    static RUNNING: RefCell<Running> = RefCell::default();
}

/// Says what this thread decodes next: a type, or a vector of a file, and its bytes.
pub fn note(source: &'static str, name: &'static str, options: &DecodeOptions, bytes: &[u8]) {
    RUNNING.with_borrow_mut(|running| {
        (running.source, running.name, running.options) = (source, name, *options);
        running.bytes.clear();
        running.bytes.extend_from_slice(bytes);
    });
}

/// From here on a panic prints what its thread was decoding, after the message of the panic.
pub fn report_panics() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        usual(info);
        RUNNING.with(|running| {
            if let Ok(running) = running.try_borrow() {
                let Running { source, name, options, bytes } = &*running;
                _ = writeln!(stderr(), "the input: {source} `{name}`, {options:?}, for the bytes {}", hex(bytes));
            }
        });
    }));
}
