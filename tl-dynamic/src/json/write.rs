//! Value -> JSON, or any other format of serde.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use tlgen_model::schema::{Combinator, CombinatorIdx, Param, Primitive, TypeExpr};

use super::packed::{Packed, Unpack};
use super::{JsonForm, key};
use crate::codec::Codec;
use crate::decode::DecodeOptions;
use crate::hex;
use crate::root::Root;
use crate::scope::Scope;
use crate::value::{Object, Value, is_plain_item};

/// A value with its type, as it is written: `serde_json::to_writer(out, &codec.typed(ty, &value))`.
///
/// What is written is that of [`Codec::to_json`]. No tree is made, so a value takes no memory beside its own.
#[derive(Clone, Debug)]
pub struct Typed<'a> {
    pub(super) codec: &'a Codec<'a>,
    form: JsonForm,
    packed: Option<Packed<'a>>,
    pub(super) part: Part<'a>,
}

#[derive(Clone, Debug)]
pub(super) enum Part<'a> {
    /// A value of a type; `short`: a `long` that was declared as `int53`.
    Value {
        expr: &'a TypeExpr,
        scope: Scope<'a>,
        value: &'a Value,
        short: bool,
    },
    /// Any value with its id before it.
    Any(&'a Object),
    /// A value that somebody knows to be of its constructor.
    Stated(&'a Object),
    Dynamic(&'a Value),
    /// An item of a repetition.
    Item {
        fields: &'a [Param],
        scope: Scope<'a>,
        value: &'a Value,
    },
}

impl<'a> Typed<'a> {
    pub(crate) fn value(codec: &'a Codec<'a>, expr: &'a TypeExpr, value: &'a Value) -> Self {
        let part = Part::Value { expr, scope: Scope::default(), value, short: false };
        Self { codec, form: JsonForm::default(), packed: None, part }
    }

    pub(crate) fn boxed(codec: &'a Codec<'a>, object: &'a Object) -> Self {
        Self { codec, form: JsonForm::default(), packed: None, part: Part::Any(object) }
    }

    pub(crate) fn root(codec: &'a Codec<'a>, root: Root<'a>, value: &'a Value) -> Self {
        match (root, value) {
            (Root::Type(ty), value) => Self::value(codec, ty, value),
            (Root::Boxed(_) | Root::Bare(_), Value::Object(object)) => {
                Self { part: Part::Stated(object), ..Self::boxed(codec, object) }
            }
            (_, value) => Self { codec, form: JsonForm::default(), packed: None, part: Part::Dynamic(value) },
        }
    }

    /// In another form.
    #[must_use]
    pub fn with_form(self, form: JsonForm) -> Self {
        Self { form, ..self }
    }

    /// With the messages in fields of `gzip_packed` instead of their packed bytes, where they can be read, and as long as all of them
    /// together have at most so many bytes.
    #[must_use]
    pub fn with_unpacked(self, unpack: Unpack, most: usize) -> Self {
        self.with_packed(Some(Packed::new(unpack, most)))
    }

    pub(super) fn with_packed(self, packed: Option<Packed<'a>>) -> Self {
        Self { packed, ..self }
    }

    /// The message in a field of `gzip_packed`.
    fn unpacked(&self, owner: Option<CombinatorIdx>, value: &Value) -> Option<(Root<'a>, Value)> {
        let bytes = self.packed?.open(self.codec.packed(owner?, value)?)?;
        let root = self.codec.root_of_packed(&bytes);
        let value = self.codec.decode_root(root, &bytes, &DecodeOptions::lenient()).ok()?;
        Some((root, value))
    }

    pub(super) fn part(&self, part: Part<'a>) -> Self {
        Self { codec: self.codec, form: self.form, packed: self.packed, part }
    }
}

impl Serialize for Typed<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.packed.and_then(|packed| Some((packed, packed.begins()?))) {
            Some((packed, left)) => {
                let mut this = self.clone();
                this.packed = Some(packed.within(&left));
                this.write(to)
            }
            None => self.write(to),
        }
    }
}

