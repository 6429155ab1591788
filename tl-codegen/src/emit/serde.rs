//! What the derives of serde need beside themselves.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::Scope;
use crate::ir::{Field, RustType};

/// A derive of serde.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Derive {
    Serialize,
    Deserialize,
}

/// What a path of the option `derives` is, if it is of serde: `::serde::Serialize`.
pub(super) fn derive(path: &str) -> Option<Derive> {
    let (module, name) = path.rsplit_once("::")?;
    if !module.split("::").any(|part| part.trim() == "serde") {
        return None;
    }
    match name.trim() {
        "Serialize" => Some(Derive::Serialize),
        "Deserialize" => Some(Derive::Deserialize),
        _ => None,
    }
}

/// The attribute of a field whose type serde does not know, or does not write as the runtime documents it.
pub(super) fn attribute(field: &Field, scope: &Scope<'_>) -> TokenStream {
    if !scope.has_serde() || !needs_help(&field.ty) {
        return TokenStream::new();
    }
    let module = format!("{}serde_field", scope.root());
    let default = field.optional.then(|| quote! { default, });
    quote! { #[serde(#default with = #module)] }
}

fn needs_help(ty: &RustType) -> bool {
    match ty {
        RustType::Array(_) | RustType::Bytes | RustType::Slice | RustType::Object | RustType::True => true,
        RustType::Vec(item) => needs_help(item),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Derive, derive};

    #[test]
    fn derives_are_known_by_their_path() {
        assert_eq!(derive("::serde::Serialize"), Some(Derive::Serialize));
        assert_eq!(derive("crate::serde :: Deserialize"), Some(Derive::Deserialize));
        for other in ["Serialize", "::rkyv::Serialize", "::serde::Other", "Debug", "::my_serde::Serialize"] {
            assert_eq!(derive(other), None, "{other}");
        }
    }
}
