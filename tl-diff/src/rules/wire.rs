//! The rules about bytes.
//!
//! An id stands for one layout. So most changes are seen at the first four bytes: the other side does not know the id, and refuses
//! the value with all that holds it. Where an id stays while the bytes change, the other side reads something else.

use super::{DiffRule, Mirror};

pub(super) const ALL: &[&DiffRule] = &[
    &FUNCTION_REMOVED,
    &FUNCTION_ADDED,
    &FUNCTION_ID_CHANGED,
    &CONSTRUCTOR_REMOVED,
    &CONSTRUCTOR_ADDED,
    &CONSTRUCTOR_ID_CHANGED,
    &LAYOUT_CHANGED,
    &BARE_LAYOUT_CHANGED,
    &TYPE_CHANGED,
    &RESULT_CHANGED,
    &BYTES_BECAME_TEXT,
    &TEXT_BECAME_BYTES,
    &SWITCH_ADDED,
    &SWITCH_REMOVED,
    &SAME_BYTES,
    &SECTION_CHANGED,
    &OPTIONAL_ADDED,
    &OPTIONAL_REMOVED,
];

row!(
    FUNCTION_REMOVED,
    "TL0601",
    "function-removed",
    Error,
    Mirror::Rule("function-added"),
    ("a#00000001 = A;\n---functions---\nf#00000002 = A;", "a#00000001 = A;"),
    "A function is gone.

A client that was built from the old schema and calls it sends an id that a server of the new schema does not know."
);

