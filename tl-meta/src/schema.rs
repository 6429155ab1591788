//! Metadata and a schema: what the comments of the schema say, and which entries name nothing in it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use tlgen_model::schema::{Combinator, Schema, SectionKind};
use tlgen_parser::source::Location;

use crate::error::{MetaError, MetaErrorKind, Named};
use crate::table::{Constructor, Field, Function, Metadata, Type};

impl Metadata {
    /// What the comments of a schema say: the first source.
    #[must_use]
    pub fn from_schema(schema: &Schema) -> Self {
        let mut metadata = Self::default();
        for (_, function) in schema.functions() {
            let entry = Function {
                description: described(&function.description),
                fields: fields(function),
                ..Function::default()
            };
            if entry != Function::default() {
                metadata.functions.insert(function.name.full().to_owned(), entry);
            }
        }
        for (_, constructor) in schema.constructors() {
            let entry = Constructor {
                description: described(&constructor.description),
                fields: fields(constructor),
                ..Constructor::default()
            };
            if entry != Constructor::default() {
                metadata.constructors.insert(constructor.name.full().to_owned(), entry);
            }
        }
        for (_, ty) in schema.types() {
            if let Some(description) = described(&ty.description) {
                let entry = Type { description: Some(description), ..Type::default() };
                metadata.types.insert(ty.name.full().to_owned(), entry);
            }
        }
        metadata
    }

    /// Every entry that names nothing in `schema`, ordered by location, then by name.
    #[must_use]
    pub fn unmatched(&self, schema: &Schema) -> Vec<MetaError> {
        let names = Names::of(schema);
        let mut found = Vec::new();
        let mut report = |what: Named, name: &str, instead: Option<Named>, location: Option<Location>| {
            let kind = MetaErrorKind::Unmatched { what, name: name.to_owned(), instead };
            found.push(MetaError { kind, location });
        };
        for (name, function) in &self.functions {
            match names.functions.get(name.as_str()) {
                Some(known) => {
                    for (field, location) in unknown_fields(known, &function.fields) {
                        report(Named::FieldOf(name.clone()), field, None, location);
                    }
                }
                None => report(Named::Function, name, names.kind(name), function.location),
            }
        }
        for (name, constructor) in &self.constructors {
            match names.constructors.get(name.as_str()) {
                Some(known) => {
                    for (field, location) in unknown_fields(known, &constructor.fields) {
                        report(Named::FieldOf(name.clone()), field, None, location);
                    }
                }
                None => report(Named::Constructor, name, names.kind(name), constructor.location),
            }
        }
        for (name, ty) in &self.types {
            if !names.types.contains(name.as_str()) {
                report(Named::Type, name, names.kind(name), ty.location);
            }
        }
        found.sort_by_key(|error| error.location);
        found
    }
}

fn described(description: &Option<Box<str>>) -> Option<String> {
    description.as_deref().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn fields(combinator: &Combinator) -> BTreeMap<String, Field> {
    let entry = |description: String| Field { description: Some(description), ..Field::default() };
    let named = combinator
        .params
        .iter()
        .filter_map(|param| Some((param.name.as_deref()?.to_owned(), described(&param.description)?)));
    named.map(|(name, description)| (name, entry(description))).collect()
}

fn unknown_fields<'m>(
    known: &Combinator,
    fields: &'m BTreeMap<String, Field>,
) -> impl Iterator<Item = (&'m str, Option<Location>)> {
    let names: BTreeSet<&str> = known.params.iter().filter_map(|param| param.name.as_deref()).collect();
    let unknown: Vec<_> = fields.iter().filter(|(name, _)| !names.contains(name.as_str())).collect();
    unknown.into_iter().map(|(name, field)| (name.as_str(), field.location))
}

/// The names of a schema by kind.
struct Names<'s> {
    functions: HashMap<&'s str, &'s Combinator>,
    constructors: HashMap<&'s str, &'s Combinator>,
    types: BTreeSet<&'s str>,
}

impl<'s> Names<'s> {
    fn of(schema: &'s Schema) -> Self {
        let of_kind = |kind: SectionKind| {
            let combinators = schema.combinators.iter().filter(move |combinator| combinator.kind == kind);
            combinators.map(|combinator| (combinator.name.full(), combinator)).collect()
        };
        Self {
            functions: of_kind(SectionKind::Functions),
            constructors: of_kind(SectionKind::Types),
            types: schema.types.iter().map(|ty| ty.name.full()).collect(),
        }
    }

    fn kind(&self, name: &str) -> Option<Named> {
        if self.functions.contains_key(name) {
            Some(Named::Function)
        } else if self.constructors.contains_key(name) {
            Some(Named::Constructor)
        } else {
            self.types.contains(name).then_some(Named::Type)
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use tlgen_model::Valid;
    use tlgen_parser::source::Sources;

    fn schema() -> Valid<Schema> {
        let text = "//@class User @description Somebody.\n\n//@description A user.\n//@id Which one.\nuser id:int = User;\n\
                    userEmpty = User;\n---functions---\nusers.getUser id:int = User;\n";
        let mut sources = Sources::new();
        let file = sources.add("users.tl", text);
        tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap()
    }

    #[test]
    fn comments_are_a_source() {
        let metadata = Metadata::from_schema(&schema());
        assert_eq!(metadata.ty("User").unwrap().description.as_deref(), Some("Somebody."));
        let user = metadata.constructor("user").unwrap();
        assert_eq!(user.description.as_deref(), Some("A user."));
        assert_eq!(user.fields["id"].description.as_deref(), Some("Which one."));
        assert!(metadata.functions.is_empty());
    }

    #[test]
    fn names_match_whole_or_not_at_all() {
        let mut metadata = Metadata::from_schema(&schema());
        assert_eq!(metadata.unmatched(&schema()), []);
        for name in ["users.getUser", "getUser", "users.getUsers", "user"] {
            metadata.functions.insert(name.into(), Function::default());
        }
        let mut function = Function::default();
        function.fields.insert("ids".into(), Field::default());
        function.fields.insert("id".into(), Field::default());
        metadata.functions.insert("users.getUser".into(), function);
        metadata.types.insert("user".into(), Type::default());
        let texts: Vec<String> = metadata.unmatched(&schema()).iter().map(ToString::to_string).collect();
        assert_eq!(
            texts,
            [
                "the schema has no function named `getUser`",
                "the schema has no function named `user`",
                "the schema has no field of `users.getUser` named `ids`",
                "the schema has no function named `users.getUsers`",
                "the schema has no type named `user`",
            ]
        );
        let diagnostic = metadata.unmatched(&schema())[1].diagnostic();
        assert_eq!(diagnostic.help, ["`user` is a constructor"]);
        assert!(!diagnostic.is_error());
    }
}
