//! Bytes through a client.

use std::fmt;

use grammers_client::{Client, InvocationError};
use tlgen_runtime::DecodeOptions;
use tlgen_runtime::rpc::{InvokeAsync, InvokeError, Transport};

use crate::error::invoke_error;
use crate::request::RawRequest;
use crate::settings::Settings;

/// A transport over a client. What fails is retried as the client was told, so that short flood waits are waited for.
///
/// ```
/// use tl_generated::telegram_228::errors;
/// use tl_generated::telegram_228::functions::contacts::GetContacts;
/// use tl_generated::telegram_228::types::contacts::Contacts;
/// use tlgen_grammers::ClientTransport;
/// use tlgen_runtime::{DecodeOptions, rpc::InvokeAsync};
///
/// # mod server { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/common/connect.rs")); }
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let server = server::start().await?;
/// # let (_, client) = server::connect(&server);
/// // `client` is a `grammers_client::Client`.
/// let telegram = ClientTransport::new(client)
///     .in_dc(2)
///     .at_layer(228)
///     .with_errors(errors::KNOWN)
///     .with_options(DecodeOptions::new().lenient());
/// assert_eq!(telegram.invoke(&GetContacts { hash: 0 }).await?, Contacts::NotModified);
/// // What grammers does itself is still there.
/// let client = telegram.client();
/// # let _ = client;
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct ClientTransport {
    client: Client,
    dc_id: Option<i32>,
    settings: Settings,
}

impl ClientTransport {
    /// Calls go to the home of `client`.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client, dc_id: None, settings: Settings::new() }
    }

    /// Calls go to the data centre with this number.
    #[must_use]
    pub fn in_dc(mut self, dc_id: i32) -> Self {
        self.dc_id = Some(dc_id);
        self
    }

    /// The client.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    settings!();
}

impl Transport for ClientTransport {
    type Error = InvocationError;

    fn decode_options(&self) -> DecodeOptions {
        self.settings.options
    }
}

impl InvokeAsync for ClientTransport {
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<InvocationError>> {
        let request = RawRequest(self.settings.wrapped(request));
        let answer = match self.dc_id {
            Some(dc_id) => self.client.invoke_in_dc(dc_id, &request).await,
            None => self.client.invoke(&request).await,
        };
        answer.map(|answer| answer.0).map_err(|error| invoke_error(error, self.settings.errors))
    }
}

impl fmt::Debug for ClientTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientTransport")
            .field("dc_id", &self.dc_id)
            .field("layer", &self.settings.layer)
            .finish_non_exhaustive()
    }
}
