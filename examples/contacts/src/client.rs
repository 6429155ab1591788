//! Two clients: what both do is to take an answer out of its envelope.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tl_generated::mtproto::constructors::{RpcError, RpcResult};
use tlgen_runtime::rpc::{Invoke, InvokeAsync, InvokeError, Transport};
use tlgen_runtime::{Combinator, Decode, EncodeError};
use tokio::sync::{mpsc, oneshot};

use crate::server::Server;

/// A failure between client and server.
#[derive(Debug)]
pub enum LinkError {
    /// The server made an answer that cannot be encoded.
    Server(EncodeError),
    /// The server is gone.
    Gone,
    /// The answer is to another message.
    Mixed {
        /// The message that was sent.
        sent: i64,
        /// The message that was answered.
        answered: i64,
    },
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Server(error) => write!(f, "the server failed: {error}"),
            Self::Gone => f.write_str("the server is gone"),
            Self::Mixed { sent, answered } => write!(f, "message {sent} was sent, message {answered} was answered"),
        }
    }
}

impl std::error::Error for LinkError {}

/// What an `rpc_result` holds: the bytes of a result, or an error.
fn open(message: i64, answer: &[u8]) -> Result<Vec<u8>, InvokeError<LinkError>> {
    let RpcResult { req_msg_id, result } = Decode::from_bytes(answer)?;
    if req_msg_id != message {
        return Err(InvokeError::Transport(LinkError::Mixed { sent: message, answered: req_msg_id }));
    }
    if result.id() == RpcError::ID {
        let RpcError { error_code, error_message } = result.decode()?;
        return Err(InvokeError::Rpc(tlgen_runtime::rpc::RpcError::new(error_code, error_message)));
    }
    Ok(result.into_bytes())
}

/// A client that calls the server as a function, and blocks meanwhile.
#[derive(Debug)]
pub struct Direct {
    server: Arc<Server>,
    messages: AtomicI64,
}

impl Direct {
    /// A client of `server`.
    #[must_use]
    pub fn new(server: Arc<Server>) -> Self {
        Self { server, messages: AtomicI64::new(0) }
    }
}

impl Transport for Direct {
    type Error = LinkError;
}

impl Invoke for Direct {
    fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<LinkError>> {
        let message = self.messages.fetch_add(4, Ordering::Relaxed);
        let answer = self.server.answer(message, &request);
        open(message, &answer.map_err(|error| InvokeError::Transport(LinkError::Server(error)))?)
    }
}

/// A request on its way, and where its answer goes.
struct Letter {
    message: i64,
    request: Vec<u8>,
    answer: oneshot::Sender<Result<Vec<u8>, EncodeError>>,
}

/// A client that is awaited: the server runs in its own task.
#[derive(Debug)]
pub struct Remote {
    letters: mpsc::Sender<Letter>,
    messages: AtomicI64,
}

impl Remote {
    /// Starts a task for `server`, which ends with the client. Must be called within a tokio runtime.
    #[must_use]
    pub fn start(server: Arc<Server>) -> Self {
        let (letters, mut inbox) = mpsc::channel::<Letter>(16);
        tokio::spawn(async move {
            while let Some(Letter { message, request, answer }) = inbox.recv().await {
                // A caller that has stopped waiting needs no answer.
                let _ = answer.send(server.answer(message, &request));
            }
        });
        Self { letters, messages: AtomicI64::new(0) }
    }
}

impl Transport for Remote {
    type Error = LinkError;
}

impl InvokeAsync for Remote {
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<LinkError>> {
        let message = self.messages.fetch_add(4, Ordering::Relaxed);
        let (answer, answered) = oneshot::channel();
        let gone = || InvokeError::Transport(LinkError::Gone);
        self.letters.send(Letter { message, request, answer }).await.map_err(|_| gone())?;
        let answer = answered.await.map_err(|_| gone())?;
        open(message, &answer.map_err(|error| InvokeError::Transport(LinkError::Server(error)))?)
    }
}
