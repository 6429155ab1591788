//! The client: a connection that calls, and the first step of making a key.

use std::time::Duration;

use tl_generated::mtproto::{constructors::ResPq, functions::ReqPqMulti};
use tlgen_runtime::rpc::{InvokeAsync, InvokeError, Transport};
use tokio::net::{TcpStream, ToSocketAddrs};
use tokio::sync::Mutex;
use tokio::time::timeout;

use crate::ConnectionError;
use crate::envelope::{Ids, Message, Side};
use crate::transport::Intermediate;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection without a key. One call is made at a time.
#[derive(Debug)]
pub struct Connection {
    /// `None` when a call was cancelled before its answer: the next answer would be that to another request.
    link: Mutex<Option<Link>>,
}

#[derive(Debug)]
struct Link {
    transport: Intermediate<TcpStream>,
    ids: Ids,
}

impl Connection {
    /// Connects to a server.
    ///
    /// # Errors
    /// When no connection can be made.
    pub async fn open(address: impl ToSocketAddrs) -> Result<Self, ConnectionError> {
        let connect = timeout(PATIENCE, TcpStream::connect(address));
        let stream = connect.await.map_err(|_| ConnectionError::TimedOut)??;
        stream.set_nodelay(true)?;
        let transport = Intermediate::connect(stream).await?;
        Ok(Self { link: Mutex::new(Some(Link { transport, ids: Ids::new(Side::Client) })) })
    }

    async fn message(&self, body: Vec<u8>) -> Result<Vec<u8>, ConnectionError> {
        let mut place = self.link.lock().await;
        // Taken out while in use: if the call is dropped, the connection is not put back.
        let mut link = place.take().ok_or(ConnectionError::Closed)?;
        let answer = timeout(PATIENCE, link.message(body)).await.map_err(|_| ConnectionError::TimedOut)??;
        *place = Some(link);
        Ok(answer.body)
    }
}

impl Link {
    async fn message(&mut self, body: Vec<u8>) -> Result<Message, ConnectionError> {
        let message = Message { id: self.ids.next_id(), body };
        self.transport.send(&message.to_bytes()).await?;
        Message::from_bytes(&self.transport.receive().await?)
    }
}

impl Transport for Connection {
    type Error = ConnectionError;
}

impl InvokeAsync for Connection {
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<ConnectionError>> {
        self.message(request).await.map_err(InvokeError::Transport)
    }
}

/// The first step of making a key: sends a random number, and returns the answer to it.
///
/// # Errors
/// When the call fails, or the answer is to another number.
pub async fn request_pq(connection: &Connection) -> Result<ResPq, InvokeError<ConnectionError>> {
    let mut nonce = [0; 16];
    getrandom::fill(&mut nonce).map_err(|error| InvokeError::Transport(error.into()))?;
    let answer = connection.invoke(&ReqPqMulti { nonce }).await?;
    if answer.nonce == nonce {
        Ok(answer)
    } else {
        Err(InvokeError::Transport(ConnectionError::Envelope("it answers another request")))
    }
}
