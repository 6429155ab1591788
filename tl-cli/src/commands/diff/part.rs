//! The part of the changes that concerns the caller: by names, and by what Rust sources use.

use tlgen_build::Config;
use tlgen_diff::{Diff as Found, Scope, uses};
use tlgen_model::ModelError;
use tlgen_parser::diagnostic::Diagnostic;

use super::load::Sides;
use crate::args::Diff;
use crate::failure::Failure;
use crate::terminal::Terminal;
use crate::{folders, input};

/// Leaves out what `--only` does not reach, and puts first what `--uses` names.
pub(super) fn keep(
    args: &Diff,
    sides: &Sides,
    options: &Config,
    found: &mut Found,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if !args.only.is_empty() {
        let scope = Scope::reached(&sides.old, &sides.new, &args.only).map_err(|errors| {
            let diagnostics: Vec<Diagnostic> = errors.iter().map(ModelError::diagnostic).collect();
            terminal.errors.failure(&diagnostics, &sides.sources)
        })?;
        found.retain(&scope);
    }
    if !args.uses.is_empty() {
        let package = tlgen_diff::lowered(&sides.old, options).map_err(|errors| {
            let first = errors.first().map(ToString::to_string).unwrap_or_default();
            Failure::Call(format!("--uses needs code of the old schema, which has no Rust form: {first}"))
        })?;
        let items = uses::Items::of(&package, &sides.old);
        let mut named = Scope::default();
        for path in folders::rust_files(&args.uses)? {
            let text = input::read(&path, terminal.errors)?;
            uses::add(&text, &items, &mut named)
                .map_err(|error| Failure::Input(format!("`{}` is no Rust: {}", path.display(), error.message)))?;
        }
        let reached = named.closure(&sides.old, &sides.new);
        found.sort_by_use(&named, &reached);
    }
    Ok(())
}
