//! The items of two packages, side by side.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use tlgen_build::ir::{Enum, Field, Package, Struct, Traits, Usage};

use super::{Api, Derives, Found, code, finding};
use crate::item::Kind;
use crate::rules;
use crate::rules::DiffRule;
use crate::verdict::{Level, Witness};

/// Everything that users may notice.
pub(crate) fn compare(old: &Package, new: &Package, derives: Derives) -> Vec<Found> {
    let (old, new) = (Api::of(old), Api::of(new));
    let mut comparison = Comparison { old: &old, new: &new, derives, found: Vec::new() };
    comparison.structs();
    comparison.types();
    comparison.found
}

struct Comparison<'a, 'p> {
    old: &'a Api<'p>,
    new: &'a Api<'p>,
    derives: Derives,
    found: Vec<Found>,
}

/// What a finding is about.
struct About<'a> {
    kind: Kind,
    name: &'a str,
    in_new: bool,
}

impl Comparison<'_, '_> {
    fn broken(&mut self, about: &About<'_>, rule: &'static DiffRule, text: String, witness: impl Into<Arc<str>>) {
        self.add(about, rule, Level::Broken, text, Witness::Rust(witness.into()));
    }

    fn gained(&mut self, about: &About<'_>, rule: &'static DiffRule, text: String) {
        self.add(about, rule, Level::Safe, text, Witness::None("nothing stops compiling"));
    }

    fn add(&mut self, about: &About<'_>, rule: &'static DiffRule, level: Level, text: String, witness: Witness) {
        let finding = finding(rule, level, text, witness);
        self.found.push(Found { kind: about.kind, name: about.name.to_owned(), in_new: about.in_new, finding });
    }

    fn structs(&mut self) {
        let (old, new) = (self.old, self.new);
        for (path, &(kind, item)) in &old.structs {
            let about = About { kind, name: &item.tl_name, in_new: false };
            match new.structs.get(path) {
                Some((_, after)) => self.of_struct(kind, item, after),
                None => self.broken(&about, &rules::ITEM_REMOVED, format!("`{path}` is gone"), code::named(item)),
            }
        }
        for (path, &(kind, item)) in new.structs.iter().filter(|(path, _)| !old.structs.contains_key(*path)) {
            let about = About { kind, name: &item.tl_name, in_new: true };
            self.gained(&about, &rules::ITEM_ADDED, format!("`{path}` is new"));
        }
    }

    fn of_struct(&mut self, kind: Kind, old: &Struct, new: &Struct) {
        let about = About { kind, name: &new.tl_name, in_new: true };
        let path = &old.path;
        if old.generics.len() != new.generics.len() {
            let text = format!("`{path}` has other type parameters");
            self.broken(&about, &rules::TYPE_PARAMETERS_CHANGED, text, code::named(old));
        }
        let mut same_fields = true;
        let (before, after) = (by_name(&old.fields), by_name(&new.fields));
        for field in &old.fields {
            let Some(after) = after.get(field.name.as_str()) else {
                same_fields = false;
                let text = format!("`{path}` has no field `{}`", field.name);
                self.broken(&about, &rules::FIELD_REMOVED, text, code::read(old, field));
                continue;
            };
            if is_same_type(field, after) {
                continue;
            }
            let (before, now) = (field.type_text(), after.type_text());
            if before != now {
                same_fields = false;
                let text = format!("`{}` of `{path}` is `{now}`, was `{before}`", field.name);
                self.broken(&about, &rules::FIELD_TYPE_CHANGED, text, code::read(old, field));
            }
        }
        let witness = LazyCell::new(|| Arc::<str>::from(code::taken_apart(old)));
        for field in new.fields.iter().filter(|field| !before.contains_key(field.name.as_str())) {
            same_fields = false;
            let text = format!("`{path}` has a new field `{}: {}`", field.name, field.type_text());
            self.broken(&about, &rules::FIELD_ADDED, text, Arc::clone(&witness));
        }
        let is_same_order = old.fields.iter().zip(&new.fields).all(|(before, now)| before.name == now.name);
        if same_fields && !is_same_order {
            self.arguments(&about, old, new);
        }
        if old.returns != new.returns
            && let (Some(before), Some(now)) = (&old.returns, &new.returns)
        {
            let text = format!("`{path}` returns `{now}`, was `{before}`");
            let witness = code::returned(old)
                .map_or(Witness::None("the result depends on a type parameter"), |line| Witness::Rust(line.into()));
            self.add(&about, &rules::RETURN_TYPE_CHANGED, Level::Broken, text, witness);
        }
        if old.traits != new.traits {
            self.traits(&about, &path.to_string(), old.traits, new.traits);
        }
        self.directions(&about, &path.to_string(), old.usage, new.usage);
    }

