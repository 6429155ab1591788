//! `tlgen decode`: what bytes mean.

mod explain;
mod layers;
mod many;

#[cfg(feature = "sniff")]
pub(crate) use explain::columns;

use std::cell::OnceCell;
use std::io::{Read as _, Write};

use flate2::read::GzDecoder;
use serde::Serialize;
use tlgen_build::expr::Expr;
use tlgen_build::ir::Package;
use tlgen_build::{literal, pipeline};
use tlgen_dynamic::{Codec, DecodeError, DecodeErrorKind, DecodeOptions, JsonWriter, Root, Value, which};
use tlgen_model::schema::CombinatorIdx;

use crate::args::{Decode, Output};
use crate::failure::{Failure, Verdict};
use crate::meaning::{Candidate, candidates, open_candidates};
use crate::payload::{self, Encoding, Origin};
use crate::terminal::Terminal;

/// How much the packed messages in a message may become together: what is longer was made to fill the memory.
const MAX_UNPACKED: usize = 1 << 26;

/// Runs the command.
pub(crate) fn run(mut args: Decode, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    args.message.split();
    let candidates = match args.open || args.request.is_some() {
        true => open_candidates(&args.message.meaning, terminal.errors)?,
        false => candidates(&args.message.meaning, terminal.errors)?,
    };
    let is_one = candidates.len() == 1;
    let readers: Vec<Reader<'_>> =
        candidates.iter().filter_map(|candidate| Reader::new(candidate, is_one, &args)).collect();
    if let (true, Some(request)) = (readers.is_empty(), &args.request) {
        return Err(Failure::Call(format!("there is no function `{request}`")));
    }
    let origin = Origin::of(args.message.input.as_deref());
    if args.many {
        return many::run(&args, &origin, &readers, terminal);
    }
    let (bytes, encoding) = payload::parse(&origin.read()?, args.message.from).map_err(Failure::Input)?;
    if args.which {
        return layers::run(&readers, &bytes, terminal);
    }
    if args.explain {
        return explain::run(&args, &readers, &bytes, terminal);
    }
    let read = first(&readers, &bytes).map_err(|refused| Failure::Input(refused.told(encoding, args.message.from)))?;
    write(&args, &read, &bytes, Layout::Lines, terminal)?;
    Ok(Verdict::Done)
}

/// Reads values of one schema.
struct Reader<'c> {
    codec: Codec<'c>,
    root: Root<'c>,
    /// The function that the bytes answer.
    request: Option<CombinatorIdx>,
    options: DecodeOptions,
    /// What to call the schema in messages; nothing where there is one only.
    name: Option<&'c str>,
    candidate: &'c Candidate,
    /// The Rust items of the schema, once a value is to be Rust.
    package: OnceCell<Package>,
}

/// Why bytes could not be read.
struct Refused<'c> {
    error: DecodeError,
    /// The schema that came furthest.
    name: Option<&'c str>,
}

/// A value with its reader.
struct Read<'r> {
    reader: &'r Reader<'r>,
    value: Value,
}

impl<'c> Reader<'c> {
    /// Nothing if the schema does not have the function of the call.
    fn new(candidate: &'c Candidate, is_one: bool, args: &Decode) -> Option<Self> {
        let mut options = if args.lenient { DecodeOptions::lenient() } else { DecodeOptions::default() };
        // What is packed is a string in some schemas.
        options.utf8 &= !args.open;
        let mut codec = Codec::new(&candidate.schema).with_envelopes();
        let request = match &args.request {
            Some(name) => Some(candidate.function(name)?),
            None => None,
        };
        if let Some(request) = request {
            codec = codec.with_answers_to(request);
        }
        let name = (!is_one).then_some(candidate.name.as_str());
        Some(Self { codec, root: candidate.root(), request, options, name, candidate, package: OnceCell::new() })
    }

    /// The value as Rust, by the options of the configuration.
    fn literal(&self, bytes: &[u8], value: &Value) -> Result<Expr, Failure> {
        let schema = self.codec.schema();
        let package = match self.package.get() {
            Some(package) => package,
            None => {
                let package = pipeline::lower(schema, &self.candidate.config).map_err(|errors| {
                    let told = errors.iter().map(|error| format!("there is no Rust for this schema: {error}"));
                    Failure::Input(told.collect::<Vec<_>>().join("\n"))
                })?;
                self.package.get_or_init(|| package)
            }
        };
        let is_bare = matches!(self.root(bytes), Root::Bare(_));
        literal(schema, package, value, is_bare).map_err(|error| Failure::Input(error.to_string()))
    }

