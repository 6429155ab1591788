//! Failures of grammers as failures of calls.

use grammers_client::{InvocationError, sender};
use tlgen_runtime::rpc::{InvokeError, KnownError, RpcError};

/// The error of a server as grammers gives it, with its number where it was.
///
/// `known` is the generated table `errors::KNOWN`, or empty: then a number that was not at the end is put there.
///
/// ```
/// use tl_generated::telegram_228::errors::{Error, KNOWN};
///
/// // What grammers makes of `420 FLOOD_WAIT_31`.
/// let error = grammers_client::sender::RpcError { code: 420, name: "FLOOD_WAIT".into(), value: Some(31), caused_by: None };
/// assert_eq!(Error::from(tlgen_grammers::rpc_error(&error, KNOWN)), Error::FloodWait { seconds: 31 });
/// ```
#[must_use]
pub fn rpc_error(error: &sender::RpcError, known: &[KnownError]) -> RpcError {
    RpcError::from_parts(error.code, &error.name, error.value.map(u64::from), known)
}

pub(crate) fn invoke_error(error: InvocationError, known: &[KnownError]) -> InvokeError<InvocationError> {
    match error {
        InvocationError::Rpc(error) => InvokeError::Rpc(rpc_error(&error, known)),
        other => InvokeError::Transport(other),
    }
}
