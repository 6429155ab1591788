//! JSON Schema of the JSON of VK's tools.

use serde_json::{Value as Json, json};
use tlgen_model::schema::{CombinatorIdx, NatExpr, Primitive, TypeExpr, TypeIdx};

use super::{Builder, array, never, scalar};
use crate::json::vk::{Shape, entry, is_key_type, names, shape, wrapped};
use crate::scope::{Level, Scope};

impl<'c> Builder<'c> {
    pub(super) fn vk_combinator(&mut self, idx: CombinatorIdx, scope: &Scope<'c>) -> Json {
        let params = &self.codec.schema().combinator(idx).params;
        match wrapped(params) {
            // A reference with a description beside it.
            Some(place) => self.expr(&params[place].ty, false, scope),
            None => self.fields(params, scope, Level::Combinator, None),
        }
    }

    pub(super) fn vk_type(&mut self, ty: TypeIdx, all: &[(CombinatorIdx, Scope<'c>)]) -> Json {
        let schema = self.codec.schema();
        match shape(schema, ty) {
            None => never("a type without constructors"),
            Some(Shape::Struct(_)) => {
                let all = all.iter().map(|(idx, scope)| self.combinator(*idx, scope.clone()));
                all.last().unwrap_or_else(|| never("a type without constructors"))
            }
            Some(Shape::Enum) => {
                let all = all.iter().flat_map(|(idx, _)| names(schema.combinator(*idx)));
                json!({ "enum": all.collect::<Vec<_>>() })
            }
            Some(Shape::Union) => {
                let all = all.iter().map(|(idx, scope)| self.vk_stated(*idx, scope.clone()));
                json!({ "anyOf": all.collect::<Vec<_>>() })
            }
            Some(Shape::Maybe { some, .. }) => {
                let Some((_, scope)) = all.iter().find(|(idx, _)| *idx == some) else { return never("no value") };
                let held = &schema.combinator(some).params[0].ty;
                let value = self.expr(held, false, scope);
                let mut there = json!({ "properties": { "ok": { "const": true }, "value": value } });
                if self.vk_is_always_there(held, scope) {
                    there["required"] = json!(["value"]);
                }
                json!({
                    "type": "object",
                    "properties": { "ok": { "type": "boolean" }, "value": true },
                    "additionalProperties": false,
                    "anyOf": [{ "properties": { "ok": { "const": false }, "value": false } }, there],
                })
            }
        }
    }

    /// `{"type": name, "value": ...}`.
    pub(super) fn vk_stated(&mut self, idx: CombinatorIdx, scope: Scope<'c>) -> Json {
        let combinator = self.codec.schema().combinator(idx);
        let value = self.combinator(idx, scope);
        let required = if combinator.params.is_empty() { json!(["type"]) } else { json!(["type", "value"]) };
        json!({
            "type": "object",
            "properties": { "type": { "enum": names(combinator) }, "value": value },
            "required": required,
            "additionalProperties": false,
        })
    }

    /// A list whose items are entries: an object, or an array of them.
    pub(super) fn vk_dictionary(&mut self, item: &'c TypeExpr, scope: &Scope<'c>, count: Option<u32>) -> Option<Json> {
        let schema = self.codec.schema();
        let of = entry(schema, item)?;
        let TypeExpr::Bare { args, .. } = item else { return None };
        let combinator = schema.combinator(of);
        let inner = scope.enter_types(combinator, args);
        let plain = {
            let item = self.expr(item, false, scope);
            array(&item, count)
        };
        let key = match &combinator.params[0].ty {
            TypeExpr::Var { generic, .. } => inner.variable(*generic)?.expr,
            expr => expr,
        };
        if !is_key_type(key) {
            return Some(plain);
        }
        let names = match key {
            TypeExpr::Nat => json!({ "pattern": scalar::unsigned() }),
            TypeExpr::Primitive { primitive: Primitive::Int, .. } => json!({ "pattern": scalar::signed(32) }),
            TypeExpr::Primitive { primitive: Primitive::Long, .. } => json!({ "pattern": scalar::signed(64) }),
            _ => json!(true),
        };
        let value = self.expr(&combinator.params[1].ty, false, &inner);
        let mut object = json!({ "type": "object", "propertyNames": names, "additionalProperties": value });
        if let Some(count) = count {
            object["minProperties"] = count.into();
            object["maxProperties"] = count.into();
        }
        Some(json!({ "anyOf": [object, plain] }))
    }

    /// Whether a value of this type is written even if it is empty. Numbers, text, lists and the like are not.
    pub(super) fn vk_is_always_there(&self, expr: &'c TypeExpr, scope: &Scope<'c>) -> bool {
        self.is_written(expr, scope, 0)
    }

    fn is_written(&self, expr: &'c TypeExpr, scope: &Scope<'c>, level: usize) -> bool {
        let schema = self.codec.schema();
        let wrapper = |idx: CombinatorIdx, args| {
            let combinator = schema.combinator(idx);
            match wrapped(&combinator.params) {
                Some(place) => {
                    self.is_written(&combinator.params[place].ty, &scope.enter_types(combinator, args), level + 1)
                }
                None => true,
            }
        };
        match expr {
            // A wrapper within itself has no value.
            _ if level > crate::MAX_DEPTH => true,
            TypeExpr::Nat | TypeExpr::Primitive { .. } | TypeExpr::Vector { .. } => false,
            TypeExpr::Repeat { count: NatExpr::Const(count), .. } => *count > 0,
            TypeExpr::Repeat { .. } => false,
            TypeExpr::Boxed { ty, args } => match shape(schema, *ty) {
                Some(Shape::Maybe { .. }) => false,
                Some(Shape::Struct(only)) => wrapper(only, args),
                _ => true,
            },
            TypeExpr::Bare { constructor, args } => wrapper(*constructor, args),
            TypeExpr::Var { generic, .. } => {
                scope.variable(*generic).is_none_or(|closure| self.is_written(closure.expr, &closure.scope, level + 1))
            }
            TypeExpr::Object | TypeExpr::Function { .. } | TypeExpr::Refined { .. } | TypeExpr::Unresolved => true,
        }
    }
}
