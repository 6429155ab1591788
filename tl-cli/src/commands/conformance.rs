//! `tlgen conformance`: vectors for implementations in any language.

use std::io::Write;

use tlgen_build::disk;
use tlgen_dynamic::conformance::{Expected, JSON_SCHEMA, Vectors};
use tlgen_model::analysis::closure;
use tlgen_model::{ModelError, load};

use crate::args::Conformance;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::terminal::Terminal;

/// Runs the command. Warnings are for `tlgen check`.
pub(crate) fn run(args: &Conformance, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    if args.json_schema {
        terminal.write_all(JSON_SCHEMA.as_bytes())?;
        return Ok(Verdict::Done);
    }
    let show = terminal.errors;
    let (sources, files) = input::sources(&folders::files(&args.files)?, show)?;
    let loaded = load(&sources, &files, &args.reading.link());
    let schema = loaded.value.ok_or_else(|| show.failure(&loaded.diagnostics, &sources))?;
    let wanted = closure::named(&schema, &args.only).map_err(|errors| {
        let diagnostics: Vec<_> = errors.iter().map(ModelError::diagnostic).collect();
        show.failure(&diagnostics, &sources)
    })?;
    let mut vectors = Vectors::new(&schema, args.seed).with_random(args.random);
    let mut text = "{\n\"version\": 1,\n".to_owned();
    if let Some(layer) = schema.layer {
        text += &format!("\"layer\": {layer},\n");
    }
    text += &format!("\"seed\": {},\n\"vectors\": [\n", args.seed);
    // A vector a line, so that two files can be compared.
    let (mut values, mut refused) = (0usize, 0usize);
    for (idx, _) in schema.constructors().chain(schema.functions()) {
        if !args.only.is_empty() && !wanted[idx.0 as usize] {
            continue;
        }
        for vector in vectors.of(idx) {
            if values + refused > 0 {
                text += ",\n";
            }
            match vector.expected {
                Expected::Refused { .. } => refused += 1,
                _ => values += 1,
            }
            text += &vectors.to_json(&vector).to_string();
        }
    }
    text += "\n]\n}\n";
    match &args.out {
        None => terminal.write_all(text.as_bytes())?,
        Some(path) => {
            disk::replace(path, &text)?;
            writeln!(terminal, "{}: {values} values, {refused} that are none", path.display())?;
        }
    }
    Ok(Verdict::Done)
}
