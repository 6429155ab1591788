//! Runs everything and prints the table of SECURITY.md.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program")]

use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use tl_hostile::random::{self, Plan};
use tl_hostile::{Line, dense, drift, events, exact, grouped, nesting, places, running, vectors};

/// Hostile bytes against the whole Telegram API; prints what ran as a table.
#[derive(Parser)]
struct Args {
    /// What to run; all of it unless something is named.
    parts: Vec<Part>,
    /// How long to decode random and broken bytes.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// At most this many decodes of them.
    #[arg(long, default_value_t = u64::MAX)]
    decodes: u64,
    /// Threads that decode them.
    #[arg(long, default_value_t = 1)]
    threads: u64,
    /// The same seed makes the same bytes.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// The stack for the deepest legal values, in KiB.
    #[arg(long, default_value_t = 512)]
    stack: usize,
}

/// A part of the table.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Other people's bytes, cut and changed.
    Vectors,
    /// Counts, lengths, padding, strings, numbers.
    Exact,
    /// Deep values.
    Nesting,
    /// Values that take the most memory for their bytes.
    Dense,
    /// The fields of errors.
    Places,
    /// Events and JSON by the schema alone.
    Events,
    /// Random and broken bytes.
    Random,
    /// Such bytes, read by types of an old layer with an atlas; a quarter of the time and of the decodes.
    Drift,
}

fn main() -> ExitCode {
    running::report_panics();
    println!("| what | how many | result |\n|---|---:|---|");
    match run(&Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("not as promised: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Prints what a part has found, so that it is not lost when a later part fails.
fn print(lines: Vec<Line>) {
    for Line { what, count, result } in lines {
        println!("| {what} | {} | {result} |", grouped(count));
    }
}

fn run(args: &Args) -> Result<(), String> {
    let all = args.parts.is_empty();
    let is_wanted = |part| all || args.parts.contains(&part);
    if is_wanted(Part::Vectors) {
        match vectors::run()? {
            Some(found) => print(found),
            None => tl_corpus::skipped("the corpus when it is built: the vectors are left out"),
        }
    }
    if is_wanted(Part::Exact) {
        print(exact::run()?);
    }
    if is_wanted(Part::Nesting) {
        print(nesting::run(1024 * args.stack)?);
    }
    if is_wanted(Part::Dense) {
        print(dense::run()?);
    }
    if is_wanted(Part::Places) {
        print(places::run(args.seed)?);
    }
    let time = Duration::from_secs(args.seconds);
    let plan = Plan { seed: args.seed, threads: args.threads.max(1), decodes: args.decodes, time };
    if is_wanted(Part::Events) {
        print(events::run(args.seed)?);
    }
    if is_wanted(Part::Random) {
        print(random::run(&plan)?.lines());
    }
    if is_wanted(Part::Drift) {
        let plan = Plan { decodes: plan.decodes / 4, time: time / 4, ..plan };
        print(drift::run(&plan)?.lines());
    }
    Ok(())
}
