//! A panic where nothing can unwind ends the process, but the input is printed first.

use std::env;
use std::process::Command;

use tl_hostile::running;
use tlgen_runtime::DecodeOptions;

/// Set in the process that panics.
const CHILD: &str = "TL_HOSTILE_PANICS";

/// Panics as a reading function of generated code would.
extern "C" fn read(bytes: &Vec<u8>) -> u8 {
    bytes[bytes.len() + 1]
}

#[test]
fn a_panic_names_its_input() {
    if env::var_os(CHILD).is_some() {
        running::report_panics();
        running::note("the type", "earlier", &DecodeOptions::new(), &[1]);
        running::note("the type", "user", &DecodeOptions::new().strict(), &[0xab, 0xcd]);
        read(&vec![0xab, 0xcd]);
        unreachable!("the process has ended");
    }
    let this = env::current_exe().expect("a test knows its path");
    let output = Command::new(this).args(["a_panic_names_its_input", "--nocapture"]).env(CHILD, "1").output();
    let output = output.expect("it starts");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(!message.contains("the process has ended"), "{message}");
    assert!(message.contains("index out of bounds"), "{message}");
    assert!(message.contains("the input: the type `user`, "), "{message}");
    assert!(message.contains("mode: Strict") && message.contains("for the bytes abcd"), "{message}");
}
