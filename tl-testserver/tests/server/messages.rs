//! What the server does with the messages of MTProto itself.

use crate::client::{Client, KEY, object};
use tl_generated::mtproto::{constructors as c, functions as f, types};
use tl_generated::telegram_228::functions::contacts::GetContacts;
use tl_generated::telegram_228::types::contacts::Contacts;
use tlgen_runtime::Encode;
use tlgen_runtime::rpc::RpcError;
use tlgen_testserver::{CloseReason, EnvelopeError, TestServer};

async fn server() -> TestServer {
    let answer = |request: GetContacts| match request.hash {
        0 => Ok(Contacts::NotModified),
        _ => Err(RpcError::new(400, "HASH_INVALID")),
    };
    TestServer::builder().auth_key(KEY).on(answer).start().await.unwrap()
}

async fn bad(client: &mut Client) -> (i64, i32) {
    match client.receive_one().await {
        types::BadMsgNotification::BadMsgNotification(bad) => (bad.bad_msg_id, bad.error_code),
        types::BadMsgNotification::BadServerSalt(bad) => (bad.bad_msg_id, bad.error_code),
    }
}

#[tokio::test]
async fn a_session_begins_with_the_right_salt() {
    let server = server().await;
    let mut client = Client::connect(&server, "abridged", 5).await;
    let first = client.send(&f::Ping { ping_id: 3 }, true).await;
    let wrong: c::BadServerSalt = client.receive_one().await;
    assert_eq!((wrong.bad_msg_id, wrong.error_code), (first, 48));
    client.salt = wrong.new_server_salt;
    let second = client.send(&f::Ping { ping_id: 4 }, true).await;
    let messages = client.receive().await.unwrap();
    let created: c::NewSessionCreated = messages[0].body.decode().unwrap();
    assert_eq!((created.first_msg_id, created.server_salt), (second, client.salt));
    assert_eq!(messages[1].body.decode(), Ok(c::Pong { msg_id: second, ping_id: 4 }));
    assert_eq!(messages.iter().map(|message| message.seqno).collect::<Vec<_>>(), [1, 2]);
    server.change_salts().unwrap();
    let third = client.send(&f::Ping { ping_id: 5 }, true).await;
    assert_eq!(bad(&mut client).await, (third, 48));
}

#[tokio::test]
async fn calls_in_containers_and_packed() {
    let server = server().await;
    let transports = ["abridged", "intermediate", "full", "obfuscated abridged", "obfuscated intermediate"];
    for (session, transport) in (100..).zip(transports) {
        let mut client = Client::ready(&server, transport, session).await;
        assert_eq!(client.call(&GetContacts { hash: 0 }).await, Ok(Contacts::NotModified));
        let error = client.call(&GetContacts { hash: 1 }).await.unwrap_err();
        assert_eq!(error, (400, "HASH_INVALID".to_owned()));

        let request = GetContacts { hash: 0 }.to_bytes().unwrap();
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut encoder, &request).unwrap();
        let packed = c::GzipPacked { packed_data: encoder.finish().unwrap() };
        let ids = [client.next_id(), client.next_id(), client.next_id()];
        let container = c::MsgContainer {
            messages: vec![
                c::Message::new(ids[0], client.next_seqno(true), object(&GetContacts { hash: 0 })),
                c::Message::new(ids[1], client.next_seqno(true), object(&packed)),
                c::Message::new(ids[2], client.next_seqno(false), object(&c::MsgsAck { msg_ids: vec![1] })),
            ],
        };
        client.send(&container, false).await;
        let mut answered = Vec::new();
        while answered.len() < 2 {
            let result: c::RpcResult = client.receive_one().await;
            assert_eq!(result.result.decode(), Ok(Contacts::NotModified));
            answered.push(result.req_msg_id);
        }
        answered.sort_unstable();
        assert_eq!(answered, ids[..2]);
    }
    let report = server.shutdown().await;
    assert_eq!((report.connections, report.open, report.calls), (5, 0, 20));
}

#[tokio::test]
async fn wrong_ids_and_numbers_are_told() {
    let server = server().await;
    let mut client = Client::ready(&server, "full", 7).await;
    let ping = f::Ping { ping_id: 1 }.to_bytes().unwrap();
    let call = GetContacts { hash: 0 }.to_bytes().unwrap();
    let ack = c::MsgsAck { msg_ids: vec![] }.to_bytes().unwrap();
    for (shift, seqno, body, code) in [
        (-(400i64 << 32), 101, &ping, 16),
        (60 << 32, 101, &ping, 17),
        (2, 101, &ping, 18),
        (0, 0, &call, 35),
        (0, 101, &ack, 34),
        (0, 1, &ping, 32),
    ] {
        let id = client.next_id() + shift;
        client.send_as(id, seqno, body).await;
        assert_eq!(bad(&mut client).await, (id, code));
    }
    let nested = c::MsgContainer {
        messages: vec![c::Message::new(client.next_id(), 50, object(&c::MsgContainer { messages: vec![] }))],
    };
    let id = client.send(&nested, false).await;
    assert_eq!(bad(&mut client).await, (id, 64));
}

