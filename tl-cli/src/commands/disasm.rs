//! `tlgen disasm`: bytes as text that can be changed.

use std::io::Write;

use tlgen_dynamic::{Codec, DecodeOptions};

use crate::args::Disasm;
use crate::failure::{Failure, Verdict};
use crate::meaning::candidates;
use crate::payload::{self, Origin};
use crate::terminal::Terminal;

/// Runs the command. Of several schemas the one counts by which most of the bytes mean something.
pub(crate) fn run(mut args: Disasm, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    args.message.split();
    let candidates = candidates(&args.message.meaning, terminal.errors)?;
    let (bytes, _) = payload::parse(&Origin::of(args.message.input.as_deref()).read()?, args.message.from)
        .map_err(Failure::Input)?;
    let options = DecodeOptions::default();
    let codecs = candidates.iter().map(|found| (Codec::new(&found.schema).with_envelopes(), found.root()));
    let best = codecs.min_by_key(|(codec, root)| {
        let trace = codec.trace(*root, &bytes, &options);
        (trace.lost(), trace.faults())
    });
    let (codec, root) = best.expect("there is a schema");
    terminal.write_all(codec.disassemble(root, &bytes, &options).as_bytes())?;
    Ok(Verdict::Done)
}
