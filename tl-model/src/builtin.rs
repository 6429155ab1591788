//! The types that need no declaration, and what a declaration of one looks like.
//!
//! A schema may declare `int ? = Int`, `int32 = Int32`, `int128 4*[ int ] = Int128`, `bytes data:string = Bytes`: that is
//! the builtin type. A declaration of the same name with another meaning, such as `true = Bool`, is an ordinary one.

use tlgen_parser::ast;

use crate::link::term::Flat;
use crate::schema::Primitive;

/// The id of `vector`.
pub const VECTOR_ID: u32 = 0x1cb5_c415;
/// The id of `true`, where a schema does not declare another one.
pub const TRUE_ID: u32 = 0x3fed_d339;
/// The id of `boolTrue`.
pub const BOOL_TRUE_ID: u32 = 0x9972_75b5;
/// The id of `boolFalse`.
pub const BOOL_FALSE_ID: u32 = 0xbc79_9737;

/// What the name of a builtin type means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// `#`.
    Nat,
    /// A primitive type. Several names may be its bare and boxed forms.
    Primitive(Primitive),
    /// `Vector`, `vector`.
    Vector,
    /// `Object`, `Function` and their bare names: any boxed value.
    Any,
}

impl Meaning {
    /// The builtin type of a name, which a schema may still declare as another one.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "#" => Some(Self::Nat),
            "Vector" | "vector" => Some(Self::Vector),
            "Bool" => Some(Self::Primitive(Primitive::Bool)),
            _ => find(name).map(meaning),
        }
    }

    /// All names in TL that mean it; the usual one first.
    #[must_use]
    pub fn names(self) -> Vec<&'static str> {
        match self {
            Self::Nat => vec!["#"],
            Self::Vector => vec!["Vector", "vector"],
            Self::Primitive(Primitive::Bool) => vec!["Bool"],
            _ => {
                let named = || BUILTINS.iter().filter(|builtin| meaning(builtin) == self);
                let (bare, boxed) = (named().map(|builtin| builtin.bare), named().map(|builtin| builtin.boxed));
                // Anything comes with its id.
                if self == Self::Any { boxed.chain(bare).collect() } else { bare.chain(boxed).collect() }
            }
        }
    }
}

fn meaning(builtin: &Builtin) -> Meaning {
    if is_any(builtin) { Meaning::Any } else { Meaning::Primitive(builtin.primitive) }
}

/// One builtin type.
pub(crate) struct Builtin {
    /// The bare name.
    pub(crate) bare: &'static str,
    /// The boxed name.
    pub(crate) boxed: &'static str,
    pub(crate) primitive: Primitive,
    /// The id of the boxed form where the schema does not declare it: that of the usual declaration.
    pub(crate) id: u32,
}

const fn builtin(bare: &'static str, boxed: &'static str, primitive: Primitive, id: u32) -> Builtin {
    Builtin { bare, boxed, primitive, id }
}

/// All of them but `Bool`, `vector`, `Object` and `Function`, which have their own rules.
pub(crate) const BUILTINS: [Builtin; 17] = [
    builtin("int", "Int", Primitive::Int, 0xa850_9bda),
    builtin("long", "Long", Primitive::Long, 0x2207_6cba),
    builtin("double", "Double", Primitive::Double, 0x2210_c154),
    builtin("float", "Float", Primitive::Float, 0x824d_ab22),
    builtin("string", "String", Primitive::String, 0xb528_6e24),
    builtin("bytes", "Bytes", Primitive::Bytes, 0xe937_bb82),
    builtin("int128", "Int128", Primitive::Int128, 0x84cc_f7b7),
    builtin("int256", "Int256", Primitive::Int256, 0x7bed_eb5b),
    builtin("int512", "Int512", Primitive::Int512, 0x6ff8_2434),
    builtin("int32", "Int32", Primitive::Int, 0x5cb9_34fa),
    builtin("int53", "Int53", Primitive::Long, 0x6781_c7ee),
    builtin("int64", "Int64", Primitive::Long, 0x5d9e_d744),
    builtin("secureString", "SecureString", Primitive::String, 0x8ea8_c283),
    builtin("secureBytes", "SecureBytes", Primitive::Bytes, 0xbad7_1dc7),
    builtin("true", "True", Primitive::True, TRUE_ID),
    builtin("object", "Object", Primitive::Int, 0x2970_4ca0),
    builtin("function", "Function", Primitive::Int, 0x7acb_c197),
];

/// The builtin type of a name, bare or boxed.
pub(crate) fn find(name: &str) -> Option<&'static Builtin> {
    BUILTINS.iter().find(|builtin| builtin.bare == name || builtin.boxed == name)
}

/// A canonical line with `int` for `%Int` and so on.
pub(crate) fn unbox(line: &str) -> String {
    let bare = |word: &str| {
        let name = word.strip_prefix('%')?;
        BUILTINS.iter().find(|builtin| builtin.boxed == name && !is_any(builtin)).map(|builtin| builtin.bare)
    };
    let mut out = String::with_capacity(line.len());
    for (place, word) in line.split(' ').enumerate() {
        if place > 0 {
            out.push(' ');
        }
        let (before, ty) = word.split_at(word.rfind([':', '?', '*']).map_or(0, |at| at + 1));
        out.push_str(before);
        out.push_str(bare(ty).unwrap_or(ty));
    }
    out
}

