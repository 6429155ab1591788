//! The bytes of a connection to messages, decrypted. What is damaged costs the message that it is in: the next one is where the id of
//! a known key comes after what may be the head of a frame.

mod frame;
mod guess;
mod half;
mod plain;

use tlgen_mtproto::{Detected, Head, Opened, Side, TransportKind, detect, part};

use self::frame::{MAX_FRAME, OUTER, frames_before, whole_blocks};
use self::half::Half;
use crate::keys::KeyLog;
use crate::reassembly::Piece;

/// The same before any message could be read: the connection may be another protocol's.
const MAX_FIRST: usize = 1 << 20;

/// The head of a frame and the id of a key.
const HEAD: usize = 16;

/// What is found in a connection.
#[derive(Debug)]
pub(crate) enum Found<'b> {
    /// The transport, and whether it is obfuscated.
    Transport(TransportKind, bool),
    /// The transport where the beginning is not there, and whether who was taken for the client is the server.
    Middle(TransportKind, bool),
    /// An encrypted message and the id of its key.
    Message(i64, Opened<'b>),
    /// The server answers with a code of an error.
    Error(i32),
    /// A message under a key that is not known.
    UnknownKey(i64),
    /// Bytes from this one on, so many, belong to no message that can be read.
    Lost(u64, u64),
}

/// What a connection speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Its beginning has not come yet.
    Start,
    /// Its beginning is not in the capture.
    Middle,
    Known(TransportKind),
    /// Something else.
    Foreign,
}

/// A connection.
#[derive(Debug)]
pub(crate) struct Wire {
    state: State,
    client: Half,
    server: Half,
    /// Whether who was taken for the client is the server.
    is_swapped: bool,
    /// Whether a message of it was read: what is wrong afterwards is damage, and not another protocol.
    is_proven: bool,
    unknown_keys: Vec<i64>,
    scratch: Vec<u8>,
}

impl Wire {
    /// One whose beginning comes next, or is not in the capture.
    pub(crate) fn new(begins: bool) -> Self {
        let state = if begins { State::Start } else { State::Middle };
        let (client, server) = (Half::new(Side::Client), Half::new(Side::Server));
        Self {
            state,
            client,
            server,
            is_swapped: false,
            is_proven: false,
            unknown_keys: Vec::new(),
            scratch: Vec::new(),
        }
    }

