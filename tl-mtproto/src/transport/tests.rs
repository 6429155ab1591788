use grammers_crypto::DequeBuffer;
use grammers_mtproto::transport::{self as theirs, Transport};

use super::*;

const MAX: usize = 1 << 20;

/// Frames of a transport by another implementation, with what the server must say of them.
fn frames(transport: &mut dyn Transport, payloads: &[Vec<u8>]) -> Vec<u8> {
    let mut wire = Vec::new();
    for payload in payloads {
        let mut buffer = DequeBuffer::with_capacity(payload.len(), 128);
        buffer.extend(payload.iter().copied());
        transport.pack(&mut buffer);
        wire.extend_from_slice(&buffer[..]);
    }
    wire
}

fn payloads() -> Vec<Vec<u8>> {
    [8, 12, 504, 508, 512, 2_000].map(|length| (0..length).map(|i| i as u8).collect()).to_vec()
}

/// Both directions against grammers, with the input in pieces of each size.
fn agrees(new: impl Fn() -> Box<dyn Transport>, kind: TransportKind, is_obfuscated: bool) {
    let payloads = payloads();
    for piece in [1, 3, 64, 65, 1000, usize::MAX] {
        let mut transport = new();
        let wire = frames(&mut *transport, &payloads);
        let (mut link, mut found) = (Link::new(MAX), Vec::new());
        for bytes in wire.chunks(piece.min(wire.len())) {
            link.receive(bytes);
            while let Some(frame) = link.next_frame().unwrap() {
                found.push(frame.payload);
            }
        }
        assert_eq!(found, payloads);
        assert_eq!(link.kind(), Some((kind, is_obfuscated)));
        assert!(!link.is_within_frame());

        let mut output = Vec::new();
        for payload in &payloads {
            link.send(payload, &mut output).unwrap();
        }
        let mut rest = &mut output[..];
        for payload in &payloads {
            let offset = transport.unpack(rest).unwrap();
            assert_eq!(rest[offset.data_range], payload[..]);
            rest = &mut rest[offset.next_offset..];
        }
    }
}

#[test]
fn abridged() {
    agrees(|| Box::new(theirs::Abridged::new()), TransportKind::Abridged, false);
}

#[test]
fn intermediate() {
    agrees(|| Box::new(theirs::Intermediate::new()), TransportKind::Intermediate, false);
}

#[test]
fn full() {
    agrees(|| Box::new(theirs::Full::new()), TransportKind::Full, false);
}

fn received(wire: &[u8]) -> (Link, Result<Option<Frame>, TransportError>) {
    let mut link = Link::new(MAX);
    link.receive(wire);
    let frame = link.next_frame();
    (link, frame)
}

#[test]
fn padded() {
    let (link, frame) = received(b"\xdd\xdd\xdd\xdd\x0b\0\0\0\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b");
    let payload = vec![1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    assert_eq!(frame, Ok(Some(Frame { payload, is_padded: true, wants_quick_ack: false })));
    assert_eq!(link.kind(), Some((TransportKind::PaddedIntermediate, false)));
}

#[test]
fn a_quick_acknowledgement_is_asked_for_and_given() {
    let body = [7; 8];
    for (mark, head, token) in [
        (&b"\xef"[..], &b"\x82"[..], [0x81, 2, 3, 4]),
        (b"\xef", b"\xff\x02\0\0", [0x81, 2, 3, 4]),
        (b"\xee\xee\xee\xee", b"\x08\0\0\x80", [4, 3, 2, 0x81]),
        (b"\xdd\xdd\xdd\xdd", b"\x08\0\0\x80", [4, 3, 2, 0x81]),
    ] {
        let (mut link, frame) = received(&[mark, head, &body].concat());
        assert!(frame.unwrap().unwrap().wants_quick_ack);
        let mut output = Vec::new();
        link.send_quick_ack(0x8102_0304, &mut output);
        assert_eq!(output, token);
    }
}

#[test]
fn what_is_wrong_has_a_name() {
    let error = |wire: &[u8]| received(wire).1.unwrap_err();
    assert_eq!(error(b"GET / HTTP/1.1\r\n"), TransportError::OtherProtocol);
    assert_eq!(error(&[1; 64]), TransportError::Unknown);
    assert_eq!(error(b"\xee\xee\xee\xee\0\0\0\x7f"), TransportError::TooLong { length: 0x7f00_0000 });
    assert_eq!(error(b"\xee\xee\xee\xee\x04\0\0\0"), TransportError::Length { length: 4 });
    assert_eq!(error(b"\xee\xee\xee\xee\x0a\0\0\0"), TransportError::Length { length: 10 });
    assert_eq!(error(b"\xef\x01"), TransportError::Length { length: 4 });
    assert_eq!(error(b"\xef\xff\xff\xff\xff"), TransportError::TooLong { length: 0x03ff_fffc });
    assert_eq!(error(b"\x08\0\0\0\0\0\0\0"), TransportError::Length { length: 8 });
    let mut transport = theirs::Full::new();
    let mut first = frames(&mut transport, &[vec![1; 8]]);
    let second = frames(&mut transport, &[vec![2; 8]]);
    let (mut link, _) = received(&first);
    link.receive(&first);
    assert_eq!(link.next_frame(), Err(TransportError::Sequence { expected: 1, found: 0 }));
    let (mut link, _) = received(&first);
    link.receive(&second);
    assert!(link.next_frame().unwrap().is_some());
    first[12] ^= 1;
    assert_eq!(error(&first), TransportError::Checksum);
}

#[test]
fn half_a_frame_is_none() {
    for mut transport in [Box::new(theirs::Full::new()) as Box<dyn Transport>, Box::new(theirs::Abridged::new())] {
        let wire = frames(&mut *transport, &[vec![1; 512]]);
        for end in 0..wire.len() {
            let (link, frame) = received(&wire[..end]);
            assert_eq!(frame, Ok(None), "{end}");
            // The mark of a transport alone is between two frames.
            assert_eq!(link.is_within_frame(), !(wire[0] == 0xef && end == 1), "{end}");
        }
    }
}

#[test]
fn obfuscated() {
    let abridged = || Box::new(theirs::Obfuscated::new(theirs::Abridged::new())) as Box<dyn Transport>;
    agrees(abridged, TransportKind::Abridged, true);
    let intermediate = || Box::new(theirs::Obfuscated::new(theirs::Intermediate::new())) as Box<dyn Transport>;
    agrees(intermediate, TransportKind::Intermediate, true);
}
