//! The types that every schema has, as Rust types: how each is written and read.

mod forms;
mod indirect;
mod object;
mod scalar;
pub(crate) mod text;
mod truth;
mod vector;

pub use forms::{Bare, Boxed};
pub use indirect::{DropBox, Indirect};
pub use object::Object;
pub use truth::True;
