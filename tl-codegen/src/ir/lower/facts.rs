//! Metadata by index: descriptions where the schema has none, errors with their variants, callers, related pages.

use std::collections::BTreeMap;

use tlgen_meta::{ErrorName, Field, Metadata, UsableBy};
use tlgen_model::schema::{Combinator, Param, Schema, SectionKind, Type};

use crate::error::{CodegenError, CodegenErrorKind};
use crate::ir::{Docs, Facts, FunctionError, KnownError, Related};
use crate::naming;

/// The metadata of a schema with the errors that it names.
pub(super) struct Known<'a> {
    metadata: &'a Metadata,
    places: BTreeMap<&'a ErrorName, usize>,
}

impl<'a> Known<'a> {
    /// Collects the table of errors: all of the table of the metadata, and those in the lists of functions.
    pub(super) fn of(
        schema: &Schema,
        metadata: &'a Metadata,
        failed: &mut Vec<CodegenError>,
    ) -> (Self, Vec<KnownError>) {
        let mut found: BTreeMap<&ErrorName, (Vec<i32>, Option<&str>)> = BTreeMap::new();
        for (name, known) in &metadata.errors {
            found.insert(name, (known.codes.clone(), known.description.as_deref()));
        }
        for (_, function) in schema.functions() {
            let listed = metadata.function(function.name.full()).and_then(|function| function.errors.as_ref());
            for error in listed.into_iter().flatten() {
                let (codes, description) = found.entry(&error.name).or_default();
                codes.extend(error.code);
                *description = description.or(error.description.as_deref());
            }
        }
        let names: Vec<&ErrorName> = found.keys().copied().collect();
        let variants = naming::error_variants(&names);
        let places = names.into_iter().zip(0..).collect();
        let mut errors = Vec::with_capacity(found.len());
        for ((name, (mut codes, description)), variant) in found.into_iter().zip(variants) {
            codes.sort_unstable();
            codes.dedup();
            let variant = variant.unwrap_or_else(|| {
                let expected = "the name of an error that no other error has in Rust";
                let kind = CodegenErrorKind::Misapplied { option: "metadata", value: name.to_string(), expected };
                failed.push(CodegenError { kind, location: None });
                String::new()
            });
            errors.push(KnownError {
                name: name.to_string(),
                variant,
                codes,
                parts: name.parts(),
                fields: naming::error_fields(
                    name,
                    metadata.errors.get(name).map_or(&[], |known| &known.fields),
                    description,
                ),
                description: description.map(str::to_owned),
            });
        }
        (Self { metadata, places }, errors)
    }

    /// The documentation of a constructor or function.
    pub(super) fn combinator(&self, combinator: &Combinator) -> Docs {
        let name = combinator.name.full();
        let (description, related) = match combinator.kind {
            SectionKind::Functions => match self.metadata.function(name) {
                Some(known) => (known.description.as_deref(), &known.related[..]),
                None => (None, &[][..]),
            },
            SectionKind::Types => match self.metadata.constructor(name) {
                Some(known) => (known.description.as_deref(), &known.related[..]),
                None => (None, &[][..]),
            },
        };
        Docs {
            description: combinator.description.as_deref().or(description).map(str::to_owned),
            tl: vec![combinator.declaration.to_string()],
            related: pages(related),
        }
    }

    /// The documentation of a boxed type with these declarations.
    pub(super) fn ty(&self, ty: &Type, tl: Vec<String>) -> Docs {
        let known = self.metadata.ty(ty.name.full());
        let description = ty.description.as_deref().or(known.and_then(|known| known.description.as_deref()));
        Docs {
            description: description.map(str::to_owned),
            tl,
            related: known.map(|known| pages(&known.related)).unwrap_or_default(),
        }
    }

    /// The description of a field.
    pub(super) fn field(&self, combinator: &Combinator, param: &Param) -> Option<String> {
        let name = combinator.name.full();
        let fields = match combinator.kind {
            SectionKind::Functions => self.metadata.function(name).map(|known| &known.fields),
            SectionKind::Types => self.metadata.constructor(name).map(|known| &known.fields),
        };
        let known = fields.zip(param.name.as_deref()).and_then(|(fields, name)| fields.get(name));
        let description = param.description.as_deref().or(known.and_then(|known| known.description.as_deref()));
        match (description, known) {
            (Some(description), Some(Field { null: Some(null), .. })) => Some(format!("{description} {null}")),
            (None, Some(Field { null: Some(null), .. })) => Some(null.clone()),
            (description, _) => description.map(str::to_owned),
        }
    }

    /// What is known about a function.
    pub(super) fn function(&self, function: &Combinator) -> Facts {
        let name = function.name.full();
        let usable_by = self.metadata.function(name).map_or(UsableBy::Unknown, |known| known.usable_by);
        let sentence = match usable_by {
            UsableBy::Unknown => None,
            UsableBy::Users => Some("Users only."),
            UsableBy::Bots => Some("Bots only."),
            UsableBy::Both => Some("Users and bots."),
        };
        let errors = self.metadata.errors_of(name).map(|errors| {
            let error = |error: tlgen_meta::RpcError| FunctionError {
                error: self.places[&error.name],
                codes: error.codes,
                description: error.description,
            };
            errors.into_iter().map(error).collect()
        });
        Facts { usable_by: sentence.map(str::to_owned), errors }
    }
}

fn pages(related: &[tlgen_meta::Related]) -> Vec<Related> {
    related.iter().map(|page| Related { title: page.title.clone(), url: page.url.clone() }).collect()
}
