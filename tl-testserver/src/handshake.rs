//! The exchange of keys, from the side of the server: three requests, each answered, and then both sides have a key.

use tlgen_mtproto::{AuthKey, IgeKey, part, sha1};
use tlgen_runtime::{Combinator, Decode, DecodeOptions, DecodeOwned, Encode};

use crate::crypto::{self, dh, rsa};
use crate::error::{CloseReason, HandshakeError};
use crate::generated::mtproto::{constructors, functions, types};

/// How far the exchange is.
#[derive(Default)]
pub(crate) enum Handshake {
    /// Nothing has come.
    #[default]
    Start,
    /// `resPQ` was sent.
    Factors(Box<Factors>),
    /// `server_DH_params_ok` was sent.
    Secrets(Box<Secrets>),
}

pub(crate) struct Factors {
    nonce: [u8; 16],
    server_nonce: [u8; 16],
    p: u32,
    q: u32,
}

pub(crate) struct Secrets {
    nonce: [u8; 16],
    server_nonce: [u8; 16],
    new_nonce: [u8; 32],
    secret: dh::Secret,
    cipher: IgeKey,
}

/// What is done with a request.
pub(crate) struct Step {
    /// The answer.
    pub(crate) answer: Vec<u8>,
    /// The key that both sides have now, and its first salt.
    pub(crate) key: Option<(AuthKey, i64)>,
}

impl Step {
    fn answer(value: &impl Encode) -> Result<Self, CloseReason> {
        Ok(Self { answer: value.to_bytes().map_err(|_| CloseReason::Answer)?, key: None })
    }
}

impl Handshake {
    /// Answers a request. `is_taken` says whether there is a key with this id.
    pub(crate) fn step(&mut self, body: &[u8], is_taken: impl Fn(i64) -> bool) -> Result<Step, CloseReason> {
        let id = body.first_chunk().map_or(0, |&id| u32::from_le_bytes(id));
        match id {
            functions::ReqPq::ID => self.factors(request::<functions::ReqPq>(body)?.nonce),
            functions::ReqPqMulti::ID => self.factors(request::<functions::ReqPqMulti>(body)?.nonce),
            functions::ReqDhParams::ID => self.secrets(&request(body)?),
            functions::SetClientDhParams::ID => self.finish(&request(body)?, is_taken),
            // A client may confirm an answer, which changes nothing.
            constructors::MsgsAck::ID => Ok(Step { answer: Vec::new(), key: None }),
            _ => Err(unknown(body).into()),
        }
    }

    fn factors(&mut self, nonce: [u8; 16]) -> Result<Step, CloseReason> {
        let (one, other) = (prime()?, prime()?);
        let (p, q) = (one.min(other), one.max(other));
        let server_nonce = crypto::random()?;
        *self = Self::Factors(Box::new(Factors { nonce, server_nonce, p, q }));
        let pq = (u64::from(p) * u64::from(q)).to_be_bytes().to_vec();
        Step::answer(&constructors::ResPq {
            nonce,
            server_nonce,
            pq,
            server_public_key_fingerprints: vec![rsa::fingerprint()],
        })
    }

