//! `tlgen decode --open` and `--request`: what is sent between client and server.

#![allow(clippy::unwrap_used)]

mod common;

use std::io::Write as _;

use common::{Run, Sandbox};
use flate2::Compression;
use flate2::write::GzEncoder;
use insta::assert_snapshot;

const SCHEMA: &str = "
user#00000001 id:long = User;
---functions---
getUsers#00000002 ids:Vector<int> = Vector<User>;
getIds#00000003 = Vector<long>;
invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;
initConnection#c1cd5ea9 {X:Type} flags:# api_id:int query:!X = X;
";

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// A string of TL.
fn string(bytes: &[u8]) -> Vec<u8> {
    let mut out = match u8::try_from(bytes.len()) {
        Ok(short) if short < 254 => vec![short],
        _ => u32::try_from(bytes.len() << 8 | 254).unwrap().to_le_bytes().to_vec(),
    };
    out.extend(bytes);
    out.resize(out.len().next_multiple_of(4), 0);
    out
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    gzip_packed(&encoder.finish().unwrap())
}

/// A `gzip_packed` with this content.
fn gzip_packed(content: &[u8]) -> Vec<u8> {
    [words(&[0x3072_cfa1]), string(content)].concat()
}

fn decode(args: &[&str], bytes: &[u8]) -> Run {
    let sandbox = Sandbox::new(&[("api.tl", SCHEMA)]);
    sandbox.run_args("", &[&["decode", "--schema", "api.tl", "--from", "raw"], args].concat(), bytes)
}

fn container(bodies: &[Vec<u8>]) -> Vec<u8> {
    let mut out = words(&[0x73f1_f8dc, bodies.len() as u32]);
    for (index, body) in bodies.iter().enumerate() {
        out.extend(words(&[index as u32 * 4, 0x6600_0000, index as u32, body.len() as u32]));
        out.extend(body);
    }
    out
}

const USERS: [u32; 5] = [0x1cb5_c415, 1, 1, 7, 0];

/// A container with an answer that is packed, a message that nobody knows, and a pong.
#[test]
fn containers_and_packed_answers_are_opened() {
    let answer = [words(&[0xf35c_6d01, 5, 0]), packed(&words(&USERS))].concat();
    let bytes = container(&[answer, words(&[0xdead_beef, 9]), words(&[0x3477_73c5, 1, 0, 2, 0])]);
    let run = decode(&["--open"], &bytes);
    assert_snapshot!(run.out);
    assert_eq!(run.code, 0);
    assert!(decode(&[], &bytes).code == 1, "the schema alone does not know them");
    let explained = decode(&["--open", "--explain"], &bytes);
    assert_eq!(explained.code, 1, "one message is unknown");
    assert!(explained.out.contains("\nunpacked from byte 40, 20 bytes:\n   0  15c4b51c 01000000"), "{explained}");
    assert!(explained.out.contains("deadbeef at byte 92"), "{explained}");
}

/// An answer has the type that its function returns: alone, in an envelope, packed, or an error.
#[test]
fn answers_have_the_type_of_their_function() {
    let ids = words(&[0x1cb5_c415, 2, 5, 0, 6, 0]);
    for bytes in [
        ids.clone(),
        [words(&[0xf35c_6d01, 5, 0]), ids.clone()].concat(),
        packed(&ids),
        [words(&[0xf35c_6d01, 5, 0]), packed(&ids)].concat(),
        container(&[[words(&[0xf35c_6d01, 5, 0]), packed(&ids)].concat()]),
    ] {
        let run = decode(&["--open", "--request", "getIds", "--many"], &bytes);
        assert!(run.code == 0 && run.out.contains(r#"["5","6"]"#), "{run}");
    }
    // An envelope that is not packed needs no opening.
    let run = decode(&["--request", "getIds", "--many"], &[words(&[0xf35c_6d01, 5, 0]), ids.clone()].concat());
    assert!(run.code == 0 && run.out.contains(r#"["5","6"]"#), "{run}");
    let error = [words(&[0xf35c_6d01, 5, 0, 0x2144_ca19, 420]), string(b"FLOOD_WAIT_3")].concat();
    let run = decode(&["--open", "--request", "getIds"], &error);
    assert!(run.code == 0 && run.out.contains("FLOOD_WAIT_3"), "{run}");
    assert_eq!(decode(&["--request", "getNothing"], &ids).code, 2);
}

/// Calls in calls are followed without being told.
#[test]
fn calls_in_calls_are_followed() {
    let call = words(&[0xda9b_0d0d, 228, 0xc1cd_5ea9, 0, 17, 0x0000_0003]);
    assert_snapshot!(decode(&[], &call).out);
}

/// So many megabytes of nothing, packed.
fn megabytes(count: usize) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1 << 20];
    for _ in 0..count {
        encoder.write_all(&zeros).unwrap();
    }
    gzip_packed(&encoder.finish().unwrap())
}

/// A few bytes that unpack to very many are left as they are, in one packed message or in several.
#[test]
fn what_would_fill_the_memory_is_not_unpacked() {
    let run = decode(&["--open"], &megabytes(80));
    assert!(run.code == 0 && run.out.contains(r#""packed_data": "1f8b"#), "{}", run.err);
    let several = container(&[megabytes(40), megabytes(40), megabytes(10)]);
    // Nobody knows what the zeros are, so only the explained dump shows them.
    let explained = decode(&["--open", "--explain"], &several);
    let unpacked: Vec<&str> = explained.out.lines().filter(|line| line.starts_with("unpacked from byte ")).collect();
    assert_eq!(unpacked.len(), 2, "{unpacked:?}");
    assert!(unpacked[1].ends_with(", 10485760 bytes:"), "{unpacked:?}");
}

fn encode(args: &[&str], json: &str) -> Run {
    let sandbox = Sandbox::new(&[("api.tl", SCHEMA)]);
    sandbox.run_args("", &[&["encode", "--schema", "api.tl", "--to", "raw"], args].concat(), json.as_bytes())
}

/// The bytes of a value, as hexadecimal digits.
fn encoded(args: &[&str], json: &str) -> Vec<u8> {
    let sandbox = Sandbox::new(&[("api.tl", SCHEMA)]);
    let run = sandbox.run_args("", &[&["encode", "--schema", "api.tl"], args].concat(), json.as_bytes());
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run}");
    let digits: Vec<u32> = run.out.trim().chars().map(|c| c.to_digit(16).unwrap()).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] << 4 | pair[1]).unwrap()).collect()
}

