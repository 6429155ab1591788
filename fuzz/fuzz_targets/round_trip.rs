//! A value of any boxed type or function of the whole API, made by the schema alone: it goes both ways, and so does what
//! is left of it after a few changes, unless it is refused.

#![no_main]

libfuzzer_sys::fuzz_target!(|choice: tl_fuzz::wire::Choice| tl_fuzz::wire::round_trip(&choice));