impl<'a> Typed<'a> {
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.form == JsonForm::Vk {
            return self.vk(to);
        }
        match &self.part {
            Part::Value { expr, scope, value, short } => self.expr(to, expr, scope, value, *short),
            Part::Any(object) | Part::Stated(object) => self.object(to, object, Scope::root),
            Part::Dynamic(value) => self.dynamic(to, value),
            Part::Item { fields, scope, value } => match (fields, value) {
                ([field], value) if is_plain_item(fields) => self.expr(to, &field.ty, scope, value, false),
                (_, Value::Record(values)) => {
                    let mut map = to.serialize_map(None)?;
                    self.fields(&mut map, fields, values, scope, None)?;
                    map.end()
                }
                (_, value) => self.scalar(to, value, false, false),
            },
        }
    }

    fn expr<S: Serializer>(
        &self,
        to: S,
        expr: &'a TypeExpr,
        scope: &Scope<'a>,
        value: &'a Value,
        short: bool,
    ) -> Result<S::Ok, S::Error> {
        match (expr, value) {
            (TypeExpr::Var { generic, .. }, value) => match scope.variable(*generic) {
                Some(closure) => self.expr(to, closure.expr, &closure.scope, value, short),
                None => self.scalar(to, value, false, short),
            },
            (TypeExpr::Vector { item, .. }, Value::List(items)) => {
                self.list(to, items, |value| Part::Value { expr: item, scope: scope.clone(), value, short })
            }
            (TypeExpr::Repeat { fields, .. }, Value::List(items)) => {
                self.list(to, items, |value| Part::Item { fields, scope: scope.clone(), value })
            }
            (
                TypeExpr::Boxed { args, .. } | TypeExpr::Bare { args, .. } | TypeExpr::Refined { args, .. },
                Value::Object(object),
            ) => self.object(to, object, |constructor| scope.enter_types(constructor, args)),
            (TypeExpr::Object, value) => self.dynamic(to, value),
            (_, Value::Object(object)) => self.object(to, object, Scope::root),
            (TypeExpr::Primitive { primitive: Primitive::String, .. }, value) => self.scalar(to, value, true, short),
            (_, value) => self.scalar(to, value, false, short),
        }
    }

    fn dynamic<S: Serializer>(&self, to: S, value: &'a Value) -> Result<S::Ok, S::Error> {
        match value {
            Value::Object(object) => self.object(to, object, Scope::root),
            Value::List(items) => self.list(to, items, Part::Dynamic),
            Value::True => single(to, self.form.tag(), "true"),
            value => self.scalar(to, value, false, false),
        }
    }

    pub(super) fn list<S: Serializer>(
        &self,
        to: S,
        items: &'a [Value],
        part: impl Fn(&'a Value) -> Part<'a>,
    ) -> Result<S::Ok, S::Error> {
        let mut list = to.serialize_seq(Some(items.len()))?;
        for item in items {
            list.serialize_element(&self.part(part(item)))?;
        }
        list.end()
    }

    fn object<S: Serializer>(
        &self,
        to: S,
        object: &'a Object,
        scope: impl FnOnce(&'a Combinator) -> Scope<'a>,
    ) -> Result<S::Ok, S::Error> {
        let Some(combinator) = self.codec.schema().combinators.get(object.combinator.0 as usize) else {
            return to.serialize_none();
        };
        let mut map = to.serialize_map(None)?;
        map.serialize_entry(self.form.tag(), combinator.name.full())?;
        let owner = Some(object.combinator);
        self.fields(&mut map, &combinator.params, &object.fields, &scope(combinator), owner)?;
        map.end()
    }

    fn fields<M: SerializeMap>(
        &self,
        map: &mut M,
        params: &'a [Param],
        values: &'a [Option<Value>],
        scope: &Scope<'a>,
        owner: Option<CombinatorIdx>,
    ) -> Result<(), M::Error> {
        for (place, (param, value)) in params.iter().zip(values).enumerate() {
            let Some(value) = value else { continue };
            let short = self.form == JsonForm::TdLib && owner.is_some_and(|owner| self.codec.is_int53(owner, place));
            let answer = owner.and_then(|owner| self.codec.answer_of_value(owner, place, value));
            let part = Part::Value { expr: answer.unwrap_or(&param.ty), scope: scope.clone(), value, short };
            self.entry(map, &key(params, place), owner, part, value)?;
        }
        Ok(())
    }

    /// A field of `owner`: what is packed in it, where it is unpacked, or the part itself.
    pub(super) fn entry<M: SerializeMap>(
        &self,
        map: &mut M,
        key: &str,
        owner: Option<CombinatorIdx>,
        part: Part<'a>,
        value: &Value,
    ) -> Result<(), M::Error> {
        match self.unpacked(owner, value) {
            Some((root, value)) => {
                let inner = Typed::root(self.codec, root, &value).with_form(self.form);
                map.serialize_entry(key, &inner.with_packed(self.packed.map(Packed::deeper)))
            }
            None => map.serialize_entry(key, &self.part(part)),
        }
    }

    /// A value without parts. `text`: bytes are a string that is not UTF-8. `short`: a `long` is a number.
    fn scalar<S: Serializer>(&self, to: S, value: &Value, text: bool, short: bool) -> Result<S::Ok, S::Error> {
        match value {
            Value::Nat(value) => to.serialize_u32(*value),
            Value::Int(value) => to.serialize_i32(*value),
            Value::Long(value) if short => to.serialize_i64(*value),
            Value::Long(value) => to.collect_str(value),
            Value::Double(value) if value.is_finite() => to.serialize_f64(*value),
            Value::Double(value) => single(to, "f64le", &hex::encode(&value.to_le_bytes())),
            Value::Float(value) if value.is_finite() => to.serialize_f32(*value),
            Value::Float(value) => single(to, "f32le", &hex::encode(&value.to_le_bytes())),
            Value::Bool(value) => to.serialize_bool(*value),
            Value::True => to.serialize_bool(true),
            Value::Text(value) => to.serialize_str(value),
            Value::Bytes(bytes) if text => single(to, "hex", &hex::encode(bytes)),
            Value::Bytes(bytes) => to.serialize_str(&self.form.print_bytes(bytes)),
            Value::Raw(bytes) => single(to, "raw", &hex::encode(bytes)),
            Value::List(_) | Value::Record(_) | Value::Object(_) => to.serialize_none(),
        }
    }
}

/// A map with one entry.
pub(super) fn single<S: Serializer>(to: S, key: &str, value: &str) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(Some(1))?;
    map.serialize_entry(key, value)?;
    map.end()
}
