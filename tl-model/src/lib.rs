//! Syntax trees to a resolved schema.
//!
//! What comes in are the syntax trees of one or more files; what goes out is a [`schema::Schema`] in which every name
//! is a place in an arena, every type is known to be boxed or bare, and every condition points at its word. A broken
//! schema never leaves: it is an error with all its diagnostics. The crate knows no Rust output and no files.
//!
//! ```
//! use tlgen_model::{Options, link};
//! use tlgen_parser::source::FileIdx;
//!
//! let text = "user#d23c81a3 id:int first_name:string last_name:string = User;";
//! let parsed = tlgen_parser::parse(text);
//! let linked = link(vec![(FileIdx(0), parsed.schema, text)], &Options::default()).unwrap();
//! assert_eq!(linked.schema.types[0].name.full(), "User");
//! ```
//!
//! The passes of [`link`], in their order:
//!
//! | pass | what holds after it |
//! |---|---|
//! | collect | each combinator has its section and layer |
//! | declare | each name has one declaration; builtin types are known; types have their constructors and parameters |
//! | link | each use of a name is a place, each condition has its word |
//! | check | ids can be told apart, each type has a finite value |
//!
//! [`analysis`] answers questions about the schema that comes out.

pub mod analysis;
mod builtin;
mod check;
mod collect;
mod declare;
mod declared;
mod error;
mod ids;
mod layers;
mod link;
mod names;
mod parts;
pub mod print;
pub mod schema;
mod scope;
mod select;
pub mod suggest;
mod term;

use std::collections::BTreeMap;

use tlgen_parser::ast;
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::docs::{self, Docs};
use tlgen_parser::source::FileIdx;

use crate::collect::Collected;
use crate::error::Problems;
pub use crate::error::{EXPLANATIONS, ErrorKind, ModelError};
use crate::ids::Ids;
use crate::schema::{CombinatorIdx, IdRule, Schema};

/// What may be said about a schema beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How ids are computed; without it each file follows the rule that reproduces more of its written ids.
    pub id_rule: Option<IdRule>,
    /// In files with one declaration of a name per layer: leave out what is newer. Without it the newest is taken.
    pub layer: Option<u32>,
    /// Combinators whose written id may differ from both rules without a warning.
    pub allow_id_mismatch: Vec<String>,
    /// The files are a part of a schema: an undeclared type is a warning and becomes a type without constructors, of two
    /// declarations of one name the last is taken, and what is used in a wrong way counts as
    /// [`Object`](schema::TypeExpr::Object). Good for looking at a file, not for generating code from it.
    pub fragment: bool,
    /// A file may prove to be a part of a schema: where the written id follows from a line, no name in it is a mistake,
    /// so an undeclared type in it, and every other undeclared boxed type of its file, is a warning as with `fragment`.
    /// So is a type without an end all of whose constructors are proved so. Good for checking a file, not for
    /// generating code from it.
    pub parts: bool,
}

/// A schema without errors.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The schema.
    pub schema: Schema,
    /// What is odd about it, in the order of the files.
    pub warnings: Vec<ModelError>,
}

/// Why there is no schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The errors of all files, in their order: one or more. Behind the first thousand one says how many there are.
    pub errors: Vec<ModelError>,
    /// What else is odd, likewise.
    pub warnings: Vec<ModelError>,
}

impl Failure {
    /// Errors, then warnings, ready for a renderer.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.errors.iter().chain(&self.warnings).map(ModelError::diagnostic).collect()
    }
}

impl core::fmt::Display for Failure {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let more = self.errors.len().saturating_sub(1);
        match self.errors.first() {
            Some(first) if more > 0 => write!(f, "{first} (and {more} more)"),
            Some(first) => write!(f, "{first}"),
            None => f.write_str("the schema has errors"),
        }
    }
}

impl core::error::Error for Failure {}

/// Links the files to one schema. Each is given by its place in [`Sources`](tlgen_parser::source::Sources), its syntax
/// tree without errors, and the text from which it was parsed. The trees are freed on the way.
///
/// Declarations may stand in any order, across files too.
///
/// # Errors
/// Every semantic error of all files.
pub fn link<'s>(files: Vec<(FileIdx, ast::Schema<'s>, &'s str)>, options: &Options) -> Result<Linked, Failure> {
    let mut problems = Problems::default();
    let collected: Vec<(FileIdx, Collected<'_, '_>)> =
        files.iter().map(|(file, schema, _)| (*file, collect::collect(*file, schema, &mut problems))).collect();
    let ids = Ids::infer(&collected, options);
    let texts = files.iter().map(|(file, _, text)| (*file, *text)).collect();
    let mut declared = declare::declare(&collected, texts, &ids, options, &mut problems);
    let mut docs: BTreeMap<FileIdx, Docs> =
        files.iter().map(|(file, schema, text)| (*file, docs::collect(schema, text))).collect();
    let newest = collected.iter().filter_map(|(_, file)| file.layers.last().copied()).max();
    let layer = collected.iter().find_map(|(_, file)| file.layer);
    drop(collected);
    let trees = files.into_iter().map(|(file, schema, _)| (file, schema.items)).collect();
    let linked = link::link(&declared, trees, &ids, &mut docs, options, &mut problems);
    declared.describe(&docs);
    ids::check_allowed(&declared, options, &mut problems);
    let mut types = declared.into_types();
    types.extend(linked.opaque_types);
    let schema = Schema {
        layer: layer.or(options.layer.filter(|_| newest.is_some())).or(newest),
        id_rule: ids.rule,
        is_id_rule_known: ids.is_known,
        types,
        combinators: linked.combinators,
        partials: linked.partials,
    };
    let is_proved = |CombinatorIdx(idx): CombinatorIdx| linked.proved[idx as usize];
    check::check(&schema, options, is_proved, &mut problems);
    problems.finish();
    let Problems { errors, warnings, .. } = problems;
    if errors.is_empty() { Ok(Linked { schema, warnings }) } else { Err(Failure { errors, warnings }) }
}
