//! What MTProto asks of cryptography. The primitives come from other crates; here is how they are put together.

pub(crate) mod aes;
mod auth_key;
pub(crate) mod dh;
mod known;
pub(crate) mod rsa;

pub use auth_key::AuthKey;
pub(crate) use auth_key::{OpenError, Opened, Side};
pub(crate) use rsa::PUBLIC_KEY_PEM;

use sha1::Digest;

/// SHA-1 of the parts, one after the other.
pub(crate) fn sha1(parts: &[&[u8]]) -> [u8; 20] {
    let mut hash = sha1::Sha1::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// SHA-256 of the parts, one after the other.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = sha2::Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// `N` bytes of `bytes` from `start` on. The callers know that they are there.
pub(crate) fn part<const N: usize>(bytes: &[u8], start: usize) -> [u8; N] {
    let mut taken = [0; N];
    taken.copy_from_slice(&bytes[start..start + N]);
    taken
}

/// Random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A random number, which may be negative.
pub(crate) fn random_long() -> Result<i64, getrandom::Error> {
    random().map(i64::from_le_bytes)
}
