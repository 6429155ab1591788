//! Value -> JSON of VK.

use serde::Serializer;
use serde::ser::SerializeMap;
use tlgen_model::schema::{Combinator, CombinatorIdx, Param, Primitive, TypeArg, TypeExpr};

use super::{Shape, entry, is_key_type, is_true, shape, wrapped};
use crate::hex;
use crate::json::key;
use crate::json::write::{Part, Typed, single};
use crate::scope::{Level, Scope};
use crate::value::{Object, Value, is_plain_item};

/// What Go calls `NaN`; others are written by their bits.
pub(super) const NAN: u64 = 0x7ff8_0000_0000_0001;
pub(super) const SHORT_NAN: u32 = 0x7fc0_0000;

impl<'a> Typed<'a> {
    pub(in crate::json) fn vk<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match &self.part {
            Part::Value { expr, scope, value, .. } => self.vk_expr(to, expr, scope, value),
            Part::Any(object) => self.vk_named(to, object, Scope::root),
            Part::Stated(object) => self.vk_fields_of(to, object, Scope::root),
            Part::Dynamic(value) => self.vk_dynamic(to, value),
            Part::Item { fields, scope, value } => match (fields, value) {
                ([field], value) if is_plain_item(fields) => self.vk_expr(to, &field.ty, scope, value),
                (_, Value::Record(values)) => {
                    let mut map = to.serialize_map(None)?;
                    self.vk_fields(&mut map, fields, values, scope, Level::Record, None)?;
                    map.end()
                }
                (_, value) => vk_scalar(to, value),
            },
        }
    }

    fn vk_expr<S: Serializer>(
        &self,
        to: S,
        expr: &'a TypeExpr,
        scope: &Scope<'a>,
        value: &'a Value,
    ) -> Result<S::Ok, S::Error> {
        let schema = self.codec.schema();
        match (expr, value) {
            (TypeExpr::Var { generic, .. }, value) => match scope.variable(*generic) {
                Some(closure) => self.vk_expr(to, closure.expr, &closure.scope, value),
                None => vk_scalar(to, value),
            },
            (TypeExpr::Vector { item, .. }, Value::List(items)) => {
                if let Some(of) = entry(schema, item) {
                    return self.vk_entries(to, of, item, scope, items);
                }
                self.list(to, items, |value| Part::Value { expr: item, scope: scope.clone(), value, short: false })
            }
            (TypeExpr::Repeat { fields, .. }, Value::List(items)) => {
                if let [field] = &**fields
                    && is_plain_item(fields)
                    && let Some(of) = entry(schema, &field.ty)
                {
                    return self.vk_entries(to, of, &field.ty, scope, items);
                }
                self.list(to, items, |value| Part::Item { fields, scope: scope.clone(), value })
            }
            (TypeExpr::Boxed { ty, args }, Value::Object(object)) => {
                let inner = |constructor: &'a Combinator| scope.enter_types(constructor, args);
                match shape(schema, *ty) {
                    Some(Shape::Maybe { some, .. }) => self.vk_maybe(to, object, some, inner),
                    Some(Shape::Enum) => to.serialize_str(self.vk_name(object)),
                    Some(Shape::Union) => self.vk_named(to, object, inner),
                    Some(Shape::Struct(_)) | None => self.vk_fields_of(to, object, inner),
                }
            }
            (TypeExpr::Bare { args, .. } | TypeExpr::Refined { args, .. }, Value::Object(object)) => {
                self.vk_fields_of(to, object, |constructor| scope.enter_types(constructor, args))
            }
            (TypeExpr::Object | TypeExpr::Function { .. }, value) => self.vk_dynamic(to, value),
            // What has a fixed length is no text.
            (TypeExpr::Primitive { primitive, .. }, Value::Bytes(bytes)) if !is_string(*primitive) => {
                single(to, "base64", &crate::json::base64(bytes))
            }
            (_, Value::Object(object)) => self.vk_fields_of(to, object, Scope::root),
            (_, value) => vk_scalar(to, value),
        }
    }

    fn vk_dynamic<S: Serializer>(&self, to: S, value: &'a Value) -> Result<S::Ok, S::Error> {
        match value {
            Value::Object(object) => self.vk_named(to, object, Scope::root),
            Value::List(items) => self.list(to, items, Part::Dynamic),
            Value::True => single(to, "type", "true"),
            value => vk_scalar(to, value),
        }
    }

    /// A dictionary: an object, unless two keys are one, or a key is no text.
    fn vk_entries<S: Serializer>(
        &self,
        to: S,
        of: CombinatorIdx,
        item: &'a TypeExpr,
        scope: &Scope<'a>,
        items: &'a [Value],
    ) -> Result<S::Ok, S::Error> {
        let TypeExpr::Bare { args, .. } = item else { return to.serialize_none() };
        let combinator = self.codec.schema().combinator(of);
        let inner = scope.enter_types(combinator, args);
        let keys: Option<Vec<String>> = items.iter().map(text_of_key).collect();
        let keys = keys.filter(|keys| {
            let mut seen = std::collections::HashSet::new();
            has_key_type(combinator, &inner) && keys.iter().all(|key| seen.insert(key))
        });
        let Some(keys) = keys else {
            return self.list(to, items, |value| Part::Value { expr: item, scope: scope.clone(), value, short: false });
        };
        let mut map = to.serialize_map(Some(items.len()))?;
        for (key, item) in keys.iter().zip(items) {
            let Value::Object(Object { fields, .. }) = item else { continue };
            let Some(Some(value)) = fields.get(1) else { continue };
            let expr = &combinator.params[1].ty;
            map.serialize_entry(key, &self.part(Part::Value { expr, scope: inner.clone(), value, short: false }))?;
        }
        map.end()
    }

    fn vk_maybe<S: Serializer>(
        &self,
        to: S,
        object: &'a Object,
        some: CombinatorIdx,
        scope: impl FnOnce(&'a Combinator) -> Scope<'a>,
    ) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        if object.combinator == some {
            map.serialize_entry("ok", &true)?;
            let combinator = self.codec.schema().combinator(some);
            let scope = scope(combinator);
            if let (Some(Some(value)), [param]) = (object.fields.first(), &*combinator.params)
                && !self.is_empty(&param.ty, &scope, value)
            {
                let part = Part::Value { expr: &param.ty, scope, value, short: false };
                map.serialize_entry("value", &self.part(part))?;
            }
        }
        map.end()
    }

    /// `{"type": name, "value": fields}`.
    fn vk_named<S: Serializer>(
        &self,
        to: S,
        object: &'a Object,
        scope: impl FnOnce(&'a Combinator) -> Scope<'a>,
    ) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        map.serialize_entry("type", self.vk_name(object))?;
        if let Some(combinator) = self.codec.schema().combinators.get(object.combinator.0 as usize)
            && !combinator.params.is_empty()
        {
            let fields = Fields { typed: self, object, scope: scope(combinator) };
            map.serialize_entry("value", &fields)?;
        }
        map.end()
    }

    fn vk_name(&self, object: &Object) -> &'a str {
        self.codec.schema().combinators.get(object.combinator.0 as usize).map_or("", |found| found.name.full())
    }

    fn vk_fields_of<S: Serializer>(
        &self,
        to: S,
        object: &'a Object,
        scope: impl FnOnce(&'a Combinator) -> Scope<'a>,
    ) -> Result<S::Ok, S::Error> {
        let Some(combinator) = self.codec.schema().combinators.get(object.combinator.0 as usize) else {
            return to.serialize_none();
        };
        let scope = scope(combinator);
        if let Some(place) = wrapped(&combinator.params)
            && let Some(Some(value)) = object.fields.get(place)
        {
            return self.vk_expr(to, &combinator.params[place].ty, &scope, value);
        }
        let mut map = to.serialize_map(None)?;
        self.vk_fields(
            &mut map,
            &combinator.params,
            &object.fields,
            &scope,
            Level::Combinator,
            Some(object.combinator),
        )?;
        map.end()
    }

    fn vk_fields<M: SerializeMap>(
        &self,
        map: &mut M,
        params: &'a [Param],
        values: &'a [Option<Value>],
        scope: &Scope<'a>,
        level: Level,
        owner: Option<CombinatorIdx>,
    ) -> Result<(), M::Error> {
        for (place, (param, value)) in params.iter().zip(values).enumerate() {
            let Some(value) = value else { continue };
            let is_left_out = match param.condition {
                // A bit of a word of another object says it already.
                Some(condition) => is_true(&param.ty) && level.param(condition.word).is_none(),
                None => self.is_empty(&param.ty, scope, value),
            };
            if is_left_out {
                continue;
            }
            let answer = owner.and_then(|owner| self.codec.answer_of_value(owner, place, value));
            let part = Part::Value { expr: answer.unwrap_or(&param.ty), scope: scope.clone(), value, short: false };
            self.entry(map, &key(params, place), owner, part, value)?;
        }
        Ok(())
    }

    /// Whether a value is what a reader takes for a field that is not there.
    fn is_empty(&self, expr: &'a TypeExpr, scope: &Scope<'a>, value: &'a Value) -> bool {
        match (expr, value) {
            (TypeExpr::Var { generic, .. }, value) => {
                let closure = scope.variable(*generic);
                closure.is_some_and(|closure| self.is_empty(closure.expr, &closure.scope, value))
            }
            (TypeExpr::Object | TypeExpr::Function { .. }, _) => false,
            (_, Value::Nat(value)) => *value == 0,
            (_, Value::Int(value)) => *value == 0,
            (_, Value::Long(value)) => *value == 0,
            (_, Value::Float(value)) => value.to_bits() == 0,
            (_, Value::Double(value)) => value.to_bits() == 0,
            (_, Value::Bool(value)) => !value,
            (_, Value::True) => true,
            (_, Value::Text(text)) => text.is_empty(),
            (_, Value::Bytes(bytes)) => bytes.iter().all(|byte| *byte == 0) && is_as_long_as_empty(expr, bytes),
            (_, Value::List(items)) => items.is_empty(),
            (TypeExpr::Boxed { ty, args }, Value::Object(object)) => match shape(self.codec.schema(), *ty) {
                Some(Shape::Maybe { none, .. }) => object.combinator == none,
                Some(Shape::Struct(only)) => self.is_empty_wrapper(only, args, scope, object),
                _ => false,
            },
            (TypeExpr::Bare { constructor, args }, Value::Object(object)) => {
                self.is_empty_wrapper(*constructor, args, scope, object)
            }
            _ => false,
        }
    }

    fn is_empty_wrapper(&self, of: CombinatorIdx, args: &'a [TypeArg], scope: &Scope<'a>, object: &'a Object) -> bool {
        let combinator = self.codec.schema().combinator(of);
        let Some(place) = wrapped(&combinator.params) else { return false };
        match object.fields.get(place) {
            Some(Some(value)) => {
                self.is_empty(&combinator.params[place].ty, &scope.enter_types(combinator, args), value)
            }
            _ => false,
        }
    }
}

