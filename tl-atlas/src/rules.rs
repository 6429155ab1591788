//! The rules of atlases, one row for each: what the code means, and an example that breaks it.

use tlgen_parser::diagnostic::{Code, Diagnostic, Example, Label, Rule, Severity};

use crate::atlas::{Clash, Declared, LeftOut};

/// The rules of this crate, by code.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    [&TWO_LAYOUTS, &NO_LAYOUT].into_iter()
}

static TWO_LAYOUTS: Rule = Rule {
    code: Code("TL0501"),
    name: "two-layouts",
    severity: Severity::Error,
    example: Example::Files(&["user#00000001 id:int = User;", "user#00000001 id:long = User;"]),
    explanation: "Two schemas declare one id with different bytes.

An atlas has one layout for each id, so that a reader can skip a value whose id is all that it knows. Layers of one API agree on the
layout of an id, because the id is a checksum of the declaration. Where they do not agree, an id was written by hand and kept while
the declaration changed, or the schemas belong to different APIs and should be in different atlases.

Conditional fields of the type `true` have no bytes and may differ, and so may names.",
};

static NO_LAYOUT: Rule = Rule {
    code: Code("TL0502"),
    name: "no-layout",
    severity: Severity::Warning,
    example: Example::Schema("pair#00000001 {X:Type} first:X second:X = Pair X;"),
    explanation: "A declaration has no place in an atlas.

What a value of a template type is on the wire depends on its arguments, which come from another declaration, and so does a
field whose presence depends on a number from outside. A function has no place if another declaration has its id, too. A value in
which one of these occurs cannot be skipped.",
};

/// An id with two layouts.
pub(crate) fn two_layouts(clash: &Clash) -> Diagnostic {
    let mut diagnostic = Diagnostic {
        code: TWO_LAYOUTS.code,
        severity: TWO_LAYOUTS.severity,
        message: format!("the id {:08x} has two layouts", clash.id),
        primary: label(&clash.second, "declared with other bytes"),
        secondary: label(&clash.first, "first declared").into_iter().collect(),
        help: Vec::new(),
    };
    if let Some((first, second)) = &clash.bare {
        diagnostic.help.push(format!("because of `{}` in the first and `{}` in the other", first.text, second.text));
    }
    diagnostic
}

/// A declaration without a layout.
pub(crate) fn no_layout(left_out: &LeftOut) -> Diagnostic {
    let name = left_out.declared.text.split([' ', '#']).next().unwrap_or_default();
    Diagnostic {
        code: NO_LAYOUT.code,
        severity: NO_LAYOUT.severity,
        message: format!("`{name}` has no place in an atlas: {}", left_out.reason),
        primary: label(&left_out.declared, "left out"),
        secondary: Vec::new(),
        help: Vec::new(),
    }
}

fn label(declared: &Declared, text: &str) -> Option<Label> {
    declared.location.map(|location| Label { location, text: text.to_owned() })
}
