//! Values of any layer, as the types of one layer or as they are.
//!
//! What comes in is bytes, or a value of the types of another layer; what goes out is a value of the types that are asked for, or
//! all of the bytes with the reason why they cannot be one.

use alloc::boxed::Box;
use alloc::vec;
use core::fmt;

use super::{DriftEvent, DriftOutcome, DriftReport, FieldSet, NotAdapted, Unknown, translate};
use crate::atlas::Layers;
use crate::options::Form;
use crate::{Decode, DecodeError, DecodeOptions, DecodeOwned, Encode, EncodeError, Reader};

/// A value of any layer: see [`DecodeOptions::decode_any_layer`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnyLayer<T> {
    /// A value of the types that were asked for.
    Typed(Typed<T>),
    /// A value that these types cannot hold.
    Other(OtherLayer),
}

impl<T> AnyLayer<T> {
    /// The value of the types that were asked for, if it is one.
    #[must_use]
    pub fn typed(self) -> Option<T> {
        match self {
            Self::Typed(typed) => Some(typed.value),
            Self::Other(_) => None,
        }
    }
}

/// A value, and what was made of what it holds of other layers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed<T> {
    /// The value.
    pub value: T,
    /// What was adapted or kept, and what was left out. Empty if the types knew everything.
    pub report: DriftReport,
}

/// A value of a layer that the types do not belong to, and that they cannot hold: its exact bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherLayer {
    value: Unknown,
    reason: NotAdapted,
}

impl OtherLayer {
    /// The id of its constructor.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.value.id()
    }

    /// The TL name of its constructor, if the atlas has names.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        self.value.name()
    }

    /// The layers that have its constructor, ascending; none, if the atlas has no names.
    #[must_use]
    pub fn layers(&self) -> Option<Layers<'static>> {
        Some(self.value.entry()?.layers())
    }

    /// Why it is no value of the types that were asked for.
    #[must_use]
    pub fn reason(&self) -> NotAdapted {
        self.reason
    }

    /// Its id and what follows it. `tlgen_dynamic` reads it by the schema of one of its [`layers`](Self::layers).
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.value.as_bytes()
    }

    /// The value, of a type of a layer that knows it.
    ///
    /// # Errors
    /// When the type does not know it either, or `options` do not accept the bytes.
    pub fn decode<'de, T: Decode<'de>>(&'de self, options: &DecodeOptions) -> Result<T, DecodeError> {
        self.value.decode(options)
    }

    /// What can be put into the variant `Unknown` of an enum of its type.
    #[must_use]
    pub fn into_unknown(self) -> Unknown {
        self.value
    }
}

/// Why a value of the types of one layer is none of those of another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTyped {
    /// The value cannot be encoded.
    Encode(EncodeError),
    /// The bytes are no value of the other type in any layer of the atlas.
    Decode(DecodeError),
    /// The types of the other layer cannot hold it.
    Other(Box<OtherLayer>),
}

impl fmt::Display for NotTyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Other(other) => {
                write!(f, "the types cannot hold the id {:#010x}", other.id())?;
                if let Some(name) = other.name() {
                    write!(f, " (`{name}`)")?;
                }
                write!(f, ": {}", other.reason)
            }
        }
    }
}

impl core::error::Error for NotTyped {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Encode(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::Other(_) => None,
        }
    }
}

impl DecodeOptions {
    /// The value that is encoded in the whole of `input`, whatever layer of the [`atlas`](Self::atlas) it is of: an object from a
    /// database or a cache, or the answer of a server that lags.
    ///
    /// A constructor that `T` knows is read, one that has another id in the layer of `T` is adapted, and what is in them likewise.
    /// Any other constructor of the type, such as one that only older layers have, and one that lacks what `T` requires, comes as it
    /// is, also where `T` is an enum with the variant `Unknown`. No value is made up for what is missing.
    ///
    /// # Errors
    /// When the bytes are no value of this TL type in any layer of the atlas, or these options do not accept them.
    pub fn decode_any_layer<T: DecodeOwned>(&self, input: &[u8]) -> Result<AnyLayer<T>, DecodeError> {
        const {
            assert!(
                <T as Decode<'static>>::KNOWN.ids.is_some(),
                "only types that were generated with `unknown = \"keep\"` read other layers"
            );
        }
        let mut r = Reader::with_options(input, self);
        let value = T::decode(&mut r);
        match r.end() {
            Ok(()) => Ok(AnyLayer::Typed(Typed { value, report: DriftReport::default() })),
            Err(error) => {
                drop(value);
                self.other_layer(input, error, &Form::<T>::boxed())
            }
        }
    }

    /// A value of the types of one layer as one of those of another layer, older or newer, of the [`atlas`](Self::atlas).
    ///
    /// It is encoded and read by [`decode_any_layer`](Self::decode_any_layer). [`Typed::report`] says which values were adapted, and
    /// which of their fields were there and were left out.
    ///
    /// # Errors
    /// When the types cannot hold it, when it cannot be encoded, and when the options do not accept it.
    pub fn convert<A: Encode, B: DecodeOwned>(&self, value: &A) -> Result<Typed<B>, NotTyped> {
        let bytes = value.to_bytes().map_err(NotTyped::Encode)?;
        match self.decode_any_layer(&bytes).map_err(NotTyped::Decode)? {
            AnyLayer::Typed(typed) => Ok(typed),
            AnyLayer::Other(other) => Err(NotTyped::Other(Box::new(other))),
        }
    }

    /// What comes of a value that could not be read for this error.
    #[cold]
    #[inline(never)]
    fn other_layer<T>(&self, input: &[u8], mut error: DecodeError, form: &Form<T>) -> Result<AnyLayer<T>, DecodeError> {
        let Some(known) = form.known else { return Err(error) };
        let (translation, unread) = translate(input, self, known, form.root, error.clone())?;
        translation.whole()?;
        let reason = match &unread {
            Some(unread) => Some(unread.reason),
            None if translation.is_kept_whole() => translation.report().reason(),
            None => None,
        };
        let Some(reason) = reason else {
            let mut r = translation.reader(self);
            let value = (form.read)(&mut r);
            translation.end(r)?;
            self.tell(translation.report());
            let value = value.ok_or(error)?;
            return Ok(AnyLayer::Typed(Typed { value, report: translation.into_report() }));
        };
        if !form.has_type_of(&translation, known) {
            error.set_recoverable();
            return Err(error);
        }
        let value = translation.whole_unknown();
        let event = DriftEvent {
            id: value.id(),
            offset: 0,
            outcome: DriftOutcome::Kept(reason),
            left_out: FieldSet::default(),
        };
        self.tell(&DriftReport { events: vec![event] });
        Ok(AnyLayer::Other(OtherLayer { value, reason }))
    }
}
