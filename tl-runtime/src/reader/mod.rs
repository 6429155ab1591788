//! The reader: takes values from bytes and keeps the first error.
//!
//! After a failure the input is empty: every primitive reads as zero or empty and every loop ends, so the code around it
//! needs no early return.
//!
//! What generated code calls is `extern "C"`. Such a function can not unwind, so that generated code needs nothing that drops
//! half of a struct or of a vector: a third of its size and of the time to compile it. Nothing here panics; if something
//! did, or a hand-written [`Decode`](crate::Decode) that is called from here, the process would end.

mod bytes;
mod fields;
mod fixed;
mod items;
mod memory;

use core::fmt;

use crate::{Config, DecodeError, DecodeErrorKind, Mode};

pub use memory::EMPTY_ITEMS_BUDGET;

/// Takes values from bytes and keeps the first error.
///
/// Generated code and hand-written codecs call it; what it returns after a failure means nothing, so the one who made
/// the reader must ask [`finish`](Self::finish) or [`check`](Self::check) before using a value.
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
/// None of the methods panics. They are `extern "C"`, so a panic in what they call, a hand-written [`Decode`](crate::Decode) or a
/// closure, ends the process instead of unwinding. Where a closure is asked for, `Reader::get` is none and `|r| r.get()` is.
pub struct Reader<'de> {
    rest: &'de [u8],
    failure: Option<DecodeError>,
    length: usize,
    depth: u32,
    config: Config,
    memory: memory::Memory,
}

impl<'de> Reader<'de> {
    /// A reader of `input` that wants canonical bytes.
    #[inline]
    #[must_use]
    pub fn new(input: &'de [u8]) -> Self {
        Self::with_config(input, &Config::new())
    }

    /// A reader of `input` that accepts what `config` says.
    #[inline]
    #[must_use]
    pub fn with_config(input: &'de [u8], config: &Config) -> Self {
        let mut reader = Self {
            rest: input,
            failure: None,
            length: input.len(),
            depth: 0,
            config: *config,
            memory: memory::Memory::new(input.len(), config.max_memory),
        };
        if input.len() > config.max_memory {
            reader.fail_memory();
        }
        reader
    }

    /// Whether nothing has failed so far.
    #[inline]
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.failure.is_none()
    }

    /// The bytes that were taken so far; after a failure, those before the place of the failure.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.failure.as_ref().map_or(self.length - self.rest.len(), DecodeError::offset)
    }

    /// The bytes that are left; none after a failure.
    #[inline]
    #[must_use]
    pub fn remaining(&self) -> usize {
        self.rest.len()
    }

    /// Fails the reader at the current place, unless it has failed before.
    #[cold]
    #[inline]
    pub fn fail(&mut self, kind: DecodeErrorKind) {
        self.fail_back(kind, 0);
    }

    /// Fails the reader at the place `back` bytes ago.
    #[cold]
    #[inline(never)]
    extern "C" fn fail_back(&mut self, kind: DecodeErrorKind, back: usize) {
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
    extern "C" fn note(&mut self, was_ok: bool, name: &'static str) {
        if let Some(failure) = self.failure.as_mut().filter(|_| was_ok) {
            failure.push_name(name);
        }
    }

    /// Begins a level of the recursive type `ty`; fails beyond [`Config::max_depth`].
    #[inline]
    pub extern "C" fn enter(&mut self, ty: &'static str) {
        self.depth += 1;
        if self.depth > self.config.max_depth {
            self.fail_depth(ty);
        }
    }

    #[cold]
    #[inline(never)]
    extern "C" fn fail_depth(&mut self, ty: &'static str) {
        self.fail(DecodeErrorKind::TooDeep { ty, limit: self.config.max_depth });
    }

    /// Ends the level that the last [`enter`](Self::enter) began.
    #[inline]
    pub extern "C" fn leave(&mut self) {
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
        self.config.mode == Mode::Lenient
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
