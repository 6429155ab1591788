//! Packets of TCP: links, formats, order, holes.

use std::time::Duration;

use tl_capture::{Link, Packet, Session, packets, pcap, pcapng, server, transports};
use tlgen_sniff::{Capture, CaptureError, Event, Schemas, Sniffer, TransportKind};

use crate::session::{call, calls, key, keys, notes, read};

const START: Duration = Duration::from_micros(1_790_000_000_123_456);

const CALLS: i32 = 12;

fn session(kind: TransportKind, is_obfuscated: bool) -> Vec<Packet> {
    let mut session = Session::new(kind, is_obfuscated, 2, key());
    for id in 0..CALLS {
        call(&mut session, id, (id * 331 % 5000) as usize);
    }
    packets(&session.sent, server())
}

fn events(file: &[u8]) -> Vec<Event> {
    let schemas = Schemas::new([(None, notes())]);
    let mut sniffer = Sniffer::new(&schemas, keys());
    let mut capture = Capture::new(file).unwrap();
    while let Some(packet) = capture.next_packet().unwrap() {
        sniffer.packet(&packet);
    }
    sniffer.end();
    std::iter::from_fn(|| sniffer.next_event()).collect()
}

fn all() -> (Vec<i32>, Vec<i32>) {
    ((0..CALLS).collect(), (0..CALLS).collect())
}

#[test]
fn each_link_and_both_formats() {
    let packets = session(TransportKind::Abridged, true);
    for link in [Link::Null, Link::Ethernet, Link::Raw, Link::LinuxSll, Link::LinuxSll2] {
        for file in [pcap(&packets, link, START), pcapng(&packets, link, START)] {
            let events = events(&file);
            assert_eq!(read(&events), all(), "{link:?}");
            assert_eq!(events.len(), 1 + CALLS as usize);
            assert_eq!(calls(&events)[0].sent, START + Duration::from_millis(1));
        }
    }
}

/// Segments that come late, twice, or in parts that overlap are the same bytes.
#[test]
fn order_and_repetition_do_not_count() {
    for (kind, is_obfuscated) in transports() {
        let packets = session(kind, is_obfuscated);
        for seed in 0..10 {
            let mut random = fastrand::Rng::with_seed(seed);
            let mut mixed = Vec::new();
            for packet in &packets {
                mixed.push(packet.clone());
                if random.u8(..4) == 0 {
                    mixed.push(packet.clone());
                }
            }
            // Not the beginning and the end of the connection, which say what the others are.
            let end = mixed.len() - 4;
            for at in 5..end {
                if random.u8(..3) == 0 {
                    mixed.swap(at, (at + random.usize(1..6)).min(end));
                }
            }
            assert_eq!(read(&events(&pcap(&mixed, Link::Ethernet, START))), all(), "{kind} {is_obfuscated} {seed}");
        }
    }
}

/// A packet that the capture does not have loses the messages in it, and of obfuscated connections no more either.
#[test]
fn a_missing_packet_loses_what_is_in_it() {
    for (kind, is_obfuscated) in transports() {
        let whole = session(kind, is_obfuscated);
        // The first data of the client says what all others are.
        for missing in 4..whole.len() - 2 {
            let mut packets = whole.clone();
            packets.remove(missing);
            let (requests, results) = read(&events(&pcap(&packets, Link::Raw, START)));
            let lost = 2 * CALLS as usize - requests.len() - results.len();
            assert!(lost <= 1, "{kind} {is_obfuscated}: {lost} are lost with packet {missing}");
        }
    }
}

/// The beginning is not in the capture: what is not obfuscated is read from the next message on.
#[test]
fn the_middle_of_a_connection_is_read() {
    for (kind, _) in transports().into_iter().filter(|(_, is_obfuscated)| !is_obfuscated) {
        let packets = session(kind, false);
        for begin in [1, 4, 5, 9, 20] {
            let events = events(&pcap(&packets[begin..], Link::Raw, START));
            let (requests, results) = read(&events);
            // No packet has more than one message.
            let least = 2 * CALLS as usize - begin;
            assert!(requests.len() + results.len() >= least, "{kind} from {begin}: {requests:?} {results:?}");
        }
    }
}

/// What one side has begun to send is read once the other side has said what they speak.
#[test]
fn a_message_may_be_half_there_when_the_transport_is_found() {
    let mut session = Session::new(TransportKind::Abridged, false, 2, key());
    call(&mut session, 1, 5000);
    call(&mut session, 2, 10);
    let mut packets = packets(&session.sent, server());
    // The beginning of TCP, the mark and the first request are not there; the second one comes among the parts of the first result.
    packets.drain(..5);
    let second = packets.iter().position(|packet| packet.bytes.len() < 200).unwrap();
    packets[1..=second].rotate_right(1);
    assert_eq!(read(&events(&pcap(&packets, Link::Raw, START))), (vec![2], vec![1, 2]));
}

/// Without its beginning nothing but the messages says who has called whom: ports say nothing.
#[test]
fn the_client_of_a_middle_may_have_the_lower_port() {
    for (kind, _) in transports().into_iter().filter(|(_, is_obfuscated)| !is_obfuscated) {
        let mut session = Session::new(kind, false, 2, key());
        for id in 0..CALLS {
            call(&mut session, id, 30);
        }
        let server = ([127, 0, 0, 1], 60_000).into();
        let packets = packets(&session.sent, server);
        let events = events(&pcap(&packets[5..], Link::Raw, START));
        let Event::Connection(connection) = &events[0] else { panic!("{kind}: {events:?}") };
        assert_eq!((connection.client, connection.server), (tl_capture::client(), server));
        assert!(connection.is_incomplete && connection.transport == kind);
        let (requests, results) = read(&events);
        assert!(requests.len() + results.len() >= 2 * CALLS as usize - 3, "{kind}: {requests:?} {results:?}");
        assert!(calls(&events).len() >= CALLS as usize - 2);
    }
}

