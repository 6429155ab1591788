//! For whom a change breaks something, by which rule, and what proves it.

use std::sync::Arc;

use crate::rules::DiffRule;

/// What a change does in each of the five columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdicts {
    /// A program built from the old schema with a server of the new one.
    pub old_client: Verdict,
    /// A program built from the new schema with a server of the old one.
    pub new_client: Verdict,
    /// Values that were written by the old schema and are read by the new one.
    pub stored: Verdict,
    /// Rust that uses code generated from the old schema.
    pub rust: Verdict,
    /// What is said about it: descriptions, errors, who may call it.
    pub behaviour: Verdict,
}

/// The columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// A program built from the old schema with a server of the new one.
    OldClient,
    /// A program built from the new schema with a server of the old one.
    NewClient,
    /// Values that were written by the old schema and are read by the new one.
    Stored,
    /// Rust that uses code generated from the old schema.
    Rust,
    /// What is said about it: descriptions, errors, who may call it.
    Behaviour,
}

impl Column {
    /// All of them, as reports have them.
    pub const ALL: [Self; 5] = [Self::OldClient, Self::NewClient, Self::Stored, Self::Rust, Self::Behaviour];

    /// The columns about bytes.
    pub const WIRE: [Self; 3] = [Self::OldClient, Self::NewClient, Self::Stored];

    /// The words for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::OldClient => "old client, new server",
            Self::NewClient => "new client, old server",
            Self::Stored => "stored bytes, new code",
            Self::Rust => "Rust source",
            Self::Behaviour => "behaviour",
        }
    }

    /// The key for programs.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::OldClient => "old_client",
            Self::NewClient => "new_client",
            Self::Stored => "stored",
            Self::Rust => "rust",
            Self::Behaviour => "behaviour",
        }
    }

    /// The word for a level in this column.
    #[must_use]
    pub const fn word(self, level: Level) -> &'static str {
        match (self, level) {
            (_, Level::None) => "none",
            (Self::Rust, Level::Broken) => "major",
            (Self::Rust, _) => "minor",
            (Self::Behaviour, _) => "noted",
            (_, Level::Broken) => "broken",
            (_, Level::Safe) => "safe",
        }
    }
}

impl Verdicts {
    /// One column.
    #[must_use]
    pub fn get(&self, column: Column) -> &Verdict {
        match column {
            Column::OldClient => &self.old_client,
            Column::NewClient => &self.new_client,
            Column::Stored => &self.stored,
            Column::Rust => &self.rust,
            Column::Behaviour => &self.behaviour,
        }
    }

    pub(crate) fn get_mut(&mut self, column: Column) -> &mut Verdict {
        match column {
            Column::OldClient => &mut self.old_client,
            Column::NewClient => &mut self.new_client,
            Column::Stored => &mut self.stored,
            Column::Rust => &mut self.rust,
            Column::Behaviour => &mut self.behaviour,
        }
    }

    /// Whether bytes of one side are refused or misread by the other.
    #[must_use]
    pub fn breaks_wire(&self) -> bool {
        Column::WIRE.iter().any(|column| self.get(*column).level() == Level::Broken)
    }

    /// Whether Rust that uses the generated code may stop compiling.
    #[must_use]
    pub fn breaks_rust(&self) -> bool {
        self.rust.level() == Level::Broken
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The change does not concern this column.
    #[default]
    None,
    /// It concerns it and breaks nothing: bytes are read on both sides, Rust gains something, a text differs.
    Safe,
    /// It breaks something.
    Broken,
}

/// What a change does in one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// Each rule that applies, with its proof; none if the change does not concern this column.
    pub findings: Vec<Finding>,
}

impl Verdict {
    /// The worst of the findings.
    #[must_use]
    pub fn level(&self) -> Level {
        self.findings.iter().map(|finding| finding.level).max().unwrap_or_default()
    }

    pub(crate) fn add(&mut self, finding: Finding) {
        if !self.findings.iter().any(|known| known.rule == finding.rule && known.text == finding.text) {
            self.findings.push(finding);
        }
    }
}

/// A rule that applies to a change.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static DiffRule,
    /// How bad it is here.
    pub level: Level,
    /// Which schema writes the bytes that the other does not understand, where it is one of them.
    pub writer: Option<Writer>,
    /// What it means here: a clause without a full stop.
    pub text: String,
    /// What proves it.
    pub witness: Witness,
}

/// Which of the two schemas writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Writer {
    /// The old one.
    Old,
    /// The new one.
    New,
}

/// What proves a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// Bytes that one side writes and the other refuses or reads as something else.
    Bytes(Bytes),
    /// A function that compiles with the old code and not with the new code. `tl` is the module of the generated code.
    Rust(Arc<str>),
    /// There is nothing to show, and why.
    None(&'static str),
}

/// Bytes that prove a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bytes {
    /// One value, with its id in front unless it is used without.
    pub bytes: Vec<u8>,
    /// What the one that writes it means, as JSON.
    pub meant: String,
    /// What the other makes of it: an error, or what it reads.
    pub read: String,
    /// Whether the other reads something rather than refuse.
    pub is_misread: bool,
}
