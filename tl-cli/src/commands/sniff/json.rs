//! Events as lines of JSON, of which the test server plays back those with a request and its result.

use std::fmt::Write as _;
use std::io::Write;
use std::time::Duration;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use tlgen_dynamic::{Codec, Root};
use tlgen_sniff::{Call, Event, Message, Outcome, Schemas, Side};

use crate::failure::Failure;
use crate::terminal::Terminal;

/// Writes a line.
pub(super) fn write(schemas: &Schemas<'_>, event: &Event, to: &mut Terminal) -> Result<(), Failure> {
    serde_json::to_writer(&mut *to, &Line { schemas, event }).map_err(|error| Failure::Output(error.into()))?;
    writeln!(to)?;
    Ok(())
}

struct Line<'a> {
    schemas: &'a Schemas<'a>,
    event: &'a Event,
}

/// A value, or its bytes where the schema cannot read them or JSON cannot say them.
struct Part<'a> {
    codec: &'a Codec<'a>,
    root: Root<'a>,
    bytes: &'a [u8],
}

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.codec.decode_for_json(self.root, self.bytes) {
            Some(value) => self.codec.typed_root(self.root, &value).serialize(to),
            None => {
                let digits = self.bytes.iter().fold(String::new(), |mut digits, byte| {
                    _ = write!(digits, "{byte:02x}");
                    digits
                });
                let mut map = to.serialize_map(Some(1))?;
                map.serialize_entry("raw", &digits)?;
                map.end()
            }
        }
    }
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        match self.event {
            Event::Connection(connection) => {
                map.serialize_entry("connection", &connection.number)?;
                map.serialize_entry("client", &connection.client)?;
                map.serialize_entry("server", &connection.server)?;
                map.serialize_entry("transport", &connection.transport.to_string())?;
                map.serialize_entry("obfuscated", &connection.is_obfuscated)?;
                if connection.is_incomplete {
                    map.serialize_entry("incomplete", &true)?;
                }
            }
            Event::Call(call) => self.call(&mut map, call)?,
            Event::Update(message) => self.message(&mut map, "update", message)?,
            Event::Service(message) => self.message(&mut map, "service", message)?,
            Event::Answer(message) => self.message(&mut map, "answer", message)?,
            Event::Fault(fault) => {
                map.serialize_entry("time", &seconds(fault.time))?;
                map.serialize_entry("connection", &fault.connection)?;
                map.serialize_entry("side", side(fault.side))?;
                map.serialize_entry("fault", &fault.kind.to_string())?;
            }
            _ => {}
        }
        map.end()
    }
}

impl Line<'_> {
    fn call<M: SerializeMap>(&self, map: &mut M, call: &Call) -> Result<(), M::Error> {
        let codec = self.schemas.codec(call.schema);
        map.serialize_entry("time", &seconds(call.sent))?;
        if let Some(answered) = call.answered {
            map.serialize_entry("duration", &seconds(answered.saturating_sub(call.sent)))?;
        }
        map.serialize_entry("connection", &call.connection)?;
        if let Some(layer) = call.layer {
            map.serialize_entry("layer", &layer)?;
        }
        let request = Part { codec, root: self.schemas.root_of_request(call), bytes: &call.request };
        map.serialize_entry("request", &request)?;
        match &call.outcome {
            Outcome::Result(bytes) => {
                map.serialize_entry("result", &Part { codec, root: self.schemas.root_of_result(call), bytes })
            }
            Outcome::Error { code, message, .. } => {
                map.serialize_entry("error", &serde_json::json!({"code": code, "message": message}))
            }
            Outcome::Refused { code } => map.serialize_entry("refused", code),
            _ => Ok(()),
        }
    }

    fn message<M: SerializeMap>(&self, map: &mut M, kind: &str, message: &Message) -> Result<(), M::Error> {
        map.serialize_entry("time", &seconds(message.time))?;
        map.serialize_entry("connection", &message.connection)?;
        map.serialize_entry("side", side(message.side))?;
        let codec = self.schemas.codec(message.schema);
        map.serialize_entry(kind, &Part { codec, root: Root::Any, bytes: &message.body })
    }
}

fn seconds(time: Duration) -> f64 {
    // Microseconds, which are what captures have and what a number of JSON can say of a date.
    (time.as_micros() as f64) / 1e6
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Client => "client",
        Side::Server => "server",
    }
}
