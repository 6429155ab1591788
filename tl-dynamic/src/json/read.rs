//! JSON -> value.

use serde_json::Value as Json;
use tlgen_model::schema::{CombinatorIdx, Param, Primitive, SectionKind, TypeArg, TypeExpr};

use super::{JsonForm, Pack, key, vk};

use crate::MAX_DEPTH;
use crate::codec::Codec;
use crate::error::{JsonError, JsonErrorKind, Path, SchemaFault, Step};
use crate::hex;
use crate::root::Root;
use crate::scope::{Scope, only_constructor};
use crate::value::{Object, Value, is_plain_item};
use crate::wire::primitive_size;

pub(crate) fn read(codec: &Codec<'_>, ty: &TypeExpr, json: &Json) -> Result<Value, JsonError> {
    Parser { codec, form: JsonForm::default(), pack: None, depth: 0 }
        .expr(ty, false, &Scope::default(), json)
        .map_err(|fault| *fault)
}

pub(crate) fn read_boxed(codec: &Codec<'_>, json: &Json) -> Result<Object, JsonError> {
    Parser { codec, form: JsonForm::default(), pack: None, depth: 0 }.any(None, json).map_err(|fault| *fault)
}

/// Boxed, because a result with it goes through every call.
pub(super) type Fault = Box<JsonError>;

pub(crate) fn read_root(
    codec: &Codec<'_>,
    root: Root<'_>,
    json: &Json,
    form: JsonForm,
    pack: Option<Pack>,
) -> Result<Value, JsonError> {
    let read = match form {
        JsonForm::Vk => vk::Reader::new(codec).root(root, json),
        JsonForm::Tlgen | JsonForm::TdLib => Parser { codec, form, pack, depth: 0 }.root(root, json),
    };
    read.map_err(|fault| *fault)
}

struct Parser<'c> {
    codec: &'c Codec<'c>,
    form: JsonForm,
    pack: Option<Pack>,
    depth: usize,
}

impl From<JsonErrorKind> for Fault {
    fn from(kind: JsonErrorKind) -> Self {
        Self::new(JsonError { kind, path: Path::default() })
    }
}

impl From<SchemaFault> for Fault {
    fn from(fault: SchemaFault) -> Self {
        JsonErrorKind::Schema(fault).into()
    }
}

pub(super) fn expected(what: &'static str) -> Fault {
    JsonErrorKind::Expected(what).into()
}

impl<'c> Parser<'c> {
    fn root(&mut self, root: Root<'c>, json: &Json) -> Result<Value, Fault> {
        let schema = self.codec.schema();
        match root {
            Root::Any => self.dynamic(json),
            Root::Type(ty) => self.expr(ty, false, &Scope::default(), json),
            Root::Boxed(idx) | Root::Bare(idx) => {
                let combinator = schema.combinator(idx);
                // A constructor and a function may have one name.
                let stated = json.get(self.form.tag()).map(|name| name.as_str() == Some(combinator.name.full()));
                if stated == Some(false) {
                    return Err(JsonErrorKind::WrongType(combinator.name.clone()).into());
                }
                self.object(idx, &Scope::root(combinator), json).map(Value::Object)
            }
        }
    }

    fn expr(&mut self, expr: &'c TypeExpr, bare: bool, scope: &Scope<'c>, json: &Json) -> Result<Value, Fault> {
        let schema = self.codec.schema();
        match expr {
            TypeExpr::Nat => integer(json)
                .and_then(|value| value.try_into().ok())
                .map(Value::Nat)
                .ok_or_else(|| expected("a number of 32 bits without sign")),
            TypeExpr::Primitive { primitive, .. } => self.primitive(*primitive, json),
            TypeExpr::Object => self.dynamic(json),
            TypeExpr::Function { .. } => self.any(Some(SectionKind::Functions), json).map(Value::Object),
            TypeExpr::Vector { item, .. } => self.list(json, |parser, json| parser.expr(item, false, scope, json)),
            TypeExpr::Repeat { fields, .. } => self.list(json, |parser, json| match &**fields {
                [field] if is_plain_item(fields) => parser.expr(&field.ty, false, scope, json),
                _ => parser.fields(fields, scope, json, None).map(Value::Record),
            }),
            TypeExpr::Boxed { ty, args } => {
                let constructor = match json.get(self.form.tag()) {
                    None => only_constructor(schema, *ty).ok_or_else(|| expected("an object with its constructor"))?,
                    Some(_) => self.named(json, None)?,
                };
                if schema.combinator(constructor).ty != Some(*ty) {
                    return Err(JsonErrorKind::WrongType(schema.ty(*ty).name.clone()).into());
                }
                if bare && only_constructor(schema, *ty).is_none() {
                    return Err(SchemaFault::Bare(*ty).into());
                }
                self.constructor(constructor, args, scope, json)
            }
            TypeExpr::Unresolved => Err(SchemaFault::Unresolved.into()),
            // Numbers tell which constructor it is, and they are not known here; so it says its name, as if it had an id.
            TypeExpr::Refined { ty, args } => {
                let constructor = self.named(json, None)?;
                if schema.combinator(constructor).ty != Some(*ty) {
                    return Err(JsonErrorKind::WrongType(schema.ty(*ty).name.clone()).into());
                }
                self.constructor(constructor, args, scope, json)
            }
            TypeExpr::Bare { constructor, args } => {
                if json.get(self.form.tag()).is_some() && self.named(json, None)? != *constructor {
                    let name = schema.combinator(*constructor).name.clone();
                    return Err(JsonErrorKind::WrongType(name).into());
                }
                self.constructor(*constructor, args, scope, json)
            }
            TypeExpr::Var { generic, bare: percent } => {
                let closure = scope.variable(*generic).ok_or(SchemaFault::Unbound)?;
                self.expr(closure.expr, bare || *percent || closure.bare, &closure.scope, json)
            }
        }
    }

