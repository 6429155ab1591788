//! Authorization keys, and messages that are encrypted with them.

use std::fmt;

use crate::aes::IgeKey;
use crate::hash::{part, sha1, sha256};

/// The length of the id of the key and of the key of a message, which come before what is encrypted.
const HEAD: usize = 24;

/// The shortest and the longest padding at the end of a message.
const PADDING: std::ops::RangeInclusive<usize> = 12..=1024;

/// What an encrypted message begins with: salt, session, id, number and length.
const INNER_HEAD: usize = 32;

/// Who has encrypted a message, or has sent a frame.
///
/// ```
/// use tlgen_mtproto::{AuthKey, Side};
///
/// // What one side has encrypted is no message of the other.
/// let key = AuthKey::new(std::array::from_fn(|i| i as u8));
/// let mut sealed = key.seal(Side::Client, vec![0; 32], &[1; 32]);
/// assert!(key.open(Side::Server, &mut sealed).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Who has opened the connection.
    Client,
    /// Who was called.
    Server,
}

impl Side {
    /// The side that reads what this one writes.
    ///
    /// ```
    /// use tlgen_mtproto::Side;
    ///
    /// assert_eq!(Side::Client.other(), Side::Server);
    /// ```
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }

    /// Where in the key the parts for this direction begin.
    fn shift(self) -> usize {
        match self {
            Self::Client => 0,
            Self::Server => 8,
        }
    }
}

/// The secret of 2,048 bits that a client and the server share.
///
/// ```
/// use tlgen_mtproto::AuthKey;
///
/// let key = AuthKey::new([7; 256]);
/// assert_eq!(key.id(), AuthKey::new([7; 256]).id());
/// assert_ne!(key.id(), AuthKey::new([8; 256]).id());
/// assert_eq!(key.bytes(), &[7; 256]);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct AuthKey {
    bytes: Box<[u8; 256]>,
    id: i64,
    aux_hash: [u8; 8],
}

/// What is wrong with an encrypted message.
///
/// ```
/// use tlgen_mtproto::{AuthKey, OpenError, Side};
///
/// let key = AuthKey::new([7; 256]);
/// assert_eq!(key.open(Side::Client, &mut [0; 80]), Err(OpenError::Length));
/// assert_eq!(key.open(Side::Client, &mut [0; 88]), Err(OpenError::MessageKey));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OpenError {
    /// It is too short, or no number of whole blocks.
    Length,
    /// Its key does not follow from its content: it was changed on the way, or encrypted with another key.
    MessageKey,
    /// The padding is shorter or longer than it may be.
    Padding,
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "its length is wrong",
            Self::MessageKey => "its key does not follow from its content",
            Self::Padding => "its padding is wrong",
        })
    }
}

impl std::error::Error for OpenError {}

/// The parts of a message that was opened.
///
/// ```
/// use tlgen_mtproto::{AuthKey, Side};
///
/// let key = AuthKey::new([7; 256]);
/// let message = [&1i64.to_le_bytes()[..], &2i64.to_le_bytes(), &3i64.to_le_bytes(), &[0; 8]].concat();
/// let mut sealed = key.seal(Side::Server, message, &[1; 32]);
/// let opened = key.open(Side::Server, &mut sealed)?;
/// assert_eq!((opened.salt, opened.session_id, opened.msg_id, opened.body.len()), (1, 2, 3, 0));
/// # Ok::<(), tlgen_mtproto::OpenError>(())
/// ```
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Opened<'a> {
    /// The salt of the server.
    pub salt: i64,
    /// The session, which the client has chosen.
    pub session_id: i64,
    /// The id of the message: roughly the time at which it was made, in units of 1/2^32 s.
    pub msg_id: i64,
    /// Twice the number of messages before it that ask for confirmation, and one more if it is one itself.
    pub seqno: i32,
    /// The message.
    pub body: &'a [u8],
    /// What the client waits for if it asked for a quick acknowledgement.
    pub quick_ack: u32,
}

impl AuthKey {
    /// From its bytes, big endian.
    #[must_use]
    pub fn new(bytes: [u8; 256]) -> Self {
        let hash = sha1(&[&bytes]);
        Self { bytes: Box::new(bytes), id: i64::from_le_bytes(part(&hash, 12)), aux_hash: part(&hash, 0) }
    }

    /// The number by which messages name it: the lower 64 bits of its SHA-1.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Its bytes, big endian.
    #[must_use]
    pub fn bytes(&self) -> &[u8; 256] {
        &self.bytes
    }

    /// The upper 64 bits of its SHA-1, which prove the key at the end of the exchange.
    ///
    /// ```
    /// use tlgen_mtproto::{AuthKey, sha1};
    ///
    /// let key = AuthKey::new([7; 256]);
    /// assert_eq!(key.aux_hash(), sha1(&[key.bytes()])[..8]);
    /// ```
    #[must_use]
    pub fn aux_hash(&self) -> [u8; 8] {
        self.aux_hash
    }

    /// The key of a message from its padded plaintext: the middle of a hash, whose beginning is the quick acknowledgement.
    fn message_key(&self, side: Side, plain: &[u8]) -> ([u8; 16], u32) {
        let hash = sha256(&[&self.bytes[88 + side.shift()..][..32], plain]);
        (part(&hash, 8), u32::from_le_bytes(part(&hash, 0)))
    }

