//! Damaged bytes cost the message that they are in, and never what comes after it.

use tl_capture::{Sent, Session, transports};
use tlgen_sniff::{Event, Schemas, Side, Sniffer, TransportKind};

use crate::session::{call, events, key, keys, notes, read};

/// How many messages there are of each side.
const CALLS: i32 = 12;

fn session(kind: TransportKind, is_obfuscated: bool) -> Session {
    let mut session = Session::new(kind, is_obfuscated, 11, key());
    for id in 0..CALLS {
        call(&mut session, id, (id * 97 % 600) as usize);
    }
    session
}

/// Whether no more than one message is missing of what there was, and nothing is there that was not.
fn lost(events: &[Event]) -> usize {
    let (requests, results) = read(events);
    for found in [&requests, &results] {
        assert!(found.iter().all(|id| (0..CALLS).contains(id)) && found.windows(2).all(|two| two[0] < two[1]));
    }
    2 * CALLS as usize - requests.len() - results.len()
}

/// Every byte of each side, in each transport.
#[test]
fn a_damaged_byte_loses_one_message() {
    for (kind, is_obfuscated) in transports() {
        let whole = session(kind, is_obfuscated).sent;
        assert_eq!(lost(&events(&whole, usize::MAX)), 0);
        // The first bytes of the client say what all others are.
        for at in 1..whole.len() {
            for byte in (0..whole[at].bytes.len()).step_by(if at < 4 { 1 } else { 17 }) {
                let mut damaged = whole.clone();
                damaged[at].bytes[byte] ^= [0x01, 0x80, 0xff, 0x10][byte % 4];
                let lost = lost(&events(&damaged, usize::MAX));
                assert!(lost <= 1, "{kind} {is_obfuscated}: {lost} are lost by byte {byte} of message {at}");
            }
        }
    }
}

/// Bytes that are missing or too many, as where a capture has lost them without a sign.
#[test]
fn missing_and_additional_bytes_lose_the_messages_that_they_are_in() {
    for (kind, is_obfuscated) in transports().into_iter().filter(|(_, is_obfuscated)| !is_obfuscated) {
        let whole = session(kind, is_obfuscated).sent;
        for at in 1..whole.len() {
            for cut in [1, 8, 40] {
                let mut damaged = whole.clone();
                damaged[at].bytes.drain(20..20 + cut);
                assert!(lost(&events(&damaged, 100)) <= 1, "{kind}: {cut} bytes of message {at}");
                let mut damaged = whole.clone();
                damaged[at].bytes.splice(30..30, std::iter::repeat_n(0x5a, cut));
                assert!(lost(&events(&damaged, 100)) <= 1, "{kind}: {cut} bytes more in message {at}");
            }
        }
    }
}

/// What is lost is said.
#[test]
fn damage_is_told() {
    let mut sent = session(TransportKind::Intermediate, false).sent;
    sent[5].bytes[40] ^= 1;
    let faults: Vec<String> = events(&sent, 64)
        .iter()
        .filter_map(|event| if let Event::Fault(fault) = event { Some(fault) } else { None })
        .map(|fault| format!("{:?}: {}", fault.side, fault.kind))
        .collect();
    let before: usize = sent[..5].iter().filter(|sent| sent.side == Side::Client).map(|sent| sent.bytes.len()).sum();
    let bytes = sent[5].bytes.len();
    assert_eq!(
        faults,
        [format!("Client: {bytes} bytes from byte {before} on are missing, damaged or of no known key")]
    );
}

/// Another protocol whose messages look like ones without a key is no damaged connection of Telegram.
#[test]
fn zeros_are_no_exchange_of_keys() {
    let mut sent = Session::new(TransportKind::Intermediate, false, 1, key()).sent;
    let mut frame = [&28u32.to_le_bytes()[..], &[0; 28]].concat();
    frame[4 + 16] = 8;
    frame.extend([0xff; 40]);
    sent.push(Sent { bytes: frame, ..sent[0].clone() });
    let events = events(&sent, 1000);
    assert!(events.iter().all(|event| matches!(event, Event::Connection(_))), "{events:?}");
}

/// Nothing panics, and memory does not grow.
#[test]
fn noise_is_no_message() {
    let schemas = Schemas::new([(None, notes())]);
    let mut random = fastrand::Rng::with_seed(5);
    for begin in [&b"\xef"[..], b"\xee\xee\xee\xee", b"\xdd\xdd\xdd\xdd", b"\x80\0\0\0\0\0\0\0", b"GET ", b""] {
        let mut sniffer = Sniffer::new(&schemas, keys());
        sniffer.bytes(Side::Client, begin, Default::default());
        for _ in 0..200 {
            let mut bytes = vec![0; random.usize(..4000)];
            random.fill(&mut bytes);
            sniffer.bytes(if random.bool() { Side::Client } else { Side::Server }, &bytes, Default::default());
        }
        sniffer.end();
        while let Some(event) = sniffer.next_event() {
            assert!(!matches!(event, Event::Call(_) | Event::Update(_)), "{event:?}");
        }
    }
}

/// Many places that look like the head of a long frame under a known key: were each decrypted, it would take hours. Messages among
/// them are found.
#[test]
fn heads_that_are_no_frames_cost_what_their_bytes_cost() {
    let schemas = Schemas::new([(None, notes())]);
    let id = tlgen_sniff::AuthKey::new(key()).id().to_le_bytes();
    let length = 2_000_024u32;
    for (kind, head) in [
        (TransportKind::Intermediate, length.to_le_bytes().to_vec()),
        (TransportKind::Abridged, [&[0x7f][..], &(length / 4).to_le_bytes()[..3]].concat()),
        (TransportKind::Full, [length + 12, 0].map(u32::to_le_bytes).concat()),
    ] {
        let mut real = Session::new(kind, false, 3, key());
        call(&mut real, 1, 1);
        let message = real.sent.iter().rfind(|sent| sent.side == Side::Client).unwrap().bytes.clone();
        for begins in [true, false] {
            let bytes = [&head[..], &id, &message].concat().repeat(16_000);
            let mut sniffer = Sniffer::new(&schemas, keys());
            let mut packets = Session::new(kind, false, 3, key());
            if !begins {
                packets.sent.clear();
            }
            packets.sent.push(Sent { bytes, ..real.sent.last().unwrap().clone() });
            packets.sent.last_mut().unwrap().side = Side::Client;
            let packets = tl_capture::packets(&packets.sent, tl_capture::server());
            // Without the beginning of TCP the transport has to be guessed.
            for packet in &packets[if begins { 0 } else { 3 }..] {
                sniffer.packet(&tlgen_sniff::Packet::new(&packet.bytes));
            }
            sniffer.end();
            let mut calls = 0;
            while let Some(event) = sniffer.next_event() {
                calls += usize::from(matches!(event, Event::Call(_)));
            }
            // The same message each time, which is one call.
            assert_eq!(calls, 1, "{kind} {begins}");
        }
    }
}
