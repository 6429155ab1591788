//! What the pages say of the types that need no declaration. Their names come from the model.

use tlgen_model::builtin::Meaning;
use tlgen_model::schema::{Primitive, TypeExpr};

/// A builtin type as its page shows it.
pub(crate) struct Builtin {
    pub(crate) meaning: Meaning,
    /// The name of its section of the page.
    pub(crate) anchor: &'static str,
    pub(crate) rust: &'static str,
    pub(crate) description: &'static str,
}

/// All builtin types.
pub(crate) const BUILTINS: &[Builtin] = &[
    Builtin {
        meaning: Meaning::Primitive(Primitive::Int),
        anchor: "int",
        rust: "i32",
        description: "A signed integer of 32 bits: 4 bytes, little endian.",
    },
    Builtin {
        meaning: Meaning::Primitive(Primitive::Long),
        anchor: "long",
        rust: "i64",
        description: "A signed integer of 64 bits: 8 bytes, little endian.",
    },
    Builtin {
        meaning: Meaning::Primitive(Primitive::Double),
        anchor: "double",
        rust: "f64",
        description: "A floating-point number of 64 bits: 8 bytes, little endian.",
    },
    Builtin {
        meaning: Meaning::Primitive(Primitive::Float),
        anchor: "float",
        rust: "f32",
        description: "A floating-point number of 32 bits: 4 bytes, little endian.",
    },
    Builtin {
        meaning: Meaning::Primitive(Primitive::String),
        anchor: "string",
        rust: "String",
        description: "Text in UTF-8: its length, its bytes, and zeros up to a multiple of 4 bytes. The length takes \
                      1 byte below 254, else 4 bytes or more.",
    },
    Builtin {
        meaning: Meaning::Primitive(Primitive::Bytes),
        anchor: "bytes",
        rust: "Vec<u8>",
        description: "Bytes, written as `string` is.",
    },
    Builtin {
        meaning: Meaning::Primitive(Primitive::Int128),
        anchor: "int128",
        rust: "[u8; 16]",
        description: "128 bits: 16 bytes as they are.",
    },
    Builtin {
        meaning: Meaning::Primitive(Primitive::Int256),
        anchor: "int256",
        rust: "[u8; 32]",
        description: "256 bits: 32 bytes as they are.",
    },
    Builtin {
        meaning: Meaning::Primitive(Primitive::Int512),
        anchor: "int512",
        rust: "[u8; 64]",
        description: "512 bits: 64 bytes as they are.",
    },
    Builtin {
        meaning: Meaning::Primitive(Primitive::True),
        anchor: "true",
        rust: "bool",
        description: "A switch: as a conditional field it takes no bytes, and its bit alone says whether it is set.",
    },
    Builtin {
        meaning: Meaning::Primitive(Primitive::Bool),
        anchor: "bool",
        rust: "bool",
        description: "A truth value that takes 4 bytes: `boolTrue#997275b5` or `boolFalse#bc799737`.",
    },
    Builtin {
        meaning: Meaning::Nat,
        anchor: "nat",
        rust: "u32",
        description: "An unsigned number of 32 bits, mostly a flags word: each of its bits says whether the fields \
                      that name it, as in `flags.3?`, are present. A flags word that does nothing else is no field in \
                      Rust; it is made of the fields, and its bits that no field declares are dropped. The option \
                      `flags = \"kept\"` of the generator makes it a field that keeps them.",
    },
    Builtin {
        meaning: Meaning::Vector,
        anchor: "vector",
        rust: "Vec<T>",
        description: "A list: the number of items in 4 bytes, then the items. `Vector` begins with the id \
                      `1cb5c415`, `vector` does not.",
    },
    Builtin {
        meaning: Meaning::Any,
        anchor: "object",
        rust: "tlgen_runtime::Object",
        description: "Any boxed value, kept as its bytes.",
    },
];

/// The builtin type with this meaning.
pub(crate) fn of(meaning: Meaning) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|builtin| builtin.meaning == meaning)
}

/// A few words about the size of a value, where it always has the same.
pub(crate) fn size(expr: &TypeExpr) -> Option<&'static str> {
    Some(match expr {
        TypeExpr::Nat => "32 bits",
        TypeExpr::Primitive { primitive, .. } => match primitive {
            Primitive::Int | Primitive::Float => "32 bits",
            Primitive::Long | Primitive::Double => "64 bits",
            Primitive::Int128 => "128 bits",
            Primitive::Int256 => "256 bits",
            Primitive::Int512 => "512 bits",
            Primitive::String | Primitive::Bytes | Primitive::True | Primitive::Bool => return None,
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str) -> Option<&'static Builtin> {
        Meaning::of(name).and_then(of)
    }

    /// Every name that needs no declaration leads to the page, and every section of the page has a name.
    #[test]
    fn all_names_have_a_section() {
        for name in
            ["Int32", "Int53", "Int64", "SecureString", "SecureBytes", "Function", "object", "Vector", "Bool", "#"]
        {
            assert!(find(name).is_some(), "{name}");
        }
        for builtin in BUILTINS {
            let names = builtin.meaning.names();
            assert!(!names.is_empty(), "{}", builtin.anchor);
            assert!(
                names.iter().all(|name| find(name).is_some_and(|found| found.anchor == builtin.anchor)),
                "{names:?}"
            );
        }
        assert!(find("User").is_none());
    }
}
