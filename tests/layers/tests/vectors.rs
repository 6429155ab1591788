//! Other people's bytes, with the generated code of their schemas: they decode and encode to the same bytes, no prefix
//! decodes, and bytes with one changed byte are refused or written again as they were.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use common::{say, sums};
use tl_layers::vectors::{self, Failure, Vector};
use tlgen_runtime::{DecodeErrorKind, DecodeOptions};

/// The vectors, or a line that says that they are missing.
#[track_caller]
fn cases() -> Option<&'static [Vector]> {
    tl_corpus::folder()?;
    let all = vectors::all()?;
    assert!(all.len() > 350, "{} vectors are not all", all.len());
    Some(all)
}

#[test]
fn vectors_encode_to_the_same_bytes() {
    let Some(cases) = cases() else { return };
    for case in cases {
        for config in [DecodeOptions::new(), DecodeOptions::new().strict(), DecodeOptions::new().lenient()] {
            let written = (case.run)(&case.bytes(), &config);
            let written = written.unwrap_or_else(|error| panic!("{}, {}: {error:?}", case.file, case.name));
            assert_eq!(written, case.bytes(), "{}, {}", case.file, case.name);
        }
    }
    let files: BTreeSet<_> = cases.iter().map(|case| case.file).collect();
    for file in files {
        let count = cases.iter().filter(|case| case.file == file).count();
        say(&format!("{file}: {count} vectors decode and encode to the same bytes"));
    }
}

#[test]
fn prefixes_end_too_early() {
    let Some(cases) = cases() else { return };
    let mut count = 0;
    for case in cases {
        let bytes = case.bytes();
        for end in 0..bytes.len() {
            for config in [DecodeOptions::new(), DecodeOptions::new().strict(), DecodeOptions::new().lenient()] {
                let Err(Failure::Decode(error)) = (case.run)(&bytes[..end], &config) else {
                    panic!("{}, {}: {end} bytes are a value", case.file, case.name);
                };
                let kind = error.kind();
                assert_eq!(kind, DecodeErrorKind::UnexpectedEnd, "{}, {}: {end} bytes", case.file, case.name);
            }
            count += 1;
        }
    }
    say(&format!("{count} prefixes end too early"));
}

#[test]
fn changed_bytes_are_refused_or_kept() {
    let Some(cases) = cases() else { return };
    let [count, kept] = sums(cases, |case| {
        // Millions of messages: the other configurations are compared in the tests of the fixtures.
        if !case.own {
            return [0, 0];
        }
        let mut kept = 0;
        let mut bytes = case.bytes();
        for place in 0..bytes.len() {
            let before = bytes[place];
            for change in 1..=255 {
                bytes[place] = before ^ change;
                if let Ok(written) = (case.run)(&bytes, &DecodeOptions::new().strict()) {
                    kept += 1;
                    assert_eq!(written, bytes, "{}, {}: byte {place} ^ {change:#04x}", case.file, case.name);
                }
            }
            bytes[place] = before;
        }
        [255 * bytes.len(), kept]
    });
    say(&format!(
        "{count} messages with one changed byte: {kept} are read and written as they are, the others refused"
    ));
}