row!(FUNCTION_ADDED, "TL0602", "function-added", Error, Mirror::Rule("function-removed"),
    ("a#00000001 = A;", "a#00000001 = A;\n---functions---\nf#00000002 = A;"),
    "There is a new function.

A client that calls it needs a server of the new schema: one of the old schema does not know the id. Whoever does not call it
notices nothing.");

row!(FUNCTION_ID_CHANGED, "TL0603", "function-id-changed", Error, Mirror::Itself,
    ("a#00000001 = A;\n---functions---\nf#00000002 = A;", "a#00000001 = A;\n---functions---\nf#00000003 x:int = A;"),
    "A function has another id.

Its arguments or its result changed, and its id with them. To the other side it is a function that does not exist, whichever of the
two is the newer one. A server that is to serve old clients has to know both declarations.");

row!(CONSTRUCTOR_REMOVED, "TL0604", "constructor-removed", Error, Mirror::Rule("constructor-added"),
    ("a#00000001 = A;\nb#00000002 = A;", "a#00000001 = A;"),
    "A constructor is gone.

Who was built from the old schema may still write it: an old client in a request, an old server in an answer, a program that stored
the value. Code of the new schema does not know the id, and as TL has no lengths it loses the rest of the message, too.

A change breaks only the sides between which the type goes: a type that is in answers only is never sent by a client.");

row!(CONSTRUCTOR_ADDED, "TL0605", "constructor-added", Error, Mirror::Rule("constructor-removed"),
    ("a#00000001 = A;", "a#00000001 = A;\nb#00000002 = A;"),
    "A type has a new constructor.

Who was built from the old schema does not know its id: an old client that gets it in an answer, an old server that gets it in a
request. As TL has no lengths, the reader loses the rest of the message, too.

A constructor of a type that is itself new is met only inside of what is new or changed as well, and so is not counted.");

row!(CONSTRUCTOR_ID_CHANGED, "TL0606", "constructor-id-changed", Error, Mirror::Itself,
    ("a#00000001 = A;", "a#00000002 x:int = A;"),
    "A constructor has another id.

Its fields changed, and its id with them. To the other side it is a constructor that does not exist. This is what most changes of a
layer are.");

row!(LAYOUT_CHANGED, "TL0607", "layout-changed", Error, Mirror::Itself,
    ("a#00000001 x:int = A;", "a#00000001 x:long = A;"),
    "An id stays while its bytes change.

The other side takes the id for one that it knows and reads other fields from what follows. With luck the message ends too early or
too late; without luck it reads wrong values and nobody notices. Ids that are not computed from the declaration (written by hand, or
copied) make this possible. Let the id follow from the declaration: `tlgen fmt --ids`.");

row!(BARE_LAYOUT_CHANGED, "TL0608", "bare-layout-changed", Error, Mirror::Itself,
    ("a#00000001 x:int = A;\nb#00000002 a:%A = B;", "a#00000003 x:long = A;\nb#00000002 a:%A = B;"),
    "The bytes of a constructor change that is used without its id.

Where a type is bare (`%A`, `a`, items of `vector<a>`), no id tells the reader which declaration the writer had. The id of the
declaration around it does not change either. The other side reads wrong values.");

row!(TYPE_CHANGED, "TL0609", "type-changed", Error, Mirror::Itself,
    ("a#00000001 = A;\nb#00000002 = B;", "a#00000001 = B;\nb#00000002 = B;"),
    "A constructor makes another type.

It keeps its id. Where the old type is expected the new schema does not take it any more, and where the new type is expected the old
one does not.");

row!(
    RESULT_CHANGED,
    "TL0610",
    "result-changed",
    Error,
    Mirror::Itself,
    (
        "a#00000001 = A;\nb#00000002 = B;\n---functions---\nf#00000003 = A;",
        "a#00000001 = A;\nb#00000002 = B;\n---functions---\nf#00000003 = B;"
    ),
    "A function keeps its id and answers with another type.

The other side takes the call, and the answer is not what the caller expects."
);

row!(BYTES_BECAME_TEXT, "TL0611", "bytes-became-text", Error, Mirror::Rule("text-became-bytes"),
    ("a#00000001 x:bytes = A;", "a#00000001 x:string = A;"),
    "Bytes became text.

Both have one form on the wire, and the id may stay. But who reads text refuses what is not UTF-8, and who writes bytes may write
that.");

row!(TEXT_BECAME_BYTES, "TL0612", "text-became-bytes", Error, Mirror::Rule("bytes-became-text"),
    ("a#00000001 x:string = A;", "a#00000001 x:bytes = A;"),
    "Text became bytes.

Both have one form on the wire, and the id may stay. But who reads text refuses what is not UTF-8, and who writes bytes may write
that.");

row!(SWITCH_ADDED, "TL0613", "switch-added", Warning, Mirror::Rule("switch-removed"),
    ("a#00000001 f:# = A;", "a#00000001 f:# x:f.0?true = A;"),
    "There is a new switch, and the id stays.

A field `flags.N?true` has no bytes. By the rule of the Telegram API it is not part of the line of which the id is computed. The other
side reads the value and does not know what the bit means.");

row!(
    SWITCH_REMOVED,
    "TL0614",
    "switch-removed",
    Warning,
    Mirror::Rule("switch-added"),
    ("a#00000001 f:# x:f.0?true = A;", "a#00000001 f:# = A;"),
    "A switch is gone, and the id stays.

A field `flags.N?true` has no bytes. The other side reads the value and does not know what the bit means."
);

row!(
    SAME_BYTES,
    "TL0615",
    "same-bytes",
    Warning,
    Mirror::Itself,
    ("a#00000001 x:int = A;", "a#00000001 y:int = A;"),
    "A declaration changed, and its bytes did not.

The id is the same, and what follows has the same layout: only names differ. Either side reads what the other writes."
);

row!(
    SECTION_CHANGED,
    "TL0616",
    "section-changed",
    Error,
    Mirror::Itself,
    ("a#00000001 = A;\nb#00000002 = A;", "a#00000001 = A;\n---functions---\nb#00000002 = A;"),
    "A constructor became a function, or a function a constructor.

Its id begins a value of a type on one side and a call on the other."
);

row!(
    OPTIONAL_ADDED,
    "TL0617",
    "optional-added",
    Error,
    Mirror::Rule("optional-removed"),
    ("a#00000001 flags:# x:flags.0?int = A;", "a#00000001 flags:# x:flags.0?int y:flags.1?int = A;"),
    "There is a new optional field on a free bit, and the id stays.

Who does not know the bit does not set it, so what was built from the old schema is read as before. The reverse does not hold: where
the new side sets the bit and writes the field, the old side takes its bytes for what follows. So a server may answer with the field
only whom it knows to read it, and a client may send it only to a new server. This is how schemas of VK evolve, where a mask in the
request says which fields the client knows.

A word whose name is not `flags` and that no field depends on is a number, which may have any value."
);

row!(
    OPTIONAL_REMOVED,
    "TL0618",
    "optional-removed",
    Error,
    Mirror::Rule("optional-added"),
    ("a#00000001 flags:# x:flags.0?int y:flags.1?int = A;", "a#00000001 flags:# x:flags.0?int = A;"),
    "An optional field is gone, its bit is free, and the id stays.

Who was built from the old schema may still set the bit and write the field: the new side takes its bytes for what follows. Leave the
field where it is, or give the constructor another id."
);
