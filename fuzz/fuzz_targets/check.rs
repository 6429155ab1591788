//! The text of a schema file through every check to generated code, and every diagnostic as text.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| tl_fuzz::schema::check(text));
