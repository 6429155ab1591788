//! A number that tells a change from all others.
//!
//! It follows from the names and the parts of the declarations, in their one spelling. So it is the same however the schemas are laid
//! out and ordered, and another one as soon as the change is another one.

use std::fmt::Write;

use xxhash_rust::xxh3::xxh3_64;

use crate::change::{Change, Version};
use crate::item::{spelled, spelled_field};

/// 16 hexadecimal digits.
pub(crate) fn of(change: &Change) -> String {
    let mut text = String::new();
    side(&mut text, change.old.as_ref());
    text.push('\u{1}');
    side(&mut text, change.new.as_ref());
    // What metadata says is in no declaration.
    for finding in &change.verdicts.behaviour.findings {
        let _ = write!(text, "\u{1}{}:{}", finding.rule.rule.code.0, finding.text);
    }
    format!("{:016x}", xxh3_64(text.as_bytes()))
}

/// Parts are kept apart by characters that no schema has.
fn side(text: &mut String, version: Option<&Version>) {
    let Some(Version { item, .. }) = version else { return };
    let _ = write!(text, "{}\u{2}{}\u{2}{:08x}\u{2}{}", item.kind.word(), item.name, item.id, spelled(&item.result));
    let _ = write!(text, "\u{2}{}\u{2}{}", item.generics.join(" "), item.annotations.join(" "));
    describe(text, item.description.as_deref());
    for field in &item.fields {
        let _ = write!(text, "\u{3}{}", spelled_field(field));
        describe(text, field.description.as_deref());
    }
}

fn describe(text: &mut String, description: Option<&str>) {
    if let Some(description) = description {
        let _ = write!(text, "\u{4}{description}");
    }
}
