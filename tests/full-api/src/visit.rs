//! Visits all types of the API.

use core::fmt::Debug;

use tlgen_runtime::{DecodeOwned, Encode};

use crate::{functions, types};

/// The schema that the types were generated from.
pub const SCHEMA: &str = include_str!(env!("TL_API"));

/// What is done with a type.
pub trait Visit {
    /// Visits the boxed type or function `name`.
    fn visit<T: DecodeOwned + Encode + Clone + PartialEq + Debug>(&mut self, name: &'static str);
}

include!(concat!(env!("OUT_DIR"), "/visit.rs"));
