//! One row for each constructor and function: how both implementations decode and encode it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use tl_codegen::ir::{Boxed, ItemPath, Package, Struct};

use crate::peer;

/// The query that stands for `X` in functions that wrap another one.
const INNER: &str = "contacts.getTopPeers";

/// The text of two tables, `CONSTRUCTORS` and `FUNCTIONS`, in the order of the schema, and the name of the query that
/// stands in functions which take one.
pub(crate) fn rows(package: &Package) -> Result<String, String> {
    let mut text = format!("const INNER: &str = {INNER:?};\n");
    text.push_str("static CONSTRUCTORS: &[Row] = &[\n");
    for (constructor, ty) in constructors(package)? {
        let theirs = peer::path(ty.tl_name);
        row(&mut text, constructor, &rust(ty.path, ""), &format!("peer::enums::{theirs}"));
    }
    let inner = package.functions.iter().find(|function| function.tl_name == INNER);
    let inner = inner.ok_or_else(|| format!("the schema has no function `{INNER}`"))?;
    text.push_str("];\nstatic FUNCTIONS: &[Row] = &[\n");
    for function in &package.functions {
        let (ours, theirs) = both(function, inner);
        row(&mut text, &function.tl_name, &ours, &theirs);
    }
    text.push_str("];\n");
    Ok(text)
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

/// A boxed type under both its names.
#[derive(Clone, Copy)]
struct Named<'p> {
    tl_name: &'p str,
    path: &'p ItemPath,
}

/// The TL names of all constructors with the types that they belong to.
fn constructors(package: &Package) -> Result<BTreeMap<&str, Named<'_>>, String> {
    let structs: BTreeMap<_, _> = package.constructors.iter().map(|item| (&item.path, item)).collect();
    let mut constructors = BTreeMap::new();
    for ty in &package.types {
        match ty {
            Boxed::Alias { path, target } => {
                let item = structs.get(target).ok_or_else(|| format!("no struct {target:?}"))?;
                let line = item.docs.tl.first().map_or("", String::as_str);
                let tl_name = line.rsplit_once("= ").ok_or_else(|| format!("no result in {line:?}"))?.1;
                constructors.insert(item.tl_name.as_str(), Named { tl_name, path });
            }
            Boxed::Enum(item) => {
                let named = Named { tl_name: &item.tl_name, path: &item.path };
                constructors.extend(item.variants.iter().map(|variant| (variant.tl_name.as_str(), named)));
            }
        }
    }
    Ok(constructors)
}

fn rust(path: &ItemPath, generics: &str) -> String {
    let modules = [path.tree.module()].into_iter().chain(path.namespace.iter().map(String::as_str));
    let parts: Vec<_> = modules.chain([path.name.as_str()]).collect();
    format!("tl_full_api::{}{generics}", parts.join("::"))
}
