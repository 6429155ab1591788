//! Syntax trees to a resolved schema.
//!
//! What comes in are the syntax trees of one or more files; what goes out is a [`schema::Schema`] in which every name
//! is an index into a list, every type is known to be boxed or bare, and every condition points at its word. A broken
//! schema is never returned: it is an error with all its diagnostics. The crate knows no Rust output and no files.
//!
//! ```
//! use tlgen_model::{Options, load};
//! use tlgen_parser::source::Sources;
//!
//! let mut sources = Sources::new();
//! let file = sources.add("user.tl", "user#d23c81a3 id:int first_name:string last_name:string = User;");
//! let loaded = load(&sources, &[file], &Options::default());
//! let schema = loaded.value.expect("no errors");
//! assert_eq!(schema.types[0].name.full(), "User");
//! ```
//!
//! The passes of [`link`], in their order:
//!
//! | pass | what holds after it |
//! |---|---|
//! | collect | each combinator has its section and layer |
//! | declare | each name has one declaration; builtin types are known; types have their constructors and parameters |
//! | link | each use of a name is an index, each condition has its word |
//! | bare | what has no id before it needs none, also through variables |
//! | check | ids can be told apart, each type has a finite value |
//!
//! | folder or module | what is in it |
//! |---|---|
//! | [`load`](fn@load) | the front door: files of text to a schema |
//! | [`schema`] | what comes out, [`Valid`] where it is whole |
//! | `link` | the passes |
//! | `rules` | what each diagnostic says |
//! | [`analysis`] | questions about a schema |
//! | [`excerpt`] | parts of the files as a new file, and several files as one |
//! | [`print`](mod@print), [`view`], [`pattern`], [`suggest`], [`References`] | text, filters, slips of the pen, uses of names |

pub mod analysis;
pub mod builtin;
mod error;
pub mod excerpt;
mod link;
mod load;
pub mod pattern;
pub mod print;
mod references;
mod rules;
pub mod schema;
pub mod suggest;
pub mod versions;
pub mod view;

use std::collections::BTreeMap;

use tlgen_parser::ast;
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::docs::{self, Docs};
use tlgen_parser::source::FileIdx;

use crate::error::Problems;
pub use crate::error::{ErrorKind, ModelError};
use crate::link::collect::Collected;
use crate::link::ids::Ids;
use crate::link::{bare, check, collect, declare, ids, layers};
pub use crate::load::{Outcome, load, load_fragment, together};
pub use crate::references::{References, Target};
pub use crate::rules::rules;
pub use crate::schema::Valid;
use crate::schema::{CombinatorIdx, IdRule, Schema};

/// What a caller may say about a schema beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How ids are computed. Without it each file follows the rule that gives more of its own written ids, and the plain rule
    /// where both give as many.
    pub id_rule: Option<IdRule>,
    /// One of the layers that the schema names: leave out what is newer. Without it the newest is taken. A file names its
    /// layer in the last line, `// LAYER 8`, or the layer of its parts in headings, `===8===` or `// LAYER 8`.
    pub layer: Option<u32>,
    /// Combinators whose written id may differ from both rules without a warning.
    pub allow_id_mismatch: Vec<String>,
    /// Whether the schema gets a table of where its names are used. It takes about as much memory as the schema.
    pub references: bool,
}

/// Why files need not be a whole schema. What is missing is then a warning, and the schema good to look at, not to
/// generate code from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragment {
    /// The caller says so. An undeclared type becomes a type without constructors, of two declarations of one name the
    /// last is taken, and what is used in a wrong way is [`Unresolved`](schema::TypeExpr::Unresolved).
    Stated,
    /// Files may prove it. Where the written id follows from a line, no name in the line is a mistake: a type in it that
    /// is declared nowhere is declared in another file, and so is every other undeclared boxed type of its file. A type
    /// without a finite value is not at fault either if all its constructors are proved so.
    Proved,
}

/// A schema without errors: [`Valid`] if it is whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked<S> {
    /// The schema.
    pub schema: S,
    /// What is odd about it, in the order of the files.
    pub warnings: Vec<ModelError>,
}

/// Why there is no schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The errors of all files, in their order: one or more. After the first thousand one says how many there are.
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

/// Links the files to one schema. Their declarations may be in any order, across files too. The trees are freed on the way.
///
/// [`load`] is this with parsing before it.
///
/// # Errors
/// Every semantic error of all files.
pub fn link<'s>(files: Vec<File<'s>>, options: &Options) -> Result<Linked<Valid<Schema>>, Failure> {
    let Linked { schema, warnings } = link_files(files, &Reading { options, fragment: None })?;
    Ok(Linked { schema: Valid::new(schema), warnings })
}