/// Bytes that were cut off each packet are missing, and known to be.
#[test]
fn packets_that_are_cut_short_lose_what_is_cut() {
    let packets = session(TransportKind::Intermediate, false);
    let mut file = pcap(&[], Link::Raw, START);
    for Packet { bytes, .. } in &packets {
        let kept = bytes.len().min(600);
        file.extend_from_slice(&[0; 8]);
        file.extend_from_slice(&u32::try_from(kept).unwrap().to_le_bytes());
        file.extend_from_slice(&u32::try_from(bytes.len()).unwrap().to_le_bytes());
        file.extend_from_slice(&bytes[..kept]);
    }
    let (requests, results) = read(&events(&file));
    let short = (0..CALLS).filter(|id| id * 331 % 5000 < 400).collect::<Vec<_>>();
    assert_eq!((requests, results), (all().0, short));
}

/// The same where the file does not say that packets were cut, and of obfuscated connections; what comes after Ethernet's own bytes
/// is not missing.
#[test]
fn what_is_cut_is_known_from_the_headers() {
    for (kind, is_obfuscated) in transports() {
        let mut packets = session(kind, is_obfuscated);
        packets.iter_mut().for_each(|packet| packet.bytes.truncate(600));
        let (requests, results) = read(&events(&pcap(&packets, Link::Raw, START)));
        let short = (0..CALLS).filter(|id| id * 331 % 5000 < 400).collect::<Vec<_>>();
        assert_eq!((requests, results), (all().0, short), "{kind} {is_obfuscated}");
        // Short frames of Ethernet are filled up.
        let mut packets = session(kind, is_obfuscated);
        packets.iter_mut().for_each(|packet| packet.bytes.extend([0; 6]));
        assert_eq!(read(&events(&pcap(&packets, Link::Ethernet, START))), all(), "{kind} {is_obfuscated}");
    }
}

/// Holes of any size cost no more than the segment that shows them.
#[test]
fn large_holes_are_passed_over_at_once() {
    let mut packets = session(TransportKind::Abridged, true);
    packets.truncate(packets.len() - 2);
    let last = packets.last().unwrap().clone();
    for step in 1..500u32 {
        let mut far = last.clone();
        let sequence =
            u32::from_be_bytes(far.bytes[24..28].try_into().unwrap()).wrapping_add(step.wrapping_mul(0x7000_0000));
        far.bytes[24..28].copy_from_slice(&sequence.to_be_bytes());
        // As if all but a byte was cut.
        far.bytes.truncate(41);
        packets.push(far);
    }
    let (requests, _) = read(&events(&pcap(&packets, Link::Raw, START)));
    assert_eq!(requests, all().0);
}

/// Only an end that fits is one.
#[test]
fn an_end_with_another_number_is_none() {
    for is_obfuscated in [false, true] {
        let whole = session(TransportKind::Abridged, is_obfuscated);
        for (distance, is_end) in [(0u32, true), (u32::MAX - 100, false), (1 << 30, false)] {
            let mut packets = whole.clone();
            let mut reset = packets[10].clone();
            let sequence = u32::from_be_bytes(reset.bytes[24..28].try_into().unwrap()).wrapping_add(distance);
            reset.bytes[24..28].copy_from_slice(&sequence.to_be_bytes());
            reset.bytes.truncate(40);
            (reset.bytes[3], reset.bytes[33]) = (40, 0x14);
            packets.insert(10, reset);
            let events = events(&pcap(&packets, Link::Raw, START));
            let connections = events.iter().filter(|event| matches!(event, Event::Connection(_))).count();
            match is_end {
                false => assert_eq!((read(&events), connections), (all(), 1), "{distance}"),
                // What follows is a connection whose beginning is not there.
                true => assert_eq!(connections, if is_obfuscated { 1 } else { 2 }, "{distance}"),
            }
        }
    }
}

#[test]
fn files_that_are_broken_say_so() {
    let file = pcap(&session(TransportKind::Full, false), Link::Raw, START);
    for end in [file.len() - 1, file.len() - 50, 30] {
        let mut capture = Capture::new(&file[..end]).unwrap();
        let mut all = std::iter::repeat_with(|| capture.next_packet().map(|packet| packet.is_some()));
        let last = all.find(|packet| *packet != Ok(true));
        assert_eq!(last, Some(Err(CaptureError::Cut)), "{end}");
    }
    assert_eq!(Capture::new(&b"\x1f\x8b\x08\0 packed"[..]).err(), Some(CaptureError::Format));
    assert_eq!(Capture::new(&b""[..]).err(), Some(CaptureError::Format));
}

/// Any bytes as packets of any link.
#[test]
fn noise_is_no_packet() {
    let mut random = fastrand::Rng::with_seed(9);
    let whole = session(TransportKind::Abridged, false);
    for link in [Link::Null, Link::Ethernet, Link::Raw, Link::LinuxSll, Link::LinuxSll2] {
        let mut packets = whole.clone();
        for packet in &mut packets {
            for _ in 0..random.usize(..4) {
                let at = random.usize(..packet.bytes.len());
                packet.bytes[at] = random.u8(..);
            }
            packet.bytes.truncate(random.usize(..2000));
        }
        events(&pcap(&packets, link, START));
    }
}
