//! Which layer wrote a message: the answers for random messages of all layers of the corpus.
//!
//! `WHICH_MESSAGES=10000 TL_CORPUS=... cargo test --release -p tl-tests --test which -- --ignored --nocapture` prints numbers.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;

use tl_tests::tlgen::workspace;
use tlgen_dynamic::{Codec, DecodeOptions, Generator, Profile, Root, which};
use tlgen_model::schema::Schema;
use tlgen_model::{Options, Valid, load};
use tlgen_parser::source::Sources;

fn schema(path: &std::path::Path) -> Valid<Schema> {
    let mut sources = Sources::new();
    let file = sources.add(path.display().to_string(), std::fs::read_to_string(path).unwrap());
    load(&sources, &[file], &Options::default()).value.expect("the schema is valid")
}

/// How often the right layer is in the first answer, how often it is the newest of that answer, and how many layers the answer has.
fn tried(schemas: &[Valid<Schema>], messages: u64) -> (u64, u64, BTreeMap<usize, u64>) {
    let codecs: Vec<Codec<'_>> = schemas.iter().map(Codec::new).collect();
    let all: Vec<_> = codecs.iter().map(|codec| (codec, Root::Any)).collect();
    let mut generators: Vec<Generator<'_>> = schemas
        .iter()
        .map(|schema| Generator::new(schema, 0).with_profile(Profile::default().with_budget(400)))
        .collect();
    let (mut right, mut newest, mut sizes, mut seed) = (0, 0, BTreeMap::new(), 0u64);
    for number in 0..messages {
        let layer = number as usize % schemas.len();
        let bytes = loop {
            seed += 1;
            generators[layer].reseed(seed);
            let Ok(value) = generators[layer].root(Root::Any) else { continue };
            let bytes = codecs[layer].encode_root(Root::Any, &value).unwrap();
            if bytes.len() >= 64 {
                break bytes;
            }
        };
        let readings = which(&all, &bytes, &DecodeOptions::default());
        let first: Vec<usize> =
            readings.iter().filter(|found| found.is_as_good_as(&readings[0])).map(|found| found.index).collect();
        right += u64::from(first.contains(&layer));
        newest += u64::from(first[0] == layer);
        *sizes.entry(first.len()).or_default() += 1;
    }
    (right, newest, sizes)
}

#[test]
fn of_two_layers() {
    let schemas = ["telegram-132.tl", "telegram-228.tl"].map(|name| schema(&workspace().join("schema").join(name)));
    let (right, _, sizes) = tried(&schemas, 100);
    assert_eq!(right, 100, "{sizes:?}");
}

#[test]
#[ignore = "takes minutes without optimization"]
fn of_all_layers() {
    let Some(folder) = tl_corpus::folder() else { return };
    let messages = std::env::var("WHICH_MESSAGES").map_or(1000, |messages| messages.parse().unwrap());
    let mut paths: Vec<_> =
        std::fs::read_dir(folder.join("schemas/telegram")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let schemas: Vec<_> = paths.iter().rev().map(|path| schema(path)).collect();
    let (right, newest, sizes) = tried(&schemas, messages);
    println!(
        "{} layers, {messages} messages of at least 64 bytes: the right layer is in the first answer {right} times",
        schemas.len()
    );
    println!("of the layers in the first answer, which read the bytes alike, it is the newest {newest} times");
    println!("layers in the first answer, and how often: {sizes:?}");
    assert!(right * 100 >= messages * 99);
}
