//! Visits all types of the API.

use core::fmt::Debug;

use tlgen_runtime::{DecodeError, DecodeOptions, DecodeOwned, Encode};

use crate::{functions, types, views};

/// The schema that the types were generated from.
pub const SCHEMA: &str = include_str!(env!("TL_API"));

/// Checks bytes by the view of a type.
pub type Check = fn(&[u8], &DecodeOptions) -> Result<(), DecodeError>;

/// What is done with a type.
pub trait Visit {
    /// Visits the boxed type or function `name`. Functions have no view here.
    fn visit<T: DecodeOwned + Encode + Clone + PartialEq + Debug>(&mut self, name: &'static str, check: Option<Check>);
}

include!(concat!(env!("OUT_DIR"), "/visit.rs"));
