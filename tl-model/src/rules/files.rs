//! Sections, layers, and files as a whole.

use tlgen_parser::ast::SectionKind;
use tlgen_parser::diagnostic::{Code, Example, Rule, Severity};

use super::{Row, Text};
use crate::error::ErrorKind;

/// [`ErrorKind::EmptySection`](crate::ErrorKind::EmptySection)
pub(super) const EMPTY_SECTION: Row = Row {
    rule: Rule {
        code: Code("TL0120"),
        name: "empty-section",
        severity: Severity::Warning,
        example: Example::Schema("---functions---\n---types---\na = A;"),
        explanation: "A section heading is followed by another one, or by the end of the file.

Often the declarations of the section were moved and the heading was left. Of more than eight such headings in a file the
first one is shown, and how many more there are.",
    },
    text: |kind| match kind {
ErrorKind::EmptySection { kind, more } => {
            let name = match kind {
                SectionKind::Types => "types",
                SectionKind::Functions => "functions",
            };
            let text = Text::new(format!("this section of {name} is empty"), "the next heading follows at once");
            if *more > 0 { text.help(format!("{more} more sections of this file are empty too")) } else { text }
        },
_ => unreachable!("{kind:?} has another rule"),
},
};

/// [`ErrorKind::LayersDiffer`](crate::ErrorKind::LayersDiffer)
pub(super) const LAYERS_DIFFER: Row = Row {
    rule: Rule {
        code: Code("TL0145"),
        name: "layers-differ",
        severity: Severity::Error,
        example: Example::None("`tlgen merge` of files of two layers"),
        explanation: "Files of different layers are to be one.

A file has one layer, and what the files declare in two ways would be a mixture of both. If it is meant, the layer of the whole is
chosen by taking the line `// LAYER N` out of the other files.",
    },
    text: |kind| match kind {
        ErrorKind::LayersDiffer { layer, other, first } => {
            Text::new(format!("this file is of layer {layer}, and another one of layer {other}"), "the layer of this file")
                .other(*first, "the layer of the other one")
                .help("take one of the two lines out to choose the layer of the whole")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::LayersMerged`](crate::ErrorKind::LayersMerged)
pub(super) const LAYERS_MERGED: Row = Row {
    rule: Rule {
        code: Code("TL0130"),
        name: "layers-merged",
        severity: Severity::Warning,
        example: Example::Schema("===8===\na = A;\n===9===\na x:int = A;"),
        explanation: "A name is declared once per layer, and no layer is chosen.

The newest declaration of each name is used. With the option `layer` the file is read as of that layer: what is newer is
left out, and of each name the newest declaration that is left is used.",
    },
    text: |kind| match kind {
        ErrorKind::LayersMerged { name, names, layers, first } => {
            let list: Vec<String> = layers.iter().map(u32::to_string).collect();
            let rest = match names {
                0 | 1 => " has".to_owned(),
                2 => " and one more name have".to_owned(),
                names => format!(" and {} more names have", names - 1),
            };
            Text::new(format!("`{name}`{rest} one declaration per layer; the newest is used"), "the newest declaration")
                .other(*first, "an older declaration")
                .help(format!("choose a layer with the option `layer`; the file has {}", list.join(", ")))
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::UnknownLayer`](crate::ErrorKind::UnknownLayer)
pub(super) const UNKNOWN_LAYER: Row = Row {
    rule: Rule {
        code: Code("TL0142"),
        name: "unknown-layer",
        severity: Severity::Error,
        example: Example::None("an option that names a layer that the schema does not have"),
        explanation: "The option `layer` names a layer that is not a layer of the schema.

A schema names its layers in two ways:

    ===8===         // what follows belongs to layer 8
    // LAYER 8      // as the last line: the layer of the file; before or between declarations: as `===8===`

Where several parts end with `// LAYER N` and none begins with it, each of these lines names the layer of the part above it.",
    },
    text: |kind| match kind {
        ErrorKind::UnknownLayer { layer, layers } => {
            let list: Vec<String> = layers.iter().map(u32::to_string).collect();
            let text = Text::new(format!("layer {layer} is chosen, and the schema does not have it"), "the newest layer");
            match layers.as_slice() {
                [] => text.help(format!("leave out the option `layer`, or name the layer with a last line `// LAYER {layer}`")),
                [only] => text.help(format!("the schema is layer {only}: choose that, or leave out the option `layer`")),
                _ => text.help(format!("choose one of its layers with the option `layer`: {}", list.join(", "))),
            }
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::Finality`](crate::ErrorKind::Finality)
pub(super) const FINALITY: Row = Row {
    rule: Rule {
        code: Code("TL0131"),
        name: "finality",
        severity: Severity::Error,
        example: Example::Schema("a = A;\nFinal A;\nb = A;"),
        explanation: "A declaration contradicts `New`, `Final` or `Empty`.

    New User;       // no constructor of `User` comes before this line
    Final User;     // and none after this one
    Empty False;    // `False` has none at all",
    },
    text: |kind| match kind {
        ErrorKind::Finality { ty, word, first } => {
            let message = match *word {
                "New" => format!("`{ty}` is said to be new and has a constructor already"),
                "Final" => format!("`{ty}` is final and gets one more constructor"),
                _ => format!("`{ty}` is said to be empty and has a constructor"),
            };
            Text::new(message, "here").other(*first, "the other declaration")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::More`](crate::ErrorKind::More)
pub(super) const MORE: Row = Row {
    rule: Rule {
        code: Code("TL0134"),
        name: "more",
        severity: Severity::Error,
        example: Example::Made(|| (0..1_001).map(|number| format!("a{number} x:B{number} = A;\n")).collect()),
        explanation: "There are more errors or warnings than are shown.

The first thousand of each are shown. Often one of them causes many others, such as a file that was not given.",
    },
    text: |kind| match kind {
        ErrorKind::More { count, severity } => {
            let what = if *severity == Severity::Error { "error" } else { "warning" };
            let plural = if *count == 1 { "" } else { "s" };
            Text::new(format!("{count} more {what}{plural} not shown"), "").help("repair the ones above first")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::RepeatedInFile`](crate::ErrorKind::RepeatedInFile)
pub(super) const REPEATED_IN_FILE: Row = Row {
    rule: Rule {
        code: Code("TL0136"),
        name: "repeated-in-file",
        severity: Severity::Warning,
        example: Example::Files(&["user id:int = User;", "user id:int = User;"]),
        explanation: "A combinator is declared in two files in the same way.

The first declaration is used. If they differ it is an error (TL0100).",
    },
    text: |kind| match kind {
        ErrorKind::RepeatedInFile { name, first } => {
            Text::new(format!("`{name}` is declared in the same way in two files"), "declared again here")
                .other(*first, "this one is used")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};
