//! The whole way on one screen.

use std::borrow::Cow;
use std::collections::BTreeMap;

use tlgen_build::ir::Package;
use tlgen_build::{CodegenError, CodegenErrorKind, Config, pipeline};
use tlgen_meta::Metadata;
use tlgen_model::schema::{Combinator, CombinatorIdx, Schema, Type};
use tlgen_model::{ErrorKind, Valid};

use crate::align;
use crate::behaviour;
use crate::change::{Change, Concern, Edit, Version};
use crate::fingerprint;
use crate::item::{Item, Kind};
use crate::matching::{Pair, pairs};
use crate::rules;
use crate::rust;
use crate::threads::both;
use crate::verdict::{Finding, Verdicts};
use crate::wire::Wire;
use crate::witness;

/// One of the two versions.
#[derive(Clone, Copy, Debug)]
pub struct Side<'s> {
    /// The schema.
    pub schema: &'s Valid<Schema>,
    /// What else is known about it.
    pub metadata: Option<&'s Metadata>,
}

impl<'s> From<&'s Valid<Schema>> for Side<'s> {
    fn from(schema: &'s Valid<Schema>) -> Self {
        Self { schema, metadata: None }
    }
}

/// How two versions are compared.
#[derive(Clone, Debug)]
pub struct Options {
    /// The options with which Rust is generated from both.
    pub config: Config,
    /// Whether to look for bytes that prove what is said about the wire.
    pub witnesses: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { config: Config::default(), witnesses: true }
    }
}

/// What changed between two schemas.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// The layer of the old schema.
    pub old_layer: Option<u32>,
    /// The layer of the new schema.
    pub new_layer: Option<u32>,
    /// One for each declaration that differs, by namespace and name.
    pub changes: Vec<Change>,
    /// Rust items that change although their declarations do not.
    pub indirect: Vec<Indirect>,
    /// Why nothing is said about Rust, if that is so: the schema that has no Rust form, and the first reason.
    pub no_rust: Option<String>,
}

/// A Rust item that changes although its declaration does not: because of a cycle that another declaration closes, or, for a client,
/// because of what requests and answers hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Indirect {
    /// What it stands for.
    pub kind: Kind,
    /// Its TL name.
    pub name: String,
    /// The rule and its proof.
    pub finding: Finding,
}

impl Diff {
    /// Leaves out what is about descriptions only, which may have other sources than the schema.
    pub fn forget_descriptions(&mut self) {
        for change in &mut self.changes {
            change.edits.retain(|edit| !edit.is_description());
            change.verdicts.behaviour.findings.retain(|finding| *finding.rule != rules::DESCRIPTION_CHANGED);
        }
        self.changes
            .retain(|change| change.item().kind != Kind::Type && (change.both().is_none() || !change.edits.is_empty()));
    }
}

/// What changed, for whom it breaks something, and what proves it.
#[must_use]
pub fn diff<'s>(old: impl Into<Side<'s>>, new: impl Into<Side<'s>>, options: &Options) -> Diff {
    let (old, new) = (old.into(), new.into());
    let lower = |side: Side<'s>| lowered(side.schema, &options.config);
    // To lower the schemas takes about as long as all the rest, which does not need it.
    let (before, (after, mut compared)) = both(|| lower(old), || both(|| lower(new), || judged(old, new, options)));
    let mut indirect = Vec::new();
    let no_rust = rust(before, after, &options.config, &mut compared, &mut indirect);
    let mut diff = finished(old.schema, new.schema, compared);
    diff.indirect = indirect;
    diff.no_rust = no_rust;
    diff
}

/// The changes with all that does not follow from the Rust code.
fn judged(old: Side<'_>, new: Side<'_>, options: &Options) -> Vec<(Pair, Change)> {
    let mut compared = compared(old.schema, new.schema);
    if let (Some(before), Some(after)) = (old.metadata, new.metadata) {
        behaviour::add_metadata(&mut compared, old.schema, new.schema, before, after);
    }
    if options.witnesses {
        witness::add(old.schema, new.schema, &mut compared);
    }
    compared
}

