//! Prints the table: `cargo bench -p tl-benches`, or only some sections: `cargo bench -p tl-benches -- codec parse`.
//!
//! `--pairs N` says how many pairs of runs each timing is the median of, `--builds N` the same for compilations; 9 and 7
//! unless they are given. Compilations of the whole API take half an hour with 7.
//!
//! `cargo bench -p tl-benches --profile whole -- --whole codec` has everything compiled as one unit of code (`lto = true`).

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use tl_benches::section::{ALL, Setting};
use tl_benches::table::markdown;

fn main() -> ExitCode {
    let mut setting = Setting {
        pairs: 9,
        builds: 7,
        is_whole: false,
        probe: PathBuf::from(env!("CARGO_BIN_EXE_probe")),
        allocations: PathBuf::from(env!("CARGO_BIN_EXE_allocations")),
        scratch: PathBuf::from(env!("CARGO_TARGET_TMPDIR")),
    };
    let mut wanted = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            // Cargo says so to every benchmark.
            "--bench" => {}
            "--pairs" => match args.next().and_then(|pairs| pairs.parse().ok()) {
                Some(pairs @ 1..) => setting.pairs = pairs,
                _ => return usage(),
            },
            "--builds" => match args.next().and_then(|builds| builds.parse().ok()) {
                Some(builds @ 1..) => setting.builds = builds,
                _ => return usage(),
            },
            "--whole" => setting.is_whole = true,
            name if ALL.iter().any(|section| section.0 == name) => wanted.push(arg),
            _ => return usage(),
        }
    }
    for (name, title, rows) in ALL {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        let text = match rows(&setting) {
            Ok(rows) => markdown(title, &rows),
            Err(problem) => {
                let _ = writeln!(io::stderr(), "{name}: {problem}");
                return ExitCode::FAILURE;
            }
        };
        if write!(io::stdout(), "{text}").and_then(|()| io::stdout().flush()).is_err() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    let names: Vec<_> = ALL.iter().map(|section| section.0).collect();
    let _ = writeln!(
        io::stderr(),
        "usage: cargo bench -p tl-benches -- [--pairs N] [--builds N] [--whole] [{}]...",
        names.join(" | ")
    );
    ExitCode::from(2)
}
