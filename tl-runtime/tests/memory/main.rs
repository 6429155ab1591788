//! How much is allocated, by an allocator that counts.

#![allow(clippy::unwrap_used)]

#[path = "../wire/sample.rs"]
mod sample;

use allocation_counter::{AllocationInfo, measure};
use tlgen_runtime::{Combinator, Decode, DecodeBare, DecodeErrorKind, DecodeOptions, Encode, Reader, Writer, ids};

use sample::{Empties, Lookup, RichText, TEXT_BOLD, TEXT_CONCAT, TEXT_EMPTY, User, lookup};

/// A value that is far larger in memory than on the wire.
#[derive(Debug)]
struct Large {
    _words: [u64; 100],
}

impl Combinator for Large {
    const ID: u32 = 0x0000_0b01;
    const NAME: &'static str = "large";
}

impl<'de> DecodeBare<'de> for Large {
    const MIN_SIZE: usize = 4;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        Self { _words: [r.u32().into(); 100] }
    }
}

/// `input` is refused within the bound.
fn hostile<'de, T: Decode<'de>>(name: &str, input: &'de [u8]) {
    bounded(name, input, || assert!(T::from_bytes(input).is_err(), "{name} is refused"));
}

/// Decoding `input` never holds more than four times its size and 64 KiB.
fn bounded(name: &str, input: &[u8], decode: impl FnOnce()) {
    let info = measure(decode);
    let bound = 4 * input.len() as u64 + 64 * 1024;
    assert!(info.bytes_max <= bound, "{name}: {} bytes for an input of {}", info.bytes_max, input.len());
    assert_eq!(info.bytes_current, 0, "{name} leaks");
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

#[test]
fn counts_that_lie() {
    for size in [16, 1000, 100_000, 4_000_000] {
        for fill in [0u32, ids::VECTOR, u32::MAX] {
            for count in [1, size / 24, size / 8, size / 4 - 2, 1 << 28, i32::MAX as u32, u32::MAX] {
                let mut input = words(&[ids::VECTOR, count]);
                input.extend(fill.to_le_bytes().repeat(size as usize / 4 - 2));
                hostile::<Vec<Large>>("large items", &input);
                hostile::<Vec<User>>("users", &input);
                hostile::<Vec<bool>>("bools", &input);
                hostile::<Vec<Vec<Vec<User>>>>("vectors of vectors", &input);
                hostile::<Vec<RichText>>("texts", &input);
                bounded("lookup", &input, || drop(Lookup::from_bare_bytes(&input)));
                bounded("empties", &input, || drop(Empties::from_bare_bytes(&input[4..])));
                bounded("longs", &input, || drop(Vec::<i64>::from_bytes(&input)));
            }
        }
    }
}

/// Each level sets memory aside while the outer ones still hold theirs.
#[test]
fn counts_that_lie_at_every_level() {
    for size in [4_000, 1_000_000] {
        let mut input = Vec::new();
        for _ in 0..120 {
            input.extend(words(&[TEXT_CONCAT, ids::VECTOR, size / 8]));
        }
        input.extend(vec![0xaa; size as usize]);
        hostile::<RichText>("nested counts", &input);
    }
    let deep = TEXT_BOLD.to_le_bytes().repeat(1_000_000);
    hostile::<RichText>("nesting", &deep);
}

#[test]
fn lengths_that_lie() {
    for header in [&[0xfe, 0xff, 0xff, 0xff][..], &[0xff; 8], &[0xff, 0, 0, 0, 0x7f, 0, 0, 0], &[253]] {
        let mut input = header.to_vec();
        input.extend([0; 100]);
        hostile::<String>("string", &input);
        hostile::<Vec<u8>>("bytes", &input);
    }
}

#[test]
fn one_allocation_for_each_string_vector_and_box() {
    let count = |info: AllocationInfo| info.count_total;
    let texts = vec!["a string".to_owned(); 500].to_bytes().unwrap();
    assert_eq!(count(measure(|| drop(Vec::<String>::from_bytes(&texts).unwrap()))), 501);
    assert_eq!(count(measure(|| drop(Vec::<&str>::from_bytes(&texts).unwrap()))), 1);
    // What is set aside for lists that have arrived is free for those that follow.
    let lists = vec![vec!["a string".to_owned(); 10]; 500].to_bytes().unwrap();
    assert_eq!(count(measure(|| drop(Vec::<Vec<String>>::from_bytes(&lists).unwrap()))), 1 + 500 + 5_000);
    let lists = vec![vec![String::new(); 10]; 500].to_bytes().unwrap();
    assert_eq!(count(measure(|| drop(Vec::<Vec<String>>::from_bytes(&lists).unwrap()))), 1 + 500);
    let longs = vec![1i64; 100_000].to_bytes().unwrap();
    assert_eq!(count(measure(|| drop(Vec::<i64>::from_bytes(&longs).unwrap()))), 1);
    let boxes = words(&[TEXT_BOLD, TEXT_BOLD, TEXT_EMPTY]);
    assert_eq!(count(measure(|| drop(RichText::from_bytes(&boxes).unwrap()))), 2);
}

#[test]
fn encoding_into_a_used_buffer_allocates_nothing() {
    let value = lookup();
    let mut buf = value.to_bytes().unwrap();
    let bytes = buf.clone();
    buf.clear();
    assert_eq!(measure(|| value.encode_into(&mut buf).unwrap()).count_total, 0);
    assert_eq!(buf, bytes);
    let request = measure(|| drop(User::default().to_bytes().unwrap()));
    assert_eq!(request.count_total, 1, "a small request takes one");
}

/// A buffer grows to four times its size up to 64 KiB, then as the standard library likes it; it stays where it is while there
/// is room.
#[test]
fn a_buffer_moves_a_few_times() {
    let moves = |words: u32| {
        let write = || {
            let mut w = Writer::new();
            (0..words).for_each(|word| w.u32(word));
            drop(w.finish().unwrap());
        };
        measure(write).count_total
    };
    // 8, 32, 128, ... bytes; the 8th one has 128 KiB.
    assert_eq!([2, 3, 8, 9, 1 << 13, (1 << 13) + 1, 1 << 15, (1 << 15) + 1].map(moves), [1, 2, 2, 3, 7, 8, 8, 9]);
    let capacity_after = |size: usize| {
        let mut buf = vec![0; size];
        assert_eq!(buf.capacity(), size);
        7i32.encode_into(&mut buf).unwrap();
        buf.capacity()
    };
    assert_eq!(capacity_after(65_532), 4 * 65_532);
    assert_eq!(capacity_after(65_536), 2 * 65_536);
    let mut exact = Vec::with_capacity(4);
    assert_eq!(measure(|| 7i32.encode_into(&mut exact).unwrap()).count_total, 0);
    // The room for numbers is made at once.
    let numbers = vec![1i64; 100_000];
    assert_eq!(measure(|| drop(numbers.to_bytes().unwrap())).count_total, 2, "one for the id and the count");
}

/// Items that are there grow the vector beyond what was set aside at first.
#[test]
fn true_counts_of_large_items_arrive_whole() {
    let mut input = words(&[ids::VECTOR, 10_000]);
    input.extend(words(&[Large::ID, 1]).repeat(10_000));
    assert_eq!(Vec::<Large>::from_bytes(&input).unwrap().len(), 10_000);
}

/// `input` is a value of `T`, but not if it may take less memory than it needs; and no limit is ever exceeded.
fn limited<'de, T: Decode<'de>>(name: &str, input: &'de [u8]) {
    // The error, and the boxes of what is refused.
    const UNCOUNTED: u64 = 1024;
    let needs = measure(|| drop(T::from_bytes(input).unwrap())).bytes_max;
    for limit in (0..400).map(|step| step * (needs as usize + input.len()) / 256) {
        let mut kind = None;
        let config = DecodeOptions::new().max_memory(limit);
        let info = measure(|| kind = config.from_bytes::<T>(input).err().map(|error| error.kind()));
        assert!(info.bytes_max <= limit as u64 + UNCOUNTED, "{name}: {} bytes within {limit}", info.bytes_max);
        match kind {
            None => assert!(needs <= limit as u64, "{name} needs {needs} bytes and passes with {limit}"),
            Some(kind) => {
                assert_eq!(kind, DecodeErrorKind::TooMuchMemory { limit }, "{name}");
                assert!(limit < needs as usize + input.len(), "{name} needs {needs} bytes, {limit} are too few");
            }
        }
    }
}

#[test]
fn no_value_takes_more_than_the_limit() {
    limited::<Vec<String>>("short texts", &vec!["a"; 1000].to_bytes().unwrap());
    limited::<String>("a long text", &("a".repeat(10_000)).to_bytes().unwrap());
    limited::<Vec<Vec<i64>>>("numbers", &vec![vec![1i64; 100]; 50].to_bytes().unwrap());
    limited::<Vec<Vec<bool>>>("truth values", &vec![vec![true; 3]; 500].to_bytes().unwrap());
    limited::<Vec<User>>("users", &vec![User::default(); 300].to_bytes().unwrap());
    limited::<Vec<Vec<User>>>("lists of users", &vec![vec![User::default(); 3]; 300].to_bytes().unwrap());
    let mut deep = words(&[TEXT_BOLD]).repeat(100);
    deep.extend(words(&[TEXT_EMPTY]));
    limited::<RichText>("boxes", &deep);
    let mut large = words(&[ids::VECTOR, 2000]);
    large.extend(words(&[Large::ID, 1]).repeat(2000));
    let error = DecodeOptions::new().max_memory(1 << 20).from_bytes::<Vec<Large>>(&large).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::TooMuchMemory { limit: 1 << 20 });
    assert_eq!(error.to_string(), "the value takes more than 1048576 bytes of memory, at byte 6408");
}

/// Each byte that is not text becomes three.
#[test]
fn repaired_text_takes_what_it_needs() {
    let input = vec![0xffu8; 1_000_000].to_bytes().unwrap();
    let lenient = DecodeOptions::new().lenient();
    let mut text = String::new();
    let info = measure(|| text = lenient.from_bytes(&input).unwrap());
    assert_eq!((text.chars().count(), text.len()), (1_000_000, 3_000_000));
    assert_eq!(info.bytes_max, 3_000_000);
    let limit = input.len() + 1_999_999;
    let error = lenient.max_memory(limit).from_bytes::<String>(&input).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::TooMuchMemory { limit });
    assert!(lenient.max_memory(limit + 1).from_bytes::<String>(&input).is_ok());
}
