//! What the exchange of keys asks of cryptography. What all of MTProto needs is in `tlgen_mtproto`.

pub(crate) mod dh;
mod known;
pub(crate) mod rsa;

pub(crate) use rsa::PUBLIC_KEY_PEM;

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
