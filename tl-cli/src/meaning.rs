//! Which schemas and which type a value has: from arguments to schemas that are ready to read it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use tlgen_build::Config;
use tlgen_build::project::name_of;
use tlgen_dynamic::Root;
use tlgen_model::schema::{CombinatorIdx, Schema};
use tlgen_model::{Options, Outcome, Valid, load};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Sources};

use crate::args::{Meaning, Reading};
use crate::failure::Failure;
use crate::folders;
use crate::input;
use crate::layers::{self, layer_and_stem};
use crate::project::job::Job;
use crate::show::Show;

/// A schema that may be that of a value.
pub(crate) struct Candidate {
    /// What to call it: the name of a file or of a schema of the configuration.
    pub(crate) name: String,
    /// Its layer, as far as the schema or its name says.
    pub(crate) layer: Option<u32>,
    pub(crate) schema: Valid<Schema>,
    /// The options of the generator for it.
    pub(crate) config: Config,
    chosen: Chosen,
}

/// What the value is.
#[derive(Clone, Copy)]
enum Chosen {
    Any,
    Boxed(CombinatorIdx),
    Bare(CombinatorIdx),
    /// The type of the only field of this constructor, which was added to the schema.
    FieldOf(CombinatorIdx),
}

impl Candidate {
    /// What the value is.
    pub(crate) fn root(&self) -> Root<'_> {
        match self.chosen {
            Chosen::Any => Root::Any,
            Chosen::Boxed(idx) => Root::Boxed(idx),
            Chosen::Bare(idx) => Root::Bare(idx),
            Chosen::FieldOf(idx) => Root::Type(&self.schema.combinator(idx).params[0].ty),
        }
    }
}

impl Candidate {
    /// The function of a name.
    pub(crate) fn function(&self, name: &str) -> Option<CombinatorIdx> {
        let mut all = self.schema.functions();
        all.find(|(_, function)| function.name.full() == name).map(|(idx, _)| idx)
    }
}

/// Declarations for `--open`.
const ENVELOPES: &str = include_str!("open.tl");
const CONTAINER: u32 = 0x73f1_f8dc;
const MESSAGE: u32 = 0x5bb8_e511;

/// The constructor whose field has the type of the call.
const ADDED: &str = "tlgen.value";

/// Files that are one schema.
struct Group {
    name: String,
    layer: Option<u32>,
    files: Vec<FileIdx>,
    options: Options,
    config: Config,
}

/// The schemas that the call names, or those of the configuration; the newest layer first.
///
/// # Errors
/// If a schema is wrong, or none has the type.
pub(crate) fn candidates(args: &Meaning, show: Show) -> Result<Vec<Candidate>, Failure> {
    load_all(args, false, show)
}

/// The same with the messages of MTProto, as far as a schema does not declare them.
pub(crate) fn open_candidates(args: &Meaning, show: Show) -> Result<Vec<Candidate>, Failure> {
    load_all(args, true, show)
}

fn load_all(args: &Meaning, open: bool, show: Show) -> Result<Vec<Candidate>, Failure> {
    let (mut sources, groups) = if args.schema.is_empty() {
        let job = Job::nearest(Reading { layer: None, ..args.reading }, show)?;
        let groups = job.units().map(|(unit, files)| Group {
            name: unit.name.clone(),
            layer: layer_and_stem(&unit.name).map(|(layer, _)| layer),
            files: files.to_vec(),
            options: unit.config.link(),
            // A value may be of anything that the schema declares.
            config: Config::with(|config| {
                config.clone_from(&unit.config);
                (config.only, config.skip) = (Vec::new(), Vec::new());
            }),
        });
        let groups = groups.collect();
        (job.sources, groups)
    } else {
        named(&args.schema, args.reading, show)?
    };
    let several = groups.len() > 1;
    let mut found = Vec::with_capacity(groups.len());
    let mut refused = None;
    for group in groups {
        let options = Options { layer: if several { None } else { args.reading.layer }, ..group.options };
        let mut group = Group { options, ..group };
        let mut schema = link(&sources, &group.files, &group.options, show)?;
        let missing = missing(&schema);
        if open && !missing.is_empty() {
            group.files.push(sources.add("the messages of MTProto", missing));
            schema = link(&sources, &group.files, &group.options, show)?;
        }
        let layer = schema.layer.or(group.layer);
        if several && args.reading.layer.is_some() && layer != args.reading.layer {
            continue;
        }
        match choose(args.ty.as_deref(), schema, &group, &mut sources, show) {
            Ok((schema, chosen)) => {
                found.push(Candidate { name: group.name, layer, schema, config: group.config, chosen });
            }
            Err(failure) => refused = Some(failure),
        }
    }
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.layer));
    match (found.is_empty(), refused, args.reading.layer) {
        (false, ..) => Ok(found),
        (true, Some(failure), _) => Err(failure),
        (true, None, Some(layer)) => Err(Failure::Call(format!("none of the schemas is of layer {layer}"))),
        (true, None, None) => Err(Failure::Call("the configuration names no schema".to_owned())),
    }
}

