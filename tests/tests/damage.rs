//! A container with damaged words: what the trace loses of it.
//!
//! Plain `cargo test` tries a few cases. `DAMAGE_CASES=1000 cargo test -p tl-tests --test damage -- --nocapture` prints numbers.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::HashSet;
use std::ops::Range;

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use tl_tests::tlgen::workspace;
use tlgen_dynamic::{Codec, DecodeOptions, Generator, Profile, Root, Row, RowKind};
use tlgen_model::schema::{CombinatorIdx, Schema};
use tlgen_model::{Options, Valid, load};
use tlgen_parser::source::Sources;

const MESSAGES: usize = 20;

fn schema() -> Valid<Schema> {
    let mut sources = Sources::new();
    let files = ["telegram-228.tl", "mtproto.tl"]
        .map(|name| sources.add(name, std::fs::read_to_string(workspace().join("schema").join(name)).unwrap()));
    load(&sources, &files, &Options::default()).value.expect("the schemas are valid")
}

/// What a row says, without the index of an item.
fn said(row: &Row<'_>) -> (Range<usize>, String) {
    let kind = match &row.kind {
        RowKind::Object(combinator) => combinator.name.to_string(),
        RowKind::Value(value) => format!("{value:?}"),
        other => format!("{other:?}"),
    };
    (row.bytes.clone(), kind)
}

struct Case {
    bytes: Vec<u8>,
    /// The bytes of each message.
    messages: Vec<Range<usize>>,
}

fn container(codec: &Codec<'_>, generator: &mut Generator<'_>, bodies: &[CombinatorIdx], rng: &mut TestRng) -> Case {
    let mut bytes = 0x73f1_f8dc_u32.to_le_bytes().to_vec();
    bytes.extend((MESSAGES as u32).to_le_bytes());
    let mut messages = Vec::new();
    while messages.len() < MESSAGES {
        let body = bodies[rng.next_u32() as usize % bodies.len()];
        let Ok(body) = generator.combinator_bytes(body) else { continue };
        // A container in it has any lengths.
        if !codec.trace(Root::Any, &body, &DecodeOptions::default()).is_whole() {
            continue;
        }
        let start = bytes.len();
        bytes.extend((0x6670_0000_0000_0000_u64 | u64::from(rng.next_u32()) << 2).to_le_bytes());
        bytes.extend((messages.len() as u32 * 2 + 1).to_le_bytes());
        bytes.extend((body.len() as u32).to_le_bytes());
        bytes.extend(body);
        messages.push(start..bytes.len());
    }
    let whole = codec.trace(Root::Any, &bytes, &DecodeOptions::default());
    assert!(whole.is_whole());
    Case { bytes, messages }
}

/// Damaged words are any others.
fn damage(bytes: &mut [u8], words: usize, rng: &mut TestRng) -> Vec<usize> {
    let at: Vec<usize> = (0..words).map(|_| rng.next_u32() as usize % (bytes.len() / 4) * 4).collect();
    for at in &at {
        for byte in &mut bytes[*at..*at + 4] {
            *byte ^= rng.next_u32() as u8;
        }
        bytes[*at] ^= 1;
    }
    at
}