    /// Takes what one side has sent. What is given names the sides as they turn out to be.
    pub(crate) fn receive(
        &mut self,
        side: Side,
        piece: &Piece<'_>,
        keys: &KeyLog,
        mut give: impl FnMut(Side, Found<'_>),
    ) {
        if self.state == State::Foreign {
            return;
        }
        let side = if self.is_swapped { side.other() } else { side };
        let half = self.half(side);
        match *piece {
            Piece::Bytes(bytes) => half.push(bytes),
            Piece::Lost(bytes) => {
                half.gap(bytes);
                if self.state == State::Start && side == Side::Client {
                    self.state = State::Middle;
                }
            }
        }
        if self.state == State::Start && !self.detect(&mut give) {
            if self.half(side).rest().len() > MAX_FRAME {
                self.forget();
            }
            return;
        }
        if self.state == State::Middle && !self.guess(side, keys, &mut give) {
            return;
        }
        self.frames(Side::Client, keys, false, &mut give);
        self.frames(Side::Server, keys, false, &mut give);
    }

    /// Nothing comes any more.
    pub(crate) fn end(&mut self, keys: &KeyLog, mut give: impl FnMut(Side, Found<'_>)) {
        if let State::Known(_) = self.state {
            for side in [Side::Client, Side::Server] {
                self.frames(side, keys, true, &mut give);
                let half = self.half(side);
                half.lose(half.rest().len());
                if self.is_proven {
                    self.half(side).told(&mut give);
                }
            }
        }
        self.forget();
    }

    fn half(&mut self, side: Side) -> &mut Half {
        match side {
            Side::Client => &mut self.client,
            Side::Server => &mut self.server,
        }
    }

    fn forget(&mut self) {
        self.state = State::Foreign;
        (self.client, self.server) = (Half::new(Side::Client), Half::new(Side::Server));
    }

    /// Finds out how the connection begins; whether it is known.
    fn detect(&mut self, give: &mut impl FnMut(Side, Found<'_>)) -> bool {
        match detect(self.client.rest()) {
            Ok(None) => false,
            Ok(Some(Detected::Plain(kind, mark))) => {
                self.client.advance(mark);
                self.state = State::Known(kind);
                give(Side::Client, Found::Transport(kind, false));
                true
            }
            Ok(Some(Detected::Obfuscated(kind, obfuscation))) => {
                // The key stream goes on after the head.
                self.client.advance(64);
                let start = self.client.start;
                let mut cipher = obfuscation.from_client;
                cipher.apply(&mut self.client.buffer[start..]);
                self.client.cipher = Some(cipher);
                self.server.decrypt(obfuscation.to_client);
                self.state = State::Known(kind);
                give(Side::Client, Found::Transport(kind, true));
                true
            }
            _ => {
                self.forget();
                false
            }
        }
    }

    /// Gives out the messages of one side that have come.
    fn frames(&mut self, side: Side, keys: &KeyLog, is_end: bool, give: &mut impl FnMut(Side, Found<'_>)) {
        let State::Known(kind) = self.state else { return };
        loop {
            if !self.half(side).in_step && !self.find(side, kind, keys) {
                return;
            }
            let is_proven = self.is_proven;
            let half = self.half(side);
            let (payload, end) = match kind.head(side, half.rest()) {
                None if !is_end || half.rest().is_empty() => return,
                Some(Head::QuickAck { end, .. }) if half.rest().len() >= end => {
                    half.advance(end);
                    continue;
                }
                Some(Head::QuickAck { .. }) if !is_end => return,
                Some(Head::Frame { payload, end, .. }) if end <= if is_proven { MAX_FRAME } else { MAX_FIRST } => {
                    (payload, end)
                }
                _ => {
                    half.fail();
                    continue;
                }
            };
            if half.rest().len() < end {
                if !is_end && !half.has_next(kind, payload.start, keys) {
                    return;
                }
                half.fail();
                continue;
            }
            // Where damage was, there may be many heads whose frames are one within the other.
            if half.is_damaged && keys.find(&half.rest()[..payload.end], payload.start + 1).is_some() {
                half.fail();
                continue;
            }
            let (buffer_start, length) = (half.start, payload.len());
            let message = buffer_start + payload.start..buffer_start + payload.end;
            let is_read = match length {
                4 if side == Side::Server => {
                    half.told(give);
                    let code = i32::from_le_bytes(part(&half.buffer[message], 0));
                    half.advance(end);
                    give(side, Found::Error(code));
                    true
                }
                OUTER.. => self.message(side, kind, message, end, keys, give),
                _ => false,
            };
            if !is_read {
                self.half(side).fail();
            }
        }
    }

    /// Gives out the message of a frame; whether it is one.
    fn message(
        &mut self,
        side: Side,
        kind: TransportKind,
        message: std::ops::Range<usize>,
        end: usize,
        keys: &KeyLog,
        give: &mut impl FnMut(Side, Found<'_>),
    ) -> bool {
        let mut scratch = std::mem::take(&mut self.scratch);
        let half = self.half(side);
        scratch.clear();
        scratch.extend_from_slice(&half.buffer[message]);
        let id = i64::from_le_bytes(part(&scratch, 0));
        let is_read = if id == 0 {
            let proof = plain::proof(&scratch, side);
            // Where nothing was read so far, what looks like one may be.
            let is_plain = proof.is_some_and(|is_known| is_known || !self.is_proven);
            if is_plain {
                let half = self.half(side);
                half.told(give);
                half.advance(end);
                self.is_proven |= proof == Some(true);
            }
            is_plain
        } else if let Some(key) = keys.get(id) {
            self.is_proven = true;
            let half = self.half(side);
            if kind == TransportKind::PaddedIntermediate {
                scratch.truncate(whole_blocks(&scratch).len());
            }
            match key.open(side, &mut scratch) {
                Ok(opened) => {
                    half.told(give);
                    half.advance(end);
                    give(side, Found::Message(id, opened));
                    true
                }
                Err(_) => false,
            }
        } else {
            let is_new = !self.unknown_keys.contains(&id);
            if self.is_proven {
                // Either damage, or another key: what is known goes on where its key is.
                false
            } else {
                self.half(side).advance(end);
                if is_new && self.unknown_keys.len() < 64 {
                    self.unknown_keys.push(id);
                    give(side, Found::UnknownKey(id));
                }
                true
            }
        };
        self.scratch = scratch;
        is_read
    }

    /// Goes to where the next frame begins; whether it has come.
    fn find(&mut self, side: Side, kind: TransportKind, keys: &KeyLog) -> bool {
        let half = self.half(side);
        let mut from = half.looked;
        while let Some(at) = keys.find(half.rest(), from) {
            let frame = frames_before(kind, side, half.rest(), at).next();
            if let Some((start, _)) = frame {
                half.lose(start);
                half.in_step = true;
                return true;
            }
            from = at + 1;
        }
        // What may be the head of a frame stays.
        let passed = half.rest().len().saturating_sub(HEAD);
        half.lose(passed);
        false
    }
}
