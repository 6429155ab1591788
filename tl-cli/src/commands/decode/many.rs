//! Many messages from one stream, each forgotten before the next is read.

use std::io::{BufRead, Read as _, Write as _};

use tlgen_dynamic::{DecodeError, DecodeErrorKind};

use super::{Layout, Read, Reader, Refused, first, write};
use crate::args::{Decode, Output};
use crate::failure::{Failure, Verdict};
use crate::payload::{self, Encoding, Origin};
use crate::terminal::Terminal;

/// How much is read at once at least.
const CHUNK: usize = 1 << 20;

/// How long one message may be: what is longer is a damaged length or count that claims the rest of the stream.
const MAX_MESSAGE: usize = 1 << 28;

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
        line_of(args, readers, &bytes, terminal).map_err(|refused| refused.told(encoding, args.message.from))
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
    let (mut buffer, mut line) = (Vec::new(), Vec::new());
    let (mut start, mut passed, mut at_end) = (0, 0u64, false);
    loop {
        if start == buffer.len() && at_end {
            return Ok(Verdict::Done);
        }
        let rest = &buffer[start..];
        let is_all = at_end || rest.len() >= MAX_MESSAGE;
        match if rest.is_empty() { Ok(None) } else { prefix(args, readers, rest, is_all, &mut line) } {
            Ok(Some((_, 0))) => {
                return Err(Failure::Call(
                    "a value of this type has no bytes, so nothing says how many follow each other".to_owned(),
                ));
            }
            Ok(Some((Message::Json, length))) => {
                terminal.write_all(&line)?;
                start += length;
            }
            Ok(Some((Message::Read(read), length))) => {
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

/// Writes the line of a message by the schema that fits best. The outer error: the message is wrong.
fn line_of<'r>(
    args: &Decode,
    readers: &'r [Reader<'r>],
    bytes: &[u8],
    terminal: &mut Terminal,
) -> Result<Result<(), Failure>, Refused<'r>> {
    let (Output::Json, [reader]) = (args.to, readers) else {
        let read = first(readers, bytes)?;
        return Ok(write(args, &read, bytes, Layout::OneLine, terminal));
    };
    let mut line = Vec::new();
    let written = reader.json(args).write(reader.root(bytes), bytes, &reader.options, &mut line);
    written.map_err(|error| Refused { error, name: reader.name })?;
    line.push(b'\n');
    Ok(terminal.write_all(&line).map_err(Failure::from))
}

/// A message in a stream.
enum Message<'r> {
    /// What is to be written of it is in the line.
    Json,
    Read(Read<'r>),
}

impl<'r> Message<'r> {
    /// The message that the bytes begin with and its length. JSON is written as it is read, into `line`.
    fn prefix(
        args: &Decode,
        reader: &'r Reader<'r>,
        bytes: &[u8],
        line: &mut Vec<u8>,
    ) -> Result<(Self, usize), DecodeError> {
        let root = reader.root(bytes);
        if args.to == Output::Json {
            line.clear();
            let length = reader.json(args).write_prefix(root, bytes, &reader.options, line)?;
            line.push(b'\n');
            return Ok((Self::Json, length));
        }
        let (value, length) = reader.codec.decode_prefix(root, bytes, &reader.options)?;
        Ok((Self::Read(Read { reader, value }), length))
    }
}

/// The message that the bytes begin with and its length; nothing if the rest of it may still come, as these are not all bytes.
fn prefix<'r>(
    args: &Decode,
    readers: &'r [Reader<'r>],
    bytes: &[u8],
    is_all: bool,
    line: &mut Vec<u8>,
) -> Result<Option<(Message<'r>, usize)>, Refused<'r>> {
    let mut refused: Option<Refused<'r>> = None;
    for reader in readers {
        match Message::prefix(args, reader, bytes, line) {
            Ok(read) => return Ok(Some(read)),
            Err(error) => match error.kind {
                DecodeErrorKind::UnexpectedEnd | DecodeErrorKind::Count(_) if !is_all => return Ok(None),
                _ => Refused::note(&mut refused, error, reader),
            },
        }
    }
    Err(refused.expect("there is a schema"))
}
