//! Sample values of structs and enums.
//!
//! Each value is finite: of an enum, the variant with the fewest parts is chosen, which a fix-point finds. A variant that means
//! "nothing" is chosen only if there is no other of about the same size.

use std::collections::{BTreeMap, BTreeSet};

use tlgen_build::TextType;
use tlgen_build::ir::{Boxed, Codec, Count, Enum, Field, ItemPath, Package, RustType, Step, Struct, Variant};

use super::words;
use tlgen_build::expr::Expr;
use tlgen_build::ir::{Item, Items};

/// How many parts a value has. For a value without an end it is [`INFINITE`].
type Cost = u32;

/// The parts of an item without a finite value, or without one that has been found.
const INFINITE: Cost = 10_000;

/// An "empty" variant counts for this many parts more.
const EMPTY: Cost = 4;

/// A vector has an item if the item has at most this many parts.
const SMALL: Cost = 12;

/// How many switches and how many optional values an example sets.
const SHOWN: usize = 2;

/// How many parts an optional value that an example sets may have.
const OPTIONAL: Cost = 3;

/// The smallest number of parts of a value of each item of a package.
pub(crate) struct Samples {
    costs: BTreeMap<ItemPath, Cost>,
    layer: Option<u32>,
    /// A function without arguments, to be used as a query.
    query: Option<ItemPath>,
}

impl Samples {
    pub(crate) fn of(package: &Package) -> Self {
        let mut samples = Self { costs: BTreeMap::new(), layer: package.layer, query: query(package) };
        // Each round settles at least one more item, and nothing that is settled changes for the worse.
        loop {
            let mut changed = false;
            for item in package.constructors.iter().chain(&package.functions) {
                let cost = samples.structure(item);
                changed |= samples.settle(&item.path, cost);
            }
            for ty in &package.types {
                let (path, cost) = match ty {
                    Boxed::Alias { path, target } => (path, samples.path(target)),
                    Boxed::Enum(item) => {
                        (&item.path, item.variants.iter().map(|v| samples.variant(v)).min().unwrap_or(INFINITE))
                    }
                };
                changed |= samples.settle(path, cost);
            }
            if !changed {
                return samples;
            }
        }
    }

    fn settle(&mut self, path: &ItemPath, cost: Cost) -> bool {
        if cost < self.path(path) {
            self.costs.insert(path.clone(), cost);
            return true;
        }
        false
    }

    fn path(&self, path: &ItemPath) -> Cost {
        self.costs.get(path).copied().unwrap_or(INFINITE)
    }

    fn structure(&self, item: &Struct) -> Cost {
        let required = item.fields.iter().filter(|field| !field.optional).map(|field| self.ty(&field.ty));
        required.fold(1, |sum: Cost, cost| sum.saturating_add(cost).min(INFINITE))
    }

    fn variant(&self, variant: &Variant) -> Cost {
        let cost = variant.item.as_ref().map_or(1, |path| self.path(path));
        if variant.name.ends_with("Empty") { (cost + EMPTY).min(INFINITE) } else { cost }
    }

    fn ty(&self, ty: &RustType) -> Cost {
        match ty {
            RustType::Item(path) => self.path(path),
            _ => 1,
        }
    }
}

/// The function without arguments whose name is the shortest.
fn query(package: &Package) -> Option<ItemPath> {
    let plain = package.functions.iter().filter(|item| item.fields.is_empty() && item.generics.is_empty());
    let usual = plain.clone().find(|item| item.tl_name == "help.getConfig");
    usual.or_else(|| plain.min_by_key(|item| (item.tl_name.len(), &item.tl_name))).map(|item| item.path.clone())
}

/// Names of fields with their values.
pub(super) type Named = Vec<(String, Expr)>;

/// Writes sample values.
pub(super) struct Writer<'w, 'a> {
    pub(super) samples: &'w Samples,
    pub(super) items: &'w Items<'a>,
}

