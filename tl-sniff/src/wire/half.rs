//! What one side has sent: bytes that are no message yet.

use tlgen_mtproto::{Ctr, Side, TransportKind};

use super::Found;
use super::frame::frames_before;
use crate::keys::KeyLog;

/// How much of a long frame comes between two looks at whether the next frame has come.
const LOOK: usize = 1 << 16;

/// The bytes of one side.
#[derive(Debug)]
pub(super) struct Half {
    pub(super) side: Side,
    pub(super) buffer: Vec<u8>,
    pub(super) start: usize,
    /// The offset of `start` in all that the side has sent.
    pub(super) offset: u64,
    pub(super) cipher: Option<Ctr>,
    /// Whether a frame begins at `start`.
    pub(super) in_step: bool,
    /// Bytes before `start` that belong to no message.
    pub(super) lost: u64,
    /// How much of the buffer was looked through for the next frame.
    pub(super) looked: usize,
    /// Whether a frame was not what it seemed to be, so that those which come are looked at before they are decrypted.
    pub(super) is_damaged: bool,
}

impl Half {
    pub(super) fn new(side: Side) -> Self {
        Self {
            side,
            buffer: Vec::new(),
            start: 0,
            offset: 0,
            cipher: None,
            in_step: true,
            lost: 0,
            looked: 0,
            is_damaged: false,
        }
    }

    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    pub(super) fn advance(&mut self, bytes: usize) {
        self.start += bytes;
        self.offset += bytes as u64;
        self.looked = 0;
    }

    /// There is no frame after all.
    pub(super) fn fail(&mut self) {
        self.in_step = false;
        self.is_damaged = true;
        self.lose(1);
    }

    /// Passes over bytes that are no message.
    pub(super) fn lose(&mut self, bytes: usize) {
        self.advance(bytes);
        self.lost += bytes as u64;
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let before = self.buffer.len();
        self.buffer.extend_from_slice(bytes);
        if let Some(cipher) = &mut self.cipher {
            cipher.apply(&mut self.buffer[before..]);
        }
    }

    /// Bytes are missing after those that have come.
    pub(super) fn gap(&mut self, bytes: u64) {
        self.lose(self.rest().len());
        self.buffer.clear();
        self.start = 0;
        self.offset += bytes;
        self.lost += bytes;
        self.in_step = false;
        if let Some(cipher) = &mut self.cipher {
            cipher.skip(bytes);
        }
    }

    /// From now on, and for what has come, the bytes are decrypted.
    pub(super) fn decrypt(&mut self, mut cipher: Ctr) {
        cipher.skip(self.offset);
        cipher.apply(&mut self.buffer[self.start..]);
        self.cipher = Some(cipher);
    }

    pub(super) fn told(&mut self, give: &mut impl FnMut(Side, Found<'_>)) {
        if self.lost > 0 {
            give(self.side, Found::Lost(self.offset - self.lost, self.lost));
            self.lost = 0;
        }
    }
    /// Whether another frame begins within the one that is waited for, which is therefore not as long as it says. `own`: where its
    /// message begins.
    pub(super) fn has_next(&mut self, kind: TransportKind, own: usize, keys: &KeyLog) -> bool {
        let length = self.rest().len();
        if length < self.looked + LOOK {
            return false;
        }
        let from = self.looked.saturating_sub(8).max(own + 1);
        let found = keys.find(self.rest(), from);
        self.looked = length;
        found.is_some_and(|at| frames_before(kind, self.side, self.rest(), at).next().is_some())
    }

    /// Passes over what is before the next candidate. If that is nothing, it is still known how much was looked through.
    pub(super) fn pass(&mut self, bytes: usize) {
        if bytes > 0 {
            self.lose(bytes);
        }
    }
}
