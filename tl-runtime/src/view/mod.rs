//! Views: fields of a message without decoding it, and without an allocation.
//!
//! With the option `views` of the generator there is a module `views`, in which each constructor has a struct with a method for each
//! field, and each type with several constructors an enum of these. A view is a place in the bytes: to call a method goes over the
//! fields before this one by a table of wire layouts, and reads this one.
//!
//! ```ignore
//! use api::views::types::contacts::Contacts;
//! use tlgen_runtime::View;
//!
//! let Contacts::Contacts(page) = Contacts::view(&bytes)? else { return Ok(()) };
//! for user in page.users()? {
//!     if let User::User(user) = user? {
//!         println!("{:?}", user.first_name()?);
//!     }
//! }
//! ```
//!
//! # What views promise
//!
//! The promises of decoding hold: no panic, and no more than [`max_depth`](crate::DecodeOptions::max_depth) levels of recursive types.
//! What a view hands out is checked as decoding checks it, in the mode of the options, and an error has the kind and the offset that
//! decoding gives for that part. What nobody has looked at is not checked: to go over it takes its ids, counts and lengths, but not what is
//! in strings. [`View::check_bytes`] checks all of a message:
//! it accepts what `from_bytes` of the type with owned text accepts, and gives the same error for all else, with one exception:
//! [`max_memory`](crate::DecodeOptions::max_memory) limits the input alone, as a view holds nothing else.
//!
//! In lenient mode text that is not UTF-8 passes a check, as decoding would repair it. A method that has to return it fails.
//!
//! Values that the types do not know are refused: there is no [`drift`](crate::drift) in views. [`Atlas`](crate::atlas::Atlas) goes over
//! such values.

mod at;
mod bounds;
mod builtin;
mod code;
mod fast;
mod items;
mod layouts;
mod raw;
mod steps;
mod walk;

#[doc(hidden)]
pub use at::{At, Root};
#[doc(hidden)]
pub use bounds::Bounds;
#[doc(hidden)]
pub use code::{Code, Walk, Walked, walker};
pub use items::{Index, Items, Iter};
#[doc(hidden)]
pub use layouts::Layouts;
pub use raw::RawView;
#[doc(hidden)]
pub use steps::Steps;

use self::at::{Form, Message};
use self::layouts::Words;
use crate::{Decode, DecodeError, DecodeOptions};

/// What can be looked at in bytes: views of generated code, [`Items`] of vectors, text, bytes and numbers.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no view",
    note = "views are in the module `views` of generated code, with the option `views` of the generator",
    note = "functions around other functions (`!X`) have no view"
)]
pub trait View<'a>: Sized {
    /// The layouts of its schema.
    #[doc(hidden)]
    const LAYOUTS: &'static Layouts;

    /// Its form.
    #[doc(hidden)]
    const ROOT: Root;

    /// What is there.
    #[doc(hidden)]
    fn load(at: &At<'_, 'a>) -> Result<Self, DecodeError>;

    /// The value that `input` begins with. Only what tells which constructor it is, or how many items, is looked at.
    ///
    /// # Errors
    /// When the bytes begin with no value of this type.
    fn view(input: &'a [u8]) -> Result<Self, DecodeError> {
        DecodeOptions::new().view(input)
    }

    /// Checks all of `input`, which must be one value, as decoding does. Nothing is allocated.
    ///
    /// # Errors
    /// The one that decoding would give.
    fn check_bytes(input: &'a [u8]) -> Result<(), DecodeError> {
        DecodeOptions::new().check_bytes::<Self>(input)
    }
}

/// A view of a value that a constructor made: of one constructor, or of any of a type.
///
/// These methods are in a trait, as fields may have such names: `Constructed::check(&view)`.
pub trait Constructed<'a>: Copy {
    /// The layouts of its schema.
    #[doc(hidden)]
    const LAYOUTS: &'static Layouts;

    /// Its form.
    #[doc(hidden)]
    const ROOT: Root;

    /// The view of a constructor, if that is of this type.
    #[doc(hidden)]
    fn of(raw: RawView<'a>) -> Option<Self>;

    /// The view of its constructor, which does not say which one it is.
    fn raw(&self) -> RawView<'a>;

    /// Its bytes, with the id where it has one. To find the end its fields are gone over.
    ///
    /// # Errors
    /// When the end cannot be found.
    fn as_bytes(&self) -> Result<&'a [u8], DecodeError> {
        self.raw().as_bytes()
    }

    /// Checks all of its fields, and what is in them, as decoding does. Nothing is allocated.
    ///
    /// # Errors
    /// The one that decoding would give.
    fn check(&self) -> Result<(), DecodeError> {
        self.raw().check()
    }

    /// The value as one of a type that is encoded in the same way: an owned or a borrowed one of generated code.
    ///
    /// # Errors
    /// When the bytes are no value of this type. The offset is that in the whole message.
    fn decode<T: Decode<'a>>(&self) -> Result<T, DecodeError> {
        self.raw().decode()
    }
}

/// A constructor, or a value of a type with several of them.
impl<'a, T: Constructed<'a>> View<'a> for T {
    const LAYOUTS: &'static Layouts = <T as Constructed<'a>>::LAYOUTS;
    const ROOT: Root = <T as Constructed<'a>>::ROOT;

    #[inline]
    fn load(at: &At<'_, 'a>) -> Result<Self, DecodeError> {
        T::of(at.constructor()?).ok_or_else(|| at.broken())
    }
}

impl DecodeOptions {
    /// A view of the value that `input` begins with, which these options have to accept. Only what tells which constructor it is, or how
    /// many items, is looked at.
    ///
    /// # Errors
    /// When the bytes begin with no value of this type.
    pub fn view<'a, V: View<'a>>(&self, input: &'a [u8]) -> Result<V, DecodeError> {
        if input.len() > self.max_memory {
            crate::Reader::with_options(input, self).check()?;
        }
        let message = Message { input, layouts: V::LAYOUTS, options: *self };
        let (form, words) = (Form::Root(V::ROOT), Words::default());
        V::load(&At { message: &message, offset: 0, depth: 0, form: &form, words: &words })
    }

    /// Checks all of `input`, which must be one value, as decoding with these options does. Nothing is allocated.
    ///
    /// # Errors
    /// The one that decoding would give.
    pub fn check_bytes<'a, V: View<'a>>(&self, input: &'a [u8]) -> Result<(), DecodeError> {
        self.check_form(input, V::LAYOUTS, V::ROOT)
    }

    #[inline(never)]
    fn check_form(&self, input: &[u8], layouts: &'static Layouts, root: Root) -> Result<(), DecodeError> {
        let (form, words) = (Form::Root(root), Words::default());
        if input.len() <= self.max_memory
            && let Some([]) = form.fast::<true>(&mut Bounds::new(self, 0), input, layouts, &words)
        {
            return Ok(());
        }
        let mut r = crate::Reader::with_options(input, self);
        form.walk::<true>(&mut r, layouts, &words);
        r.finish()
    }
}
