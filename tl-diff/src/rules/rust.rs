//! The rules about Rust: what changes of the generated items mean for code that uses them.

use super::{DiffRule, Mirror};

pub(super) const ALL: &[&DiffRule] = &[
    &ITEM_REMOVED,
    &ITEM_ADDED,
    &FIELD_ADDED,
    &FIELD_REMOVED,
    &FIELD_TYPE_CHANGED,
    &VARIANT_ADDED,
    &VARIANT_REMOVED,
    &STRUCT_BECAME_ENUM,
    &ENUM_BECAME_STRUCT,
    &VARIANT_FORM_CHANGED,
    &DERIVE_REMOVED,
    &DERIVE_ADDED,
    &ARGUMENTS_REORDERED,
    &RETURN_TYPE_CHANGED,
    &TYPE_PARAMETERS_CHANGED,
];

row!(
    ITEM_REMOVED,
    "TL0631",
    "item-removed",
    Error,
    Mirror::Rule("item-added"),
    ("a#00000001 x:int = A;\n---functions---\nf#00000002 = A;", "a#00000001 x:int = A;"),
    "A struct or enum is gone, or has another name or module.

Code that names it does not compile."
);

row!(ITEM_ADDED, "TL0632", "item-added", Warning, Mirror::Rule("item-removed"),
    ("a#00000001 x:int = A;", "a#00000001 x:int = A;\n---functions---\nf#00000002 = A;"),
    "There is a new struct or enum.

No code names it yet. (Glob imports of two modules may give one name twice; this is not counted, as it is not by Cargo.)");

row!(FIELD_ADDED, "TL0633", "field-added", Error, Mirror::Rule("field-removed"),
    ("a#00000001 x:int = A;", "a#00000002 x:int flags:# y:flags.0?int = A;"),
    "A struct has a new field.

All fields are public, and the struct may be written as a literal or taken apart by a pattern that names them all. A literal with
`..` and a call of `new` survive a new optional field.");

row!(
    FIELD_REMOVED,
    "TL0634",
    "field-removed",
    Error,
    Mirror::Rule("field-added"),
    ("a#00000001 x:int y:int = A;", "a#00000002 x:int = A;"),
    "A struct has lost a field, or the field has another name.

Code that names it does not compile."
);

row!(
    FIELD_TYPE_CHANGED,
    "TL0635",
    "field-type-changed",
    Error,
    Mirror::Itself,
    ("a#00000001 x:int = A;", "a#00000002 x:long = A;"),
    "A field has another type: another number, `Option` or not, in a box or not.

Code that reads or sets it does not compile, unless it converts."
);

row!(
    VARIANT_ADDED,
    "TL0636",
    "variant-added",
    Error,
    Mirror::Rule("variant-removed"),
    ("a#00000001 = A;\nb#00000002 = A;", "a#00000001 = A;\nb#00000002 = A;\nc#00000003 = A;"),
    "An enum has a new variant.

A `match` that names each variant does not compile. One with an arm `_` does."
);

row!(
    VARIANT_REMOVED,
    "TL0637",
    "variant-removed",
    Error,
    Mirror::Rule("variant-added"),
    ("a#00000001 = A;\nb#00000002 = A;\nc#00000003 = A;", "a#00000001 = A;\nb#00000002 = A;"),
    "An enum has lost a variant, or the variant has another name.

Code that names it does not compile."
);

row!(STRUCT_BECAME_ENUM, "TL0638", "struct-became-enum", Error, Mirror::Rule("enum-became-struct"),
    ("a#00000001 x:int = A;", "a#00000001 x:int = A;\nb#00000002 = A;"),
    "A type with one constructor has a second one.

A type with one constructor is that constructor's struct; with several it is an enum. Code that reads the fields of such a value
does not compile.");

row!(ENUM_BECAME_STRUCT, "TL0639", "enum-became-struct", Error, Mirror::Rule("struct-became-enum"),
    ("a#00000001 x:int = A;\nb#00000002 = A;", "a#00000001 x:int = A;"),
    "A type has one constructor left.

A type with one constructor is that constructor's struct; with several it is an enum. Code that names the variants does not
compile.");

row!(VARIANT_FORM_CHANGED, "TL0640", "variant-form-changed", Error, Mirror::Itself,
    ("a#00000001 = A;\nb#00000002 = A;", "a#00000003 x:int = A;\nb#00000002 = A;"),
    "A variant holds something else: a struct where there was nothing, an `Indirect` where there was a struct, or the other way round.

A constructor without fields is a variant without a struct. A struct that is large, or that holds other items, is in an `Indirect`.");

row!(DERIVE_REMOVED, "TL0641", "derive-removed", Error, Mirror::Rule("derive-added"),
    ("a#00000001 x:int = A;", "a#00000002 x:double = A;"),
    "An item does not implement a trait any more.

`Default` needs fields that all have a default, `Eq` and `Hash` need fields that can be compared exactly. In code for a
client (the option `role`) what no request holds any more loses `Encode`, and what no answer holds loses `Decode`. Code that relies on the
trait does not compile.");

row!(
    DERIVE_ADDED,
    "TL0642",
    "derive-added",
    Warning,
    Mirror::Rule("derive-removed"),
    ("a#00000001 x:double = A;", "a#00000002 x:int = A;"),
    "An item implements one more trait.

Its fields allow it now, or, for a client, a request or an answer holds it. No code relies on it yet."
);

row!(ARGUMENTS_REORDERED, "TL0643", "arguments-reordered", Error, Mirror::Itself,
    ("a#00000001 x:int y:string = A;", "a#00000002 y:string x:int = A;"),
    "The arguments of `new` come in another order.

`new` takes the fields that are always there, in the order of the schema. Where two that change places have one type, the call
compiles and means something else.");

row!(
    RETURN_TYPE_CHANGED,
    "TL0644",
    "return-type-changed",
    Error,
    Mirror::Itself,
    (
        "a#00000001 = A;\nb#00000002 = B;\n---functions---\nf#00000003 = A;",
        "a#00000001 = A;\nb#00000002 = B;\n---functions---\nf#00000004 = B;"
    ),
    "A function returns another type.

Code that takes the answer apart does not compile."
);

row!(
    TYPE_PARAMETERS_CHANGED,
    "TL0645",
    "type-parameters-changed",
    Error,
    Mirror::Itself,
    (
        "a#00000001 = A;\n---functions---\nf#00000002 {X:Type} query:!X = X;",
        "a#00000001 = A;\n---functions---\nf#00000003 query:A = A;"
    ),
    "An item has another number of type parameters.

Code that names it with its parameters does not compile."
);