/// What changed, with verdicts about bytes and without witnesses: for schemas that need not be whole.
#[must_use]
pub fn changes(old: &Schema, new: &Schema) -> Diff {
    finished(old, new, compared(old, new))
}

fn finished(old: &Schema, new: &Schema, compared: Vec<(Pair, Change)>) -> Diff {
    let mut changes: Vec<Change> = compared.into_iter().map(|(_, change)| change).collect();
    for change in &mut changes {
        change.fingerprint = fingerprint::of(change);
    }
    sort(&mut changes);
    Diff { old_layer: old.layer, new_layer: new.layer, changes, ..Diff::default() }
}

/// The Rust items of a version. What options name and this version does not have, as it came later or is gone, is left out of them.
///
/// # Errors
/// The errors of the generator. That no name of `only` is there is one of them: without any, the option would mean everything.
pub fn lowered(schema: &Valid<Schema>, config: &Config) -> Result<Package, Vec<CodegenError>> {
    let mut config = Cow::Borrowed(config);
    loop {
        let errors = match pipeline::lower(schema, &config) {
            Ok(package) => return Ok(package),
            Err(errors) => errors,
        };
        let unmatched: Vec<(&str, &str)> = errors.iter().filter_map(unmatched).collect();
        if unmatched.is_empty() {
            return Err(errors);
        }
        let own = config.to_mut();
        for (option, value) in unmatched {
            let before = [own.only.len(), own.skip.len(), own.bytes.len(), own.rename.len(), own.length.len()];
            match option {
                "only" if own.only.len() > 1 => own.only.retain(|one| one != value),
                "skip" => own.skip.retain(|one| one != value),
                "bytes" => own.bytes.retain(|one| one != value),
                "rename" => drop(own.rename.remove(value)),
                "length" => drop(own.length.remove(value)),
                _ => {}
            }
            let after = [own.only.len(), own.skip.len(), own.bytes.len(), own.rename.len(), own.length.len()];
            if before == after {
                return Err(errors);
            }
        }
    }
}

/// The option and the name in it of an error about a name that is not there.
fn unmatched(error: &CodegenError) -> Option<(&str, &str)> {
    let is_unmatched = match &error.kind {
        CodegenErrorKind::Unmatched { .. } => true,
        CodegenErrorKind::Selection { error, .. } => matches!(*error.kind, ErrorKind::UnmatchedPattern { .. }),
        _ => false,
    };
    error.option().filter(|_| is_unmatched)
}

fn no_form(side: &str, errors: &[CodegenError]) -> String {
    let first = errors.first().map(ToString::to_string).unwrap_or_default();
    format!("the {side} schema has no Rust form: {first}")
}

/// Fills in the column about Rust. `Some` if one of the schemas has no Rust form.
fn rust(
    before: Result<Package, Vec<CodegenError>>,
    after: Result<Package, Vec<CodegenError>>,
    config: &Config,
    compared: &mut [(Pair, Change)],
    indirect: &mut Vec<Indirect>,
) -> Option<String> {
    let (before, after) = match (before, after) {
        (Ok(before), Ok(after)) => (before, after),
        (Err(errors), _) => return Some(no_form("old", &errors)),
        (_, Err(errors)) => return Some(no_form("new", &errors)),
    };
    let name = |version: &Option<Version>| version.as_ref().map(|it| (it.item.kind, it.item.name.clone()));
    let index = |of: &dyn Fn(&Change) -> Option<(Kind, String)>| -> BTreeMap<(Kind, String), usize> {
        compared.iter().enumerate().filter_map(|(index, (_, change))| Some((of(change)?, index))).collect()
    };
    let (olds, news) = (index(&|change| name(&change.old)), index(&|change| name(&change.new)));
    for found in rust::compare(&before, &after, rust::Derives::of(&config.derives)) {
        let (first, second) = if found.in_new { (&news, &olds) } else { (&olds, &news) };
        let key = (found.kind, found.name);
        match first.get(&key).or_else(|| second.get(&key)) {
            Some(&index) => compared[index].1.verdicts.rust.add(found.finding),
            None => indirect.push(Indirect { kind: key.0, name: key.1, finding: found.finding }),
        }
    }
    None
}