/// Groups of files: one for each layer of an API with the files that are no layers, or one of all.
fn named(paths: &[PathBuf], reading: Reading, show: Show) -> Result<(Sources, Vec<Group>), Failure> {
    let paths = folders::files(paths)?;
    let (sources, files) = input::sources(&paths, show)?;
    let names: Vec<String> = paths.iter().map(|path| name_of(path)).collect();
    let texts = names.iter().zip(&files).map(|(name, file)| (name.as_str(), sources.get(*file).text.as_str()));
    let found = layers::layers(&texts.collect::<Vec<_>>());
    let mut shared = Vec::new();
    let mut layers = Vec::new();
    for ((name, &file), found) in names.iter().zip(&files).zip(found) {
        match found {
            Some(layer) => layers.push((name.clone(), layer, file)),
            None => shared.push(file),
        }
    }
    let options = reading.link();
    let group =
        |name: String, layer, files| Group { name, layer, files, options: options.clone(), config: Config::default() };
    let groups = if layers.is_empty() {
        let layer = layer_and_stem(&names[0]).map(|(layer, _)| layer);
        vec![group(names[0].clone(), layer, shared)]
    } else {
        let groups = layers.into_iter().map(|(name, layer, file)| {
            group(name, layer, std::iter::once(file).chain(shared.iter().copied()).collect())
        });
        groups.collect()
    };
    Ok((sources, groups))
}

/// The messages of MTProto that a schema does not declare. A message and its container belong together.
fn missing(schema: &Schema) -> String {
    let known: BTreeSet<u32> = schema.combinators.iter().map(|combinator| combinator.id).collect();
    let is_missing = |line: &&str| {
        let id = line.split_once('#').and_then(|(_, rest)| u32::from_str_radix(rest.get(..8)?, 16).ok());
        let id = if id == Some(MESSAGE) { Some(CONTAINER) } else { id };
        id.is_some_and(|id| !known.contains(&id))
    };
    ENVELOPES.lines().filter(is_missing).map(|line| format!("{line}\n")).collect()
}

fn link(sources: &Sources, files: &[FileIdx], options: &Options, show: Show) -> Result<Valid<Schema>, Failure> {
    let Outcome { value, diagnostics } = load(sources, files, options);
    value.ok_or_else(|| {
        // Warnings are for `tlgen check`.
        let errors: Vec<_> = diagnostics.into_iter().filter(Diagnostic::is_error).collect();
        show.failure(&errors, sources)
    })
}

/// What the type of the call means. What is no name of a combinator is linked like the type of a field.
fn choose(
    ty: Option<&str>,
    schema: Valid<Schema>,
    group: &Group,
    sources: &mut Sources,
    show: Show,
) -> Result<(Valid<Schema>, Chosen), Failure> {
    let Some(ty) = ty else { return Ok((schema, Chosen::Any)) };
    if let Some(idx) = combinator(&schema, ty) {
        return Ok((schema, Chosen::Boxed(idx)));
    }
    if let Some(idx) = ty.strip_prefix('%').and_then(|name| combinator(&schema, name)) {
        return Ok((schema, Chosen::Bare(idx)));
    }
    let file = sources.add("--type", format!("{ADDED}#f0e1d2c3 value:({ty}) = tlgen.Value;\n"));
    let files: Vec<FileIdx> = group.files.iter().copied().chain([file]).collect();
    let schema = link(sources, &files, &group.options, show)?;
    let added = combinator(&schema, ADDED).filter(|idx| schema.combinator(*idx).params.len() == 1);
    let added = added.ok_or_else(|| Failure::Call(format!("`{ty}` is no type")))?;
    Ok((schema, Chosen::FieldOf(added)))
}

/// The constructor or function of a name.
fn combinator(schema: &Schema, name: &str) -> Option<CombinatorIdx> {
    let all = schema.constructors().chain(schema.functions());
    all.into_iter().find(|(_, combinator)| combinator.name.full() == name).map(|(idx, _)| idx)
}
