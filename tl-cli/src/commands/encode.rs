//! `tlgen encode`: the bytes of a value.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value as Json;
use tlgen_dynamic::{Codec, Root, parse_json};
use tlgen_model::schema::CombinatorIdx;

use crate::args::Encode;
use crate::failure::{Failure, Verdict};
use crate::meaning::{Candidate, candidates, open_candidates};
use crate::payload::{self, Origin};
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(mut args: Encode, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    args.meaning.split(&mut args.input);
    let is_open = args.open || args.gzip || args.request.is_some();
    let candidates = match is_open {
        true => open_candidates(&args.meaning, terminal.errors)?,
        false => candidates(&args.meaning, terminal.errors)?,
    };
    let writers: Vec<_> = candidates.iter().filter_map(|candidate| Writer::new(candidate, &args)).collect();
    if let (true, Some(request)) = (writers.is_empty(), &args.request) {
        return Err(Failure::Call(format!("there is no function `{request}`")));
    }
    let origin = Origin::of(args.input.as_deref());
    if args.many {
        return payload::each_line(&origin, terminal, |line, terminal| {
            let bytes = encoded(&args, line, &writers)?;
            Ok(payload::write(&bytes, args.written.to, terminal))
        });
    }
    let bytes = encoded(&args, &origin.read()?, &writers).map_err(Failure::Input)?;
    payload::write(&bytes, args.written.to, terminal)?;
    Ok(Verdict::Done)
}

/// Writes values of one schema.
struct Writer<'c> {
    codec: Codec<'c>,
    root: Root<'c>,
    /// The function that the value answers.
    request: Option<CombinatorIdx>,
}

impl<'c> Writer<'c> {
    /// Nothing if the schema does not have the function of the call.
    fn new(candidate: &'c Candidate, args: &Encode) -> Option<Self> {
        let request = match &args.request {
            Some(name) => Some(candidate.function(name)?),
            None => None,
        };
        let mut codec = Codec::new(&candidate.schema);
        if args.open {
            codec = codec.with_envelopes();
        }
        if let Some(request) = request {
            codec = codec.with_answers_to(request);
        }
        Some(Self { codec, root: candidate.root(), request })
    }

    fn encode(&self, args: &Encode, json: &Json) -> Result<Vec<u8>, String> {
        let (codec, form) = (&self.codec, args.form.json.into());
        let root = self.request.map_or(self.root, |request| codec.root_of_answer_json(request, json, form));
        let seed = codec.seed(root).with_form(form);
        let seed = if args.open { seed.with_packed(packed) } else { seed };
        let mut value = seed.read(json).map_err(|error| error.to_string())?;
        if !args.gzip {
            return codec.encode_root(root, &value).map_err(|error| error.to_string());
        }
        let pack = |bytes: &[u8]| codec.pack(packed(bytes)).ok_or("the schema has another `gzip_packed`");
        match codec.answer_in(&mut value) {
            Some(answer) => {
                let of = codec.root_of_answer_value(answer);
                *answer = pack(&codec.encode_root(of, answer).map_err(|error| error.to_string())?)?;
                codec.encode_root(root, &value).map_err(|error| error.to_string())
            }
            None => {
                let bytes = codec.encode_root(root, &value).map_err(|error| error.to_string())?;
                codec.encode_root(Root::Any, &pack(&bytes)?).map_err(|error| error.to_string())
            }
        }
    }
}

/// The content of a `gzip_packed`.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("a vector takes all bytes")
}

/// The bytes by the first schema that has such a value; the error is that of the first.
fn encoded(args: &Encode, json: &[u8], writers: &[Writer<'_>]) -> Result<Vec<u8>, String> {
    let json = parse_json(json).map_err(|error| error.to_string())?;
    let mut first = None;
    for writer in writers {
        match writer.encode(args, &json) {
            Ok(bytes) => return Ok(bytes),
            Err(error) => _ = first.get_or_insert(error),
        }
    }
    Err(first.unwrap_or_default())
}