/// The declarations of a schema, and the types that have a description.
#[must_use]
pub fn items(schema: &Schema) -> Vec<Item> {
    let types = schema.types.iter().filter(|ty| ty.description.is_some()).map(Item::of_type);
    schema.combinators.iter().map(Item::of).chain(types).collect()
}

/// The changes of declarations with their indices, and those of types.
pub(crate) fn compared(old: &Schema, new: &Schema) -> Vec<(Pair, Change)> {
    let wire = Wire::of(old, new);
    let mut changes = Vec::new();
    for pair in pairs(old, new) {
        let change = match (pair.old, pair.new) {
            (Some(from), Some(to)) => changed(old.combinator(from), new.combinator(to)),
            _ => Some(Change {
                old: pair.old.map(|idx| version(old, idx)),
                new: pair.new.map(|idx| version(new, idx)),
                edits: Vec::new(),
                verdicts: Verdicts::default(),
                concern: Concern::Unknown,
                fingerprint: String::new(),
            }),
        };
        if let Some(mut change) = change {
            wire.judge(pair.old, pair.new, &mut change.verdicts);
            behaviour::judge(&mut change);
            changes.push((pair, change));
        }
    }
    changes.extend(types(old, new).into_iter().map(|change| (Pair { old: None, new: None }, change)));
    changes
}

fn version(schema: &Schema, idx: CombinatorIdx) -> Version {
    let combinator = schema.combinator(idx);
    Version { item: Item::of(combinator), location: combinator.location }
}

/// `None` if nothing but the layout of the text differs.
fn changed(old: &Combinator, new: &Combinator) -> Option<Change> {
    let is_equal = old.declaration == new.declaration
        && old.id == new.id
        && old.kind == new.kind
        && old.description == new.description
        && old.annotations == new.annotations
        && old.params.iter().zip(&new.params).all(|(a, b)| a.description == b.description);
    if is_equal {
        return None;
    }
    let (from, to) = (Item::of(old), Item::of(new));
    let edits = align::edits(&from, &to);
    if edits.is_empty() {
        return None;
    }
    Some(Change {
        old: Some(Version { item: from, location: old.location }),
        new: Some(Version { item: to, location: new.location }),
        edits,
        verdicts: Verdicts::default(),
        concern: Concern::Unknown,
        fingerprint: String::new(),
    })
}

/// Descriptions of types. What constructors they have is said by the changes of those.
fn types(old: &Schema, new: &Schema) -> Vec<Change> {
    let of =
        |schema| -> BTreeMap<_, _> { Schema::types(schema).map(|(_, ty)| (ty.name.full().to_owned(), ty)).collect() };
    let (olds, news): (BTreeMap<String, &Type>, BTreeMap<String, &Type>) = (of(old), of(new));
    let mut changes = Vec::new();
    let mut names: Vec<&String> = olds.keys().chain(news.keys()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let version = |ty: &&Type| Version { item: Item::of_type(ty), location: ty.location };
        let described = |ty: Option<&&Type>| ty.filter(|ty| ty.description.is_some()).map(version);
        let (from, to) = (olds.get(name), news.get(name));
        let (before, after) = (from.map(version), to.map(version));
        let change = match (before, after) {
            (Some(before), Some(after)) if before.item.description != after.item.description => {
                let description =
                    Edit::Description { old: before.item.description.clone(), new: after.item.description.clone() };
                (Some(before), Some(after), vec![description])
            }
            (Some(_), Some(_)) => continue,
            _ => match (described(from), described(to)) {
                (None, None) => continue,
                (before, after) => (before, after, Vec::new()),
            },
        };
        let (old, new, edits) = change;
        debug_assert!([&old, &new].into_iter().flatten().all(|version| version.item.kind == Kind::Type));
        changes.push(Change {
            old,
            new,
            edits,
            verdicts: Verdicts::default(),
            concern: Concern::Unknown,
            fingerprint: String::new(),
        });
    }
    changes
}

fn sort(changes: &mut [Change]) {
    changes.sort_by(|a, b| {
        let key = |change: &Change| {
            let item = change.item();
            (item.namespace().to_owned(), item.name.clone(), item.kind, item.result.clone())
        };
        key(a).cmp(&key(b))
    });
}
