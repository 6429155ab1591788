//! `tlgen sniff`: captures of sessions that are made here.
#![allow(clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::Sandbox;
use insta::assert_snapshot;
use tl_capture::{Link, Sent, Session, packets, pcap, server};
use tlgen_mtproto::{AuthKey, Side, TransportKind};

const SCHEMA: &str = "
note#00000010 id:int text:string = Note;
---functions---
getNote#00000011 id:int = Note;
getNotes#00000012 ids:Vector<int> = Vector<Note>;
invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;
";

fn key() -> [u8; 256] {
    std::array::from_fn(|i| i as u8)
}

/// The line of the log with the key.
fn keys() -> String {
    let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("MTPROTO_AUTH_KEY 2 {} {} perm\n", digits(&AuthKey::new(key()).id().to_le_bytes()), digits(&key()))
}

fn word(number: u32) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

/// A client says its layer, is answered, refused, told something, and not answered.
fn session() -> Vec<Sent> {
    let mut session = Session::new(TransportKind::Abridged, true, 1, key());
    let note = [word(0x10), word(7), b"\x05hello\0\0".to_vec()].concat();
    let get_note = |id: u32| [word(0x11), word(id)].concat();
    let first = session.message(Side::Client, &[word(0xda9b_0d0d), word(5), get_note(7)].concat());
    session.message(
        Side::Server,
        &[word(0xedab_447b), first.to_le_bytes().to_vec(), word(0), word(48), vec![1; 8]].concat(),
    );
    let again = session.message(Side::Client, &[word(0xda9b_0d0d), word(5), get_note(7)].concat());
    session.answer(again, &note);
    let all = session.message(Side::Client, &[word(0x12), word(0x1cb5_c415), word(1), word(7)].concat());
    session.answer(all, &[word(0x1cb5_c415), word(1), note.clone()].concat());
    let flood = session.message(Side::Client, &get_note(8));
    session.answer(flood, &[word(0x2144_ca19), word(420), b"\x0cFLOOD_WAIT_3\0\0\0".to_vec()].concat());
    session.message(Side::Server, &note);
    session.message(Side::Client, &get_note(9));
    session.message(Side::Client, &[word(0xdead_beef), word(1)].concat());
    session.sent
}

fn sandbox(sent: &[Sent]) -> Sandbox {
    let sandbox = Sandbox::new(&[("notes.tl", SCHEMA), ("keys.log", &keys())]);
    let start = Duration::from_micros(1_790_000_000_250_000);
    std::fs::write(sandbox.path("session.pcap"), pcap(&packets(sent, server()), Link::Ethernet, start)).unwrap();
    sandbox
}

#[test]
fn calls_are_shown() {
    let sandbox = sandbox(&session());
    let call = "sniff session.pcap --keys keys.log --schema notes.tl";
    assert_snapshot!(sandbox.run(call));
    assert_snapshot!(sandbox.run(&format!("{call} --all")));
    assert_snapshot!(sandbox.run(&format!("{call} --all --json")));
    assert_snapshot!(sandbox.run(&format!("{call} --explain --width 80")));
    let file = std::fs::read(sandbox.path("session.pcap")).unwrap();
    let args = ["sniff", "-", "--keys", "keys.log", "--schema", "notes.tl"];
    assert_eq!(sandbox.run_args("", &args, &file).out, sandbox.run(call).out);
}

#[test]
fn streams_are_shown() {
    let sent = session();
    let sandbox = sandbox(&sent);
    for (file, of) in [("client", Side::Client), ("server", Side::Server)] {
        let bytes: Vec<u8> = sent.iter().filter(|sent| sent.side == of).flat_map(|sent| sent.bytes.clone()).collect();
        std::fs::write(sandbox.path(file), bytes).unwrap();
    }
    assert_snapshot!(sandbox.run("sniff --client client --server server --keys keys.log --schema notes.tl"));
}

#[test]
fn faults_are_told() {
    let mut sent = session();
    sent[4].bytes[30] ^= 1;
    let sandbox = sandbox(&sent);
    let call = "sniff session.pcap --keys keys.log --schema notes.tl";
    let damaged = sandbox.run(call);
    assert_eq!(damaged.code, 1);
    assert_snapshot!(damaged);
    // The file ends too early.
    let file = std::fs::read(sandbox.path("session.pcap")).unwrap();
    std::fs::write(sandbox.path("session.pcap"), &file[..file.len() / 2]).unwrap();
    assert_snapshot!(sandbox.run(call));
    std::fs::write(sandbox.path("session.pcap"), "no capture").unwrap();
    assert_snapshot!(sandbox.run(call));
    sandbox.write("keys.log", "MTPROTO_AUTH_KEY 2 00 00 perm");
    assert_snapshot!(sandbox.run(call));
    assert_eq!(sandbox.run("sniff --keys keys.log").code, 2);
    assert_eq!(sandbox.run("sniff missing.pcap --keys keys.log --schema notes.tl").code, 1);
}

/// What a server says is text, whatever a terminal would make of it; and shown byte by byte, it is all there.
#[test]
fn errors_are_text() {
    let mut session = Session::new(TransportKind::Abridged, false, 1, key());
    let request = session.message(Side::Client, &[word(0x11), word(8)].concat());
    session.answer(request, &[word(0x2144_ca19), word(400), b"\x08\x1b[2J\xe2\x80\xaeX\0\0\0".to_vec()].concat());
    let sandbox = sandbox(&session.sent);
    assert_snapshot!(sandbox.run("sniff session.pcap --keys keys.log --schema notes.tl --explain"));
}

/// Two files, one for each side, of which the one is read long before the other.
#[test]
fn streams_of_any_length_are_paired() {
    let mut session = Session::new(TransportKind::Abridged, true, 1, key());
    for id in 0..60 {
        let request = session.message(Side::Client, &[word(0x11), word(id), vec![0; 20_000]].concat());
        session.answer(request, &[word(0x10), word(id), b"\x03abc".to_vec()].concat());
    }
    let sandbox = sandbox(&session.sent);
    for (file, of) in [("client", Side::Client), ("server", Side::Server)] {
        let sent = session.sent.iter().filter(|sent| sent.side == of);
        std::fs::write(sandbox.path(file), sent.flat_map(|sent| sent.bytes.clone()).collect::<Vec<u8>>()).unwrap();
    }
    let run = sandbox.run("sniff --client client --server server --keys keys.log --schema notes.tl");
    assert_eq!((run.out.lines().count(), run.out.matches("note {").count()), (60, 60), "{}", run.out);
}

/// What JSON would not say byte for byte is told as bytes, so that a test server plays back what was sent.
#[test]
fn lines_of_json_say_all_bytes() {
    let mut session = Session::new(TransportKind::Abridged, false, 1, key());
    for padding in [b"\x05hello\0\0", b"\x05hello\x01\0"] {
        let request = session.message(Side::Client, &[word(0x11), word(8)].concat());
        session.answer(request, &[word(0x10), word(7), padding.to_vec()].concat());
    }
    let out = sandbox(&session.sent).run("sniff session.pcap --keys keys.log --schema notes.tl --json").out;
    let results: Vec<_> = out.lines().map(|line| line.split_once(r#""result":"#).unwrap().1).collect();
    assert_eq!(results, [r#"{"_":"note","id":7,"text":"hello"}}"#, r#"{"raw":"10000000070000000568656c6c6f0100"}}"#]);
}
