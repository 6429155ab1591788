//! Names of commands that other tools have: which command is meant.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Error};

use crate::args::Cli;

/// Names that somebody may try, and what to do instead.
const MEANT: &[(&[&str], &str)] = &[
    (&["format", "tidy", "pretty"], "`tlgen fmt` brings schemas into the canonical layout"),
    (
        &["validate", "verify", "test", "parse"],
        "`tlgen check` reports every error and warning; `--deny warnings` makes it fail on warnings",
    ),
    (
        &["build", "gen", "compile", "codegen", "rust"],
        "`tlgen generate` writes the Rust code of schemas; in a build script use `tlgen_build::Builder`",
    ),
    (
        &["breaking", "compare", "semver"],
        "`tlgen diff` says what a new version of a schema changes, and for whom it breaks something",
    ),
    (
        &["extract", "subset", "filter", "only", "prune"],
        "`tlgen slice` prints the part of a schema that some functions and types need",
    ),
    (&["join", "concat", "combine", "bundle"], "`tlgen merge` makes one schema of several"),
    (&["count", "info", "summary", "metrics"], "`tlgen stats` shows a schema in numbers"),
    (&["doc", "serve"], "`tlgen docs` makes reference pages; `--serve` shows them"),
    (&["crc", "crc32", "ids", "hash"], "`tlgen id` prints the id of each declaration"),
    (&["new", "setup"], "`tlgen init` writes the files that a project begins with"),
    (&["json", "export", "import"], "`tlgen convert --to json` and `--to tl` turn one form of a schema into the other"),
    (&["hex", "inspect"], "`tlgen decode` shows what bytes mean, and `tlgen encode` writes them"),
    (&["vectors", "conform"], "`tlgen conformance` writes vectors for implementations in any language"),
    (&["completion"], "`tlgen completions SHELL` prints the script of a shell"),
    (
        &["options", "keys"],
        "`tlgen config` shows the keys of `tlgen.toml`; `tlgen generate --help` has them as arguments",
    ),
];

/// The error of clap, with the command that is meant if one is known.
pub(crate) fn explained(error: Error) -> Error {
    let name = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) if error.kind() == ErrorKind::InvalidSubcommand => name,
        _ => return error,
    };
    let meant = MEANT.iter().find(|(names, _)| names.contains(&name.to_lowercase().as_str()));
    match meant {
        Some((_, tip)) => {
            let message = format!("there is no command '{name}'\n\n  tip: {tip}");
            Cli::command().error(ErrorKind::InvalidSubcommand, message)
        }
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name in the table that is a command by now would never be looked up.
    #[test]
    fn no_command_is_in_the_table() {
        let command = Cli::command();
        let names: Vec<_> = MEANT.iter().flat_map(|(names, _)| names.iter()).collect();
        for name in &names {
            assert!(command.find_subcommand(name).is_none(), "{name}");
        }
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len());
    }

    /// Each command that a tip names is there.
    #[test]
    fn tips_name_commands() {
        let command = Cli::command();
        for (_, tip) in MEANT {
            for part in tip.split("`tlgen ").skip(1) {
                let name = part.split([' ', '`']).next().unwrap_or_default();
                assert!(command.find_subcommand(name).is_some(), "{name}");
            }
        }
    }
}