    /// An `Object`.
    fn dynamic(&mut self, json: &Json) -> Result<Value, Fault> {
        if let Some(raw) = json.get("raw") {
            return digits(raw).map(Value::Raw);
        }
        match json {
            Json::Bool(value) => Ok(Value::Bool(*value)),
            Json::Array(_) if self.depth >= MAX_DEPTH => Err(JsonErrorKind::TooDeep.into()),
            Json::Array(_) => {
                self.depth += 1;
                let items = self.list(json, Self::dynamic)?;
                self.depth -= 1;
                Ok(items)
            }
            _ if json.get(self.form.tag()).and_then(Json::as_str) == Some("true")
                && self.codec.by_name("true").is_none() =>
            {
                Ok(Value::True)
            }
            _ => self.any(None, json).map(Value::Object),
        }
    }

    fn list(
        &mut self,
        json: &Json,
        mut read: impl FnMut(&mut Self, &Json) -> Result<Value, Fault>,
    ) -> Result<Value, Fault> {
        let items = json.as_array().ok_or_else(|| expected("an array"))?.iter().enumerate();
        let items = items.map(|(place, json)| read(self, json).map_err(|error| at(error, Step::Item(place))));
        items.collect::<Result<_, _>>().map(Value::List)
    }

    fn named(&self, json: &Json, section: Option<SectionKind>) -> Result<CombinatorIdx, Fault> {
        let name = json.get(self.form.tag()).and_then(Json::as_str);
        let name = name.ok_or_else(|| {
            expected(match self.form {
                JsonForm::Tlgen => "an object with `_`, the name of a constructor or function",
                JsonForm::TdLib => "an object with `@type`, the name of a constructor or function",
                JsonForm::Vk => "an object with `type`, the name of a constructor or function",
            })
        })?;
        self.codec.named(name, section).ok_or_else(|| JsonErrorKind::UnknownName(name.to_owned()).into())
    }

    fn any(&mut self, section: Option<SectionKind>, json: &Json) -> Result<Object, Fault> {
        let idx = self.named(json, section)?;
        let combinator = self.codec.schema().combinator(idx);
        if section.is_some_and(|section| section != combinator.kind) {
            return Err(expected("a function"));
        }
        self.object(idx, &Scope::root(combinator), json)
    }

    fn constructor(
        &mut self,
        idx: CombinatorIdx,
        args: &'c [TypeArg],
        scope: &Scope<'c>,
        json: &Json,
    ) -> Result<Value, Fault> {
        // Natural arguments depend on words that stand in other fields; they are checked when the value is encoded.
        let inner = scope.enter_types(self.codec.schema().combinator(idx), args);
        self.object(idx, &inner, json).map(Value::Object)
    }

