//! What the client of grammers calls, seen from outside.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use tl_capture::{Link, Recording, packets, pcap};
use tl_generated::telegram_228::calls::Calls;
use tl_generated::telegram_228::functions::contacts::{GetContacts, GetTopPeers};
use tl_generated::telegram_228::types::contacts::Contacts;
use tlgen_grammers::{ClientTransport, PoolTransport};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::source::Sources;
use tlgen_runtime::rpc::{InvokeAsync, RpcError};
use tlgen_sniff::{Capture, Event, KeyLog, Outcome, Schemas, Sniffer};
use tlgen_testserver::TestServer;

#[path = "common/connect.rs"]
mod connect;

use connect::{KEY, connect};

/// What a client says of itself, as the API declares it.
const WRAPPERS: &str = "
    invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;
    initConnection#c1cd5ea9 {X:Type} flags:# api_id:int device_model:string system_version:string app_version:string
        system_lang_code:string lang_pack:string lang_code:string proxy:flags.0?InputClientProxy params:flags.1?JSONValue
        query:!X = X;";

fn schema() -> Valid<Schema> {
    let session = include_str!("../../tl-testserver/schema/session.tl");
    let (session, _) = session.split_once("//@description Makes a request in a layer.").unwrap();
    let mut sources = Sources::new();
    let files = [
        sources.add("telegram-228.tl", include_str!("../../schema/telegram-228.tl")),
        sources.add("session.tl", format!("{session}{WRAPPERS}")),
    ];
    let loaded = tlgen_model::load(&sources, &files, &tlgen_model::Options::default());
    loaded.value.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics))
}

/// The calls in a capture, as `name = result`.
fn calls(file: &[u8]) -> Vec<String> {
    let schema = schema();
    let schemas = Schemas::new([(Some(228), &schema)]);
    let mut sniffer = Sniffer::new(&schemas, KeyLog::parse(&KeyLog::line(2, &KEY)).unwrap());
    let mut capture = Capture::new(file).unwrap();
    while let Some(packet) = capture.next_packet().unwrap() {
        sniffer.packet(&packet);
    }
    sniffer.end();
    let mut calls = Vec::new();
    while let Some(event) = sniffer.next_event() {
        assert!(!matches!(event, Event::Fault(_)), "{event:?}");
        let Event::Call(call) = event else { continue };
        // A message with an old salt is sent once more, and the server does not count it.
        if matches!(call.outcome, Outcome::Refused { .. }) {
            continue;
        }
        let function = call.function.unwrap();
        let name = schema.combinator(function).name.to_string();
        assert!(schemas.request(&call).is_ok(), "{name}");
        calls.push(match &call.outcome {
            Outcome::Result(result) => match schemas.result(&call, result).unwrap() {
                tlgen_dynamic::Value::Object(object) => {
                    format!("{name} = {}", schema.combinator(object.combinator).name)
                }
                other => format!("{name} = {other:?}"),
            },
            Outcome::Error { code, message, .. } => format!("{name} = {code} {message}"),
            other => format!("{name}: {other:?}"),
        });
    }
    calls
}

/// All that was called and what came of it, in its order, and nothing else.
#[tokio::test]
async fn a_capture_shows_what_the_client_has_called() {
    let recording = Recording::default();
    let server = TestServer::builder()
        .auth_key(KEY)
        .tap(recording.tap())
        .on(|_: GetContacts| Ok(Contacts::NotModified))
        .on(|_: GetTopPeers| Err(RpcError::new(420, "FLOOD_WAIT_77")))
        .start()
        .await
        .unwrap();
    let (pool, client) = connect(&server);
    let (pool, client) = (PoolTransport::new(pool, 2), ClientTransport::new(client).at_layer(228));
    pool.contacts().get_contacts(7).await.unwrap();
    client.contacts().get_contacts(8).await.unwrap();
    pool.invoke(&GetTopPeers::new(0, 1, 0)).await.unwrap_err();
    client.contacts().get_contacts(9).await.unwrap();
    let address = server.address();
    let report = server.shutdown().await;

    let start = Duration::from_secs(1_790_000_000);
    let found = calls(&pcap(&packets(&recording.sent(), address), Link::Ethernet, start));
    let not_modified = "contacts.getContacts = contacts.contactsNotModified";
    let expected = [
        "help.getConfig = config",
        not_modified,
        not_modified,
        "contacts.getTopPeers = 420 FLOOD_WAIT_77",
        not_modified,
    ];
    assert_eq!((found.len() as u64, &found[..]), (report.calls, &expected.map(str::to_owned)[..]));
}
