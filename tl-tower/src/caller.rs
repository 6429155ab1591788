//! A service as a caller.

use std::future::poll_fn;

use tlgen_runtime::{Caller, Config, InvokeAsync, InvokeError};
use tower_service::Service;

/// A service that moves bytes as a caller: the bytes of a request go in, those of its answer come out, as of
/// [`InvokeAsync::exchange`].
///
/// Layers that have errors of their own, such as that of a time-out, are between: their errors must become an
/// [`InvokeError`], for which `map_err` of tower is made. Each call has its own clone of the service.
#[derive(Clone, Debug)]
pub struct ServiceCaller<S> {
    service: S,
    config: Config,
}

impl<S> ServiceCaller<S> {
    /// Calls go to `service`.
    pub fn new(service: S) -> Self {
        Self { service, config: Config::new() }
    }

    /// What is accepted as an answer; canonical ones unless this is called.
    #[must_use]
    pub fn with_config(self, config: Config) -> Self {
        Self { config, ..self }
    }
}

impl<S, E> Caller for ServiceCaller<S>
where
    S: Service<Vec<u8>, Response = Vec<u8>, Error = InvokeError<E>>,
{
    type Error = E;

    fn config(&self) -> Config {
        self.config
    }
}

impl<S, E> InvokeAsync for ServiceCaller<S>
where
    S: Service<Vec<u8>, Response = Vec<u8>, Error = InvokeError<E>, Future: Send> + Clone + Send + Sync,
{
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<E>> {
        let mut service = self.service.clone();
        poll_fn(|context| service.poll_ready(context)).await?;
        service.call(request).await
    }
}
