//! `tlgen convert`: TL to JSON, to the binary form, and back; and to a JSON Schema of the values.

use std::io::Write;

use tlgen_dynamic::{Codec, tlo};
use tlgen_model::builtin;
use tlgen_parser::json::from_schema;

use crate::args::{Convert, Form, Json, Meaning, Reading};
use crate::failure::{Failure, Verdict};
use crate::input;
use crate::meaning::candidates;
use crate::syntax;
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(args: &Convert, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let show = terminal.errors;
    if args.to == Form::JsonSchema {
        return json_schema(args, terminal);
    }
    if args.ty.is_some() || args.form.json != Json::Tlgen {
        return Err(Failure::Call("`--type` and `--json` are for `--to json-schema`".to_owned()));
    }
    let (sources, files) = input::sources(std::slice::from_ref(&args.file), show)?;
    let trees = syntax::trees(&sources, &files, show)?;
    let text: Vec<u8> = match args.to {
        // What comes in has been turned into TL already.
        Form::Tl => sources.get(files[0]).text.clone().into_bytes(),
        Form::Tlo => {
            let name = &sources.get(files[0]).name;
            tlo::from_schema(&trees[0]).map_err(|error| Failure::Input(format!("{name}: {error}")))?
        }
        // A JSON Schema is of the linked schema; see above.
        Form::Json | Form::JsonSchema => from_schema(&trees[0], builtin::declares_value)
            .map_err(|errors| {
                let diagnostics: Vec<_> = errors.iter().map(|error| error.diagnostic(files[0])).collect();
                show.failure(&diagnostics, &sources)
            })?
            .into_bytes(),
    };
    terminal.write_all(&text)?;
    Ok(Verdict::Done)
}

/// Writes what describes the values of the schema.
fn json_schema(args: &Convert, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let meaning = Meaning { schema: vec![args.file.clone()], ty: args.ty.clone(), reading: Reading::default() };
    let candidates = candidates(&meaning, terminal.errors)?;
    let candidate = candidates.first().expect("there is a schema");
    let schema = Codec::new(&candidate.schema).json_schema(candidate.root(), args.form.json.into());
    serde_json::to_writer_pretty(&mut *terminal, &schema).map_err(|error| Failure::Output(error.into()))?;
    terminal.write_all(b"\n")?;
    Ok(Verdict::Done)
}