    fn message_cipher(&self, side: Side, message_key: &[u8; 16]) -> IgeKey {
        let x = side.shift();
        let a = sha256(&[message_key, &self.bytes[x..][..36]]);
        let b = sha256(&[&self.bytes[40 + x..][..36], message_key]);
        let mut cipher = IgeKey { key: [0; 32], iv: [0; 32] };
        for (to, [outer, inner]) in [(&mut cipher.key, [a, b]), (&mut cipher.iv, [b, a])] {
            to.copy_from_slice(&outer);
            to[8..24].copy_from_slice(&inner[8..24]);
        }
        cipher
    }

    /// Encrypts a message of `side` whose inner part, without padding, is `plain`: salt, session, id, number, length and body.
    /// `random` is what it is padded with, 12 bytes at least.
    #[must_use]
    pub fn seal(&self, side: Side, mut plain: Vec<u8>, random: &[u8; 32]) -> Vec<u8> {
        let padding = 12 + (16 - (plain.len() + 12) % 16) % 16;
        plain.extend_from_slice(&random[..padding]);
        let (message_key, _) = self.message_key(side, &plain);
        self.message_cipher(side, &message_key).encrypt(&mut plain);
        let mut sealed = Vec::with_capacity(HEAD + plain.len());
        sealed.extend_from_slice(&self.id.to_le_bytes());
        sealed.extend_from_slice(&message_key);
        sealed.extend_from_slice(&plain);
        sealed
    }

    /// Decrypts a whole message of `side`, which names this key, where it is. What is there if it cannot be opened means nothing.
    ///
    /// # Errors
    /// When it was not encrypted by this side with this key, or was changed since.
    pub fn open<'a>(&self, side: Side, sealed: &'a mut [u8]) -> Result<Opened<'a>, OpenError> {
        let (head, plain) = sealed.split_at_mut_checked(HEAD).ok_or(OpenError::Length)?;
        if plain.len() < INNER_HEAD + 16 || !plain.len().is_multiple_of(16) {
            return Err(OpenError::Length);
        }
        let message_key = part(head, 8);
        self.message_cipher(side, &message_key).decrypt(plain);
        let (expected, quick_ack) = self.message_key(side, plain);
        if expected != message_key {
            return Err(OpenError::MessageKey);
        }
        let length = usize::try_from(u32::from_le_bytes(part(plain, 28))).map_err(|_| OpenError::Padding)?;
        let padding = (plain.len() - INNER_HEAD).checked_sub(length).ok_or(OpenError::Padding)?;
        if !PADDING.contains(&padding) || !length.is_multiple_of(4) {
            return Err(OpenError::Padding);
        }
        Ok(Opened {
            salt: i64::from_le_bytes(part(plain, 0)),
            session_id: i64::from_le_bytes(part(plain, 8)),
            msg_id: i64::from_le_bytes(part(plain, 16)),
            seqno: i32::from_le_bytes(part(plain, 24)),
            body: &plain[INNER_HEAD..INNER_HEAD + length],
            quick_ack: quick_ack | 1 << 31,
        })
    }
}

/// Without the secret.
impl fmt::Debug for AuthKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthKey({:016x})", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> AuthKey {
        AuthKey::new(std::array::from_fn(|i| i as u8))
    }

    fn plain(body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap();
        [&[1; 8][..], &[2; 8], &[3; 8], &[4; 4], &length.to_le_bytes(), body].concat()
    }

    #[test]
    fn there_and_back() {
        for side in [Side::Client, Side::Server] {
            for length in [0, 4, 8, 12, 16, 400] {
                let body = vec![9; length];
                let sealed = key().seal(side, plain(&body), &[8; 32]);
                assert_eq!(key().open(side.other(), &mut sealed.clone()), Err(OpenError::MessageKey));
                let mut sealed = sealed;
                let opened = key().open(side, &mut sealed).unwrap();
                assert_eq!(opened.body, body);
                assert_eq!((opened.salt, opened.seqno), (0x0101_0101_0101_0101, 0x0404_0404));
            }
        }
    }

    /// A client by other people reads what is written here, and the other way round.
    #[test]
    fn messages_are_those_of_grammers() {
        let theirs = grammers_crypto::AuthKey::from_bytes(*key().bytes());
        let sealed = key().seal(Side::Server, plain(&[5; 24]), &[8; 32]);
        let mut opened = sealed.clone();
        let opened = grammers_crypto::decrypt_data_v2(&mut opened, &theirs).unwrap();
        assert_eq!(opened[..56], plain(&[5; 24]));
        let mut buffer = grammers_crypto::DequeBuffer::with_capacity(256, 64);
        buffer.extend(plain(&[6; 24]));
        grammers_crypto::encrypt_data_v2(&mut buffer, &theirs);
        assert_eq!(key().open(Side::Client, &mut buffer[..]).unwrap().body, [6; 24]);
    }

    #[test]
    fn each_damaged_byte_is_found() {
        let sealed = key().seal(Side::Client, plain(&[0; 8]), &[8; 32]);
        for at in 8..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(key().open(Side::Client, &mut damaged), Err(OpenError::MessageKey), "{at}");
            assert!(key().open(Side::Client, &mut sealed[..at].to_vec()).is_err(), "{at}");
        }
    }
}
