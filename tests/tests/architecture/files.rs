//! What each file must be like.

use super::paths::Named;
use super::sources::sources;

/// Every file says what it is for, and is small enough to be read in one sitting.
#[test]
fn files_are_small_and_say_what_they_are() {
    for source in sources() {
        assert!(source.text.starts_with("//!"), "{} has no `//!`", source.path);
        let lines = source.text.lines().count();
        assert!(lines <= 500, "{} has {lines} lines: split it", source.path);
    }
}

/// All crates forbid `unsafe` by their lints, except the runtime, where one file has it.
#[test]
fn unsafe_code_is_in_one_file() {
    let with = sources().into_iter().filter(|source| Named::of(&source.text).has_unsafe);
    let files: Vec<_> = with.map(|source| source.path).collect();
    assert_eq!(files, ["tl-runtime/src/unchecked.rs"]);
}
