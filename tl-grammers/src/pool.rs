//! Bytes through a pool of connections.

use std::fmt;

use grammers_client::InvocationError;
use grammers_client::sender::SenderPoolHandle;
use tlgen_runtime::DecodeOptions;
use tlgen_runtime::rpc::{InvokeAsync, InvokeError, Transport};

use crate::error::invoke_error;
use crate::settings::Settings;

/// A transport over the connections of a sender pool, to one data centre. Nothing is retried.
///
/// ```
/// use tl_generated::telegram_228::functions::contacts::GetContacts;
/// use tl_generated::telegram_228::types::contacts::Contacts;
/// use tlgen_grammers::PoolTransport;
/// use tlgen_runtime::rpc::InvokeAsync;
///
/// # mod server { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/connect.rs")); }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = server::start().await?;
/// # let (pool, _client) = server::connect(&server);
/// // `pool` is a `grammers_client::sender::SenderPoolHandle`, and 2 the data centre.
/// let telegram = PoolTransport::new(pool, 2).at_layer(228);
/// assert_eq!(telegram.invoke(&GetContacts { hash: 0 }).await?, Contacts::NotModified);
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct PoolTransport {
    pool: SenderPoolHandle,
    dc_id: i32,
    settings: Settings,
}

impl PoolTransport {
    /// Calls go to the data centre with this number, through `pool`, whose runner must run.
    #[must_use]
    pub fn new(pool: SenderPoolHandle, dc_id: i32) -> Self {
        Self { pool, dc_id, settings: Settings::new() }
    }

    settings!();
}

impl Transport for PoolTransport {
    type Error = InvocationError;

    fn decode_options(&self) -> DecodeOptions {
        self.settings.options
    }
}

impl InvokeAsync for PoolTransport {
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<InvocationError>> {
        let answer = self.pool.raw_invoke_in_dc(self.dc_id, self.settings.wrapped(request)).await;
        answer.map_err(|error| invoke_error(error, self.settings.errors))
    }
}

impl fmt::Debug for PoolTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PoolTransport")
            .field("dc_id", &self.dc_id)
            .field("layer", &self.settings.layer)
            .finish_non_exhaustive()
    }
}
