//! Who answers calls.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tl_generated::mtproto::{constructors as c, functions as f, types as t};
use tl_generated::telegram_228::{functions, types};
use tlgen_dynamic::{Codec, DecodeOptions};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::source::Sources;
use tlgen_runtime::rpc::RpcError;
use tlgen_runtime::{Combinator, Encode};
use tlgen_testserver::{AnswerFuture, Call, Handler, Random, Script, TestServer};
use tokio::sync::Semaphore;

use crate::client::{Client, KEY, object};

type GetContacts = functions::contacts::GetContacts;
type Contacts = types::contacts::Contacts;

pub(crate) fn schema() -> Valid<Schema> {
    let mut sources = Sources::new();
    let text = include_str!("../../../schema/telegram-228.tl");
    let file = sources.add("telegram-228.tl", text);
    tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap()
}

#[tokio::test]
async fn handlers_are_asked_in_turn() {
    #[derive(Clone)]
    struct Echo;
    impl tower_service::Service<Call> for Echo {
        type Response = Vec<u8>;
        type Error = RpcError;
        type Future = std::future::Ready<Result<Vec<u8>, RpcError>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), RpcError>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, call: Call) -> Self::Future {
            std::future::ready(Err(RpcError::new(call.layer.unwrap_or(0), format!("{:08x}", call.id()))))
        }
    }
    let server = TestServer::builder()
        .auth_key(KEY)
        .on_async(|_: GetContacts| async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Ok(Contacts::NotModified)
        })
        .service(Echo)
        .start();
    let server = server.await.unwrap();
    let mut client = Client::ready(&server, "full", 1).await;
    assert_eq!(client.call(&GetContacts { hash: 0 }).await, Ok(Contacts::NotModified));
    let other = functions::contacts::GetTopPeers::new(0, 1, 0);
    assert_eq!(client.call(&other).await, Err((0, format!("{:08x}", functions::contacts::GetTopPeers::ID))));
}

#[tokio::test]
async fn what_nobody_answers_is_an_error() {
    let server = TestServer::builder().auth_key(KEY).on(|_: GetContacts| panic!("on purpose")).start().await.unwrap();
    let mut client = Client::ready(&server, "full", 1).await;
    let unknown = client.call(&functions::contacts::GetTopPeers::new(0, 1, 0)).await;
    let id = functions::contacts::GetTopPeers::ID;
    assert_eq!(unknown, Err((400, format!("INPUT_METHOD_INVALID_{id}_0"))));
    assert_eq!(client.call(&GetContacts { hash: 0 }).await, Err((500, "HANDLER_PANICKED".into())));
    let broken = [&GetContacts::ID.to_le_bytes()[..], &[0; 4]].concat();
    let (id, seqno) = (client.next_id(), client.next_seqno(true));
    client.send_as(id, seqno, &broken).await;
    assert_eq!(client.answer(id).await, Err((400, "INPUT_FETCH_ERROR".into())));
    assert_eq!(server.report().panics, 1);
}

#[tokio::test]
async fn a_script_is_followed() {
    let script = Script::new()
        .then(&GetContacts { hash: 0 }, Ok(Contacts::NotModified))
        .and_then(|script| script.then(&GetContacts { hash: 1 }, Err(RpcError::new(420, "FLOOD_WAIT_3"))))
        .unwrap();
    let server = TestServer::builder().auth_key(KEY).handler(script.clone()).start().await.unwrap();
    let mut client = Client::ready(&server, "full", 1).await;
    assert_eq!(client.call(&GetContacts { hash: 0 }).await, Ok(Contacts::NotModified));
    let wrong = client.call(&GetContacts { hash: 0 }).await;
    assert_eq!(wrong, Err((400, "SCRIPT_EXPECTS_CONTACTS_GETCONTACTS".into())));
    assert_eq!(script.left(), ["contacts.getContacts"]);
    assert_eq!(client.call(&GetContacts { hash: 1 }).await, Err((420, "FLOOD_WAIT_3".into())));
    assert_eq!(script.left(), Vec::<&str>::new());
}

#[tokio::test]
async fn random_answers_follow_from_the_seed() {
    let schema = schema();
    let codec = Codec::new(&schema);
    let mut seen = Vec::new();
    for seed in [7, 7, 8] {
        let server = TestServer::builder().auth_key(KEY).handler(Random::new(schema.clone(), seed)).start();
        let server = server.await.unwrap();
        let mut client = Client::ready(&server, "full", 1).await;
        let mut answers = Vec::new();
        for hash in if seed == 7 { [1, 2, 3, 4, 5] } else { [5, 4, 3, 2, 1] } {
            let id = client.send(&GetContacts { hash }, true).await;
            let answer = client.answer(id).await.unwrap();
            codec.decode_boxed(&answer, &DecodeOptions::default()).unwrap();
            answers.push(answer);
        }
        seen.push(answers);
    }
    assert_eq!(seen[0], seen[1]);
    seen[2].reverse();
    assert_ne!(seen[0], seen[2]);
    let alone = Random::new(schema, 7);
    assert_eq!(alone.answer(&GetContacts { hash: 5 }.to_bytes().unwrap()).unwrap(), seen[0][4]);
}

