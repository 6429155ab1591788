//! A small client, written by someone who has read only the README.

use std::collections::HashMap;

use tlgen_runtime::rpc::{Invoke, InvokeError, RpcError, Transport};
use tlgen_runtime::{Decode, Encode, Function};

/// The API as old servers speak it.
pub mod layer_1 {
    tlgen_runtime::include_schema!("layer_1");
}

/// The API in its newest layer.
pub mod layer_2 {
    tlgen_runtime::include_schema!("layer_2");
}

/// Every builtin type.
pub mod every_type {
    tlgen_runtime::include_schema!("every_type");
}

use layer_2::{functions, types};

/// A server in the same process: it knows some messages, by peer.
#[derive(Default)]
pub struct Server {
    messages: HashMap<types::Peer, Vec<types::Message>>,
}

impl Server {
    /// With one message.
    #[must_use]
    pub fn with_message(message: types::Message) -> Self {
        let mut server = Self::default();
        if let types::Message::Message(known) = &message {
            server.messages.entry(known.peer.clone()).or_default().push(message);
        }
        server
    }

    /// Answers a request of layer 2.
    fn history(&self, request: &functions::messages::GetHistory) -> Result<Vec<types::Message>, RpcError> {
        self.messages.get(&request.peer).cloned().ok_or_else(|| RpcError::new(400, "PEER_ID_INVALID"))
    }
}

impl Transport for Server {
    type Error = std::io::Error;
}

impl Invoke for Server {
    fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<std::io::Error>> {
        if let Ok(request) = functions::messages::GetHistory::from_bytes(&request) {
            return Ok(self.history(&request)?.to_bytes()?);
        }
        // Old clients ask without an offset and get messages of layer 1.
        let request = layer_1::functions::messages::GetHistory::from_bytes(&request)?;
        let nothing = layer_1::constructors::MessageEmpty { id: request.limit };
        Ok(vec![layer_1::types::Message::from(nothing)].to_bytes()?)
    }
}

/// Calls any function of any schema.
///
/// # Errors
/// When the call fails.
pub fn call<F: Function, C: Invoke>(client: &C, request: &F) -> Result<F::Return, InvokeError<C::Error>> {
    client.invoke(request)
}

/// The texts of the last messages with a peer, oldest first.
///
/// # Errors
/// When the call fails.
pub fn texts<C: Invoke>(client: &C, peer: types::Peer) -> Result<Vec<String>, InvokeError<C::Error>> {
    let messages = call(client, &functions::messages::GetHistory { peer, offset: 0, limit: 10 })?;
    let texts = messages.into_iter().filter_map(|message| match message {
        types::Message::Message(message) => Some(message.into_inner().text),
        types::Message::Empty(_) => None,
    });
    Ok(texts.collect())
}
