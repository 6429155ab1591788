//! Bytes as lowercase hexadecimal text, or as bytes in a binary format.
//!
//! ```
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct Key {
//!     #[serde(with = "tlgen_runtime::serde::hex")]
//!     id: [u8; 16],
//!     #[serde(default, with = "tlgen_runtime::serde::hex")]
//!     parts: Option<Vec<[u8; 32]>>,
//! }
//!
//! let key: Key = serde_json::from_str(r#"{"id": "000102030405060708090a0b0c0d0e0f"}"#)?;
//! assert_eq!((key.id[15], key.parts.is_none()), (15, true));
//! assert_eq!(serde_json::to_string(&key)?, r#"{"id":"000102030405060708090a0b0c0d0e0f","parts":null}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write};
use core::marker::PhantomData;

use serde_core::de::{Error, Visitor};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Object, True};

/// What [`serialize`] can write: bytes, and optional values and vectors of what it can write.
pub trait ToHex {
    /// Writes the value.
    ///
    /// # Errors
    /// Those of the serializer.
    fn to_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

/// What [`deserialize`] can read: bytes, and optional values and vectors of what it can read.
pub trait FromHex: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// Those of the deserializer, and text that is not two hexadecimal digits for each byte.
    fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Writes bytes; for `#[serde(with = "...")]`.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<T: ToHex + ?Sized, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.to_hex(serializer)
}

/// Reads bytes; for `#[serde(with = "...")]`. Capital digits are accepted, too.
///
/// # Errors
/// Those of the deserializer, and text that is not two hexadecimal digits for each byte.
pub fn deserialize<'de, T: FromHex, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::from_hex(deserializer)
}

impl ToHex for [u8] {
    fn to_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&Digits(self))
        } else {
            serializer.serialize_bytes(self)
        }
    }
}

macro_rules! bytes {
    ($($(const $n:ident)? $ty:ty;)*) => {$(
        impl$(<const $n: usize>)? ToHex for $ty {
            fn to_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self[..].to_hex(serializer)
            }
        }
    )*};
}

bytes! {
    &[u8];
    Vec<u8>;
    const N [u8; N];
}

impl FromHex for Vec<u8> {
    fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_str(Bytes)
        } else {
            deserializer.deserialize_byte_buf(Bytes)
        }
    }
}

impl<const N: usize> FromHex for [u8; N] {
    fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Vec::<u8>::from_hex(deserializer)?;
        bytes
            .try_into()
            .map_err(|bytes: Vec<u8>| D::Error::custom(format_args!("{} bytes where {N} are expected", bytes.len())))
    }
}

/// The form of an [`Object`] is the same with and without this module, as is that of [`True`].
macro_rules! as_it_is {
    ($($ty:ty),*) => {$(
        impl ToHex for $ty {
            fn to_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.serialize(serializer)
            }
        }

        impl FromHex for $ty {
            fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize(deserializer)
            }
        }
    )*};
}

as_it_is!(Object, True);

/// A value inside of another one.
struct Inner<T>(T);

impl<T: ToHex> Serialize for Inner<&T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.to_hex(serializer)
    }
}

impl<'de, T: FromHex> Deserialize<'de> for Inner<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::from_hex(deserializer).map(Self)
    }
}

impl<T: ToHex> ToHex for Option<T> {
    fn to_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_ref().map(Inner).serialize(serializer)
    }
}

impl<T: FromHex> FromHex for Option<T> {
    fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let inner = Option::<Inner<T>>::deserialize(deserializer)?;
        Ok(inner.map(|Inner(value)| value))
    }
}

impl<T: ToHex> ToHex for Vec<T> {
    fn to_hex<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Inner))
    }
}

impl<T: FromHex> FromHex for Vec<T> {
    fn from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);

        impl<'de, T: FromHex> Visitor<'de> for Items<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence")
            }

            fn visit_seq<A: serde_core::de::SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
                let mut values = Vec::new();
                while let Some(Inner(value)) = items.next_element()? {
                    values.push(value);
                }
                Ok(values)
            }
        }

        deserializer.deserialize_seq(Items(PhantomData))
    }
}

/// Bytes as they are shown.
struct Digits<'a>(&'a [u8]);

impl fmt::Display for Digits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        self.0.iter().try_for_each(|&byte| {
            f.write_char(char::from(HEX[usize::from(byte >> 4)]))?;
            f.write_char(char::from(HEX[usize::from(byte & 15)]))
        })
    }
}

/// Text with two digits for each byte, or the bytes.
struct Bytes;

impl<'de> Visitor<'de> for Bytes {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("two hexadecimal digits for each byte")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Vec<u8>, E> {
        let digit = |digit: &u8| char::from(*digit).to_digit(16);
        let pair = |pair: &[u8; 2]| Some((digit(&pair[0])? * 16 + digit(&pair[1])?) as u8);
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let bytes = if rest.is_empty() { pairs.iter().map(pair).collect() } else { None };
        bytes.ok_or_else(|| E::invalid_value(serde_core::de::Unexpected::Str(text), &self))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Vec<u8>, E> {
        self.visit_str(&text)
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_vec())
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Vec<u8>, E> {
        Ok(bytes)
    }
}
