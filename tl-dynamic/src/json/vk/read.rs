//! JSON of VK -> value.

use serde_json::{Map, Value as Json};
use tlgen_model::schema::{
    Combinator, CombinatorIdx, Condition, Param, Primitive, SectionKind, TypeArg, TypeExpr, TypeIdx,
};

use super::write::{NAN, SHORT_NAN};
use super::{Shape, entry, is_true, names, shape, wrapped};
use crate::MAX_DEPTH;
use crate::codec::Codec;
use crate::error::{JsonErrorKind, SchemaFault, Step};
use crate::json::read::{Fault, at, digits, expected, integer};
use crate::json::{JsonForm, from_base64, key};
use crate::root::Root;
use crate::scope::{Level, Scope, only_constructor, refined};
use crate::value::{Object, Value, is_plain_item};
use crate::wire::primitive_size;

/// How many items the lists that are not there may have in all: their counts say so, and they are empty.
const MAX_EMPTY_ITEMS: u32 = 1024;

pub(in crate::json) struct Reader<'c> {
    codec: &'c Codec<'c>,
    depth: usize,
    /// How many items there may still be in lists that are not there.
    empty_items: u32,
}

/// JSON, or nothing where a field is not there: then the value is empty.
type Given<'j> = Option<&'j Json>;

impl<'c> Reader<'c> {
    pub(in crate::json) fn new(codec: &'c Codec<'c>) -> Self {
        Self { codec, depth: 0, empty_items: MAX_EMPTY_ITEMS }
    }

    pub(in crate::json) fn root(&mut self, root: Root<'c>, json: &Json) -> Result<Value, Fault> {
        match root {
            Root::Any => self.dynamic(None, json),
            Root::Type(ty) => self.expr(ty, false, &mut Scope::default(), Some(json)),
            Root::Boxed(idx) | Root::Bare(idx) => {
                let scope = Scope::root(self.codec.schema().combinator(idx));
                self.object(idx, scope, Some(json)).map(Value::Object)
            }
        }
    }

    fn expr(&mut self, expr: &'c TypeExpr, bare: bool, scope: &mut Scope<'c>, json: Given<'_>) -> Result<Value, Fault> {
        let schema = self.codec.schema();
        match expr {
            TypeExpr::Nat => nat(json).map(Value::Nat),
            TypeExpr::Primitive { primitive, .. } => primitive_value(*primitive, json),
            TypeExpr::Object => self.dynamic(None, json.ok_or_else(|| expected("an object with `type` and `value`"))?),
            TypeExpr::Function { .. } => {
                self.dynamic(Some(SectionKind::Functions), json.ok_or_else(|| expected("a function"))?)
            }
            TypeExpr::Vector { item, .. } => match json {
                None => Ok(Value::List(Vec::new())),
                Some(json) => self.list(item, scope, json),
            },
            TypeExpr::Repeat { count, fields } => {
                let count = scope.number(count).ok_or(SchemaFault::Number)?;
                self.repeat(count, fields, scope, json)
            }
            TypeExpr::Boxed { ty, args } if !bare => self.boxed(*ty, args, scope, json),
            TypeExpr::Boxed { ty, args } => {
                let only = only_constructor(schema, *ty).ok_or(SchemaFault::Bare(*ty))?;
                self.constructor(only, args, scope, json)
            }
            TypeExpr::Bare { constructor, args } => self.constructor(*constructor, args, scope, json),
            TypeExpr::Unresolved => Err(SchemaFault::Unresolved.into()),
            TypeExpr::Refined { ty, args } => {
                let (constructor, inner) = refined(schema, *ty, args, scope).ok_or(SchemaFault::Arguments)?;
                self.object(constructor, inner, json).map(Value::Object)
            }
            TypeExpr::Var { generic, bare: percent } => {
                let closure = scope.variable(*generic).ok_or(SchemaFault::Unbound)?;
                self.expr(closure.expr, bare || *percent || closure.bare, &mut closure.scope.clone(), json)
            }
        }
    }

