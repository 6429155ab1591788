//! Messages that are not encrypted: as long as there is no key, the id of the key is 0.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::ConnectionError;

/// A message: `auth_key_id:long message_id:long message_data_length:int message_data`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id, which also says when it was made.
    pub id: i64,
    /// A boxed value.
    pub body: Vec<u8>,
}

impl Message {
    /// The bytes of the message.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(20 + self.body.len());
        bytes.extend(0i64.to_le_bytes());
        bytes.extend(self.id.to_le_bytes());
        bytes.extend(u32::try_from(self.body.len()).unwrap_or(u32::MAX).to_le_bytes());
        bytes.extend(&self.body);
        bytes
    }

    /// The message that all of `bytes` is.
    ///
    /// # Errors
    /// When it is encrypted or its length is not that of its body.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ConnectionError> {
        let broken = ConnectionError::Envelope;
        let (key, rest) = bytes.split_first_chunk().ok_or(broken("it ends within the id of the key"))?;
        let (id, rest) = rest.split_first_chunk().ok_or(broken("it ends within its id"))?;
        let (length, body) = rest.split_first_chunk().ok_or(broken("it ends within its length"))?;
        if i64::from_le_bytes(*key) != 0 {
            return Err(broken("it is encrypted"));
        }
        if usize::try_from(u32::from_le_bytes(*length)) != Ok(body.len()) {
            return Err(broken("its length is not that of its body"));
        }
        Ok(Self { id: i64::from_le_bytes(*id), body: body.to_vec() })
    }
}

/// Who makes an id: the lower two bits of the id tell.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    /// Requests: multiples of 4.
    Client,
    /// Answers: one more than a multiple of 4.
    Server,
}

/// Ids of messages: seconds since 1970 in the upper half, a fraction of a second in the lower, always growing.
#[derive(Debug)]
pub struct Ids {
    side: Side,
    last: i64,
}

impl Ids {
    /// No id has been made yet.
    #[must_use]
    pub fn new(side: Side) -> Self {
        Self { side, last: 0 }
    }

    /// The next one.
    pub fn next_id(&mut self) -> i64 {
        // A clock before 1970 is taken for 1970: the ids still grow.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(now.as_secs()).unwrap_or(0) << 32;
        let fraction = (i64::from(now.subsec_nanos()) << 32) / 1_000_000_000;
        let base = ((seconds | fraction) & !3).max((self.last & !3) + 4);
        self.last = base
            | match self.side {
                Side::Client => 0,
                Side::Server => 1,
            };
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_tell_the_side() {
        for (side, bits) in [(Side::Client, 0), (Side::Server, 1)] {
            let mut ids = Ids::new(side);
            let made: Vec<i64> = (0..1000).map(|_| ids.next_id()).collect();
            assert!(made.is_sorted_by(|a, b| a < b));
            assert!(made.iter().all(|id| id & 3 == bits));
        }
    }

    #[test]
    fn there_and_back() {
        let message = Message { id: 0x51e5_7ac4_2770_964a, body: vec![1, 2, 3, 4] };
        let bytes = message.to_bytes();
        assert_eq!(bytes[..20], *b"\0\0\0\0\0\0\0\0\x4a\x96\x70\x27\xc4\x7a\xe5\x51\x04\0\0\0");
        assert_eq!(Message::from_bytes(&bytes).unwrap(), message);
        for end in 0..bytes.len() {
            assert!(Message::from_bytes(&bytes[..end]).is_err(), "{end}");
        }
        assert!(Message::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
        assert!(Message::from_bytes(&[&[1], &bytes[1..]].concat()).is_err());
    }
}
