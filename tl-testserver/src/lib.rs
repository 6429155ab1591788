//! An MTProto 2 server on loopback, for tests of client libraries and of programs that use them.
//!
//! A [`TestServer`] listens on 127.0.0.1 and nowhere else. It speaks the transports of MTProto over TCP (abridged, intermediate,
//! padded intermediate and full, each also obfuscated but for the last), makes keys with clients or knows them beforehand, and
//! answers calls:
//!
//! | by | see |
//! |---|---|
//! | a closure for each function of generated code | [`Builder::on`], [`Builder::on_async`] |
//! | anything else in Rust | [`Handler`], [`Builder::service`] |
//! | a list of what is to come | [`Script`] |
//! | random values of the right type | [`Random`] |
//! | a session that was recorded | [`Playback`], [`Recorder`] |
//!
//! Containers, packed values, confirmations, pings, salts, repeated and lost messages are as MTProto asks. What is wrong with a
//! message is answered as a real server does, and what is wrong with a connection closes it with a [`CloseReason`] in the
//! [`Report`].
//!
//! ```
//! use tl_generated::telegram_228::{functions::contacts::GetContacts, types::contacts::Contacts};
//! use tlgen_testserver::{CloseReason, TestServer, TransportError};
//! use tokio::io::{AsyncReadExt, AsyncWriteExt};
//!
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
//! let server = TestServer::builder().on(|_: GetContacts| Ok(Contacts::NotModified)).start().await?;
//! let mut client = tokio::net::TcpStream::connect(server.address()).await?;
//! client.write_all(b"GET / HTTP/1.1\r\n\r\n").await?;
//! client.read_to_end(&mut Vec::new()).await?;
//!
//! let report = server.shutdown().await;
//! assert_eq!(report.closed[0].reason, CloseReason::Transport(TransportError::OtherProtocol));
//! # Ok(()) }
//! ```
//!
//! # What it is not
//!
//! Its RSA key is printed in its source, there are no accounts, and nothing is kept when it ends. It does not speak HTTP, UDP or
//! the first version of MTProto, and binds no temporary keys by itself.

mod answers;
mod call;
mod clock;
mod connection;
mod crypto;
mod error;
#[allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
#[path = "generated/lib.rs"]
mod generated;
mod handshake;
mod salts;
mod server;
mod state;

pub use answers::{
    AnswerFuture, Handler, Playback, Random, RandomAnswerError, Recorder, Script, SessionError, SessionErrorKind,
};
pub use call::{Answer, Call, ClientInfo};
pub use error::{CloseReason, EnvelopeError, HandshakeError};
pub use server::{Builder, Closed, Report, TestServer};
pub use tlgen_mtproto::{AuthKey, Side, TransportError, TransportKind};
