//! Calls and [tower](https://docs.rs/tower) services, both ways; needs the feature `tower`.
//!
//! [`InvokeService`] makes a service of a transport: requests go in, what they return comes out, and the layers of tower
//! (time-outs, retries, limits) go around. [`ServiceTransport`] makes a transport of a service that moves bytes, so that
//! the generated methods work on a stack of layers.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};

use tower_service::Service;

use super::{InvokeAsync, InvokeError, Response, Transport};
use crate::{DecodeOptions, Function};

/// A transport as a service: for each function of any schema a `Service` whose request is the function and whose response
/// is what the function returns.
///
/// It is always ready; a transport that can take no more requests waits in the call. Each call has its own clone of the
/// transport, so an `Arc` fits best.
#[derive(Clone, Debug)]
pub struct InvokeService<C>(C);

impl<C> InvokeService<C> {
    /// Calls go through `transport`.
    pub fn new(transport: C) -> Self {
        Self(transport)
    }

    /// The transport.
    pub fn into_inner(self) -> C {
        self.0
    }
}

impl<C, F> Service<F> for InvokeService<C>
where
    C: InvokeAsync + Clone + Send + 'static,
    F: Function + Send + 'static,
{
    type Response = F::Return;
    type Error = InvokeError<C::Error>;
    type Future = Pin<Box<dyn Future<Output = Response<C, F>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: F) -> Self::Future {
        let transport = self.0.clone();
        Box::pin(async move { transport.invoke(&request).await })
    }
}

/// A service that moves bytes as a transport: the bytes of a request go in, those of its answer come out, as of
/// [`InvokeAsync::exchange`].
///
/// Layers between may have errors of another type, such as that of a time-out. They must become an [`InvokeError`]; tower's
/// `map_err` does that. Each call has its own clone of the service.
#[derive(Clone, Debug)]
pub struct ServiceTransport<S> {
    service: S,
    options: DecodeOptions,
}

impl<S> ServiceTransport<S> {
    /// Calls go to `service`.
    pub fn new(service: S) -> Self {
        Self { service, options: DecodeOptions::new() }
    }

    /// With another choice of what is accepted as an answer.
    #[must_use]
    pub fn with_options(self, options: DecodeOptions) -> Self {
        Self { options, ..self }
    }
}

impl<S, E> Transport for ServiceTransport<S>
where
    S: Service<Vec<u8>, Response = Vec<u8>, Error = InvokeError<E>>,
{
    type Error = E;

    fn decode_options(&self) -> DecodeOptions {
        self.options
    }
}

impl<S, E> InvokeAsync for ServiceTransport<S>
where
    S: Service<Vec<u8>, Response = Vec<u8>, Error = InvokeError<E>, Future: Send> + Clone + Send + Sync,
{
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<E>> {
        let mut service = self.service.clone();
        poll_fn(|context| service.poll_ready(context)).await?;
        service.call(request).await
    }
}
