//! What a stage makes of a schema, as text that people can review: the snapshots of the fixtures.

mod ir;

pub use ir::package;
