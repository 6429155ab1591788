//! A resolved schema as text for people: `tlgen dump --stage model`.
//!
//! Types are written as in TL, with what the linker knows of them: `User` is boxed, `%user` a bare constructor,
//! `Int#a8509bda` a boxed number, `Vector<T>` boxed and `vector<T>` bare.

use std::fmt::{Display, Formatter, Result, Write};

use crate::schema::{
    Combinator, GenericKind, IdRule, NatExpr, NatRef, Param, Records, Schema, SectionKind, Type, TypeArg, TypeExpr,
};

/// The whole schema: its types with their constructors, then its functions.
#[must_use]
pub fn schema(schema: &Schema) -> String {
    let mut out = String::new();
    for (_, ty) in schema.types() {
        // Writing to a string does not fail.
        let _ = write!(out, "{}", Shown { schema, what: ty });
    }
    for (_, function) in schema.functions() {
        let _ = write!(out, "{}", combinator(schema, function));
    }
    for partial in &schema.partials {
        let _ = writeln!(out, "partial {}", Shown { schema, what: partial });
    }
    out
}

/// One line for the combinator and one for each of its arguments.
pub fn combinator<'s>(schema: &'s Schema, combinator: &'s Combinator) -> impl Display + 's {
    Shown { schema, what: combinator }
}

/// The name of the rule.
#[must_use]
pub fn id_rule(rule: IdRule) -> &'static str {
    match rule {
        IdRule::Plain => "plain",
        IdRule::Telegram => "telegram",
    }
}

struct Shown<'s, T> {
    schema: &'s Schema,
    what: &'s T,
}

impl Display for Shown<'_, Type> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "type {}", self.what.name)?;
        for kind in &self.what.params {
            f.write_str(match kind {
                GenericKind::Type => " Type",
                GenericKind::Nat => " #",
            })?;
        }
        f.write_char('\n')?;
        self.what.constructors.iter().try_for_each(|idx| combinator(self.schema, self.schema.combinator(*idx)).fmt(f))
    }
}

/// A type outside of any combinator.
impl Display for Shown<'_, TypeExpr> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        Printer { schema: self.schema, combinator: None }.expr(f, self.what, &Records::NONE)
    }
}

impl Display for Shown<'_, Combinator> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Self { schema, what } = *self;
        let kind = match what.kind {
            SectionKind::Types => "  constructor",
            SectionKind::Functions => "function",
        };
        write!(f, "{kind} {}#{:08x}", what.name, what.id)?;
        for generic in &what.generics {
            let kind = if generic.kind == GenericKind::Type { "Type" } else { "#" };
            write!(f, " {{{}:{kind}}}", generic.name)?;
        }
        let printer = Printer { schema, combinator: Some(what) };
        f.write_str(" = ")?;
        printer.expr(f, &what.result, &Records::NONE)?;
        f.write_char('\n')?;
        for param in &what.params {
            f.write_str("    ")?;
            printer.param(f, param, &Records::NONE)?;
            printer.word(f, param)?;
            f.write_char('\n')?;
        }
        Ok(())
    }
}

struct Printer<'s> {
    schema: &'s Schema,
    /// `None` outside of any.
    combinator: Option<&'s Combinator>,
}

impl Printer<'_> {
    /// `record` is the one in which the field stands.
    fn param(&self, f: &mut Formatter<'_>, param: &Param, record: &Records<'_>) -> Result {
        write!(f, "{}:", param.name.as_deref().unwrap_or("_"))?;
        if let Some(condition) = param.condition {
            write!(f, "{}.{}?", self.nat(condition.word, record), condition.bit)?;
        }
        self.expr(f, &param.ty, record)
    }

    /// What depends on a word.
    fn word(&self, f: &mut Formatter<'_>, param: &Param) -> Result {
        let word = param.word;
        if word.bits != 0 {
            let bits: Vec<String> =
                (0..32).filter(|bit| word.bits >> bit & 1 == 1).map(|bit| bit.to_string()).collect();
            write!(f, "  bits {}", bits.join(" "))?;
        }
        f.write_str(if word.is_count { "  count" } else { "" })?;
        f.write_str(if word.is_argument { "  argument" } else { "" })
    }

    fn expr(&self, f: &mut Formatter<'_>, expr: &TypeExpr, record: &Records<'_>) -> Result {
        match expr {
            TypeExpr::Nat => f.write_char('#'),
            TypeExpr::Primitive { primitive, boxed: None } => f.write_str(primitive.name()),
            TypeExpr::Primitive { primitive, boxed: Some(id) } => {
                let name = primitive.name();
                write!(f, "{}{}#{id:08x}", name[..1].to_ascii_uppercase(), &name[1..])
            }
            TypeExpr::Object => f.write_str("Object"),
            TypeExpr::Unresolved => f.write_char('?'),
            TypeExpr::Vector { boxed, item } => {
                f.write_str(if *boxed { "Vector<" } else { "vector<" })?;
                self.expr(f, item, record)?;
                f.write_char('>')
            }
            TypeExpr::Boxed { ty, args } => {
                write!(f, "{}", self.schema.ty(*ty).name)?;
                self.args(f, args, record)
            }
            TypeExpr::Refined { ty, args } => {
                write!(f, "%{}", self.schema.ty(*ty).name)?;
                self.args(f, args, record)
            }
            TypeExpr::Bare { constructor, args } => {
                write!(f, "%{}", self.schema.combinator(*constructor).name)?;
                self.args(f, args, record)
            }
            TypeExpr::Var { generic, bare } => {
                f.write_str(if *bare { "%" } else { "" })?;
                f.write_str(self.generic(*generic))
            }
            TypeExpr::Function { generic } => write!(f, "!{}", self.generic(*generic)),
            TypeExpr::Repeat { count, fields } => {
                self.nat_expr(f, count, record)?;
                f.write_str("*[")?;
                for field in fields {
                    f.write_char(' ')?;
                    self.param(f, field, &Records { fields, outer: Some(record) })?;
                }
                f.write_str(" ]")
            }
        }
    }

    fn args(&self, f: &mut Formatter<'_>, args: &[TypeArg], record: &Records<'_>) -> Result {
        for (place, arg) in args.iter().enumerate() {
            f.write_str(if place == 0 { "<" } else { "," })?;
            match arg {
                TypeArg::Type(expr) => self.expr(f, expr, record)?,
                TypeArg::Nat(nat) => self.nat_expr(f, nat, record)?,
            }
        }
        f.write_str(if args.is_empty() { "" } else { ">" })
    }

    fn nat_expr(&self, f: &mut Formatter<'_>, nat: &NatExpr, record: &Records<'_>) -> Result {
        match nat {
            NatExpr::Const(number) => write!(f, "{number}"),
            NatExpr::Ref { nat, plus: 0 } => f.write_str(self.nat(*nat, record)),
            NatExpr::Ref { nat, plus } => write!(f, "({}+{plus})", self.nat(*nat, record)),
        }
    }

    fn nat<'p>(&'p self, nat: NatRef, record: &Records<'p>) -> &'p str {
        let field = match nat {
            NatRef::Generic(place) => return self.generic(place),
            NatRef::Param(place) => self.combinator.and_then(|combinator| combinator.params.get(place as usize)),
            NatRef::Field(_) | NatRef::Outer { .. } => record.field(nat),
        };
        field.and_then(|field| field.name.as_deref()).unwrap_or("#")
    }

    fn generic(&self, place: u32) -> &str {
        let generic = self.combinator.and_then(|combinator| combinator.generics.get(place as usize));
        generic.map_or("_", |generic| &generic.name)
    }
}
