//! `tlgen dump`: what a stage makes of a schema, as text that is the same on every run.

mod ast;
mod model;

use std::io::Write;

use tl_diagnostics::{Style, render_all};
use tl_model::schema::Schema;
use tl_parser::source::{FileIdx, Sources};

use crate::args::{Dump, Reading, Stage};
use crate::failure::{Failure, Verdict};
use crate::input;
use crate::linked;
use crate::syntax;
use crate::terminal::Terminal;

/// Which declarations are shown.
pub(crate) struct Filter(Option<String>);

impl Filter {
    /// Whether everything is shown.
    pub(crate) fn is_open(&self) -> bool {
        self.0.is_none()
    }

    /// Whether a declaration or type of this name is shown: the name itself, or a namespace as in `contacts.*`.
    pub(crate) fn accepts(&self, name: &str) -> bool {
        let Some(pattern) = &self.0 else { return true };
        match pattern.strip_suffix('*') {
            Some(prefix) => name.starts_with(prefix),
            None => name == pattern,
        }
    }
}

/// Runs the command.
pub(crate) fn run(args: Dump, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let filter = Filter(args.filter);
    let (sources, files) = input::sources(&args.files)?;
    let style = terminal.err_style;
    let text = match args.stage {
        Stage::Ast => syntax::trees(&sources, &files, style)?.iter().map(|tree| ast::schema(tree, &filter)).collect(),
        Stage::Model => model::schema(&load(&sources, &files, args.reading, style)?, &filter),
    };
    if text.is_empty() && !filter.is_open() {
        return Err(Failure::Call("the filter lets nothing through".to_owned()));
    }
    terminal.write_all(text.as_bytes())?;
    Ok(Verdict::Done)
}

/// The linked schema. Warnings are for `tlgen check`.
fn load(sources: &Sources, files: &[FileIdx], reading: Reading, style: Style) -> Result<Schema, Failure> {
    let (schema, diagnostics) = linked::load(sources, files, &reading.options());
    schema.ok_or_else(|| Failure::Diagnostics(render_all(&diagnostics, sources, style)))
}