    fn boxed(&mut self, ty: TypeIdx, args: &'c [TypeArg], scope: &Scope<'c>, json: Given<'_>) -> Result<Value, Fault> {
        let schema = self.codec.schema();
        let first = schema.ty(ty).constructors.first().copied();
        match shape(schema, ty) {
            None => Err(expected("a value of a type with constructors")),
            Some(Shape::Struct(only)) => self.constructor(only, args, scope, json),
            Some(Shape::Maybe { none, some }) => self.maybe(none, some, args, scope, json),
            Some(Shape::Enum) => {
                let constructor = match json {
                    None => first,
                    Some(json) => Some(self.of_type(ty, json.as_str().ok_or_else(|| expected("a name"))?)?),
                };
                self.constructor(constructor.ok_or_else(|| expected("a name"))?, args, scope, None)
            }
            Some(Shape::Union) => {
                let Some(json) = json else {
                    return self.constructor(first.ok_or_else(|| expected("an object"))?, args, scope, None);
                };
                let (name, value) = named(json)?;
                self.constructor(self.of_type(ty, name)?, args, scope, value)
            }
        }
    }

    fn maybe(
        &mut self,
        none: CombinatorIdx,
        some: CombinatorIdx,
        args: &'c [TypeArg],
        scope: &Scope<'c>,
        json: Given<'_>,
    ) -> Result<Value, Fault> {
        let empty = Map::new();
        let map = match json {
            None => &empty,
            Some(json) => json.as_object().ok_or_else(|| expected("an object with `ok` and `value`"))?,
        };
        only_keys(map, &["ok", "value"])?;
        let ok = match map.get("ok") {
            None => None,
            Some(json) => Some(json.as_bool().ok_or_else(|| expected("true or false"))?),
        };
        let value = map.get("value");
        if ok == Some(false) && value.is_some() {
            return Err(expected("no `value`, as `ok` is false"));
        }
        if ok != Some(true) && value.is_none() {
            return self.constructor(none, args, scope, None);
        }
        let combinator = self.codec.schema().combinator(some);
        let mut inner = scope.enter(combinator, args).ok_or(SchemaFault::Arguments)?;
        let value = self.deeper(|reader| reader.expr(&combinator.params[0].ty, false, &mut inner, value));
        let value = value.map_err(|error| at(error, Step::Combinator(combinator.name.clone())))?;
        Ok(Value::Object(Object { combinator: some, fields: vec![Some(value)] }))
    }

    /// The constructor of a type that has this name.
    fn of_type(&self, ty: TypeIdx, name: &str) -> Result<CombinatorIdx, Fault> {
        let schema = self.codec.schema();
        let all = &schema.ty(ty).constructors;
        let found = all.iter().copied().find(|idx| names(schema.combinator(*idx)).iter().any(|known| known == name));
        found.ok_or_else(|| match self.any(None, name) {
            Some(_) => JsonErrorKind::WrongType(schema.ty(ty).name.clone()).into(),
            None => JsonErrorKind::UnknownName(name.to_owned()).into(),
        })
    }

    fn any(&self, section: Option<SectionKind>, name: &str) -> Option<CombinatorIdx> {
        let schema = self.codec.schema();
        let (plain, id) = name.split_once('#').map_or((name, None), |(plain, id)| (plain, Some(id)));
        let found = match (plain, id) {
            ("", Some(id)) => self.codec.by_id(u32::from_str_radix(id, 16).ok()?)?,
            _ => self.codec.named(plain, section)?,
        };
        let combinator = schema.combinator(found);
        let is_meant = section.is_none_or(|section| section == combinator.kind);
        (is_meant && names(combinator).iter().any(|known| known == name)).then_some(found)
    }

    /// An `Object`, or a call of a function.
    fn dynamic(&mut self, section: Option<SectionKind>, json: &Json) -> Result<Value, Fault> {
        match json {
            Json::Bool(value) if section.is_none() => return Ok(Value::Bool(*value)),
            Json::Array(items) if section.is_none() => {
                return self.deeper(|reader| {
                    let items = items
                        .iter()
                        .enumerate()
                        .map(|(place, json)| reader.dynamic(None, json).map_err(|error| at(error, Step::Item(place))));
                    items.collect::<Result<_, _>>().map(Value::List)
                });
            }
            Json::Object(map) if section.is_none() && map.contains_key("base64") => {
                return bytes(json).map(Value::Raw);
            }
            _ => {}
        }
        let (name, value) = named(json)?;
        let Some(found) = self.any(section, name) else {
            if section.is_none() && name == "true" && value.is_none() {
                return Ok(Value::True);
            }
            return Err(JsonErrorKind::UnknownName(name.to_owned()).into());
        };
        let scope = Scope::root(self.codec.schema().combinator(found));
        self.object(found, scope, value).map(Value::Object)
    }

