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

/// What a [`Reader`](crate::Reader) accepts: a [`Mode`] and a depth.
///
/// ```
/// use tl_runtime::{Config, from_bytes_with};
/// let padded = [1, b'a', 9, 9];
/// assert!(from_bytes_with::<String>(&padded, &Config::new()).is_err());
/// assert_eq!(from_bytes_with::<String>(&padded, &Config::lenient())?, "a");
/// # Ok::<(), tl_runtime::DecodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    pub(crate) mode: Mode,
    pub(crate) max_depth: u32,
}

impl Config {
    /// [`Mode::Canonical`] and [`DEFAULT_MAX_DEPTH`].
    #[must_use]
    pub const fn new() -> Self {
        Self { mode: Mode::Canonical, max_depth: DEFAULT_MAX_DEPTH }
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

    /// With another limit for the levels of recursive types. A larger limit needs a larger stack.
    #[must_use]
    pub const fn max_depth(mut self, levels: u32) -> Self {
        self.max_depth = levels;
        self
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}
