//! The transport of a connection from its first bytes.

use super::TransportKind;
use super::obfuscation::{HEAD, Obfuscation};
use crate::error::TransportError;
use crate::hash::part;

/// How a connection begins.
///
/// ```
/// use tlgen_mtproto::{Detected, TransportKind, detect};
///
/// let Ok(Some(Detected::Plain(kind, mark))) = detect(b"\xee\xee\xee\xee") else { panic!() };
/// assert_eq!((kind, mark), (TransportKind::Intermediate, 4));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Detected {
    /// As it is, with the length of the mark.
    Plain(TransportKind, usize),
    /// Obfuscated; the mark is within the first 64 bytes.
    Obfuscated(TransportKind, Box<Obfuscation>),
}

/// The first words of other protocols: HTTP, and the beginning of TLS.
const OTHERS: [&[u8; 4]; 6] = [b"GET ", b"POST", b"HEAD", b"OPTI", b"PUT ", b"\x16\x03\x01\x02"];

/// The transport of a connection that the client has begun with `input`; `None` if more is needed to know, 64 bytes at most.
///
/// ```
/// use tlgen_mtproto::detect;
///
/// assert!(matches!(detect(b"\xee\xee"), Ok(None)));
/// ```
///
/// # Errors
/// When it is none.
pub fn detect(input: &[u8]) -> Result<Option<Detected>, TransportError> {
    if input.first() == Some(&0xef) {
        return Ok(Some(Detected::Plain(TransportKind::Abridged, 1)));
    }
    let Some(first) = input.first_chunk::<4>() else { return Ok(None) };
    if OTHERS.contains(&first) {
        return Err(TransportError::OtherProtocol);
    }
    if let Some(kind) = marked(*first) {
        return Ok(Some(Detected::Plain(kind, 4)));
    }
    // A full frame has its length and then its number, 0.
    let Some(second) = input.get(4..8) else { return Ok(None) };
    if second == [0; 4] {
        return Ok(Some(Detected::Plain(TransportKind::Full, 0)));
    }
    let Some(head) = input.first_chunk::<HEAD>() else { return Ok(None) };
    let (obfuscation, decrypted) = Obfuscation::new(head);
    let kind = match part(&decrypted, 56) {
        [0xef, 0xef, 0xef, 0xef] => TransportKind::Abridged,
        mark => marked(mark).ok_or(TransportError::Unknown)?,
    };
    Ok(Some(Detected::Obfuscated(kind, Box::new(obfuscation))))
}

fn marked(mark: [u8; 4]) -> Option<TransportKind> {
    match mark {
        [0xee, 0xee, 0xee, 0xee] => Some(TransportKind::Intermediate),
        [0xdd, 0xdd, 0xdd, 0xdd] => Some(TransportKind::PaddedIntermediate),
        _ => None,
    }
}
