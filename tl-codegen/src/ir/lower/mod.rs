//! Model to package: names, documentation and order. Fields are made in [`params`], types in [`expr`].

mod calls;
mod expr;
mod facts;
mod names;
mod options;
mod params;

use tlgen_model::analysis::{direction::Directions, finite::Finite, recursion::Recursion, size::Sizes};
use tlgen_model::schema::{
    Combinator, CombinatorIdx, GenericKind, Param, Schema, SectionKind, Type, TypeExpr, TypeIdx,
};
use tlgen_model::view;

use super::{
    Borrowed, Boxed, Enum, Facts, Field, InPlace, Package, Struct, Traits, Usage, Variant, Way, accessors, borrow,
    boxes, traits, unknown, views,
};
use crate::config::{Config, FlagsMode, Role, TextMode, TextType, UnknownMode, ViewsMode};
use crate::error::{CodegenError, CodegenErrorKind};
use facts::Known;
use names::Names;
use options::Options;

/// Makes the package of a schema, or every error.
pub(crate) fn lower(schema: &Schema, config: &Config) -> Result<Package, Vec<CodegenError>> {
    let mut errors = Vec::new();
    let options = Options::resolve(schema, config, &mut errors);
    let names = Names::of(schema, &options, config.unknown, &mut errors);
    let (known, known_errors) = Known::of(schema, &config.metadata, &mut errors);
    let context = Context {
        schema,
        known: &known,
        options: &options,
        names: &names,
        flags: config.flags,
        text: config.text,
        text_type: config.text_type,
        recursion: Recursion::of(schema),
        finite: Finite::of(schema),
        sizes: match config.unknown {
            UnknownMode::Refuse => Sizes::of(schema),
            UnknownMode::Keep => Sizes::with_unknown(schema),
        },
        directions: directions(schema, &options),
    };
    let endless = context.endless();
    if !endless.is_empty() {
        errors.extend(endless);
        return Err(errors);
    }
    let mut package = Package {
        layer: schema.layer,
        constructors: Vec::new(),
        types: Vec::new(),
        functions: Vec::new(),
        names: ids(schema),
        known: None,
        borrowed: Borrowed::default(),
        views: None,
        errors: known_errors,
        calls: config.calls.then(|| calls::calls(schema, &names, &mut errors)),
        declarations: if config.declarations { view::declarations(schema) } else { Vec::new() },
    };
    for (idx, combinator) in schema.constructors() {
        if context.has_struct(idx) {
            collect(context.constructor(idx, combinator, config), &mut package.constructors, &mut errors);
        }
    }
    for (idx, combinator) in schema.functions() {
        collect(context.function(idx, combinator, config), &mut package.functions, &mut errors);
    }
    let declared = schema.types().filter(|(_, ty)| !ty.constructors.is_empty());
    package.types = declared.map(|(idx, ty)| context.boxed(idx, ty, config)).collect();
    if errors.is_empty() {
        boxes::set(&mut package);
        if config.unknown == UnknownMode::Keep {
            unknown::set(&mut package);
        }
        if config.borrowed {
            package.borrowed = borrow::borrowed(&package);
        }
        traits::set(&mut package);
        if config.accessors {
            accessors::set(&mut package);
        }
        if config.views != ViewsMode::Off {
            let found = views::views(&package, config.role != Role::Client, config.views == ViewsMode::Code);
            package.views = Some(found.map_err(|structs| context.too_many_words(&structs))?);
        }
        Ok(package)
    } else {
        Err(errors)
    }
}

fn collect<T>(result: Result<T, Vec<CodegenError>>, into: &mut Vec<T>, errors: &mut Vec<CodegenError>) {
    match result {
        Ok(value) => into.push(value),
        Err(mut more) => errors.append(&mut more),
    }
}

/// What requests and answers hold. An error that comes in the place of an answer is one.
fn directions(schema: &Schema, options: &Options) -> Directions {
    let directions = Directions::of(schema);
    match options.error.and_then(|error| schema.combinator(error.constructor).ty) {
        Some(error) => directions.with_result(schema, error),
        None => directions,
    }
}

fn ids(schema: &Schema) -> Vec<(u32, String)> {
    let mut names: Vec<_> = schema.combinators.iter().map(|c| (c.id, c.name.full().to_owned())).collect();
    names.sort();
    names.dedup_by_key(|(id, _)| *id);
    names
}

