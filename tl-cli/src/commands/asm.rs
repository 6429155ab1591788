//! `tlgen asm`: text to bytes.

use tlgen_dynamic::{AsmError, AsmErrorKind, Codec};

use crate::args::Asm;
use crate::failure::{Failure, Verdict};
use crate::meaning::candidates;
use crate::payload::{self, Origin};
use crate::terminal::Terminal;

/// Runs the command. Of several schemas the first counts that knows all names.
pub(crate) fn run(mut args: Asm, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    args.meaning.split(&mut args.input);
    let candidates = candidates(&args.meaning, terminal.errors)?;
    let text = String::from_utf8(Origin::of(args.input.as_deref()).read()?)
        .map_err(|error| Failure::Input(format!("not text: byte {}", error.utf8_error().valid_up_to())))?;
    let mut first: Option<AsmError> = None;
    for candidate in &candidates {
        match Codec::new(&candidate.schema).assemble(&text) {
            Ok(bytes) => {
                payload::write(&bytes, args.written.to, terminal)?;
                return Ok(Verdict::Done);
            }
            // What is wrong whatever the schema counts more than a name.
            Err(error) if !matches!(error.kind, AsmErrorKind::UnknownName(_)) => first = Some(error),
            Err(error) => _ = first.get_or_insert(error),
        }
    }
    Err(Failure::Input(first.map(|error| error.to_string()).unwrap_or_default()))
}
