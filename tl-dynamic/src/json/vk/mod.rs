//! The JSON of VK's tools, as <https://github.com/VKCOM/tl/blob/master/TLJSON.md> describes it.
//!
//! A value does not name its constructor where the type has only one, and what is empty is left out: 0, `""`, `false`, `[]`. So reading
//! needs the words of the schema: whether a field that is not there is absent or empty follows from its bit.

mod read;
mod write;

pub(super) use read::Reader;

use tlgen_model::schema::{Combinator, CombinatorIdx, NatExpr, NatRef, Param, Primitive, Schema, TypeExpr, TypeIdx};

/// How the values of a boxed type are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `{"ok": true, "value": ...}` or `{}`.
    Maybe { none: CombinatorIdx, some: CombinatorIdx },
    /// Constructors without fields: their names.
    Enum,
    /// `{"type": name, "value": ...}`.
    Union,
    /// The fields of the only constructor.
    Struct(CombinatorIdx),
}

/// The shape of a type; nothing if it has no constructor.
pub(super) fn shape(schema: &Schema, ty: TypeIdx) -> Option<Shape> {
    let ty = schema.ty(ty);
    let params = |idx: CombinatorIdx| &*schema.combinator(idx).params;
    let holds_variable =
        |idx: CombinatorIdx| matches!(params(idx), [Param { condition: None, ty: TypeExpr::Var { .. }, .. }]);
    match ty.constructors[..] {
        [] => None,
        [only] => Some(Shape::Struct(only)),
        [none, some] | [some, none]
            if ty.name.ident() == "Maybe" && params(none).is_empty() && holds_variable(some) =>
        {
            Some(Shape::Maybe { none, some })
        }
        ref all if all.iter().all(|idx| params(*idx).is_empty()) => Some(Shape::Enum),
        _ => Some(Shape::Union),
    }
}

/// The field whose JSON is that of the whole value: the only one, without a name, or a list without a name after its count.
pub(super) fn wrapped(params: &[Param]) -> Option<usize> {
    match params {
        [Param { name: None, condition: None, .. }] => Some(0),
        [
            Param { name: None, condition: None, ty: TypeExpr::Nat, .. },
            Param { name: None, condition: None, ty, .. },
        ] => {
            let counted = NatExpr::Ref { nat: NatRef::Param(0), plus: 0 };
            matches!(ty, TypeExpr::Repeat { count, .. } if *count == counted).then_some(1)
        }
        _ => None,
    }
}

/// The constructor of the items of a list that is written as an object: a key, which is text or a whole number, and a value.
pub(super) fn entry(schema: &Schema, item: &TypeExpr) -> Option<CombinatorIdx> {
    let idx = match item {
        TypeExpr::Bare { constructor, .. } => *constructor,
        _ => return None,
    };
    let combinator = schema.combinator(idx);
    let is_key = |param: &Param| {
        param.name.as_deref() == Some("key")
            && param.condition.is_none()
            && (is_key_type(&param.ty) || matches!(param.ty, TypeExpr::Var { .. }))
    };
    match &*combinator.params {
        [key, value] if is_key(key) && value.name.as_deref() == Some("value") && value.condition.is_none() => {
            names_entry(combinator).then_some(idx)
        }
        _ => None,
    }
}

fn names_entry(combinator: &Combinator) -> bool {
    let name = combinator.name.ident();
    name.starts_with("dictionary") || name.ends_with("DictionaryField")
}

/// Whether a value of this type can be the key of an object.
pub(super) fn is_key_type(expr: &TypeExpr) -> bool {
    matches!(
        expr,
        TypeExpr::Nat
            | TypeExpr::Primitive { primitive: Primitive::Int | Primitive::Long | Primitive::String, boxed: None }
    )
}

/// Whether a field of a type is a bit and nothing else.
pub(super) fn is_true(expr: &TypeExpr) -> bool {
    matches!(expr, TypeExpr::Primitive { primitive: Primitive::True, .. })
}

/// The names by which JSON may call a constructor or function: `user`, `user#d23c81a3`, `#d23c81a3`.
pub(super) fn names(combinator: &Combinator) -> [String; 3] {
    let name = combinator.name.full();
    [name.to_owned(), format!("{name}#{:08x}", combinator.id), format!("#{:08x}", combinator.id)]
}
