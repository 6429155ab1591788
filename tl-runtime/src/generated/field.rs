//! How serde writes and reads the fields of generated structs that need help: bytes, and types of this crate.

#[cfg(feature = "serde")]
pub use crate::serde::hex::{deserialize, serialize};

/// Says that the feature is there.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_serde {
    () => {};
}

/// One message, and not one for each field.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __needs_serde {
    () => {
        ::core::compile_error!(
            "the option `derives` of tlgen names serde: turn on the feature `serde` of `tlgen-runtime`"
        );
    };
}

// Without the feature nothing that calls these compiles, as `__needs_serde` fails; they keep the compiler from adding to that.

/// Never called.
#[cfg(not(feature = "serde"))]
pub fn serialize<T: ?Sized, S, R>(_: &T, _: S) -> R {
    unreachable!("the feature `serde` is off")
}

/// Never called.
#[cfg(not(feature = "serde"))]
pub fn deserialize<D, R>(_: D) -> R {
    unreachable!("the feature `serde` is off")
}
