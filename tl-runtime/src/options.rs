//! What decoding accepts, and the functions that decode with it.

use crate::atlas::Atlas;
use crate::drift::{DriftReport, Hook, Known, KnownIds, Root, Translation, Unread, translate};
use crate::{Decode, DecodeBare, DecodeError, DecodeErrorKind, Reader};

/// How exact the input must be.
///
/// | | lenient | canonical | strict |
/// |---|---|---|---|
/// | a length in a longer form than it needs | accepted | refused | refused |
/// | padding other than zeros | accepted | refused | refused |
/// | text that is not UTF-8 | each invalid sequence becomes U+FFFD | refused | refused |
/// | flag bits that the schema does not declare | accepted | accepted | refused |
/// | a known constructor with an unknown id ([`DecodeOptions::atlas`]) | adapted | adapted | kept as it is |
/// | bytes after the value | refused | refused | refused |
///
/// Text that is borrowed from the input (`&str`) cannot be repaired and must be UTF-8 in each mode. In strict mode what
/// decodes encodes to the same bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// Also what other implementations are known to send.
    Lenient,
    /// One encoding for each value, but flag bits from a newer schema are accepted.
    #[default]
    Canonical,
    /// Canonical, and nothing that the schema does not declare.
    Strict,
}

/// What decoding accepts: a [`Mode`], a depth, and a limit of memory if there is one.
///
/// ```
/// use tlgen_runtime::DecodeOptions;
///
/// let padded = [1, b'a', 9, 9];
/// assert!(DecodeOptions::new().from_bytes::<String>(&padded).is_err());
/// assert_eq!(DecodeOptions::new().lenient().from_bytes::<String>(&padded)?, "a");
/// # Ok::<(), tlgen_runtime::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeOptions {
    pub(crate) mode: Mode,
    pub(crate) max_depth: u32,
    pub(crate) max_memory: usize,
    pub(crate) atlas: Option<&'static Atlas<'static>>,
    pub(crate) adapt: bool,
    pub(crate) on_drift: Option<Hook>,
}

impl DecodeOptions {
    /// The levels of recursive types that are decoded unless [`max_depth`](Self::max_depth) is called.
    pub const DEFAULT_MAX_DEPTH: u32 = 128;

    /// How many items that take no bytes one message may have. Each counts as one, or as its size in memory if that is more.
    /// Nothing else in the input bounds their number.
    pub const EMPTY_ITEMS_BUDGET: usize = 32 * 1024;

