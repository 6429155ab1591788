//! Runs one operation a given number of times: `probe WHAT BY TIMES`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let [what, by, times] = &args[..] else { return ExitCode::from(2) };
    let (Some(mut case), Ok(times)) = (tl_benches::case::find(what, by), times.parse::<u32>()) else {
        return ExitCode::from(2);
    };
    (0..times).for_each(|_| (case.run)());
    ExitCode::SUCCESS
}
