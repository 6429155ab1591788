//! Events as lines for people.

use std::io::Write;
use std::time::Duration;

use tlgen_dynamic::Root;
use tlgen_sniff::{Call, Event, Message, Outcome, Side};

use super::Show;
use super::line::{cut, value};
use crate::failure::Failure;
use crate::terminal::Terminal;

/// Writes a line: time, duration, connection, and what it was.
pub(super) fn write(show: &Show<'_>, event: &Event, time: Option<Duration>, to: &mut Terminal) -> Result<(), Failure> {
    let (number, duration) = match event {
        Event::Connection(connection) => (connection.number, None),
        Event::Call(call) => (call.connection, call.answered.map(|answered| answered.saturating_sub(call.sent))),
        Event::Update(message) | Event::Service(message) | Event::Answer(message) => (message.connection, None),
        Event::Fault(fault) => (fault.connection, None),
        _ => return Ok(()),
    };
    let time = time.map(|time| format!("{:.6}", time.as_secs_f64())).unwrap_or_default();
    let duration = duration
        .filter(|_| !time.is_empty())
        .map(|duration| format!("{:.1} ms", duration.as_secs_f64() * 1000.0))
        .unwrap_or_default();
    let head = format!("{time:>12}  {duration:>10}  #{number:<3} ");
    let room = show.width.saturating_sub(head.len()).max(20);
    writeln!(to, "{head}{}", what(show, event, room).trim_end())?;
    Ok(())
}

fn what(show: &Show<'_>, event: &Event, room: usize) -> String {
    match event {
        Event::Connection(connection) => {
            let obfuscated = if connection.is_obfuscated { ", obfuscated" } else { "" };
            let ends = match connection.number {
                0 => "streams".to_owned(),
                _ => format!("{} to {}", connection.client, connection.server),
            };
            let incomplete = if connection.is_incomplete { ", its beginning is not in the capture" } else { "" };
            format!("{ends}: {}{obfuscated}{incomplete}", connection.transport)
        }
        Event::Call(call) => call_line(show, call, room),
        Event::Update(message) => message_line(show, "update", message, room),
        Event::Service(message) => message_line(show, side(message.side), message, room),
        Event::Answer(message) => message_line(show, "answer to a call before the capture", message, room),
        Event::Fault(fault) => format!("{}: {}", side(fault.side), fault.kind),
        _ => String::new(),
    }
}

fn call_line(show: &Show<'_>, call: &Call, room: usize) -> String {
    let codec = show.schemas.codec(call.schema);
    let outcome = |room: usize| match &call.outcome {
        Outcome::Result(result) => value(codec, show.schemas.root_of_result(call), result, room),
        Outcome::Error { code, message, .. } => cut(&format!("error {code} {message}"), room),
        Outcome::Refused { code } => format!("refused with the code {code}"),
        _ => "no answer".to_owned(),
    };
    // Each half may have what the other one leaves.
    let half = room.saturating_sub(3) / 2;
    if call.function.is_none() {
        let id = call.request.first_chunk().map_or(0, |id| u32::from_le_bytes(*id));
        let short = format!("function {id:08x} that the schema does not have, {} bytes", call.request.len());
        return cut(&format!("{short} = {}", outcome(half)), room);
    }
    let (root, request) = (show.schemas.root_of_request(call), &call.request);
    let short = value(codec, root, request, half);
    let result = outcome(room.saturating_sub(3 + short.chars().count()));
    let left = room.saturating_sub(3 + result.chars().count());
    format!("{} = {result}", if left > half { value(codec, root, request, left) } else { short })
}

fn message_line(show: &Show<'_>, what: &str, message: &Message, room: usize) -> String {
    let room = room.saturating_sub(what.len() + 2);
    format!("{what}: {}", value(show.schemas.codec(message.schema), Root::Any, &message.body, room))
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Client => "client",
        Side::Server => "server",
    }
}
