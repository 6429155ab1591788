//! What changed.

use tlgen_parser::source::Location;

use crate::item::{Condition, Field, Item, Kind};
use crate::verdict::Verdicts;

/// What one version of a declaration is, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its parts.
    pub item: Item,
    /// From its first character to the `;`, in the sources of its side.
    pub location: Location,
}

/// A declaration that one of the sides lacks, or that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What the old schema has; `None` for an addition.
    pub old: Option<Version>,
    /// What the new schema has; `None` for a removal.
    pub new: Option<Version>,
    /// What makes the new one of the old one; empty for additions and removals.
    pub edits: Vec<Edit>,
    /// For whom this breaks something.
    pub verdicts: Verdicts,
    /// What it has to do with what somebody uses, where that is known.
    pub concern: Concern,
    /// Tells this change from all others, in whatever order and layout the schemas are written.
    pub fingerprint: String,
}

impl Change {
    /// The newer version, or the old one of what is removed.
    ///
    /// # Panics
    /// If it has neither, which no change has.
    #[must_use]
    pub fn version(&self) -> &Version {
        self.new.as_ref().or(self.old.as_ref()).expect("a change has a side")
    }

    /// The newer declaration, or the old one of what is removed.
    #[must_use]
    pub fn item(&self) -> &Item {
        &self.version().item
    }

    /// The old and the new declaration of what both sides have.
    #[must_use]
    pub fn both(&self) -> Option<(&Item, &Item)> {
        Some((&self.old.as_ref()?.item, &self.new.as_ref()?.item))
    }

    /// What happened, in one word.
    #[must_use]
    pub fn action(&self) -> Action {
        match (&self.old, &self.new) {
            (None, _) => Action::Added,
            (_, None) => Action::Removed,
            _ if self.edits.iter().any(|edit| matches!(edit, Edit::Renamed { .. })) => Action::Renamed,
            _ if self.edits.iter().any(|edit| matches!(edit, Edit::Moved { .. })) => Action::Moved,
            _ => Action::Changed,
        }
    }
}

/// What a change has to do with the code of a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concern {
    /// Nobody has said what is used.
    #[default]
    Unknown,
    /// The code names its Rust item, or an enum of which it is a variant.
    Named,
    /// What the code names reaches it.
    Reached,
    /// Neither.
    Elsewhere,
}

impl Concern {
    /// The word for programs; `None` where nothing is known.
    #[must_use]
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Unknown => None,
            Self::Named => Some("named"),
            Self::Reached => Some("reached"),
            Self::Elsewhere => Some("elsewhere"),
        }
    }
}

/// What happened to a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Only the new schema has it.
    Added,
    /// Only the old schema has it.
    Removed,
    /// It has another name.
    Renamed,
    /// It is in the other section.
    Moved,
    /// It differs in another way.
    Changed,
}

impl Action {
    /// The word for people and programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
            Self::Changed => "changed",
        }
    }
}

/// One step from the old declaration to the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Another name.
    Renamed {
        /// The name in the old schema.
        old: String,
        /// The name in the new schema.
        new: String,
    },
    /// Types to functions, or back.
    Moved {
        /// What it was.
        old: Kind,
        /// What it is.
        new: Kind,
    },
    /// Another id on the wire.
    Id {
        /// The id in the old schema.
        old: u32,
        /// The id in the new schema.
        new: u32,
    },
    /// Other variables.
    Generics {
        /// Those of the old schema.
        old: Vec<String>,
        /// Those of the new schema.
        new: Vec<String>,
    },
    /// A new argument.
    FieldAdded {
        /// Its index in the new declaration.
        index: usize,
        /// The argument.
        field: Field,
        /// Whether no old argument comes after it.
        at_end: bool,
    },
    /// An argument is gone.
    FieldRemoved {
        /// Its index in the old declaration.
        index: usize,
        /// The argument.
        field: Field,
    },
    /// An argument differs.
    FieldChanged {
        /// Its index in the old declaration.
        index: usize,
        /// Its name there, `_` for none.
        name: String,
        /// How it differs.
        part: FieldPart,
    },
    /// Another result.
    Result {
        /// That of the old schema.
        old: String,
        /// That of the new schema.
        new: String,
    },
    /// Other annotations.
    Annotations {
        /// Those of the old schema.
        old: Vec<String>,
        /// Those of the new schema.
        new: Vec<String>,
    },
    /// Another description.
    Description {
        /// That of the old schema.
        old: Option<String>,
        /// That of the new schema.
        new: Option<String>,
    },
}

/// How an argument differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldPart {
    /// In its name.
    Name {
        /// The name in the new schema; `None` for an anonymous argument.
        new: Option<String>,
    },
    /// In its type.
    Type {
        /// The type in the old schema.
        old: String,
        /// The type in the new schema.
        new: String,
    },
    /// In when it is there.
    Condition {
        /// The condition in the old schema; `None` for always.
        old: Option<Condition>,
        /// The condition in the new schema.
        new: Option<Condition>,
    },
    /// In its position among the arguments that both versions have.
    Position {
        /// Its index in the new declaration.
        new: usize,
    },
    /// In its description.
    Description {
        /// That of the old schema.
        old: Option<String>,
        /// That of the new schema.
        new: Option<String>,
    },
}

impl Edit {
    /// Whether it is about words for people only.
    #[must_use]
    pub fn is_description(&self) -> bool {
        matches!(self, Self::Description { .. } | Self::FieldChanged { part: FieldPart::Description { .. }, .. })
    }
}