/// Says what the client has said of itself.
struct Introduced;

impl Handler for Introduced {
    fn answer(&self, call: &Call) -> Option<AnswerFuture> {
        (call.id() == GetContacts::ID).then_some(())?;
        let client = call.client.clone()?;
        let error = RpcError::new(call.layer.unwrap_or(0), client.device_model.clone());
        Some(Box::pin(async move { Err(error) }))
    }
}

#[tokio::test]
async fn a_client_introduces_itself() {
    let server = TestServer::builder().auth_key(KEY).handler(Introduced).data_centre(4).start().await.unwrap();
    let mut client = Client::ready(&server, "full", 1).await;
    // help.getConfig#c4f9186b within initConnection#c1cd5ea9 within invokeWithLayer#da9b0d0d.
    let mut request = [0xda9b_0d0d_u32, 228, 0xc1cd_5ea9, 0, 6].map(u32::to_le_bytes).concat();
    for text in ["tester", "", "1", "en", "", "en"] {
        request.extend(text.to_bytes().unwrap());
    }
    request.extend(0xc4f9_186b_u32.to_le_bytes());
    let (id, seqno) = (client.next_id(), client.next_seqno(true));
    client.send_as(id, seqno, &request).await;
    let config = client.answer(id).await.unwrap();
    assert_eq!(config[..4], 0xcc1a_241e_u32.to_le_bytes());
    let address = b"\x09127.0.0.1\0\0";
    let found = config.windows(address.len()).position(|window| window == address).unwrap();
    assert_eq!(config[found - 4..found], 4i32.to_le_bytes());
    let port = i32::from(server.address().port());
    assert_eq!(config[found + 12..found + 16], port.to_le_bytes());
    assert_eq!(client.call(&GetContacts { hash: 0 }).await, Err((228, "tester".into())));
}

/// A call that waits for another one is answered after it, and not at all if that one fails or is unknown.
#[tokio::test]
async fn calls_wait_for_each_other() {
    let gate = Arc::new(Semaphore::new(0));
    let passed = Arc::clone(&gate);
    let server = TestServer::builder()
        .auth_key(KEY)
        .on_async(move |request: GetContacts| {
            let passed = Arc::clone(&passed);
            async move {
                match request.hash {
                    0 => Ok(Contacts::NotModified),
                    hash => {
                        passed.acquire().await.unwrap().forget();
                        if hash == 1 { Ok(Contacts::NotModified) } else { Err(RpcError::new(400, "HASH_INVALID")) }
                    }
                }
            }
        })
        .start();
    let server = server.await.unwrap();
    let mut client = Client::ready(&server, "full", 1).await;
    let after = |msg_id: i64| {
        let request = GetContacts { hash: 0 }.to_bytes().unwrap();
        [&0xcb9f_372d_u32.to_le_bytes()[..], &msg_id.to_le_bytes(), &request].concat()
    };
    for (hash, expected) in [(1, Ok(())), (2, Err((400, "MSG_WAIT_FAILED".to_owned())))] {
        let first = client.send(&GetContacts { hash }, true).await;
        let (second, seqno) = (client.next_id(), client.next_seqno(true));
        client.send_as(second, seqno, &after(first)).await;
        // Both have come and neither is answered.
        client.send(&c::MsgsStateReq { msg_ids: vec![first, second] }, true).await;
        assert_eq!(client.receive_one::<c::MsgsStateInfo>().await.info, [36, 36]);
        gate.add_permits(1);
        assert_eq!(client.answer(first).await.is_ok(), hash == 1);
        assert_eq!(client.answer(second).await.map(drop), expected);
    }
    let (alone, seqno) = (client.next_id(), client.next_seqno(true));
    client.send_as(alone, seqno, &after(12)).await;
    assert_eq!(client.answer(alone).await, Err((400, "MSG_WAIT_FAILED".into())));

    // An answer that is not wanted does not come.
    let first = client.send(&GetContacts { hash: 1 }, true).await;
    let dropping = client.send(&f::RpcDropAnswer { req_msg_id: first }, true).await;
    let result: c::RpcResult = client.receive_one().await;
    gate.add_permits(1);
    assert_eq!(result.req_msg_id, dropping);
    assert_eq!(result.result, object(&t::RpcDropAnswer::RpcAnswerDroppedRunning));
    let last = client.send(&GetContacts { hash: 0 }, true).await;
    assert_eq!(client.receive_one::<c::RpcResult>().await.req_msg_id, last);
}
