//! Frames of each transport, both ways.

use super::head::{FULL_OVERHEAD, Head, QUICK_ACK};
use super::{Frame, TransportKind};
use crate::auth_key::Side;
use crate::error::TransportError;
use crate::hash::part;

/// The state of a transport.
#[derive(Debug)]
pub(super) struct Framing {
    kind: TransportKind,
    /// The numbers of the next full frames of the client and of the server.
    expected: u32,
    next: u32,
}

impl Framing {
    pub(super) fn new(kind: TransportKind) -> Self {
        Self { kind, expected: 0, next: 0 }
    }

    pub(super) fn kind(&self) -> TransportKind {
        self.kind
    }

    /// The frame with which `input`, of the client, begins and the number of bytes that it takes; `None` if it is not whole.
    pub(super) fn take(&mut self, input: &[u8], max: usize) -> Result<Option<(Frame, usize)>, TransportError> {
        let (payload, used, wants_quick_ack) = match self.kind.head(Side::Client, input) {
            Some(Head::Frame { payload, end, wants_quick_ack }) => (payload, end, wants_quick_ack),
            Some(Head::Broken { length }) => return Err(TransportError::Length { length }),
            _ => return Ok(None),
        };
        let length = used - if self.kind == TransportKind::Full { 0 } else { payload.start };
        if length > max {
            return Err(TransportError::TooLong { length });
        }
        let is_padded = self.kind == TransportKind::PaddedIntermediate;
        // Nothing shorter than the id of a key is a message.
        if payload.len() < 8 || (!is_padded && !length.is_multiple_of(4)) {
            return Err(TransportError::Length { length });
        }
        let Some(frame) = input.get(..used) else { return Ok(None) };
        if self.kind == TransportKind::Full {
            self.check(frame)?;
        }
        Ok(Some((Frame { payload: frame[payload].to_vec(), is_padded, wants_quick_ack }, used)))
    }

    /// Checks number and check sum of a whole full frame.
    fn check(&mut self, frame: &[u8]) -> Result<(), TransportError> {
        let (content, sum) = frame.split_at(frame.len() - 4);
        if crc32fast::hash(content).to_le_bytes()[..] != *sum {
            return Err(TransportError::Checksum);
        }
        let found = u32::from_le_bytes(part(frame, 4));
        if found != self.expected {
            return Err(TransportError::Sequence { expected: self.expected, found });
        }
        self.expected = self.expected.wrapping_add(1);
        Ok(())
    }

    /// Appends a frame with `payload`, whose length is a multiple of 4.
    pub(super) fn put(&mut self, payload: &[u8], output: &mut Vec<u8>) -> Result<(), TransportError> {
        let length = payload.len();
        let long = || u32::try_from(length).ok().filter(|length| length & QUICK_ACK == 0);
        let too_long = TransportError::TooLong { length };
        match self.kind {
            TransportKind::Abridged => match u32::try_from(length / 4) {
                Ok(words @ ..0x7f) => output.push(words.to_le_bytes()[0]),
                Ok(words @ ..0x0100_0000) => {
                    output.push(0x7f);
                    output.extend_from_slice(&words.to_le_bytes()[..3]);
                }
                _ => return Err(too_long),
            },
            TransportKind::Intermediate | TransportKind::PaddedIntermediate => {
                output.extend_from_slice(&long().ok_or(too_long)?.to_le_bytes());
            }
            TransportKind::Full => {
                let start = output.len();
                let whole = u32::try_from(length + FULL_OVERHEAD).map_err(|_| too_long)?;
                output.extend_from_slice(&whole.to_le_bytes());
                output.extend_from_slice(&self.next.to_le_bytes());
                output.extend_from_slice(payload);
                output.extend_from_slice(&crc32fast::hash(&output[start..]).to_le_bytes());
                self.next = self.next.wrapping_add(1);
                return Ok(());
            }
        }
        output.extend_from_slice(payload);
        Ok(())
    }

    /// Appends a quick acknowledgement, which is no frame. The full transport has none.
    pub(super) fn put_quick_ack(&self, token: u32, output: &mut Vec<u8>) {
        match self.kind {
            TransportKind::Abridged => output.extend_from_slice(&token.to_be_bytes()),
            TransportKind::Intermediate => output.extend_from_slice(&token.to_le_bytes()),
            TransportKind::PaddedIntermediate => {
                output.extend_from_slice(&token.to_le_bytes());
            }
            TransportKind::Full => {}
        }
    }
}
