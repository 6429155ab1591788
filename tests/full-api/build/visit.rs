//! Functions that go through all types of the API.

use std::fmt::Write as _;

use tlgen_build::ir::Package;
use tlgen_model::schema::Schema;

use crate::rows;

/// The text of `boxed_types` and `functions`, in the order of the schema.
pub(crate) fn functions(schema: &Schema, package: &Package) -> Result<String, String> {
    let mut text = String::from(
        "/// Shows each boxed type to `visit`, under its TL name.\n\
         pub fn boxed_types<V: Visit>(visit: &mut V) {\n",
    );
    let paths = package.types_by_constructor();
    for ty in &schema.types {
        let Some(&first) = ty.constructors.first() else { continue };
        let Some(path) = paths.get(schema.combinator(first).name.full()) else { continue };
        let check = format!("Some(|bytes, options| options.check_bytes::<views::{path}<'_>>(bytes))");
        call(&mut text, ty.name.full(), &path.to_string(), &check);
    }
    text.push_str(
        "}\n\n/// Shows each function to `visit`; what wraps a query wraps one that is always the same.\n\
         pub fn functions<V: Visit>(visit: &mut V) {\n",
    );
    let inner = rows::inner(package)?;
    for function in &package.functions {
        let path = &function.path;
        let ty = match function.generics.len() {
            0 => path.to_string(),
            count => format!("{path}<{}>", vec![inner.path.to_string(); count].join(", ")),
        };
        call(&mut text, &function.tl_name, &ty, "None");
    }
    text.push_str("}\n");
    Ok(text)
}

fn call(text: &mut String, name: &str, ty: &str, check: &str) {
    let _ = writeln!(text, "    visit.visit::<{ty}>({name:?}, {check});");
}
