//! The canonical layout: it keeps every declaration and comment, and the second time it changes nothing.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| tl_fuzz::schema::fmt(text));