/// The type that is meant by a name from another language.
pub(crate) fn foreign(name: &str) -> Option<&'static str> {
    let meant = match name.to_ascii_lowercase().as_str() {
        "i32" | "u32" | "int32_t" | "uint32" | "integer" => "int",
        "i64" | "u64" | "int64_t" | "uint64" => "long",
        "f64" | "float64" | "number" => "double",
        "f32" | "float32" => "float",
        "str" | "text" => "string",
        "blob" | "buffer" => "bytes",
        "boolean" => "Bool",
        "list" | "array" | "vec" => "Vector",
        _ => return None,
    };
    Some(meant)
}

/// Whether the name is the bare name of a builtin type.
pub(crate) fn is_bare(name: &str) -> bool {
    name == "vector" || BUILTINS.iter().any(|builtin| builtin.bare == name)
}

/// Whether any boxed value is a value of the type.
pub(crate) fn is_any(builtin: &Builtin) -> bool {
    matches!(builtin.bare, "object" | "function")
}

/// The names that may be used as types without a declaration.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    BUILTINS.iter().flat_map(|builtin| [builtin.bare, builtin.boxed]).chain(["vector", "Vector", "Bool"])
}

/// Whether a combinator declares a builtin type for values of which schemas never hold the id, in any of the usual ways:
/// `int128 4*[ int ] = Int128`, `int128 long long = Int128`, `bytes = Bytes`, `bytes data:string = Bytes`. Such types are not in
/// the published JSON form of schemas. `true`, `vector`, `boolTrue` and `boolFalse` are, as their ids are on the wire.
#[must_use]
pub fn declares_value(combinator: &ast::Combinator<'_>) -> bool {
    declared(combinator).is_some_and(|builtin| builtin.primitive != Primitive::True)
}

/// Whether a combinator is the usual declaration of a builtin type.
pub(crate) fn is_declaration(combinator: &ast::Combinator<'_>) -> bool {
    declared(combinator).is_some() || is_vector(combinator) || is_bool(combinator)
}

/// The builtin type that `name ... = result` declares, if it does.
pub(crate) fn declared(combinator: &ast::Combinator<'_>) -> Option<&'static Builtin> {
    let name = combinator.name?.text;
    let builtin = BUILTINS.iter().find(|builtin| builtin.bare == name)?;
    let result = Flat::of(&combinator.result);
    let fits = result.name() == Some(builtin.boxed)
        && result.args.is_empty()
        && combinator.opt_args.is_empty()
        && combinator.args.iter().all(|arg| arg.condition.is_none())
        && has_shape(builtin, &combinator.args);
    fits.then_some(builtin)
}

/// Nothing, itself (`long = Long`, `int long = Long`), or fields of the same form on the wire.
fn has_shape(builtin: &Builtin, args: &[ast::Arg<'_>]) -> bool {
    match (builtin.primitive, args) {
        (_, []) => true,
        _ if is_any(builtin) => false,
        (Primitive::String | Primitive::Bytes, [arg]) => {
            matches!(Flat::of(&arg.ty).name(), Some("string" | "bytes" | "secureString" | "secureBytes"))
        }
        (Primitive::String | Primitive::Bytes | Primitive::True, _) => false,
        (Primitive::Double | Primitive::Float, [arg]) => Flat::of(&arg.ty).name() == Some(builtin.bare),
        (Primitive::Double | Primitive::Float, _) => false,
        (primitive, args) => total(args) == width(primitive),
    }
}

/// The bytes of a whole number.
fn width(primitive: Primitive) -> Option<u32> {
    match primitive {
        Primitive::Int => Some(4),
        Primitive::Long => Some(8),
        Primitive::Int128 => Some(16),
        Primitive::Int256 => Some(32),
        Primitive::Int512 => Some(64),
        _ => None,
    }
}

fn total(args: &[ast::Arg<'_>]) -> Option<u32> {
    args.iter().try_fold(0u32, |sum, arg| {
        let size = match &arg.ty.kind {
            ast::TermKind::Repeat(repeat) => match repeat.count.as_ref().map(|count| &count.kind) {
                Some(ast::TermKind::Number(count)) => total(&repeat.args)?.checked_mul(*count)?,
                _ => return None,
            },
            ast::TermKind::Name(name) => width(find(name).filter(|found| found.bare == *name)?.primitive)?,
            _ => return None,
        };
        sum.checked_add(size)
    })
}

/// Whether a combinator is `vector {t:Type} # [ t ] = Vector t`.
fn is_vector(combinator: &ast::Combinator<'_>) -> bool {
    let [arg] = &*combinator.opt_args else { return false };
    let [variable] = arg.names.as_slice() else { return false };
    let is_variable = |term: &ast::Term<'_>| Flat::of(term).name() == Some(variable.text);
    let [count, items] = &*combinator.args else { return false };
    let ast::TermKind::Repeat(items) = &items.ty.kind else { return false };
    let [item] = items.args.as_slice() else { return false };
    let result = Flat::of(&combinator.result);
    combinator.name.is_some_and(|name| name.text == "vector")
        && combinator.id.is_none_or(|id| id.value == VECTOR_ID)
        && count.ty.kind == ast::TermKind::Nat
        && is_variable(&item.ty)
        && result.name() == Some("Vector")
        && matches!(result.args.as_slice(), [arg] if is_variable(arg))
}

/// Whether a combinator is `boolTrue = Bool` or `boolFalse = Bool`.
fn is_bool(combinator: &ast::Combinator<'_>) -> bool {
    let id = match combinator.name.map(|name| name.text) {
        Some("boolTrue") => BOOL_TRUE_ID,
        Some("boolFalse") => BOOL_FALSE_ID,
        _ => return false,
    };
    Flat::of(&combinator.result).name() == Some("Bool")
        && combinator.opt_args.is_empty()
        && combinator.args.is_empty()
        && combinator.id.is_none_or(|written| written.value == id)
}
