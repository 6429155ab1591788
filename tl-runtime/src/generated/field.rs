//! How serde writes and reads the fields of generated structs that need help: bytes, and types of this crate.

#[cfg(feature = "serde")]
pub use crate::serde::hex::{deserialize, serialize};

/// The module that generated code names in `#[serde(with = "...")]`.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_field {
    () => {
        #[allow(unused_imports)]
        mod serde_field {
            pub(super) use $crate::generated::field::{deserialize, serialize};
        }
    };
}

/// One message, and functions that never run: without them each field would add an error to it.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __serde_field {
    () => {
        ::core::compile_error!(
            "the option `derives` of tlgen names serde: turn on the feature `serde` of `tlgen-runtime`"
        );

        #[allow(dead_code)]
        mod serde_field {
            pub(super) fn serialize<T: ?Sized, S: ::serde::Serializer>(
                _: &T,
                _: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                ::core::unreachable!()
            }

            pub(super) fn deserialize<'de, T, D: ::serde::Deserializer<'de>>(
                _: D,
            ) -> ::core::result::Result<T, D::Error> {
                ::core::unreachable!()
            }
        }
    };
}