/// What `decode --open` shows is written again: packed, with the lengths that the packed messages have.
#[test]
fn what_is_opened_is_closed_again() {
    let answer = [words(&[0xf35c_6d01, 5, 0]), packed(&words(&USERS))].concat();
    let bytes = container(&[answer, words(&[0x3477_73c5, 1, 0, 2, 0])]);
    for args in [&["--open"][..], &["--open", "--request", "getUsers"]] {
        let shown = decode(args, &bytes);
        let again = encoded(args, &shown.out);
        assert_eq!(decode(args, &again).out, shown.out);
        // A user adds another one, and every length follows.
        let more = shown.out.replace("\"id\": \"7\"", "\"id\": \"8\"");
        assert!(decode(args, &encoded(args, &more)).out.contains("\"id\": \"8\""));
    }
}

/// An answer is written by the type that its function returns, packed or not.
#[test]
fn answers_are_written_by_their_function() {
    let ids = words(&[0x1cb5_c415, 2, 5, 0, 6, 0]);
    let of_call = ["--request", "getIds"];
    assert_eq!(encoded(&of_call, r#"["5", 6]"#), ids);
    let result = r#"{"_": "mtproto.rpcResult", "req_msg_id": 5, "result": ["5", "6"]}"#;
    assert_eq!(encoded(&of_call, result), [words(&[0xf35c_6d01, 5, 0]), ids.clone()].concat());
    let vk = [&of_call[..], &["--json", "vk"]].concat();
    let result_in_vk = decode(&vk, &[words(&[0xf35c_6d01, 5, 0]), ids.clone()].concat()).out;
    assert_eq!(encoded(&vk, &result_in_vk), [words(&[0xf35c_6d01, 5, 0]), ids.clone()].concat(), "{result_in_vk}");
    let error = r#"{"_": "mtproto.rpcError", "error_code": 420, "error_message": "FLOOD_WAIT_3"}"#;
    assert_eq!(encoded(&of_call, error)[..8], words(&[0x2144_ca19, 420]));
    for json in [r#"["5", "6"]"#, result] {
        let bytes = encoded(&["--request", "getIds", "--gzip"], json);
        assert!(bytes.windows(2).any(|pair| pair == [0x1f, 0x8b]), "gzip");
        let run = decode(&["--open", "--request", "getIds", "--many"], &bytes);
        assert!(run.code == 0 && run.out.contains(r#"["5","6"]"#), "{run}");
    }
    let run = decode(&["--open"], &encoded(&["--gzip"], r#"{"_": "user", "id": 7}"#));
    assert!(run.out.contains("\"_\": \"mtproto.gzipPacked\"") && run.out.contains("\"id\": \"7\""), "{run}");
    assert!(encode(&of_call, r#"["x"]"#).err.contains("expected a number of 64 bits"));
    assert_eq!(encode(&["--request", "getNothing"], "[]").code, 2);
}

/// A message with an unknown id in its middle is kept as bytes, and the messages around it are read.
#[test]
fn a_message_that_is_unknown_in_its_middle_does_not_hide_the_others() {
    let unknown = words(&[0xda9b_0d0d, 228, 0xdead_beef, 1]);
    let pong = words(&[0x3477_73c5, 1, 0, 2, 0]);
    let bytes = container(&[pong.clone(), unknown.clone(), pong]);
    let run = decode(&["--open"], &bytes);
    assert_eq!((run.code, run.out.matches("mtproto.pong").count()), (0, 2), "{run}");
    let raw: String = unknown.iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(run.out.contains(&format!("\"raw\": \"{raw}\"")), "{run}");
    assert_eq!(encoded(&["--open"], &run.out), bytes);
    assert!(decode(&["--open", "--explain"], &bytes).out.contains("deadbeef"));
}
