//! What `tlgen-sniff` makes of the bytes that client and server have sent, as a capture.

use std::collections::BTreeSet;
use std::error::Error;
use std::net::SocketAddr;
use std::time::Duration;

use tl_capture::{Link, Recording, packets, pcap};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_sniff::{AuthKey, Capture, Event, KeyLog, Outcome, Schemas, Sniffer};
use tlgen_testserver::Random;

use crate::recorder::{GET_CONFIG, Requests};

/// What was found.
#[derive(Default)]
pub(crate) struct Sniffed {
    pub(crate) calls: u64,
    /// Calls whose result has the type of the function.
    pub(crate) typed: usize,
    /// Errors of the API.
    pub(crate) errors: usize,
    /// What is not as the server has seen it.
    pub(crate) wrong: Vec<String>,
}

/// The calls of a recording, each compared with what the server was asked and has answered.
pub(crate) fn sniffed(
    recording: &Recording,
    server: SocketAddr,
    schema: &Valid<Schema>,
    keys: Vec<AuthKey>,
    requests: &Requests,
    random: &Random,
) -> Result<Sniffed, Box<dyn Error>> {
    let mut log = KeyLog::default();
    keys.into_iter().for_each(|key| log.insert(key));
    let schemas = Schemas::new([(schema.layer, schema)]);
    let mut sniffer = Sniffer::new(&schemas, log);
    let file = pcap(&packets(&recording.sent(), server), Link::Ethernet, Duration::from_secs(1_790_000_000));
    let mut capture = Capture::new(&file[..])?;
    while let Some(packet) = capture.next_packet()? {
        sniffer.packet(&packet);
    }
    sniffer.end();
    let (mut found, mut seen) = (Sniffed::default(), BTreeSet::new());
    while let Some(event) = sniffer.next_event() {
        let call = match event {
            Event::Call(call) => call,
            Event::Fault(fault) => {
                found.wrong.push(format!("{:?}: {}", fault.side, fault.kind));
                continue;
            }
            _ => continue,
        };
        if matches!(call.outcome, Outcome::Refused { .. }) {
            continue;
        }
        found.calls += 1;
        let name = call.function.map(|function| schema.combinator(function).name.to_string());
        let name = name.unwrap_or_else(|| format!("{:02x?}", call.request.get(..4)));
        let is_own = call.request.starts_with(&GET_CONFIG.to_le_bytes());
        if !is_own && !requests.has(&call.request) {
            found.wrong.push(format!("{name}: the server was not asked this"));
        }
        let expected = random.answer(&call.request);
        match &call.outcome {
            Outcome::Result(result) => match (schemas.result(&call, result), expected) {
                (Err(error), _) => found.wrong.push(format!("{name}: {error}")),
                (Ok(_), Ok(expected)) if is_own || expected == *result => found.typed += 1,
                (Ok(_), _) => found.wrong.push(format!("{name}: another result than the server's")),
            },
            Outcome::Error { code, message, .. } if expected.is_ok() => {
                found.wrong.push(format!("{name}: the error {code} {message}, and the server has a result"));
            }
            Outcome::Error { .. } => found.errors += 1,
            // The client may leave before it is answered.
            _ => {}
        }
        seen.insert(call.request);
    }
    found.wrong.extend(requests.not_in(&seen).iter().map(|request| format!("{request:02x?} is not in the capture")));
    Ok(found)
}