    /// [`Mode::Canonical`], [`DEFAULT_MAX_DEPTH`](Self::DEFAULT_MAX_DEPTH), and no limit of memory.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            mode: Mode::Canonical,
            max_depth: Self::DEFAULT_MAX_DEPTH,
            max_memory: usize::MAX,
            atlas: None,
            adapt: true,
            on_drift: None,
        }
    }

    /// With [`Mode::Strict`].
    #[must_use]
    pub const fn strict(self) -> Self {
        self.mode(Mode::Strict)
    }

    /// With [`Mode::Lenient`].
    #[must_use]
    pub const fn lenient(self) -> Self {
        self.mode(Mode::Lenient)
    }

    /// With another mode.
    #[must_use]
    pub const fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// With another limit for the levels of recursive types.
    ///
    /// Decoding, cloning, comparing, printing and dropping a value recurse as deep as the value is, so a larger limit needs a
    /// larger stack. With too small a stack the process ends.
    #[must_use]
    pub const fn max_depth(mut self, levels: u32) -> Self {
        self.max_depth = levels;
        self
    }

    /// With a limit for the bytes of memory that decoding holds at any time. Beyond it decoding fails with
    /// [`TooMuchMemory`](crate::DecodeErrorKind::TooMuchMemory).
    ///
    /// Without it a value takes what its parts take, and a part can be much larger in memory than on the wire. Vectors and
    /// boxes are counted before they are allocated. Text, bytes and numbers take no more than the input, which is counted
    /// once as a whole. Some hundred bytes are not counted: what the allocator adds, the error itself, and the boxes of a
    /// value that is refused.
    ///
    /// ```
    /// use tlgen_runtime::{DecodeErrorKind, DecodeOptions, Encode};
    ///
    /// // A string of length 0 takes four bytes on the wire and 24 in memory.
    /// let bytes = vec![String::new(); 1000].to_bytes()?;
    /// let limited = DecodeOptions::new().max_memory(4 * bytes.len());
    /// let error = limited.from_bytes::<Vec<String>>(&bytes).unwrap_err();
    /// assert_eq!(error.kind(), DecodeErrorKind::TooMuchMemory { limit: 4 * bytes.len() });
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn max_memory(mut self, bytes: usize) -> Self {
        self.max_memory = bytes;
        self
    }

    /// With the layouts of what a newer or older server may send, so that a value that the types do not know costs only itself.
    ///
    /// This needs types that were generated with `unknown = "keep"`; see [`drift`](crate::drift). The atlas must hold the layer
    /// of these types, too. A [`Reader`] that is used by hand is not helped by it.
    #[must_use]
    pub const fn atlas(mut self, atlas: &'static Atlas<'static>) -> Self {
        self.atlas = Some(atlas);
        self
    }

    /// Whether a known constructor with an unknown id is read as the known one. It is unless the mode is [`Mode::Strict`], which
    /// loses nothing, or the atlas has no names. What is not adapted is kept as [`Unknown`](crate::Unknown).
    #[must_use]
    pub const fn adapt(mut self, yes: bool) -> Self {
        self.adapt = yes;
        self
    }

    /// With a function that is called once for each message in which there were values that the types do not know, and for which
    /// there was room: for counters and logs. A message that is refused for such a value gives an error that
    /// [is drift](DecodeError::is_drift).
    #[must_use]
    pub const fn on_drift(mut self, tell: fn(&DriftReport)) -> Self {
        self.on_drift = Some(Hook(tell));
        self
    }

    /// Whether known constructors with unknown ids are adapted.
    pub(crate) fn adapts(&self) -> bool {
        self.adapt && self.mode != Mode::Strict
    }

    /// The atlas, if there is one.
    #[must_use]
    pub const fn get_atlas(&self) -> Option<&'static Atlas<'static>> {
        self.atlas
    }

    /// The mode.
    #[must_use]
    pub const fn get_mode(&self) -> Mode {
        self.mode
    }

    /// The limit for the levels of recursive types.
    #[must_use]
    pub const fn get_max_depth(&self) -> u32 {
        self.max_depth
    }

    /// The limit for the bytes of memory, if there is one.
    #[must_use]
    pub const fn get_max_memory(&self) -> Option<usize> {
        if self.max_memory == usize::MAX { None } else { Some(self.max_memory) }
    }

    /// The value that is encoded in the whole of `input`.
    ///
    /// # Errors
    /// When the bytes are no value of this type that these options accept, or more bytes follow.
    #[inline]
    pub fn from_bytes<'de, T: Decode<'de>>(&self, input: &'de [u8]) -> Result<T, DecodeError> {
        let mut r = Reader::with_options(input, self);
        let value = T::decode(&mut r);
        match r.end() {
            Ok(()) => Ok(value),
            Err(error) if T::KNOWN.ids.is_some() => {
                drop(value);
                self.translated(input, error, &Form::<T>::boxed(), false).0.map(|(value, _)| value)
            }
            Err(error) => Err(error),
        }
    }

    /// The value that is encoded in the whole of `input`, and what was made of the values in it that the types do not know.
    ///
    /// # Errors
    /// As [`from_bytes`](Self::from_bytes).
    pub fn with_report<'de, T: Decode<'de>>(&self, input: &'de [u8]) -> Result<(T, DriftReport), DecodeError> {
        let mut r = Reader::with_options(input, self);
        let value = T::decode(&mut r);
        match r.end() {
            Ok(()) => Ok((value, DriftReport::default())),
            Err(error) => {
                drop(value);
                let (value, report) = self.translated(input, error, &Form::<T>::boxed(), false);
                value.map(|(value, _)| (value, report))
            }
        }
    }

    /// The value at the start of `input`, and the number of bytes that it takes.
    ///
    /// ```
    /// use tlgen_runtime::DecodeOptions;
    ///
    /// let (number, length) = DecodeOptions::new().prefix::<i32>(&[7, 0, 0, 0, 1, 2, 3])?;
    /// assert_eq!((number, length), (7, 4));
    /// # Ok::<(), tlgen_runtime::DecodeError>(())
    /// ```
    ///
    /// # Errors
    /// When `input` begins with no value of this type that these options accept.
    pub fn prefix<'de, T: Decode<'de>>(&self, input: &'de [u8]) -> Result<(T, usize), DecodeError> {
        let mut r = Reader::with_options(input, self);
        let value = T::decode(&mut r);
        let length = r.offset();
        match r.check() {
            Ok(()) => Ok((value, length)),
            Err(error) => {
                drop(value);
                self.translated(input, error, &Form::<T>::boxed(), true).0
            }
        }
    }

    /// The value that is encoded without its id in the whole of `input`.
    ///
    /// # Errors
    /// When the bytes are no value of this type that these options accept, or more bytes follow.
    pub fn bare<'de, T: DecodeBare<'de>>(&self, input: &'de [u8]) -> Result<T, DecodeError> {
        let mut r = Reader::with_options(input, self);
        let value = r.bare();
        match r.end() {
            Ok(()) => Ok(value),
            Err(error) => {
                drop(value);
                self.translated(input, error, &Form::<T>::bare(), false).0.map(|(value, _)| value)
            }
        }
    }

    /// The value without its id at the start of `input`, and the number of bytes that it takes.
    ///
    /// # Errors
    /// When `input` begins with no value of this type that these options accept.
    pub fn bare_prefix<'de, T: DecodeBare<'de>>(&self, input: &'de [u8]) -> Result<(T, usize), DecodeError> {
        let mut r = Reader::with_options(input, self);
        let value = r.bare();
        let length = r.offset();
        match r.check() {
            Ok(()) => Ok((value, length)),
            Err(error) => {
                drop(value);
                self.translated(input, error, &Form::<T>::bare(), true).0
            }
        }
    }

    /// The value at the start of `input`, whatever it may hold that the types do not know, as one that they can read.
    ///
    /// The other functions do this themselves where it is needed. Types with borrowed text have to point into what is read, so it
    /// is up to the caller to hold it. `T` is any type of the same schema.
    ///
    /// # Errors
    /// When an id is not in the atlas, and when these options do not accept the bytes. An error that
    /// [is recoverable](DecodeError::is_recoverable) is about a value for which there is no room.
    pub fn translate<'m, T: Decode<'m>>(&self, input: &'m [u8]) -> Result<Translation<'m>, DecodeError> {
        let error = DecodeError::new(DecodeErrorKind::NotInAtlas { id: 0 }, 0);
        let Some(known) = T::KNOWN.ids else { return Err(error) };
        match translate(input, self, known, Root::Boxed, error)? {
            (translation, None) => Ok(translation),
            (_, Some(unread)) => Err(unread.error),
        }
    }

    /// Calls the function that is told of drift.
    pub(crate) fn tell(&self, report: &DriftReport) {
        if let Some(hook) = self.on_drift {
            hook.0(report);
        }
    }

    /// What comes of a message that could not be read for this error: it is read once more, translated, if it holds an id that
    /// the types do not know.
    #[cold]
    #[inline(never)]
    fn translated<T>(
        &self,
        input: &[u8],
        mut error: DecodeError,
        form: &Form<T>,
        is_prefix: bool,
    ) -> (Result<(T, usize), DecodeError>, DriftReport) {
        let Some(known) = form.known else { return (Err(error), DriftReport::default()) };
        let translation = match translate(input, self, known, form.root, error.clone()) {
            Ok((translation, None)) => translation,
            Ok((_, Some(Unread { error, .. }))) | Err(error) => return (Err(error), DriftReport::default()),
        };
        let value = if is_prefix { Ok(()) } else { translation.whole() }.and_then(|()| {
            if translation.is_kept_whole() && !form.has_type_of(&translation, known) {
                error.set_recoverable();
                return Err(error);
            }
            let mut r = translation.reader(self);
            let Some(value) = (form.read)(&mut r) else {
                // It points into its input.
                error.set_recoverable();
                return Err(error);
            };
            translation.end(r).map(|()| value)
        });
        self.tell(translation.report());
        (value.map(|value| (value, translation.len())), translation.into_report())
    }
}

