//! What happened to the values that the types do not know.

use alloc::vec::Vec;
use core::fmt;

use super::FieldSet;

/// Values of one message that the types do not know, and what was made of them, in the order in which they were met.
///
/// [`DecodeOptions::with_report`](crate::DecodeOptions::with_report) gives it for one message, and
/// [`DecodeOptions::on_drift`](crate::DecodeOptions::on_drift) to a function, for counters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DriftReport {
    pub(crate) events: Vec<DriftEvent>,
}

impl DriftReport {
    /// One event for each value.
    #[must_use]
    pub fn events(&self) -> &[DriftEvent] {
        &self.events
    }

    /// Why the first value was kept, if it was.
    pub(super) fn reason(&self) -> Option<NotAdapted> {
        match self.events.first()?.outcome {
            DriftOutcome::Kept(reason) => Some(reason),
            DriftOutcome::Adapted { .. } => None,
        }
    }

    /// Whether the types knew everything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// How many values were adapted to a constructor that the types know.
    #[must_use]
    pub fn adapted(&self) -> usize {
        self.events.iter().filter(|event| matches!(event.outcome, DriftOutcome::Adapted { .. })).count()
    }

    /// How many values were kept as `Unknown`.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.events.len() - self.adapted()
    }

    /// How many fields of adapted values were there and were left out, as the types have no place for them.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.events.iter().map(|event| event.left_out.len()).sum()
    }
}

/// One value that the types do not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DriftEvent {
    /// Its id.
    pub id: u32,
    /// Where it begins in the message. Within a value that was adapted, where that one begins.
    pub offset: usize,
    /// What was made of it.
    pub outcome: DriftOutcome,
    /// Its fields that were there and were left out, if it was adapted.
    pub left_out: FieldSet,
}

/// What was made of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DriftOutcome {
    /// It was read as the constructor with another id. Fields that this constructor does not have were left out, so it is not
    /// encoded as the bytes that were read.
    Adapted {
        /// The id of the constructor.
        to: u32,
    },
    /// It was kept as `Unknown`.
    Kept(NotAdapted),
}

/// Why a value was not adapted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotAdapted {
    /// The options forbid it: [`DecodeOptions::adapt`](crate::DecodeOptions::adapt) is off, or the mode is strict.
    Off,
    /// The atlas has no names.
    NoNames,
    /// No constructor that the type knows has its name.
    NewConstructor,
    /// A field that the known constructor requires is not there.
    MissingField,
    /// A field that the known constructor requires has another type.
    FieldType,
    /// The atlas has no layout by which it could be written.
    Layout,
    /// Within it a value of a type with one constructor cannot be adapted, and has no room for `Unknown`.
    Within {
        /// The id of that value.
        id: u32,
    },
}

impl fmt::Display for NotAdapted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "adapting is off",
            Self::NoNames => "the atlas has no names",
            Self::NewConstructor => "no known constructor has its name",
            Self::MissingField => "a required field is not there",
            Self::FieldType => "a required field has another type",
            Self::Layout => "the atlas has no layout for it",
            Self::Within { id } => return write!(f, "the id {id:#010x} within it is not known"),
        })
    }
}

/// A function that is told of drift.
#[derive(Clone, Copy)]
pub(crate) struct Hook(pub(crate) fn(&DriftReport));

impl PartialEq for Hook {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::fn_addr_eq(self.0, other.0)
    }
}

impl Eq for Hook {}

impl fmt::Debug for Hook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}
