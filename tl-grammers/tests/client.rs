//! The real client and pool of grammers against a server in the same process.

#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicU32, Ordering};

use grammers_client::tl;
use tl_generated::telegram_228::calls::Calls;
use tl_generated::telegram_228::errors::{Error, KNOWN};
use tl_generated::telegram_228::functions::contacts::{GetContacts, GetTopPeers};
use tl_generated::telegram_228::types::contacts::{Contacts, TopPeers};
use tlgen_grammers::{ClientTransport, PoolTransport, Request};
use tlgen_runtime::rpc::{InvokeAsync, InvokeError, KnownError, RpcError};
use tlgen_testserver::{AnswerFuture, Call, Handler, Report, TestServer};

#[path = "common/connect.rs"]
mod connect;

use connect::{KEY, connect};

/// Errors with a layer that is not the one of the call, as texts.
struct Layers;

impl Handler for Layers {
    fn answer(&self, call: &Call) -> Option<AnswerFuture> {
        let layer = call.layer.unwrap_or(0);
        // `contacts.getTopPeers` is not answered otherwise.
        Some(Box::pin(async move { Err(RpcError::new(400, format!("LAYER_IS_{layer}"))) }))
    }
}

async fn server() -> TestServer {
    let waits = AtomicU32::new(0);
    let builder = TestServer::builder().auth_key(KEY).on(move |request: GetContacts| match request.hash {
        0 => Ok(Contacts::NotModified),
        1 => Err(RpcError::new(400, "FILE_PART_3_MISSING")),
        2 => Err(RpcError::new(420, "FLOOD_WAIT_31")),
        // Once too early, then not.
        3 if waits.fetch_add(1, Ordering::Relaxed) == 0 => Err(RpcError::new(420, "FLOOD_WAIT_1")),
        _ => Ok(Contacts::NotModified),
    });
    // `help.getConfig` is left to the server itself.
    struct But<H>(H);
    impl<H: Handler> Handler for But<H> {
        fn answer(&self, call: &Call) -> Option<AnswerFuture> {
            if call.id() == 0xc4f9_186b { None } else { self.0.answer(call) }
        }
    }
    builder.handler(But(Layers)).start().await.unwrap()
}

fn rpc<T: std::fmt::Debug, E: std::fmt::Debug>(result: Result<T, InvokeError<E>>) -> RpcError {
    match result {
        Err(InvokeError::Rpc(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn bytes_through_the_pool() {
    let server = server().await;
    let (pool, _client) = connect(&server);
    let telegram = PoolTransport::new(pool, 2).with_errors(KNOWN);
    assert_eq!(telegram.contacts().get_contacts(0).await.unwrap(), Contacts::NotModified);
    let error = rpc(telegram.invoke(&GetContacts { hash: 2 }).await);
    assert_eq!((error.code, error.text.as_str()), (420, "FLOOD_WAIT_31"));
    assert_eq!(Error::from(error), Error::FloodWait { seconds: 31 });
    assert_eq!(Error::from_parts(420, "FLOOD_WAIT", Some(31)), Error::FloodWait { seconds: 31 });
    let own = rpc(telegram.invoke(&GetTopPeers::new(0, 1, 0)).await);
    assert_eq!(own.text, format!("LAYER_IS_{}", tl::LAYER));
    let at_layer = telegram.clone().at_layer(228);
    assert_eq!(rpc(at_layer.invoke(&GetTopPeers::new(0, 1, 0)).await).text, "LAYER_IS_228");
    done(server).await;
}

/// A number in the middle of a text is put back there by a table that has the error.
#[tokio::test]
async fn numbers_are_put_back() {
    const TABLE: &[KnownError] = &[KnownError::new(&[400], "FILE_PART_X_MISSING")];
    let server = server().await;
    let (pool, _client) = connect(&server);
    let without = PoolTransport::new(pool, 2);
    assert_eq!(rpc(without.invoke(&GetContacts { hash: 1 }).await).text, "FILE_PART_MISSING_3");
    let with = without.with_errors(TABLE);
    assert_eq!(rpc(with.invoke(&GetContacts { hash: 1 }).await).text, "FILE_PART_3_MISSING");
    done(server).await;
}

/// What the client retries is retried, and what comes then is typed.
#[tokio::test]
async fn methods_through_the_client() {
    let server = server().await;
    let (_pool, client) = connect(&server);
    let telegram = ClientTransport::new(client).at_layer(228).with_errors(KNOWN);
    assert_eq!(telegram.contacts().get_contacts(3).await.unwrap(), Contacts::NotModified);
    assert_eq!(server.report().calls, 3, "the configuration, the refused call, and the call once more");
    assert_eq!(rpc(telegram.invoke(&GetTopPeers::new(0, 1, 0)).await).text, "LAYER_IS_228");
    let elsewhere = telegram.clone().in_dc(77).contacts().get_contacts(0).await;
    assert!(matches!(elsewhere, Err(InvokeError::Transport(_))), "{elsewhere:?}");
    done(server).await;
}

#[tokio::test]
async fn one_request_through_invoke() {
    let server = server().await;
    let (_pool, client) = connect(&server);
    let answer = client.invoke(&Request::new(&GetContacts { hash: 0 }).unwrap().at_layer(228)).await.unwrap();
    assert_eq!(answer.value(), Ok(Contacts::NotModified));
    // The answer to another request is not taken for one of this.
    let wrong = client.invoke(&Request::<Wrong>::new(&Wrong).unwrap()).await.unwrap();
    assert!(wrong.value().is_err());
    done(server).await;
}

/// `contacts.getContacts`, with a wrong idea of what it returns.
struct Wrong;

impl tlgen_runtime::Combinator for Wrong {
    const ID: u32 = 0x5dd6_9e12;
    const NAME: &'static str = "contacts.getContacts";
}

impl tlgen_runtime::EncodeBare for Wrong {
    fn encode_bare(&self, w: &mut tlgen_runtime::Writer) {
        w.put(&0i64);
    }
}

impl tlgen_runtime::Function for Wrong {
    type Return = TopPeers;
}

async fn done(server: TestServer) {
    let Report { panics, .. } = server.shutdown().await;
    assert_eq!(panics, 0);
}
