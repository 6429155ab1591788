//! Calls: a request goes out, the value that it returns comes back.
//!
//! What a connection is, is not known here: whoever implements [`Invoke`] or [`InvokeAsync`] moves the bytes of a request
//! to a server and those of its answer back, and says which answers are errors. What goes out is typed: the value that
//! the request returns, or one of the four ways in which a call fails.

mod error;
mod known;
mod pending;

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::sync::Arc;
use alloc::vec::Vec;

pub use error::{InvokeError, RpcError};
pub use known::{KnownError, error_numbers};
pub use pending::{Call, Response};

use crate::{Config, DecodeOwned, Function, from_bytes_with, to_bytes};

/// What both kinds of callers have: a way to fail below the calls, and how exact answers must be.
pub trait Caller {
    /// A failure of the connection: input and output, encryption, time-out.
    type Error;

    /// What is accepted as an answer.
    fn config(&self) -> Config {
        Config::new()
    }
}

/// Something that can call, and blocks until the answer is there.
///
/// Only [`exchange`](Invoke::exchange) must be written. It takes `&self`, so that a caller can be shared; one that owns
/// a stream keeps it in a lock. The trait is the same for every schema and is dyn-compatible: `&dyn Invoke<Error = E>`
/// is a caller, to be given to whatever takes an `impl Invoke`.
///
/// ```
/// use tlgen_runtime::{Caller, Combinator, DecodeBare, EncodeBare, Function, Invoke, InvokeError, Reader, RpcError, Writer};
///
/// // As generated from `double#0000d0b1 x:int = Int;`.
/// struct Double { x: i32 }
/// # impl Combinator for Double { const ID: u32 = 0xd0b1; const NAME: &'static str = "double"; }
/// # impl EncodeBare for Double { fn encode_bare(&self, w: &mut Writer) { w.put(&self.x); } }
/// # impl<'de> DecodeBare<'de> for Double {
/// #     const MIN_SIZE: usize = 4;
/// #     fn decode_bare(r: &mut Reader<'de>) -> Self { Self { x: r.get() } }
/// # }
/// # impl Function for Double { type Return = i32; }
///
/// /// A server in the same process.
/// struct Local;
///
/// impl Caller for Local {
///     type Error = std::io::Error;
/// }
///
/// impl Invoke for Local {
///     fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<std::io::Error>> {
///         let Double { x } = tlgen_runtime::from_bytes(&request)?;
///         let doubled = x.checked_mul(2).ok_or_else(|| RpcError::new(400, "X_TOO_LARGE"))?;
///         Ok(tlgen_runtime::to_bytes(&doubled)?)
///     }
/// }
///
/// assert_eq!(Local.invoke(&Double { x: 21 }).unwrap(), 42);
/// let error = Local.invoke(&Double { x: i32::MAX }).unwrap_err();
/// assert_eq!(error.rpc().map(|error| error.text.as_str()), Some("X_TOO_LARGE"));
/// ```
pub trait Invoke: Caller {
    /// Sends the bytes of a request, and returns those of its answer: what the request returns, boxed, without the
    /// envelope around it.
    ///
    /// # Errors
    /// [`InvokeError::Transport`] when the connection fails, [`InvokeError::Rpc`] when the server answers with an error,
    /// [`InvokeError::Decode`] when the envelope is broken.
    fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<Self::Error>>;

    /// Calls the function that `request` is of.
    ///
    /// # Errors
    /// See [`InvokeError`].
    fn invoke<F>(&self, request: &F) -> Result<F::Return, InvokeError<Self::Error>>
    where
        Self: Sized,
        F: Function,
        F::Return: DecodeOwned,
    {
        let answer = self.exchange(to_bytes(request)?)?;
        Ok(from_bytes_with(&answer, &self.config())?)
    }
}

/// Something that can call, and is awaited. No runtime is named: the future is polled by whatever its implementor needs.
///
/// Only [`exchange`](InvokeAsync::exchange) must be written, as an `async fn` or as a function that returns any future.
///
/// # Send
///
/// Futures of this trait are `Send`, and callers are `Sync`: code that is generic over the caller can hand calls to the
/// threads of a runtime (`tokio::spawn` asks for that), which it could not if the trait left it open, as a bound on the
/// future of a trait's method can not be written at the place of use. A caller that lives on one thread gives its
/// requests to a task there through a channel: the waiting end of a channel is `Send`.
///
/// The future of [`invoke`](InvokeAsync::invoke) does not hold the request, which is encoded at once; the request needs
/// to be neither `Send` nor to live until the answer is there.
///
/// # Dropping
///
/// To drop the future is to no longer wait. Whether the request still reaches the server is up to the implementor.
pub trait InvokeAsync: Caller + Sync {
    /// As [`Invoke::exchange`].
    ///
    /// # Errors
    /// As [`Invoke::exchange`].
    fn exchange(&self, request: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, InvokeError<Self::Error>>> + Send;

    /// Calls the function that `request` is of.
    ///
    /// # Errors
    /// See [`InvokeError`].
    fn invoke<'a, F>(&'a self, request: &F) -> impl Future<Output = Response<Self, F>> + Send + use<'a, Self, F>
    where
        F: Function,
        F::Return: DecodeOwned,
    {
        let request = to_bytes(request);
        async move {
            let answer = self.exchange(request?).await?;
            Ok(from_bytes_with(&answer, &self.config())?)
        }
    }
}

/// A pointer to a caller is a caller.
macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<C: Caller + ?Sized> Caller for $pointer {
            type Error = C::Error;

            fn config(&self) -> Config {
                (**self).config()
            }
        }

        impl<C: Invoke + ?Sized> Invoke for $pointer {
            fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<Self::Error>> {
                (**self).exchange(request)
            }
        }
    )*};
}

forward!(&C, Box<C>, Rc<C>, Arc<C>);

/// The same for those pointers that threads can share.
macro_rules! forward_async {
    ($($pointer:ty: $($bound:path),*;)*) => {$(
        impl<C: InvokeAsync $(+ $bound)* + ?Sized> InvokeAsync for $pointer {
            fn exchange(
                &self,
                request: Vec<u8>,
            ) -> impl Future<Output = Result<Vec<u8>, InvokeError<Self::Error>>> + Send {
                (**self).exchange(request)
            }
        }
    )*};
}

forward_async!(&C:; Box<C>:; Arc<C>: Send;);
