//! `tlgen random`: random values of a type.

use std::io::Write;

use tlgen_dynamic::{Codec, DecodeOptions, Generator, Profile};

use crate::args::{Random, ValueForm};
use crate::failure::{Failure, Verdict};
use crate::meaning::candidates;
use crate::payload::{self, Encoding};
use crate::terminal::Terminal;

/// Runs the command. Of several layers the newest counts that has the type.
pub(crate) fn run(args: &Random, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let candidates = candidates(&args.meaning, terminal.errors)?;
    let candidate = candidates.first().expect("there is a schema");
    let (codec, root) = (Codec::new(&candidate.schema), candidate.root());
    let profile = Profile::default().with_budget(args.size);
    let mut generator = Generator::new(&candidate.schema, args.seed).with_profile(profile);
    for index in 0..args.count {
        generator.reseed(args.seed.wrapping_add(index));
        let value = generator.root(root).map_err(|error| Failure::Input(error.to_string()))?;
        match args.format {
            ValueForm::Json => {
                let typed = codec.typed_root(root, &value).with_form(args.form.json.into());
                let json =
                    if args.count == 1 { serde_json::to_string_pretty(&typed) } else { serde_json::to_string(&typed) };
                let json = json.map_err(|error| Failure::Output(error.into()))?;
                writeln!(terminal, "{json}")?;
            }
            ValueForm::Hex | ValueForm::Text => {
                let bytes = codec.encode_root(root, &value).map_err(|error| Failure::Input(error.to_string()))?;
                if args.format == ValueForm::Hex {
                    terminal.write_all(&payload::print(&bytes, Encoding::Hex))?;
                } else {
                    terminal.write_all(codec.disassemble(root, &bytes, &DecodeOptions::default()).as_bytes())?;
                }
                writeln!(terminal)?;
            }
        }
    }
    Ok(Verdict::Done)
}
