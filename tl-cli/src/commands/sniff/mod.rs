//! `tlgen sniff`: the calls of a capture.

mod json;
mod line;
mod text;

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::time::Duration;

use tlgen_dynamic::{Look, Root};
use tlgen_sniff::{Call, Capture, CaptureError, Event, KeyLog, Message, Outcome, Schemas, Side, Sniffer};

use crate::args::{Meaning, Sniff};
use crate::failure::{Failure, Verdict};
use crate::input::is_stdin;
use crate::meaning::open_candidates;
use crate::terminal::Terminal;

/// How much of a plain stream is read at once.
const PIECE: usize = 1 << 16;

/// Runs the command.
pub(crate) fn run(args: &Sniff, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let keys = keys(args)?;
    let meaning = Meaning { schema: args.schema.clone(), ty: None, reading: args.reading };
    let candidates = open_candidates(&meaning, terminal.errors)?;
    let schemas = Schemas::new(candidates.iter().map(|candidate| (candidate.layer, &candidate.schema)));
    let sniffer = Sniffer::new(&schemas, keys);
    let width = args.width.unwrap_or_else(super::decode::columns);
    let mut show = Show { args, schemas: &schemas, width, first: None, is_good: true };
    let done = match (&args.capture, &args.client) {
        (Some(path), _) => capture(path, sniffer, &mut show, terminal)?,
        (None, Some(client)) => streams(client, args.server.as_deref(), sniffer, &mut show, terminal)?,
        (None, None) => Verdict::Done,
    };
    Ok(if show.is_good { done } else { Verdict::AtFault })
}

fn keys(args: &Sniff) -> Result<KeyLog, Failure> {
    let mut text = String::new();
    for path in &args.keys {
        let read = std::fs::read_to_string(path).map_err(|error| Failure::read(path, &error))?;
        // Each log by itself, so that its lines are counted.
        KeyLog::parse(&read).map_err(|error| Failure::Input(format!("`{}`, {error}", path.display())))?;
        text.push_str(&read);
        text.push('\n');
    }
    KeyLog::parse(&text).map_err(|error| Failure::Input(error.to_string()))
}

fn open(path: &Path) -> Result<Box<dyn Read + Send>, Failure> {
    if is_stdin(path) {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path).map_err(|error| Failure::read(path, &error))?;
    Ok(Box::new(BufReader::new(file)))
}

/// Shows a capture. Where its file is broken, what came before is shown.
fn capture(
    path: &Path,
    mut sniffer: Sniffer<'_>,
    show: &mut Show<'_>,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let failed = |error: CaptureError| format!("`{}`: {error}", path.display());
    let mut capture = Capture::new(open(path)?).map_err(|error| Failure::Input(failed(error)))?;
    let mut verdict = Verdict::Done;
    loop {
        match capture.next_packet() {
            Ok(Some(packet)) => {
                show.first.get_or_insert(packet.time);
                sniffer.packet(&packet);
            }
            Ok(None) => break,
            Err(error) => {
                terminal.error(&failed(error))?;
                verdict = Verdict::AtFault;
                break;
            }
        }
        show.events(&mut sniffer, terminal)?;
    }
    sniffer.end();
    show.events(&mut sniffer, terminal)?;
    Ok(verdict)
}

/// Shows two plain streams: in turn, so that neither has to be kept.
fn streams(
    client: &Path,
    server: Option<&Path>,
    mut sniffer: Sniffer<'_>,
    show: &mut Show<'_>,
    terminal: &mut Terminal,
) -> Result<Verdict, Failure> {
    let mut sides = vec![(Side::Client, client, open(client)?)];
    if let Some(server) = server {
        sides.push((Side::Server, server, open(server)?));
    }
    let mut piece = vec![0; PIECE];
    while !sides.is_empty() {
        let mut left = Vec::new();
        for (side, path, mut stream) in sides {
            let length = stream.read(&mut piece).map_err(|error| Failure::read(path, &error))?;
            if length > 0 {
                sniffer.bytes(side, &piece[..length], Duration::ZERO);
                left.push((side, path, stream));
            }
            show.events(&mut sniffer, terminal)?;
        }
        sides = left;
    }
    sniffer.end();
    show.events(&mut sniffer, terminal)?;
    Ok(Verdict::Done)
}

/// How events are shown.
struct Show<'a> {
    args: &'a Sniff,
    schemas: &'a Schemas<'a>,
    width: usize,
    /// When the capture begins, from which times are counted.
    first: Option<Duration>,
    is_good: bool,
}

impl Show<'_> {
    fn events(&mut self, sniffer: &mut Sniffer<'_>, to: &mut Terminal) -> Result<(), Failure> {
        while let Some(event) = sniffer.next_event() {
            self.is_good &= !matches!(event, Event::Fault(_));
            let is_shown = match &event {
                Event::Call(call) => !matches!(call.outcome, Outcome::Refused { .. }),
                Event::Fault(_) => true,
                _ => false,
            };
            if !is_shown && !self.args.all {
                continue;
            }
            if self.args.json {
                json::write(self.schemas, &event, to)?;
            } else {
                // Plain streams have no times.
                let time = self.first.and_then(|first| Some(time_of(&event)?.saturating_sub(first)));
                text::write(self, &event, time, to)?;
            }
            if self.args.explain {
                self.explain(&event, to)?;
            }
        }
        Ok(())
    }

    /// What each byte of a call or message is.
    fn explain(&self, event: &Event, to: &mut Terminal) -> Result<(), Failure> {
        match event {
            Event::Call(call) => {
                self.bytes(call.schema, self.schemas.root_of_request(call), &call.request, to)?;
                match &call.outcome {
                    Outcome::Result(result) => {
                        self.bytes(call.schema, self.schemas.root_of_result(call), result, to)?;
                    }
                    Outcome::Error { bytes, .. } => self.bytes(call.schema, Root::Any, bytes, to)?,
                    _ => {}
                }
            }
            Event::Update(message) | Event::Service(message) | Event::Answer(message) => {
                self.bytes(message.schema, Root::Any, &message.body, to)?;
            }
            _ => return Ok(()),
        }
        writeln!(to)?;
        Ok(())
    }

    fn bytes(&self, schema: usize, root: Root<'_>, bytes: &[u8], to: &mut Terminal) -> Result<(), Failure> {
        let color = to.output.style == tlgen_diagnostics::Style::Color;
        let trace = self.schemas.codec(schema).trace(root, bytes, &tlgen_dynamic::DecodeOptions::lenient());
        writeln!(to)?;
        to.write_all(trace.dump(bytes, Look { width: self.width, color }).as_bytes())?;
        Ok(())
    }
}

fn time_of(event: &Event) -> Option<Duration> {
    match event {
        Event::Call(Call { sent, .. }) => Some(*sent),
        Event::Update(Message { time, .. }) | Event::Service(Message { time, .. }) => Some(*time),
        Event::Answer(Message { time, .. }) => Some(*time),
        Event::Fault(fault) => Some(fault.time),
        _ => None,
    }
}