/// How a type is read that was translated.
pub(crate) struct Form<T> {
    pub(crate) root: Root,
    pub(crate) known: KnownIds,
    /// `None` for a type that points into its input.
    pub(crate) read: fn(&mut Reader<'_>) -> Option<T>,
}

impl<T> Form<T> {
    pub(crate) fn boxed<'de>() -> Self
    where
        T: Decode<'de>,
    {
        Self { root: Root::Boxed, known: T::KNOWN.ids, read: T::KNOWN.read }
    }

    fn bare<'de>() -> Self
    where
        T: DecodeBare<'de>,
    {
        let known = <T as DecodeBare<'de>>::KNOWN;
        Self { root: Root::Bare(T::ID), known: known.ids, read: known.read }
    }

    /// Whether the value, which is not read as one of this type, is one of the TL type that this type stands for.
    pub(crate) fn has_type_of(&self, translation: &Translation<'_>, known: &Known) -> bool {
        translation.known_id_of_type(known).is_some_and(|id| {
            let bytes = id.to_le_bytes();
            let mut r = Reader::new(&bytes);
            let read = (self.read)(&mut r);
            // After the id there may be nothing, too early.
            read.is_none() || r.end().err().is_none_or(|error| !error.is_drift())
        })
    }
}

impl Default for DecodeOptions {
    fn default() -> Self {
        Self::new()
    }
}
