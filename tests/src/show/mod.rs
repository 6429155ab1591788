//! What a stage makes of a schema, as text that people can review: the snapshots of the fixtures.

mod ast;
mod ir;
mod model;

pub use ast::ast;
pub use ir::package;
pub use model::schema;
