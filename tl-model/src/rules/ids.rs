//! Constructor ids.

use tlgen_parser::diagnostic::{Code, Example, Rule, Severity};

use super::{Row, Text};
use crate::error::ErrorKind;

/// [`ErrorKind::DuplicateId`](crate::ErrorKind::DuplicateId)
pub(super) const DUPLICATE_ID: Row = Row {
    rule: Rule {
        code: Code("TL0101"),
        name: "duplicate-id",
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
        name: "shared-id",
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
        name: "id-mismatch",
        severity: Severity::Warning,
        example: Example::Schema("ok#00000001 = Ok;"),
        explanation: "A written id does not follow from the declaration.

The id of a combinator is the CRC-32 of its canonical line. There are two rules for that line: the plain one, and that of
the Telegram API, which leaves out `flags.N?true` and reads `bytes` as `string`. The written id is used in any case.

An id that no longer follows is most often an edit that other programs do not know of: the type of a field was changed, and
the id was left as it was. So this warning is an error in `tlgen generate --check`, and wherever `--deny` or `deny` in
`tlgen.toml` says so. `tlgen fmt --ids` writes the id that follows. If the written id is meant, name the combinator in the list
`allow_id_mismatch` of `tlgen.toml`, or with `--allow-id-mismatch`.

Ids that are known to be right though they do not follow have a warning of their own, TL0144.",
    },
    text: |kind| match kind {
        ErrorKind::IdMismatch { name, written, plain, telegram } => {
            let text =
                Text::new(format!("the id {written:08x} of `{name}` does not follow from its line"), "this id is used");
            by_rules(text, plain, telegram)
                .help(format!("if the id is meant, put `{name}` on the list `allow_id_mismatch`"))
                .help("if not, `tlgen fmt --ids` writes the right one")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// What the ids would be.
fn by_rules(text: Text, plain: &(u32, Box<str>), telegram: &(u32, Box<str>)) -> Text {
    if plain == telegram {
        return text.help(format!("{:08x} by both rules: {}", plain.0, plain.1));
    }
    text.help(format!("{:08x} by the plain rule: {}", plain.0, plain.1))
        .help(format!("{:08x} by the Telegram rule: {}", telegram.0, telegram.1))
}

/// [`ErrorKind::KnownId`](crate::ErrorKind::KnownId)
pub(super) const KNOWN_ID: Row = Row {
    rule: Rule {
        code: Code("TL0144"),
        name: "known-id",
        severity: Severity::Warning,
        example: Example::Schema("boolTrue_layer7#997275b5 = Bool;"),
        explanation: "A written id does not follow from the declaration, but is known to be right.

The declaration is a copy of another one and has its id, as `message_layer199` has that of an old `message`, or
`invokeWithReCaptchaPrefix` that of the request that it is the first part of. The line of the other one is shown. Or the
declaration is in a public schema just so, as `accessPointRule#4679b65f` is in that of Telegram, and nobody knows the line that
the id was computed from. A field with another type is no such declaration.

Of more than eight in a file the first one is shown, with the names of the others. As nobody can put them right, the word
`warnings` after `--deny` does not mean them; `--deny known-id` does. The list `allow_id_mismatch` is for these, too.",
    },
    text: |kind| match kind {
        ErrorKind::KnownId { name, written, plain, telegram, original, more } => {
            let text =
                Text::new(format!("the id {written:08x} of `{name}` does not follow from its line"), "this id is used");
            let text = by_rules(text, plain, telegram).help(match original {
                Some(line) => format!("{written:08x} is the id of what this seems to be copied from: {line}"),
                None => "public schemas have this line with this id".to_owned(),
            });
            match more.as_slice() {
                [] => text,
                more => text.help(format!("{} more are known too: {}", more.len(), more.join(", "))),
            }
            .help(format!("for no warning, put `{name}` on the list `allow_id_mismatch`"))
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::Alias`](crate::ErrorKind::Alias)
pub(super) const ALIAS: Row = Row {
    rule: Rule {
        code: Code("TL0140"),
        name: "alias",
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
        name: "guessed-ids",
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
