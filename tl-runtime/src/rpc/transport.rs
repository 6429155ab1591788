//! Transports: what is implemented once, to call every function of every schema.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::sync::Arc;
use alloc::vec::Vec;

use super::{InvokeError, Response};
use crate::{DecodeOptions, Encode, Function};

/// What the bytes of an answer say: the value that the request returns, or the error that came in its place.
fn read<F: Function, E>(answer: &[u8], options: &DecodeOptions) -> Result<F::Return, InvokeError<E>> {
    match F::error(answer, options) {
        None => Ok(options.from_bytes(answer)?),
        Some(error) => Err(error?.into()),
    }
}

/// What moves bytes to a server and back: what [`Invoke`] and [`InvokeAsync`] have in common.
pub trait Transport {
    /// A failure to move the bytes: input and output, encryption, time-out.
    type Error;

    /// What is accepted as an answer.
    fn decode_options(&self) -> DecodeOptions {
        DecodeOptions::new()
    }
}

/// A transport that blocks until the answer is there.
///
/// Only [`exchange`](Invoke::exchange) must be written. It takes `&self`, so that a transport can be shared; one that owns
/// a stream keeps it in a lock. The trait is the same for every schema and is dyn-compatible: `&dyn Invoke<Error = E>`
/// is a transport too, and can be given to whatever takes an `impl Invoke`.
///
/// ```
/// use tlgen_runtime::rpc::{Transport, Invoke, InvokeError, RpcError};
/// use tlgen_runtime::{Combinator, Decode, DecodeBare, Encode, EncodeBare, Function, Reader, Writer};
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
/// impl Transport for Local {
///     type Error = std::io::Error;
/// }
///
/// impl Invoke for Local {
///     fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<std::io::Error>> {
///         let Double { x } = Double::from_bytes(&request)?;
///         let doubled = x.checked_mul(2).ok_or_else(|| RpcError::new(400, "X_TOO_LARGE"))?;
///         Ok(doubled.to_bytes()?)
///     }
/// }
///
/// assert_eq!(Local.invoke(&Double { x: 21 }).unwrap(), 42);
/// let error = Local.invoke(&Double { x: i32::MAX }).unwrap_err();
/// assert_eq!(error.rpc().map(|error| error.text.as_str()), Some("X_TOO_LARGE"));
/// ```
pub trait Invoke: Transport {
    /// Sends the bytes of a request, and returns those of its answer: the value that the request returns, with its id if its
    /// type is boxed, without the envelope around it. An error that the schema knows as one (the option `error` of the generator)
    /// may come in the place of the value; [`invoke`](Invoke::invoke) tells them apart.
    ///
    /// # Errors
    /// [`InvokeError::Transport`] when the bytes cannot be moved, [`InvokeError::Rpc`] when the server answers with an error,
    /// [`InvokeError::Decode`] when the envelope is broken.
    fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<Self::Error>>;

    /// Calls the function with the arguments that `request` holds.
    ///
    /// # Errors
    /// See [`InvokeError`].
    fn invoke<F: Function>(&self, request: &F) -> Response<Self, F>
    where
        Self: Sized,
    {
        let answer = self.exchange(request.to_bytes()?)?;
        read::<F, _>(&answer, &self.decode_options())
    }
}

/// A transport that is awaited. No runtime is named: whatever the implementor needs polls the future.
///
/// Only [`exchange`](InvokeAsync::exchange) must be written, as an `async fn` or as a function that returns any future.
///
/// # Send
///
/// Futures of this trait are `Send`, and transports are `Sync`: code that is generic over the transport can hand calls to
/// the threads of a runtime, as `tokio::spawn` asks. It could not if the trait left this open, because a bound on the
/// future of a trait's method cannot be written where the method is used. A transport that lives on one thread gives its
/// requests to a task there through a channel: the waiting end of a channel is `Send`.
///
/// The future of [`invoke`](InvokeAsync::invoke) does not hold the request, which is encoded at once. So the request need not
/// be `Send`, and need not live until the answer is there.
///
/// # Dropping
///
/// Whoever drops the future stops waiting. Whether the request still reaches the server is up to the implementor.
pub trait InvokeAsync: Transport + Sync {
    /// As [`Invoke::exchange`].
    ///
    /// # Errors
    /// As [`Invoke::exchange`].
    fn exchange(&self, request: Vec<u8>) -> impl Future<Output = Result<Vec<u8>, InvokeError<Self::Error>>> + Send;

    /// Calls the function with the arguments that `request` holds.
    ///
    /// # Errors
    /// See [`InvokeError`].
    fn invoke<'a, F: Function>(
        &'a self,
        request: &F,
    ) -> impl Future<Output = Response<Self, F>> + Send + use<'a, Self, F> {
        let request = request.to_bytes();
        async move {
            let answer = self.exchange(request?).await?;
            read::<F, _>(&answer, &self.decode_options())
        }
    }
}

/// A pointer to a transport is a transport.
macro_rules! forward {
    ($($pointer:ty),*) => {$(
        impl<C: Transport + ?Sized> Transport for $pointer {
            type Error = C::Error;

            fn decode_options(&self) -> DecodeOptions {
                (**self).decode_options()
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

/// The same for the pointers that threads can share.
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