    fn object(&mut self, idx: CombinatorIdx, scope: &Scope<'c>, json: &Json) -> Result<Object, Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(JsonErrorKind::TooDeep.into());
        }
        self.depth += 1;
        let combinator = self.codec.schema().combinator(idx);
        let fields = self.fields(&combinator.params, scope, json, Some(idx));
        let fields = fields.map_err(|error| at(error, Step::Combinator(combinator.name.clone())))?;
        self.depth -= 1;
        Ok(Object { combinator: idx, fields })
    }

    fn fields(
        &mut self,
        params: &'c [Param],
        scope: &Scope<'c>,
        json: &Json,
        of: Option<CombinatorIdx>,
    ) -> Result<Vec<Option<Value>>, Fault> {
        let map = json.as_object().ok_or_else(|| expected("an object"))?;
        let keys: Vec<String> = (0..params.len()).map(|place| key(params, place)).collect();
        if let Some(unknown) = map.keys().find(|name| *name != self.form.tag() && !keys.contains(name)) {
            return Err(JsonErrorKind::UnknownField(unknown.clone()).into());
        }
        let mut fields = Vec::with_capacity(params.len());
        for (place, (param, key)) in params.iter().zip(&keys).enumerate() {
            let value = match map.get(key) {
                None | Some(Json::Null) => None,
                Some(Json::Bool(false)) if is_switch(param) => None,
                Some(json) => {
                    let name = json.get(self.form.tag()).and_then(Json::as_str);
                    let answer = of.and_then(|of| self.codec.answer_of_json(of, place, name));
                    let read = match of.filter(|of| self.codec.is_packed(*of)).and(self.pack) {
                        Some(pack) if !json.is_string() => self.packed(json, pack),
                        _ => self.expr(answer.unwrap_or(&param.ty), false, scope, json),
                    };
                    Some(read.map_err(|mut error| {
                        error.path.push_field(param, place);
                        error
                    })?)
                }
            };
            fields.push(value);
        }
        Ok(fields)
    }

    /// The bytes of a message that is written in the place of its packed bytes.
    fn packed(&mut self, json: &Json, pack: Pack) -> Result<Value, Fault> {
        let root = self.codec.root_of_packed_json(json, self.form);
        let value = self.root(root, json)?;
        let bytes = self.codec.encode_root(root, &value).map_err(JsonErrorKind::Packed)?;
        Ok(Value::Bytes(pack(&bytes)))
    }

    fn primitive(&self, primitive: Primitive, json: &Json) -> Result<Value, Fault> {
        match primitive {
            Primitive::Int => integer(json)
                .and_then(|value| value.try_into().ok())
                .map(Value::Int)
                .ok_or_else(|| expected("a number of 32 bits")),
            Primitive::Long => integer(json).map(Value::Long).ok_or_else(|| expected("a number of 64 bits")),
            Primitive::Double => float(json, "f64le")?
                .map(f64::from_le_bytes)
                .or_else(|| json.as_f64())
                .map(Value::Double)
                .ok_or_else(|| expected("a number")),
            #[expect(clippy::cast_possible_truncation, reason = "the number was written from 32 bits")]
            Primitive::Float => float(json, "f32le")?
                .map(f32::from_le_bytes)
                .or_else(|| json.as_f64().map(|value| value as f32))
                .map(Value::Float)
                .ok_or_else(|| expected("a number")),
            Primitive::Bool => json.as_bool().map(Value::Bool).ok_or_else(|| expected("true or false")),
            Primitive::True => match json {
                Json::Bool(true) => Ok(Value::True),
                _ => Err(expected("true")),
            },
            Primitive::String => match json {
                Json::String(text) => Ok(Value::Text(text.clone())),
                _ => digits(json.get("hex").ok_or_else(|| expected("text"))?).map(Value::Bytes),
            },
            Primitive::Bytes => self.bytes(json).map(Value::Bytes),
            Primitive::Int128 | Primitive::Int256 | Primitive::Int512 => {
                let bytes = self.bytes(json)?;
                if bytes.len() != primitive_size(primitive) {
                    return Err(expected("16, 32 or 64 bytes, as long as the type says"));
                }
                Ok(Value::Bytes(bytes))
            }
        }
    }

    fn bytes(&self, json: &Json) -> Result<Vec<u8>, Fault> {
        let bytes = json.as_str().and_then(|text| self.form.parse_bytes(text));
        bytes.ok_or_else(|| {
            expected(match self.form {
                JsonForm::Tlgen => "text of hex digits",
                JsonForm::TdLib | JsonForm::Vk => "text of Base64",
            })
        })
    }
}

/// `flags.N?true`.
pub(super) fn is_switch(param: &Param) -> bool {
    param.condition.is_some() && matches!(param.ty, TypeExpr::Primitive { primitive: Primitive::True, .. })
}

/// `5.0` is 5, as far as the number is exact.
fn whole(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "a whole number in the range")]
    (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64)
}

pub(super) fn integer(json: &Json) -> Option<i64> {
    match json {
        Json::String(text) => text.parse().ok(),
        _ => json.as_i64().or_else(|| json.as_f64().and_then(whole)),
    }
}

fn float<const N: usize>(json: &Json, key: &str) -> Result<Option<[u8; N]>, Fault> {
    let Some(json) = json.get(key) else { return Ok(None) };
    digits(json)?.try_into().map(Some).map_err(|_| expected("the hex form of the bytes of a number"))
}

pub(super) fn digits(json: &Json) -> Result<Vec<u8>, Fault> {
    json.as_str().and_then(hex::decode).ok_or_else(|| expected("text of hex digits"))
}

pub(super) fn at(mut error: Fault, step: Step) -> Fault {
    error.path.push(step);
    error
}
