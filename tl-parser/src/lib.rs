//! TL schema text to a syntax tree.
//!
//! What comes in is the text of one schema file; what goes out is an [`ast::Schema`] with a span on every node, and
//! every syntax error of the file. The crate knows no Rust output, no disk, no environment and never prints.
//!
//! ```
//! let parsed = tlgen_parser::parse("boolTrue#997275b5 = Bool;");
//! assert!(parsed.errors.is_empty());
//! let (_, declaration) = parsed.schema.declarations().next().unwrap();
//! let id = tlgen_parser::id::compute(declaration, tlgen_parser::id::IdRule::Telegram);
//! assert_eq!(id, Some(0x997275b5));
//! ```
//!
//! | module | what it does |
//! |---|---|
//! | [`source`] | files and locations in them |
//! | [`diagnostic`] | how errors and warnings of every stage are described |
//! | [`ast`] | the syntax tree |
//! | [`error`] | the mistakes that the parser finds |
//! | [`canonical`] | the line whose CRC-32 is the id of a combinator |
//! | [`id`] | the two rules for ids |
//! | [`json`] | the JSON form of a schema |
//! | [`print`](mod@print) | syntax trees to text |
//! | [`docs`] | documentation comments |
//! | [`mod@format`] | the canonical layout of a file |

pub mod ast;
pub mod canonical;
pub mod diagnostic;
mod dialect;
pub mod docs;
pub mod error;
pub mod format;
mod grammar;
pub mod id;
pub mod invisible;
pub mod json;
mod lexer;
pub mod print;
mod rules;
mod schema;
pub mod source;
mod token;

pub use dialect::Language;
pub use error::{SyntaxError, SyntaxErrorKind};
pub use rules::rules;
pub use schema::{Broken, Parsed, parse};
