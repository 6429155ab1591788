//! Sessions that are recorded: as calls that are played back, and as bytes that are a capture.

use std::time::Duration;

use tl_capture::{Link, Recording, packets, pcap};
use tl_generated::telegram_228::constructors;
use tl_generated::telegram_228::functions::contacts::{GetContacts, GetTopPeers};
use tl_generated::telegram_228::types::contacts::{Contacts, TopPeers};
use tlgen_dynamic::Codec;
use tlgen_parser::source::Sources;
use tlgen_runtime::Encode;
use tlgen_runtime::rpc::RpcError;
use tlgen_sniff::{Capture, Event, KeyLog, Outcome, Schemas, Sniffer};
use tlgen_testserver::{Builder, Playback, Recorder, SessionErrorKind, TestServer};

use crate::calls::schema;
use crate::client::{Client, KEY};

/// A server whose answers differ, of which one is long enough to be packed.
fn server() -> Builder {
    let calls = std::sync::atomic::AtomicI32::new(0);
    TestServer::builder().auth_key(KEY).on(|_: GetTopPeers| Err(RpcError::new(420, "FLOOD_WAIT_3"))).on(
        move |request: GetContacts| {
            let count = calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if request.hash == 1 {
                return Ok(Contacts::NotModified);
            }
            let contact = |user_id| constructors::Contact::new(user_id, false);
            let contacts = (0..200).map(contact).collect();
            Ok(constructors::contacts::Contacts::new(contacts, count, Vec::new()).into())
        },
    )
}

type Answers = Vec<Result<Vec<u8>, (i32, String)>>;

/// The answers to some calls, made on a transport.
async fn answers(server: &TestServer, transport: &str) -> Answers {
    let mut client = Client::ready(server, transport, 1).await;
    let mut answers = Vec::new();
    for hash in [0, 1, 0] {
        answers.push(client.call(&GetContacts { hash }).await.map(|value| value.to_bytes().unwrap()));
    }
    let top: Result<TopPeers, _> = client.call(&GetTopPeers::new(0, 1, 0)).await;
    answers.push(top.map(|value| value.to_bytes().unwrap()));
    answers
}

#[tokio::test]
async fn a_session_is_played_back() {
    let recorder = Recorder::new(schema());
    let recorded = server().record(&recorder).start().await.unwrap();
    let expected = answers(&recorded, "full").await;
    assert_eq!(expected[1], Ok(Contacts::NotModified.to_bytes().unwrap()));
    assert_ne!(expected[0], expected[2]);
    recorded.shutdown().await;

    let text = recorder.text();
    let second = r#"{"request":{"_":"contacts.getContacts","hash":"1"},"result":{"_":"contacts.contactsNotModified"}}"#;
    assert_eq!(text.lines().nth(1), Some(second));
    let last = r#""error":{"code":420,"message":"FLOOD_WAIT_3"}}"#;
    assert!(text.lines().nth(3).unwrap().ends_with(last), "{text}");

    let playback = Playback::parse(&schema(), &text).unwrap();
    let played = TestServer::builder().auth_key(KEY).handler(playback).start().await.unwrap();
    assert_eq!(answers(&played, "abridged").await, expected);
    // The last answer again, and nothing for what was not asked.
    let mut client = Client::ready(&played, "full", 2).await;
    let again = client.call(&GetContacts { hash: 0 }).await.map(|value| value.to_bytes().unwrap());
    assert_eq!(again, expected[2]);
    assert_eq!(client.call(&GetContacts { hash: 2 }).await.unwrap_err().0, 400);
}

