//! Layers of tower around calls, and calls around layers.

#![allow(clippy::unwrap_used)]

use std::convert::Infallible;
use std::future::{pending, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tl_generated::telegram_228::calls::Calls;
use tl_generated::telegram_228::functions::contacts::{GetContacts, GetStatuses};
use tl_generated::telegram_228::types::contacts::Contacts;
use tlgen_runtime::rpc::tower::{InvokeService, ServiceTransport};
use tlgen_runtime::rpc::{InvokeAsync, InvokeError, RpcError, Transport};
use tlgen_runtime::{Decode, Encode};
use tower::retry::Policy;
use tower::timeout::error::Elapsed;
use tower::{BoxError, ServiceBuilder, ServiceExt, service_fn};

/// Answers `contacts.getContacts` after this many errors, and never anything else.
#[derive(Default)]
struct Flaky {
    failures: u32,
    calls: AtomicU32,
}

impl Transport for Flaky {
    type Error = Infallible;
}

impl InvokeAsync for Flaky {
    async fn exchange(&self, request: Vec<u8>) -> Result<Vec<u8>, InvokeError<Infallible>> {
        if GetContacts::from_bytes(&request).is_err() {
            return pending().await;
        }
        if self.calls.fetch_add(1, Ordering::Relaxed) < self.failures {
            return Err(RpcError::new(500, "RPC_CALL_FAIL").into());
        }
        Ok(Contacts::NotModified.to_bytes()?)
    }
}

/// Tries again where the server asks for it.
#[derive(Clone)]
struct Again(u32);

impl<T> Policy<GetContacts, T, InvokeError<Infallible>> for Again {
    type Future = std::future::Ready<()>;

    fn retry(&mut self, _: &mut GetContacts, answer: &mut Result<T, InvokeError<Infallible>>) -> Option<Self::Future> {
        let again = matches!(answer, Err(InvokeError::Rpc(error)) if error.code == 500) && self.0 > 0;
        self.0 = self.0.saturating_sub(1);
        again.then(|| ready(()))
    }

    fn clone_request(&mut self, request: &GetContacts) -> Option<GetContacts> {
        Some(request.clone())
    }
}

#[tokio::test]
async fn calls_are_tried_again() {
    for (tries, is_answered) in [(2, true), (1, false)] {
        let caller = Arc::new(Flaky { failures: 2, ..Flaky::default() });
        let service = ServiceBuilder::new().retry(Again(tries)).service(InvokeService::new(caller));
        assert_eq!(service.oneshot(GetContacts { hash: 1 }).await.is_ok(), is_answered, "{tries}");
    }
}

#[tokio::test]
async fn calls_take_bounded_time() {
    let service = InvokeService::new(Arc::new(Flaky::default()));
    let service = ServiceBuilder::new().timeout(Duration::from_millis(20)).service(service);
    let error: BoxError = service.oneshot(GetStatuses).await.unwrap_err();
    assert!(error.is::<Elapsed>(), "{error}");
}

#[tokio::test]
async fn a_service_of_bytes_is_a_caller() {
    let wire = service_fn(|request: Vec<u8>| async move {
        if request.starts_with(&0x5dd6_9e12_u32.to_le_bytes()) {
            Contacts::NotModified.to_bytes().map_err(BoxError::from)
        } else {
            pending().await
        }
    });
    let wire = ServiceBuilder::new()
        .map_err(InvokeError::<BoxError>::Transport)
        .concurrency_limit(1)
        .timeout(Duration::from_millis(20))
        .service(wire);
    let client = ServiceTransport::new(wire);
    assert_eq!(client.contacts().get_contacts(0).await.unwrap(), Contacts::NotModified);
    let error = client.contacts().get_statuses().await.unwrap_err();
    assert!(matches!(&error, InvokeError::Transport(error) if error.is::<Elapsed>()), "{error:?}");
}
