//! Values skipped by an atlas that may be broken.

#![no_main]

use tl_fuzz::skip::Case;

libfuzzer_sys::fuzz_target!(|case: Case<'_>| tl_fuzz::skip::skip(&case));
