//! Values in the formats of [serde](https://docs.rs/serde); needs the feature `serde`.
//!
//! With the option `derives([.., "::serde::Serialize", "::serde::Deserialize"])` of the generator each struct and enum has
//! serde's traits; the crate that holds the generated code depends on `serde` with its feature `derive`. The form is this:
//!
//! | TL | serde |
//! |---|---|
//! | a constructor, a function | a struct with its Rust fields; without fields a unit |
//! | a type with several constructors | an enum as serde has it by default: `{"TopPeers": {..}}`, or `"NotModified"` without fields |
//! | `int`, `long`, `#`, `double` | a number |
//! | `string` | text |
//! | `bytes`, `int128`, `int256`, `int512`, `Object` | lowercase hexadecimal text, or bytes in a binary format: [`hex`] |
//! | the variant `Unknown` of an enum | its bytes, as those of an `Object` |
//! | `Bool`, `True`, `flags.N?true` | a boolean |
//! | `flags.N?T` | the value, or none; it may be left out |
//! | `Vector t` | a sequence |
//!
//! Types with borrowed text can be written only, because they point into bytes of TL.
//!
//! Some readers of JSON take a number for a double and lose digits of a `long`. The module [`text`] writes 64-bit numbers as text.
//! For structs of your own that hold such values, both modules can be named in `#[serde(with = "...")]`.

pub mod hex;
pub mod text;

use core::fmt;

use serde_core::de::{Error, Unexpected, Visitor};
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::types::DropBox;
use crate::{Indirect, Object, True, Unknown};

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        hex::serialize(self.as_bytes(), serializer)
    }
}

/// It fails where the bytes are no [`Object`].
impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes: alloc::vec::Vec<u8> = hex::deserialize(deserializer)?;
        Self::try_from(bytes).map_err(D::Error::custom)
    }
}

/// As the value.
impl<T: Serialize + DropBox> Serialize for Indirect<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, serializer)
    }
}

impl<'de, T: Deserialize<'de> + DropBox> Deserialize<'de> for Indirect<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

impl Serialize for Unknown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        hex::serialize(self.as_bytes(), serializer)
    }
}

/// It fails where the bytes are no [`Object`].
impl<'de> Deserialize<'de> for Unknown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Object::deserialize(deserializer).map(Self::from)
    }
}

impl Serialize for True {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

impl<'de> Deserialize<'de> for True {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OnlyTrue;

        impl Visitor<'_> for OnlyTrue {
            type Value = True;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true")
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<True, E> {
                if value { Ok(True) } else { Err(E::invalid_value(Unexpected::Bool(false), &self)) }
            }
        }

        deserializer.deserialize_bool(OnlyTrue)
    }
}