    fn secrets(&mut self, request: &functions::ReqDhParams) -> Result<Step, CloseReason> {
        let Self::Factors(factors) = self else { return Err(HandshakeError::OutOfTurn.into()) };
        let Factors { nonce, server_nonce, p, q } = **factors;
        if (request.nonce, request.server_nonce) != (nonce, server_nonce) {
            return Err(HandshakeError::Nonce.into());
        }
        if request.public_key_fingerprint != rsa::fingerprint() {
            return Err(HandshakeError::Fingerprint { fingerprint: request.public_key_fingerprint }.into());
        }
        let inner = Inner::of(&request.encrypted_data)?;
        if (inner.nonce, inner.server_nonce) != (nonce, server_nonce) {
            return Err(HandshakeError::Nonce.into());
        }
        let is = |bytes: &[u8], number: u64| bytes.len() <= 8 && big_endian(bytes) == number;
        let (small, large) = (u64::from(p), u64::from(q));
        let all = [(&request.p, small), (&request.q, large), (&inner.p, small), (&inner.q, large)];
        if !all.iter().all(|(bytes, number)| is(bytes, *number)) || !is(&inner.pq, small * large) {
            return Err(HandshakeError::Factors.into());
        }
        let new_nonce = inner.new_nonce;
        let secret = dh::Secret::new()?;
        let cipher = temporary_key(&new_nonce, &server_nonce);
        let answer = constructors::ServerDhInnerData {
            nonce,
            server_nonce,
            g: dh::generator(),
            dh_prime: dh::prime(),
            g_a: secret.public(),
            server_time: crate::clock::unix_time(),
        };
        let answer = answer.to_bytes().map_err(|_| CloseReason::Answer)?;
        let mut encrypted = [&sha1(&[&answer])[..], &answer].concat();
        let padding = (16 - encrypted.len() % 16) % 16;
        encrypted.extend_from_slice(&crypto::random::<16>()?[..padding]);
        cipher.encrypt(&mut encrypted);
        *self = Self::Secrets(Box::new(Secrets { nonce, server_nonce, new_nonce, secret, cipher }));
        Step::answer(&types::ServerDhParams::Ok(constructors::ServerDhParamsOk {
            nonce,
            server_nonce,
            encrypted_answer: encrypted,
        }))
    }

    fn finish(
        &mut self,
        request: &functions::SetClientDhParams,
        is_taken: impl Fn(i64) -> bool,
    ) -> Result<Step, CloseReason> {
        let Self::Secrets(secrets) = self else { return Err(HandshakeError::OutOfTurn.into()) };
        let Secrets { nonce, server_nonce, new_nonce, .. } = **secrets;
        if (request.nonce, request.server_nonce) != (nonce, server_nonce) {
            return Err(HandshakeError::Nonce.into());
        }
        let mut plain = request.encrypted_data.clone();
        if plain.len() < 20 || !plain.len().is_multiple_of(16) {
            return Err(HandshakeError::Secret.into());
        }
        secrets.cipher.decrypt(&mut plain);
        let (hash, data) = plain.split_at(20);
        let (inner, length) =
            DecodeOptions::new().prefix::<constructors::ClientDhInnerData>(data).map_err(|_| HandshakeError::Secret)?;
        if sha1(&[&data[..length]]) != hash || data.len() - length > 15 {
            return Err(HandshakeError::Secret.into());
        }
        if (inner.nonce, inner.server_nonce) != (nonce, server_nonce) {
            return Err(HandshakeError::Nonce.into());
        }
        let key = AuthKey::new(secrets.secret.key(&inner.g_b).ok_or(HandshakeError::PublicNumber)?);
        let proof = |number: u8| part(&sha1(&[&new_nonce, &[number], &key.aux_hash()]), 4);
        if is_taken(key.id()) {
            let retry = constructors::DhGenRetry { nonce, server_nonce, new_nonce_hash2: proof(2) };
            return Step::answer(&types::SetClientDhParamsAnswer::DhGenRetry(retry));
        }
        let done = constructors::DhGenOk { nonce, server_nonce, new_nonce_hash1: proof(1) };
        let step = Step::answer(&types::SetClientDhParamsAnswer::DhGenOk(done))?;
        let salt = i64::from_le_bytes(part(&new_nonce, 0)) ^ i64::from_le_bytes(part(&server_nonce, 0));
        *self = Self::Start;
        Ok(Step { key: Some((key, salt)), ..step })
    }
}

/// What all forms of `P_Q_inner_data` have.
struct Inner {
    pq: Vec<u8>,
    p: Vec<u8>,
    q: Vec<u8>,
    nonce: [u8; 16],
    server_nonce: [u8; 16],
    new_nonce: [u8; 32],
}

