//! Bytes, and the value with borrowed text that was read from them, in one owner.

use alloc::vec::Vec;
use core::fmt;

use crate::unchecked::Beside;
use crate::{Decode, DecodeError, DecodeOptions, IntoOwned};

/// A type with borrowed text, whatever the lifetime of the text: the types of the module `borrowed` of generated code.
///
/// ```
/// use tlgen_runtime::Lend;
///
/// struct Name<'a>(&'a str);
///
/// impl Lend for Name<'_> {
///     type With<'a> = Name<'a>;
///
///     fn shorten<'s, 'l: 's>(value: &'s Name<'l>) -> &'s Name<'s> {
///         value
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be held with its bytes",
    note = "the types of the module `borrowed` of generated code that hold text can, as in `Held<borrowed::types::User<'static>>`"
)]
pub trait Lend {
    /// This type with the lifetime `'a`.
    type With<'a>;

    /// The same value, seen for a shorter time. That the body is just `value` proves to the compiler that it may be seen so.
    fn shorten<'s, 'l: 's>(value: &'s Self::With<'l>) -> &'s Self::With<'s>;
}

/// A message and the value with borrowed text that was read from it, in one owner: kept without a copy of any text.
///
/// `T` is a type of the module `borrowed` with the lifetime `'static`, which [`get`](Self::get) replaces by that of the reference. A
/// `Held` is moved by moving the value, some words, and a vector; what is borrowed stays where it is. It can be sent to other threads.
///
/// ```
/// use tlgen_runtime::{Decode, DecodeError, Held, Lend, Reader};
///
/// struct Name<'a>(&'a str);
///
/// impl<'de> Decode<'de> for Name<'de> {
///     const MIN_SIZE: usize = 4;
///
///     fn decode(r: &mut Reader<'de>) -> Self {
///         Self(r.get())
///     }
/// }
///
/// impl Lend for Name<'_> {
///     type With<'a> = Name<'a>;
///
///     fn shorten<'s, 'l: 's>(value: &'s Name<'l>) -> &'s Name<'s> {
///         value
///     }
/// }
///
/// fn read() -> Result<Held<Name<'static>>, DecodeError> {
///     let message = vec![3, b't', b'g', b'l'];
///     Held::from_bytes(message)
/// }
///
/// assert_eq!(read()?.get().0, "tgl");
/// # Ok::<(), DecodeError>(())
/// ```
///
/// What is borrowed cannot outlive it:
///
/// ```compile_fail,E0597
/// # use tlgen_runtime::{Held, Lend};
/// # struct Name<'a>(&'a str);
/// # impl Lend for Name<'_> {
/// #     type With<'a> = Name<'a>;
/// #     fn shorten<'s, 'l: 's>(value: &'s Name<'l>) -> &'s Name<'s> { value }
/// # }
/// fn text(held: Held<Name<'static>>) -> &'static str {
///     held.get().0
/// }
/// ```
pub struct Held<T: Lend>(Beside<T>);

impl<T: Lend> Held<T> {
    /// The value that is encoded in all of `bytes`, with them.
    ///
    /// # Errors
    /// When the bytes are no value of this type, or are not canonical, or more bytes follow. They are lost then; who needs them
    /// checks first.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Self, DecodeError>
    where
        for<'a> T::With<'a>: Decode<'a>,
    {
        DecodeOptions::new().held(bytes)
    }

    /// The value.
    #[inline]
    #[must_use]
    pub fn get(&self) -> &T::With<'_> {
        self.0.get()
    }

    /// The bytes that it was read from.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }

    /// The bytes that it was read from.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// The same value with owned text.
    #[must_use]
    pub fn into_owned<U>(self) -> U
    where
        for<'a> T::With<'a>: IntoOwned<Owned = U>,
    {
        self.0.take(|value: T::With<'_>| value.into_owned())
    }
}

impl<T: Lend> fmt::Debug for Held<T>
where
    for<'a> T::With<'a>: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}

impl DecodeOptions {
    /// The value that is encoded in all of `bytes`, which these options have to accept, with the bytes.
    ///
    /// # Errors
    /// When the bytes are no value of this type that these options accept, or more bytes follow.
    pub fn held<T: Lend>(&self, bytes: impl Into<Vec<u8>>) -> Result<Held<T>, DecodeError>
    where
        for<'a> T::With<'a>: Decode<'a>,
    {
        Beside::new(bytes.into(), |bytes| self.from_bytes(bytes)).map(Held)
    }
}
