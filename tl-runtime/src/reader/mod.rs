//! The reader: takes values from bytes and keeps the first error.
//!
//! After a failure the input is empty: every primitive reads as zero or empty and every loop ends, so the code around it
//! needs no early return.
//!
//! Public methods are ordinary Rust: a panic in what they call, a hand-written [`Decode`](crate::Decode) or a closure, unwinds
//! through them. What this crate calls only itself, and never panics, is `extern "C"`: generated code then needs no landing
//! pads for it, as [`generated`](crate::generated) says.

mod bytes;
mod fields;
mod items;
mod memory;

pub(crate) use bytes::short_bytes;

use core::fmt;

use crate::drift::Translation;
use crate::{DecodeError, DecodeErrorKind, DecodeOptions, Mode};

/// Takes values from bytes and keeps the first error.
///
/// Generated code and hand-written codecs call it. What it returns after a failure means nothing, so whoever made
/// the reader must call [`finish`](Self::finish) or [`check`](Self::check) before using a value.
///
/// ```
/// let mut r = tlgen_runtime::Reader::new(b"\x01\0\0\0\x04test\0\0\0");
/// let (number, text) = (r.get::<i32>(), r.get::<String>());
/// r.finish()?;
/// assert_eq!((number, text.as_str()), (1, "test"));
/// # Ok::<(), tlgen_runtime::DecodeError>(())
/// ```
///
/// # Recursive types
///
/// The code of a type that can contain itself calls [`enter`](Self::enter) before it reads its fields and
/// [`leave`](Self::leave) after. Beyond the limit `enter` fails the reader, so that what follows reads zeros and ends.
///
/// # Panics
///
/// None of the methods panics. A panic in what they call, a hand-written [`Decode`](crate::Decode) or a closure, unwinds through
/// them.
pub struct Reader<'de> {
    pub(crate) rest: &'de [u8],
    failure: Option<DecodeError>,
    length: usize,
    depth: u32,
    pub(crate) options: DecodeOptions,
    memory: memory::Memory,
    /// What the input was translated from, if it was.
    pub(crate) translation: Option<&'de Translation<'de>>,
}

impl<'de> Reader<'de> {
    /// A reader of `input` that accepts canonical bytes.
    #[inline]
    #[must_use]
    pub fn new(input: &'de [u8]) -> Self {
        Self::with_options(input, &DecodeOptions::new())
    }

    /// A reader of `input` that accepts what `options` say.
    #[inline]
    #[must_use]
    pub fn with_options(input: &'de [u8], options: &DecodeOptions) -> Self {
        let mut reader = Self {
            rest: input,
            failure: None,
            length: input.len(),
            depth: 0,
            options: *options,
            memory: memory::Memory::new(input.len(), options.max_memory),
            translation: None,
        };
        if input.len() > options.max_memory {
            reader.fail_memory();
        }
        reader
    }

    /// A reader of `input` after its first `offset` bytes, within `depth` levels of recursive types.
    pub(crate) fn within(input: &'de [u8], offset: usize, depth: u32, options: &DecodeOptions) -> Self {
        let mut reader = Self::with_options(input, options);
        reader.rest = reader.rest.get(offset..).unwrap_or_default();
        reader.depth = depth;
        reader
    }

    /// Whether nothing has failed so far.
    #[inline]
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.failure.is_none()
    }

    /// The number of bytes that were taken so far; after a failure, the offset of the failure.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.failure.as_ref().map_or(self.length - self.rest.len(), DecodeError::offset)
    }

    /// The number of bytes that are left; 0 after a failure.
    #[inline]
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// What [`is_ok`](Self::is_ok) says, by a call that cannot unwind.
    #[inline]
    pub(crate) extern "C" fn was_ok(&self) -> bool {
        self.failure.is_none()
    }

    /// Fails the reader at the current offset, unless it has failed before.
    #[cold]
    #[inline]
    pub fn fail(&mut self, kind: DecodeErrorKind) {
        self.fail_back(kind, 0);
    }

    /// Fails the reader at the offset `back` bytes ago.
    #[cold]
    #[inline(never)]
    pub(crate) extern "C" fn fail_back(&mut self, kind: DecodeErrorKind, back: usize) {
        let offset = self.offset().saturating_sub(back);
        self.failure.get_or_insert_with(|| DecodeError::new(kind, offset));
        self.rest = &[];
    }

    #[cold]
    #[inline(never)]
    extern "C" fn fail_end(&mut self) {
        self.fail(DecodeErrorKind::UnexpectedEnd);
    }

    #[cold]
    #[inline(never)]
    fn fail_trailing(&mut self) {
        self.fail(DecodeErrorKind::TrailingBytes { count: self.rest.len() });
    }

    /// Notes the constructor around an error, if that has happened within it.
    #[cold]
    #[inline(never)]
    pub(crate) extern "C" fn note(&mut self, was_ok: bool, name: &'static str) {
        if let Some(failure) = self.failure.as_mut().filter(|_| was_ok) {
            failure.push_name(name);
        }
    }

    /// Begins a level of the recursive type `ty`; fails beyond [`DecodeOptions::max_depth`].
    #[inline]
    pub fn enter(&mut self, ty: &'static str) {
        if self.is_too_deep() {
            self.fail_depth(ty);
        }
    }

    /// Begins a level of a recursive type, and says whether that is one too many.
    #[inline]
    pub(crate) fn is_too_deep(&mut self) -> bool {
        self.depth += 1;
        self.depth > self.options.max_depth
    }

    /// The levels of recursive types that have begun.
    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    #[cold]
    #[inline(never)]
    pub(crate) extern "C" fn fail_depth(&mut self, ty: &'static str) {
        self.fail(DecodeErrorKind::TooDeep { ty, limit: self.options.max_depth });
    }

    /// Ends the level that the last [`enter`](Self::enter) began.
    #[inline]
    pub fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// The error that was kept.
    ///
    /// # Errors
    /// When something has failed.
    #[inline]
    pub fn check(self) -> Result<(), DecodeError> {
        self.failure.map_or(Ok(()), Err)
    }

    /// The error that was kept; bytes that are left are an error too.
    ///
    /// # Errors
    /// When something has failed, or the input has not been used up.
    #[inline]
    pub fn finish(mut self) -> Result<(), DecodeError> {
        self.end()
    }

    /// The same without a move of the reader.
    #[inline]
    pub(crate) fn end(&mut self) -> Result<(), DecodeError> {
        if !self.rest.is_empty() {
            self.fail_trailing();
        }
        self.failure.take().map_or(Ok(()), Err)
    }

    #[inline]
    fn is_lenient(&self) -> bool {
        self.options.mode == Mode::Lenient
    }
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("offset", &self.offset())
            .field("remaining", &self.remaining())
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}
