//! A session whose calls are known, on any transport.

use std::sync::OnceLock;

use tl_capture::{Sent, Session};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::source::Sources;
use tlgen_sniff::{Call, Event, KeyLog, Outcome, Schemas, Side, Sniffer};

pub(crate) const SCHEMA: &str = "
    note#00000010 id:int text:string = Note;
    ---functions---
    getNote#00000011 id:int = Note;
    getNotes#00000012 = Vector<Note>;
    invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;
    initConnection#c1cd5ea9 {X:Type} api_id:int query:!X = X;
";

pub(crate) fn schema(text: &str) -> Valid<Schema> {
    let mut sources = Sources::new();
    let file = sources.add("notes.tl", text);
    tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap()
}

pub(crate) fn key() -> [u8; 256] {
    std::array::from_fn(|i| (i * 7 + 3) as u8)
}

pub(crate) fn keys() -> KeyLog {
    KeyLog::parse(&KeyLog::line(2, &key())).unwrap()
}

/// A call of `getNote` with its answer, whose text has so many bytes.
pub(crate) fn call(session: &mut Session, id: i32, length: usize) {
    let request = session.message(Side::Client, &get_note(id));
    session.answer(request, &note(id, length));
}

pub(crate) fn get_note(id: i32) -> Vec<u8> {
    [&[0x11, 0, 0, 0][..], &id.to_le_bytes()].concat()
}

pub(crate) fn note(id: i32, length: usize) -> Vec<u8> {
    let mut note = [&[0x10, 0, 0, 0][..], &id.to_le_bytes()].concat();
    match u8::try_from(length) {
        Ok(length @ ..254) => note.push(length),
        _ => note.extend_from_slice(&[&[254][..], &u32::try_from(length).unwrap().to_le_bytes()[..3]].concat()),
    }
    note.extend(std::iter::repeat_n(b'a' + (id % 26) as u8, length));
    note.resize(note.len().next_multiple_of(4), 0);
    note
}

/// A server does not accept a message.
pub(crate) fn bad_salt(refused: i64) -> Vec<u8> {
    [&0xedab_447bu32.to_le_bytes()[..], &refused.to_le_bytes(), &[0; 4], &48i32.to_le_bytes(), &[3; 8]].concat()
}

/// Messages in one, with ids from `first` on.
pub(crate) fn container(bodies: &[Vec<u8>], first: i64) -> Vec<u8> {
    let mut bytes = [0x73f1_f8dc, u32::try_from(bodies.len()).unwrap()].map(u32::to_le_bytes).concat();
    for (id, body) in (first..).step_by(4).zip(bodies) {
        let length = u32::try_from(body.len()).unwrap();
        bytes.extend_from_slice(&[&id.to_le_bytes()[..], &[1, 0, 0, 0], &length.to_le_bytes(), body].concat());
    }
    bytes
}

/// The schema of the notes.
pub(crate) fn notes() -> &'static Valid<Schema> {
    static NOTES: OnceLock<Valid<Schema>> = OnceLock::new();
    NOTES.get_or_init(|| schema(SCHEMA))
}

/// All events of what was sent, in pieces of `piece` bytes.
pub(crate) fn events(sent: &[Sent], piece: usize) -> Vec<Event> {
    let schemas = Schemas::new([(None, notes())]);
    let mut sniffer = Sniffer::new(&schemas, keys());
    for Sent { side, time, bytes, .. } in sent {
        bytes.chunks(piece).for_each(|bytes| sniffer.bytes(*side, bytes, *time));
    }
    sniffer.end();
    std::iter::from_fn(|| sniffer.next_event()).collect()
}

pub(crate) fn calls(events: &[Event]) -> Vec<&Call> {
    events.iter().filter_map(|event| if let Event::Call(call) = event { Some(call) } else { None }).collect()
}

/// The numbers of the notes whose request and whose result was read.
pub(crate) fn read(events: &[Event]) -> (Vec<i32>, Vec<i32>) {
    let number = |bytes: &[u8]| i32::from_le_bytes(bytes[4..8].try_into().unwrap());
    let requests = calls(events).iter().map(|call| number(&call.request)).collect();
    let result = |event: &Event| match event {
        Event::Call(Call { outcome: Outcome::Result(result), .. }) => Some(number(result)),
        Event::Answer(message) => Some(number(&message.body)),
        _ => None,
    };
    let mut results: Vec<i32> = events.iter().filter_map(result).collect();
    let mut requests: Vec<i32> = requests;
    requests.sort_unstable();
    results.sort_unstable();
    (requests, results)
}
