//! Bytes as a value of any boxed type or function of the whole API, in any mode. The first two bytes choose the type and
//! the third one the mode.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| tl_fuzz::wire::decode(input));
