//! Types of the model to Rust types and their form on the wire.

use tlgen_model::builtin::TRUE_ID;
use tlgen_model::schema::{CombinatorIdx, NatExpr, NatRef, Primitive, SectionKind, TypeExpr};

use super::{Context, unsupported};
use crate::config::{TextMode, TextType};
use crate::error::CodegenError;
use crate::ir::{Codec, Count, RustType};

/// How a value looks in Rust and on the wire.
pub(super) struct Form {
    pub(super) ty: RustType,
    pub(super) codec: Codec,
}

impl Form {
    fn plain(ty: RustType) -> Self {
        Self { ty, codec: Codec::Plain }
    }
}

/// A count field by its parameter: its index among the fields and the local name of its value.
pub(super) type FindCount<'f> = &'f dyn Fn(u32) -> Option<(usize, String)>;

impl Context<'_> {
    /// What a function returns.
    pub(super) fn result(&self, idx: CombinatorIdx) -> Result<RustType, CodegenError> {
        let combinator = self.schema.combinator(idx);
        if let TypeExpr::Var { generic, bare: false } = combinator.result {
            return Ok(RustType::ReturnOf(self.names.generics(idx)[generic as usize].clone()));
        }
        // A result that is text is read by the caller, whose reader says whether it is mended.
        let text = if self.text == TextMode::Bytes { TextMode::Bytes } else { TextMode::Strict };
        if self.is_unknown(&combinator.result) {
            return Ok(RustType::Object);
        }
        let Form { ty, codec } = self.form(idx, &combinator.result, text, &|_| None)?;
        returned(ty, &codec).ok_or_else(|| unsupported(combinator, "its result is a repetition".to_owned()))
    }

    /// Whether a type that no constructor makes is in it. Nobody knows what comes, if anything does.
    fn is_unknown(&self, expr: &TypeExpr) -> bool {
        let mut found = false;
        expr.visit(&mut |part| {
            found |= part.ty(self.schema).is_some_and(|ty| self.schema.ty(ty).constructors.is_empty());
        });
        found
    }

    /// The form of a type, with text in a form of its own.
    pub(super) fn form(
        &self,
        idx: CombinatorIdx,
        expr: &TypeExpr,
        text: TextMode,
        find_count: FindCount<'_>,
    ) -> Result<Form, CodegenError> {
        let combinator = self.schema.combinator(idx);
        Ok(match expr {
            TypeExpr::Nat => Form::plain(RustType::U32),
            TypeExpr::Primitive { primitive: Primitive::True, boxed: Some(TRUE_ID) } => Form::plain(RustType::True),
            TypeExpr::Primitive { primitive, boxed } => {
                let ty = match primitive {
                    Primitive::String if text == TextMode::Bytes => RustType::Bytes,
                    other => rust_primitive(*other, self.text_type),
                };
                let lossy = *primitive == Primitive::String && text == TextMode::Lossy;
                let codec = match (primitive, boxed) {
                    (_, None) if lossy => Codec::LossyText,
                    (Primitive::Bool, _) | (_, None) if *primitive != Primitive::True => Codec::Plain,
                    (_, Some(id)) => Codec::WithId { id: *id, name: primitive.name().to_owned(), lossy },
                    (_, None) => Codec::Nothing,
                };
                Form { ty, codec }
            }
            TypeExpr::Object => Form::plain(RustType::Object),
            TypeExpr::Unresolved => unreachable!("a valid schema resolves every type"),
            TypeExpr::Vector { boxed, item } => {
                let form = self.form(idx, item, text, find_count)?;
                if form.ty == RustType::Object {
                    let what = if **item == TypeExpr::Object { "`Object`" } else { "any function" };
                    let reason = format!("the items of a vector have no known length when they are {what}");
                    return Err(unsupported(combinator, reason));
                }
                let codec = if *boxed && form.codec == Codec::Plain {
                    Codec::Plain
                } else {
                    Codec::Vector { boxed: *boxed, item: Box::new(form.codec), item_min: self.sizes.expr(item) }
                };
                Form { ty: RustType::Vec(Box::new(form.ty)), codec }
            }
            TypeExpr::Boxed { args, .. } | TypeExpr::Bare { args, .. } if !args.is_empty() => {
                return Err(unsupported(combinator, "it applies a type to arguments".to_owned()));
            }
            TypeExpr::Refined { .. } => {
                return Err(unsupported(combinator, "the arguments of a bare type choose its constructor".to_owned()));
            }
            TypeExpr::Boxed { ty, .. } => Form::plain(RustType::Item(self.names.ty(*ty).clone())),
            TypeExpr::Bare { constructor, .. } => {
                Form { ty: RustType::Item(self.names.combinator(*constructor).clone()), codec: Codec::Bare }
            }
            // Any function, as nothing outside of the value says which one.
            TypeExpr::Function { .. } if combinator.kind == SectionKind::Types => Form::plain(RustType::Object),
            TypeExpr::Function { generic } => {
                Form::plain(RustType::Generic(self.names.generics(idx)[*generic as usize].clone()))
            }
            TypeExpr::Var { .. } => {
                return Err(unsupported(combinator, "a field has the type of a parameter".to_owned()));
            }
            TypeExpr::Repeat { count, fields } => {
                let [field] = &fields[..] else {
                    return Err(unsupported(combinator, "it repeats a record of several fields".to_owned()));
                };
                if field.condition.is_some() {
                    return Err(unsupported(combinator, "it repeats a conditional field".to_owned()));
                }
                let form = self.form(idx, &field.ty, text, find_count)?;
                if form.ty == RustType::Object {
                    let reason = "the items of a repetition have no known length when they may be anything".to_owned();
                    return Err(unsupported(combinator, reason));
                }
                let count = match count {
                    NatExpr::Const(count) => Count::Const(*count),
                    NatExpr::Ref { nat: NatRef::Param(param), plus } => {
                        let Some((field, local)) = find_count(*param) else {
                            return Err(unsupported(combinator, "a conditional `#` counts a repetition".to_owned()));
                        };
                        Count::Field { field, local, plus: *plus }
                    }
                    NatExpr::Ref { .. } => {
                        return Err(unsupported(combinator, "a parameter counts a repetition".to_owned()));
                    }
                };
                let item_min = self.sizes.expr(&field.ty);
                Form {
                    ty: RustType::Vec(Box::new(form.ty)),
                    codec: Codec::Repeat { count, item: Box::new(form.codec), item_min },
                }
            }
        })
    }
}

