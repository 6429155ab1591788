//! The text of a schema file, or its JSON form: syntax errors have locations inside the text, and what was read prints as itself.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| tl_fuzz::schema::parse(text));
