//! The types that need no declaration.

use tlgen_model::schema::{Primitive, TypeExpr};

/// A builtin type as its page shows it.
pub(crate) struct Builtin {
    /// The names in TL; the first is the usual one.
    pub(crate) names: &'static [&'static str],
    /// The name of its place on the page.
    pub(crate) anchor: &'static str,
    pub(crate) rust: &'static str,
    pub(crate) description: &'static str,
}

/// All builtin types.
pub(crate) const BUILTINS: &[Builtin] = &[
    Builtin {
        names: &["int", "int32", "Int"],
        anchor: "int",
        rust: "i32",
        description: "A signed integer of 32 bits: 4 bytes, little endian.",
    },
    Builtin {
        names: &["long", "int53", "int64", "Long"],
        anchor: "long",
        rust: "i64",
        description: "A signed integer of 64 bits: 8 bytes, little endian.",
    },
    Builtin {
        names: &["double", "Double"],
        anchor: "double",
        rust: "f64",
        description: "A floating-point number of 64 bits: 8 bytes, little endian.",
    },
    Builtin {
        names: &["float", "Float"],
        anchor: "float",
        rust: "f32",
        description: "A floating-point number of 32 bits: 4 bytes, little endian.",
    },
    Builtin {
        names: &["string", "secureString", "String"],
        anchor: "string",
        rust: "String",
        description: "Text in UTF-8: its length, its bytes, and zeros up to a multiple of 4 bytes. The length takes \
                      1 byte below 254, else 4 bytes or more.",
    },
    Builtin {
        names: &["bytes", "secureBytes", "Bytes"],
        anchor: "bytes",
        rust: "Vec<u8>",
        description: "Bytes, written as `string` is.",
    },
    Builtin {
        names: &["int128", "Int128"],
        anchor: "int128",
        rust: "[u8; 16]",
        description: "128 bits: 16 bytes as they are.",
    },
    Builtin {
        names: &["int256", "Int256"],
        anchor: "int256",
        rust: "[u8; 32]",
        description: "256 bits: 32 bytes as they are.",
    },
    Builtin {
        names: &["int512", "Int512"],
        anchor: "int512",
        rust: "[u8; 64]",
        description: "512 bits: 64 bytes as they are.",
    },
    Builtin {
        names: &["true", "True"],
        anchor: "true",
        rust: "bool",
        description: "A switch: as a conditional field it takes no bytes, and its bit alone says whether it is set.",
    },
    Builtin {
        names: &["Bool"],
        anchor: "bool",
        rust: "bool",
        description: "A truth value that takes 4 bytes: `boolTrue#997275b5` or `boolFalse#bc799737`.",
    },
    Builtin {
        names: &["#"],
        anchor: "nat",
        rust: "u32",
        description: "An unsigned number of 32 bits, mostly a flags word: each of its bits says whether the fields \
                      that name it, as in `flags.3?`, are present. A flags word that does nothing else is no field in \
                      Rust; it is made of the fields.",
    },
    Builtin {
        names: &["Vector", "vector"],
        anchor: "vector",
        rust: "Vec<T>",
        description: "A list: the number of items in 4 bytes, then the items. `Vector` begins with the id \
                      `1cb5c415`, `vector` does not.",
    },
    Builtin {
        names: &["Object"],
        anchor: "object",
        rust: "tlgen_runtime::Object",
        description: "Any boxed value, kept as its bytes.",
    },
];

/// The builtin type with this name in TL.
pub(crate) fn find(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|builtin| builtin.names.contains(&name))
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
