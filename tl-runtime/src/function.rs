//! Constructors and functions: what a declaration of a schema is in Rust.

use crate::rpc::{KnownError, RpcError};
use crate::{DecodeError, DecodeOptions, DecodeOwned, EncodeBare};

/// A constructor or a function of the schema.
pub trait Combinator {
    /// Its id on the wire.
    const ID: u32;
    /// Its name in the schema, as in `contacts.getContacts`.
    const NAME: &'static str;
}

/// A request: a function of the schema with its arguments.
///
/// It can be written and the answer to it can be read, so code of a client that is generic over requests needs no other bound:
///
/// ```
/// use tlgen_runtime::{Decode, DecodeError, Function};
///
/// fn answer<F: Function>(_request: &F, bytes: &[u8]) -> Result<F::Return, DecodeError> {
///     F::Return::from_bytes(bytes)
/// }
/// ```
///
/// Code of a server asks for `F: Function<Return: Encode> + DecodeOwned`. What is generated with `role = "client"` has neither.
pub trait Function: EncodeBare {
    /// The type of the answer.
    type Return: DecodeOwned;

    /// The errors that the documentation of the function names. `None` where nobody has said, which differs from no errors.
    const ERRORS: Option<&'static [KnownError]> = None;

    /// The error of the server that `answer` is, where the schema has one that comes in the place of an answer: the option `error`
    /// of the generator, such as `liteServer.error`. `None` for all other answers, which are values of [`Return`](Self::Return).
    ///
    /// The transports of [`rpc`](crate::rpc) ask it of each answer. An error that cannot be decoded is a [`DecodeError`].
    #[must_use]
    fn error(answer: &[u8], options: &DecodeOptions) -> Option<Result<RpcError, DecodeError>> {
        let _ = (answer, options);
        None
    }
}
