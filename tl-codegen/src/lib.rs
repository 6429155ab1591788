//! A resolved TL schema to Rust.
//!
//! ```text
//! text --parse, link--> model --ir--> ir::Package --emit--> tokens --output--> path -> text --Builder--> disk
//! ```
//!
//! [`pipeline`] is the whole way on one screen; [`project`] says which schemas become which modules. Nothing after [`mod@ir`]
//! sees the model, `output` sees the modules and tokens that `emit` gives, and only [`Builder`] and [`disk`] touch the disk.

mod builder;
mod config;
pub mod disk;
mod emit;
mod error;
pub mod expr;
pub mod ir;
mod layers;
#[cfg(feature = "values")]
mod literal;
pub mod naming;
mod origin;
mod output;
pub mod pipeline;
pub mod project;
mod rules;

pub use builder::{BuildError, Builder, Built, Report};
pub use config::{BoxType, Config, FlagsMode, Role, TextMode, TextType, UnknownMode, ViewsMode};
pub use error::{CodegenError, CodegenErrorKind, LayerFault};
#[cfg(feature = "values")]
pub use literal::{LiteralError, literal};
pub use origin::{GENERATED_MARK, Origin, Regenerate};
pub use output::{Files, Layout, in_modules, root_module};
pub use rules::rules;
pub use tlgen_parser::id::IdRule;
