//! The whole way from the text of schema files to the text of Rust files, on one screen.
//!
//! Text to model is [`tlgen_model::load`]. Code is generated only for a schema without errors: a [`Valid`] one.

use std::borrow::Cow;

use tlgen_model::analysis::closure::{self, Selection};
use tlgen_model::schema::{Schema, SectionKind};
use tlgen_model::{Outcome, Valid, load, together};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Sources};

use crate::layers::{self, Share};
use crate::{CodegenError, CodegenErrorKind, Config, Files, Layout, Origin, emit, ir, output};

/// Files of Rust and the schema that they came from.
#[derive(Clone, Debug)]
pub struct Generated {
    /// Relative paths to texts.
    pub files: Files,
    /// The linked schema, before `only` and `skip` were applied.
    pub schema: Valid<Schema>,
    /// How many constructors the code is made from.
    pub constructors: usize,
    /// How many functions the code is made from.
    pub functions: usize,
    /// The older layers beside it, in the order in which they were given.
    pub older: Vec<OlderLayer>,
}

/// An older layer beside the newest one.
#[derive(Clone, Debug)]
pub struct OlderLayer {
    /// The name of its module.
    pub name: String,
    /// The linked schema.
    pub schema: Valid<Schema>,
    /// How many of its items are those of a newer layer.
    pub shared: usize,
    /// How many items it has of its own.
    pub own: usize,
}

/// Text to Rust: parses and links `files` as one schema and generates code for it.
#[must_use]
pub fn compile(
    sources: &Sources,
    files: &[FileIdx],
    link: &tlgen_model::Options,
    origin: &Origin,
    config: &Config,
    layout: Layout,
) -> Outcome<Generated> {
    let Outcome { value, diagnostics } = load(sources, files, link);
    made(value.map(|schema| (schema, Vec::new())), diagnostics, origin, config, layout, &CodegenError::diagnostic)
}

/// The same with older layers, from the oldest on, linked as the options say, and for a caller that can say more about an error of
/// code generation: where an option is written.
pub(crate) fn compile_layers(
    sources: &Sources,
    files: &[FileIdx],
    older: &[Vec<FileIdx>],
    origin: &Origin,
    config: &Config,
    layout: Layout,
    describe: &dyn Fn(&CodegenError) -> Diagnostic,
) -> Outcome<Generated> {
    let newest = load(sources, files, &config.link());
    let older: Vec<_> = older.iter().map(|files| load(sources, files, &config.link_older())).collect();
    let (mut found, mut schemas) = (vec![newest.diagnostics], Vec::new());
    for Outcome { value, diagnostics } in older {
        found.push(diagnostics);
        schemas.push(value);
    }
    // Each of them is looked at, even if another has mistakes.
    let value = newest.value.zip(schemas.into_iter().collect());
    made(value, together(found), origin, config, layout, describe)
}

/// What comes of schemas: the newest, and the older ones.
fn made(
    schemas: Option<(Valid<Schema>, Vec<Valid<Schema>>)>,
    mut diagnostics: Vec<Diagnostic>,
    origin: &Origin,
    config: &Config,
    layout: Layout,
    describe: &dyn Fn(&CodegenError) -> Diagnostic,
) -> Outcome<Generated> {
    let value = schemas.and_then(|(schema, older)| {
        let made = if older.is_empty() {
            make(&schema, origin, config, layout).map(|(files, part)| (files, counts(&part), Vec::new()))
        } else {
            side_by_side(&schema, older, origin, config, layout)
        };
        match made {
            Ok((files, (constructors, functions), older)) => {
                Some(Generated { files, constructors, functions, schema, older })
            }
            Err(errors) => {
                diagnostics.extend(errors.iter().map(describe));
                None
            }
        }
    });
    Outcome { value, diagnostics }
}