    fn constructor(
        &mut self,
        idx: CombinatorIdx,
        args: &'c [TypeArg],
        scope: &Scope<'c>,
        json: Given<'_>,
    ) -> Result<Value, Fault> {
        let inner = scope.enter(self.codec.schema().combinator(idx), args).ok_or(SchemaFault::Arguments)?;
        self.object(idx, inner, json).map(Value::Object)
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(JsonErrorKind::TooDeep.into());
        }
        self.depth += 1;
        let value = read(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self, idx: CombinatorIdx, mut scope: Scope<'c>, json: Given<'_>) -> Result<Object, Fault> {
        let combinator: &'c Combinator = self.codec.schema().combinator(idx);
        let params = &*combinator.params;
        let read = self.deeper(|reader| match wrapped(params) {
            Some(0) => Ok(vec![Some(reader.expr(&params[0].ty, false, &mut scope, json)?)]),
            Some(place) => {
                let TypeExpr::Repeat { fields, .. } = &params[place].ty else { return Err(expected("a list")) };
                let items = match json {
                    None => Value::List(Vec::new()),
                    Some(json) => reader.items(fields, &mut scope, json)?,
                };
                let Value::List(list) = &items else { return Err(expected("a list")) };
                let count = u32::try_from(list.len()).map_err(|_| expected("fewer items"))?;
                Ok(vec![Some(Value::Nat(count)), Some(items)])
            }
            None => reader.fields(params, &mut scope, Level::Combinator, Some(idx), json),
        });
        let fields = read.map_err(|error| at(error, Step::Combinator(combinator.name.clone())))?;
        Ok(Object { combinator: idx, fields })
    }

    fn fields(
        &mut self,
        params: &'c [Param],
        scope: &mut Scope<'c>,
        level: Level,
        of: Option<CombinatorIdx>,
        json: Given<'_>,
    ) -> Result<Vec<Option<Value>>, Fault> {
        let empty = Map::new();
        let map = match json {
            None => &empty,
            Some(json) => json.as_object().ok_or_else(|| expected("an object"))?,
        };
        let keys: Vec<String> = (0..params.len()).map(|place| key(params, place)).collect();
        only_keys(map, &keys.iter().map(String::as_str).collect::<Vec<_>>())?;
        let given: Vec<Given<'_>> = keys.iter().map(|key| map.get(key)).collect();
        let words = words(params, &given, level).map_err(|(place, error)| in_field(error, params, place))?;
        for (place, word) in words.iter().enumerate() {
            if let (TypeExpr::Nat, Some(word)) = (&params[place].ty, word) {
                scope.set_word(level.place(place), *word);
            }
        }
        let mut fields = Vec::with_capacity(params.len());
        for (place, param) in params.iter().enumerate() {
            let is_there = param.condition.is_none_or(|condition| scope.word(condition.word) >> condition.bit & 1 == 1);
            let is_switched_off = is_true(&param.ty) && given[place] == Some(&Json::Bool(false));
            let value = match (&param.ty, given[place]) {
                (_, None) if !is_there => None,
                _ if !is_there && is_switched_off => None,
                _ if !is_there => return Err(in_field(expected("no field, as its bit is not set"), params, place)),
                _ if is_switched_off && param.condition.is_some() => {
                    return Err(in_field(expected("true, as its bit is set"), params, place));
                }
                (TypeExpr::Nat, _) => Some(Value::Nat(words[place].unwrap_or(0))),
                (ty, json) => {
                    let name = json.and_then(|json| json.get(JsonForm::Vk.tag())).and_then(Json::as_str);
                    let answer = of.and_then(|of| self.codec.answer_of_json(of, place, name));
                    let read = self.expr(answer.unwrap_or(ty), false, scope, json);
                    Some(read.map_err(|error| in_field(error, params, place))?)
                }
            };
            fields.push(value);
        }
        Ok(fields)
    }

    fn repeat(
        &mut self,
        count: u32,
        fields: &'c [Param],
        scope: &mut Scope<'c>,
        json: Given<'_>,
    ) -> Result<Value, Fault> {
        if let Some(json) = json {
            let list = self.items(fields, scope, json)?;
            return match &list {
                Value::List(items) if items.len() as u64 == u64::from(count) => Ok(list),
                _ => Err(expected("as many items as the count says")),
            };
        }
        let left = self.empty_items.checked_sub(count);
        self.empty_items = left.ok_or_else(|| expected("as many items as the count says"))?;
        (0..count).map(|_| self.item(fields, scope, None)).collect::<Result<_, _>>().map(Value::List)
    }

