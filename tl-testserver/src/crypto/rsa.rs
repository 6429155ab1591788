//! The RSA key of the server, and the first secret that a client sends with it.

use num_bigint::BigUint;
use tlgen_mtproto::{IgeKey, part, sha1, sha256};

use super::known::{EXPONENT, MODULUS, PEM, SECRET};

/// The public key of every test server, for clients that are given one: PKCS #1 in PEM.
///
/// The secret half is printed in the source of this crate. A client that trusts this key has no secrets.
pub(crate) const PUBLIC_KEY_PEM: &str = PEM;

/// What the client has encrypted, before it is known what it is.
#[derive(Debug)]
pub(crate) struct Secret {
    /// The bytes, with padding after them.
    pub(crate) padded: Vec<u8>,
    /// SHA-1 of the bytes without padding, in the older form.
    pub(crate) hash: Option<[u8; 20]>,
}

fn number(hexadecimal: &[u8]) -> BigUint {
    BigUint::parse_bytes(hexadecimal, 16).unwrap_or_default()
}

/// The number by which a client names the key: the lower 64 bits of the SHA-1 of modulus and exponent as TL bytes.
pub(crate) fn fingerprint() -> i64 {
    let mut key = Vec::with_capacity(264);
    key.extend_from_slice(&[0xfe, 0, 1, 0]);
    key.extend_from_slice(&number(MODULUS).to_bytes_be());
    key.push(3);
    key.extend_from_slice(&EXPONENT.to_be_bytes()[1..]);
    i64::from_le_bytes(part(&sha1(&[&key]), 12))
}

/// What a client has encrypted with the public key: 256 bytes. `None` if it has neither of the two known forms.
pub(crate) fn decrypt(encrypted: &[u8]) -> Option<Secret> {
    let modulus = number(MODULUS);
    let encrypted = BigUint::from_bytes_be(encrypted);
    if encrypted >= modulus {
        return None;
    }
    let bytes = encrypted.modpow(&number(SECRET), &modulus).to_bytes_be();
    let mut plain = [0; 256];
    plain[256usize.checked_sub(bytes.len())?..].copy_from_slice(&bytes);
    with_pad(&plain).or_else(|| with_hash(&plain))
}

/// The form `RSA_PAD`: a temporary key under a hash of what it encrypts, then 192 bytes back to front and a hash of them.
fn with_pad(plain: &[u8; 256]) -> Option<Secret> {
    let (masked_key, encrypted) = plain.split_at(32);
    let mut key = sha256(&[encrypted]);
    key.iter_mut().zip(masked_key).for_each(|(byte, masked)| *byte ^= masked);
    let mut data = encrypted.to_vec();
    IgeKey { key, iv: [0; 32] }.decrypt(&mut data);
    let hash = data.split_off(192);
    data.reverse();
    (sha256(&[&key, &data])[..] == hash[..]).then_some(Secret { padded: data, hash: None })
}

/// The older form: a SHA-1 of the data, the data, and padding, 255 bytes in all.
fn with_hash(plain: &[u8; 256]) -> Option<Secret> {
    (plain[0] == 0).then(|| Secret { padded: plain[21..].to_vec(), hash: Some(part(plain, 1)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn public(plain: &[u8]) -> Vec<u8> {
        let encrypted = BigUint::from_bytes_be(plain).modpow(&EXPONENT.into(), &number(MODULUS)).to_bytes_be();
        [vec![0; 256 - encrypted.len()], encrypted].concat()
    }

    #[test]
    fn the_older_form() {
        let data = [7; 144];
        let plain = [&[0][..], &sha1(&[&data]), &data, &[9; 91]].concat();
        let secret = decrypt(&public(&plain)).unwrap();
        assert_eq!(secret.padded[..144], data);
        assert_eq!(secret.hash, Some(sha1(&[&data])));
    }

    /// By another implementation.
    #[test]
    fn the_form_with_padding() {
        let key = grammers_crypto::rsa::Key::new(&number(MODULUS).to_string(), &EXPONENT.to_string()).unwrap();
        let encrypted = grammers_crypto::rsa::encrypt_hashed(&[7; 144], &key, &[3; 224]);
        let secret = decrypt(&encrypted).unwrap();
        assert_eq!((secret.padded.len(), &secret.padded[..144], secret.hash), (192, &[7; 144][..], None));
    }

    #[test]
    fn what_is_neither_is_refused() {
        assert!(decrypt(&public(&[1; 255])).is_none_or(|secret| secret.hash.is_some()));
        assert!(decrypt(&public(&[&[1][..], &[1; 255]].concat())).is_none());
        assert!(decrypt(&[0xff; 256]).is_none());
    }

    /// The PEM holds modulus and exponent after a head of DER.
    #[test]
    fn the_pem_is_that_key() {
        let base64: String = PUBLIC_KEY_PEM.lines().filter(|line| !line.starts_with('-')).collect();
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut der = Vec::new();
        for four in base64.as_bytes().chunks(4) {
            let value = |byte: &u8| alphabet.iter().position(|known| known == byte).unwrap_or(0);
            let bits = four.iter().fold(0, |bits, byte| bits << 6 | value(byte));
            der.extend([bits >> 16, bits >> 8, bits].map(|byte| byte as u8));
        }
        assert_eq!(der[9..265], number(MODULUS).to_bytes_be());
        assert_eq!(der[265..270], [2, 3, 1, 0, 1]);
    }
}
