//! Who answers calls: functions by type, services, scripts, random values, and what every data centre knows of itself.

mod config;
mod functions;
mod random;
mod script;
mod service;
mod session;

use std::future::ready;
use std::pin::Pin;

use crate::call::{Answer, Call};

pub(crate) use self::config::DataCentre;
pub(crate) use self::functions::Functions;
pub use self::random::{Random, RandomAnswerError};
pub use self::script::Script;
pub(crate) use self::service::ServiceHandler;
pub use self::session::{Playback, Recorder, SessionError, SessionErrorKind};

/// An answer that may take its time.
///
/// ```
/// use tlgen_runtime::rpc::RpcError;
/// use tlgen_testserver::AnswerFuture;
///
/// fn refused() -> AnswerFuture {
///     Box::pin(async { Err(RpcError::new(400, "NOT_NOW")) })
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// assert_eq!(refused().await, Err(RpcError::new(400, "NOT_NOW")));
/// # }
/// ```
pub type AnswerFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// Who answers calls.
///
/// A server asks its handlers in the order in which they were added, until one takes the call.
///
/// ```
/// use tlgen_testserver::{AnswerFuture, Call, Handler};
///
/// /// Says how long requests are.
/// struct Length;
///
/// impl Handler for Length {
///     fn answer(&self, call: &Call) -> Option<AnswerFuture> {
///         let length = (call.body.len() as u32).to_le_bytes().to_vec();
///         Some(Box::pin(async move { Ok(length) }))
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() {
/// // Without a server, as in a test of the handler.
/// let answer = Length.answer(&Call::new(vec![1; 24])).expect("it takes each call");
/// assert_eq!(answer.await, Ok(vec![24, 0, 0, 0]));
/// # }
/// ```
pub trait Handler: Send + Sync + 'static {
    /// The answer to `call`; `None` leaves the call to the handlers that come next.
    fn answer(&self, call: &Call) -> Option<AnswerFuture>;
}

/// Asks each of `handlers`.
pub(crate) fn answer(handlers: &[Box<dyn Handler>], call: &Call) -> AnswerFuture {
    let taken = handlers.iter().find_map(|handler| handler.answer(call));
    taken.unwrap_or_else(|| at_once(Err(crate::call::unknown(call.id()))))
}

fn at_once(answer: Answer) -> AnswerFuture {
    Box::pin(ready(answer))
}
