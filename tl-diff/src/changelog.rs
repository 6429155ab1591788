//! Many versions of a schema to what each of them brought, and to what became of each declaration.
//!
//! What comes in are the diffs of neighbours, oldest first. A declaration is followed through its other names; one that is taken
//! away and comes back under its name is the same one.

use std::collections::BTreeMap;

use crate::change::{Action, Change, Version};
use crate::diff::Diff;
use crate::item::Kind;

/// A version of a schema, as people know it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Release {
    /// What it is called, as in `Layer 133`.
    pub title: String,
    /// The layer, where it has one.
    pub layer: Option<u32>,
    /// The day on which it appeared, as in `2021-09-02`.
    pub date: Option<String>,
    /// The commit that has it.
    pub commit: Option<String>,
}

/// A version and what it changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The version.
    pub release: Release,
    /// The changes from the version before.
    pub diff: Diff,
}

/// All versions, oldest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Changelog {
    /// The oldest version, of which nothing is said but its name.
    pub first: Release,
    /// Each later version, ascending.
    pub steps: Vec<Step>,
}

/// What became of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// What it is, or was last.
    pub kind: Kind,
    /// Its name, or its last one.
    pub name: String,
    /// The type of a default constructor, `_`, which has no name of its own.
    pub ty: Option<String>,
    /// What changed it, oldest first.
    pub events: Vec<Event>,
}

/// The place of a change in a changelog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Event {
    /// The index of the step.
    pub step: usize,
    /// The index of the change in its diff.
    pub change: usize,
}

impl Changelog {
    /// Of one version.
    #[must_use]
    pub fn new(first: Release) -> Self {
        Self { first, steps: Vec::new() }
    }

    /// Adds the next version.
    pub fn push(&mut self, release: Release, diff: Diff) {
        self.steps.push(Step { release, diff });
    }

    /// The change of an event.
    ///
    /// # Panics
    /// If the event is of another changelog.
    #[must_use]
    pub fn change(&self, event: Event) -> &Change {
        &self.steps[event.step].diff.changes[event.change]
    }

    /// The declarations that some version changed, by kind and name.
    #[must_use]
    pub fn histories(&self) -> Vec<History> {
        let mut all: Vec<History> = Vec::new();
        // The histories of what there is, and of what is gone.
        let mut here: BTreeMap<Key, usize> = BTreeMap::new();
        let mut gone: BTreeMap<Key, usize> = BTreeMap::new();
        for (step, Step { diff, .. }) in self.steps.iter().enumerate() {
            // All old names are freed before a new one is taken: declarations may change names with each other.
            let freed: Vec<Option<usize>> = diff
                .changes
                .iter()
                .map(|change| change.old.as_ref().and_then(|version| here.remove(&key(version))))
                .collect();
            let mut begun = |version: &Version| {
                let (kind, name, ty) = key(version);
                all.push(History { kind, name, ty, events: Vec::new() });
                all.len() - 1
            };
            let mut places: Vec<usize> = Vec::with_capacity(diff.changes.len());
            for (change, freed) in diff.changes.iter().zip(freed) {
                let place = match (&change.old, &change.new) {
                    (None, Some(new)) => gone.remove(&key(new)).unwrap_or_else(|| begun(new)),
                    _ => freed.unwrap_or_else(|| begun(change.version())),
                };
                places.push(place);
            }
            for (index, (change, place)) in diff.changes.iter().zip(places).enumerate() {
                let history = &mut all[place];
                history.events.push(Event { step, change: index });
                match &change.new {
                    Some(new) => {
                        (history.kind, history.name, history.ty) = key(new);
                        here.insert(key(new), place);
                    }
                    None => {
                        gone.insert(key(change.version()), place);
                    }
                }
            }
        }
        all.sort_by(|a, b| (a.kind, &a.name, &a.ty, &a.events).cmp(&(b.kind, &b.name, &b.ty, &b.events)));
        all
    }
}

impl History {
    /// What people call it: its name, or `_ = A` for the default constructor of `A`.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.ty {
            Some(ty) => format!("{} = {ty}", self.name),
            None => self.name.clone(),
        }
    }

    /// Whether the oldest version has it.
    #[must_use]
    pub fn is_from_first(&self, log: &Changelog) -> bool {
        self.events.first().is_some_and(|event| log.change(*event).action() != Action::Added)
    }

    /// All names that it has had.
    pub fn names<'l>(&self, log: &'l Changelog) -> impl Iterator<Item = &'l str> {
        let versions = self.events.iter().flat_map(|event| {
            let change = log.change(*event);
            [&change.old, &change.new]
        });
        versions.flatten().map(|version| version.item.name.as_str())
    }
}

/// A default constructor, `_`, has no name of its own, so its type tells it.
type Key = (Kind, String, Option<String>);

fn key(version: &Version) -> Key {
    let item = &version.item;
    let ty = (item.name == "_").then(|| item.result.clone());
    (item.kind, item.name.clone(), ty)
}
