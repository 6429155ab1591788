//! What each byte is, of bytes that are right and of bytes that are damaged.

use proptest::prelude::*;
use tlgen_dynamic::{Codec, DecodeOptions, Generator, Root, RowKind, Trace};

use crate::{hazards, hex, schema};

/// Without bytes that nobody can explain.
fn options() -> DecodeOptions {
    let mut options = DecodeOptions::default();
    options.raw_objects = false;
    options
}

/// Each byte has one row, in order.
fn assert_complete(trace: &Trace<'_>, bytes: &[u8]) {
    let mut end = 0;
    for row in &trace.rows {
        assert_eq!(row.bytes.start, end, "{row:?}");
        end = row.bytes.end;
    }
    assert_eq!(end, bytes.len());
}

/// The first fault of a trace is that of the decoder.
fn assert_agrees(codec: &Codec<'_>, root: Root<'_>, bytes: &[u8], options: &DecodeOptions) {
    let trace = codec.trace(root, bytes, options);
    assert_complete(&trace, bytes);
    let first = trace.rows.iter().find_map(|row| match &row.kind {
        RowKind::Fault { kind, offset, path, .. } => Some((kind.clone(), *offset, path.clone())),
        _ => None,
    });
    let decoded = codec.decode_root(root, bytes, options);
    assert_eq!(first, decoded.err().map(|error| (error.kind, error.offset, error.path)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn agrees_with_the_decoder(
        seed: u64,
        which: prop::sample::Index,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        cut: Option<prop::sample::Index>,
        lenient: bool,
    ) {
        let schema = hazards();
        let codec = Codec::new(schema);
        let all: Vec<_> = schema.constructors().chain(schema.functions()).map(|(idx, _)| idx).collect();
        let Ok(mut bytes) = Generator::new(schema, seed).combinator_bytes(all[which.index(all.len())]) else {
            return Ok(());
        };
        for (at, byte) in &damage {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let mut options = if lenient { DecodeOptions::lenient() } else { DecodeOptions::default() };
        options.raw_objects = false;
        assert_agrees(&codec, Root::Any, &bytes, &options);
    }

    #[test]
    fn any_bytes_have_rows(bytes in prop::collection::vec(prop_oneof![Just(0u8), 0u8..0x20, any::<u8>()], 0..200)) {
        let codec = Codec::new(hazards());
        assert_agrees(&codec, Root::Any, &bytes, &options());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Containers, in which lengths are stated, with some bytes that are others.
    #[test]
    fn agrees_with_the_decoder_on_lengths(
        damage in prop::collection::vec((any::<prop::sample::Index>(), prop_oneof![0u8..40, any::<u8>()]), 0..3),
        cut: Option<prop::sample::Index>,
    ) {
        let schema = schema(CONTAINERS);
        let codec = Codec::new(&schema).with_envelopes();
        let mut bytes = container(&BODIES);
        for (at, byte) in &damage {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        assert_agrees(&codec, Root::Any, &bytes, &options());
    }
}

const BODIES: [&str; 3] = [
    "ec77be7a 0100000000000000",
    "33221100 034a6f65 66554400 0700000000000000",
    "c5737734 0100000000000000 0200000000000000",
];

/// The kind of fault: a value that is found in a body, and would reach beyond its end.
#[test]
fn what_is_found_ends_with_its_body() {
    let schema = schema(CONTAINERS);
    let codec = Codec::new(&schema).with_envelopes();
    let bytes = container(&["efbeadde c5737734", BODIES[0], BODIES[2]]);
    let trace = codec.trace(Root::Any, &bytes, &options());
    assert_complete(&trace, &bytes);
    assert_eq!(trace.lost(), 8);
}

/// The kind of fault: a part that is read once more after its id was right.
#[test]
fn a_list_that_is_cut_off_by_a_length_is_read_from_its_id() {
    let schema = schema(CONTAINERS);
    let codec = Codec::new(&schema).with_envelopes();
    let mut bytes = container(&["15c4b51c 01000000 ec77be7a 0100000000000000", BODIES[2]]);
    bytes[20] = 4;
    let trace = codec.trace(Root::Any, &bytes, &options());
    assert_complete(&trace, &bytes);
    assert_eq!((trace.lost(), trace.faults()), (0, 1));
}

/// A body whose length is known is kept as it is if nobody knows it.
#[test]
fn unknown_bodies_are_kept() {
    let schema = schema(CONTAINERS);
    let codec = Codec::new(&schema).with_envelopes();
    let bytes = container(&[BODIES[0], "efbeadde 0100000000000000", BODIES[2]]);
    let value = codec.decode_root(Root::Any, &bytes, &DecodeOptions::default()).unwrap();
    let json = serde_json::to_value(codec.typed_root(Root::Any, &value)).unwrap();
    assert_eq!(json["messages"][1]["body"], serde_json::json!({"raw": "efbeadde0100000000000000"}));
    assert_eq!(codec.encode_root(Root::Any, &value).unwrap(), bytes);
    assert!(Codec::new(&schema).decode_root(Root::Any, &bytes, &DecodeOptions::default()).is_err());
}

/// An answer without an id is read by the function that it answers.
#[test]
fn answers_are_read_by_their_function() {
    let schema = schema(
        "rpc_result#f35c6d01 req_msg_id:long result:Object = RpcResult;
         rpc_error#2144ca19 error_code:int error_message:string = RpcError;
         ---functions---
         getIds#00000001 = Vector<long>;",
    );
    let codec = Codec::new(&schema);
    let function = codec.by_name("getIds").unwrap();
    let codec = codec.with_answers_to(function);
    let options = DecodeOptions::default();
    let list = hex("15c4b51c 01000000 0700000000000000");
    for (bytes, shown) in [
        ([hex("016d5cf3 0500000000000000"), list.clone()].concat(), serde_json::json!(["7"])),
        (
            hex("016d5cf3 0500000000000000 19ca4421 2c010000 03626164"),
            serde_json::json!({"_": "rpc_error", "error_code": 300, "error_message": "bad"}),
        ),
    ] {
        let root = codec.root_of_answer(function, &bytes);
        let value = codec.decode_root(root, &bytes, &options).unwrap();
        assert_eq!(serde_json::to_value(codec.typed_root(root, &value)).unwrap()["result"], shown);
        assert!(codec.trace(root, &bytes, &options).is_whole());
        assert_agrees(&codec, root, &bytes[..bytes.len() - 4], &self::options());
    }
    let root = codec.root_of_answer(function, &list);
    let value = codec.decode_root(root, &list, &options).unwrap();
    assert_eq!(serde_json::to_value(codec.typed_root(root, &value)).unwrap(), serde_json::json!(["7"]));
}

const CONTAINERS: &str = "
    container#73f1f8dc messages:vector<%Message> = Container;
    message msg_id:long seqno:int bytes:int body:Object = Message;
    ping#7abe77ec ping_id:long = Ping;
    pong#347773c5 msg_id:long ping_id:long = Pong;
    named#00112233 name:string peer:Peer = Named;
    user#00445566 id:long = Peer;
    chat#00778899 id:long title:string = Peer;
";

fn container(bodies: &[&str]) -> Vec<u8> {
    let mut bytes = hex("dcf8f173");
    bytes.extend(u32::try_from(bodies.len()).unwrap().to_le_bytes());
    for (index, body) in bodies.iter().enumerate() {
        let body = hex(body);
        bytes.extend((0x5ae0_0000_0000_0000_u64 + index as u64 * 4).to_le_bytes());
        bytes.extend((index as u32).to_le_bytes());
        bytes.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
        bytes.extend(body);
    }
    bytes
}

/// The kinds of damage to a container, each in the second of three messages: what is lost of it.
#[test]
fn only_what_is_damaged_is_lost() {
    let schema = schema(CONTAINERS);
    let codec = Codec::new(&schema).with_envelopes();
    let bytes = container(&BODIES);
    assert!(codec.trace(Root::Any, &bytes, &options()).is_whole());
    // The second message begins at 36, its body at 52.
    for (name, at, lost) in [
        ("an id of a body", 52, 4),
        ("an id within a body", 60, 0),
        ("the length of a body", 48, 0),
        ("the length of text", 56, 8),
        ("the number of messages", 4, 0),
        ("the id of the container", 0, 4),
    ] {
        let mut damaged = bytes.clone();
        damaged[at..at + 4].copy_from_slice(&[0x7e; 4]);
        let trace = codec.trace(Root::Any, &damaged, &options());
        assert_complete(&trace, &damaged);
        assert!(!trace.is_whole(), "{name}");
        let names: Vec<&str> = trace
            .rows
            .iter()
            .filter_map(|row| match row.kind {
                RowKind::Object(of) => Some(of.name.full()),
                _ => None,
            })
            .collect();
        println!("{name}: {} bytes lost, {names:?}", trace.lost());
        assert!(trace.lost() <= lost, "{name}");
        assert!(names.contains(&"ping") && names.contains(&"pong"), "{name}: {names:?}");
    }
}
