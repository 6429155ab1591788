//! What `tlgen explain` says about each code.

use tl_parser::diagnostic::Code;

/// Each code of this crate with a few sentences about the mistake, ascending.
pub const EXPLANATIONS: &[(Code, &str)] = &[];
