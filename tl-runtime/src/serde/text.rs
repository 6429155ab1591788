//! 64-bit numbers as decimal text, for readers of JSON that take each number for a double.
//!
//! ```
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct Account {
//!     #[serde(with = "tlgen_runtime::serde::text")]
//!     access_hash: i64,
//! }
//!
//! let account: Account = serde_json::from_str(r#"{"access_hash": "9223372036854775807"}"#)?;
//! assert_eq!(account.access_hash, i64::MAX);
//! assert_eq!(serde_json::to_string(&account)?, r#"{"access_hash":"9223372036854775807"}"#);
//! # Ok::<(), serde_json::Error>(())
//! ```

use core::fmt;

use serde_core::de::{Error, Unexpected, Visitor};
use serde_core::{Deserializer, Serializer};

/// Writes a number as text; for `#[serde(with = "...")]`. In a binary format it stays a number.
///
/// # Errors
/// Those of the serializer.
pub fn serialize<S: Serializer>(value: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() { serializer.collect_str(value) } else { serializer.serialize_i64(*value) }
}

/// Reads a number from text, or as it is; for `#[serde(with = "...")]`.
///
/// # Errors
/// Those of the deserializer, and what is no number of 64 bits.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(Number)
    } else {
        deserializer.deserialize_i64(Number)
    }
}

struct Number;

impl Visitor<'_> for Number {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of 64 bits, as text or as it is")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<i64, E> {
        text.parse().map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}
