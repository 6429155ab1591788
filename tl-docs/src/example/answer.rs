//! What is done with an answer: a result, or an error.

use tlgen_build::ir::{Enum, Field, ItemPath, RustType, Struct};
use tlgen_meta::ErrorName;
use tlgen_model::schema::CombinatorIdx;

use super::MAX_VARIANTS;
use super::code::Code;
use crate::book::Chapter;
use tlgen_build::ir::{Item, Items};

/// How many fields of a value are shown.
const SHOWN: usize = 2;

/// A function that shows the result of a function: its variants, each with some of its fields. `None` where the result has
/// neither variants nor fields.
pub(crate) fn of_result(chapter: &Chapter<'_>, idx: CombinatorIdx) -> Option<String> {
    let items = chapter.items.as_ref()?;
    let returns = items.structure(idx)?.returns.as_ref()?;
    let (path, is_list) = match returns {
        RustType::Item(path) => (path, false),
        RustType::Vec(item) => match &**item {
            RustType::Item(path) => (path, true),
            _ => return None,
        },
        _ => return None,
    };
    let mut code = Code::default();
    code.line("/// What the answer is.");
    code.line(&format!("pub fn show(result: {returns}) {{"));
    let indent = if is_list { "        " } else { "    " };
    if is_list {
        code.line("    for value in result {");
    }
    let value = if is_list { "value" } else { "result" };
    match items.at(path)? {
        Item::Struct(item) => code.line(&format!("{indent}{};", print(item, value)?)),
        Item::Enum(item) => arms(&mut code, items, item, path, value, indent),
    }
    if is_list {
        code.line("    }");
    }
    code.line("}");
    Some(code.finish(&chapter.unit.rust_path))
}

fn arms(code: &mut Code, items: &Items<'_>, item: &Enum, path: &ItemPath, value: &str, indent: &str) {
    code.line(&format!("{indent}match {value} {{"));
    let shown = if item.variants.len() > MAX_VARIANTS { MAX_VARIANTS - 1 } else { item.variants.len() };
    for variant in &item.variants[..shown] {
        let structure = variant.item.as_ref().and_then(|path| match items.at(path)? {
            Item::Struct(item) => Some(item),
            Item::Enum(_) => None,
        });
        let printed = structure.and_then(|item| print(item, "found"));
        let inner = match (&variant.item, &printed) {
            (None, _) => "",
            (Some(_), None) => "(_)",
            (Some(_), Some(_)) => "(found)",
        };
        let printed = printed.unwrap_or_else(|| format!("println!({:?})", variant.tl_name));
        let head = format!("{indent}    {path}::{}{inner} =>", variant.name);
        if head.chars().count() + printed.chars().count() < tlgen_build::expr::WIDTH {
            code.line(&format!("{head} {printed},"));
        } else {
            code.line(&format!("{head} {{"));
            code.line(&format!("{indent}        {printed};"));
            code.line(&format!("{indent}    }}"));
        }
    }
    if shown < item.variants.len() {
        code.line(&format!("{indent}    _ => println!(\"another one\"),"));
    }
    code.line(&format!("{indent}}}"));
}

/// Prints a few fields of a value, if there is one that says something by itself: lists by their lengths, numbers and text.
fn print(item: &Struct, value: &str) -> Option<String> {
    let mut fields: Vec<&Field> = item.fields.iter().filter(|field| is_shown(field)).collect();
    // Lists first, then what is always there, then switches.
    fields.sort_by_key(|field| match (&field.ty, field.optional) {
        (RustType::Vec(_), false) => 0,
        (RustType::Bool, _) => 2,
        (_, optional) => 1 + u8::from(optional) * 2,
    });
    fields.truncate(SHOWN);
    if fields.is_empty() {
        return None;
    }
    let texts = fields.iter().map(|field| {
        let name = field.name.trim_start_matches("r#");
        match (&field.ty, field.optional) {
            (RustType::Vec(_), false) => format!("{{}} {name}"),
            (_, true) => format!("{name} {{:?}}"),
            (_, false) => format!("{name} {{}}"),
        }
    });
    let texts: Vec<String> = texts.collect();
    let values = fields.iter().map(|field| match (&field.ty, field.optional) {
        (RustType::Vec(_), false) => format!("{value}.{}.len()", field.name),
        _ => format!("{value}.{}", field.name),
    });
    let values: Vec<String> = values.collect();
    Some(format!("println!(\"{}: {}\", {})", item.tl_name, texts.join(", "), values.join(", ")))
}

/// Whether a field can be printed whatever the derives of the schema are.
fn is_shown(field: &Field) -> bool {
    match field.ty {
        RustType::I32 | RustType::U32 | RustType::I64 | RustType::F64 | RustType::F32 | RustType::Bool => !field.boxed,
        RustType::String(_) => !field.boxed,
        RustType::Vec(_) => !field.optional && !field.boxed,
        _ => false,
    }
}

/// A function that handles an error; `None` where there is no variant for it.
pub(crate) fn of_error(chapter: &Chapter<'_>, name: &ErrorName) -> Option<String> {
    let known = chapter.unit.package?.errors.iter().find(|known| known.name == name.as_str())?;
    let mut code = Code::default();
    code.imports.insert("rpc::RpcError");
    code.own.insert("errors::Error");
    code.line("/// What to do after an error.");
    code.line("pub fn handle(error: &RpcError) {");
    code.line("    match Error::from(error) {");
    let has_code = known.codes.len() != 1;
    let pattern = match (&known.fields[..], has_code) {
        ([], false) => String::new(),
        ([], true) => " { .. }".to_owned(),
        (fields, false) => format!(" {{ {} }}", fields.join(", ")),
        (fields, true) => format!(" {{ {}, .. }}", fields.join(", ")),
    };
    let numbers = known.fields.iter().map(|field| format!(", {}: {{{field}}}", field.trim_start_matches("r#")));
    let numbers: String = numbers.collect();
    code.line(&format!("        Error::{}{pattern} => println!(\"expected{numbers}\"),", known.variant));
    code.line("        other => println!(\"not expected: {other}\"),");
    code.line("    }");
    code.line("}");
    Some(code.finish(&chapter.unit.rust_path))
}