    /// Writes what it reads as JSON.
    fn json(&self, args: &Decode) -> JsonWriter<'_> {
        let writer = JsonWriter::new(&self.codec).with_form(args.form.json.into());
        if args.open { writer.with_unpacked(unpacked, MAX_UNPACKED) } else { writer }
    }

    /// What the bytes are to be.
    fn root(&self, bytes: &[u8]) -> Root<'c> {
        self.request.map_or(self.root, |request| self.codec.root_of_answer(request, bytes))
    }
}

/// The value by the schema that fits best.
fn first<'r>(readers: &'r [Reader<'r>], bytes: &[u8]) -> Result<Read<'r>, Refused<'r>> {
    let schemas: Vec<_> = readers.iter().map(|reader| (&reader.codec, reader.root(bytes))).collect();
    let best = which(&schemas, bytes, &readers[0].options).into_iter().next().expect("there is a schema");
    let reader = &readers[best.index];
    match best.outcome {
        Ok(value) => Ok(Read { reader, value }),
        Err(error) => Err(Refused { error, name: reader.name }),
    }
}

impl<'c> Refused<'c> {
    /// Keeps the error of the schema that came furthest.
    fn note(furthest: &mut Option<Self>, error: DecodeError, reader: &'c Reader<'c>) {
        if furthest.as_ref().is_none_or(|other| other.error.offset < error.offset) {
            *furthest = Some(Self { error, name: reader.name });
        }
    }

    /// The error, and how the bytes were read where nobody has said it.
    fn told(&self, encoding: Encoding, stated: Option<Encoding>) -> String {
        let by = self.name.map(|name| format!(", by the schema `{name}`")).unwrap_or_default();
        match (encoding, stated) {
            (Encoding::Base64 | Encoding::Raw, None) => {
                format!("{}{by} (the input was taken for {encoding})", self.error)
            }
            _ => format!("{}{by}{}", self.error, self.help()),
        }
    }

    /// What to do about an id that nobody knows.
    fn help(&self) -> String {
        match self.error.kind {
            DecodeErrorKind::UnexpectedId { id, known: None, .. } => {
                format!("\n  = help: `tlgen who {id:08x}` says what else this may be")
            }
            _ => String::new(),
        }
    }
}

/// How a value is laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    Lines,
    OneLine,
}

fn write(args: &Decode, read: &Read<'_>, bytes: &[u8], layout: Layout, to: &mut Terminal) -> Result<(), Failure> {
    let encoding = match args.to {
        Output::Json => {
            let root = read.reader.root(bytes);
            let mut typed = read.reader.codec.typed_root(root, &read.value).with_form(args.form.json.into());
            if args.open {
                typed = typed.with_unpacked(unpacked, MAX_UNPACKED);
            }
            return json(&typed, layout, to);
        }
        Output::Text => {
            let (reader, options) = (read.reader, &read.reader.options);
            to.write_all(reader.codec.disassemble(reader.root(bytes), bytes, options).as_bytes())?;
            return Ok(());
        }
        Output::Rust => {
            let text = read.reader.literal(bytes, &read.value)?.print(0, 0);
            let text = if layout == Layout::OneLine {
                text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
            } else {
                text
            };
            to.write_all(text.as_bytes())?;
            to.write_all(b"\n")?;
            return Ok(());
        }
        Output::Hex => Encoding::Hex,
        Output::Base64 => Encoding::Base64,
        Output::Raw => Encoding::Raw,
    };
    payload::write(bytes, encoding, to)
}

/// Writes JSON that ends with a line break.
fn json(value: &impl Serialize, layout: Layout, to: &mut Terminal) -> Result<(), Failure> {
    let written = match layout {
        Layout::Lines => serde_json::to_writer_pretty(&mut *to, value),
        Layout::OneLine => serde_json::to_writer(&mut *to, value),
    };
    written.map_err(|error| Failure::Output(error.into()))?;
    to.write_all(b"\n")?;
    Ok(())
}

/// The content of a `gzip_packed`, if it has at most so many bytes.
fn unpacked(packed: &[u8], most: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = GzDecoder::new(packed).take(most as u64 + 1).read_to_end(&mut bytes).ok()?;
    (read <= most).then_some(bytes)
}
