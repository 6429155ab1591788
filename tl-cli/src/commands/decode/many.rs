//! Many messages from one stream, each forgotten before the next is read.

use std::io::{BufRead, Read as _};

use tlgen_dynamic::DecodeErrorKind;

use super::{Layout, Read, Reader, Refused, first, write};
use crate::args::Decode;
use crate::failure::{Failure, Verdict};
use crate::payload::{self, Encoding, Origin};
use crate::terminal::Terminal;

/// How much is read at once at least.
const CHUNK: usize = 1 << 16;

/// Runs `tlgen decode --many`. A message that is wrong is named on standard error, and the next one follows.
pub(super) fn run(
    args: &Decode,
    origin: &Origin,
    readers: &[Reader<'_>],
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    if args.message.from == Some(Encoding::Raw) {
        return raw(args, origin, &mut *origin.open()?, readers, terminal);
    }
    payload::each_line(origin, terminal, |line, terminal| {
        let (bytes, encoding) = payload::parse(line, args.message.from)?;
        let read = first(readers, &bytes).map_err(|refused| refused.told(encoding, args.message.from))?;
        Ok(write(args, &read, &bytes, Layout::OneLine, terminal))
    })
}

/// Raw messages without anything between them. Where one is wrong nobody knows where the next begins.
fn raw(
    args: &Decode,
    origin: &Origin,
    stream: &mut dyn BufRead,
    readers: &[Reader<'_>],
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let mut buffer: Vec<u8> = Vec::new();
    let (mut start, mut passed, mut at_end) = (0, 0u64, false);
    loop {
        if start == buffer.len() && at_end {
            return Ok(Verdict::Done);
        }
        let rest = &buffer[start..];
        match if rest.is_empty() { Ok(None) } else { prefix(readers, rest, at_end) } {
            Ok(Some((read, length))) => {
                write(args, &read, &rest[..length], Layout::OneLine, terminal)?;
                start += length;
            }
            Ok(None) => {
                // What is left stays, and as much again is read, so that a long message is not begun too often.
                buffer.drain(..start);
                (passed, start) = (passed + start as u64, 0);
                let more = CHUNK.max(buffer.len()) as u64;
                let read = stream.take(more).read_to_end(&mut buffer).map_err(|error| origin.failed(&error))?;
                at_end = read == 0;
            }
            Err(refused) => {
                let error = refused.told(Encoding::Raw, args.message.from);
                let first = passed + start as u64;
                return Err(Failure::Input(format!(
                    "{error}, in the message that begins at byte {first} of the input"
                )));
            }
        }
    }
}

/// The message that the bytes begin with and its length; nothing if the rest of it may still come.
fn prefix<'r>(readers: &'r [Reader<'r>], bytes: &[u8], at_end: bool) -> Result<Option<(Read<'r>, usize)>, Refused<'r>> {
    let mut refused: Option<Refused<'r>> = None;
    for reader in readers {
        match reader.codec.decode_prefix(reader.root(bytes), bytes, &reader.options) {
            // Zero bytes would be read for ever.
            Ok((_, 0)) => return Ok(None),
            Ok((value, length)) => return Ok(Some((Read { reader, value }, length))),
            Err(error) => match error.kind {
                DecodeErrorKind::UnexpectedEnd | DecodeErrorKind::Count(_) if !at_end => return Ok(None),
                _ => Refused::note(&mut refused, error, reader),
            },
        }
    }
    Err(refused.expect("there is a schema"))
}
