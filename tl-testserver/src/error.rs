//! Why a connection ended.

use std::{fmt, io};

use tlgen_mtproto::TransportError;
use tlgen_runtime::DecodeError;

/// Why a connection ended.
///
/// ```
/// use tlgen_testserver::{CloseReason, TestServer};
/// use tokio::io::AsyncWriteExt;
/// use tokio::net::TcpStream;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// let server = TestServer::builder().start().await?;
/// let mut client = TcpStream::connect(server.address()).await?;
/// // The mark of the intermediate transport, and half of a length.
/// client.write_all(b"\xee\xee\xee\xee\x28\0").await?;
/// drop(client);
/// while server.report().closed.is_empty() {
///     tokio::task::yield_now().await;
/// }
/// let closed = &server.shutdown().await.closed[0];
/// assert_eq!(closed.reason, CloseReason::EndedWithinFrame);
/// assert_eq!(closed.reason.to_string(), "the client closed the connection within a frame");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CloseReason {
    /// The client closed it between two frames.
    Ended,
    /// The client closed it within a frame, or before one.
    EndedWithinFrame,
    /// The network.
    Io(io::ErrorKind),
    /// The frames are not those of any transport, or of the one that the connection began with.
    Transport(TransportError),
    /// A message is broken.
    Envelope(EnvelopeError),
    /// The exchange of keys is wrong.
    Handshake(HandshakeError),
    /// The client was silent for too long: either for the time that the server allows, or for the one that the client has set
    /// itself with `ping_delay_disconnect`.
    Silent,
    /// The client has destroyed the key of its connection.
    KeyDestroyed,
    /// The server was shut down.
    Shutdown,
    /// The system gives no random numbers.
    Random,
    /// An answer has no encoding, or is longer than a frame may be.
    Answer,
}

/// What is wrong with a message.
///
/// ```
/// use tlgen_testserver::{CloseReason, EnvelopeError, TestServer};
/// use tokio::io::{AsyncReadExt, AsyncWriteExt};
/// use tokio::net::TcpStream;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// let server = TestServer::builder().start().await?;
/// let mut client = TcpStream::connect(server.address()).await?;
/// // A message of 56 bytes that says that it is encrypted with the key 1.
/// client.write_all(b"\xee\xee\xee\xee\x38\0\0\0").await?;
/// client.write_all(&[&1i64.to_le_bytes()[..], &[0; 48]].concat()).await?;
/// client.read_to_end(&mut Vec::new()).await?;
/// let report = server.shutdown().await;
/// assert_eq!(report.closed[0].reason, CloseReason::Envelope(EnvelopeError::UnknownKey { id: 1 }));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// It is too short, or its length does not fit.
    Length,
    /// The server does not have the key with this id.
    UnknownKey {
        /// The id.
        id: i64,
    },
    /// Its key does not follow from its content: it was changed on the way, or encrypted with another key.
    MessageKey,
    /// The padding is shorter or longer than it may be.
    Padding,
    /// A value that MTProto itself defines is broken.
    Service(DecodeError),
    /// What is packed is not packed as it should be, or is larger than the server takes.
    Packed,
    /// Values are packed within each other.
    Nested,
}

/// What is wrong with the exchange of keys.
///
/// ```
/// use tlgen_testserver::{CloseReason, HandshakeError, TestServer};
/// use tokio::io::{AsyncReadExt, AsyncWriteExt};
/// use tokio::net::TcpStream;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// let server = TestServer::builder().start().await?;
/// let mut client = TcpStream::connect(server.address()).await?;
/// // A message without a key: its id, its length, and a request that is none of the exchange.
/// let message = [&[0; 8][..], &4i64.to_le_bytes(), &4i32.to_le_bytes(), b"what"].concat();
/// client.write_all(b"\xee\xee\xee\xee\x18\0\0\0").await?;
/// client.write_all(&message).await?;
/// client.read_to_end(&mut Vec::new()).await?;
/// let report = server.shutdown().await;
/// assert!(matches!(report.closed[0].reason, CloseReason::Handshake(HandshakeError::Request(_))));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HandshakeError {
    /// The value is no request of the exchange, or is broken.
    Request(DecodeError),
    /// The request has another turn.
    OutOfTurn,
    /// A random number of the request is not that of the exchange.
    Nonce,
    /// The factors are not those of the product.
    Factors,
    /// The client has chosen a key that the server does not have.
    Fingerprint {
        /// The fingerprint of its key.
        fingerprint: i64,
    },
    /// The secret of the client cannot be decrypted, or its hash is wrong.
    Secret,
    /// The public number of the client tells its secret.
    PublicNumber,
}

impl fmt::Display for CloseReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended => f.write_str("the client closed the connection"),
            Self::EndedWithinFrame => f.write_str("the client closed the connection within a frame"),
            Self::Io(kind) => write!(f, "{kind}"),
            Self::Transport(error) => write!(f, "transport: {error}"),
            Self::Envelope(error) => write!(f, "message: {error}"),
            Self::Handshake(error) => write!(f, "exchange of keys: {error}"),
            Self::Silent => f.write_str("the client was silent for too long"),
            Self::KeyDestroyed => f.write_str("the client has destroyed its key"),
            Self::Shutdown => f.write_str("the server was shut down"),
            Self::Random => f.write_str("the system gives no random numbers"),
            Self::Answer => f.write_str("an answer cannot be sent"),
        }
    }
}

impl fmt::Display for EnvelopeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length => f.write_str("its length is wrong"),
            Self::UnknownKey { id } => write!(f, "the key {id:016x} is unknown"),
            Self::MessageKey => f.write_str("its key does not follow from its content"),
            Self::Padding => f.write_str("its padding is wrong"),
            Self::Service(error) => error.fmt(f),
            Self::Packed => f.write_str("it cannot be unpacked"),
            Self::Nested => f.write_str("values are packed within each other"),
        }
    }
}

impl fmt::Display for HandshakeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::OutOfTurn => f.write_str("the request has another turn"),
            Self::Nonce => f.write_str("a random number is not that of the exchange"),
            Self::Factors => f.write_str("the factors are wrong"),
            Self::Fingerprint { fingerprint } => write!(f, "the key {fingerprint:016x} is unknown"),
            Self::Secret => f.write_str("the secret of the client cannot be read"),
            Self::PublicNumber => f.write_str("the public number of the client is not safe"),
        }
    }
}

impl std::error::Error for CloseReason {}
impl std::error::Error for EnvelopeError {}
impl std::error::Error for HandshakeError {}

impl From<TransportError> for CloseReason {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

impl From<EnvelopeError> for CloseReason {
    fn from(error: EnvelopeError) -> Self {
        Self::Envelope(error)
    }
}

impl From<HandshakeError> for CloseReason {
    fn from(error: HandshakeError) -> Self {
        Self::Handshake(error)
    }
}

impl From<getrandom::Error> for CloseReason {
    fn from(_: getrandom::Error) -> Self {
        Self::Random
    }
}
