//! A resolved schema as text for people: what every name was linked to, and what is boxed and what is bare.
//!
//! What comes in is a schema; what goes out is what `tlgen dump --stage model` shows, the same on every run.

use std::fmt::Write;

use crate::pattern;
use crate::schema::{
    Combinator, GenericKind, NatExpr, NatRef, Param, Records, Schema, SectionKind, Type, TypeArg, TypeExpr,
};

/// The whole schema: a line of counts, types, constructors and functions, partial applications.
#[must_use]
pub fn schema(schema: &Schema) -> String {
    let layer = schema.layer.map(|layer| format!("layer {layer}, ")).unwrap_or_default();
    let (types, constructors, functions) =
        (schema.types.len(), schema.constructors().count(), schema.functions().count());
    let mut text = format!("schema: {layer}{types} types, {constructors} constructors, {functions} functions\n");
    items(&mut text, schema, |_| true);
    for partial in &schema.partials {
        let shown = Expr { schema, combinator: None }.ty(partial, &Records::NONE);
        let _ = writeln!(text, "\npartial {shown}");
    }
    text
}

/// The types, constructors and functions whose names have the form of a [`pattern`]; empty if none has.
#[must_use]
pub fn matching(schema: &Schema, pattern: &str) -> String {
    let mut text = String::new();
    items(&mut text, schema, |name| pattern::matches(pattern, name));
    text
}

fn items(text: &mut String, schema: &Schema, accepts: impl Fn(&str) -> bool) {
    for (_, ty) in schema.types().filter(|(_, ty)| accepts(ty.name.full())) {
        type_(text, schema, ty);
    }
    for combinator in schema.combinators.iter().filter(|combinator| accepts(combinator.name.full())) {
        Writer { text, schema, combinator }.combinator();
    }
}

fn type_(text: &mut String, schema: &Schema, ty: &Type) {
    let params: String = ty.params.iter().map(|kind| format!(" {}", generic(*kind))).collect();
    let _ = writeln!(text, "\ntype {}{params}", ty.name);
    describe(text, 1, ty.description.as_deref());
    for &constructor in &ty.constructors {
        let constructor = schema.combinator(constructor);
        let _ = writeln!(text, "  {}#{:08x}", constructor.name, constructor.id);
    }
}

fn generic(kind: GenericKind) -> &'static str {
    match kind {
        GenericKind::Type => "Type",
        GenericKind::Nat => "#",
    }
}

fn describe(text: &mut String, depth: usize, description: Option<&str>) {
    for line in description.into_iter().flat_map(str::lines) {
        let _ = writeln!(text, "{:indent$}// {line}", "", indent = 2 * depth);
    }
}

struct Writer<'a> {
    text: &'a mut String,
    schema: &'a Schema,
    combinator: &'a Combinator,
}

impl<'a> Writer<'a> {
    fn expr(&self) -> Expr<'a> {
        Expr { schema: self.schema, combinator: Some(self.combinator) }
    }

    fn combinator(&mut self) {
        let combinator = self.combinator;
        let kind = if combinator.kind == SectionKind::Types { "constructor" } else { "function" };
        let id = if combinator.has_written_id { "" } else { " (computed id)" };
        let layer = combinator.layer.map(|layer| format!(" (layer {layer})")).unwrap_or_default();
        let annotations: String = combinator.annotations.iter().map(|name| format!(" @{name}")).collect();
        let _ = writeln!(self.text, "\n{kind} {}#{:08x}{id}{layer}{annotations}", combinator.name, combinator.id);
        describe(self.text, 1, combinator.description.as_deref());
        for variable in &combinator.generics {
            let _ = writeln!(self.text, "  {{{}:{}}}", variable.name, generic(variable.kind));
        }
        self.params(1, &combinator.params, &Records::NONE);
        let result = self.expr().ty(&combinator.result, &Records::NONE);
        let _ = writeln!(self.text, "  = {result}");
    }

    /// One line for each; `record` is where a [`NatRef::Field`] points.
    fn params(&mut self, depth: usize, params: &[Param], record: &Records<'_>) {
        for param in params {
            let name = param.name.as_deref().unwrap_or("_");
            let condition = param
                .condition
                .map(|condition| format!("if {} bit {}: ", self.expr().nat_ref(condition.word, record), condition.bit));
            let ty = match &param.ty {
                TypeExpr::Repeat { count, .. } => format!("{} times", self.expr().nat(count, record)),
                ty => self.expr().ty(ty, record),
            };
            let mut uses = String::new();
            if param.word.bits != 0 {
                let bits: Vec<String> =
                    (0..32).filter(|bit| param.word.bits >> bit & 1 == 1).map(|bit| bit.to_string()).collect();
                let _ = write!(uses, ", bits {}", bits.join(" "));
            }
            uses += if param.word.is_count { ", a count" } else { "" };
            uses += if param.word.is_argument { ", an argument" } else { "" };
            let indent = 2 * depth;
            let _ = writeln!(self.text, "{:indent$}{name}: {}{ty}{uses}", "", condition.unwrap_or_default());
            describe(self.text, depth + 1, param.description.as_deref());
            if let TypeExpr::Repeat { fields, .. } = &param.ty {
                self.params(depth + 1, fields, &Records { fields, outer: Some(record) });
            }
        }
    }
}