/// Links files that need not be a whole schema, as [`link`] links those that must be.
///
/// # Errors
/// Every semantic error of all files but for those that another file may put right.
pub fn link_fragment<'s>(
    files: Vec<File<'s>>,
    options: &Options,
    fragment: Fragment,
) -> Result<Linked<Schema>, Failure> {
    link_files(files, &Reading { options, fragment: Some(fragment) })
}

/// The warning of a file whose ids are a guess, as linking the file gives it: no written id tells the rule that they follow, and the
/// rules differ. `None` where that is not so, or where the caller knows the rule.
#[must_use]
pub fn guessed_ids(file: FileIdx, schema: &ast::Schema<'_>, rule: Option<IdRule>) -> Option<Diagnostic> {
    let options = Options { id_rule: rule, ..Options::default() };
    let collected = [(file, collect::collect(file, schema, &mut Problems::default()))];
    let mut problems = Problems::default();
    Ids::infer(&collected, &Reading { options: &options, fragment: None }, &mut problems);
    problems.warnings.first().map(ModelError::diagnostic)
}

/// The layer of a file that is linked by itself: the one that it names, or the newest of its headings. Of a text with errors it is
/// that of what can be read.
#[must_use]
pub fn layer_of(text: &str) -> Option<u32> {
    let parsed = tlgen_parser::parse(text);
    let file = collect::collect(FileIdx(0), &parsed.schema, &mut Problems::default());
    file.layer.or(file.layers.last().copied())
}

/// A file to link: its index in [`Sources`](tlgen_parser::source::Sources), its syntax tree without errors, and the text
/// from which it was parsed.
pub type File<'s> = (FileIdx, ast::Schema<'s>, &'s str);

/// How files are read.
struct Reading<'o> {
    options: &'o Options,
    fragment: Option<Fragment>,
}

impl Reading<'_> {
    /// Whether the caller says that the files are a part of a schema.
    fn is_fragment(&self) -> bool {
        self.fragment == Some(Fragment::Stated)
    }

    /// Whether the files may prove to be a part of a schema.
    fn may_be_part(&self) -> bool {
        self.fragment.is_some()
    }
}

fn link_files<'s>(files: Vec<File<'s>>, reading: &Reading<'_>) -> Result<Linked<Schema>, Failure> {
    let mut problems = Problems::default();
    let collected: Vec<(FileIdx, Collected<'_, '_>)> =
        files.iter().map(|(file, schema, _)| (*file, collect::collect(*file, schema, &mut problems))).collect();
    layers::check_chosen(&collected, reading, &mut problems);
    if !problems.errors.is_empty() {
        // Without its layer nothing of the schema is meant.
        let Problems { errors, warnings, .. } = problems;
        return Err(Failure { errors, warnings });
    }
    let ids = Ids::infer(&collected, reading, &mut problems);
    let texts = files.iter().map(|(file, _, text)| (*file, *text)).collect();
    let mut declared = declare::declare(&collected, texts, &ids, reading, &mut problems);
    let mut docs: BTreeMap<FileIdx, Docs> =
        files.iter().map(|(file, schema, text)| (*file, docs::collect(schema, text))).collect();
    let newest = collected.iter().filter_map(|(_, file)| file.layers.last().copied()).max();
    let layer = collected.iter().find_map(|(_, file)| file.layer);
    drop(collected);
    let trees = files.into_iter().map(|(file, schema, _)| (file, schema.items)).collect();
    let linked = link::link(&declared, trees, &ids, &mut docs, reading, &mut problems);
    declared.describe(&docs);
    ids::check_allowed(&declared, reading, &mut problems);
    let refined = std::mem::take(&mut declared.refined);
    let mut types = declared.into_types();
    types.extend(linked.opaque_types);
    let schema = Schema {
        layer: reading.options.layer.or(layer).or(newest),
        types,
        combinators: linked.combinators,
        partials: linked.partials,
        references: linked.references,
    };
    let is_proved = |CombinatorIdx(idx): CombinatorIdx| linked.proved[idx as usize];
    bare::check(&schema, &refined, &mut problems);
    check::check(&schema, reading, is_proved, &mut problems);
    problems.finish();
    if !problems.errors.is_empty() {
        // The ids of a schema with errors are nobody's.
        problems.warnings.retain(|warning| !matches!(*warning.kind, ErrorKind::GuessedIds { .. }));
    }
    let Problems { errors, warnings, .. } = problems;
    if errors.is_empty() { Ok(Linked { schema, warnings }) } else { Err(Failure { errors, warnings }) }
}
