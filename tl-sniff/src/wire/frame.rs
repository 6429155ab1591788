//! Where the id of a key is, a frame may begin before it.

use tlgen_mtproto::{Head, Side, TransportKind};

/// The longest frame that is waited for.
pub(super) const MAX_FRAME: usize = 1 << 24;

/// The longest head of a frame.
pub(super) const BEFORE: usize = 8;

/// The length of what comes before the encrypted part of a message, and of the shortest such part.
pub(super) const OUTER: usize = 24;
const LEAST: usize = 48;

/// The frames whose message may begin at `at`, with the id of a key: where the frame begins and where its message ends.
pub(super) fn frames_before(
    kind: TransportKind,
    side: Side,
    bytes: &[u8],
    at: usize,
) -> impl Iterator<Item = (usize, usize)> + use<'_> {
    let before: &[usize] = match kind {
        TransportKind::Abridged => &[4, 1],
        TransportKind::Full => &[BEFORE],
        _ => &[4],
    };
    before.iter().filter_map(move |before| {
        let start = at.checked_sub(*before)?;
        let Some(Head::Frame { payload, end, .. }) = kind.head(side, &bytes[start..]) else { return None };
        let encrypted = payload.len().checked_sub(OUTER)?;
        let is_whole = kind == TransportKind::PaddedIntermediate || encrypted.is_multiple_of(16);
        (payload.start == *before && encrypted >= LEAST && end <= MAX_FRAME && is_whole)
            .then_some((start, start + payload.end))
    })
}

/// A message without the padding of its frame.
pub(super) fn whole_blocks(message: &[u8]) -> &[u8] {
    let encrypted = message.len().saturating_sub(OUTER);
    &message[..message.len() - encrypted % 16]
}
