//! The session of which a page shows the capture.

use std::fs;
use std::path::Path;
use std::time::Duration;

use notes::api::constructors::Note;
use notes::api::functions::notes::{AddNote, GetNotes};
use notes::api::types;
use tl_capture::{Link, Session, packets, pcap, server};
use tlgen_mtproto::{AuthKey, Side, TransportKind};
use tlgen_runtime::Encode;

/// Writes `session.pcap` and `keys.log`.
pub(crate) fn write(folder: &Path) {
    let key: [u8; 256] = std::array::from_fn(|at| at as u8);
    let mut session = Session::new(TransportKind::Intermediate, true, 7, key);
    let note = types::Note::from(Note::new(1, "water the plants".into()));
    let add = session.message(Side::Client, &AddNote::new("water the plants".into()).to_bytes().unwrap());
    session.answer(add, &note.to_bytes().unwrap());
    let get = session.message(Side::Client, &GetNotes::new(20, 0).to_bytes().unwrap());
    let list = types::notes::List::from(notes::api::constructors::notes::List::new(vec![note], 1));
    session.answer(get, &list.to_bytes().unwrap());
    let empty = session.message(Side::Client, &AddNote::new(String::new()).to_bytes().unwrap());
    let error = [&0x2144_ca19u32.to_le_bytes()[..], &400i32.to_le_bytes(), b"\x0aTEXT_EMPTY\0"].concat();
    session.answer(empty, &error);

    let start = Duration::from_secs(1_790_000_000);
    fs::write(folder.join("session.pcap"), pcap(&packets(&session.sent, server()), Link::Ethernet, start)).unwrap();
    let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let id = digits(&AuthKey::new(key).id().to_le_bytes());
    fs::write(folder.join("keys.log"), format!("MTPROTO_AUTH_KEY 2 {id} {} perm\n", digits(&key))).unwrap();
}
