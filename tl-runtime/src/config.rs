//! What a reader accepts.

/// The levels of recursive types that are decoded unless [`Config::max_depth`] says otherwise.
pub const DEFAULT_MAX_DEPTH: u32 = 128;

/// How exact the input must be.
///
/// | | lenient | canonical | strict |
/// |---|---|---|---|
/// | a length in a longer form than it needs | accepted | refused | refused |
/// | padding other than zeros | accepted | refused | refused |
/// | text that is not UTF-8 | each invalid sequence becomes U+FFFD | refused | refused |
/// | flag bits that the schema does not declare | accepted | accepted | refused |
/// | bytes after the value | refused | refused | refused |
///
/// Text that is borrowed from the input (`&str`) cannot be repaired and must be UTF-8 in each mode. In strict mode what
/// decodes encodes to the same bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// What other implementations are known to send.
    Lenient,
    /// One encoding for each value, but flag bits from a newer schema are let through.
    #[default]
    Canonical,
    /// Canonical, and nothing that the schema does not declare.
    Strict,
}

/// What a [`Reader`](crate::Reader) accepts: a [`Mode`], a depth, and if need be how much memory a value may take.
///
/// ```
/// use tlgen_runtime::{Config, from_bytes_with};
/// let padded = [1, b'a', 9, 9];
/// assert!(from_bytes_with::<String>(&padded, &Config::new()).is_err());
/// assert_eq!(from_bytes_with::<String>(&padded, &Config::lenient())?, "a");
/// # Ok::<(), tlgen_runtime::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    pub(crate) mode: Mode,
    pub(crate) max_depth: u32,
    pub(crate) max_memory: usize,
}

impl Config {
    /// [`Mode::Canonical`], [`DEFAULT_MAX_DEPTH`], and no limit of memory.
    #[must_use]
    pub const fn new() -> Self {
        Self { mode: Mode::Canonical, max_depth: DEFAULT_MAX_DEPTH, max_memory: usize::MAX }
    }

    /// The same in [`Mode::Strict`].
    #[must_use]
    pub const fn strict() -> Self {
        Self::new().mode(Mode::Strict)
    }

    /// The same in [`Mode::Lenient`].
    #[must_use]
    pub const fn lenient() -> Self {
        Self::new().mode(Mode::Lenient)
    }

    /// With another mode.
    #[must_use]
    pub const fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// With another limit for the levels of recursive types. Decoding, cloning, comparing, printing and dropping a value
    /// recurse as deep as it is, so a larger limit needs a larger stack: with too small a one the process ends.
    #[must_use]
    pub const fn max_depth(mut self, levels: u32) -> Self {
        self.max_depth = levels;
        self
    }

    /// With a limit for the memory that decoding holds at any time. Beyond it decoding fails with
    /// [`TooMuchMemory`](crate::DecodeErrorKind::TooMuchMemory).
    ///
    /// Without it a value takes what its parts take, and a part can be much larger in memory than on the wire. Vectors and
    /// boxes are counted before they are allocated, and so is the whole input, once, for all text, bytes and numbers; they
    /// take no more. What the allocator adds, the error itself, and the boxes of the value that is refused are not counted:
    /// some hundred bytes.
    ///
    /// ```
    /// use tlgen_runtime::{Config, DecodeErrorKind, from_bytes_with, to_bytes};
    /// // A string of length 0: four bytes on the wire, 24 in memory.
    /// let bytes = to_bytes(&vec![String::new(); 1000])?;
    /// let limited = Config::new().max_memory(4 * bytes.len());
    /// let error = from_bytes_with::<Vec<String>>(&bytes, &limited).unwrap_err();
    /// assert_eq!(error.kind(), DecodeErrorKind::TooMuchMemory { limit: 4 * bytes.len() });
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn max_memory(mut self, bytes: usize) -> Self {
        self.max_memory = bytes;
        self
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}
