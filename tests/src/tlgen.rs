//! The `tlgen` binary of this workspace.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The root of the workspace.
#[must_use]
pub fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is a folder of the workspace")
}

/// What cargo prints for `args`.
///
/// # Panics
/// When cargo fails.
#[must_use]
pub fn cargo(args: &[&str]) -> String {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo).args(args).current_dir(workspace()).output().expect("cargo runs");
    assert!(output.status.success(), "cargo {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo prints UTF-8")
}

/// Runs `tlgen` in a folder.
///
/// # Panics
/// When it cannot be built or started.
#[must_use]
pub fn tlgen(folder: &Path, args: &[&str]) -> Output {
    Command::new(binary()).args(args).current_dir(folder).env("NO_COLOR", "1").output().expect("tlgen runs")
}

/// The path of `tlgen`.
///
/// # Panics
/// When it cannot be built.
#[must_use]
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(build)
}

/// Cargo sets no variable with the path of a binary of another package, so this asks cargo.
fn build() -> PathBuf {
    let messages = cargo(&[
        "build",
        "--quiet",
        "--package",
        "tlgen",
        "--features",
        "sniff",
        "--bin",
        "tlgen",
        "--message-format",
        "json",
    ]);
    let executable = messages.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).expect("cargo prints JSON");
        message["executable"].as_str().map(PathBuf::from)
    });
    executable.expect("cargo names the binary")
}
