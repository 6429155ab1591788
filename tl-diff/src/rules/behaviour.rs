//! The rules about what is said of a declaration.

use super::{DiffRule, Mirror};

pub(super) const ALL: &[&DiffRule] =
    &[&DESCRIPTION_CHANGED, &ERROR_ADDED, &ERROR_REMOVED, &CALLERS_CHANGED, &ANNOTATIONS_CHANGED];

row!(
    DESCRIPTION_CHANGED,
    "TL0661",
    "description-changed",
    Warning,
    Mirror::Itself,
    ("// One.\na#00000001 = A;", "// Another.\na#00000001 = A;"),
    "The description of a declaration or of a field changed.

It may say nothing new, or that the server behaves in another way."
);

row!(
    ERROR_ADDED,
    "TL0662",
    "error-added",
    Warning,
    Mirror::Rule("error-removed"),
    ("", ""),
    "A function can answer with an error that was not known before.

This is known from the metadata that is given for both sides."
);

row!(
    ERROR_REMOVED,
    "TL0663",
    "error-removed",
    Warning,
    Mirror::Rule("error-added"),
    ("", ""),
    "A function does not answer with an error any more.

This is known from the metadata that is given for both sides."
);

row!(
    CALLERS_CHANGED,
    "TL0664",
    "callers-changed",
    Warning,
    Mirror::Itself,
    ("", ""),
    "Others may call a function: users, bots, or both.

This is known from the metadata that is given for both sides."
);

row!(
    ANNOTATIONS_CHANGED,
    "TL0665",
    "annotations-changed",
    Warning,
    Mirror::Itself,
    (
        "a#00000001 = A;\n---functions---\n@read f#00000002 = A;",
        "a#00000001 = A;\n---functions---\n@write f#00000002 = A;"
    ),
    "The annotations of a declaration changed.

They are no part of the wire. Engines send reads and writes to different machines by them."
);
