//! A schema of TL -> JSON Schema (draft 2020-12) of its values, in each form.
//!
//! Each constructor, function and type is a definition, called by its name; a type with arguments is one for each choice of them, as in
//! `Maybe<int>`. What JSON Schema cannot say is left open: how many items a list has whose count is another field, and whether a
//! field is there that depends on a word of another object.

mod scalar;
mod vk;

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value as Json, json};
use tlgen_model::schema::{
    Combinator, CombinatorIdx, GenericKind, NatExpr, Param, Primitive, SectionKind, TypeArg, TypeExpr, TypeIdx,
};

use super::read::is_switch;
use super::{JsonForm, key};
use crate::codec::Codec;
use crate::root::Root;
use crate::scope::{Level, Scope, only_constructor};
use crate::value::is_plain_item;

/// How many arguments may be within each other. A type that grows with each of its values has no end.
const MAX_ARGUMENTS: usize = 8;

/// The dialect that the definitions are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the JSON of `root`, with the definitions that it needs; for [`Root::Any`], with all of them.
pub(crate) fn schema(codec: &Codec<'_>, root: Root<'_>, form: JsonForm) -> Json {
    let mut builder = Builder { codec, form, made: HashSet::new(), todo: Vec::new(), types: BTreeMap::new() };
    for (_, ty) in codec.schema().types() {
        // A type and a constructor may have one name.
        let name = ty.name.full();
        let name = if codec.by_name(name).is_some() { format!("type {name}") } else { name.to_owned() };
        builder.types.insert(ty.name.full(), name);
    }
    let root = match root {
        Root::Any => {
            for (ty, _) in codec.schema().types() {
                builder.ty(ty, &[], &Scope::default());
            }
            builder.object()
        }
        Root::Type(ty) => builder.expr(ty, false, &Scope::default()),
        Root::Boxed(idx) | Root::Bare(idx) => builder.combinator(idx, Scope::root(codec.schema().combinator(idx))),
    };
    let mut definitions = BTreeMap::new();
    while let Some((name, definition)) = builder.todo.pop() {
        let made = match definition {
            Definition::Combinator(idx, scope) => builder.definition(idx, &scope),
            Definition::Type(ty, scope) => builder.definition_of_type(ty, &scope),
            Definition::Objects => builder.definition_of_objects(),
        };
        definitions.insert(name, made);
    }
    let mut out = Map::new();
    out.insert("$schema".to_owned(), DIALECT.into());
    if let Json::Object(root) = root {
        out.extend(root);
    }
    out.insert("$defs".to_owned(), definitions.into_iter().collect::<Map<_, _>>().into());
    Json::Object(out)
}

