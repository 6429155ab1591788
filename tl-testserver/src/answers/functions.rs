//! Functions of generated code, each answered by a closure.

use std::collections::BTreeMap;
use std::sync::Arc;

use tlgen_runtime::rpc::RpcError;
use tlgen_runtime::{DecodeOwned, Encode, Function};

use super::{AnswerFuture, Handler, at_once};
use crate::call::{Call, broken, encoded};

type Closure = Box<dyn Fn(&Call) -> AnswerFuture + Send + Sync>;

/// Closures by the ids of functions.
#[derive(Default)]
pub(crate) struct Functions(BTreeMap<u32, Closure>);

impl Functions {
    /// Answers the function `F` by `answer`.
    pub(crate) fn add<F, R>(&mut self, answer: impl Fn(F) -> R + Send + Sync + 'static)
    where
        F: Function<Return: Encode> + DecodeOwned,
        R: Future<Output = Result<F::Return, RpcError>> + Send + 'static,
    {
        let answer = Arc::new(answer);
        let closure = move |call: &Call| match call.decode::<F>() {
            Ok(request) => {
                let answer = answer(request);
                Box::pin(async move { encoded(answer.await) }) as AnswerFuture
            }
            Err(_) => at_once(Err(broken())),
        };
        self.0.insert(F::ID, Box::new(closure));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Handler for Functions {
    fn answer(&self, call: &Call) -> Option<AnswerFuture> {
        self.0.get(&call.id()).map(|closure| closure(call))
    }
}
