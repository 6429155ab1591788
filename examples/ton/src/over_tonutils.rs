//! Over the lite client of the crate `tonutils`, which makes the envelopes itself.

use tlgen_runtime::rpc::{InvokeAsync, InvokeError, Transport};
use tokio::sync::Mutex;
use tonutils::liteclient::client::LiteClient;
use tonutils::liteclient::types::LiteError;

/// A lite server over the client of tonutils. One call is made at a time.
pub struct OverTonutils(Mutex<LiteClient>);

impl OverTonutils {
    /// Through a client that is connected.
    #[must_use]
    pub fn new(client: LiteClient) -> Self {
        Self(Mutex::new(client))
    }
}

impl Transport for OverTonutils {
    type Error = LiteError;
}

impl InvokeAsync for OverTonutils {
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<LiteError>> {
        self.0.lock().await.query_raw(request).await.map_err(InvokeError::Transport)
    }
}
