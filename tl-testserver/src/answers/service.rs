//! A tower service as a handler.

use std::future::poll_fn;

use tlgen_runtime::rpc::RpcError;
use tower_service::Service;

use super::{AnswerFuture, Handler};
use crate::call::Call;

/// Gives each call to its own clone of a service.
pub(crate) struct ServiceHandler<S>(pub(crate) S);

impl<S> Handler for ServiceHandler<S>
where
    S: Service<Call, Response = Vec<u8>, Error = RpcError, Future: Send> + Clone + Send + Sync + 'static,
{
    fn answer(&self, call: &Call) -> Option<AnswerFuture> {
        let (mut service, call) = (self.0.clone(), call.clone());
        Some(Box::pin(async move {
            poll_fn(|context| service.poll_ready(context)).await?;
            service.call(call).await
        }))
    }
}
