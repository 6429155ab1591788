//! What is known about a schema beyond its declarations.
//!
//! In come sources: the comments of a schema ([`Metadata::from_schema`]), sidecar files ([`sidecar::read`]) and the
//! tables that others publish ([`import`]). Out goes one [`Metadata`], keyed by exact TL names, made by
//! [`Metadata::merge`]: what an earlier source says has precedence, later ones fill gaps. Gaps are normal: what no source
//! says is unknown, which is not the same as "no".
//!
//! A key that names nothing in the schema is found by [`Metadata::unmatched`] and is a warning. Names are compared
//! whole; nothing matches by a part of its name.
//!
//! Descriptions are Markdown, with one difference: HTML in them is text, not markup.
//!
//! ```
//! use tlgen_meta::{Metadata, UsableBy, sidecar};
//! use tlgen_parser::source::FileIdx;
//!
//! let toml = r#"
//!     [functions."contacts.getTopPeers"]
//!     usable_by = "users"
//!     errors = [{ code = 400, name = "TYPES_EMPTY", description = "No category was chosen." }]
//! "#;
//! let metadata = sidecar::read(toml, FileIdx(0)).unwrap();
//! assert_eq!(metadata.function("contacts.getTopPeers").unwrap().usable_by, UsableBy::Users);
//! assert_eq!(metadata.errors_of("contacts.getTopPeers").unwrap()[0].codes, [400]);
//! ```

mod error;
mod error_name;
#[cfg(feature = "import")]
pub mod import;
mod merge;
mod schema;
#[cfg(feature = "sidecar")]
pub mod sidecar;
mod table;

pub use error::{MetaError, MetaErrorKind, Named, rules};
pub use error_name::ErrorName;
pub use table::{
    Constructor, Date, Field, Function, FunctionError, Known, Metadata, Related, RpcError, Type, UsableBy,
};