/// What a client makes up for each request does not tell requests apart; all else does.
#[test]
fn random_ids_may_differ() {
    let mut sources = Sources::new();
    let text = "peer#01 id:long = Peer; ok#02 n:int = Ok; ---functions--- \
                send#03 flags:# to:Peer text:string random_id:long at:flags.0?int = Ok; \
                forward#04 ids:Vector<int> random_id:Vector<long> last:int = Ok;";
    let file = sources.add("api.tl", text);
    let schema = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap();
    let session = r#"
        {"request": {"_": "send", "to": {"_": "peer", "id": 1}, "text": "a", "random_id": "7"}, "result": {"_": "ok", "n": 1}}
        {"request": {"_": "send", "to": {"_": "peer", "id": 1}, "text": "a", "random_id": "8"}, "result": {"_": "ok", "n": 2}}
        {"request": {"_": "send", "to": {"_": "peer", "id": 1}, "text": "b", "random_id": "7", "at": 5}, "result": {"_": "ok", "n": 3}}
        {"request": {"_": "forward", "ids": [1, 2], "random_id": ["3", "4"], "last": 9}, "result": {"_": "ok", "n": 4}}
    "#;
    let playback = || Playback::parse(&schema, session).unwrap();
    let codec = Codec::new(&schema);
    let answer = |playback: &Playback, request: &str| {
        let object = codec.from_json_boxed(&serde_json::from_str(request).unwrap()).unwrap();
        playback.answer(&codec.encode_boxed(&object).unwrap()).map(|answer| answer.unwrap()[4])
    };
    let send_to = |playback: &Playback, id: i32, text: &str, random: i64, at: &str| {
        let request = format!(
            r#"{{"_": "send", "to": {{"_": "peer", "id": {id}}}, "text": "{text}", "random_id": "{random}"{at}}}"#
        );
        answer(playback, &request)
    };
    // Requests that were recorded have their own answers, others what is left, in the order of the session.
    for (randoms, answers) in
        [([-1, -2, -3], [1, 2, 2]), ([8, -1, -2], [2, 1, 2]), ([-1, 7, -2], [1, 1, 2]), ([-1, 8, 7], [1, 2, 1])]
    {
        let playback = playback();
        assert_eq!(randoms.map(|random| send_to(&playback, 1, "a", random, "")), answers.map(Some), "{randoms:?}");
    }
    let playback = playback();
    let send = |id: i32, text: &str, random: i64, at: &str| send_to(&playback, id, text, random, at);
    assert_eq!(send(1, "b", 1 << 40, r#", "at": 5"#), Some(3));
    for (id, text, at) in [(2, "a", ""), (1, "c", ""), (1, "b", ""), (1, "b", r#", "at": 6"#), (1, "a", r#", "at": 5"#)]
    {
        assert_eq!(send(id, text, 7, at), None, "{id} {text} {at}");
    }
    let forward = |ids: &str, random: &str, last: i32| {
        answer(&playback, &format!(r#"{{"_": "forward", "ids": {ids}, "random_id": {random}, "last": {last}}}"#))
    };
    assert_eq!(forward("[1, 2]", r#"["5", "6"]"#, 9), Some(4));
    assert_eq!(forward("[1, 3]", r#"["3", "4"]"#, 9), None);
    assert_eq!(forward("[1, 2]", r#"["3", "4"]"#, 8), None);
    assert_eq!(forward("[1, 2]", r#"["3"]"#, 9), None);
}

#[test]
fn sessions_that_are_wrong_say_where() {
    let kind = |text: &str| {
        let error = Playback::parse(&schema(), &format!("\n{text}")).unwrap_err();
        assert_eq!(error.line, 2);
        error.kind
    };
    assert!(matches!(kind("{"), SessionErrorKind::Json(_)));
    let request = r#""request": {"_": "contacts.getContacts", "hash": "0"}"#;
    assert!(matches!(kind(&format!("{{{request}, \"result\": 5}}")), SessionErrorKind::Value(_)));
    assert!(matches!(kind(&format!("{{{request}, \"result\": {{\"raw\": \"0\"}}}}")), SessionErrorKind::Raw));
    assert!(matches!(kind(&format!("{{{request}, \"error\": {{\"code\": 1}}}}")), SessionErrorKind::Error));
    assert!(matches!(kind(r#"{"request": {"raw": "00"}, "result": true}"#), SessionErrorKind::Function));
    // Lines without a request or an answer are something else.
    assert!(Playback::parse(&schema(), &format!("{{\"update\": 1}}\n{{{request}}}\n")).is_ok());
    let raw = Playback::parse(&schema(), r#"{"request": {"raw": "0aFF"}, "result": {"raw": ""}}"#).unwrap();
    assert_eq!(raw.answer(&[0x0a, 0xff]), Some(Ok(Vec::new())));
}

/// What a capture of the connection shows is what was called and answered, on each transport.
#[tokio::test]
async fn a_capture_shows_the_calls() {
    let schema = schema();
    let schemas = Schemas::new([(Some(228), &schema)]);
    for transport in ["abridged", "intermediate", "full", "obfuscated abridged", "obfuscated intermediate"] {
        let recording = Recording::default();
        let server = server().tap(recording.tap()).start().await.unwrap();
        let expected = answers(&server, transport).await;
        let address = server.address();
        let calls = server.shutdown().await.calls;

        let file = pcap(&packets(&recording.sent(), address), Link::Ethernet, Duration::from_secs(1_790_000_000));
        let mut sniffer = Sniffer::new(&schemas, KeyLog::parse(&KeyLog::line(2, &KEY)).unwrap());
        let mut capture = Capture::new(&file[..]).unwrap();
        while let Some(packet) = capture.next_packet().unwrap() {
            sniffer.packet(&packet);
        }
        sniffer.end();
        let mut found = Answers::new();
        while let Some(event) = sniffer.next_event() {
            assert!(!matches!(event, Event::Fault(_)), "{transport}: {event:?}");
            let Event::Call(call) = event else { continue };
            if let Outcome::Result(result) = &call.outcome {
                assert!(schemas.result(&call, result).is_ok());
            }
            found.push(match call.outcome {
                Outcome::Result(result) => Ok(result),
                Outcome::Error { code, message, .. } => Err((code, message)),
                other => panic!("{transport}: {other:?}"),
            });
        }
        assert_eq!((found.len() as u64, &found), (calls, &expected), "{transport}");
    }
}
