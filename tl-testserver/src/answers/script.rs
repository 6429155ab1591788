//! Calls in an order that is known before.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tlgen_runtime::rpc::RpcError;
use tlgen_runtime::{Encode, EncodeError, Function};

use super::{AnswerFuture, Handler, at_once};
use crate::call::{Answer, Call, encoded};

/// What a client is expected to ask, in order, and what it is answered.
///
/// Another request than the next one is answered with the error 400 `SCRIPT_EXPECTS_...` and changes nothing. Clones are the same
/// script, so a test keeps one to see what is left.
///
/// ```
/// use tl_generated::telegram_228::{functions::contacts::GetContacts, types::contacts::Contacts};
/// use tlgen_runtime::{Encode, rpc::RpcError};
/// use tlgen_testserver::{Call, Handler, Script};
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), tlgen_runtime::EncodeError> {
/// let script = Script::new()
///     .then(&GetContacts { hash: 0 }, Ok(Contacts::NotModified))?
///     .then(&GetContacts { hash: 1 }, Err(RpcError::new(420, "FLOOD_WAIT_3")))?;
/// assert_eq!(script.left(), ["contacts.getContacts", "contacts.getContacts"]);
///
/// // A server asks it like this.
/// let answer = script.answer(&Call::new(GetContacts { hash: 0 }.to_bytes()?)).expect("a call is left");
/// assert_eq!(answer.await, Ok(Contacts::NotModified.to_bytes()?));
/// assert_eq!(script.left(), ["contacts.getContacts"]);
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Script(Arc<Mutex<VecDeque<Step>>>);

#[derive(Debug)]
struct Step {
    name: &'static str,
    request: Vec<u8>,
    answer: Answer,
}

impl Script {
    /// Nothing is expected.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// After what was expected so far, expects exactly `request`.
    ///
    /// # Errors
    /// When the request or the answer has no encoding.
    pub fn then<F>(self, request: &F, answer: Result<F::Return, RpcError>) -> Result<Self, EncodeError>
    where
        F: Function<Return: Encode>,
    {
        let answer = match answer {
            Ok(answer) => Ok(answer.to_bytes()?),
            Err(error) => encoded::<F::Return>(Err(error)),
        };
        let step = Step { name: F::NAME, request: request.to_bytes()?, answer };
        self.steps().push_back(step);
        Ok(self)
    }

    /// The names of the functions that were not called yet.
    #[must_use]
    pub fn left(&self) -> Vec<&'static str> {
        self.steps().iter().map(|step| step.name).collect()
    }

    fn steps(&self) -> MutexGuard<'_, VecDeque<Step>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Handler for Script {
    fn answer(&self, call: &Call) -> Option<AnswerFuture> {
        let mut steps = self.steps();
        let expected = steps.front()?;
        if expected.request == call.body {
            return steps.pop_front().map(|step| at_once(step.answer));
        }
        let name = expected.name.to_uppercase().replace('.', "_");
        Some(at_once(Err(RpcError::new(400, format!("SCRIPT_EXPECTS_{name}")))))
    }
}
