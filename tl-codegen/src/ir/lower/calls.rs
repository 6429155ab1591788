//! Methods by namespace. A function and a namespace of one name would be two methods of one name.

use std::collections::BTreeMap;

use tlgen_model::schema::{Combinator, Schema};

use super::names::Names;
use crate::error::{CodegenError, CodegenErrorKind};
use crate::ir::Calls;
use crate::naming;

/// The methods of all functions, which are numbered in the order of the schema.
pub(super) fn calls(schema: &Schema, names: &Names, errors: &mut Vec<CodegenError>) -> Calls {
    let mut root = Calls::default();
    let mut taken: BTreeMap<Vec<String>, &Combinator> = BTreeMap::new();
    for (place, (idx, function)) in schema.functions().enumerate() {
        let path = names.combinator(idx);
        let mut here = &mut root;
        for module in &path.namespace {
            here = here.children.entry(module.clone()).or_default();
        }
        let method = naming::field_name(&path.name);
        taken.insert([&path.namespace[..], core::slice::from_ref(&method)].concat(), function);
        here.methods.push((method, place));
    }
    for (idx, function) in schema.functions() {
        let namespace = &names.combinator(idx).namespace;
        let clash = (1..=namespace.len()).find_map(|end| taken.get(&namespace[..end]));
        if let Some(first) = clash {
            let kind = CodegenErrorKind::NameClash {
                rust: format!("calls::{}", namespace.join("::")),
                tl: first.name.full().to_owned(),
                first: function.name.full().to_owned(),
                first_location: function.name_location,
            };
            let error = CodegenError { kind, location: Some(first.name_location) };
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
    }
    root
}