/// What lowering looks at: the schema and what was found out about it.
struct Context<'a> {
    schema: &'a Schema,
    known: &'a Known<'a>,
    options: &'a Options,
    names: &'a Names,
    flags: FlagsMode,
    text: TextMode,
    text_type: TextType,
    recursion: Recursion,
    finite: Finite,
    sizes: Sizes,
    directions: Directions,
}

/// The traits of an item before [`traits::set`] has looked at its fields.
const NO_TRAITS: Traits = Traits { default: false, eq: false, copy: false };

impl Context<'_> {
    /// Whether a flags word that only holds conditions is a field.
    fn keeps_word(&self, param: &Param) -> bool {
        match self.flags {
            FlagsMode::Derived => false,
            FlagsMode::Kept => true,
            FlagsMode::Auto => !param.is_named_flags(),
        }
    }

    /// The types without a finite value. The model refuses a schema that has any, but the option `skip` may leave out the
    /// constructor by which a value ends.
    fn endless(&self) -> Vec<CodegenError> {
        let is_endless =
            |(idx, ty): &(TypeIdx, &Type)| !ty.constructors.is_empty() && self.finite.constructor(*idx).is_none();
        let error = |(_, ty): (TypeIdx, &Type)| {
            let reason = "each constructor of it that is left needs a value without an end".to_owned();
            let kind = CodegenErrorKind::Unsupported { declaration: ty.name.full().to_owned(), reason };
            CodegenError { kind, location: Some(ty.location) }
        };
        self.schema.types().filter(is_endless).map(error).collect()
    }

    /// The error for structs that have no view.
    fn too_many_words(&self, structs: &[&Struct]) -> Vec<CodegenError> {
        let reason = "a view has at most eight words with flags, counts and lengths: leave out the option `views`";
        structs.iter().map(|item| unsupported(self.schema.combinator(item.combinator), reason.to_owned())).collect()
    }

    /// Whether a constructor is a struct and not a unit variant.
    fn has_struct(&self, idx: CombinatorIdx) -> bool {
        let combinator = self.schema.combinator(idx);
        let alone = combinator.ty.is_some_and(|ty| self.schema.ty(ty).constructors.len() == 1);
        alone || !combinator.params.is_empty()
    }

    fn constructor(
        &self,
        idx: CombinatorIdx,
        combinator: &Combinator,
        config: &Config,
    ) -> Result<Struct, Vec<CodegenError>> {
        // A parameter that the type does not name is the result of a function that the value holds.
        if !combinator.result.args().is_empty()
            && let Some(generic) = combinator.generics.first()
        {
            return Err(vec![unsupported(combinator, format!("it has the parameter `{}`", generic.name))]);
        }
        let ty = combinator.ty.expect("a constructor has a type");
        let alone = self.schema.ty(ty).constructors.len() == 1;
        let usage = self.usage(ty, config);
        self.combinator(idx, combinator, None, alone && self.recursion.is_recursive(ty), usage)
    }

    fn function(
        &self,
        idx: CombinatorIdx,
        combinator: &Combinator,
        config: &Config,
    ) -> Result<Struct, Vec<CodegenError>> {
        for (place, generic) in combinator.generics.iter().enumerate() {
            let is_query = |ty: &TypeExpr| matches!(ty, TypeExpr::Function { generic } if *generic as usize == place);
            if generic.kind == GenericKind::Nat || !combinator.params.iter().any(|param| is_query(&param.ty)) {
                let reason = format!("it has the parameter `{}` that is not the result of a query", generic.name);
                return Err(vec![unsupported(combinator, reason)]);
            }
        }
        let returns = self.result(idx).map_err(|error| vec![error])?;
        // Who makes requests uses few of them.
        let decode = match config.role {
            Role::Client => Way::Absent,
            Role::Server => Way::Library,
            Role::Both => Way::Inline,
        };
        let usage = Usage { encode: Way::Inline, decode };
        self.combinator(idx, combinator, Some(returns), false, usage)
    }

    fn combinator(
        &self,
        idx: CombinatorIdx,
        combinator: &Combinator,
        returns: Option<super::RustType>,
        counts_depth: bool,
        usage: Usage,
    ) -> Result<Struct, Vec<CodegenError>> {
        let params::Lowered { fields, steps } = params::Params::new(self, idx, combinator).lower()?;
        let error = self.in_place(idx, combinator, &fields);
        Ok(Struct {
            combinator: idx,
            path: self.names.combinator(idx).clone(),
            tl_name: combinator.name.full().to_owned(),
            id: combinator.id,
            docs: self.known.combinator(combinator),
            generics: match combinator.kind {
                SectionKind::Functions => self.names.generics(idx).to_vec(),
                SectionKind::Types => Vec::new(),
            },
            owned: None,
            fields,
            steps,
            min_size: self.sizes.bare(idx),
            counts_depth,
            facts: match combinator.kind {
                SectionKind::Functions => self.known.function(combinator),
                SectionKind::Types => Facts::default(),
            },
            returns,
            error,
            unknown: false,
            traits: NO_TRAITS,
            usage,
        })
    }

    /// A function that returns the type of the error returns it as a value.
    fn in_place(&self, idx: CombinatorIdx, combinator: &Combinator, fields: &[Field]) -> Option<InPlace> {
        let error = self.options.error?;
        if combinator.kind == SectionKind::Types {
            let name = |param| fields.iter().find(|field| field.param == param).map(|field| field.name.clone());
            let is_error = idx == error.constructor;
            return is_error.then(|| Some(InPlace::Is { code: name(error.code)?, text: name(error.text)? })).flatten();
        }
        let ty = self.schema.combinator(error.constructor).ty;
        let returns_it = matches!(&combinator.result, TypeExpr::Boxed { ty: result, .. } if Some(*result) == ty);
        (!returns_it).then(|| InPlace::May(self.names.combinator(error.constructor).clone()))
    }

    fn boxed(&self, idx: TypeIdx, ty: &Type, config: &Config) -> Boxed {
        let path = self.names.ty(idx).clone();
        if let [constructor] = ty.constructors[..] {
            return Boxed::Alias { path, target: self.names.combinator(constructor).clone() };
        }
        let fallback = self.finite.constructor(idx).expect("a type without a finite value was refused");
        Boxed::Enum(Enum {
            ty: idx,
            path,
            owned: None,
            tl_name: ty.name.full().to_owned(),
            docs: self
                .known
                .ty(ty, ty.constructors.iter().map(|c| self.schema.combinator(*c).declaration.to_string()).collect()),
            variants: ty.constructors.iter().map(|constructor| self.variant(*constructor)).collect(),
            accessors: None,
            unknown: false,
            fallback: ty.constructors.iter().position(|c| *c == fallback).expect("it is one of them"),
            min_size: self.sizes.boxed(idx),
            counts_depth: self.recursion.is_recursive(idx),
            traits: NO_TRAITS,
            usage: self.usage(idx, config),
        })
    }

    fn variant(&self, idx: CombinatorIdx) -> Variant {
        let combinator = self.schema.combinator(idx);
        let item = self.has_struct(idx).then(|| self.names.combinator(idx).clone());
        Variant {
            combinator: idx,
            name: self.names.variant(idx).to_owned(),
            id: combinator.id,
            tl_name: combinator.name.full().to_owned(),
            docs: self.known.combinator(combinator),
            item,
            holds_text: false,
            boxed: false,
            drops: true,
        }
    }

    /// A client encodes what requests reach and decodes what results reach.
    fn usage(&self, ty: TypeIdx, config: &Config) -> Usage {
        let (in_requests, in_results) = (self.directions.in_arguments(ty), self.directions.in_results(ty));
        let other = if config.role == Role::Client { Way::Absent } else { Way::Inline };
        let way = |is_used: bool| if is_used { Way::Library } else { other };
        match config.role {
            Role::Client | Role::Both => Usage { encode: way(in_requests), decode: way(in_results) },
            Role::Server => Usage { encode: way(in_results), decode: way(in_requests) },
        }
    }
}

fn unsupported(combinator: &Combinator, reason: String) -> CodegenError {
    debug_assert!(matches!(combinator.kind, SectionKind::Types | SectionKind::Functions));
    CodegenError {
        kind: CodegenErrorKind::Unsupported { declaration: combinator.name.full().to_owned(), reason },
        location: Some(combinator.name_location),
    }
}
