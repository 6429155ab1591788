//! Requests as grammers takes them.

use std::marker::PhantomData;

use grammers_client::tl::{Cursor, Deserializable, RemoteCall, Serializable, deserialize};
use tlgen_runtime::{Decode, DecodeError, EncodeError, Function};

/// The id of `invokeWithLayer layer:int query:!X = X`, which is the same in every layer.
const INVOKE_WITH_LAYER: u32 = 0xda9b_0d0d;

/// The bytes of a request in a layer: `invokeWithLayer` around it.
///
/// ```
/// assert_eq!(tlgen_grammers::at_layer(228, &[1, 2, 3, 4]), [0x0d, 0x0d, 0x9b, 0xda, 228, 0, 0, 0, 1, 2, 3, 4]);
/// ```
#[must_use]
pub fn at_layer(layer: i32, request: &[u8]) -> Vec<u8> {
    [&INVOKE_WITH_LAYER.to_le_bytes()[..], &layer.to_le_bytes(), request].concat()
}

/// A request of generated code that `Client::invoke` takes.
///
/// It is encoded before it is wrapped, since grammers cannot be told that a request has no encoding.
///
/// ```
/// use tl_generated::telegram_228::functions::contacts::GetContacts;
/// use tl_generated::telegram_228::types::contacts::Contacts;
/// use tlgen_grammers::Request;
///
/// # mod server { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/connect.rs")); }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = server::start().await?;
/// # let (_, client) = server::connect(&server);
/// // `client` is a `grammers_client::Client`.
/// let request = Request::new(&GetContacts { hash: 0 })?.at_layer(228);
/// assert_eq!(client.invoke(&request).await?.value()?, Contacts::NotModified);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Request<F>(Vec<u8>, PhantomData<fn() -> F>);

impl<F: Function> Request<F> {
    /// From a request.
    ///
    /// # Errors
    /// When the request has no encoding.
    pub fn new(request: &F) -> Result<Self, EncodeError> {
        Ok(Self(tlgen_runtime::Encode::to_bytes(request)?, PhantomData))
    }

    /// In this layer, whatever layer grammers has told the server.
    #[must_use]
    pub fn at_layer(self, layer: i32) -> Self {
        Self(at_layer(layer, &self.0), PhantomData)
    }
}

/// The answer to a [`Request`].
///
/// grammers cannot be told why an answer is not what it should be, so it takes all bytes, and [`value`](Self::value) says so.
///
/// ```
/// use grammers_client::tl::Deserializable;
/// use tlgen_grammers::Response;
///
/// let response = Response::<i32>::from_bytes(&[7, 0, 0, 0])?;
/// assert_eq!(response.value()?, 7);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response<T>(Result<T, DecodeError>);

impl<T> Response<T> {
    /// The value.
    ///
    /// # Errors
    /// When the bytes are no value of the type.
    pub fn value(self) -> Result<T, DecodeError> {
        self.0
    }
}

impl<F> Serializable for Request<F> {
    fn serialize(&self, buf: &mut impl Extend<u8>) {
        buf.extend(self.0.iter().copied());
    }
}

impl<F: Function> RemoteCall for Request<F> {
    type Return = Response<F::Return>;
}

impl<T: for<'a> Decode<'a>> Deserializable for Response<T> {
    fn deserialize(buf: &mut Cursor<'_>) -> deserialize::Result<Self> {
        Ok(Self(T::from_bytes(&rest(buf)?)))
    }
}

/// A request and an answer as bytes.
pub(crate) struct RawRequest(pub(crate) Vec<u8>);

pub(crate) struct RawResponse(pub(crate) Vec<u8>);

impl Serializable for RawRequest {
    fn serialize(&self, buf: &mut impl Extend<u8>) {
        buf.extend(self.0.iter().copied());
    }
}

impl RemoteCall for RawRequest {
    type Return = RawResponse;
}

impl Deserializable for RawResponse {
    fn deserialize(buf: &mut Cursor<'_>) -> deserialize::Result<Self> {
        rest(buf).map(Self)
    }
}

fn rest(buf: &mut Cursor<'_>) -> deserialize::Result<Vec<u8>> {
    let mut rest = Vec::new();
    buf.read_to_end(&mut rest)?;
    Ok(rest)
}
