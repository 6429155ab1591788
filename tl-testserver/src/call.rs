//! A call as the server sees it.

use std::sync::Arc;

use tlgen_runtime::rpc::RpcError;
use tlgen_runtime::{Decode, DecodeError, Encode, Function};

/// A request of a client, without the wrappers around it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Call {
    /// The bytes of the request, with its id.
    pub body: Vec<u8>,
    /// The layer of the session, once a client has said it by `invokeWithLayer`.
    pub layer: Option<i32>,
    /// What the client has said of itself by `initConnection`.
    pub client: Option<Arc<ClientInfo>>,
    /// The id of the authorization key.
    pub key_id: i64,
    /// The session.
    pub session_id: i64,
    /// The id of the message.
    pub msg_id: i64,
    /// The messages that must be answered first.
    pub(crate) after: Vec<i64>,
}

/// What a client says of itself by `initConnection`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientInfo {
    /// The number of the application.
    pub api_id: i32,
    /// The device.
    pub device_model: String,
    /// The version of the operating system.
    pub system_version: String,
    /// The version of the application.
    pub app_version: String,
    /// The language of the system.
    pub system_lang_code: String,
    /// The language of the application.
    pub lang_code: String,
}

/// What a request is answered with: the bytes of its result, or an error.
pub type Answer = Result<Vec<u8>, RpcError>;

impl Call {
    /// The id of the function, or 0 if there is none.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.body.first_chunk().map_or(0, |&id| u32::from_le_bytes(id))
    }

    /// The request as a function of generated code.
    ///
    /// # Errors
    /// When it is another function or is broken.
    pub fn decode<'a, F: Function + Decode<'a>>(&'a self) -> Result<F, DecodeError> {
        F::from_bytes(&self.body)
    }
}

/// The error for a request whose bytes are broken.
pub(crate) fn broken() -> RpcError {
    RpcError::new(400, "INPUT_FETCH_ERROR")
}

/// The error for a function that nobody answers.
pub(crate) fn unknown(id: u32) -> RpcError {
    RpcError::new(400, format!("INPUT_METHOD_INVALID_{id}_0"))
}

/// The bytes of an answer.
pub(crate) fn encoded<T: Encode>(answer: Result<T, RpcError>) -> Answer {
    answer?.to_bytes().map_err(|error| RpcError::new(500, format!("ANSWER_NOT_ENCODED: {error}")))
}