impl Inner {
    /// From what the client has encrypted with the public key.
    fn of(encrypted: &[u8]) -> Result<Self, HandshakeError> {
        let secret = rsa::decrypt(encrypted).ok_or(HandshakeError::Secret)?;
        let read = DecodeOptions::new().prefix::<types::PQInnerData>(&secret.padded);
        let (inner, length) = read.map_err(|_| HandshakeError::Secret)?;
        if secret.hash.is_some_and(|hash| sha1(&[&secret.padded[..length]]) != hash) {
            return Err(HandshakeError::Secret);
        }
        macro_rules! common {
            ($inner:expr) => {{
                let inner = $inner.into_inner();
                Self {
                    pq: inner.pq,
                    p: inner.p,
                    q: inner.q,
                    nonce: inner.nonce,
                    server_nonce: inner.server_nonce,
                    new_nonce: inner.new_nonce,
                }
            }};
        }
        Ok(match inner {
            types::PQInnerData::PQInnerData(inner) => common!(inner),
            types::PQInnerData::Dc(inner) => common!(inner),
            types::PQInnerData::Temp(inner) => common!(inner),
            types::PQInnerData::TempDc(inner) => common!(inner),
        })
    }
}

/// The key with which the last messages of the exchange are encrypted.
fn temporary_key(new_nonce: &[u8; 32], server_nonce: &[u8; 16]) -> IgeKey {
    let first = sha1(&[new_nonce, server_nonce]);
    let second = sha1(&[server_nonce, new_nonce]);
    let third = sha1(&[new_nonce, new_nonce]);
    let all = [&first[..], &second, &third, &new_nonce[..4]].concat();
    IgeKey { key: part(&all, 0), iv: part(&all, 32) }
}

fn big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn request<T: DecodeOwned>(body: &[u8]) -> Result<T, HandshakeError> {
    T::from_bytes(body).map_err(HandshakeError::Request)
}

/// That `body` is no request of the exchange.
fn unknown(body: &[u8]) -> HandshakeError {
    functions::ReqPqMulti::from_bytes(body).map_or_else(HandshakeError::Request, |_| HandshakeError::OutOfTurn)
}

/// A random prime of 31 bits with the upper bit set, so that the product of two has 62 or 63.
fn prime() -> Result<u32, getrandom::Error> {
    let mut candidate = u32::from_le_bytes(crypto::random()?) & 0x3fff_ffff | 0x4000_0001;
    while !is_prime(candidate) {
        // The last prime below 2^31 is 2^31 - 1 itself.
        candidate += 2;
    }
    Ok(candidate)
}

fn is_prime(odd: u32) -> bool {
    (3..).step_by(2).take_while(|divisor| divisor * divisor <= odd).all(|divisor| !odd.is_multiple_of(divisor))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn primes_are_prime() {
        assert!(is_prime(0x7fff_ffff) && is_prime(0x494c_553b) && is_prime(0x5391_1073));
        assert!(!is_prime(0x494c_553d) && !is_prime(9));
        let prime = prime().unwrap();
        assert!(is_prime(prime) && prime >> 30 == 1);
    }

    #[test]
    fn out_of_turn() {
        let request =
            functions::SetClientDhParams { nonce: [0; 16], server_nonce: [0; 16], encrypted_data: vec![0; 32] };
        let mut handshake = Handshake::default();
        let refused = handshake.step(&request.to_bytes().unwrap(), |_| false).err();
        assert_eq!(refused, Some(CloseReason::Handshake(HandshakeError::OutOfTurn)));
        for garbage in [&[][..], &[1; 20], &functions::ReqPq::ID.to_le_bytes()] {
            let refused = handshake.step(garbage, |_| false).err();
            assert!(matches!(refused, Some(CloseReason::Handshake(HandshakeError::Request(_)))), "{refused:?}");
        }
    }
}