/// The fields of an object, as the value of a key.
struct Fields<'t, 'a> {
    typed: &'t Typed<'a>,
    object: &'a Object,
    scope: Scope<'a>,
}

impl serde::Serialize for Fields<'_, '_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.typed.vk_fields_of(to, self.object, |_| self.scope.clone())
    }
}

/// A string is empty, what has a fixed length is zeros.
fn is_as_long_as_empty(expr: &TypeExpr, bytes: &[u8]) -> bool {
    matches!(expr, TypeExpr::Primitive { primitive, .. } if !is_string(*primitive)) || bytes.is_empty()
}

fn is_string(primitive: Primitive) -> bool {
    matches!(primitive, Primitive::String | Primitive::Bytes)
}

/// Whether the keys of a dictionary are of a type that may be one.
fn has_key_type(combinator: &Combinator, scope: &Scope<'_>) -> bool {
    match &combinator.params[0].ty {
        TypeExpr::Var { generic, .. } => scope.variable(*generic).is_some_and(|closure| is_key_type(closure.expr)),
        expr => is_key_type(expr),
    }
}

fn text_of_key(entry: &Value) -> Option<String> {
    let Value::Object(Object { fields, .. }) = entry else { return None };
    match fields.first()?.as_ref()? {
        Value::Text(text) => Some(text.clone()),
        Value::Int(number) => Some(number.to_string()),
        Value::Nat(number) => Some(number.to_string()),
        Value::Long(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A value without parts.
fn vk_scalar<S: Serializer>(to: S, value: &Value) -> Result<S::Ok, S::Error> {
    let special = |value: f64| match value {
        f64::INFINITY => Some("+Inf"),
        f64::NEG_INFINITY => Some("-Inf"),
        _ => None,
    };
    match value {
        Value::Nat(value) => to.serialize_u32(*value),
        Value::Int(value) => to.serialize_i32(*value),
        Value::Long(value) => to.serialize_i64(*value),
        Value::Double(value) if value.is_finite() => to.serialize_f64(*value),
        Value::Double(value) if value.to_bits() == NAN => to.serialize_str("NaN"),
        Value::Double(value) => match special(*value) {
            Some(name) => to.serialize_str(name),
            None => single(to, "f64le", &hex::encode(&value.to_le_bytes())),
        },
        Value::Float(value) if value.is_finite() => to.serialize_f32(*value),
        Value::Float(value) if value.to_bits() == SHORT_NAN => to.serialize_str("NaN"),
        Value::Float(value) => match special(f64::from(*value)) {
            Some(name) => to.serialize_str(name),
            None => single(to, "f32le", &hex::encode(&value.to_le_bytes())),
        },
        Value::Bool(value) => to.serialize_bool(*value),
        Value::True => to.serialize_bool(true),
        Value::Text(text) => to.serialize_str(text),
        Value::Bytes(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => to.serialize_str(text),
            Err(_) => single(to, "base64", &crate::json::base64(bytes)),
        },
        Value::Raw(bytes) => single(to, "base64", &crate::json::base64(bytes)),
        Value::List(_) | Value::Record(_) | Value::Object(_) => to.serialize_none(),
    }
}
