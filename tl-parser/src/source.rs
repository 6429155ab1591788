//! Source files and locations in them.

/// A half-open range of byte offsets in one source file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same as a range of `usize`, to slice a source with.
    #[must_use]
    pub const fn range(self) -> core::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The index of a file in [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileIdx(pub u32);

/// A span in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub file: FileIdx,
    /// The bytes in it.
    pub span: Span,
}

/// The text of a schema file and the name to show for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What to call the file in messages, usually its path.
    pub name: String,
    /// The text, as it was read: a byte order mark and `\r\n` are allowed.
    pub text: String,
}

/// All files of one run; [`FileIdx`] is an index into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// No file.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> FileIdx {
        let idx = FileIdx(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        self.files.push(Source { name: name.into(), text: text.into() });
        idx
    }

    /// The file at `idx`.
    ///
    /// # Panics
    /// If `idx` is from another `Sources`.
    #[must_use]
    pub fn get(&self, idx: FileIdx) -> &Source {
        &self.files[idx.0 as usize]
    }

    /// All files in the order in which they were added.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (FileIdx, &Source)> {
        self.files.iter().enumerate().map(|(i, source)| (FileIdx(i as u32), source))
    }
}
