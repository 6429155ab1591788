//! One row for each constructor and function: how both implementations decode and encode it.

use std::fmt::Write as _;

use tlgen_build::ir::{ItemPath, Package, Struct};
use tlgen_model::schema::Schema;

use crate::peer;

/// The query that is used for `X` in functions that wrap another one.
const INNER: &str = "contacts.getTopPeers";

/// The text of two tables, `CONSTRUCTORS` and `FUNCTIONS`, in the order of the schema, and the name of the query in functions
/// that take one.
pub(crate) fn rows(schema: &Schema, package: &Package) -> Result<String, String> {
    let mut text = format!("const INNER: &str = {INNER:?};\n");
    text.push_str("static CONSTRUCTORS: &[Row] = &[\n");
    let types = package.types_by_constructor();
    for (_, constructor) in schema.constructors() {
        let (name, ty) = (constructor.name.full(), constructor.ty.ok_or("a constructor has a type")?);
        let ours = types.get(name).ok_or_else(|| format!("nothing is generated for `{name}`"))?;
        let theirs = peer::path(schema.ty(ty).name.full());
        row(&mut text, name, &rust(ours, ""), &format!("peer::enums::{theirs}"));
    }
    let inner = inner(package)?;
    text.push_str("];\nstatic FUNCTIONS: &[Row] = &[\n");
    for function in &package.functions {
        let (ours, theirs) = both(function, inner);
        row(&mut text, &function.tl_name, &ours, &theirs);
    }
    text.push_str("];\n");
    Ok(text)
}

/// The query inside functions that wrap one.
pub(crate) fn inner(package: &Package) -> Result<&Struct, String> {
    let inner = package.functions.iter().find(|function| function.tl_name == INNER);
    inner.ok_or_else(|| format!("the schema has no function `{INNER}`"))
}

/// The types of one function in both implementations.
fn both(function: &Struct, inner: &Struct) -> (String, String) {
    let theirs = format!("peer::functions::{}", peer::path(&function.tl_name));
    if function.generics.is_empty() {
        return (rust(&function.path, ""), format!("Request<{theirs}>"));
    }
    let (inner_ours, inner_theirs) = both(inner, inner);
    let each = |inner: &str| format!("<{}>", vec![inner; function.generics.len()].join(", "));
    (rust(&function.path, &each(&inner_ours)), format!("Request<{theirs}{}>", each(&inner_theirs)))
}

fn row(text: &mut String, name: &str, ours: &str, theirs: &str) {
    let _ = writeln!(text, "    Row {{ name: {name:?}, ours: ours::<{ours}>, theirs: theirs::<{theirs}> }},");
}

fn rust(path: &ItemPath, generics: &str) -> String {
    format!("tl_full_api::{path}{generics}")
}
