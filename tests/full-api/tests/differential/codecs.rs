//! Decoding and encoding in both implementations.

use grammers_tl_types::deserialize::{Cursor, Error, Result as PeerResult};
use grammers_tl_types::{Deserializable, Identifiable, Serializable};
use tlgen_runtime::{DecodeError, DecodeOptions, DecodeOwned, Encode};

/// Bytes again, or what went wrong.
type Written = Result<Vec<u8>, String>;

/// Bytes again, or why there are none.
pub(crate) type Again = Result<Vec<u8>, Wrong>;

/// Why bytes did not come back.
pub(crate) enum Wrong {
    /// They are no value.
    Refused(DecodeError),
    /// They are one, and something is wrong with it.
    Other(String),
}

impl From<Wrong> for String {
    fn from(wrong: Wrong) -> Self {
        match wrong {
            Wrong::Refused(error) => format!("ours does not decode: {error}"),
            Wrong::Other(text) => text,
        }
    }
}

/// One constructor or function of the schema in both implementations.
pub(crate) struct Row {
    /// Its TL name.
    pub(crate) name: &'static str,
    /// Bytes to a value to bytes; `true` to see whether the bytes make an equal value again.
    pub(crate) ours: fn(&[u8], &DecodeOptions, bool) -> Again,
    /// The same in the other implementation.
    pub(crate) theirs: fn(&[u8]) -> Written,
}

pub(crate) fn ours<T: DecodeOwned + Encode + PartialEq>(bytes: &[u8], config: &DecodeOptions, again: bool) -> Again {
    let value: T = config.from_bytes(bytes).map_err(Wrong::Refused)?;
    let encoded = value.to_bytes().map_err(|error| Wrong::Other(format!("ours does not encode: {error}")))?;
    if again {
        let same = config.from_bytes::<T>(&encoded);
        let same = same.map_err(|error| Wrong::Other(format!("ours not again: {error}")))?;
        if same != value {
            return Err(Wrong::Other("ours is not equal when decoded again".to_owned()));
        }
    }
    Ok(encoded)
}

pub(crate) fn theirs<T: Deserializable + Serializable>(bytes: &[u8]) -> Written {
    let mut cursor = Cursor::from_slice(bytes);
    let value = T::deserialize(&mut cursor).map_err(|error| format!("theirs does not decode: {error}"))?;
    let left = bytes.len() - cursor.pos();
    if left == 0 { Ok(value.to_bytes()) } else { Err(format!("theirs leaves {left} bytes")) }
}

/// A function of the other implementation, which writes its id but does not read it.
pub(crate) struct Request<T>(T);

impl<T: Deserializable + Identifiable> Deserializable for Request<T> {
    fn deserialize(buf: &mut Cursor<'_>) -> PeerResult<Self> {
        let id = u32::deserialize(buf)?;
        if id == T::CONSTRUCTOR_ID { T::deserialize(buf).map(Self) } else { Err(Error::UnexpectedConstructor { id }) }
    }
}

impl<T: Serializable> Serializable for Request<T> {
    fn serialize(&self, buf: &mut impl Extend<u8>) {
        self.0.serialize(buf);
    }
}

/// Bytes for a message, shortened.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let shown: String = bytes.iter().take(256).map(|byte| format!("{byte:02x}")).collect();
    if bytes.len() > 256 { format!("{shown}... ({} bytes)", bytes.len()) } else { shown }
}
