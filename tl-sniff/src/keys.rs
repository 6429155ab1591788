//! Keys in the format of friTap, and where their ids are in bytes.

use std::collections::HashMap;
use std::fmt::Write;

use tlgen_mtproto::AuthKey;

use crate::error::{KeyLogError, KeyLogErrorKind};

/// What a line with an authorization key begins with.
const LABEL: &str = "MTPROTO_AUTH_KEY";

/// The authorization keys of a client, in the format that friTap writes: a line for each, `MTPROTO_AUTH_KEY <dc> <key id> <key>
/// <perm|temp>`, with hexadecimal digits for id and key. Lines with other labels, such as the keys of secret chats, are no
/// authorization keys and are passed over.
///
/// ```
/// use tlgen_sniff::KeyLog;
///
/// let line = KeyLog::line(2, &[7; 256]);
/// assert!(line.starts_with("MTPROTO_AUTH_KEY 2 "));
/// let keys = KeyLog::parse(&format!("# by friTap\n{line}\n"))?;
/// assert_eq!(keys.len(), 1);
/// # Ok::<(), tlgen_sniff::KeyLogError>(())
/// ```
#[derive(Clone, Debug)]
pub struct KeyLog {
    keys: HashMap<i64, AuthKey>,
    /// The first two bytes of all ids, a bit for each value: what is no id is mostly told by them.
    begins: Box<[u64; 1024]>,
}

impl Default for KeyLog {
    fn default() -> Self {
        Self { keys: HashMap::new(), begins: Box::new([0; 1024]) }
    }
}

impl KeyLog {
    /// Reads a log.
    ///
    /// # Errors
    /// When a line with the label of a key is no key.
    pub fn parse(text: &str) -> Result<Self, KeyLogError> {
        let mut keys = Self::default();
        for (number, line) in text.lines().enumerate() {
            // Where a log begins, also within others, there may be a mark of the order of bytes.
            let fields: Vec<&str> = line.trim_start_matches('\u{feff}').split_whitespace().collect();
            if fields.first() == Some(&LABEL) {
                let key = key(&fields).map_err(|kind| KeyLogError { line: number + 1, kind })?;
                keys.insert(key);
            }
        }
        Ok(keys)
    }

    /// The line of a permanent key of a data centre.
    #[must_use]
    pub fn line(dc: i32, key: &[u8; 256]) -> String {
        format!("{LABEL} {dc} {} {} perm", digits(&AuthKey::new(*key).id().to_le_bytes()), digits(key))
    }

    /// Adds a key.
    ///
    /// ```
    /// use tlgen_sniff::{AuthKey, KeyLog};
    ///
    /// let mut keys = KeyLog::default();
    /// assert!(keys.is_empty());
    /// keys.insert(AuthKey::new([7; 256]));
    /// keys.insert(AuthKey::new([7; 256]));
    /// assert_eq!(keys.len(), 1);
    /// ```
    pub fn insert(&mut self, key: AuthKey) {
        let [low, high, ..] = key.id().to_le_bytes();
        let begin = usize::from(u16::from_le_bytes([low, high]));
        self.begins[begin / 64] |= 1 << (begin % 64);
        self.keys.insert(key.id(), key);
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The key with this id.
    pub(crate) fn get(&self, id: i64) -> Option<&AuthKey> {
        self.keys.get(&id)
    }

    /// Where the first id of a key is in `bytes`, from `start` on. Encrypted messages have none within them but by a chance that
    /// needs no thought, so this is where a message begins.
    pub(crate) fn find(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let is_id = |window: &[u8]| {
            let begin = usize::from(u16::from_le_bytes([window[0], window[1]]));
            self.begins[begin / 64] >> (begin % 64) & 1 == 1
                && self.keys.contains_key(&i64::from_le_bytes(tlgen_mtproto::part(window, 0)))
        };
        let found = bytes.get(start..)?.windows(8).position(is_id)?;
        Some(start + found)
    }
}

fn key(fields: &[&str]) -> Result<AuthKey, KeyLogErrorKind> {
    let [_, dc, id, key, kind] = fields else { return Err(KeyLogErrorKind::Fields) };
    if dc.parse::<i32>().is_err() || !matches!(*kind, "perm" | "temp") {
        return Err(KeyLogErrorKind::Fields);
    }
    let key = AuthKey::new(bytes(key).ok_or(KeyLogErrorKind::Key)?);
    let expected = digits(&key.id().to_le_bytes());
    if id.eq_ignore_ascii_case(&expected) { Ok(key) } else { Err(KeyLogErrorKind::Id { expected }) }
}

fn bytes(digits: &str) -> Option<[u8; 256]> {
    if digits.len() != 512 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 256];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

fn digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_has_a_line() {
        let line = KeyLog::line(2, &[7; 256]);
        let kind = |text: &str| KeyLog::parse(text).unwrap_err().kind;
        assert_eq!(kind(&line.replace("perm", "other")), KeyLogErrorKind::Fields);
        assert_eq!(kind(&line.replace(" 2 ", " two ")), KeyLogErrorKind::Fields);
        assert_eq!(kind(&line.replace("0707 perm", "070 perm")), KeyLogErrorKind::Key);
        assert_eq!(kind(&line.replace("0707 perm", "07é perm")), KeyLogErrorKind::Key);
        assert!(matches!(kind(&line.replace("0707 perm", "0708 perm")), KeyLogErrorKind::Id { .. }));
        assert!(KeyLog::parse(&line.replace("MTPROTO_AUTH_KEY", "MTPROTO_OBF_KEY")).unwrap().is_empty());
        assert_eq!(KeyLog::parse(&format!("\u{feff}{line}\r\n\u{feff}# more\r\n")).unwrap().len(), 1);
        assert_eq!(KeyLog::parse(&line.to_uppercase().replace("PERM", "temp")).unwrap().len(), 1);
    }

    #[test]
    fn ids_are_found() {
        let keys = KeyLog::parse(&KeyLog::line(2, &[7; 256])).unwrap();
        let id = AuthKey::new([7; 256]).id().to_le_bytes();
        let bytes = [&[1, id[0], id[1], 2][..], &id, &[3]].concat();
        assert_eq!((keys.find(&bytes, 0), keys.find(&bytes, 5), keys.find(&bytes[..11], 0)), (Some(4), None, None));
    }
}
