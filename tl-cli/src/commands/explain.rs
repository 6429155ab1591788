//! `tlgen explain`: what a code means.

use std::io::Write;

use tlgen_parser::diagnostic::Code;

use crate::args::Explain;
use crate::failure::{Failure, Verdict};
use crate::project::config;
use crate::terminal::Terminal;

/// The texts of all stages.
fn explanations() -> impl Iterator<Item = (Code, &'static str)> {
    let rules = tlgen_parser::rules().chain(tlgen_model::rules()).map(|rule| (rule.code, rule.explanation));
    let tables = [
        tlgen_parser::json::EXPLANATIONS,
        tlgen_build::EXPLANATIONS,
        tlgen_meta::EXPLANATIONS,
        config::EXPLANATIONS,
        crate::input::EXPLANATIONS,
    ];
    rules.chain(tables.into_iter().flatten().copied())
}

/// Runs the command.
pub(crate) fn run(args: Explain, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    match args.code {
        Some(code) => {
            let wanted = code.trim().to_ascii_uppercase();
            let Some((code, text)) = explanations().find(|(code, _)| code.0 == wanted) else {
                return Err(Failure::Call(format!("no diagnostic has the code `{code}`; `tlgen explain` lists all")));
            };
            writeln!(terminal, "{}: {}", code.0, text.trim_end())?;
        }
        None => {
            let mut all: Vec<_> = explanations().collect();
            all.sort_by_key(|(code, _)| *code);
            for (code, text) in all {
                writeln!(terminal, "{}  {}", code.0, text.lines().next().unwrap_or_default())?;
            }
        }
    }
    Ok(Verdict::Done)
}
