//! The wire layouts of many schemas in one table.
//!
//! What comes in are linked schemas, such as all layers of an API; what goes out is an [`Atlas`] in memory, and its bytes. TL
//! writes no lengths, so a reader that meets an id that it does not know cannot tell where the value ends. An id has one layout
//! in all layers, however, so a table of the layouts of all ids is enough to skip, keep or name such a value. Its bytes are read by
//! `tlgen_runtime::atlas`, without allocation.
//!
//! ```
//! use tlgen_atlas::Atlas;
//! use tlgen_model::{Options, load};
//! use tlgen_parser::source::Sources;
//!
//! let mut atlas = Atlas::new();
//! for text in ["user#1 id:int = User; // LAYER 1", "user#2 id:long = User; // LAYER 2"] {
//!     let mut sources = Sources::new();
//!     let file = sources.add("user.tl", text);
//!     let schema = load(&sources, &[file], &Options::default()).value.expect("no errors");
//!     atlas.add("user.tl", &schema);
//! }
//! assert!(atlas.clashes().is_empty());
//! let bytes = atlas.to_bytes(false).expect("a small table");
//! assert!(bytes.len() < 100);
//! ```
//!
//! | module | what is in it |
//! |---|---|
//! | `layout` | what a combinator is on the wire, in numbers and names |
//! | `atlas` | the layouts of several schemas, and ids with two layouts |
//! | `format` | the bytes |

mod atlas;
mod format;
mod layout;

pub use atlas::{Atlas, Clash, Declared, Entry, LeftOut};
pub use format::TooLarge;
pub use layout::{Condition, Count, Field, Form, Layout, NoLayout};
