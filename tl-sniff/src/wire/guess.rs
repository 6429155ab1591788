//! What a connection speaks whose beginning is not known.

use tlgen_mtproto::{Side, TransportKind, part};

use super::frame::{BEFORE, frames_before, whole_blocks};
use super::half::Half;
use super::{Found, HEAD, State, Wire};
use crate::keys::KeyLog;

/// The transports, those first whose heads say the most.
const KINDS: [TransportKind; 4] =
    [TransportKind::Full, TransportKind::Intermediate, TransportKind::PaddedIntermediate, TransportKind::Abridged];

/// What is known of the place where a message may begin.
enum Guess {
    /// It can be decrypted: the transport, where its frame begins, and who has sent it.
    Opened(TransportKind, usize, Side),
    /// It is not whole yet.
    Waits,
    None,
}

impl Wire {
    /// Finds out what a connection speaks whose beginning is not known: a frame whose message can be decrypted says it, and who has
    /// sent it. No byte is decrypted for more than one of the places where a message may begin.
    pub(super) fn guess(&mut self, side: Side, keys: &KeyLog, give: &mut impl FnMut(Side, Found<'_>)) -> bool {
        loop {
            let half = self.half(side);
            let Some(at) = keys.find(half.rest(), 0) else {
                half.lose(half.rest().len().saturating_sub(HEAD));
                return false;
            };
            half.pass(at.saturating_sub(BEFORE));
            match half.opened_at(at.min(BEFORE), keys) {
                Guess::Opened(kind, start, by) => {
                    half.lose(start);
                    half.in_step = true;
                    if by != side {
                        std::mem::swap(&mut self.client, &mut self.server);
                        (self.client.side, self.server.side) = (Side::Client, Side::Server);
                        self.is_swapped = !self.is_swapped;
                    }
                    let other = self.half(by.other());
                    (other.in_step, other.looked) = (false, 0);
                    self.state = State::Known(kind);
                    give(by, Found::Middle(kind, self.is_swapped));
                    return true;
                }
                Guess::Waits => return false,
                Guess::None => half.lose(at.min(BEFORE) + 1),
            }
        }
    }
}

impl Half {
    /// What the message is that seems to begin at `at`, where the id of a key is, if the transport is not known. It is asked again
    /// when more has come.
    fn opened_at(&mut self, at: usize, keys: &KeyLog) -> Guess {
        let (rest, before) = (&self.buffer[self.start..], self.looked);
        // No message has the id of a key within it, so what ends after the next id is none.
        let next = keys.find(rest, before.saturating_sub(8).max(at + 1)).unwrap_or(usize::MAX);
        let mut waits = false;
        for kind in KINDS {
            for side in [self.side, self.side.other()] {
                for (start, end) in frames_before(kind, side, rest, at).filter(|(_, end)| *end <= next) {
                    let Some(frame) = rest.get(at..end) else {
                        waits = true;
                        continue;
                    };
                    // What was whole before was tried before.
                    if end <= before {
                        continue;
                    }
                    let mut sealed = whole_blocks(frame).to_vec();
                    let id = i64::from_le_bytes(part(&sealed, 0));
                    if keys.get(id).is_some_and(|key| key.open(side, &mut sealed).is_ok()) {
                        return Guess::Opened(kind, start, side);
                    }
                }
            }
        }
        self.looked = rest.len();
        if waits { Guess::Waits } else { Guess::None }
    }
}
