//! A call as the server sees it.

use std::sync::Arc;

use tlgen_runtime::rpc::RpcError;
use tlgen_runtime::{Decode, DecodeError, Encode, Function};

/// A request of a client, without the wrappers around it.
///
/// ```
/// use tl_generated::telegram_228::functions::contacts::GetContacts;
/// use tlgen_runtime::{Combinator, Encode};
/// use tlgen_testserver::Call;
///
/// // A server makes it; a test of a handler does as well.
/// let call = Call::new(GetContacts { hash: 7 }.to_bytes()?);
/// assert_eq!(call.id(), GetContacts::ID);
/// assert_eq!(call.decode::<GetContacts>()?.hash, 7);
/// assert_eq!((call.layer, call.client), (None, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
///
/// ```
/// use std::sync::Arc;
///
/// use tlgen_testserver::{Call, ClientInfo};
///
/// // As a handler would see it.
/// let mut client = ClientInfo::default();
/// client.device_model = "telephone".to_owned();
/// let mut call = Call::new(Vec::new());
/// call.client = Some(Arc::new(client));
/// assert!(call.client.is_some_and(|client| client.device_model == "telephone"));
/// ```
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
///
/// ```
/// use tl_generated::telegram_228::types::contacts::Contacts;
/// use tlgen_runtime::{Decode, Encode};
/// use tlgen_testserver::Answer;
///
/// let answer: Answer = Ok(Contacts::NotModified.to_bytes()?);
/// assert_eq!(Contacts::from_bytes(&answer?)?, Contacts::NotModified);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type Answer = Result<Vec<u8>, RpcError>;

impl Call {
    /// A call with these bytes of which nothing else is known, for tests of a [`Handler`](crate::Handler) without a server.
    #[must_use]
    pub fn new(body: Vec<u8>) -> Self {
        Self { body, layer: None, client: None, key_id: 0, session_id: 0, msg_id: 0, after: Vec::new() }
    }

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
