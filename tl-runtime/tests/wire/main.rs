//! What the runtime promises about bytes, errors and hostile input, shown on types written the way they are generated.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod bounds;
mod calls;
mod corpus;
mod depth;
mod encode_errors;
mod errors;
mod fixed;
mod generated;
mod held;
mod hostile;
mod indirect;
mod modes;
mod numbers;
mod objects;
mod panics;
mod sample;
mod strings;
mod values;

/// The bytes of pairs of hexadecimal digits. Blanks are skipped.
fn hex(digits: &str) -> Vec<u8> {
    let digits: Vec<u32> = digits.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_digit(16).unwrap()).collect();
    assert!(digits.len().is_multiple_of(2), "half a byte");
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}