    fn item(&mut self, fields: &'c [Param], scope: &mut Scope<'c>, json: Given<'_>) -> Result<Value, Fault> {
        scope.enter_record();
        let item = match fields {
            [field] if is_plain_item(fields) => self.expr(&field.ty, false, scope, json)?,
            _ => Value::Record(self.fields(fields, scope, Level::Record, None, json)?),
        };
        scope.leave_record();
        Ok(item)
    }

    /// The items of a repetition.
    fn items(&mut self, fields: &'c [Param], scope: &mut Scope<'c>, json: &Json) -> Result<Value, Fault> {
        if let ([field], Json::Object(_)) = (fields, json)
            && is_plain_item(fields)
        {
            return self.list(&field.ty, scope, json);
        }
        let items = json.as_array().ok_or_else(|| expected("an array"))?.iter().enumerate();
        let items = items
            .map(|(place, json)| self.item(fields, scope, Some(json)).map_err(|error| at(error, Step::Item(place))));
        items.collect::<Result<_, _>>().map(Value::List)
    }

    /// Items of one type: an array, or of a dictionary an object.
    fn list(&mut self, item: &'c TypeExpr, scope: &mut Scope<'c>, json: &Json) -> Result<Value, Fault> {
        if let (Json::Object(map), Some(of), TypeExpr::Bare { args, .. }) =
            (json, entry(self.codec.schema(), item), item)
        {
            let combinator = self.codec.schema().combinator(of);
            let mut inner = scope.enter(combinator, args).ok_or(SchemaFault::Arguments)?;
            let [key, value] = &*combinator.params else { return Err(expected("an array")) };
            let entries = map.iter().enumerate().map(|(place, (name, json))| {
                let fields = (|| {
                    let name = Json::String(name.clone());
                    let key = self.expr(&key.ty, false, &mut inner, Some(&name))?;
                    Ok(vec![Some(key), Some(self.expr(&value.ty, false, &mut inner, Some(json))?)])
                })();
                let fields: Vec<Option<Value>> = fields.map_err(|error| at(error, Step::Item(place)))?;
                Ok(Value::Object(Object { combinator: of, fields }))
            });
            return entries.collect::<Result<_, Fault>>().map(Value::List);
        }
        let items = json.as_array().ok_or_else(|| expected("an array"))?.iter().enumerate();
        let items = items.map(|(place, json)| {
            self.expr(item, false, scope, Some(json)).map_err(|error| at(error, Step::Item(place)))
        });
        items.collect::<Result<_, _>>().map(Value::List)
    }
}

/// The words among the fields: what the JSON says, with the bits of the fields that are there. Nothing for other fields, and for a word
/// that nothing needs.
fn words(params: &[Param], given: &[Given<'_>], level: Level) -> Result<Vec<Option<u32>>, (usize, Fault)> {
    let mut words = vec![None; params.len()];
    for (place, param) in params.iter().enumerate() {
        if let (TypeExpr::Nat, Some(json)) = (&param.ty, given[place]) {
            words[place] = Some(nat(Some(json)).map_err(|error| (place, error))?);
        }
    }
    // A word that depends on a bit of another one needs this bit in turn. Each round settles one more.
    for _ in 0..=params.len() {
        let before = words.clone();
        for (place, param) in params.iter().enumerate() {
            let is_switched_off = is_true(&param.ty) && given[place] == Some(&Json::Bool(false));
            let is_there = words[place].is_some() || given[place].is_some() && !is_switched_off;
            if let Some(Condition { word, bit }) = param.condition.filter(|_| is_there)
                && let Some(word) = level.param(word).and_then(|word| words.get_mut(word))
            {
                *word = Some(word.unwrap_or(0) | 1 << bit);
            }
        }
        if words == before {
            break;
        }
    }
    Ok(words)
}

fn in_field(mut error: Fault, params: &[Param], place: usize) -> Fault {
    error.path.push_field(&params[place], place);
    error
}

fn only_keys(map: &Map<String, Json>, known: &[&str]) -> Result<(), Fault> {
    match map.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(JsonErrorKind::UnknownField(unknown.clone()).into()),
        None => Ok(()),
    }
}

/// The parts of `{"type": name, "value": ...}`.
fn named(json: &Json) -> Result<(&str, Given<'_>), Fault> {
    let what = || expected("an object with `type` and `value`");
    let map = json.as_object().ok_or_else(what)?;
    only_keys(map, &["type", "value"])?;
    Ok((map.get("type").and_then(Json::as_str).ok_or_else(what)?, map.get("value")))
}

