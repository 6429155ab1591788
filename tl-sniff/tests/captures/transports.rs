//! Each transport, and what is in messages.

use tl_capture::{Session, transports};
use tlgen_dynamic::{Object, Value};
use tlgen_sniff::{Call, Event, FaultKind, Outcome, Schemas, Side, Sniffer, TransportKind};

use crate::session::{SCHEMA, bad_salt, call, calls, container, events, get_note, key, keys, note, read, schema};

#[test]
fn each_transport_is_read_in_pieces_of_any_size() {
    let lengths = [0, 5, 100, 500, 2_000, 70_000];
    for (kind, is_obfuscated) in transports() {
        let mut session = Session::new(kind, is_obfuscated, 7, key());
        for (id, length) in (0..).zip(lengths) {
            call(&mut session, id, length);
        }
        for piece in [1, 7, 64, 1460, usize::MAX] {
            let events = events(&session.sent, piece);
            let Event::Connection(connection) = &events[0] else { panic!("{:?}", events[0]) };
            assert_eq!((connection.transport, connection.is_obfuscated), (kind, is_obfuscated));
            let calls = calls(&events);
            assert_eq!((events.len(), calls.len()), (1 + lengths.len(), lengths.len()), "{kind} {piece}");
            for (call, (id, length)) in calls.iter().zip((0..).zip(lengths)) {
                assert_eq!((&call.request, &call.outcome), (&get_note(id), &Outcome::Result(note(id, length))));
                assert_eq!(call.answered.unwrap() - call.sent, std::time::Duration::from_millis(1));
            }
        }
    }
}

#[test]
fn results_have_the_type_of_the_function() {
    let mut session = Session::new(TransportKind::Abridged, false, 1, key());
    // A vector has no name of its own.
    let request = session.message(Side::Client, &[0x12, 0, 0, 0]);
    session.answer(request, &[&0x1cb5_c415u32.to_le_bytes()[..], &[1, 0, 0, 0], &note(5, 3)].concat());
    let schema = schema(SCHEMA);
    let schemas = Schemas::new([(None, &schema)]);
    let events = events(&session.sent, 100);
    let [call] = calls(&events)[..] else { panic!("{events:?}") };
    let Outcome::Result(result) = &call.outcome else { panic!("{call:?}") };
    let Ok(Value::List(items)) = schemas.result(call, result) else { panic!("{result:?}") };
    assert!(matches!(&items[..], [Value::Object(Object { .. })]));
    // What is no such value is an error.
    assert!(schemas.result(call, &note(5, 3)).is_err());
}

/// A session is read by the layer that its client says, also on the calls that come after that.
#[test]
fn layers_are_followed() {
    let newer = SCHEMA.replace("getNote#00000011 id:int", "getNote#00000011 id:int flag:int");
    let (old, new) = (schema(SCHEMA), schema(&newer));
    let schemas = Schemas::new([(Some(8), &new), (Some(7), &old)]);
    let mut session = Session::new(TransportKind::Full, false, 1, key());
    let layer = |layer: u32, body: &[u8]| [&0xda9b_0d0du32.to_le_bytes()[..], &layer.to_le_bytes(), body].concat();
    let init = |body: &[u8]| [&0xc1cd_5ea9u32.to_le_bytes()[..], &[9, 0, 0, 0], body].concat();
    session.message(Side::Client, &layer(7, &init(&get_note(1))));
    session.message(Side::Client, &get_note(2));
    let mut sniffer = Sniffer::new(&schemas, keys());
    session.sent.iter().for_each(|sent| sniffer.bytes(sent.side, &sent.bytes, sent.time));
    sniffer.end();
    let events: Vec<Event> = std::iter::from_fn(|| sniffer.next_event()).collect();
    let calls = calls(&events);
    assert_eq!(calls.len(), 2);
    for (call, id) in calls.into_iter().zip(1..) {
        assert_eq!((call.layer, call.schema, &call.request), (Some(7), 1, &get_note(id)));
        assert_eq!(call.outcome, Outcome::Unanswered);
        assert!(schemas.request(call).is_ok());
    }
}

/// What a client does for a call to be answered is one call: a salt that was wrong, the same message on another connection.
#[test]
fn requests_that_are_sent_again_are_told_apart() {
    let mut session = Session::new(TransportKind::Intermediate, false, 1, key());
    let refused = session.message(Side::Client, &get_note(1));
    session.message(Side::Server, &bad_salt(refused));
    call(&mut session, 1, 9);
    let events = events(&session.sent, 1000);
    let outcomes: Vec<&Outcome> = calls(&events).iter().map(|call| &call.outcome).collect();
    assert_eq!(outcomes, [&Outcome::Refused { code: 48 }, &Outcome::Result(note(1, 9))]);
}

#[test]
fn what_is_no_call_is_told() {
    let mut session = Session::new(TransportKind::Abridged, true, 3, key());
    let ack = [&0x62d6_b459u32.to_le_bytes()[..], &0x1cb5_c415u32.to_le_bytes(), &[0; 4]].concat();
    session.message(Side::Client, &ack);
    session.message(Side::Server, &note(8, 1));
    session.answer(12, &note(9, 1));
    let request = session.message(Side::Client, &get_note(3));
    let error = [&0x2144_ca19u32.to_le_bytes()[..], &420i32.to_le_bytes(), b"\x0cFLOOD_WAIT_3\0\0\0"].concat();
    session.answer(request, &error);
    session.payload(Side::Server, &(-404i32).to_le_bytes());
    let events = events(&session.sent, 50);
    assert!(matches!(&events[1], Event::Service(message) if message.side == Side::Client));
    assert!(matches!(&events[2], Event::Update(message) if message.body == note(8, 1)));
    let outcome = Outcome::Error { code: 420, message: "FLOOD_WAIT_3".into(), bytes: error };
    assert!(matches!(&events[3], Event::Call(Call { outcome: found, .. }) if *found == outcome), "{:?}", events[3]);
    assert!(matches!(&events[4], Event::Fault(fault) if fault.kind == FaultKind::Transport { code: -404 }));
    // Its call might have come until the end.
    assert!(matches!(&events[5], Event::Answer(message) if message.body == note(9, 1)));
    assert_eq!(events.len(), 6);
}

