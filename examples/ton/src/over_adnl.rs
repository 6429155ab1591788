//! Over the crate `adnl`, which moves packets: the envelopes are made here, by generated types.

use std::fmt;

use adnl::{AdnlError, AdnlPeer};
use futures::{SinkExt, StreamExt};
use tlgen_runtime::rpc::{InvokeAsync, InvokeError, Transport};
use tlgen_runtime::{Decode, Encode};
use tokio::net::TcpStream;
use tokio::sync::Mutex;

use crate::lite::constructors::adnl::message;
use crate::lite::functions::lite_server::Query;
use crate::lite::types::adnl::Message;

/// A lite server over ADNL. One call is made at a time.
pub struct OverAdnl(Mutex<AdnlPeer<TcpStream>>);

impl OverAdnl {
    /// Through a connection to a server.
    #[must_use]
    pub fn new(peer: AdnlPeer<TcpStream>) -> Self {
        Self(Mutex::new(peer))
    }
}

/// Why bytes could not be moved.
#[derive(Debug)]
pub enum AdnlClosed {
    /// A failure of the connection.
    Failed(AdnlError),
    /// The server has closed it.
    Closed,
    /// The system gives no random numbers.
    Random(getrandom::Error),
}

impl fmt::Display for AdnlClosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => write!(f, "{error:?}"),
            Self::Closed => f.write_str("the server has closed the connection"),
            Self::Random(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AdnlClosed {}

impl Transport for OverAdnl {
    type Error = AdnlClosed;
}

impl InvokeAsync for OverAdnl {
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<AdnlClosed>> {
        let mut query_id = [0; 32];
        getrandom::fill(&mut query_id).map_err(|error| InvokeError::Transport(AdnlClosed::Random(error)))?;
        let query = Query { data: request }.to_bytes()?;
        let packet = message::Query { query_id, query }.to_bytes()?;
        let mut peer = self.0.lock().await;
        peer.send(packet.into()).await.map_err(|error| InvokeError::Transport(AdnlClosed::Failed(error)))?;
        loop {
            let packet = peer.next().await.ok_or(InvokeError::Transport(AdnlClosed::Closed))?;
            let packet = packet.map_err(|error| InvokeError::Transport(AdnlClosed::Failed(error)))?;
            // The answer to a call that was given up is passed over.
            match Message::from_bytes(&packet)? {
                Message::Answer(found) if found.query_id == query_id => return Ok(found.answer),
                _ => {}
            }
        }
    }
}
