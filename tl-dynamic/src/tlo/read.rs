//! A value of the form to text.

use std::collections::HashMap;

use tlgen_model::schema::Schema;

use super::{BANG, BARE, CONDITIONAL, IN_BRACES, NAT, NUMBERED, TYPE, TloError, names};
use crate::value::{Object, Value};

/// The whole schema.
pub(super) fn text(schema: &Schema, file: &Object) -> Result<String, TloError> {
    let form = Form { schema };
    let mut types = Types::default();
    for ty in form.list(file, "types") {
        types.names.insert(form.int(ty, "name"), form.text(ty, "id").to_owned());
    }
    for constructor in form.list(file, "constructors") {
        let name = form.text(constructor, "id").to_owned();
        types.constructors.entry(form.int(constructor, "type_name")).or_default().push(name);
    }
    let mut text = String::new();
    for constructor in form.list(file, "constructors") {
        Combinator::new(form, &types, constructor).line(&mut text)?;
    }
    let functions: Vec<&Object> = form.list(file, "functions").collect();
    if !functions.is_empty() {
        text.push_str("---functions---\n");
    }
    for function in functions {
        Combinator::new(form, &types, function).line(&mut text)?;
    }
    Ok(text)
}

/// The types of a file by their numbers.
#[derive(Default)]
struct Types {
    names: HashMap<i32, String>,
    constructors: HashMap<i32, Vec<String>>,
}

/// Looks into values of the form. What the codec has read has the shape of the schema.
#[derive(Clone, Copy)]
struct Form<'s> {
    schema: &'s Schema,
}

