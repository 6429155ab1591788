//! Where names are used, and what each use means.
//!
//! What comes in is what the linker resolves, name by name; what goes out is a table sorted by location. It is made only on
//! request ([`Options::references`](crate::Options)), for editors and other tools that go from a name to its declaration and
//! back.

use tlgen_parser::source::{FileIdx, Location};

use crate::schema::{CombinatorIdx, TypeIdx};

/// What a name that is used as a type, a word or a result means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A boxed type.
    Type(TypeIdx),
    /// A constructor that is used as a type.
    Constructor(CombinatorIdx),
    /// A variable or a field of the same declaration, which is declared here.
    Local(Location),
}

/// All uses of names in a schema. Builtin types and the names of declarations themselves are not among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References(Vec<(Location, Target)>);

impl References {
    pub(crate) fn new(mut uses: Vec<(Location, Target)>) -> Self {
        uses.sort_unstable();
        uses.dedup();
        uses.shrink_to_fit();
        Self(uses)
    }

    /// All uses by file, then from the beginning of the file to its end.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (Location, Target)> {
        self.0.iter().copied()
    }

    /// The use of a name around the byte `offset` of a file, its end included.
    #[must_use]
    pub fn at(&self, file: FileIdx, offset: u32) -> Option<(Location, Target)> {
        let after = self.0.partition_point(|(at, _)| (at.file, at.span.start) <= (file, offset));
        let found = *self.0[..after].last()?;
        (found.0.file == file && offset <= found.0.span.end).then_some(found)
    }

    /// The uses of one declaration.
    pub fn of(&self, target: Target) -> impl Iterator<Item = Location> {
        self.0.iter().filter(move |(_, other)| *other == target).map(|(location, _)| *location)
    }
}