impl<'a> Writer<'_, 'a> {
    /// The function that is used as a query.
    pub(super) fn query(&self) -> Option<&'a Struct> {
        match self.items.at(self.samples.query.as_ref()?)? {
            Item::Struct(item) => Some(item),
            Item::Enum(_) => None,
        }
    }

    /// A struct. With `shown` some of what is optional is set.
    pub(super) fn structure(&self, item: &Struct, shown: bool) -> Option<Expr> {
        self.structure_in(item, shown, 0)
    }

    /// What a struct is made of: the values that it must have, and those of the optional ones that an example sets.
    pub(super) fn arguments(&self, item: &Struct) -> Option<(Named, Named)> {
        let flags = flags(item);
        let value = |at: usize| self.field(item, at, 0).map(|value| (item.fields[at].name.clone(), value));
        let is_required = |at: &usize| !item.fields[*at].optional && !flags.contains(at);
        let required = (0..item.fields.len()).filter(is_required).map(value).collect::<Option<_>>()?;
        let set = self.optional(item, &flags).into_iter().map(|at| match flags.contains(&at) {
            true => Some((item.fields[at].name.clone(), Expr::text("true"))),
            false => value(at),
        });
        Some((required, set.collect::<Option<_>>()?))
    }

    /// The same within this many lists: a list within another one stays empty, so that every value ends.
    fn structure_in(&self, item: &Struct, shown: bool, lists: u32) -> Option<Expr> {
        let name = item.path.to_string();
        if item.fields.is_empty() {
            return Some(Expr::Text(name));
        }
        let flags = flags(item);
        let has_new = item.fields.iter().enumerate().any(|(at, field)| field.optional || flags.contains(&at));
        let value = |at: usize| self.field(item, at, lists).map(|value| (item.fields[at].name.clone(), value));
        let is_required = |at: &usize| !item.fields[*at].optional && !flags.contains(at);
        let required: Vec<(String, Expr)> =
            (0..item.fields.len()).filter(is_required).map(value).collect::<Option<_>>()?;
        if !has_new {
            return Some(Expr::Struct { path: name, fields: required, rest: None });
        }
        let rest = Expr::call(format!("{name}::new"), required.into_iter().map(|(_, value)| value).collect());
        let set: Vec<usize> = if shown { self.optional(item, &flags) } else { Vec::new() };
        if set.is_empty() {
            return Some(rest);
        }
        let fields = set.iter().map(|&at| {
            let value = if flags.contains(&at) { Expr::text("true") } else { self.field(item, at, lists)? };
            Some((item.fields[at].name.clone(), value))
        });
        Some(Expr::Struct { path: name, fields: fields.collect::<Option<_>>()?, rest: Some(Box::new(rest)) })
    }

    /// The optional fields that an example sets: always all that share a bit.
    fn optional(&self, item: &Struct, flags: &BTreeSet<usize>) -> Vec<usize> {
        let (mut switches, mut values) = (0, 0);
        let mut set = BTreeSet::new();
        for step in &item.steps {
            let Step::Word { bits, condition: None, .. } = step else { continue };
            for bit in bits {
                let is_switch = bit.fields.iter().all(|field| flags.contains(field));
                let count = if is_switch { &mut switches } else { &mut values };
                let cost: Cost = bit.fields.iter().map(|field| self.samples.ty(&item.fields[*field].ty)).sum();
                if *count < SHOWN && cost <= OPTIONAL && !bit.fields.is_empty() {
                    *count += 1;
                    set.extend(&bit.fields);
                }
            }
        }
        set.into_iter().collect()
    }

    /// The value of a field, with its `Some` and `Box`.
    fn field(&self, item: &Struct, at: usize, lists: u32) -> Option<Expr> {
        let field = &item.fields[at];
        let value = match length(item, at, lists) {
            _ if counts(item, at) => Expr::Text(counted(lists).to_string()),
            Some(length) => {
                let RustType::Vec(ty) = &field.ty else { return None };
                if length == 0 {
                    Expr::text("Vec::new()")
                } else {
                    Expr::Vec(vec![self.ty(ty, field, lists + 1)?; length])
                }
            }
            None => self.ty(&field.ty, field, lists)?,
        };
        let value = if field.boxed { Expr::call("Box::new", vec![value]) } else { value };
        Some(if field.optional { Expr::call("Some", vec![value]) } else { value })
    }

    fn ty(&self, ty: &RustType, field: &Field, lists: u32) -> Option<Expr> {
        let name = field.name.trim_start_matches("r#");
        Some(match ty {
            RustType::I32 => Expr::Text(words::int(name, self.samples.layer)),
            RustType::U32 => Expr::text(if name.ends_with("flags") { "0" } else { "1" }),
            RustType::I64 => Expr::text(words::long(name)),
            RustType::F32 | RustType::F64 => Expr::text(words::double(name)),
            RustType::Bool => Expr::text("true"),
            RustType::String(TextType::String) => {
                let text = words::text(name);
                Expr::Text(if text.is_empty() { "String::new()".to_owned() } else { format!("{text:?}.to_owned()") })
            }
            RustType::String(TextType::Compact) => Expr::Text(format!("{:?}.into()", words::text(name))),
            RustType::Bytes => Expr::text("vec![1, 2, 3]"),
            RustType::Array(len) => Expr::Text(format!("[0; {len}]")),
            RustType::Vec(item) if lists == 0 && self.samples.ty(item) <= SMALL => {
                Expr::Vec(vec![self.ty(item, field, 1)?])
            }
            RustType::Vec(_) => Expr::text("Vec::new()"),
            RustType::Item(path) => self.item(path, lists)?,
            RustType::Generic(_) => Expr::Text(self.query()?.path.to_string()),
            RustType::Object => Expr::Try(Box::new(Expr::text("tlgen_runtime::Object::from_value(&true)"))),
            RustType::True => Expr::text("tlgen_runtime::True"),
            RustType::Unit => Expr::text("()"),
            // Examples are of the owned types.
            RustType::ReturnOf(_) | RustType::Str(_) | RustType::Slice | RustType::BorrowedItem(_) => return None,
            // Only results have them.
            RustType::Boxed(..) | RustType::Bare(_) => return None,
        })
    }

    fn item(&self, path: &ItemPath, lists: u32) -> Option<Expr> {
        if self.samples.path(path) >= INFINITE {
            return None;
        }
        match self.items.at(path)? {
            Item::Struct(item) => self.structure_in(item, false, lists),
            Item::Enum(item) => {
                let variant = item.variants.iter().min_by_key(|variant| self.samples.variant(variant))?;
                self.variant_in(item, variant, lists)
            }
        }
    }

    fn variant_in(&self, item: &Enum, variant: &Variant, lists: u32) -> Option<Expr> {
        let inner = match &variant.item {
            Some(structure) => Some(self.item(structure, lists)?),
            None => None,
        };
        Some(Self::variant(item, variant, inner))
    }

    /// A variant with the value in it.
    pub(super) fn variant(item: &Enum, variant: &Variant, inner: Option<Expr>) -> Expr {
        let name = format!("{}::{}", item.path, variant.name);
        match inner {
            None => Expr::Text(name),
            Some(inner) if variant.boxed => Expr::call(name, vec![Expr::Into(Box::new(inner))]),
            Some(inner) => Expr::call(name, vec![inner]),
        }
    }
}

/// The fields that are a bit and nothing else.
fn flags(item: &Struct) -> BTreeSet<usize> {
    let flags = item.steps.iter().filter_map(|step| match step {
        Step::Flag { field, .. } => Some(*field),
        _ => None,
    });
    flags.collect()
}

/// How many items a repetition without its own count must have.
fn length(item: &Struct, at: usize, lists: u32) -> Option<usize> {
    repeats(item).find(|(field, _)| *field == at).map(|(_, count)| match count {
        Count::Const(count) => *count as usize,
        Count::Field { plus, .. } => counted(lists) + *plus as usize,
    })
}

/// Whether a field says how many items another one has.
fn counts(item: &Struct, at: usize) -> bool {
    repeats(item).any(|(_, count)| matches!(count, Count::Field { field, .. } if *field == at))
}

/// What a field that counts items says.
fn counted(lists: u32) -> usize {
    usize::from(lists == 0)
}

fn repeats(item: &Struct) -> impl Iterator<Item = (usize, &Count)> {
    item.steps.iter().filter_map(|step| match step {
        Step::Value { field, codec: Codec::Repeat { count, .. }, .. } => Some((*field, count)),
        _ => None,
    })
}
