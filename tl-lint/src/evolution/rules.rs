//! The rules about changes, one row for each: what the code means, a schema, a change of it that breaks the rule, and one that keeps it.

use crate::lint::Lint;

/// All of them.
pub(crate) const LINTS: &[&Lint] = &[
    &BARE_TYPE,
    &MASK_ADDED,
    &UNUSED_MASK,
    &LAST_BIT,
    &BIT_TAKEN,
    &BIT_TAKEN_OUTSIDE,
    &BIT_RESERVED,
    &BIT_CHANGED,
    &MASK_CHANGED,
    &ARGUMENT_NOT_MASKED,
    &ARGUMENT_WITHOUT_MASK,
    &ARGUMENT_OF_OLD_MASK,
    &FIELD_WITHOUT_MASK,
    &FUNCTION_WITHOUT_MASK,
    &MASK_REMOVED,
    &FIELD_REMOVED,
    &ARGUMENT_REMOVED,
    &VARIANT_REMOVED,
    &DECLARATION_REMOVED,
    &FIELD_CHANGED,
    &ID_CHANGED,
    &RESULT_CHANGED,
];

pub(super) static BARE_TYPE: Lint = Lint::change(
    "TL0730",
    "evolution-bare-type-extended",
    (
        "point#00000001 x:int = Point;\nline#00000002 from:%Point = Line;",
        "point#00000001 x:int = Point;\nspot#00000003 y:int = Point;\nline#00000002 from:Point = Line;",
        "point#00000001 x:int = Point;\nline#00000002 from:%Point = Line;\nspot#00000003 y:int = Spot;",
    ),
    "A type that was used without an id gets a second constructor.

    point x:int = Point;
    line from:%Point = Line;

Where a value has no id, nothing tells its constructor: there can only be one. Make a new type, or put the other form of the value
under a bit.",
);

pub(super) static MASK_ADDED: Lint = Lint::change(
    "TL0731",
    "evolution-mask-added",
    (
        "user#00000001 flags:# id:int name:string age:flags.1?int = User;",
        "user#00000001 flags:# id:int name:flags.0?string age:flags.1?int = User;",
        "user#00000001 flags:# id:int name:string nick:flags.0?string age:flags.1?int = User;",
    ),
    "A field that was always there depends on a bit now.

Old programs write the field without the bit, and read it where it is missing. Keep it as it is and add another one.",
);

pub(super) static UNUSED_MASK: Lint = Lint::change(
    "TL0732",
    "evolution-unused-mask",
    (
        "user#00000001 flags:# id:int age:flags.1?int = User;",
        "user#00000001 flags:# id:int age:flags.1?int flags2:flags.31?# = User;",
        "user#00000001 flags:# id:int age:flags.1?int flags2:flags.31?# nick:flags2.0?string = User;",
    ),
    "A word is new and nothing depends on it.

A bit of the old word is spent, and nothing is gained yet. Add the word together with the first field that needs it.",
);

pub(super) static LAST_BIT: Lint = Lint::change(
    "TL0733",
    "evolution-last-bit",
    (bits!("= Bits;"), bits!("b31:flags.31?true = Bits;"), bits!("flags2:flags.31?# b32:flags2.0?true = Bits;")),
    "The last bit of a word is given to something other than the next word.

    bits flags:# ... flags2:flags.31?# b32:flags2.0?true = Bits;

No field can be added to the declaration after that.",
);

pub(super) static BIT_TAKEN: Lint = Lint::change(
    "TL0734",
    "evolution-bit-taken",
    (
        "user#00000001 flags:# nick:flags.0?string = User;",
        "user#00000001 flags:# nick:flags.0?string title:flags.0?string = User;",
        "user#00000001 flags:# nick:flags.0?string title:flags.1?string = User;",
    ),
    "A new field depends on a bit that another field of the declaration has.

Old programs set the bit for the other field and do not write the new one.",
);

