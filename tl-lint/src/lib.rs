//! Named rules for schemas that are valid and could still be better, and for changes of schemas.
//!
//! What comes in is a linked schema with its files, and perhaps the schema before a change; what goes out are diagnostics. [`style`]
//! looks at one schema, [`evolution`] at two. [`judge`] then gives each finding the severity that the caller, the default of its
//! rule, or a comment at the declaration wants.
//!
//! ```
//! use tlgen_lint::{Levels, Level, Linted, judge, style};
//! use tlgen_model::{Options, load};
//! use tlgen_parser::source::Sources;
//!
//! let mut sources = Sources::new();
//! let text = "// tlgen: allow(constructor-case) the server calls it so\nuser_old id:int = User;\nuser_new id:long = User;\n";
//! let files = [sources.add("user.tl", text)];
//! let schema = load(&sources, &files, &Options::default()).value.expect("no errors");
//! let linted = Linted { sources: &sources, files: &files, schema: &schema };
//! let rule = |name: &str| tlgen_lint::lints().map(|lint| &lint.rule).find(|rule| rule.name == name);
//! let levels = Levels::default().with(rule("constructor-case").unwrap().code, Level::Deny);
//! let found = judge(style(&linted), &linted, &levels, &|name| rule(name).map(|rule| rule.code), &[]);
//! assert_eq!(found.len(), 1);
//! assert!(found[0].is_error() && found[0].message.contains("user_new"));
//! ```

#[macro_use]
mod bits;
mod directives;
mod evolution;
mod judge;
mod level;
mod lint;
mod style;

use tlgen_model::schema::Schema;
use tlgen_parser::diagnostic::Rule;
use tlgen_parser::source::{FileIdx, Sources};

pub use evolution::evolution;
pub use judge::judge;
pub use level::{Level, Levels};
pub use lint::Lint;
pub use style::style;

/// A schema and where it is written.
#[derive(Clone, Copy, Debug)]
pub struct Linted<'l> {
    /// The texts.
    pub sources: &'l Sources,
    /// The files that the schema was linked from.
    pub files: &'l [FileIdx],
    /// The schema without errors.
    pub schema: &'l Schema,
}

/// Every rule of this crate, by code.
pub fn lints() -> impl Iterator<Item = &'static Lint> {
    style::LINTS.iter().chain(directives::LINTS).chain(evolution::LINTS).copied()
}

/// The same without what only this crate asks.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    lints().map(|lint| &lint.rule)
}
