//! A call that has not been made.

use alloc::boxed::Box;
use core::pin::Pin;

use super::{Caller, Invoke, InvokeAsync, InvokeError};
use crate::{DecodeOwned, Function};

/// What comes of a call by `C` of the function `F`.
pub type Response<C, F> = Result<<F as Function>::Return, InvokeError<<C as Caller>::Error>>;

/// A request and who will call with it: what the generated methods by namespace return.
///
/// Nothing is sent before it is awaited or [`wait`](Call::wait) is called, so that what is optional can be set first:
///
/// ```ignore
/// let peers = client.contacts().get_top_peers(0, 100, 0).with(|request| request.groups = true).await?;
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is sent before the call is awaited, or `wait` is called"]
pub struct Call<'a, C: ?Sized, F> {
    caller: &'a C,
    /// The request as it will be sent.
    pub request: F,
}

impl<'a, C: ?Sized, F> Call<'a, C, F> {
    /// A call that `caller` can make.
    #[inline]
    pub fn new(caller: &'a C, request: F) -> Self {
        Self { caller, request }
    }

    /// Changes the request.
    pub fn with(mut self, change: impl FnOnce(&mut F)) -> Self {
        change(&mut self.request);
        self
    }

    /// Calls, and blocks until the answer is there.
    ///
    /// # Errors
    /// See [`InvokeError`].
    pub fn wait(self) -> Response<C, F>
    where
        C: Invoke,
        F: Function<Return: DecodeOwned>,
    {
        // Through the reference, which is a caller too and has a size.
        Invoke::invoke(&self.caller, &self.request)
    }
}

impl<'a, C, F> IntoFuture for Call<'a, C, F>
where
    C: InvokeAsync + ?Sized,
    F: Function<Return: DecodeOwned> + 'a,
{
    type Output = Response<C, F>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.caller.invoke(&self.request))
    }
}
