//! Constructor ids.

use tlgen_parser::diagnostic::{Code, Example, Rule, Severity};

use super::{Row, Text};
use crate::error::ErrorKind;

/// [`ErrorKind::DuplicateId`](crate::ErrorKind::DuplicateId)
pub(super) const DUPLICATE_ID: Row = Row {
    rule: Rule {
        code: Code("TL0101"),
        severity: Severity::Error,
        // Both ids are right: the two lines have one checksum.
        example: Example::Schema("lodruw#31da0235 id:int = User;\nsamsas#31da0235 id:long = User;"),
        explanation: "Two constructors of one type have one id.

A value of a boxed type begins with the id of its constructor, and a reader knows by nothing else which one follows:

    photo#1a2b3c4d id:long = Photo;
    picture#1a2b3c4d id:long size:int = Photo;",
    },
    text: |kind| match kind {
        ErrorKind::DuplicateId { name, other, id, first } => Text::new(
            format!("`{name}` and `{other}` are constructors of one type with one id, {id:08x}"),
            "the same id",
        )
        .other(*first, "first used here")
        .help("a reader tells the constructors of a type apart by their ids: correct one of them"),
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::SharedId`](crate::ErrorKind::SharedId)
pub(super) const SHARED_ID: Row = Row {
    rule: Rule {
        code: Code("TL0102"),
        severity: Severity::Warning,
        example: Example::Schema("ping = Pong;\n---functions---\nping = Pong;"),
        explanation: "Two combinators have one id and never stand in the same place.

A function and a constructor, or constructors of different types, can be told apart by where they are read. A table from
ids to names holds only the first of them.",
    },
    text: |kind| match kind {
        ErrorKind::SharedId { name, other, id, first } => {
            Text::new(format!("`{name}` has the id of `{other}`, {id:08x}"), "the same id")
                .other(*first, "first used here")
                .help("each is read where only one of them can stand, but a lookup by id finds the first")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::IdMismatch`](crate::ErrorKind::IdMismatch)
pub(super) const ID_MISMATCH: Row = Row {
    rule: Rule {
        code: Code("TL0121"),
        severity: Severity::Warning,
        example: Example::Schema("ok#00000001 = Ok;"),
        explanation: "A written id does not follow from the declaration.

The id of a combinator is the CRC-32 of its canonical line. There are two rules for that line: the plain one, and that of
the Telegram API, which leaves out `flags.N?true` and reads `bytes` as `string`. The written id is used in any case. It
differs when a declaration was changed by hand or renamed; if that is meant, name it in the list `allow_id_mismatch` of
`tlgen.toml`, or behind `--allow-id-mismatch`.

Where the id belongs to the same line under another name, as for `message_layer199` with the id of an old `message`, that
line is shown too. Of more than eight such copies in a file the first one is shown, with the names of the others.",
    },
    text: |kind| match kind {
ErrorKind::IdMismatch { name, written, plain, telegram, original, more } => {
            let text =
                Text::new(format!("the id {written:08x} of `{name}` does not follow from its line"), "this id is used");
            let text = if plain == telegram {
                text.help(format!("{:08x} by both rules: {}", plain.0, plain.1))
            } else {
                text.help(format!("{:08x} by the plain rule: {}", plain.0, plain.1))
                    .help(format!("{:08x} by the Telegram rule: {}", telegram.0, telegram.1))
            };
            let text = match original {
                Some(line) => {
                    text.help(format!("{written:08x} is the id of what this seems to be copied from: {line}"))
                }
                None => text,
            };
            match more.as_slice() {
                [] => text,
                more => text.help(format!("{} more are copies too: {}", more.len(), more.join(", "))),
            }
            .help(format!("if the id is meant, put `{name}` on the list `allow_id_mismatch`"))
        },
_ => unreachable!("{kind:?} has another rule"),
},
};

/// [`ErrorKind::Alias`](crate::ErrorKind::Alias)
pub(super) const ALIAS: Row = Row {
    rule: Rule {
        code: Code("TL0140"),
        severity: Severity::Warning,
        example: Example::Schema("photo#32e47466 id:long = Photo;\npicture#32e47466 id:long = Photo;"),
        explanation: "Two constructors of one type have one id and the same fields.

    photo#1a2b3c4d id:long = Photo;
    picture#1a2b3c4d id:long = Photo;

They are one constructor under two names. The first name is used; the second one means the same where it stands for a type.",
    },
    text: |kind| match kind {
ErrorKind::Alias { name, other, id, first } => Text::new(
            format!("`{name}` is `{other}` under another name: the id {id:08x} and the fields are the same"),
            "left out",
        )
        .other(*first, "this one is used"),
_ => unreachable!("{kind:?} has another rule"),
},
};

/// [`ErrorKind::GuessedIds`](crate::ErrorKind::GuessedIds)
pub(super) const GUESSED_IDS: Row = Row {
    rule: Rule {
        code: Code("TL0143"),
        severity: Severity::Warning,
        example: Example::Schema("file name:string data:bytes = File;"),
        explanation: "A declaration has no written id, and its file does not tell how its ids follow from the lines.

There are two rules. The plain one is that of TON, TDLib and VK; that of the Telegram API leaves out `flags.N?true` and reads
`bytes` as `string`. A file follows the rule that gives more of its own written ids. Without such ids it follows the plain rule,
whatever files it is linked with. The option `id_rule` says which rule is meant.",
    },
    text: |kind| match kind {
        ErrorKind::GuessedIds { name, plain, telegram, more } => {
            let text = Text::new(
                format!("no written id of this file tells by which rule the id of `{name}` follows"),
                format!("{plain:08x} is used, by the plain rule"),
            )
            .help(format!("by the Telegram rule it is {telegram:08x}"))
            .help("choose with the option `id_rule`: `plain` for TON, TDLib and VK, `telegram` for the Telegram API");
            match more {
                0 => text,
                1 => text.help("the same is true of one more declaration of this file"),
                more => text.help(format!("the same is true of {more} more declarations of this file")),
            }
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};