    /// What can be written and read for a client, which follows from all declarations that hold the item.
    fn directions(&mut self, about: &About<'_>, path: &str, old: Usage, new: Usage) {
        for (name, relies_on, before, now) in [
            ("Encode", "tlgen_runtime::Encode", old.encode, new.encode),
            ("Decode", "tlgen_runtime::DecodeOwned", old.decode, new.decode),
        ] {
            match (before.is_there(), now.is_there()) {
                (true, false) => {
                    let text = format!("`{path}` is no longer `{name}`");
                    self.broken(about, &rules::DERIVE_REMOVED, text, code::relies(path, relies_on));
                }
                (false, true) => self.gained(about, &rules::DERIVE_ADDED, format!("`{path}` is `{name}`")),
                _ => {}
            }
        }
    }

    /// The order of what `new` takes.
    fn arguments(&mut self, about: &About<'_>, old: &Struct, new: &Struct) {
        let list = |item| code::required(item).into_iter().map(|field| (field.name.clone(), code::field_type(field)));
        let (before, after): (Vec<_>, Vec<_>) = (list(old).collect(), list(new).collect());
        if before.len() != after.len() || before == after {
            return;
        }
        let text = format!("`{}::new` takes its arguments in another order", old.path);
        let types = |list: &[(String, String)]| list.iter().map(|(_, ty)| ty.clone()).collect::<Vec<_>>();
        let witness = if types(&before) == types(&after) {
            Witness::None("it compiles and means something else, as the arguments have one type")
        } else {
            Witness::Rust(code::made(old).into())
        };
        self.add(about, &rules::ARGUMENTS_REORDERED, Level::Broken, text, witness);
    }

    fn traits(&mut self, about: &About<'_>, path: &str, old: Traits, new: Traits) {
        let traits = [
            ("Default", self.derives.default, old.default, new.default),
            ("Eq", self.derives.eq, old.eq, new.eq),
            ("Copy", self.derives.copy, old.copy, new.copy),
        ];
        for (name, is_derived, before, now) in traits {
            if is_derived && before && !now {
                let text = format!("`{path}` is no longer `{name}`");
                self.broken(about, &rules::DERIVE_REMOVED, text, code::relies(path, name));
            } else if is_derived && !before && now {
                self.gained(about, &rules::DERIVE_ADDED, format!("`{path}` is `{name}`"));
            }
        }
    }

    fn types(&mut self) {
        let (old, new) = (self.old, self.new);
        for (path, old_names) in &old.constructors {
            let Some(new_names) = new.constructors.get(path) else {
                for name in old_names {
                    let about = About { kind: Kind::Constructor, name, in_new: false };
                    let text = format!("`{path}` is gone");
                    self.broken(&about, &rules::ITEM_REMOVED, text, code::named_path(path));
                }
                continue;
            };
            match (old.enums.get(path), new.enums.get(path)) {
                (Some(old), Some(new)) => self.of_enum(old, new),
                (None, Some(_)) => {
                    let target = &old.aliases[path];
                    let old_names: HashSet<&str> = old_names.iter().copied().collect();
                    for name in new_names.iter().filter(|name| !old_names.contains(*name)) {
                        let about = About { kind: Kind::Constructor, name, in_new: true };
                        let text = format!("`{path}` is an enum, was the struct `{target}`");
                        self.broken(&about, &rules::STRUCT_BECAME_ENUM, text, code::one_type(path, target));
                    }
                }
                (Some(old), None) => {
                    let target = &new.aliases[path];
                    let witness = LazyCell::new(|| Arc::<str>::from(code::matched(old)));
                    let new_names: HashSet<&str> = new_names.iter().copied().collect();
                    for variant in old.variants.iter().filter(|variant| !new_names.contains(variant.tl_name.as_str())) {
                        let about = About { kind: Kind::Constructor, name: &variant.tl_name, in_new: false };
                        let text = format!("`{path}` is the struct `{target}`, was an enum");
                        self.broken(&about, &rules::ENUM_BECAME_STRUCT, text, Arc::clone(&witness));
                    }
                }
                (None, None) => {}
            }
        }
        for (path, names) in new.constructors.iter().filter(|(path, _)| !old.constructors.contains_key(*path)) {
            for name in names {
                let about = About { kind: Kind::Constructor, name, in_new: true };
                self.gained(&about, &rules::ITEM_ADDED, format!("`{path}` is new"));
            }
        }
    }

