//! A package as text for people: the Rust items, and below each struct what goes over the wire.
//!
//! What comes in is a package; what goes out is what `tlgen dump --stage ir` shows, the same on every run.

use std::fmt::Write as _;

use super::{Bit, Boxed, Calls, Codec, Count, InPlace, Package, Step, Struct, Traits, Usage, Way};

/// All items in the order of the package.
#[must_use]
pub fn package(package: &Package) -> String {
    let mut out = String::new();
    if let Some(layer) = package.layer {
        let _ = writeln!(out, "layer {layer}\n");
    }
    let borrowed = &package.borrowed;
    for item in package.constructors.iter().chain(&package.functions).chain(&borrowed.constructors) {
        structure(item, &mut out);
    }
    for ty in package.types.iter().chain(&borrowed.types) {
        match ty {
            Boxed::Alias { path: from, target } => {
                let _ = writeln!(out, "alias {from} = {target}\n");
            }
            Boxed::Enum(item) => {
                let _ = write!(out, "enum {} (`{}`)", item.path, item.tl_name);
                facts(item.min_size, item.counts_depth, item.traits, item.usage, &mut out);
                describe(item.docs.description.as_deref(), "    ", &mut out);
                for (place, variant) in item.variants.iter().enumerate() {
                    let _ = write!(out, "    {:08x} => {}", variant.id, variant.name);
                    if let Some(target) = &variant.item {
                        let _ =
                            if variant.boxed { write!(out, "(Indirect<{target}>)") } else { write!(out, "({target})") };
                    }
                    out.push_str(if place == item.fallback { ", fallback\n" } else { "\n" });
                    describe(variant.docs.description.as_deref(), "        ", &mut out);
                }
                if item.unknown {
                    let _ = writeln!(out, "    any other => {}", crate::naming::UNKNOWN_VARIANT);
                }
                out.push('\n');
            }
        }
    }
    for (from, target) in &borrowed.owned {
        let _ = writeln!(out, "alias {from} = {target}\n");
    }
    for (id, name) in &package.names {
        let _ = writeln!(out, "name {id:08x} {name}");
    }
    for error in &package.errors {
        let (parts, codes) = (error.parts.join("*"), &error.codes);
        let _ = writeln!(out, "error {codes:?} {parts} => {}({})", error.variant, error.fields.join(", "));
    }
    if let Some(found) = &package.calls {
        calls(found, package, "calls", &mut out);
    }
    out
}

fn calls(calls: &Calls, package: &Package, module: &str, out: &mut String) {
    for (name, function) in &calls.methods {
        let _ = writeln!(out, "{module}::{name} => {}", package.functions[*function].path);
    }
    for (name, child) in &calls.children {
        self::calls(child, package, &format!("{module}::{name}"), out);
    }
}

fn structure(item: &Struct, out: &mut String) {
    let _ = write!(out, "struct {}", item.path);
    if !item.generics.is_empty() {
        let _ = write!(out, "<{}>", item.generics.join(", "));
    }
    let _ = write!(out, " (`{}`), id {:08x}", item.tl_name, item.id);
    facts(item.min_size, item.counts_depth, item.traits, item.usage, out);
    describe(item.docs.description.as_deref(), "    ", out);
    if let Some(returns) = &item.returns {
        let _ = writeln!(out, "    returns {returns}");
    }
    match &item.error {
        Some(InPlace::Is { code, text }) => {
            let _ = writeln!(out, "    error with the code {code} and the text {text}");
        }
        Some(InPlace::May(error)) => {
            let _ = writeln!(out, "    or {error}");
        }
        None => {}
    }
    if let Some(usable_by) = &item.facts.usable_by {
        let _ = writeln!(out, "    {usable_by}");
    }
    for error in item.facts.errors.iter().flatten() {
        let _ = writeln!(out, "    fails {:?} error {}", error.codes, error.error);
    }
    for field in &item.fields {
        let _ = writeln!(out, "    pub {}: {}", field.name, field.type_text());
        describe(field.description.as_deref(), "        ", out);
    }
    for step in &item.steps {
        let _ = writeln!(out, "    - {}", self::step(item, step));
    }
    out.push('\n');
}

fn facts(min_size: u32, counts_depth: bool, traits: Traits, usage: Usage, out: &mut String) {
    let _ = write!(out, ", {min_size} bytes or more");
    let flags = [
        (counts_depth, "counts depth"),
        (traits.default, "Default"),
        (traits.eq, "Eq"),
        (traits.copy, "Copy"),
        (usage.encode == Way::Library, "encodes here"),
        (usage.decode == Way::Library, "decodes here"),
        (usage.encode == Way::Absent, "never encodes"),
        (usage.decode == Way::Absent, "never decodes"),
    ];
    for (_, name) in flags.iter().filter(|(is_set, _)| *is_set) {
        let _ = write!(out, ", {name}");
    }
    out.push('\n');
}

fn describe(description: Option<&str>, indent: &str, out: &mut String) {
    if let Some(description) = description {
        let _ = writeln!(out, "{indent}-- {description:?}");
    }
}

fn step(item: &Struct, step: &Step) -> String {
    let name = |field: usize| item.fields[field].name.as_str();
    match step {
        Step::Word { local, declared, bits, kept, condition } => {
            let mut out = format!("word {local}, bits {declared:#x}");
            for Bit { bit, fields } in bits {
                let fields: Vec<_> = fields.iter().map(|field| name(*field)).collect();
                let _ = write!(out, ", {bit} = {}", fields.join(" and "));
            }
            if let Some(field) = kept {
                let _ = write!(out, ", kept as {}", name(*field));
            }
            if let Some(condition) = condition {
                let _ = write!(out, ", if {}.{}", condition.word, condition.bit);
            }
            out
        }
        Step::Length { local, of } => format!("length {local} of {}", name(*of)),
        Step::Value { field, codec: form, condition } => {
            let mut out = format!("{}: {}", name(*field), codec(item, form));
            if let Some(condition) = condition {
                let _ = write!(out, ", if {}.{}", condition.word, condition.bit);
            }
            out
        }
        Step::Flag { field, condition } => format!("{}: is {}.{}", name(*field), condition.word, condition.bit),
    }
}

fn codec(item: &Struct, form: &Codec) -> String {
    match form {
        Codec::Plain => "as its type".to_owned(),
        Codec::Bare => "bare".to_owned(),
        Codec::WithId { id, name, lossy } => {
            let mended = if *lossy { "mended " } else { "" };
            format!("{mended}{name} behind the id {id:08x}")
        }
        Codec::Vector { boxed, item: of, item_min } => {
            let what = if *boxed { "boxed" } else { "bare" };
            format!("{what} vector of ({}), {item_min} bytes each or more", codec(item, of))
        }
        Codec::Repeat { count, item: of, item_min } => {
            let count = match count {
                Count::Const(count) => count.to_string(),
                Count::Field { field, plus: 0, .. } => item.fields[*field].name.clone(),
                Count::Field { field, plus, .. } => format!("{} + {plus}", item.fields[*field].name),
            };
            format!("{count} times ({}), {item_min} bytes each or more", codec(item, of))
        }
        Codec::Sized { local } => format!("{local} bytes"),
        Codec::LossyText => "mended text".to_owned(),
        Codec::Nothing => "no bytes".to_owned(),
    }
}
