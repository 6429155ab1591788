//! Clients that do everything wrong, and many clients at once.

use tl_generated::mtproto::{constructors as c, functions as f};
use tl_generated::telegram_228::{functions::contacts::GetContacts, types::contacts::Contacts};
use tlgen_runtime::Encode;
use tlgen_testserver::{CloseReason, EnvelopeError, HandshakeError, Report, TestServer, TransportError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::client::{Client, KEY, object};

async fn server() -> TestServer {
    TestServer::builder().auth_key(KEY).on(|_: GetContacts| Ok(Contacts::NotModified)).start().await.unwrap()
}

fn reasons(report: &Report) -> Vec<CloseReason> {
    report.closed.iter().map(|closed| closed.reason.clone()).collect()
}

/// Sends bytes, and says what the server sends until it closes the connection.
async fn sent(server: &TestServer, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    // The server may close before all is written.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    answer
}

#[tokio::test]
async fn each_fault_has_its_reason() {
    let server = server().await;
    let plain = |body: &[u8]| [&[0; 16][..], &(body.len() as u32).to_le_bytes(), body].concat();
    let framed = |payload: &[u8]| [b"\xee\xee\xee\xee", &(payload.len() as u32).to_le_bytes()[..], payload].concat();
    let not_found = [&4u32.to_le_bytes()[..], &(-404i32).to_le_bytes()].concat();
    for (bytes, answer, reason) in [
        (vec![], vec![], CloseReason::EndedWithinFrame),
        (b"\xef".to_vec(), vec![], CloseReason::Ended),
        (framed(&plain(&[1; 20]))[..30].to_vec(), vec![], CloseReason::EndedWithinFrame),
        (b"POST /api".to_vec(), vec![], CloseReason::Transport(TransportError::OtherProtocol)),
        (vec![7; 64], vec![], CloseReason::Transport(TransportError::Unknown)),
        (
            framed(&[9; 44]),
            not_found.clone(),
            CloseReason::Envelope(EnvelopeError::UnknownKey { id: 0x0909_0909_0909_0909 }),
        ),
        (framed(&[0; 8]), not_found.clone(), CloseReason::Envelope(EnvelopeError::Length)),
        (
            framed(&[&plain(&[1; 20])[..], &[0; 4]].concat()),
            not_found.clone(),
            CloseReason::Envelope(EnvelopeError::Length),
        ),
    ] {
        assert_eq!(sent(&server, &bytes).await, answer, "{bytes:?}");
        assert_eq!(server.report().closed.last().unwrap().reason, reason, "{bytes:?}");
    }
    assert_eq!(sent(&server, &framed(&plain(&[1; 20]))).await, not_found);
    let last = server.shutdown().await;
    assert!(matches!(last.closed.last().unwrap().reason, CloseReason::Handshake(HandshakeError::Request(_))));
    assert_eq!((last.open, last.panics, last.keys, last.sessions), (0, 0, 1, 0));
}

#[tokio::test]
async fn messages_under_wrong_keys_and_broken_ones() {
    let server = server().await;
    let body = GetContacts { hash: 0 }.to_bytes().unwrap();
    let mut wrong = Client::ready(&server, "full", 1).await;
    // The id of the right key over bytes that another one has encrypted.
    let right = wrong.seal(4, 1, &body);
    wrong.key = grammers_crypto::AuthKey::from_bytes([3; 256]);
    let other = wrong.seal(4, 1, &body);
    wrong.send_payload(&[&right[..8], &other[8..]].concat()).await;
    assert_eq!(wrong.receive_payload().await, Some(Err(404)));
    assert_eq!(wrong.receive_payload().await, None);

    let mut packed = Client::ready(&server, "full", 2).await;
    packed.send(&c::GzipPacked { packed_data: vec![1, 2, 3] }, true).await;
    assert_eq!(packed.receive_payload().await, Some(Err(404)));
    let mut nested = Client::ready(&server, "full", 3).await;
    nested.send(&gzip(&gzip(&body)), true).await;
    assert_eq!(nested.receive_payload().await, Some(Err(404)));
    let mut bomb = Client::ready(&server, "full", 4).await;
    bomb.send(&gzip_bytes(&vec![0; 20 << 20]), true).await;
    assert_eq!(bomb.receive_payload().await, Some(Err(404)));
    let mut service = Client::ready(&server, "full", 5).await;
    let half = tlgen_runtime::Object::try_from(object(&f::Ping { ping_id: 1 }).as_bytes()[..8].to_vec()).unwrap();
    service.send(&half, true).await;
    assert_eq!(service.receive_payload().await, Some(Err(404)));

    let found = reasons(&server.shutdown().await);
    let envelope = |error| CloseReason::Envelope(error);
    assert_eq!(found[0], envelope(EnvelopeError::MessageKey));
    assert_eq!(found[1], envelope(EnvelopeError::Packed));
    assert_eq!(found[2], envelope(EnvelopeError::Nested));
    assert_eq!(found[3], envelope(EnvelopeError::Packed));
    assert!(matches!(found[4], CloseReason::Envelope(EnvelopeError::Service(_))), "{found:?}");
}

fn gzip_bytes(bytes: &[u8]) -> c::GzipPacked {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut encoder, bytes).unwrap();
    c::GzipPacked { packed_data: encoder.finish().unwrap() }
}

