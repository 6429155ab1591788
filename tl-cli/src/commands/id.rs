//! `tlgen id`: the constructor ids of declarations.

use std::io::Write;

use tlgen_model::guessed_ids;
use tlgen_parser::ast::{Declaration, DeclarationKind};
use tlgen_parser::id::{compute, infer};

use crate::args::Id;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::syntax;
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &Id, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let (sources, files) = input::sources(&folders::files(&args.files)?, terminal.errors)?;
    let trees = syntax::trees(&sources, &files, terminal.errors)?;
    for tree in &trees {
        let rule = args.id_rule.unwrap_or_else(|| infer(tree.declarations().map(|(_, declaration)| declaration)));
        for (_, declaration) in tree.declarations() {
            if let (Some(name), Some(id)) = (name(declaration), compute(declaration, rule)) {
                writeln!(terminal, "{id:08x} {name}")?;
            }
        }
    }
    let guesses = trees.iter().zip(&files).filter_map(|(tree, &file)| guessed_ids(file, tree, args.id_rule));
    let guesses: Vec<_> = guesses.collect();
    terminal.show(&terminal.errors.all(&guesses, &sources))?;
    Ok(Verdict::Done)
}

fn name<'s>(declaration: &Declaration<'s>) -> Option<&'s str> {
    match &declaration.kind {
        DeclarationKind::Combinator(combinator) => Some(combinator.name.map_or("_", |name| name.text)),
        DeclarationKind::Builtin(builtin) => Some(builtin.name.text),
        DeclarationKind::Partial(_) | DeclarationKind::Finality(_) => None,
    }
}
