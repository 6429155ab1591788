//! The binary `tlgen`.

fn main() -> std::process::ExitCode {
    tlgen::main(std::env::args_os())
}
