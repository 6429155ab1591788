//! Hashes of several parts, and pieces of them.

use sha1::Digest;

/// SHA-1 of the parts, one after the other.
///
/// ```
/// use tlgen_mtproto::sha1;
///
/// assert_eq!(sha1(&[b"auth", b"key"]), sha1(&[b"authkey"]));
/// ```
#[must_use]
pub fn sha1(parts: &[&[u8]]) -> [u8; 20] {
    let mut hash = sha1::Sha1::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// SHA-256 of the parts, one after the other.
///
/// ```
/// use tlgen_mtproto::sha256;
///
/// assert_eq!(sha256(&[b"auth", b"key"]), sha256(&[b"authkey"]));
/// ```
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = sha2::Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// `N` bytes of `bytes` from `start` on.
///
/// ```
/// use tlgen_mtproto::part;
///
/// assert_eq!(u16::from_le_bytes(part(&[1, 2, 3, 4], 1)), 0x0302);
/// ```
///
/// # Panics
/// When they are not there.
#[must_use]
pub fn part<const N: usize>(bytes: &[u8], start: usize) -> [u8; N] {
    let mut taken = [0; N];
    taken.copy_from_slice(&bytes[start..start + N]);
    taken
}
