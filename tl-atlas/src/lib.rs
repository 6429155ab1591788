//! The wire layouts of many schemas in one table.
//!
//! What comes in are linked schemas, such as all layers of an API; what goes out is an [`Atlas`] in memory, and its bytes. TL
//! writes no lengths, so a reader that meets an id that it does not know cannot tell where the value ends. An id has one layout
//! in all layers, however, so a table of the layouts of all ids is enough to skip, keep or name such a value. Its bytes are read by
//! `tlgen_runtime::atlas`, without allocation.
//!
//! ```
//! use tlgen_atlas::load;
//! use tlgen_model::Options;
//! use tlgen_parser::source::Sources;
//!
//! let mut sources = Sources::new();
//! let layers = ["user#1 id:int = User;\n// LAYER 1", "user#2 id:long = User;\n// LAYER 2"];
//! let files = layers.map(|text| sources.add("user.tl", text));
//! let atlas = load(&sources, &files, &Options::default()).value.expect("no errors");
//! assert_eq!(atlas.len(), 2);
//! let bytes = atlas.to_bytes(false).expect("a small table");
//! assert!(bytes.len() < 100);
//! ```
//!
//! | module | what is in it |
//! |---|---|
//! | `load` | the text of schemas to an atlas |
//! | `layout` | what a combinator is on the wire, in numbers and names |
//! | `atlas` | the layouts of several schemas, and ids with two layouts |
//! | `format`, `read` | to bytes and back |
//! | `print` | a layout as a declaration |
//! | `rules` | what its diagnostics say |
//! | [`who`] | whose id a number is, and what else it may be |

mod atlas;
mod format;
mod layout;
mod load;
mod print;
mod read;
mod rules;
pub mod who;

pub use atlas::{Atlas, Clash, Declared, Entry, LeftOut};
pub use format::TooLarge;
pub use layout::{Condition, Count, Field, Form, Layout, NoLayout};
pub use load::load;
pub use read::Broken;
pub use rules::rules;