    fn of_enum(&mut self, old: &Enum, new: &Enum) {
        let path = old.path.to_string();
        let before: HashSet<&str> = old.variants.iter().map(|variant| variant.name.as_str()).collect();
        let after: HashMap<&str, _> = new.variants.iter().map(|variant| (variant.name.as_str(), variant)).collect();
        for variant in &old.variants {
            let Some(after) = after.get(variant.name.as_str()) else {
                let about = About { kind: Kind::Constructor, name: &variant.tl_name, in_new: false };
                let text = format!("`{path}` has no variant `{}`", variant.name);
                self.broken(&about, &rules::VARIANT_REMOVED, text, code::asked(old, variant));
                continue;
            };
            if variant.item.is_some() != after.item.is_some() || variant.boxed != after.boxed {
                let about = About { kind: Kind::Constructor, name: &after.tl_name, in_new: true };
                let text = format!("`{path}::{}` {}", variant.name, form(after.item.is_some(), after.boxed));
                self.broken(&about, &rules::VARIANT_FORM_CHANGED, text, code::variant_made(old, variant));
            }
        }
        let witness = LazyCell::new(|| Arc::<str>::from(code::matched(old)));
        for variant in new.variants.iter().filter(|variant| !before.contains(variant.name.as_str())) {
            let about = About { kind: Kind::Constructor, name: &variant.tl_name, in_new: true };
            let text = format!("`{path}` has a new variant `{}`", variant.name);
            self.broken(&about, &rules::VARIANT_ADDED, text, Arc::clone(&witness));
        }
        // A trait is lost or gained by the struct of some variant, whose declaration says why.
        let lost = old.traits.eq && !new.traits.eq || old.traits.copy && !new.traits.copy;
        let (package, in_new) = if lost { (new, true) } else { (old, false) };
        let structs = if lost { &self.new.structs } else { &self.old.structs };
        let causes: Vec<String> = package
            .variants
            .iter()
            .filter(|variant| {
                let item = variant.item.as_ref().and_then(|path| structs.get(&path.to_string()));
                item.is_some_and(|(_, item)| !item.traits.eq || !item.traits.copy)
            })
            .map(|variant| variant.tl_name.clone())
            .collect();
        for cause in &causes {
            let about = About { kind: Kind::Constructor, name: cause, in_new };
            self.traits(&about, &path, old.traits, new.traits);
        }
        if causes.is_empty() {
            let about = About { kind: Kind::Type, name: &old.tl_name, in_new: false };
            self.traits(&about, &path, old.traits, new.traits);
        }
        let about = About { kind: Kind::Type, name: &old.tl_name, in_new: false };
        self.directions(&about, &path, old.usage, new.usage);
    }
}

fn by_name(fields: &[Field]) -> HashMap<&str, &Field> {
    fields.iter().map(|field| (field.name.as_str(), field)).collect()
}

/// Whether two types are the same without a look at their texts, which are the same for some others.
fn is_same_type(old: &Field, new: &Field) -> bool {
    old.ty == new.ty && old.boxed == new.boxed && old.optional == new.optional
}

fn form(has_struct: bool, is_boxed: bool) -> &'static str {
    match (has_struct, is_boxed) {
        (false, _) => "holds nothing now",
        (true, true) => "holds its struct in an `Indirect` now",
        (true, false) => "holds its struct without an `Indirect` now",
    }
}
