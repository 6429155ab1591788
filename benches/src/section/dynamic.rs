//! Reading by a schema that is known at run time only.
//!
//! The peer, prost-reflect, reads the same data as Protocol Buffers: its bytes are other ones, and fewer. So times are compared, and
//! the speed of each is that of its own bytes.

use std::convert::Infallible;
use std::hint::black_box;

use prost::Message as _;
use prost_reflect::DynamicMessage;
use tlgen_dynamic::{Codec, DecodeOptions, JsonWriter, Root, Scalar, Visitor};
use tlgen_model::schema::{Schema, TypeIdx};
use tlgen_parser::source::Sources;
use tlgen_runtime::Encode as _;

use super::Setting;
use crate::measure::time::paired;
use crate::peer::prost_reflect::{Reflected, fields};
use crate::table::{Goal, Row, seconds};
use crate::{message, schema};

/// The peer.
const PROST_REFLECT: &str = "prost-reflect";

/// Megabytes a second that events and lines of JSON are to have.
const GOALS: (f64, f64) = (250.0, 120.0);

/// Looks at all that it is told.
struct Sum(u64);

impl<'b> Visitor<'b> for Sum {
    type Stop = Infallible;

    fn scalar(&mut self, scalar: Scalar<'b>) -> Result<(), Infallible> {
        self.0 = self.0.wrapping_add(match scalar {
            Scalar::Int(value) => u64::from(value.cast_unsigned()),
            Scalar::Long(value) => value.cast_unsigned(),
            Scalar::Text(text) => text.len() as u64,
            Scalar::Bytes(bytes) => bytes.len() as u64,
            _ => 1,
        });
        Ok(())
    }
}

/// `messages.messages` and `contacts.contacts`, as events, as values, and as lines of JSON.
pub(super) fn rows(setting: &Setting) -> Result<Vec<Row>, String> {
    let mut sources = Sources::new();
    let file = sources.add("api.tl", schema::api());
    let loaded = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default());
    let schema = loaded.value.ok_or("the schema of the peer has errors")?;
    let codec = Codec::new(&schema);
    let mut rows = Vec::new();
    for (name, ty, bytes, goals) in [
        ("3 messages.messages", "messages.Messages", message::messages().to_bytes(), Some(GOALS)),
        ("2 contacts.contacts", "contacts.Contacts", message::contacts().to_bytes(), None),
    ] {
        let bytes = bytes.map_err(|error| error.to_string())?;
        let ty = type_of(&schema, ty)?;
        rows.extend(of_message(setting, &codec, name, ty, &bytes, goals)?);
    }
    Ok(rows)
}

fn type_of(schema: &Schema, name: &str) -> Result<TypeIdx, String> {
    let found = schema.types().find(|(_, ty)| ty.name.full() == name);
    found.map(|(idx, _)| idx).ok_or_else(|| format!("no type `{name}`"))
}

fn of_message(
    setting: &Setting,
    codec: &Codec<'_>,
    name: &str,
    ty: TypeIdx,
    bytes: &[u8],
    goals: Option<(f64, f64)>,
) -> Result<Vec<Row>, String> {
    let options = DecodeOptions::default();
    let value = codec.decode_boxed(bytes, &options).map_err(|error| error.to_string())?;
    let reflected = Reflected::new(codec.schema(), ty)?;
    let descriptor = reflected.descriptor(ty)?;
    let theirs = reflected.message(&value)?;
    let their_bytes = theirs.encode_to_vec();
    let again = DynamicMessage::decode(descriptor.clone(), &*their_bytes).map_err(|error| error.to_string())?;
    if fields(&again) != fields(&theirs) {
        return Err(format!("{PROST_REFLECT} loses fields of {name}"));
    }
    let decode = || DynamicMessage::decode(black_box(&descriptor).clone(), black_box(&*their_bytes));

    let events = paired(
        setting.pairs,
        &mut || {
            let mut sum = Sum(0);
            codec.visit(Root::Any, black_box(bytes), &options, &mut sum).expect("the message can be read");
            black_box(sum.0);
        },
        &mut || drop(black_box(decode())),
    );
    let values =
        paired(setting.pairs, &mut || drop(black_box(codec.decode_boxed(black_box(bytes), &options))), &mut || {
            drop(black_box(decode()));
        });
    let (writer, mut line, mut their_line) = (JsonWriter::new(codec), Vec::new(), Vec::new());
    let json = paired(
        setting.pairs,
        &mut || {
            line.clear();
            writer.write(Root::Any, black_box(bytes), &options, &mut line).expect("the message can be read");
            black_box(&line);
        },
        &mut || {
            their_line.clear();
            let message = decode().expect("the message can be read");
            serde_json::to_writer(&mut their_line, &message).expect("memory takes any message");
            black_box(&their_line);
        },
    );
    let speed = |bytes: usize, taken: f64| bytes as f64 / taken / 1e6;
    let text = |bytes: usize, taken: f64| format!("{} ({:.0} MB/s)", seconds(taken), speed(bytes, taken));
    let row = |what: &str, peer: &str, found: crate::measure::time::Paired, goal: Option<f64>| Row {
        what: format!("{name}, {what}"),
        ours: text(bytes.len(), found.first),
        peer: format!("{PROST_REFLECT}{peer} {}", text(their_bytes.len(), found.second)),
        ratio: format!("{:.2} x as fast", found.ratio),
        goal: goal.map_or(Goal::None, Goal::AtLeast).judge(speed(bytes.len(), found.first)),
    };
    Ok(vec![
        row("bytes to events", ", which has no events: to a message", events, goals.map(|goals| goals.0)),
        row("bytes to a value", "", values, None),
        row("bytes to a line of JSON", "", json, goals.map(|goals| goals.1)),
    ])
}
