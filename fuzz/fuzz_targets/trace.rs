//! Any bytes as rows and as text.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tl_fuzz::trace::trace(bytes));
