//! Generates the whole API into a folder: `generate-api FOLDER`. The test that output is the same in every process runs it.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        return ExitCode::from(2);
    };
    let builder = tlgen_build::Builder::new().schema(env!("TL_API")).out_dir(folder);
    if builder.compile().is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