#[tokio::test]
async fn nothing_is_done_twice() {
    let server = server().await;
    let mut client = Client::ready(&server, "intermediate", 8).await;
    let (id, seqno) = (client.next_id(), client.next_seqno(true));
    let payload = client.seal(id, seqno, &GetContacts { hash: 0 }.to_bytes().unwrap());
    client.send_payload(&payload).await;
    client.answer(id).await.unwrap();
    // On the same connection, and on another one.
    client.send_payload(&payload).await;
    let types::MsgDetailedInfo::MsgDetailedInfo(info) = client.receive_one().await else { panic!() };
    assert_eq!((info.msg_id, info.bytes), (id, 16));
    let mut other = Client::connect(&server, "abridged", 8).await;
    other.send_payload(&payload).await;
    let types::MsgDetailedInfo::MsgDetailedInfo(again) = other.receive_one().await else { panic!() };
    assert_eq!(again, info);
    assert_eq!(server.report().calls, 1);

    // The answer itself can be had again until it is confirmed.
    client.send(&types::MsgResendReq::MsgResendReq(c::MsgResendReq { msg_ids: vec![info.answer_msg_id] }), true).await;
    assert_eq!(client.receive_one::<c::RpcResult>().await.req_msg_id, id);
    client.send(&types::MsgResendReq::MsgResendAnsReq(c::MsgResendAnsReq { msg_ids: vec![id] }), true).await;
    assert_eq!(client.receive_one::<c::RpcResult>().await.req_msg_id, id);
    client.send(&c::MsgsAck { msg_ids: vec![info.answer_msg_id] }, false).await;
    client.send(&types::MsgResendReq::MsgResendAnsReq(c::MsgResendAnsReq { msg_ids: vec![id] }), true).await;
    assert_eq!(client.receive_one::<c::MsgsStateInfo>().await.info, [4 | 64]);
    client.send(&c::MsgsStateReq { msg_ids: vec![id, id + 4, 0] }, true).await;
    assert_eq!(client.receive_one::<c::MsgsStateInfo>().await.info, [4 | 64, 2, 2]);
}

#[tokio::test]
async fn late_messages_are_taken() {
    let server = server().await;
    let mut client = Client::ready(&server, "intermediate", 9).await;
    let body = GetContacts { hash: 0 }.to_bytes().unwrap();
    let messages: Vec<(i64, i32)> = (0..5).map(|_| (client.next_id(), client.next_seqno(true))).collect();
    for (id, seqno) in messages.iter().rev() {
        client.send_as(*id, *seqno, &body).await;
        client.answer(*id).await.unwrap();
    }
}

#[tokio::test]
async fn salts_sessions_and_keys() {
    let server = server().await;
    let mut client = Client::ready(&server, "intermediate", 10).await;
    let mut other = Client::ready(&server, "intermediate", 20).await;
    let id = client.send(&f::GetFutureSalts { num: 3 }, true).await;
    let salts: c::FutureSalts = client.receive_one().await;
    assert_eq!((salts.req_msg_id, salts.salts.len(), salts.salts[0].salt), (id, 3, client.salt));
    assert_eq!(server.report().sessions, 2);
    let none = |session_id| types::DestroySessionRes::DestroySessionNone(c::DestroySessionNone { session_id });
    for (session_id, expected) in [
        (20, types::DestroySessionRes::DestroySessionOk(c::DestroySessionOk { session_id: 20 })),
        (20, none(20)),
        (10, none(10)),
    ] {
        client.send(&f::DestroySession { session_id }, true).await;
        assert_eq!(client.receive_one::<types::DestroySessionRes>().await, expected);
    }
    // It begins anew.
    other.send(&f::Ping { ping_id: 1 }, true).await;
    other.receive_one::<c::NewSessionCreated>().await;
    client.send(&f::DestroyAuthKey, true).await;
    assert_eq!(client.receive_one::<types::DestroyAuthKeyRes>().await, types::DestroyAuthKeyRes::DestroyAuthKeyOk);
    assert!(client.receive().await.is_none());
    other.send(&f::Ping { ping_id: 1 }, true).await;
    assert_eq!(other.receive_payload().await, Some(Err(404)));
    let report = server.shutdown().await;
    assert_eq!((report.keys, report.sessions), (0, 0));
    let reasons: Vec<CloseReason> = report.closed.into_iter().map(|closed| closed.reason).collect();
    assert_eq!(reasons[0], CloseReason::KeyDestroyed);
    assert!(matches!(reasons[1], CloseReason::Envelope(EnvelopeError::UnknownKey { .. })), "{reasons:?}");
}

#[tokio::test]
async fn a_client_that_says_when_it_is_gone_is_gone() {
    let server = server().await;
    let mut client = Client::ready(&server, "intermediate", 11).await;
    client.send(&f::PingDelayDisconnect { ping_id: 9, disconnect_delay: 0 }, true).await;
    assert_eq!(client.receive_one::<c::Pong>().await.ping_id, 9);
    assert!(client.receive().await.is_none());
    assert_eq!(server.shutdown().await.closed[0].reason, CloseReason::Silent);
}