/// What a definition is made of.
enum Definition<'c> {
    Combinator(CombinatorIdx, Scope<'c>),
    /// With the scope of its first constructor, which has the arguments.
    Type(TypeIdx, Vec<(CombinatorIdx, Scope<'c>)>),
    Objects,
}

struct Builder<'c> {
    codec: &'c Codec<'c>,
    form: JsonForm,
    /// The names of the definitions that are there or will be.
    made: HashSet<String>,
    todo: Vec<(String, Definition<'c>)>,
    /// What the definitions of types are called.
    types: BTreeMap<&'c str, String>,
}

impl<'c> Builder<'c> {
    /// A reference to a definition, which is made if it is not there.
    fn reference(&mut self, name: String, definition: Definition<'c>) -> Json {
        let address = format!("#/$defs/{}", encoded(&name));
        if self.made.insert(name.clone()) {
            self.todo.push((name, definition));
        }
        json!({ "$ref": address })
    }

    /// Any constructor or function, and what else an `Object` may be.
    fn object(&mut self) -> Json {
        self.reference("any value".to_owned(), Definition::Objects)
    }

    fn combinator(&mut self, idx: CombinatorIdx, scope: Scope<'c>) -> Json {
        let combinator = self.codec.schema().combinator(idx);
        let name = format!("{}{}", combinator.name.full(), arguments(self.codec, combinator, &scope));
        let name =
            if self.codec.by_name(combinator.name.full()) == Some(idx) { name } else { format!("function {name}") };
        self.reference(name, Definition::Combinator(idx, scope))
    }

    fn ty(&mut self, ty: TypeIdx, args: &'c [TypeArg], scope: &Scope<'c>) -> Json {
        let schema = self.codec.schema();
        let all = schema.ty(ty).constructors.iter();
        let all: Vec<_> = all.map(|idx| (*idx, scope.enter_types(schema.combinator(*idx), args))).collect();
        let arguments = match all.first() {
            Some((first, scope)) => arguments(self.codec, schema.combinator(*first), scope),
            None => String::new(),
        };
        let name = format!("{}{arguments}", self.types[schema.ty(ty).name.full()]);
        self.reference(name, Definition::Type(ty, all))
    }

    fn expr(&mut self, expr: &'c TypeExpr, bare: bool, scope: &Scope<'c>) -> Json {
        let schema = self.codec.schema();
        match expr {
            TypeExpr::Nat => scalar::nat(),
            TypeExpr::Primitive { primitive, .. } => scalar::primitive(*primitive, self.form),
            TypeExpr::Object => self.object(),
            TypeExpr::Function { .. } => {
                let all: Vec<CombinatorIdx> = schema.functions().map(|(idx, _)| idx).collect();
                self.any_of(all)
            }
            TypeExpr::Vector { item, .. } => self.list(item, scope, None),
            TypeExpr::Repeat { count, fields } => {
                let count = match count {
                    NatExpr::Const(count) => Some(*count),
                    NatExpr::Ref { .. } => None,
                };
                match &**fields {
                    [field] if is_plain_item(fields) => self.list(&field.ty, scope, count),
                    _ => {
                        let item = self.fields(fields, scope, Level::Record, None);
                        array(&item, count)
                    }
                }
            }
            TypeExpr::Boxed { ty, args } if !bare => self.ty(*ty, args, scope),
            TypeExpr::Boxed { ty, args } => match only_constructor(schema, *ty) {
                Some(only) => self.combinator(only, scope.enter_types(schema.combinator(only), args)),
                None => never("a bare type with several constructors"),
            },
            TypeExpr::Bare { constructor, args } => {
                self.combinator(*constructor, scope.enter_types(schema.combinator(*constructor), args))
            }
            // Its constructor has no id, and by the form of VK no name either.
            TypeExpr::Refined { ty, args } if self.form == JsonForm::Vk => {
                let all = schema.ty(*ty).constructors.iter();
                let all = all.map(|idx| self.combinator(*idx, scope.enter_types(schema.combinator(*idx), args)));
                json!({ "anyOf": all.collect::<Vec<_>>() })
            }
            TypeExpr::Refined { ty, args } => {
                let all = schema.ty(*ty).constructors.iter();
                let all = all.map(|idx| self.stated(*idx, scope.enter_types(schema.combinator(*idx), args)));
                json!({ "anyOf": all.collect::<Vec<_>>() })
            }
            TypeExpr::Unresolved => never("a type that is not declared"),
            TypeExpr::Var { generic, bare: percent } => match scope.variable(*generic) {
                Some(closure) if depth(closure.expr, &closure.scope) > MAX_ARGUMENTS => {
                    json!({ "$comment": "not described: the arguments of this type grow with each value within it" })
                }
                Some(closure) => self.expr(closure.expr, bare || *percent || closure.bare, &closure.scope),
                None => never("a variable that stands for nothing"),
            },
        }
    }

    fn list(&mut self, item: &'c TypeExpr, scope: &Scope<'c>, count: Option<u32>) -> Json {
        if self.form == JsonForm::Vk
            && let Some(dictionary) = self.vk_dictionary(item, scope, count)
        {
            return dictionary;
        }
        let item = self.expr(item, false, scope);
        array(&item, count)
    }

    /// One of these, each with its name.
    fn any_of(&mut self, all: Vec<CombinatorIdx>) -> Json {
        let schema = self.codec.schema();
        let all = all.into_iter().map(|idx| self.stated(idx, Scope::root(schema.combinator(idx))));
        json!({ "anyOf": all.collect::<Vec<_>>() })
    }

    /// A constructor or function that must say its name.
    fn stated(&mut self, idx: CombinatorIdx, scope: Scope<'c>) -> Json {
        if self.form == JsonForm::Vk {
            return self.vk_stated(idx, scope);
        }
        let mut reference = self.combinator(idx, scope);
        reference["required"] = json!([self.form.tag()]);
        reference
    }

    fn definition_of_objects(&mut self) -> Json {
        let schema = self.codec.schema();
        let all: Vec<CombinatorIdx> = schema
            .constructors()
            .chain(schema.functions())
            .map(|(idx, _)| idx)
            .filter(|idx| self.is_named(*idx))
            .collect();
        let named = self.any_of(all);
        let (tag, itself) = (self.form.tag(), self.object());
        let raw = match self.form {
            JsonForm::Vk => scalar::base64_object(),
            _ => single("raw", &json!({ "type": "string", "pattern": scalar::HEX })),
        };
        let mut others = vec![json!({ "type": "boolean" }), json!({ "type": "array", "items": itself }), raw];
        if self.codec.by_name("true").is_none() {
            others.push(single(tag, &json!({ "const": "true" })));
        }
        others.push(named);
        json!({ "description": "any constructor or function, a truth value, or a list of such", "anyOf": others })
    }

    /// Whether its name means this one, and not another one with the same name.
    fn is_named(&self, idx: CombinatorIdx) -> bool {
        self.codec.by_name(self.codec.schema().combinator(idx).name.full()) == Some(idx)
    }

    fn definition_of_type(&mut self, ty: TypeIdx, all: &[(CombinatorIdx, Scope<'c>)]) -> Json {
        if self.form == JsonForm::Vk {
            return self.vk_type(ty, all);
        }
        match all {
            [(only, scope)] => self.combinator(*only, scope.clone()),
            all => {
                let all = all.iter().map(|(idx, scope)| self.stated(*idx, scope.clone()));
                json!({ "anyOf": all.collect::<Vec<_>>() })
            }
        }
    }

    fn definition(&mut self, idx: CombinatorIdx, scope: &Scope<'c>) -> Json {
        let combinator = self.codec.schema().combinator(idx);
        let mut made = match self.form {
            JsonForm::Vk => self.vk_combinator(idx, scope),
            _ => self.fields(&combinator.params, scope, Level::Combinator, Some(idx)),
        };
        let what = match combinator.kind {
            SectionKind::Types => "constructor",
            SectionKind::Functions => "function",
        };
        let description = match &combinator.description {
            Some(said) => format!("{said}\n\n{what} {}", combinator.declaration),
            None => format!("{what} {}", combinator.declaration),
        };
        if let Json::Object(made) = &mut made {
            made.insert("description".to_owned(), description.into());
        }
        made
    }

    /// An object with these fields. Each may be left out that follows from others.
    fn fields(&mut self, params: &'c [Param], scope: &Scope<'c>, level: Level, of: Option<CombinatorIdx>) -> Json {
        let mut properties = Map::new();
        if let Some(of) = of {
            let name = self.codec.schema().combinator(of).name.full();
            properties.insert(self.form.tag().to_owned(), json!({ "const": name }));
        }
        let mut required = Vec::new();
        for (place, param) in params.iter().enumerate() {
            let mut schema = self.expr(&param.ty, false, scope);
            if is_switch(param) {
                schema = json!({ "type": "boolean" });
            }
            if let (Some(said), Json::Object(schema)) = (&param.description, &mut schema) {
                schema.insert("description".to_owned(), said.to_string().into());
            }
            let name = key(params, place);
            if self.must_be_there(params, place, scope, level) {
                required.push(Json::from(name.clone()));
            }
            properties.insert(name, schema);
        }
        let together = together(params, level);
        let mut made = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        if !required.is_empty() {
            made["required"] = required.into();
        }
        if !together.is_empty() && self.form != JsonForm::Vk {
            made["allOf"] = together.into();
        }
        made
    }

    fn must_be_there(&self, params: &'c [Param], place: usize, scope: &Scope<'c>, level: Level) -> bool {
        let param = &params[place];
        match &param.ty {
            _ if param.condition.is_some() => false,
            _ if self.form == JsonForm::Vk => self.vk_is_always_there(&param.ty, scope),
            TypeExpr::Nat => {
                let nat = level.place(place);
                !params.iter().any(|param| {
                    let counts = matches!(&param.ty, TypeExpr::Repeat { count: NatExpr::Ref { nat: counted, .. }, .. }
                        if *counted == nat && param.condition.is_none());
                    counts || param.condition.is_some_and(|condition| condition.word == nat)
                })
            }
            _ => true,
        }
    }
}

/// Fields that share a bit are there together: if one is, the next must be, and after the last the first.
fn together(params: &[Param], level: Level) -> Vec<Json> {
    let mut groups: BTreeMap<(usize, u8), Vec<usize>> = BTreeMap::new();
    for (place, param) in params.iter().enumerate() {
        if let Some(condition) = param.condition
            && let Some(word) = level.param(condition.word)
        {
            groups.entry((word, condition.bit)).or_default().push(place);
        }
    }
    let is_there = |place: usize| {
        let name = key(params, place);
        match is_switch(&params[place]) {
            true => json!({ "properties": { name.as_str(): { "const": true } }, "required": [name] }),
            false => json!({ "required": [name] }),
        }
    };
    let groups = groups.into_values().filter(|group| group.len() > 1);
    let rules = groups.flat_map(|group| {
        let next = group.iter().cycle().skip(1);
        group
            .iter()
            .zip(next)
            .map(|(this, next)| json!({ "if": is_there(*this), "then": is_there(*next) }))
            .collect::<Vec<_>>()
    });
    rules.collect()
}

fn array(item: &Json, count: Option<u32>) -> Json {
    match count {
        Some(count) => json!({ "type": "array", "items": item, "minItems": count, "maxItems": count }),
        None => json!({ "type": "array", "items": item }),
    }
}

/// An object with one key.
fn single(key: &str, value: &Json) -> Json {
    json!({ "type": "object", "properties": { key: value }, "required": [key], "additionalProperties": false })
}

/// What no value is.
fn never(why: &str) -> Json {
    json!({ "$comment": why, "not": {} })
}

/// The types that the variables of a combinator stand for, as in `<int,Vector<long>>`; nothing if it has none. Numbers do not
/// matter.
fn arguments<'c>(codec: &Codec<'c>, combinator: &Combinator, scope: &Scope<'c>) -> String {
    let types = (0..).zip(&*combinator.generics).filter(|(_, generic)| generic.kind == GenericKind::Type);
    let types: Vec<String> = types
        .map(|(place, _)| match scope.variable(place) {
            Some(closure) => {
                let percent = if closure.bare { "%" } else { "" };
                format!("{percent}{}", text(codec, closure.expr, &closure.scope, 0))
            }
            None => "?".to_owned(),
        })
        .collect();
    if types.is_empty() { String::new() } else { format!("<{}>", types.join(",")) }
}

/// A type as text: the same only for the same JSON.
fn text<'c>(codec: &Codec<'c>, expr: &'c TypeExpr, scope: &Scope<'c>, level: usize) -> String {
    let schema = codec.schema();
    let args = |args: &'c [TypeArg]| {
        let types = args.iter().filter_map(|arg| match arg {
            TypeArg::Type(expr) => Some(text(codec, expr, scope, level + 1)),
            TypeArg::Nat(_) => None,
        });
        let types: Vec<String> = types.collect();
        if types.is_empty() { String::new() } else { format!("<{}>", types.join(",")) }
    };
    match expr {
        _ if level > MAX_ARGUMENTS => "...".to_owned(),
        TypeExpr::Nat => "#".to_owned(),
        TypeExpr::Primitive { primitive, .. } => name(*primitive).to_owned(),
        TypeExpr::Object => "Object".to_owned(),
        TypeExpr::Function { .. } => "function".to_owned(),
        TypeExpr::Unresolved => "?".to_owned(),
        TypeExpr::Vector { item, .. } => format!("vector<{}>", text(codec, item, scope, level + 1)),
        TypeExpr::Boxed { ty, args: own } | TypeExpr::Refined { ty, args: own } => {
            format!("{}{}", schema.ty(*ty).name.full(), args(own))
        }
        TypeExpr::Bare { constructor, args: own } => {
            format!("%{}{}", schema.combinator(*constructor).name.full(), args(own))
        }
        TypeExpr::Var { generic, bare } => match scope.variable(*generic) {
            Some(closure) => {
                let percent = if *bare || closure.bare { "%" } else { "" };
                format!("{percent}{}", text(codec, closure.expr, &closure.scope, level))
            }
            None => "?".to_owned(),
        },
        TypeExpr::Repeat { count, fields } => {
            let count = match count {
                NatExpr::Const(count) => count.to_string(),
                NatExpr::Ref { .. } => "n".to_owned(),
            };
            let fields = fields.iter().map(|field| {
                let name = field.name.as_deref().unwrap_or("_");
                format!(
                    "{name}:{}{}",
                    if field.condition.is_some() { "?" } else { "" },
                    text(codec, &field.ty, scope, level + 1)
                )
            });
            format!("{count}*[{}]", fields.collect::<Vec<_>>().join(" "))
        }
    }
}

/// How many arguments are within each other.
fn depth<'c>(expr: &'c TypeExpr, scope: &Scope<'c>) -> usize {
    let of_args = |args: &'c [TypeArg]| {
        let depths = args.iter().map(|arg| match arg {
            TypeArg::Type(expr) => depth(expr, scope),
            TypeArg::Nat(_) => 0,
        });
        depths.max().unwrap_or(0)
    };
    match expr {
        TypeExpr::Vector { item, .. } => 1 + depth(item, scope),
        TypeExpr::Boxed { args, .. } | TypeExpr::Bare { args, .. } | TypeExpr::Refined { args, .. } => {
            1 + of_args(args)
        }
        TypeExpr::Var { generic, .. } => {
            scope.variable(*generic).map_or(0, |closure| depth(closure.expr, &closure.scope))
        }
        TypeExpr::Repeat { fields, .. } => 1 + fields.iter().map(|field| depth(&field.ty, scope)).max().unwrap_or(0),
        _ => 0,
    }
}

fn name(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::Int => "int",
        Primitive::Long => "long",
        Primitive::Double => "double",
        Primitive::Float => "float",
        Primitive::String => "string",
        Primitive::Bytes => "bytes",
        Primitive::Int128 => "int128",
        Primitive::Int256 => "int256",
        Primitive::Int512 => "int512",
        Primitive::True => "true",
        Primitive::Bool => "Bool",
    }
}

/// A name as a part of an address.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' => out.push(byte.into()),
            b'~' => out.push_str("~0"),
            b'/' => out.push_str("~1"),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
