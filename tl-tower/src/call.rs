//! A caller as a service.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tlgen_runtime::{DecodeOwned, Function, InvokeAsync, InvokeError, Response};
use tower_service::Service;

/// A caller as a service: for each function of any schema a `Service` whose request is the function and whose response is
/// what it returns.
///
/// It is always ready; a caller that can take no more waits in its call. Each call has its own clone of the caller, so an
/// `Arc` is the caller of choice.
#[derive(Clone, Debug)]
pub struct CallService<C>(C);

impl<C> CallService<C> {
    /// Calls go to `caller`.
    pub fn new(caller: C) -> Self {
        Self(caller)
    }

    /// The caller.
    pub fn into_inner(self) -> C {
        self.0
    }
}

impl<C, F> Service<F> for CallService<C>
where
    C: InvokeAsync + Clone + Send + 'static,
    F: Function<Return: DecodeOwned> + Send + 'static,
{
    type Response = F::Return;
    type Error = InvokeError<C::Error>;
    type Future = Pin<Box<dyn Future<Output = Response<C, F>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: F) -> Self::Future {
        let caller = self.0.clone();
        Box::pin(async move { caller.invoke(&request).await })
    }
}
