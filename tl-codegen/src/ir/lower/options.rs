//! Options by index: what the names in the configuration point at. An option that names nothing is an error.

use std::collections::BTreeMap;

use tlgen_model::schema::{CombinatorIdx, Primitive, Schema, SectionKind, TypeExpr, TypeIdx};
use tlgen_model::suggest::Suggest;
use tlgen_parser::source::Location;

use crate::config::Config;
use crate::error::{CodegenError, CodegenErrorKind};

/// A parameter of a combinator.
pub(super) type ParamPlace = (CombinatorIdx, usize);

/// The options of a [`Config`] that name something in the schema.
#[derive(Default)]
pub(super) struct Options {
    pub(super) combinators: BTreeMap<CombinatorIdx, String>,
    pub(super) types: BTreeMap<TypeIdx, String>,
    pub(super) fields: BTreeMap<ParamPlace, String>,
    /// Text parameters that hold bytes.
    pub(super) bytes: BTreeMap<ParamPlace, ()>,
    /// Opaque parameters to the parameter that holds their length.
    pub(super) lengths: BTreeMap<ParamPlace, usize>,
    /// The constructor that comes in the place of answers.
    pub(super) error: Option<ErrorPlace>,
}

/// A constructor that is an error, with its parameters for code and text.
#[derive(Clone, Copy)]
pub(super) struct ErrorPlace {
    pub(super) constructor: CombinatorIdx,
    pub(super) code: usize,
    pub(super) text: usize,
}

impl Options {
    pub(super) fn resolve(schema: &Schema, config: &Config, errors: &mut Vec<CodegenError>) -> Self {
        let index = Index::of(schema);
        let mut options = Self::default();
        for (tl, rust) in &config.rename {
            if index.combinators(tl).is_empty() && !index.types.contains_key(tl.as_str()) && index.params(tl).is_empty()
            {
                errors.push(index.unmatched("rename", tl));
            }
            // A field is meant only where no combinator has that very name.
            if index.combinators(tl).is_empty() {
                options.fields.extend(index.params(tl).into_iter().map(|place| (place, rust.clone())));
            }
            options.combinators.extend(index.combinators(tl).iter().map(|idx| (*idx, rust.clone())));
            options.types.extend(index.types.get(tl.as_str()).map(|idx| (*idx, rust.clone())));
        }
        for tl in &config.bytes {
            let places = index.params(tl);
            if places.is_empty() {
                errors.push(index.unmatched("bytes", tl));
            }
            for place in places {
                let param = &schema.combinator(place.0).params[place.1];
                if holds_text(&param.ty) {
                    options.bytes.insert(place, ());
                } else {
                    errors.push(misapplied("bytes", tl, "a field that is declared `string`", param.location));
                }
            }
        }
        for (tl, length) in &config.length {
            let places = index.params(tl);
            if places.is_empty() {
                errors.push(index.unmatched("length", tl));
            }
            for place in places {
                let combinator = schema.combinator(place.0);
                let params = &combinator.params;
                // In a constructor `!X` is any function.
                let is_opaque = match params[place.1].ty {
                    TypeExpr::Object => true,
                    TypeExpr::Function { .. } => combinator.kind == SectionKind::Types,
                    _ => false,
                };
                let is_int =
                    |ty: &TypeExpr| matches!(ty, TypeExpr::Primitive { primitive: Primitive::Int, boxed: None });
                let found = params[..place.1].iter().position(|param| param.name.as_deref() == Some(length));
                match found.filter(|at| params[*at].condition.is_none() && is_int(&params[*at].ty)) {
                    Some(at) if is_opaque => {
                        options.lengths.insert(place, at);
                    }
                    _ => errors.push(misapplied(
                        "length",
                        tl,
                        "an `Object` field behind an unconditional `int` field of the given name",
                        params[place.1].location,
                    )),
                }
            }
        }
        if let Some(tl) = &config.error {
            let all = index.combinators(tl);
            let found = all.iter().find(|idx| schema.combinator(**idx).kind == SectionKind::Types);
            match (found.and_then(|idx| error_place(schema, *idx)), found.or(all.first()).copied()) {
                (Some(place), _) => options.error = Some(place),
                // What is there may be a function, or the type in the place of its constructor.
                (None, named) => match named.or_else(|| index.made_by(tl)) {
                    None => errors.push(index.unmatched("error", tl)),
                    Some(idx) => errors.push(misapplied(
                        "error",
                        tl,
                        "a constructor of two fields, an `int` and a `string`",
                        schema.combinator(idx).name_location,
                    )),
                },
            }
        }
        options
    }
}

