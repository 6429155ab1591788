//! Two versions of a TL schema to what changed between them, for whom that breaks something, and what proves it.
//!
//! ```text
//! schemas ─▶ pairs ─▶ edits ─▶ verdicts ─▶ witnesses ─▶ Diff ─▶ report
//! ```
//!
//! What comes in are two [`Valid`](tlgen_model::Valid) schemas. What goes out is a [`Diff`]: one [`Change`] for each declaration that differs, with the
//! edits that make the new declaration of the old one ([`apply`](fn@apply) does them) and a verdict in five columns. Each verdict
//! names its [rule](DiffRule) and shows bytes or a line of Rust that break. Nothing here reads files or prints.

mod align;
mod apply;
mod approve;
mod behaviour;
mod change;
mod changelog;
mod diff;
mod fingerprint;
mod item;
mod matching;
pub mod report;
mod rules;
mod rust;
mod scope;
mod story;
mod summary;
mod threads;
#[cfg(feature = "uses")]
pub mod uses;
mod verdict;
mod wire;
mod witness;

pub use apply::{apply, edited};
pub use approve::{Approval, Approvals, FailOn, UNMATCHED};
pub use change::{Action, Change, Concern, Edit, FieldPart, Version};
pub use changelog::{Changelog, Event, History, Release, Step};
pub use diff::{Diff, Indirect, Options, Side, changes, diff, items, lowered};
pub use item::{Condition, Field, Item, Kind};
pub use rules::{DiffRule, Mirror, rules};
pub use scope::Scope;
pub use story::{Cause, Story, StoryLocation, stories, told};
pub use summary::{Counts, Levels, Summary};
pub use verdict::{Bytes, Column, Finding, Level, Verdict, Verdicts, Witness, Writer};