#[test]
fn what_is_not_damaged_is_still_read() {
    let cases: usize = std::env::var("DAMAGE_CASES").map_or(40, |cases| cases.parse().unwrap());
    let schema = schema();
    let codec = Codec::new(&schema).with_envelopes();
    let mut rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let profile = Profile::default().with_budget(300).with_max_depth(5);
    let mut generator = Generator::new(&schema, 7).with_profile(profile);
    let is_body = |name: &str| name != "msg_container" && name != "message" && !name.starts_with("msg_copy");
    let bodies: Vec<CombinatorIdx> = schema
        .constructors()
        .chain(schema.functions())
        .filter(|(_, combinator)| combinator.generics.is_empty() && is_body(combinator.name.full()))
        .map(|(idx, _)| idx)
        .collect();
    let (mut intact, mut undamaged, mut hurt, mut hurt_words, mut kept_words) =
        (0usize, 0usize, 0usize, 0usize, 0usize);
    let (mut rows_total, mut rows_kept) = (0usize, 0usize);
    for case in 0..cases {
        let Case { mut bytes, messages } = container(&codec, &mut generator, &bodies, &mut rng);
        let before: Vec<_> = codec.trace(Root::Any, &bytes, &DecodeOptions::default()).rows.iter().map(said).collect();
        let at = damage(&mut bytes, 1 + case % 3, &mut rng);
        let trace = codec.trace(Root::Any, &bytes, &DecodeOptions::default());
        let text = codec.disassemble(Root::Any, &bytes, &DecodeOptions::default());
        assert_eq!(codec.assemble(&text).as_ref(), Ok(&bytes));
        let after: HashSet<_> = trace.rows.iter().map(said).collect();
        for message in &messages {
            let own = || {
                before
                    .iter()
                    .filter(|(range, _)| range.start >= message.start && range.end <= message.end && !range.is_empty())
            };
            if at.iter().any(|at| message.contains(at)) {
                hurt += 1;
                for (range, _) in own().filter(|row| after.contains(row)) {
                    kept_words += range.len() / 4;
                }
                hurt_words += message.len() / 4;
                continue;
            }
            undamaged += 1;
            rows_total += own().count();
            let kept = own().filter(|row| after.contains(row)).count();
            rows_kept += kept;
            if kept == own().count() {
                intact += 1;
            } else if cases < 100 || std::env::var_os("DAMAGE_SHOW").is_some() {
                println!("case {case}: damage at {at:?}, lost of the message {message:?}");
            }
        }
    }
    println!(
        "{cases} containers of {MESSAGES} messages, 1 to 3 words damaged: {intact} of {undamaged} messages without damage are \
         read as before ({rows_kept} of {rows_total} rows); of {hurt} messages with damage {kept_words} of {hurt_words} words are"
    );
    assert!(intact * 1000 >= undamaged * 995, "{intact} of {undamaged}");
}

/// Bytes made to keep a search busy: ids in any order, objects in objects that never end, containers without messages. All of it ends,
/// and each byte has its row. `DAMAGE_BYTES` says how many bytes there are of each kind.
#[test]
fn hostile_bytes_are_given_up() {
    let length: usize = std::env::var("DAMAGE_BYTES").map_or(8 << 10, |length| length.parse().unwrap());
    let schema = schema();
    let codec = Codec::new(&schema).with_envelopes();
    let mut rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let ids: Vec<u32> = schema.combinators.iter().map(|combinator| combinator.id).collect();
    let id = |rng: &mut TestRng| ids[rng.next_u32() as usize % ids.len()];
    type Word<'f> = &'f dyn Fn(&mut TestRng, usize) -> u32;
    let kinds: [(&str, Word<'_>); 5] = [
        ("ids", &|rng, _| id(rng)),
        ("ids and small numbers", &|rng, _| if rng.next_u32() % 2 == 0 { id(rng) } else { rng.next_u32() % 4 }),
        ("lists in lists", &|_, at| if at % 2 == 0 { 0x1cb5_c415 } else { 1 }),
        ("containers", &|_, at| [0x73f1_f8dc, 1, 0, 0, 0, 1 << 16][at % 6]),
        ("ids of queries", &|rng, _| if rng.next_u32() % 8 == 0 { id(rng) } else { 0xda9b_0d0d }),
    ];
    for (name, word) in kinds {
        let bytes: Vec<u8> = (0..length / 4).flat_map(|at| word(&mut rng, at).to_le_bytes()).collect();
        let started = std::time::Instant::now();
        let trace = codec.trace(Root::Any, &bytes, &DecodeOptions::default());
        println!(
            "{name}: {} rows, {} faults, {} bytes lost, {:?}",
            trace.rows.len(),
            trace.faults(),
            trace.lost(),
            started.elapsed()
        );
        assert_eq!(trace.rows.iter().map(|row| row.bytes.len()).sum::<usize>(), bytes.len());
        let text = codec.disassemble(Root::Any, &bytes, &DecodeOptions::default());
        assert_eq!(codec.assemble(&text).as_ref(), Ok(&bytes), "{name}");
    }
}