/// How many constructors and functions there are.
fn counts(schema: &Schema) -> (usize, usize) {
    let count = |kind| schema.combinators.iter().filter(|combinator| combinator.kind == kind).count();
    (count(SectionKind::Types), count(SectionKind::Functions))
}

/// What is made of a schema: files, the counts of constructors and functions, older layers.
type Made = (Files, (usize, usize), Vec<OlderLayer>);

/// Layers to Rust, the newest one with the others in modules of it.
fn side_by_side(
    newest: &Valid<Schema>,
    older: Vec<Valid<Schema>>,
    origin: &Origin,
    config: &Config,
    layout: Layout,
) -> Result<Made, Vec<CodegenError>> {
    config.check()?;
    let names = layers::names(newest, &older, &origin.older)?;
    let mut shares = layers::shares(newest, &older, config)?.into_iter();
    let share = shares.next().expect("the newest has one");
    let part = part(newest, &share)?;
    let config = share.config;
    let package = ir::lower(&part, &config)?;
    // What is shared belongs to the newest layer that has it.
    let mut packages = Vec::new();
    for ((name, schema), share) in names.iter().zip(&older).zip(shares).rev() {
        packages.push((name.clone(), lower_layer(schema, &share)?));
    }
    let layers = ir::side_by_side(&package, packages);
    let module = emit::layers(&package, &layers, &config);
    let header = output::Header::new(origin, part.layer, config.text_type);
    let files = output::files(&module, &header, layout).map_err(|error| vec![error])?;
    let older = older.into_iter().zip(layers.iter().rev()).map(|(schema, layer)| {
        let package = &layer.package;
        let all = package.constructors.len() + package.types.len() + package.functions.len();
        let borrowed = layer.shared.keys().filter(|path| path.tree.parent().is_some()).count();
        let shared = layer.shared.len() - borrowed;
        OlderLayer { name: layer.name.clone(), schema, shared, own: all - shared }
    });
    Ok((files, counts(&part), older.collect()))
}

/// Model to Rust. The result is the same on every run and machine.
///
/// # Errors
/// Every name clash, every option that matched nothing, and every declaration that has no Rust form yet.
pub fn generate(
    schema: &Valid<Schema>,
    origin: &Origin,
    config: &Config,
    layout: Layout,
) -> Result<Files, Vec<CodegenError>> {
    make(schema, origin, config, layout).map(|(files, _)| files)
}

/// The files, and the part of the schema that they are made from.
fn make<'s>(
    schema: &'s Valid<Schema>,
    origin: &Origin,
    config: &Config,
    layout: Layout,
) -> Result<(Files, Cow<'s, Valid<Schema>>), Vec<CodegenError>> {
    config.check()?;
    let part = select(schema, config)?;
    let package = ir::lower(&part, config)?;
    let module = emit::package(&package, config);
    let header = output::Header::new(origin, part.layer, config.text_type);
    let files = output::files(&module, &header, layout).map_err(|error| vec![error])?;
    Ok((files, part))
}

/// The first half of [`generate`]: model to the Rust items that stand for it.
///
/// # Errors
/// As [`generate`].
pub fn lower(schema: &Valid<Schema>, config: &Config) -> Result<ir::Package, Vec<CodegenError>> {
    config.check()?;
    let part = select(schema, config)?;
    ir::lower(&part, config)
}

/// The items of a layer among several.
pub(crate) fn lower_layer(schema: &Valid<Schema>, share: &Share) -> Result<ir::Package, Vec<CodegenError>> {
    ir::lower(&*part(schema, share)?, &share.config)
}

/// The part of a layer that the options leave.
fn part<'s>(schema: &'s Valid<Schema>, share: &Share) -> Result<Cow<'s, Valid<Schema>>, Vec<CodegenError>> {
    if share.is_empty {
        let selection =
            Selection { types: vec![false; schema.types.len()], combinators: vec![false; schema.combinators.len()] };
        return Ok(Cow::Owned(schema.select(&selection)));
    }
    select(schema, &share.config)
}

