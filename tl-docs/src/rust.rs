//! The Rust items of the declarations of a schema, as pages show them.

use tlgen_build::ir::{Boxed, Field, ItemPath, Struct};
use tlgen_model::schema::Param;

/// The path of a type as users write it, without the path of the package.
pub(crate) fn boxed_path(boxed: &Boxed) -> &ItemPath {
    match boxed {
        Boxed::Alias { path, .. } => path,
        Boxed::Enum(item) => &item.path,
    }
}

/// The field of each parameter. A flags word that is computed from other fields does not have one, nor does a length.
pub(crate) fn fields<'a>(params: &[Param], item: &'a Struct) -> Vec<Option<&'a Field>> {
    let mut fields = vec![None; params.len()];
    for field in &item.fields {
        fields[field.param] = Some(field);
    }
    fields
}