impl<'s> Form<'s> {
    fn name(self, object: &Object) -> &'s str {
        self.schema.combinator(object.combinator).name.full()
    }

    fn int(self, object: &Object, field: &str) -> i32 {
        match object.field(self.schema, field) {
            Some(Value::Int(number)) => *number,
            _ => 0,
        }
    }

    fn nat(self, object: &Object, field: &str) -> u32 {
        match object.field(self.schema, field) {
            Some(Value::Nat(number)) => *number,
            _ => 0,
        }
    }

    fn text(self, object: &'s Object, field: &str) -> &'s str {
        match object.field(self.schema, field) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    fn object(self, object: &'s Object, field: &str) -> Option<&'s Object> {
        match object.field(self.schema, field) {
            Some(Value::Object(object)) => Some(object),
            _ => None,
        }
    }

    fn list(self, object: &'s Object, field: &str) -> impl Iterator<Item = &'s Object> {
        let items = match object.field(self.schema, field) {
            Some(Value::List(items)) => items.as_slice(),
            _ => &[],
        };
        items.iter().filter_map(|item| match item {
            Value::Object(object) => Some(object),
            _ => None,
        })
    }
}

/// A combinator while it is written.
struct Combinator<'s> {
    form: Form<'s>,
    types: &'s Types,
    object: &'s Object,
    /// The names of the variables that came so far; empty for one without a name.
    variables: HashMap<i32, &'s str>,
    /// The variable without a name that came last, which a repetition need not name.
    last: Option<i32>,
}

impl<'s> Combinator<'s> {
    fn new(form: Form<'s>, types: &'s Types, object: &'s Object) -> Self {
        Self { form, types, object, variables: HashMap::new(), last: None }
    }

    fn line(mut self, out: &mut String) -> Result<(), TloError> {
        let form = self.form;
        let name = form.text(self.object, "id");
        out.push_str(if name == "_" { name } else { names::full(name)? });
        if name != "_" {
            out.push_str(&format!("#{:08x}", form.int(self.object, "name")));
        }
        if let Some(left) = form.object(self.object, "left") {
            if form.name(left) == "tls.combinatorLeftBuiltin" {
                out.push_str(" ?");
            }
            for arg in form.list(left, "args") {
                out.push(' ');
                self.arg(arg, out)?;
            }
        }
        out.push_str(" = ");
        if let Some(result) = form.object(self.object, "right").and_then(|right| form.object(right, "value")) {
            self.ty(result, false, out)?;
        }
        out.push_str(";\n");
        Ok(())
    }

    fn arg(&mut self, arg: &'s Object, out: &mut String) -> Result<(), TloError> {
        let (form, flags) = (self.form, self.form.nat(arg, "flags"));
        let name = form.text(arg, "id");
        let condition = if flags & CONDITIONAL == 0 {
            String::new()
        } else {
            let word = self.variable(form.int(arg, "exist_var_num"))?;
            format!("{word}.{}?", form.int(arg, "exist_var_bit"))
        };
        let is_in_braces = flags & IN_BRACES != 0;
        if is_in_braces {
            out.push('{');
        }
        match name {
            "" if condition.is_empty() => {}
            "" => out.push_str("_:"),
            name => {
                out.push_str(names::identifier(name)?);
                out.push(':');
            }
        }
        out.push_str(&condition);
        if flags & BANG != 0 {
            out.push('!');
        }
        if let Some(ty) = form.object(arg, "type") {
            self.ty(ty, true, out)?;
        }
        if is_in_braces {
            out.push('}');
        }
        if flags & NUMBERED != 0 {
            let number = form.int(arg, "var_num");
            self.variables.insert(number, name);
            self.last = Some(number);
        }
        Ok(())
    }

    /// A type; `is_inner` where one with arguments needs brackets.
    fn ty(&mut self, ty: &'s Object, is_inner: bool, out: &mut String) -> Result<(), TloError> {
        let form = self.form;
        match form.name(ty) {
            "tls.typeVar" => {
                if form.int(ty, "flags") & BARE != 0 {
                    out.push('%');
                }
                out.push_str(self.variable(form.int(ty, "var_num"))?);
            }
            "tls.array" => {
                if let Some(count) = form.object(ty, "multiplicity") {
                    let is_implicit = form.name(count) == "tls.natVar"
                        && form.int(count, "dif") == 0
                        && self.last == Some(form.int(count, "var_num"))
                        && self.variables.get(&form.int(count, "var_num")) == Some(&"");
                    if !is_implicit {
                        self.number(count, out)?;
                        out.push('*');
                    }
                }
                out.push('[');
                for arg in form.list(ty, "args") {
                    out.push(' ');
                    self.arg(arg, out)?;
                }
                out.push_str(" ]");
            }
            _ => self.named(ty, is_inner, out)?,
        }
        Ok(())
    }

    fn named(&mut self, ty: &'s Object, is_inner: bool, out: &mut String) -> Result<(), TloError> {
        let (form, number) = (self.form, self.form.int(ty, "name"));
        let children: Vec<&Object> = form.list(ty, "children").collect();
        if is_inner && !children.is_empty() {
            out.push('(');
        }
        match number {
            NAT => out.push('#'),
            TYPE => out.push_str("Type"),
            _ => {
                let known = self.types.names.get(&number).ok_or_else(|| self.unknown_type(number))?;
                let constructors = self.types.constructors.get(&number).map_or(&[][..], Vec::as_slice);
                match constructors {
                    [only] if form.int(ty, "flags") & BARE != 0 => out.push_str(names::full(only)?),
                    _ => {
                        if form.int(ty, "flags") & BARE != 0 {
                            out.push('%');
                        }
                        out.push_str(names::full(known)?);
                    }
                }
            }
        }
        for child in &children {
            out.push(' ');
            let Some(expr) = form.object(child, "expr") else { continue };
            match form.name(child) {
                "tls.exprNat" => self.number(expr, out)?,
                _ => self.ty(expr, true, out)?,
            }
        }
        if is_inner && !children.is_empty() {
            out.push(')');
        }
        Ok(())
    }

    fn number(&self, number: &Object, out: &mut String) -> Result<(), TloError> {
        let form = self.form;
        if form.name(number) != "tls.natVar" {
            out.push_str(&(form.int(number, "value") as u32).to_string());
            return Ok(());
        }
        let variable = self.variable(form.int(number, "var_num"))?;
        match form.int(number, "dif") as u32 {
            0 => out.push_str(variable),
            more => out.push_str(&format!("({variable} + {more})")),
        }
        Ok(())
    }

    /// The name of a variable.
    fn variable(&self, number: i32) -> Result<&'s str, TloError> {
        let found = self.variables.get(&number).copied().filter(|name| !name.is_empty());
        found.ok_or_else(|| TloError::UnknownVariable { combinator: self.shown(), variable: number.to_string() })
    }

    fn unknown_type(&self, number: i32) -> TloError {
        TloError::UnknownType { combinator: self.shown(), ty: format!("{number:08x}") }
    }

    fn shown(&self) -> String {
        self.form.text(self.object, "id").to_owned()
    }
}
