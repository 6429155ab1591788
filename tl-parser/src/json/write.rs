//! A syntax tree to its JSON form.

use std::fmt::Write;

use super::JsonError;
use crate::ast::{Arg, Combinator, Declaration, DeclarationKind, Item, OptArg, Schema, SectionKind, TermKind};
use crate::id::{compute, infer};
use crate::print;

/// The JSON form of a schema: one declaration a line, in the order of the file, with the written or the computed id.
///
/// Partial applications and `New`, `Final`, `Empty` are left out: they are nothing on the wire. Declarations of builtin types are
/// left out, too, as in the published form: `int ? = Int`, and the combinators of which `is_builtin` says that they declare one.
///
/// # Errors
/// Every declaration that has no JSON form.
pub fn from_schema(
    schema: &Schema<'_>,
    is_builtin: impl Fn(&Combinator<'_>) -> bool,
) -> Result<String, Vec<JsonError>> {
    let rule = infer(schema.declarations().map(|(_, declaration)| declaration));
    let (mut constructors, mut methods) = (Vec::new(), Vec::new());
    let mut errors = Vec::new();
    let (mut section, mut layer) = (SectionKind::Types, None);
    for item in &schema.items {
        let declaration = match item {
            Item::Section(heading) => {
                section = heading.kind;
                continue;
            }
            Item::Layer(heading) => {
                layer = Some(heading.layer);
                continue;
            }
            Item::Declaration(declaration) => declaration,
        };
        let DeclarationKind::Combinator(combinator) = &declaration.kind else { continue };
        let section = declaration.section(section);
        if section == SectionKind::Types && is_builtin(combinator) {
            continue;
        }
        let written = combinator.id.map(|id| id.value);
        let id = written.or_else(|| compute(declaration, rule)).unwrap_or_default();
        match entry(combinator, declaration, section, id, layer) {
            Ok(line) if section == SectionKind::Types => constructors.push(line),
            Ok(line) => methods.push(line),
            Err(error) => errors.push(error),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut out = String::from("{\n");
    list(&mut out, "constructors", &constructors);
    out.push_str(",\n");
    list(&mut out, "methods", &methods);
    out.push_str("\n}\n");
    Ok(out)
}

fn list(out: &mut String, key: &str, lines: &[String]) {
    let _ = write!(out, "  \"{key}\": [");
    for (at, line) in lines.iter().enumerate() {
        let _ = write!(out, "{}\n    {line}", if at == 0 { "" } else { "," });
    }
    out.push_str(if lines.is_empty() { "]" } else { "\n  ]" });
}

/// Names and types are ASCII without quotes and backslashes, so nothing needs an escape.
fn entry(
    combinator: &Combinator<'_>,
    declaration: &Declaration<'_>,
    section: SectionKind,
    id: u32,
    layer: Option<u32>,
) -> Result<String, JsonError> {
    let name = combinator.name.map_or("_", |name| name.text);
    let result = print::result(&combinator.result);
    let name_key = if section == SectionKind::Types { "predicate" } else { "method" };
    let mut line = format!("{{\"id\": \"{}\", \"{name_key}\": \"{name}\", \"params\": [", id.cast_signed());
    // The form of `vector` is fixed.
    if name != "vector" {
        for opt_arg in &combinator.opt_args {
            check_variables(combinator, opt_arg)?;
        }
        for (at, arg) in combinator.args.iter().enumerate() {
            let Some(name) = arg.name.filter(|_| !matches!(arg.ty.kind, TermKind::Repeat(_))) else {
                let message = "a field without a name, or a repetition, has no JSON form";
                return Err(JsonError::new(message, arg.span));
            };
            let comma = if at == 0 { "" } else { ", " };
            let _ = write!(line, "{comma}{{\"name\": \"{}\", \"type\": \"{}\"}}", name.text, print::arg_type(arg));
        }
    } else if combinator.opt_args.len() != 1 {
        return Err(JsonError::new("this `vector` has no JSON form", declaration.span));
    }
    let _ = write!(line, "], \"type\": \"{result}\"");
    if let Some(layer) = layer {
        let _ = write!(line, ", \"layer\": {layer}");
    }
    line.push('}');
    Ok(line)
}

/// A variable without an argument `!X` cannot be written in the JSON form.
fn check_variables(combinator: &Combinator<'_>, opt_arg: &OptArg<'_>) -> Result<(), JsonError> {
    let is_function = |arg: &Arg<'_>, variable: &str| match &arg.ty.kind {
        TermKind::Bang(inner) => matches!(&inner.kind, TermKind::Name(name) if *name == variable),
        _ => false,
    };
    let lost = opt_arg.names.iter().find(|name| {
        let is_type = matches!(opt_arg.ty.kind, TermKind::Type);
        !is_type || !combinator.args.iter().any(|arg| is_function(arg, name.text))
    });
    match lost {
        None => Ok(()),
        Some(name) => Err(JsonError::new(format!("the variable `{}` has no JSON form", name.text), name.span)),
    }
}
