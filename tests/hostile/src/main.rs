//! Runs everything and prints the table of SECURITY.md.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use tl_hostile::random::{self, Plan};
use tl_hostile::{Line, dense, exact, nesting, vectors};

/// Hostile bytes against the whole Telegram API; prints what ran as a table.
#[derive(Parser)]
struct Args {
    /// How long to decode random and broken bytes.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// At most so many decodes of them.
    #[arg(long, default_value_t = u64::MAX)]
    decodes: u64,
    /// Threads that decode them.
    #[arg(long, default_value_t = 1)]
    threads: u64,
    /// The same seed makes the same bytes.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The stack for the deepest legal values, in KiB.
    #[arg(long, default_value_t = 256)]
    stack: usize,
}

fn main() -> ExitCode {
    match run(&Args::parse()) {
        Ok(lines) => {
            println!("| what | how many | result |\n|---|---:|---|");
            for Line { what, count, result } in lines {
                println!("| {what} | {} | {result} |", grouped(count));
            }
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("not as promised: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: &Args) -> Result<Vec<Line>, String> {
    let mut lines = Vec::new();
    match vectors::run()? {
        Some(found) => lines.extend(found),
        None => eprintln!("skipped the vectors: TL_CORPUS was not set when this was built"),
    }
    lines.extend(exact::run()?);
    lines.extend(nesting::run(1024 * args.stack)?);
    lines.extend(dense::run()?);
    let time = Duration::from_secs(args.seconds);
    let plan = Plan { seed: args.seed, threads: args.threads.max(1), decodes: args.decodes, time };
    lines.extend(random::run(&plan)?.lines());
    Ok(lines)
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        (0..digits.len()).rev().step_by(3).map(|last| &digits[last.saturating_sub(2)..=last]).collect();
    groups.into_iter().rev().collect::<Vec<_>>().join(",")
}
