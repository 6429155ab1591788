//! Tokens of an item to text that can be read, without a parser of Rust.
//!
//! What comes in are tokens that are known to be one item; what goes out is its text, which has the same tokens: only white
//! space differs, and documentation is written as `///`. Items, fields, variants, statements and match arms are on lines of
//! their own. Where it is not known what tokens mean, as in `a < b`, the space between them may be unusual, never wrong.

mod doc;
mod layout;
mod spacing;
mod tokens;

use proc_macro2::TokenStream;

/// The text of an item, with `levels` of indentation and without a line feed at its end.
pub(super) fn print(item: TokenStream, levels: usize) -> String {
    layout::print(&tokens::Tokens::of(item), levels)
}

#[cfg(test)]
mod tests;
