//! JSON to the text of a TL file: one declaration a line, in the order of the JSON.

use std::fmt::Write;

use super::JsonError;
use super::read::{Node, Value, read};

/// Turns the JSON form of a schema into TL.
///
/// Names and types are taken as they are; the parser judges them.
///
/// # Errors
/// The first location at which the text is not JSON, or does not have the form.
pub fn to_tl(json: &str) -> Result<String, JsonError> {
    let root = read(json)?;
    if root.get("constructors").or(root.get("methods")).is_none() {
        return Err(JsonError::new("expected an object with `constructors` and `methods`", root.span));
    }
    let mut out = String::with_capacity(json.len() / 2);
    let mut layer = None;
    for entry in list(&root, "constructors")? {
        heading(&mut out, entry, &mut layer)?;
        declaration(&mut out, entry, "predicate")?;
    }
    let methods = list(&root, "methods")?;
    if !methods.is_empty() {
        out.push_str("---functions---\n");
    }
    for entry in methods {
        heading(&mut out, entry, &mut layer)?;
        declaration(&mut out, entry, "method")?;
    }
    Ok(out)
}

fn list<'a, 's>(node: &'a Node<'s>, key: &str) -> Result<&'a [Node<'s>], JsonError> {
    match node.get(key) {
        None => Ok(&[]),
        Some(Node { value: Value::List(items), .. }) => Ok(items),
        Some(other) => Err(JsonError::new(format!("`{key}` is not a list"), other.span)),
    }
}

/// `===N===` where the layer changes.
fn heading(out: &mut String, entry: &Node<'_>, layer: &mut Option<u32>) -> Result<(), JsonError> {
    let Some(node) = entry.get("layer") else { return Ok(()) };
    let number = digits(node).and_then(|digits| digits.parse::<u32>().ok());
    let number = number.ok_or_else(|| JsonError::new("a layer is a number", node.span))?;
    if *layer != Some(number) {
        let _ = writeln!(out, "==={number}===");
        *layer = Some(number);
    }
    Ok(())
}

fn declaration(out: &mut String, entry: &Node<'_>, name_key: &str) -> Result<(), JsonError> {
    let name = text(entry, name_key)?;
    let result = text(entry, "type")?;
    let params = list(entry, "params")?;
    out.push_str(name);
    if let Some(node) = entry.get("id") {
        let _ = write!(out, "#{:08x}", id(node)?);
    }
    if name == "vector" && params.is_empty() && result == "Vector t" {
        out.push_str(" {t:Type} # [ t ]");
    }
    let mut variables: Vec<&str> = Vec::new();
    for param in params {
        if let Some(variable) = text(param, "type")?.strip_prefix('!')
            && !variables.contains(&variable)
        {
            let _ = write!(out, " {{{variable}:Type}}");
            variables.push(variable);
        }
    }
    for param in params {
        let _ = write!(out, " {}:{}", text(param, "name")?, text(param, "type")?);
    }
    let _ = writeln!(out, " = {result};");
    Ok(())
}

/// A text that cannot end its part of a declaration, whatever the parser makes of it.
fn text<'a>(entry: &'a Node<'_>, key: &str) -> Result<&'a str, JsonError> {
    let node = entry.get(key).ok_or_else(|| JsonError::new(format!("`{key}` is missing"), entry.span))?;
    let Value::Text(text) = &node.value else {
        return Err(JsonError::new(format!("`{key}` is not a text"), node.span));
    };
    let is_harmless = |c: char| (c.is_ascii_graphic() || c == ' ') && !matches!(c, ';' | '/' | '=' | ':');
    if text.trim().is_empty() || !text.chars().all(is_harmless) {
        return Err(JsonError::new(format!("`{key}` is no name or type of TL"), node.span));
    }
    Ok(text)
}

/// A number of 32 bits, signed or not.
fn id(node: &Node<'_>) -> Result<u32, JsonError> {
    let number = digits(node).and_then(|digits| digits.parse::<i64>().ok());
    let id = number
        .and_then(|number| u32::try_from(number).ok().or_else(|| i32::try_from(number).ok().map(i32::cast_unsigned)));
    id.ok_or_else(|| JsonError::new("an id is a decimal number of 32 bits", node.span))
}

fn digits<'a>(node: &'a Node<'_>) -> Option<&'a str> {
    match &node.value {
        Value::Number(digits) => Some(digits),
        Value::Text(digits) => Some(digits),
        _ => None,
    }
}