/// What a type in a combinator, or outside of any, is called.
struct Expr<'a> {
    schema: &'a Schema,
    combinator: Option<&'a Combinator>,
}

impl Expr<'_> {
    /// The model limits how deep types nest.
    fn ty(&self, ty: &TypeExpr, record: &Records<'_>) -> String {
        match ty {
            TypeExpr::Nat => "#".to_owned(),
            TypeExpr::Primitive { primitive, boxed: None } => primitive.name().to_owned(),
            TypeExpr::Primitive { primitive, boxed: Some(id) } => {
                format!("boxed {}#{id:08x}", primitive.name())
            }
            TypeExpr::Object => "any boxed value".to_owned(),
            TypeExpr::Unresolved => "unresolved".to_owned(),
            TypeExpr::Vector { boxed, item } => {
                format!("{} vector<{}>", if *boxed { "boxed" } else { "bare" }, self.ty(item, record))
            }
            TypeExpr::Boxed { ty, args } => {
                format!("boxed {}{}", self.schema.ty(*ty).name, self.args(args, record))
            }
            TypeExpr::Refined { ty, args } => {
                format!("bare {}{}", self.schema.ty(*ty).name, self.args(args, record))
            }
            TypeExpr::Bare { constructor, args } => {
                format!("bare {}{}", self.schema.combinator(*constructor).name, self.args(args, record))
            }
            TypeExpr::Var { generic, bare } => {
                format!("{}{}", if *bare { "bare " } else { "" }, self.variable(*generic))
            }
            TypeExpr::Function { generic } => format!("function that returns {}", self.variable(*generic)),
            TypeExpr::Repeat { count, fields } => {
                let inner = Records { fields, outer: Some(record) };
                let fields: Vec<String> = fields.iter().map(|field| self.ty(&field.ty, &inner)).collect();
                format!("{} times [{}]", self.nat(count, record), fields.join(", "))
            }
        }
    }

    fn args(&self, args: &[TypeArg], record: &Records<'_>) -> String {
        if args.is_empty() {
            return String::new();
        }
        let args: Vec<String> = args
            .iter()
            .map(|arg| match arg {
                TypeArg::Type(ty) => self.ty(ty, record),
                TypeArg::Nat(nat) => self.nat(nat, record),
            })
            .collect();
        format!("<{}>", args.join(", "))
    }

    fn nat(&self, nat: &NatExpr, record: &Records<'_>) -> String {
        match nat {
            NatExpr::Const(number) => number.to_string(),
            NatExpr::Ref { nat, plus: 0 } => self.nat_ref(*nat, record),
            NatExpr::Ref { nat, plus } => format!("{} + {plus}", self.nat_ref(*nat, record)),
        }
    }

    fn nat_ref(&self, nat: NatRef, record: &Records<'_>) -> String {
        let (param, at) = match nat {
            NatRef::Generic(at) => return self.variable(at),
            NatRef::Param(at) => (self.combinator.and_then(|combinator| combinator.params.get(at as usize)), at),
            NatRef::Field(at) | NatRef::Outer { field: at, .. } => (record.field(nat), at),
        };
        let name = param.and_then(|param| param.name.as_deref());
        name.map_or_else(|| format!("argument {at}"), str::to_owned)
    }

    fn variable(&self, at: u32) -> String {
        self.combinator
            .and_then(|combinator| combinator.generics.get(at as usize))
            .map_or_else(|| format!("variable {at}"), |variable| variable.name.to_string())
    }
}