#[test]
fn a_key_that_is_not_in_the_log_is_named_once() {
    let mut session = Session::new(TransportKind::Abridged, false, 3, key());
    let other = tlgen_sniff::AuthKey::new([9; 256]);
    session.key = other.clone();
    call(&mut session, 1, 1);
    call(&mut session, 2, 1);
    // The client goes on with a key that is.
    session.key = tlgen_sniff::AuthKey::new(key());
    call(&mut session, 3, 1);
    let events = events(&session.sent, 100);
    let unknown = FaultKind::UnknownKey { id: other.id() };
    assert_eq!(events.iter().filter(|event| matches!(event, Event::Fault(fault) if fault.kind == unknown)).count(), 1);
    assert_eq!(read(&events), (vec![3], vec![3]));
}

/// Streams that are read one after the other, as from two files: an answer may come before its request.
#[test]
fn each_side_may_come_first() {
    let mut session = Session::new(TransportKind::Abridged, true, 4, key());
    call(&mut session, 1, 5);
    let request = session.message(Side::Client, &get_note(2));
    let error = [&0x2144_ca19u32.to_le_bytes()[..], &400i32.to_le_bytes(), b"\x03BAD"].concat();
    session.answer(request, &error);
    let refused = session.message(Side::Client, &container(&[get_note(3), get_note(4)], 1 << 50));
    session.message(Side::Server, &bad_salt(refused));
    session.message(Side::Client, &get_note(5));
    session.answer(12, &note(6, 1));
    let outcomes = |events: &[Event]| {
        let mut found: Vec<_> = calls(events).iter().map(|call| (call.request.clone(), call.outcome.clone())).collect();
        found.sort_by_key(|(request, _)| request.clone());
        let answers = events.iter().filter(|event| matches!(event, Event::Answer(_))).count();
        (found, answers)
    };
    let expected = outcomes(&events(&session.sent, 100));
    assert_eq!((expected.0.len(), expected.1), (5, 1));
    assert_eq!(expected.0[0].1, Outcome::Result(note(1, 5)));
    assert!(matches!(expected.0[1].1, Outcome::Error { code: 400, .. }));
    assert_eq!([&expected.0[2].1, &expected.0[3].1], [&Outcome::Refused { code: 48 }; 2]);
    // The first bytes of the client have the keys.
    let (first, rest) = session.sent.split_first().unwrap();
    for order in [[Side::Server, Side::Client], [Side::Client, Side::Server]] {
        let sorted = order.into_iter().flat_map(|side| rest.iter().filter(move |sent| sent.side == side).cloned());
        let sent: Vec<_> = std::iter::once(first.clone()).chain(sorted).collect();
        assert_eq!(outcomes(&events(&sent, 1000)), expected, "{order:?}");
    }
}

/// What only a server says does not come from a client.
#[test]
fn a_client_does_not_answer() {
    let mut session = Session::new(TransportKind::Intermediate, false, 4, key());
    let request = session.message(Side::Client, &get_note(1));
    session.message(Side::Client, &bad_salt(request));
    session.message(Side::Client, &[&0xf35c_6d01u32.to_le_bytes()[..], &request.to_le_bytes(), &note(2, 2)].concat());
    session.answer(request, &note(1, 1));
    let events = events(&session.sent, 100);
    assert_eq!(calls(&events)[0].outcome, Outcome::Result(note(1, 1)));
    let broken =
        |event: &&Event| matches!(event, Event::Fault(fault) if matches!(fault.kind, FaultKind::Broken { .. }));
    assert_eq!((events.iter().filter(broken).count(), events.len()), (2, 4));
}

/// Each wrapper within another costs no more than the first, and none of them the stack.
#[test]
fn wrappers_may_be_as_deep_as_a_message_is_long() {
    let plain = SCHEMA.lines().filter(|line| !line.contains("invokeWithLayer")).collect::<Vec<_>>().join("\n");
    for text in [SCHEMA, &plain] {
        let schema = schema(text);
        let schemas = Schemas::new([(Some(7), &schema)]);
        let mut session = Session::new(TransportKind::Intermediate, false, 4, key());
        let wrapper = [0xda9b_0d0du32, 7].map(u32::to_le_bytes).concat();
        let wrapped = |depth: usize| [wrapper.repeat(depth), get_note(1)].concat();
        session.message(Side::Client, &wrapped(3));
        session.message(Side::Client, &wrapped(500_000));
        let mut sniffer = Sniffer::new(&schemas, keys());
        session.sent.iter().for_each(|sent| sniffer.bytes(sent.side, &sent.bytes, sent.time));
        sniffer.end();
        let events: Vec<Event> = std::iter::from_fn(|| sniffer.next_event()).collect();
        let calls = calls(&events);
        assert_eq!((calls.len(), calls[0].layer, &calls[0].request), (2, Some(7), &get_note(1)));
        // A schema that has the wrapper reads it, as deep as it reads anything.
        assert_eq!(calls[1].request == get_note(1), text == plain);
    }
}
