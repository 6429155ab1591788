//! Constructors and functions: what a declaration of a schema is in Rust.

use crate::rpc::KnownError;
use crate::{DecodeOwned, Encode, EncodeBare};

/// A constructor or a function of the schema.
pub trait Combinator {
    /// Its id on the wire.
    const ID: u32;
    /// Its name in the schema, as in `contacts.getContacts`.
    const NAME: &'static str;
}

/// A request: a function of the schema with its arguments.
///
/// The answer to it can be read and written, so code that is generic over requests needs no other bound:
///
/// ```
/// use tlgen_runtime::{Decode, DecodeError, Function};
///
/// fn answer<F: Function>(_request: &F, bytes: &[u8]) -> Result<F::Return, DecodeError> {
///     F::Return::from_bytes(bytes)
/// }
/// ```
pub trait Function: EncodeBare {
    /// The type of the answer.
    type Return: Encode + DecodeOwned;

    /// The errors that the documentation of the function names. `None` where nobody has said, which differs from no errors.
    const ERRORS: Option<&'static [KnownError]> = None;
}