/// The type of a result, which says all of its form. A repetition without a count has none.
fn returned(ty: RustType, codec: &Codec) -> Option<RustType> {
    Some(match (codec, ty) {
        (Codec::Plain, ty) => ty,
        (Codec::Nothing, _) => RustType::Bare(Box::new(RustType::True)),
        (Codec::WithId { id, .. }, RustType::Unit) => {
            RustType::Boxed(Box::new(RustType::Bare(Box::new(RustType::True))), *id)
        }
        (Codec::WithId { id, .. }, ty) => RustType::Boxed(Box::new(ty), *id),
        (Codec::Bare, ty) => RustType::Bare(Box::new(ty)),
        (Codec::Vector { boxed, item, .. }, RustType::Vec(ty)) => {
            let vector = RustType::Vec(Box::new(returned(*ty, item)?));
            if *boxed { vector } else { RustType::Bare(Box::new(vector)) }
        }
        (Codec::Vector { .. } | Codec::LossyText | Codec::Repeat { .. } | Codec::Sized { .. }, _) => return None,
    })
}

fn rust_primitive(primitive: Primitive, text: TextType) -> RustType {
    match primitive {
        Primitive::Int => RustType::I32,
        Primitive::Long => RustType::I64,
        Primitive::Double => RustType::F64,
        Primitive::Float => RustType::F32,
        Primitive::String => RustType::String(text),
        Primitive::Bytes => RustType::Bytes,
        Primitive::Int128 => RustType::Array(16),
        Primitive::Int256 => RustType::Array(32),
        Primitive::Int512 => RustType::Array(64),
        Primitive::True => RustType::Unit,
        Primitive::Bool => RustType::Bool,
    }
}
