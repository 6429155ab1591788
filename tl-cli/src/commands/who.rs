//! `tlgen who`: whose id a number is.

use std::io::Write;

use tlgen_atlas::Atlas;
use tlgen_atlas::who::{Found, Reading, find, guesses, readings};
use tlgen_model::Options;
use tlgen_model::schema::SectionKind;
use tlgen_parser::source::{FileIdx, Sources};

use crate::args::{Reading as Layers, Who};
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::project::job::Job;
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &Who, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let atlas = atlas(args, terminal)?;
    if let Some(word) = args.ids.iter().find(|word| readings(word).is_empty()) {
        return Err(Failure::Call(format!(
            "`{word}` is no number of 32 bits: write `5dd69e12`, `0x5dd69e12` or a decimal"
        )));
    }
    let mut verdict = Verdict::Done;
    for (index, word) in args.ids.iter().enumerate() {
        let found = find(&atlas, word);
        for found in &found {
            known(&atlas, found, terminal)?;
        }
        if found.is_empty() {
            verdict = Verdict::AtFault;
            let next = args.ids.get(index + 1).and_then(|next| readings(next).first().map(|(_, number)| *number));
            unknown(&atlas, word, next, terminal)?;
        }
    }
    Ok(verdict)
}

/// All that the call names: an atlas, schemas, or else those of the configuration.
fn atlas(args: &Who, terminal: &Terminal) -> Result<Atlas, Failure> {
    let mut atlas = Atlas::new();
    if let Some(path) = &args.atlas {
        let bytes = std::fs::read(path).map_err(|error| Failure::read(path, &error))?;
        atlas = Atlas::from_bytes(&bytes).map_err(|error| Failure::Input(format!("{}: {error}", path.display())))?;
        if atlas.entries().next().is_some_and(|(_, entry)| entry.name.is_empty()) {
            let text = "has no names: make it by `tlgen atlas --names`";
            return Err(Failure::Input(format!("{}: the atlas {text}", path.display())));
        }
    }
    let mut schemas = Vec::new();
    let mut add = |sources: &Sources, files: &[FileIdx], options: &Options| {
        let loaded = tlgen_model::load(sources, files, options);
        let name = files.first().map_or_else(String::new, |file| sources.get(*file).name.clone());
        let schema = loaded.value.ok_or_else(|| terminal.errors.failure(&loaded.diagnostics, sources))?;
        schemas.push((name, schema));
        Ok::<(), Failure>(())
    };
    if args.schema.is_empty() && args.atlas.is_none() {
        let job = Job::nearest(Layers::default(), terminal.errors)?;
        for (files, options) in job.layers().flatten() {
            add(&job.sources, &files, &options)?;
        }
    }
    let (sources, files) = input::sources(&folders::files(&args.schema)?, terminal.errors)?;
    for file in files {
        add(&sources, &[file], &Options::default())?;
    }
    schemas.sort_by_key(|(_, schema)| schema.layer);
    for (name, schema) in &schemas {
        atlas.add(name, schema);
    }
    Ok(atlas)
}

fn known(atlas: &Atlas, found: &Found<'_>, terminal: &mut Terminal) -> Result<(), Failure> {
    let Found { id, reading, entry, replaced_by } = found;
    let kind = match entry.kind {
        SectionKind::Types => "constructor",
        SectionKind::Functions => "function",
    };
    let layers = layers(entry.layers.iter().copied());
    writeln!(terminal, "{id:08x}  {}, {kind}{layers}", entry.name)?;
    writeln!(terminal, "    {}", entry.declared.text)?;
    if entry.layers.is_empty() {
        writeln!(terminal, "    in {}", entry.declared.schema)?;
    }
    if *reading == Reading::Swapped {
        writeln!(terminal, "    read {reading}")?;
    }
    if let Some((id, text)) = replaced_by.and_then(|id| Some((id, &atlas.get(id)?.declared.text))) {
        writeln!(terminal, "    replaced by {id:08x}: {text}")?;
    }
    for clash in atlas.clashes().iter().filter(|clash| clash.id == *id) {
        writeln!(terminal, "    also, with other bytes: {}", clash.second)?;
    }
    Ok(())
}

fn unknown(atlas: &Atlas, word: &str, next: Option<u32>, terminal: &mut Terminal) -> Result<(), Failure> {
    writeln!(terminal, "{word}  no declaration has this id")?;
    for (reading, number) in readings(word) {
        for guess in guesses(atlas, number, next) {
            let how = if reading == Reading::Swapped { format!(", read {reading}") } else { String::new() };
            writeln!(terminal, "    perhaps {guess}{how}")?;
        }
    }
    Ok(())
}

/// ` of layer 7`, ` of layers 7 to 9, 11`; nothing if none is known.
fn layers(layers: impl Iterator<Item = u32>) -> String {
    let layers: Vec<u32> = layers.collect();
    match &layers[..] {
        [] => String::new(),
        [layer] => format!(" of layer {layer}"),
        [first, .., last] if layers.len() > 6 => format!(" of {} layers from {first} to {last}", layers.len()),
        all => {
            let all: Vec<String> = all.iter().map(u32::to_string).collect();
            format!(" of layers {}", all.join(", "))
        }
    }
}