fn gzip(value: &impl Encode) -> c::GzipPacked {
    gzip_bytes(&value.to_bytes().unwrap())
}

/// A small generator, so that a failure comes again.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        })
        .collect()
}

/// Noise after the mark of each transport, noise alone, and valid frames with one byte changed.
#[tokio::test]
async fn noise_panics_nothing() {
    let server = server().await;
    let marks: [&[u8]; 5] = [b"", b"\xef", b"\xee\xee\xee\xee", b"\xdd\xdd\xdd\xdd", b"\x40\0\0\0\0\0\0\0"];
    for seed in 0..200 {
        let mark = marks[seed as usize % marks.len()];
        sent(&server, &[mark, &noise(seed, 10 + seed as usize * 7)].concat()).await;
    }
    let mut client = Client::connect(&server, "abridged", 9).await;
    let (id, seqno) = (client.next_id(), client.next_seqno(true));
    let payload = client.seal(id, seqno, &GetContacts { hash: 0 }.to_bytes().unwrap());
    let frame = client.frame(&payload);
    for at in (0..frame.len()).step_by(3) {
        let mut changed = frame.clone();
        changed[at] ^= 1 << (at % 8);
        sent(&server, &changed).await;
    }
    let report = server.shutdown().await;
    assert_eq!((report.open, report.panics, report.keys), (0, 0, 1));
    assert_eq!(report.closed.len() as u64, report.connections);
}

/// 200 connections with 50 calls each, some of which are sent twice, late or in halves.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_clients_at_once() {
    const CONNECTIONS: i64 = 200;
    const CALLS: usize = 50;
    let server = std::sync::Arc::new(server().await);
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..CONNECTIONS {
        let server = std::sync::Arc::clone(&server);
        tasks.spawn(async move {
            let names = ["abridged", "intermediate", "full", "obfuscated abridged", "obfuscated intermediate"];
            let name = names[number as usize % names.len()];
            let mut client = Client::ready(&server, name, number).await;
            let body = GetContacts { hash: 0 }.to_bytes().unwrap();
            for round in 0..CALLS / 10 {
                let mut messages: Vec<(i64, i32)> =
                    (0..10).map(|_| (client.next_id(), client.next_seqno(true))).collect();
                if round % 2 == 1 {
                    messages.reverse();
                }
                for (i, (id, seqno)) in messages.iter().enumerate() {
                    let payload = client.seal(*id, *seqno, &body);
                    let frame = client.frame(&payload);
                    let (first, second) = frame.split_at(if i % 3 == 0 { 17 } else { frame.len() });
                    client.write(first).await;
                    tokio::task::yield_now().await;
                    client.write(second).await;
                    if i == 4 && !name.contains("full") {
                        client.send_payload(&payload).await;
                    }
                }
                let mut answered = Vec::new();
                while answered.len() < messages.len() {
                    let result: c::RpcResult = client.receive_one().await;
                    answered.push(result.req_msg_id);
                }
                answered.sort_unstable();
                messages.sort_unstable();
                assert!(answered.iter().eq(messages.iter().map(|(id, _)| id)));
                client.send(&c::MsgsAck { msg_ids: vec![0] }, false).await;
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let server = std::sync::Arc::into_inner(server).unwrap();
    let report = server.shutdown().await;
    assert_eq!((report.connections, report.open, report.panics), (CONNECTIONS as u64, 0, 0));
    assert_eq!(report.calls, CONNECTIONS as u64 * CALLS as u64);
    assert!(reasons(&report).iter().all(|reason| matches!(reason, CloseReason::Ended | CloseReason::Shutdown)));
    // One key and one session for each client are what is left, however much was sent.
    assert_eq!((report.keys, report.sessions), (1, CONNECTIONS as usize));
}

/// What the connections of a session leave behind is their lines in the report, however many calls they made and however they ended.
#[test]
fn connections_leave_nothing_behind() {
    const CONNECTIONS: u64 = 20;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = runtime.block_on(server());
    let mut sent = 0;
    let mut round = || {
        runtime.block_on(async {
            for number in 0..CONNECTIONS {
                let mut client = Client::again(&server, "intermediate", 7, sent).await;
                sent += 100;
                for _ in 0..20 {
                    client.call(&GetContacts { hash: 0 }).await.unwrap();
                }
                if number % 2 == 0 {
                    client.send_payload(&noise(number, 64)).await;
                }
            }
            while server.report().open > 0 {
                tokio::task::yield_now().await;
            }
        });
    };
    // Until the session remembers as many messages as it ever does.
    (0..4).for_each(|_| round());
    let grown: Vec<i64> = (0..3).map(|_| allocation_counter::measure(&mut round).bytes_current).collect();
    println!("{grown:?} bytes are left of rounds of {CONNECTIONS} connections");
    // 1,200 calls; a doubled log of the 60 connections is some 10 KB.
    assert!(grown.iter().sum::<i64>() < 16 * 1024, "{grown:?} bytes are left of the rounds");
    let report = runtime.block_on(server.shutdown());
    assert_eq!((report.connections, report.calls), (7 * CONNECTIONS, 7 * CONNECTIONS * 20));
    assert_eq!((report.open, report.panics, report.sessions), (0, 0, 1));
}
