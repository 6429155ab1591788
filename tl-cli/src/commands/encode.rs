//! `tlgen encode`: the bytes of a value.

use std::io::{BufRead, Write};

use tlgen_dynamic::{Codec, Root};

use crate::args::Encode;
use crate::commands::decode::form;
use crate::failure::{Failure, Verdict};
use crate::meaning::candidates;
use crate::payload::{self, Encoding, Origin};
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(mut args: Encode, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    args.meaning.split(&mut args.input);
    let candidates = candidates(&args.meaning, terminal.errors)?;
    let writers: Vec<_> =
        candidates.iter().map(|candidate| (Codec::new(&candidate.schema), candidate.root())).collect();
    let origin = Origin::of(args.input.as_deref());
    if args.many {
        return many(&args, &origin, &writers, terminal);
    }
    let bytes = encoded(&args, &origin.read()?, &writers).map_err(Failure::Input)?;
    write(&args, &bytes, terminal)?;
    Ok(Verdict::Done)
}

/// One value a line, each forgotten before the next is read.
fn many(
    args: &Encode,
    origin: &Origin,
    writers: &[(Codec<'_>, Root<'_>)],
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let mut verdict = Verdict::Done;
    let (mut stream, mut line) = (origin.open()?, Vec::new());
    for number in 1usize.. {
        line.clear();
        if stream.read_until(b'\n', &mut line).map_err(|error| origin.failed(&error))? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        match encoded(args, &line, writers) {
            Ok(bytes) => write(args, &bytes, terminal)?,
            Err(error) => {
                terminal.error(&format!("line {number}: {error}"))?;
                verdict = Verdict::AtFault;
            }
        }
    }
    Ok(verdict)
}

/// The bytes by the first schema that has such a value; the error is that of the first.
fn encoded(args: &Encode, json: &[u8], writers: &[(Codec<'_>, Root<'_>)]) -> Result<Vec<u8>, String> {
    let json = serde_json::from_slice(json).map_err(|error| format!("not JSON: {error}"))?;
    let mut first = None;
    for (codec, root) in writers {
        let value = codec.from_json_root(*root, &json, form(args.json)).map_err(|error| error.to_string());
        let bytes = value.and_then(|value| codec.encode_root(*root, &value).map_err(|error| error.to_string()));
        match bytes {
            Ok(bytes) => return Ok(bytes),
            Err(error) => _ = first.get_or_insert(error),
        }
    }
    Err(first.unwrap_or_default())
}

fn write(args: &Encode, bytes: &[u8], terminal: &mut Terminal) -> Result<(), Failure> {
    terminal.write_all(&payload::print(bytes, args.to))?;
    if args.to != Encoding::Raw {
        terminal.write_all(b"\n")?;
    }
    Ok(())
}