/// The part of a schema that the options `only` and `skip` leave.
///
/// # Errors
/// Each pattern that names nothing, and each declaration that needs what is skipped.
pub fn select<'s>(schema: &'s Valid<Schema>, config: &Config) -> Result<Cow<'s, Valid<Schema>>, Vec<CodegenError>> {
    if config.only.is_empty() && config.skip.is_empty() {
        return Ok(Cow::Borrowed(schema));
    }
    Ok(Cow::Owned(schema.select(&selection(schema, config)?)))
}

/// What is in that part.
///
/// # Errors
/// As [`select`].
pub fn selection(schema: &Valid<Schema>, config: &Config) -> Result<Selection, Vec<CodegenError>> {
    let of = |option: &'static str| {
        move |errors: Vec<tlgen_model::ModelError>| -> Vec<CodegenError> {
            errors.into_iter().map(|error| CodegenErrorKind::Selection { option, error }.into()).collect()
        }
    };
    let skipped = closure::named(schema, &config.skip).map_err(of("skip"))?;
    let selection = closure::closure_without(schema, &wanted(schema, config), &skipped).map_err(of("only"))?;
    let missing: Vec<CodegenError> = closure::missing(schema, &selection)
        .into_iter()
        .map(|(idx, ty)| {
            let (combinator, ty) = (schema.combinator(idx), schema.ty(ty).name.full().to_owned());
            let kind = CodegenErrorKind::Skipped { declaration: combinator.name.full().to_owned(), ty };
            CodegenError { kind, location: Some(combinator.name_location) }
        })
        .collect();
    if missing.is_empty() { Ok(selection) } else { Err(missing) }
}

/// The patterns of `only`, with the error that comes in the place of answers, which no function names.
fn wanted(schema: &Schema, config: &Config) -> Vec<String> {
    let mut only = config.only.clone();
    let Some(error) = config.error.as_ref().filter(|_| !only.is_empty()) else { return only };
    if schema.constructors().any(|(_, constructor)| constructor.name.full() == error) {
        only.push(format!("types:{error}"));
    } else if schema.functions().map(|(_, function)| &function.name).any(|name| name.full() == error)
        || schema.types().any(|(_, ty)| ty.name.full() == error)
    {
        // It is none, which is told where its shape is looked at.
        only.push(error.clone());
    }
    only
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Nothing but the option names the error.
    #[test]
    fn the_error_in_the_place_of_answers_is_in_the_part() {
        let mut sources = Sources::new();
        let text = "time now:int = Time; error code:int message:string = Error; other = Other; ---functions--- getTime = Time;";
        let file = sources.add("lite.tl", text);
        let schema = load(&sources, &[file], &Config::default().link()).value.unwrap();
        let names = |error: Option<&str>| {
            let config = Config::with(|config| {
                config.only = vec!["getTime".to_owned()];
                config.error = error.map(str::to_owned);
            });
            lower(&schema, &config).map(|package| package.names.into_iter().map(|(_, name)| name).collect::<Vec<_>>())
        };
        let mut with = names(Some("error")).unwrap();
        with.sort();
        assert_eq!(with, ["error", "getTime", "time"]);
        assert_eq!(names(None).unwrap().len(), 2);
        let unknown = names(Some("eror")).unwrap_err();
        assert_eq!(unknown.len(), 1);
        assert!(unknown[0].to_string().contains("`error` names `eror`"), "{}", unknown[0]);
        // What is in the schema and has another shape is not said to be missing.
        for other in ["getTime", "other", "Error", "Time"] {
            let wrong = names(Some(other)).unwrap_err();
            let expected = format!("`{other}` in the option `error` is not a constructor of two fields");
            assert!(wrong[0].to_string().contains(&expected), "{}", wrong[0]);
            assert_eq!((wrong.len(), wrong[0].location.is_some()), (1, true));
        }
    }
}
