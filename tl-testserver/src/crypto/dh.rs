//! The exchange of Diffie and Hellman.

use num_bigint::BigUint;

use super::known::{GENERATOR, PRIME};

/// The secret half of the server.
pub(crate) struct Secret(BigUint);

/// The generator.
pub(crate) fn generator() -> i32 {
    GENERATOR
}

fn modulus() -> BigUint {
    BigUint::parse_bytes(PRIME, 16).unwrap_or_default()
}

/// The prime modulus, 256 bytes.
pub(crate) fn prime() -> Vec<u8> {
    modulus().to_bytes_be()
}

impl Secret {
    /// A random one.
    pub(crate) fn new() -> Result<Self, getrandom::Error> {
        Ok(Self(BigUint::from_bytes_be(&super::random::<256>()?)))
    }

    /// The public half, 256 bytes.
    pub(crate) fn public(&self) -> Vec<u8> {
        padded(&BigUint::from(GENERATOR.unsigned_abs()).modpow(&self.0, &modulus())).to_vec()
    }

    /// The key that follows from the public half of the client. `None` if that is too small or too large to be safe.
    pub(crate) fn key(&self, public: &[u8]) -> Option<[u8; 256]> {
        let (public, modulus) = (BigUint::from_bytes_be(public), modulus());
        let margin = BigUint::from(1u8) << (2048 - 64);
        let is_safe = public >= margin && public <= &modulus - &margin;
        is_safe.then(|| padded(&public.modpow(&self.0, &modulus)))
    }
}

fn padded(number: &BigUint) -> [u8; 256] {
    let bytes = number.to_bytes_be();
    let mut padded = [0; 256];
    let start = padded.len().saturating_sub(bytes.len());
    padded[start..].copy_from_slice(&bytes);
    padded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_get_one_key() {
        let (server, client) = (Secret::new().unwrap(), Secret::new().unwrap());
        assert_eq!(server.key(&client.public()), client.key(&server.public()));
        assert!(server.key(&client.public()).is_some());
    }

    #[test]
    fn numbers_that_tell_the_secret_are_refused() {
        let secret = Secret::new().unwrap();
        let near = (modulus() - 1u8).to_bytes_be();
        for public in [&[][..], &[0], &[1], &[0xff; 248], &near, &[0xff; 256], &prime()] {
            assert!(secret.key(public).is_none());
        }
    }
}
