//! `tlgen explain`: what a code means.

use std::io::Write;

use tlgen_lint::Level;

use crate::args::Explain;
use crate::failure::{Failure, Verdict};
use crate::rules;
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: Explain, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    match args.code {
        Some(word) => {
            let Some(rule) = rules::find(&word) else {
                let meant = rules::nearest(&word, &[]).map(|name| format!("did you mean `{name}`? "));
                return Err(Failure::Call(format!(
                    "no diagnostic has the code or the name `{word}`: {}`tlgen explain` lists all",
                    meant.unwrap_or_default()
                )));
            };
            writeln!(terminal, "{}: {}", rule.code.0, rule.explanation.trim_end())?;
            writeln!(terminal, "\nIts name for `--deny` and for `deny` in `tlgen.toml` is `{}`.", rule.name)?;
            if let Some(lint) = tlgen_lint::lints().find(|lint| lint.rule.code == rule.code) {
                let command = if lint.before.is_some() { "lint --against" } else { "lint" };
                let level = match lint.level {
                    Level::Allow => "off",
                    Level::Warn => "a warning",
                    Level::Deny => "an error",
                };
                writeln!(terminal, "It is a rule of `tlgen {command}`, and {level} by default.")?;
            }
        }
        None => {
            let mut all: Vec<_> = rules::all().collect();
            all.sort_by_key(|rule| rule.code);
            let width = all.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
            for rule in all {
                let summary = rule.explanation.lines().next().unwrap_or_default();
                writeln!(terminal, "{}  {:width$}  {summary}", rule.code.0, rule.name)?;
            }
        }
    }
    Ok(Verdict::Done)
}
