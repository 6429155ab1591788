//! Generating the whole API twice, in two processes, gives the same bytes.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::{Command, Stdio};

#[test]
fn two_processes_write_the_same_bytes() {
    let generate = || {
        let folder = tempfile::tempdir().unwrap();
        let program = env!("CARGO_BIN_EXE_generate-api");
        let status = Command::new(program).arg(folder.path()).stdout(Stdio::null()).status().unwrap();
        assert!(status.success());
        let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(files, ["api.rs"]);
        fs::read(folder.path().join("api.rs")).unwrap()
    };
    let (first, second) = (generate(), generate());
    assert!(first.len() > 1_000_000, "{} bytes are not the whole API", first.len());
    let line = first.split(|byte| *byte == b'\n').zip(second.split(|byte| *byte == b'\n')).position(|(a, b)| a != b);
    assert_eq!(line, None, "the outputs differ from this line on");
    assert_eq!(first.len(), second.len());
}