pub(super) static BIT_TAKEN_OUTSIDE: Lint = Lint::change(
    "TL0735",
    "evolution-bit-taken-outside",
    (
        "photo#00000001 {flags:#} id:long width:flags.0?int = Photo flags;\n\
         user#00000002 flags:# name:flags.1?string photo:(Photo flags) = User;",
        "photo#00000001 {flags:#} id:long width:flags.0?int height:flags.1?int = Photo flags;\n\
         user#00000002 flags:# name:flags.1?string photo:(Photo flags) = User;",
        "photo#00000001 {flags:#} id:long width:flags.0?int height:flags.2?int = Photo flags;\n\
         user#00000002 flags:# name:flags.1?string photo:(Photo flags) = User;",
    ),
    "A new field depends on a bit that another declaration has in the same word.

    photo {flags:#} id:long height:flags.1?int = Photo flags;
    user flags:# name:flags.1?string photo:(Photo flags) = User;

The word comes from outside. Old programs set the bit for the field there, or in another type that gets the same word.",
);

pub(super) static BIT_RESERVED: Lint = Lint::change(
    "TL0736",
    "evolution-bit-reserved",
    (
        "// tlgen: reserve(flags.1) was the age\nuser#00000001 flags:# nick:flags.0?string = User;",
        "user#00000001 flags:# nick:flags.0?string title:flags.1?string = User;",
        "// tlgen: reserve(flags.1) was the age\nuser#00000001 flags:# nick:flags.0?string title:flags.2?string = User;",
    ),
    "A new field depends on a bit that a comment in the old schema reserves.

    // tlgen: reserve(flags.1) was the age up to version 7
    user flags:# nick:flags.0?string = User;

Some program still knows the bit in another meaning.",
);

pub(super) static BIT_CHANGED: Lint = Lint::change(
    "TL0737",
    "evolution-bit-changed",
    (
        "user#00000001 flags:# nick:flags.0?string = User;",
        "user#00000001 flags:# nick:flags.1?string = User;",
        "user#00000001 flags:# nick:flags.0?string title:flags.1?string = User;",
    ),
    "A field depends on another bit than before.

Old programs look for it under the old bit.",
);

pub(super) static MASK_CHANGED: Lint = Lint::change(
    "TL0738",
    "evolution-mask-changed",
    (
        "user#00000001 flags:# more:# nick:flags.0?string mail:more.1?string = User;",
        "user#00000001 flags:# more:# nick:more.0?string mail:more.1?string = User;",
        "user#00000001 flags:# more:# nick:flags.0?string mail:more.1?string town:more.0?string = User;",
    ),
    "A field depends on another word than before.

Old programs look for it under a bit of the old word.",
);

pub(super) static ARGUMENT_NOT_MASKED: Lint = Lint::change(
    "TL0739",
    "evolution-argument-not-masked",
    (
        PHOTO,
        "photo#00000001 {flags:#} {more:#} id:long width:flags.0?int height:more.2?int = Photo flags more;\n\
         user#00000002 flags:# name:flags.2?string more:# photo:(Photo flags more) = User;",
        PHOTO_WITH_MORE,
    ),
    "A type in a field has a new argument, which is a new word that is always there.

    user flags:# more:# photo:(Photo flags more) = User;

Old programs do not write the word. It must itself depend on a new bit of an old word: `more:flags.31?#`.",
);

pub(super) static ARGUMENT_WITHOUT_MASK: Lint = Lint::change(
    "TL0740",
    "evolution-argument-without-mask",
    (
        PHOTO,
        "photo#00000001 {flags:#} {more:#} id:long width:flags.0?int height:more.2?int = Photo flags more;\n\
         user#00000002 flags:# name:flags.2?string photo:(Photo flags 7) = User;",
        PHOTO_WITH_MORE,
    ),
    "A type in a field has a new argument that is no word: a type or a constant number.

    user flags:# photo:(Photo flags 7) = User;

Only a word that old programs leave 0 keeps their bytes the same. Pass on a new word that depends on a new bit.",
);

pub(super) static ARGUMENT_OF_OLD_MASK: Lint = Lint::change(
    "TL0741",
    "evolution-argument-of-old-mask",
    (
        PHOTO,
        "photo#00000001 {flags:#} {more:#} id:long width:flags.0?int height:more.2?int = Photo flags more;\n\
         user#00000002 flags:# name:flags.2?string photo:(Photo flags flags) = User;",
        PHOTO_WITH_MORE,
    ),
    "A type in a field has a new argument, and a word that was there before is passed on as that.

    user flags:# photo:(Photo flags flags) = User;

Its bits have meanings that old programs know. Pass on a new word that depends on a new bit.",
);

const PHOTO: &str = "photo#00000001 {flags:#} id:long width:flags.0?int = Photo flags;\n\
                     user#00000002 flags:# name:flags.2?string photo:(Photo flags) = User;";

const PHOTO_WITH_MORE: &str = "photo#00000001 {flags:#} {more:#} id:long width:flags.0?int height:more.2?int = Photo flags more;\n\
     user#00000002 flags:# name:flags.2?string more:flags.31?# photo:(Photo flags more) = User;";

pub(super) static FIELD_WITHOUT_MASK: Lint = Lint::change(
    "TL0742",
    "evolution-field-without-mask",
    (
        "user#00000001 flags:# id:int age:flags.1?int = User;",
        "user#00000001 flags:# id:int age:flags.1?int name:string = User;",
        "user#00000001 flags:# id:int age:flags.1?int name:flags.0?string = User;",
    ),
    "A new field depends on no bit.

Old programs do not write it, and do not skip it. Put it under a bit that is not used yet.",
);

pub(super) static FUNCTION_WITHOUT_MASK: Lint = Lint::change(
    "TL0743",
    "evolution-function-without-mask",
    (
        "ok#00000001 = Ok;\n---functions---\nget#00000002 mask:# = Ok;",
        "ok#00000001 = Ok;\n---functions---\nget#00000002 mask:# = Ok;\nput#00000003 id:int = Ok;",
        "ok#00000001 = Ok;\n---functions---\nget#00000002 mask:# = Ok;\nput#00000003 mask:# id:int = Ok;",
    ),
    "The first argument of a new function is no word.

    put fields_mask:# id:int = Ok;

Without a word the function can never get an optional argument, and its result no optional field that a caller asks for.",
);

pub(super) static MASK_REMOVED: Lint = Lint::change(
    "TL0744",
    "evolution-mask-removed",
    ("user#00000001 flags:# id:int = User;", "user#00000001 id:int = User;", "user#00000001 bits:# id:int = User;"),
    "A word is gone.

Old programs write it and expect it, even where no field depends on it.",
);

pub(super) static FIELD_REMOVED: Lint = Lint::change(
    "TL0745",
    "evolution-field-removed",
    (
        "user#00000001 flags:# id:int nick:flags.0?string = User;",
        "user#00000001 flags:# id:int = User;",
        "user#00000001 flags:# id:int name:flags.0?string = User;",
    ),
    "A field is gone.

Old programs write it. An optional field that nobody needs any more stays in the declaration; a comment says that it is not used.",
);

pub(super) static ARGUMENT_REMOVED: Lint = Lint::change(
    "TL0746",
    "evolution-argument-removed",
    (
        "photo#00000001 {flags:#} {more:#} id:long width:flags.0?int = Photo flags more;",
        "photo#00000001 {flags:#} id:long width:flags.0?int = Photo flags;",
        "photo#00000001 {flags:#} {more:#} id:long width:flags.0?int height:more.0?int = Photo flags more;",
    ),
    "A template has one argument less.

Fields depended on it, or may do so in old programs.",
);

pub(super) static VARIANT_REMOVED: Lint = Lint::change(
    "TL0747",
    "evolution-variant-removed",
    (
        "on#00000001 = State;\noff#00000002 = State;",
        "on#00000001 = State;",
        "on#00000001 = State;\noff#00000002 = State;\nidle#00000003 = State;",
    ),
    "A type has one constructor less.

Old programs still send it.",
);

pub(super) static DECLARATION_REMOVED: Lint = Lint::change(
    "TL0748",
    "evolution-declaration-removed",
    (
        "ok#00000001 = Ok;\n---functions---\nget#00000002 mask:# = Ok;\nput#00000003 mask:# = Ok;",
        "ok#00000001 = Ok;\n---functions---\nget#00000002 mask:# = Ok;",
        "ok#00000001 = Ok;\n---functions---\nget#00000002 mask:# = Ok;\nstore#00000003 mask:# = Ok;",
    ),
    "A function, or a type with its constructor, is gone.

Old programs call it or send it. Another name with the same id is the same declaration.",
);

pub(super) static FIELD_CHANGED: Lint = Lint::change(
    "TL0749",
    "evolution-field-changed",
    (
        "user#00000001 flags:# id:int age:flags.1?int = User;",
        "user#00000001 flags:# id:long age:flags.1?int = User;",
        "user#00000001 flags:# id:int age:flags.1?int long_id:flags.0?long = User;",
    ),
    "A field has another type, stands in another order, or no longer depends on its bit.

The bytes are others under the same id. Keep the field, and add one under a new bit.",
);

pub(super) static ID_CHANGED: Lint = Lint::change(
    "TL0750",
    "evolution-id-changed",
    (
        "user#00000001 flags:# id:int = User;",
        "user#00000002 flags:# id:int = User;",
        "user#00000001 flags:# id:int = User;\nuserFull#00000002 flags:# id:int = UserFull;",
    ),
    "A declaration has another id.

Old programs do not know it. Give the new id to a new declaration. This rule is not for schemas in which every change makes a new id, as
in the layers of Telegram: allow it there.",
);

pub(super) static RESULT_CHANGED: Lint = Lint::change(
    "TL0751",
    "evolution-result-changed",
    (
        "ok#00000001 = Ok;\n---functions---\nget#00000002 mask:# = Ok;",
        "ok#00000001 = Ok;\n---functions---\nget#00000002 mask:# = Vector<Ok>;",
        "ok#00000001 = Ok;\n---functions---\nget#00000002 mask:# = Ok;\ngetAll#00000003 mask:# = Vector<Ok>;",
    ),
    "A function returns another type, or a constructor belongs to another type.

Old programs read the answer by the old type, or do not expect the constructor where it is now.",
);
