//! Calls that are not made yet.

use alloc::boxed::Box;
use core::fmt;
use core::pin::Pin;

use super::{Invoke, InvokeAsync, InvokeError, Transport};
use crate::Function;

/// The result of a call of the function `F` through the transport `C`.
pub type Response<C, F> = Result<<F as Function>::Return, InvokeError<<C as Transport>::Error>>;

/// A request and the transport that will carry it: what the generated methods by namespace return.
///
/// Nothing is sent before it is awaited or [`wait`](PendingCall::wait) is called, so optional arguments can be set first:
///
/// ```ignore
/// let peers = client.contacts().get_top_peers(0, 100, 0).with(|request| request.groups = true).await?;
/// ```
#[must_use = "nothing is sent before the call is awaited, or `wait` is called"]
pub struct PendingCall<'a, C: ?Sized, F> {
    transport: &'a C,
    /// The request as it will be sent.
    pub request: F,
}

impl<'a, C: ?Sized, F> PendingCall<'a, C, F> {
    /// A call through `transport`.
    #[inline]
    pub fn new(transport: &'a C, request: F) -> Self {
        Self { transport, request }
    }

    /// Changes the request.
    pub fn with(mut self, change: impl FnOnce(&mut F)) -> Self {
        change(&mut self.request);
        self
    }

    /// Makes the call, and blocks until the answer is there.
    ///
    /// # Errors
    /// See [`InvokeError`].
    pub fn wait(self) -> Response<C, F>
    where
        C: Invoke,
        F: Function,
    {
        // Through the reference, which is a transport too and has a size.
        Invoke::invoke(&self.transport, &self.request)
    }
}

impl<'a, C, F> IntoFuture for PendingCall<'a, C, F>
where
    C: InvokeAsync + ?Sized,
    F: Function + 'a,
{
    type Output = Response<C, F>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.transport.invoke(&self.request))
    }
}

// Derived, these would ask the same of the transport.
impl<C: ?Sized, F: Clone> Clone for PendingCall<'_, C, F> {
    fn clone(&self) -> Self {
        Self { transport: self.transport, request: self.request.clone() }
    }
}

impl<C: ?Sized, F: Copy> Copy for PendingCall<'_, C, F> {}

impl<C: ?Sized, F: fmt::Debug> fmt::Debug for PendingCall<'_, C, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingCall").field("request", &self.request).finish_non_exhaustive()
    }
}
