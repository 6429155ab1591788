//! Reference pages of TL schemas.
//!
//! What comes in are resolved schemas with their Rust items and metadata ([`Unit`]). What goes out is a map of relative paths to
//! bytes: a static site, and beside each page the same page as Markdown. Nothing is read from or written to disk, and the result
//! is the same on every run and machine.
//!
//! ```text
//! Unit ─▶ book (paths, relations, history, Rust names) ─▶ pages (views) ─▶ templates ─▶ path → bytes
//! ```
//!
//! | module | what it knows |
//! |---|---|
//! | `book` | everything that several pages need of one schema |
//! | `errors` | the errors of an API and the functions that answer with them |
//! | `sources` | which source says what, and whether it is about the layer of a page |
//! | `text` | the two formats: how text, code and links are written in each |
//! | `markup` | descriptions: Markdown to either format, with HTML as text and links to pages |
//! | `tl` | declarations and types as text with links |
//! | `example` | Rust values that compile |
//! | `history` | what each layer changed, by `tlgen_diff` |
//! | `pages` | what is on a page |
//! | `feed` | what each layer changed as Atom feeds |
//! | `robots` | what is written for programs: `sitemap.xml`, `llms.txt` |
//! | `search` | the search index of a schema |
//!
//! What can no longer occur in the result: a link to a page that is not there, HTML from a description, two pages that
//! a file system without case would take for one.

mod book;
mod builtin;
mod errors;
mod example;
mod family;
mod feed;
mod highlight;
mod history;
mod markup;
mod pages;
mod paths;
mod picture;
mod relations;
mod render;
mod robots;
mod rust;
mod search;
mod site;
mod sources;
mod text;
mod tl;

pub use book::Unit;
pub use example::{Example, ExampleKind, examples};
pub use site::{Options, Pages, SiteError, site};
pub use sources::Source;
