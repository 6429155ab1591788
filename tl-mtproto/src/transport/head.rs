//! Where a frame begins and ends.

use std::ops::Range;

use super::TransportKind;
use crate::auth_key::Side;
use crate::hash::part;

/// The bit of a length with which a client asks for a quick acknowledgement, and with which the server gives one.
pub(super) const QUICK_ACK: u32 = 1 << 31;

/// What a full frame has beside the message: length, number and check sum.
pub(super) const FULL_OVERHEAD: usize = 12;

/// What comes next in one direction of a connection, by its first bytes. Lengths are what they claim to be: neither check sums nor
/// the sequence of full frames are looked at.
///
/// ```
/// use tlgen_mtproto::{Head, Side, TransportKind};
///
/// let head = TransportKind::Abridged.head(Side::Client, b"\x02message!");
/// assert_eq!(head, Some(Head::Frame { payload: 1..9, end: 9, wants_quick_ack: false }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Head {
    /// A frame.
    Frame {
        /// Where its message is, counted from its first byte. From a server 4 bytes are a code of an error.
        payload: Range<usize>,
        /// Where the next frame begins.
        end: usize,
        /// Whether the client wants to know at once that it has arrived.
        wants_quick_ack: bool,
    },
    /// The server has received a message and says so at once.
    QuickAck {
        /// The upper bits of the hash of the message.
        token: u32,
        /// Where the next frame begins.
        end: usize,
    },
    /// No frame has this length.
    Broken {
        /// The length in bytes.
        length: usize,
    },
}

impl TransportKind {
    /// What `input` of `side` begins with; `None` if more is needed to know.
    #[must_use]
    pub fn head(self, side: Side, input: &[u8]) -> Option<Head> {
        let (before, length, marked) = match self {
            Self::Abridged => {
                let (&first, rest) = input.split_first()?;
                let marked = first & 0x80 != 0;
                if marked && side == Side::Server {
                    return Some(Head::QuickAck { token: u32::from_be_bytes(*input.first_chunk()?), end: 4 });
                }
                match first & 0x7f {
                    0x7f => {
                        let [a, b, c] = *rest.first_chunk::<3>()?;
                        (4, u32::from_le_bytes([a, b, c, 0]) as usize * 4, marked)
                    }
                    words => (1, usize::from(words) * 4, marked),
                }
            }
            Self::Intermediate | Self::PaddedIntermediate => {
                let length = u32::from_le_bytes(*input.first_chunk()?);
                let marked = length & QUICK_ACK != 0;
                if marked && side == Side::Server {
                    return Some(Head::QuickAck { token: length, end: 4 });
                }
                (4, (length & !QUICK_ACK) as usize, marked)
            }
            Self::Full => return full(side, input),
        };
        Some(Head::Frame { payload: before..before + length, end: before + length, wants_quick_ack: marked })
    }
}

/// A full frame has its length first, which counts itself.
fn full(side: Side, input: &[u8]) -> Option<Head> {
    let first: [u8; 4] = *input.first_chunk()?;
    if side == Side::Server && first[3] & 0x80 != 0 {
        // The code of an error in the place of length, number and message, or of the first of them alone.
        let repeated = input.get(..FULL_OVERHEAD)? == [first; 3].concat();
        return Some(Head::Frame {
            payload: 0..4,
            end: if repeated { FULL_OVERHEAD } else { 4 },
            wants_quick_ack: false,
        });
    }
    let length = u32::from_le_bytes(part(&first, 0)) as usize;
    match length.checked_sub(4) {
        Some(end @ 8..) => Some(Head::Frame { payload: 8..end, end: length, wants_quick_ack: false }),
        _ => Some(Head::Broken { length }),
    }
}
