//! TL schema text to a syntax tree.
//!
//! What comes in is the text of one schema file; what goes out is an [`ast::Schema`] with a span on every node, and
//! every syntax error of the file. The crate knows no Rust output, no disk, no environment and never prints.
//!
//! | module | what it does |
//! |---|---|
//! | [`source`] | files and places in them |
//! | [`diagnostic`] | how errors and warnings of every stage are described |
//! | [`ast`] | the syntax tree |

pub mod ast;
pub mod diagnostic;
pub mod source;
