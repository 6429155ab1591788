//! A resolved schema: every name is followed to what it means.

use std::fmt::Write as _;

use tlgen_model::schema::{
    Combinator, GenericKind, NatExpr, NatRef, Param, Primitive, Records, Schema, SectionKind, TypeArg, TypeExpr,
};

/// Types, then constructors and functions, in the order of the schema.
#[must_use]
pub fn schema(schema: &Schema) -> String {
    let mut out = format!("ids by the {:?} rule", schema.id_rule);
    if let Some(layer) = schema.layer {
        let _ = write!(out, ", layer {layer}");
    }
    out.push('\n');
    for (_, ty) in schema.types() {
        let _ = write!(out, "\ntype {}", ty.name);
        for param in &ty.params {
            let _ = write!(out, " <{}>", kind(*param));
        }
        let names: Vec<_> = ty.constructors.iter().map(|idx| schema.combinator(*idx).name.full()).collect();
        let _ = write!(out, " of {}", names.join(" | "));
        describe(ty.description.as_deref(), &mut out);
    }
    out.push('\n');
    for item in &schema.combinators {
        combinator(schema, item, &mut out);
    }
    out.trim_end().to_owned() + "\n"
}

fn describe(description: Option<&str>, out: &mut String) {
    if let Some(description) = description {
        let _ = write!(out, " -- {description:?}");
    }
}

fn kind(kind: GenericKind) -> &'static str {
    match kind {
        GenericKind::Type => "Type",
        GenericKind::Nat => "#",
    }
}

fn combinator(schema: &Schema, item: &Combinator, out: &mut String) {
    let what = match item.kind {
        SectionKind::Types => "constructor",
        SectionKind::Functions => "function",
    };
    let written = if item.has_written_id { "written" } else { "computed" };
    let _ = write!(out, "\n{what} {} = {}, id {:08x} {written}", item.name, expr(schema, item, &item.result), item.id);
    if let Some(layer) = item.layer {
        let _ = write!(out, ", layer {layer}");
    }
    if !item.annotations.is_empty() {
        let _ = write!(out, ", annotations {}", item.annotations.join(" "));
    }
    describe(item.description.as_deref(), out);
    out.push('\n');
    for generic in &item.generics {
        let _ = writeln!(out, "    variable {}: {}", generic.name, kind(generic.kind));
    }
    for param in &item.params {
        let _ = writeln!(out, "    {}", self::param(schema, item, &Records::NONE, param));
    }
}

fn param(schema: &Schema, item: &Combinator, record: &Records<'_>, param: &Param) -> String {
    let mut out = format!("{}: {}", param.name.as_deref().unwrap_or("_"), expr_in(schema, item, record, &param.ty));
    if let Some(condition) = param.condition {
        let _ = write!(out, ", if bit {} of {}", condition.bit, nat_ref(item, record, condition.word));
    }
    if param.word.bits != 0 {
        let _ = write!(out, ", bits {:#x}", param.word.bits);
    }
    if param.word.is_count {
        out.push_str(", counts");
    }
    if param.word.is_argument {
        out.push_str(", is an argument");
    }
    describe(param.description.as_deref(), &mut out);
    out
}

fn expr(schema: &Schema, item: &Combinator, ty: &TypeExpr) -> String {
    expr_in(schema, item, &Records::NONE, ty)
}

/// A type; `record` is the repeated record around it.
fn expr_in(schema: &Schema, item: &Combinator, record: &Records<'_>, ty: &TypeExpr) -> String {
    let generic = |place: u32| &*item.generics[place as usize].name;
    match ty {
        TypeExpr::Nat => "#".to_owned(),
        TypeExpr::Primitive { primitive: Primitive::Bool, .. } => "Bool".to_owned(),
        TypeExpr::Primitive { primitive, boxed: None } => format!("{primitive:?}").to_lowercase(),
        TypeExpr::Primitive { primitive, boxed: Some(id) } => format!("boxed {id:08x} {primitive:?}"),
        TypeExpr::Object => "any object".to_owned(),
        TypeExpr::Unresolved => "unresolved".to_owned(),
        TypeExpr::Vector { boxed, item: of } => {
            format!("{} vector of ({})", boxedness(*boxed), expr_in(schema, item, record, of))
        }
        TypeExpr::Boxed { ty, args } => {
            format!("boxed {}{}", schema.ty(*ty).name, self::args(schema, item, record, args))
        }
        TypeExpr::Refined { ty, args } => {
            format!("bare {}{}", schema.ty(*ty).name, self::args(schema, item, record, args))
        }
        TypeExpr::Bare { constructor, args } => {
            format!("bare {}{}", schema.combinator(*constructor).name, self::args(schema, item, record, args))
        }
        TypeExpr::Var { generic: place, bare } => format!("{} variable {}", boxedness(!*bare), generic(*place)),
        TypeExpr::Function { generic: place } => format!("function that returns {}", generic(*place)),
        TypeExpr::Repeat { count, fields } => {
            let inner = Records { fields, outer: Some(record) };
            let inner: Vec<_> = fields.iter().map(|field| param(schema, item, &inner, field)).collect();
            format!("{} times [ {} ]", nat(item, record, count), inner.join("; "))
        }
    }
}

fn boxedness(boxed: bool) -> &'static str {
    if boxed { "boxed" } else { "bare" }
}

fn args(schema: &Schema, item: &Combinator, record: &Records<'_>, args: &[TypeArg]) -> String {
    let args = args.iter().map(|arg| match arg {
        TypeArg::Type(ty) => format!(" <{}>", expr_in(schema, item, record, ty)),
        TypeArg::Nat(nat_expr) => format!(" <{}>", nat(item, record, nat_expr)),
    });
    args.collect()
}

fn nat(item: &Combinator, record: &Records<'_>, nat: &NatExpr) -> String {
    match nat {
        NatExpr::Const(number) => number.to_string(),
        NatExpr::Ref { nat, plus: 0 } => nat_ref(item, record, *nat),
        NatExpr::Ref { nat, plus } => format!("({} + {plus})", nat_ref(item, record, *nat)),
    }
}

fn nat_ref(item: &Combinator, record: &Records<'_>, nat: NatRef) -> String {
    let (param, place) = match nat {
        NatRef::Generic(place) => return item.generics[place as usize].name.to_string(),
        NatRef::Param(place) => (item.params.get(place as usize), place),
        NatRef::Field(place) | NatRef::Outer { field: place, .. } => (record.field(nat), place),
    };
    let name = param.and_then(|param| param.name.as_deref());
    name.map_or_else(|| format!("_{place}"), str::to_owned)
}
