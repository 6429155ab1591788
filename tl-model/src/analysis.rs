//! Questions about a resolved schema.
//!
//! What comes in is a [`Schema`](crate::schema::Schema) that was linked without errors; what goes out are tables that
//! are indexed by its types and combinators. Each takes time in proportion to the schema and is the same on every run.
//!
//! | module | question |
//! |---|---|
//! | [`closure`] | what do these functions need? |
//! | [`recursion`] | which types hold values of their own type? |
//! | [`finite`] | which constructor of a type ends? |
//! | [`size`] | how many bytes does a value take at least? |
//! | [`stats`] | how much is there, and what is the most? |
//! | [`direction`] | what is in requests, what is in answers? |

pub mod closure;
pub mod direction;
pub mod finite;
pub mod graph;
pub mod recursion;
mod select;
pub mod size;
pub mod stats;

#[cfg(test)]
mod tests;
