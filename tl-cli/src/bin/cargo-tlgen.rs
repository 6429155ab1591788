//! The binary `cargo-tlgen`: what `cargo tlgen ...` runs once it is installed.

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    // Cargo gives the name of the subcommand as the first argument.
    let is_name = |(index, argument): &(usize, _)| *index == 1 && argument == "tlgen";
    tlgen::main(env::args_os().enumerate().filter(|argument| !is_name(argument)).map(|(_, argument)| argument))
}