/// Where code and text are, if they are all that the constructor has.
fn error_place(schema: &Schema, constructor: CombinatorIdx) -> Option<ErrorPlace> {
    let params = &schema.combinator(constructor).params;
    let at = |wanted: Primitive| {
        let is_wanted =
            |ty: &TypeExpr| matches!(ty, TypeExpr::Primitive { primitive, boxed: None } if *primitive == wanted);
        params.iter().position(|param| param.condition.is_none() && is_wanted(&param.ty))
    };
    let (code, text) = (at(Primitive::Int)?, at(Primitive::String)?);
    (params.len() == 2).then_some(ErrorPlace { constructor, code, text })
}

fn holds_text(ty: &TypeExpr) -> bool {
    match ty {
        TypeExpr::Primitive { primitive, .. } => *primitive == Primitive::String,
        TypeExpr::Vector { item, .. } => holds_text(item),
        _ => false,
    }
}

fn misapplied(option: &'static str, value: &str, expected: &'static str, location: Location) -> CodegenError {
    CodegenError {
        kind: CodegenErrorKind::Misapplied { option, value: value.to_owned(), expected },
        location: Some(location),
    }
}

/// TL names to indices.
struct Index<'a> {
    schema: &'a Schema,
    combinators: BTreeMap<&'a str, Vec<CombinatorIdx>>,
    types: BTreeMap<&'a str, TypeIdx>,
}

impl<'a> Index<'a> {
    fn of(schema: &'a Schema) -> Self {
        let mut combinators: BTreeMap<&str, Vec<CombinatorIdx>> = BTreeMap::new();
        for (idx, combinator) in schema.constructors().chain(schema.functions()) {
            combinators.entry(combinator.name.full()).or_default().push(idx);
        }
        let types = schema.types().map(|(idx, ty)| (ty.name.full(), idx)).collect();
        Self { schema, combinators, types }
    }

    fn combinators(&self, tl: &str) -> &[CombinatorIdx] {
        self.combinators.get(tl).map_or(&[], Vec::as_slice)
    }

    /// The first constructor of a type.
    fn made_by(&self, tl: &str) -> Option<CombinatorIdx> {
        self.schema.ty(*self.types.get(tl)?).constructors.first().copied()
    }

    /// The parameters that `combinator.field` names: one, or two where a function has the name of a constructor.
    fn params(&self, tl: &str) -> Vec<ParamPlace> {
        let Some((owner, field)) = tl.rsplit_once('.') else { return Vec::new() };
        let place = |idx: &CombinatorIdx| {
            let params = &self.schema.combinator(*idx).params;
            params.iter().position(|param| param.name.as_deref() == Some(field)).map(|at| (*idx, at))
        };
        self.combinators(owner).iter().filter_map(place).collect()
    }

    fn unmatched(&self, option: &'static str, tl: &str) -> CodegenError {
        let names = self.combinators.keys().chain(self.types.keys()).copied();
        let similar = match tl.rsplit_once('.') {
            Some((owner, field)) if !self.combinators(owner).is_empty() => self.similar_field(owner, field),
            _ => Suggest::new(names).nearest(tl),
        };
        CodegenError { kind: CodegenErrorKind::Unmatched { option, value: tl.to_owned(), similar }, location: None }
    }

    /// The field that is meant where only the combinator before the last dot is right.
    fn similar_field(&self, owner: &str, field: &str) -> Option<String> {
        let params = self.combinators(owner).iter().flat_map(|idx| &self.schema.combinator(*idx).params);
        let nearest = Suggest::new(params.filter_map(|param| param.name.as_deref())).nearest(field)?;
        Some(format!("{owner}.{nearest}"))
    }
}
