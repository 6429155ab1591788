//! The counts of a diff.

use crate::change::{Action, Change};
use crate::item::Kind;
use crate::verdict::{Column, Level};

/// How many changes of what kind there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Constructors and functions that only the new schema has.
    pub added: Counts,
    /// Those that only the old schema has.
    pub removed: Counts,
    /// Those that both have and that differ.
    pub changed: Counts,
    /// For each of [`Column::ALL`] how many changes are of each level.
    pub columns: [Levels; 5],
}

/// How many of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Constructors.
    pub constructors: usize,
    /// Functions.
    pub functions: usize,
    /// Descriptions of types.
    pub types: usize,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub const fn sum(self) -> usize {
        self.constructors + self.functions + self.types
    }

    fn add(&mut self, kind: Kind) {
        match kind {
            Kind::Constructor => self.constructors += 1,
            Kind::Function => self.functions += 1,
            Kind::Type => self.types += 1,
        }
    }
}

/// How many changes of each level a column has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    /// Those that break something.
    pub broken: usize,
    /// Those that concern the column and break nothing.
    pub safe: usize,
}

impl Summary {
    /// Counts them.
    pub fn of<'c>(changes: impl IntoIterator<Item = &'c Change>) -> Self {
        let mut summary = Self::default();
        for change in changes {
            let kind = change.item().kind;
            match change.action() {
                Action::Added => summary.added.add(kind),
                Action::Removed => summary.removed.add(kind),
                Action::Renamed | Action::Moved | Action::Changed => summary.changed.add(kind),
            }
            for (column, levels) in Column::ALL.iter().zip(&mut summary.columns) {
                match change.verdicts.get(*column).level() {
                    Level::None => {}
                    Level::Safe => levels.safe += 1,
                    Level::Broken => levels.broken += 1,
                }
            }
        }
        summary
    }

    /// The counts of one column.
    #[must_use]
    pub fn column(&self, column: Column) -> Levels {
        let index = Column::ALL.iter().position(|known| *known == column).unwrap_or_default();
        self.columns[index]
    }
}
