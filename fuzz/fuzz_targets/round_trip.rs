//! A value of any boxed type or function of the whole API, made by the schema alone. It is decoded and encoded to the same bytes.
//! After a few changes the bytes are refused, or decoded and encoded in the same way.

#![no_main]

libfuzzer_sys::fuzz_target!(|choice: tl_fuzz::wire::Choice| tl_fuzz::wire::round_trip(&choice));
