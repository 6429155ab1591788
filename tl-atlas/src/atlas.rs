//! The layouts of several schemas by id.

use std::collections::btree_map::{BTreeMap, Entry as Slot};
use std::collections::{BTreeSet, HashMap};
use std::fmt;

use tlgen_model::schema::{CombinatorIdx, Primitive, Schema, SectionKind};
use tlgen_parser::source::Location;

use crate::layout::{Form, Layout, NoLayout};

/// What is known of an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The TL name.
    pub name: String,
    /// Whether it is a constructor or a function.
    pub kind: SectionKind,
    /// The boxed type of a constructor; the result of a function, as written.
    pub ty: String,
    /// What it is on the wire.
    pub layout: Layout,
    /// The name of each field; empty for one without.
    pub names: Vec<String>,
    /// Where it is declared: in which schema, and with which words.
    pub declared: Declared,
    /// The layers that have it.
    pub layers: BTreeSet<u32>,
}

/// A declaration, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The name of the schema, as the caller gave it.
    pub schema: String,
    /// The declaration on one line.
    pub text: String,
    /// Where its name is; unknown if it comes from the bytes of an atlas.
    pub location: Option<Location>,
}

impl fmt::Display for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.schema, self.text)
    }
}

/// An id with two layouts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The id.
    pub id: u32,
    /// The declaration that came first, whose layout is kept.
    pub first: Declared,
    /// The other one.
    pub second: Declared,
    /// Where both have the same fields, the bare constructors within them that differ: the innermost.
    pub bare: Option<(Declared, Declared)>,
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, first, second, bare } = self;
        write!(f, "the id {id:08x} has two layouts:\n  {first}\n  {second}")?;
        match bare {
            Some((first, second)) => write!(f, "\nbecause of the bare constructors in them:\n  {first}\n  {second}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Clash {}

/// A combinator that has no layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The declaration.
    pub declared: Declared,
    /// Why.
    pub reason: NoLayout,
}

/// The layouts of all constructors and functions of several schemas.
///
/// Values with an id of the builtin types, such as `Bool` and vectors, are not in it: every reader knows them.
#[derive(Clone, Debug, Default)]
pub struct Atlas {
    entries: BTreeMap<u32, Entry>,
    /// Ids of functions with two layouts: they begin no value, so they are not known and no clash.
    ambiguous: BTreeSet<u32>,
    clashes: Vec<Clash>,
    left_out: Vec<LeftOut>,
}

impl Atlas {
    /// Without any id.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the combinators of a schema. `name` is what messages call it.
    ///
    /// Add schemas from the oldest to the newest: where names differ, those of the newest are kept. Layouts do not differ, or
    /// else [`clashes`](Self::clashes) says so.
    pub fn add(&mut self, name: &str, schema: &Schema) {
        // Bare constructors are compared by what they are, so all ids must be known first.
        let mut known = Vec::new();
        for (idx, combinator) in schema.constructors().chain(schema.functions()) {
            match entry(name, schema, idx) {
                Ok(entry) => match self.entries.entry(combinator.id) {
                    Slot::Vacant(slot) if !self.ambiguous.contains(&combinator.id) => {
                        slot.insert(entry);
                    }
                    _ => known.push((combinator.id, entry)),
                },
                Err(left_out) => self.left_out.push(left_out),
            }
        }
        for (id, entry) in known {
            self.again(id, entry);
        }
    }

    /// Adds what is declared for an id that is known.
    fn again(&mut self, id: u32, mut new: Entry) {
        let Some(old) = self.entries.get(&id) else {
            // Functions with this id have two layouts. A constructor has precedence over them, here as below.
            match new.kind {
                SectionKind::Types => drop(self.entries.insert(id, new)),
                SectionKind::Functions => self.shared(new.declared),
            }
            return;
        };
        let mut comparison = Comparison::default();
        if old.kind == new.kind && self.is_same(&old.layout, &new.layout, &mut comparison) {
            new.layers.extend(&old.layers);
            self.entries.insert(id, new);
            return;
        }
        match (old.kind, new.kind) {
            (SectionKind::Types, SectionKind::Types) => {
                let declared = |id| self.get(id).map(|entry| entry.declared.clone());
                let bare = comparison.different.and_then(|(a, b)| declared(a).zip(declared(b)));
                self.clashes.push(Clash { id, first: old.declared.clone(), second: new.declared, bare });
            }
            (SectionKind::Types, SectionKind::Functions) => self.shared(new.declared),
            (SectionKind::Functions, SectionKind::Types) => {
                let function = old.declared.clone();
                self.entries.insert(id, new);
                self.shared(function);
            }
            (SectionKind::Functions, SectionKind::Functions) => {
                let function = old.declared.clone();
                self.entries.remove(&id);
                self.ambiguous.insert(id);
                self.shared(function);
                self.shared(new.declared);
            }
        }
    }

    fn shared(&mut self, declared: Declared) {
        self.left_out.push(LeftOut { declared, reason: NoLayout::SharedId });
    }

    /// Whether both have the same bytes.
    fn is_same(&self, a: &Layout, b: &Layout, comparison: &mut Comparison) -> bool {
        let (mut a, mut b) = (a.on_the_wire(), b.on_the_wire());
        loop {
            match (a.next(), b.next()) {
                (None, None) => return true,
                (Some(a), Some(b)) if a.condition == b.condition && self.is_same_form(&a.form, &b.form, comparison) => {
                }
                _ => return false,
            }
        }
    }

    fn is_same_form(&self, a: &Form, b: &Form, comparison: &mut Comparison) -> bool {
        // Some schemas have two words for one form.
        let is_text = |primitive: &Primitive| matches!(primitive, Primitive::String | Primitive::Bytes);
        match (a, b) {
            (Form::Primitive(a), Form::Primitive(b)) => a == b || is_text(a) && is_text(b),
            (Form::Vector { boxed: a, item: x }, Form::Vector { boxed: b, item: y }) => {
                a == b && self.is_same_form(x, y, comparison)
            }
            (Form::Repeat { count: a, items: x }, Form::Repeat { count: b, items: y }) => {
                a == b && x.len() == y.len() && x.iter().zip(y).all(|(x, y)| self.is_same_form(x, y, comparison))
            }
            (Form::Bare(a), Form::Bare(b)) => {
                let pair = (*a, *b);
                if a == b || comparison.open.contains(&pair) {
                    return true;
                }
                let (Some(x), Some(y)) = (self.get(*a), self.get(*b)) else { return false };
                comparison.open.push(pair);
                let is_same = self.is_same(&x.layout, &y.layout, comparison);
                comparison.open.pop();
                if !is_same {
                    comparison.different.get_or_insert(pair);
                }
                is_same
            }
            _ => a == b,
        }
    }

    /// Adds what is read from bytes.
    pub(crate) fn insert(&mut self, id: u32, entry: Entry) {
        self.entries.insert(id, entry);
    }

    /// Says how an id that was read from bytes is declared.
    pub(crate) fn describe(&mut self, id: u32, text: String) {
        if let Some(entry) = self.entries.get_mut(&id) {
            entry.declared.text = text;
        }
    }

    /// All ids, ascending, with what is known of them.
    pub fn entries(&self) -> impl Iterator<Item = (u32, &Entry)> {
        self.entries.iter().map(|(id, entry)| (*id, entry))
    }

    /// What is known of an id.
    #[must_use]
    pub fn get(&self, id: u32) -> Option<&Entry> {
        self.entries.get(&id)
    }

    /// How many ids there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is no id.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The ids with two layouts, in the order in which they were found. A table must not be made of these schemas.
    #[must_use]
    pub fn clashes(&self) -> &[Clash] {
        &self.clashes
    }

    /// What has no layout: a value with one of these in it cannot be skipped.
    #[must_use]
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// The entries whose bare constructors have layouts, too.
    pub(crate) fn whole(&self) -> Vec<(u32, &Entry)> {
        let mut whole: BTreeMap<u32, &Entry> = self.entries().collect();
        loop {
            let before = whole.len();
            let known: BTreeSet<u32> = whole.keys().copied().collect();
            whole.retain(|_, entry| entry.layout.fields.iter().all(|field| has_bare(&field.form, &known)));
            if whole.len() == before {
                return whole.into_iter().collect();
            }
        }
    }

    /// The names of the boxed types of constructors and fields, with an index each.
    pub(crate) fn types(&self) -> HashMap<&str, usize> {
        let mut names = BTreeSet::new();
        for entry in self.entries.values() {
            if entry.kind == SectionKind::Types {
                names.insert(entry.ty.as_str());
            }
            for field in &entry.layout.fields {
                collect_types(&field.form, &mut names);
            }
        }
        names.into_iter().enumerate().map(|(index, name)| (name, index)).collect()
    }
}

/// What a comparison of two layouts has met.
#[derive(Default)]
struct Comparison {
    /// The pairs of bare constructors that are being compared: they may be within themselves.
    open: Vec<(u32, u32)>,
    /// The innermost pair that differs.
    different: Option<(u32, u32)>,
}

/// What a combinator of a schema is.
fn entry(name: &str, schema: &Schema, idx: CombinatorIdx) -> Result<Entry, LeftOut> {
    let combinator = schema.combinator(idx);
    let declared = Declared {
        schema: name.to_owned(),
        text: combinator.declaration.to_string(),
        location: Some(combinator.name_location),
    };
    let layout = match Layout::of(schema, idx) {
        Ok(layout) => layout,
        Err(reason) => return Err(LeftOut { declared, reason }),
    };
    let result = combinator.declaration.rsplit_once(" = ").map_or("", |(_, result)| result);
    let names = combinator.params.iter().map(|param| param.name.as_deref().unwrap_or_default().to_owned());
    Ok(Entry {
        name: combinator.name.full().to_owned(),
        kind: combinator.kind,
        ty: combinator.ty.map_or(result, |ty| schema.ty(ty).name.full()).to_owned(),
        layout,
        names: names.collect(),
        declared,
        layers: schema.layer.or(combinator.layer).into_iter().collect(),
    })
}

/// Whether the bare constructors of a form are among those that are known.
fn has_bare(form: &Form, known: &BTreeSet<u32>) -> bool {
    match form {
        Form::Bare(id) => known.contains(id),
        Form::Vector { item, .. } => has_bare(item, known),
        Form::Repeat { items, .. } => items.iter().all(|item| has_bare(item, known)),
        Form::Word | Form::Primitive(_) | Form::WithId(..) | Form::Any | Form::Call | Form::Boxed(_) => true,
    }
}

fn collect_types<'a>(form: &'a Form, names: &mut BTreeSet<&'a str>) {
    match form {
        Form::Boxed(name) => {
            names.insert(name);
        }
        Form::Vector { item, .. } => collect_types(item, names),
        Form::Repeat { items, .. } => items.iter().for_each(|item| collect_types(item, names)),
        Form::Word | Form::Primitive(_) | Form::WithId(..) | Form::Any | Form::Call | Form::Bare(_) => {}
    }
}