fn nat(json: Given<'_>) -> Result<u32, Fault> {
    let number = json.map_or(Some(0), integer);
    number.and_then(|number| number.try_into().ok()).ok_or_else(|| expected("a number of 32 bits without sign"))
}

fn primitive_value(primitive: Primitive, json: Given<'_>) -> Result<Value, Fault> {
    match primitive {
        Primitive::Int => {
            let number = json.map_or(Some(0), integer).and_then(|number| number.try_into().ok());
            number.map(Value::Int).ok_or_else(|| expected("a number of 32 bits"))
        }
        Primitive::Long => {
            json.map_or(Some(0), integer).map(Value::Long).ok_or_else(|| expected("a number of 64 bits"))
        }
        Primitive::Double => match json {
            None => Ok(Value::Double(0.0)),
            Some(json) => double(json).map(Value::Double),
        },
        Primitive::Float => match json {
            None => Ok(Value::Float(0.0)),
            Some(json) => float(json).map(Value::Float),
        },
        Primitive::Bool => match json {
            None => Ok(Value::Bool(false)),
            Some(json) => json.as_bool().map(Value::Bool).ok_or_else(|| expected("true or false")),
        },
        Primitive::True => match json {
            None | Some(Json::Bool(true)) => Ok(Value::True),
            Some(Json::Object(map)) if map.is_empty() => Ok(Value::True),
            Some(_) => Err(expected("true")),
        },
        Primitive::String => match json {
            None => Ok(Value::Text(String::new())),
            Some(json) => bytes(json).map(|bytes| match String::from_utf8(bytes) {
                Ok(text) => Value::Text(text),
                Err(error) => Value::Bytes(error.into_bytes()),
            }),
        },
        Primitive::Bytes => json.map_or(Ok(Vec::new()), bytes).map(Value::Bytes),
        Primitive::Int128 | Primitive::Int256 | Primitive::Int512 => {
            let size = primitive_size(primitive);
            let bytes = json.map_or(Ok(vec![0; size]), base64_bytes)?;
            if bytes.len() != size {
                return Err(expected("16, 32 or 64 bytes, as long as the type says"));
            }
            Ok(Value::Bytes(bytes))
        }
    }
}

/// Text, or `{"base64": text}`.
fn bytes(json: &Json) -> Result<Vec<u8>, Fault> {
    match json {
        Json::String(text) => Ok(text.clone().into_bytes()),
        Json::Object(_) => base64_bytes(json),
        _ => Err(expected("text, or an object with `base64`")),
    }
}

fn base64_bytes(json: &Json) -> Result<Vec<u8>, Fault> {
    let map = json.as_object().ok_or_else(|| expected("an object with `base64`"))?;
    only_keys(map, &["base64"])?;
    let text = map.get("base64").and_then(Json::as_str);
    text.and_then(from_base64).ok_or_else(|| expected("text of Base64"))
}

fn double(json: &Json) -> Result<f64, Fault> {
    match json {
        Json::String(text) => match text.as_str() {
            "NaN" => Some(f64::from_bits(NAN)),
            "+Inf" => Some(f64::INFINITY),
            "-Inf" => Some(f64::NEG_INFINITY),
            text => text.parse().ok().filter(|value: &f64| value.is_finite()),
        }
        .ok_or_else(|| expected("a number")),
        Json::Object(map) => {
            only_keys(map, &["f64le"])?;
            let bits = digits(map.get("f64le").unwrap_or(&Json::Null))?.try_into();
            bits.map(f64::from_le_bytes).map_err(|_| expected("the hex form of the bytes of a number"))
        }
        json => json.as_f64().ok_or_else(|| expected("a number")),
    }
}

fn float(json: &Json) -> Result<f32, Fault> {
    match json {
        Json::String(text) if text == "NaN" => Ok(f32::from_bits(SHORT_NAN)),
        Json::Object(map) if map.contains_key("f32le") => {
            only_keys(map, &["f32le"])?;
            let bits = digits(map.get("f32le").unwrap_or(&Json::Null))?.try_into();
            bits.map(f32::from_le_bytes).map_err(|_| expected("the hex form of the bytes of a number"))
        }
        Json::Object(_) => Err(expected("a number")),
        #[expect(clippy::cast_possible_truncation, reason = "the number was written from 32 bits")]
        json => double(json).map(|value| value as f32),
    }
}
