//! One operation on one message by one implementation.

mod pages;

use std::hint::black_box;

use grammers_tl_types::{Deserializable, Serializable, enums, functions};
use tlgen_runtime::{DecodeOwned, Encode};

use crate::message;

pub use pages::{PAGES, Page};

/// An operation that can be repeated.
pub struct Case {
    /// What is done: the message and the operation, as in `contacts, decode`.
    pub what: &'static str,
    /// By whom; ours are first of each kind.
    pub by: &'static str,
    /// The bytes that it makes or takes.
    pub bytes: usize,
    /// Does it once.
    pub run: Box<dyn FnMut()>,
}

/// Our name in all tables.
pub const OURS: &str = "tlgen";
/// Ours where a message is decoded, with borrowed text, beside a view of it.
pub const DECODED: &str = "tlgen, decoded";
/// The peer that has the same schema.
pub const GRAMMERS: &str = "grammers";
/// The peer that borrows.
pub const TL_PROTO: &str = "tl-proto";
/// The peer with another format.
pub const PROST: &str = "prost";
/// A plain copy, the upper bound of speed.
pub const MEMCPY: &str = "memcpy";

/// Operations that write into a new buffer, that write into a reused buffer, and that read.
pub const OPERATIONS: [&str; 3] = ["encode, fresh buffer", "encode, reused buffer", "decode"];

/// All operations.
///
/// # Panics
/// When two implementations disagree about the bytes of a message.
#[must_use]
pub fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    both::<_, functions::contacts::GetTopPeers>(&mut cases, 1, message::get_top_peers());
    both::<_, enums::contacts::Contacts>(&mut cases, 2, message::contacts());
    both::<_, enums::messages::Messages>(&mut cases, 3, message::messages());
    both::<_, enums::upload::File>(&mut cases, 4, message::file());
    both::<_, Vec<i64>>(&mut cases, 5, message::longs());
    both::<_, enums::Updates>(&mut cases, 6, message::updates());
    both::<_, enums::ResPq>(&mut cases, 7, message::res_pq());
    both::<_, enums::contacts::Contacts>(&mut cases, 8, message::mixed());
    pages::add(&mut cases);
    copies(&mut cases);
    cases
}

/// How many messages there are.
pub const MESSAGES: usize = 8;

/// The operations whose names begin with the number of their message.
const NAMES: [[&str; 3]; MESSAGES] = [
    [
        "1 contacts.getTopPeers, encode, fresh buffer",
        "1 contacts.getTopPeers, encode, reused buffer",
        "1 contacts.getTopPeers, decode",
    ],
    [
        "2 contacts.contacts, encode, fresh buffer",
        "2 contacts.contacts, encode, reused buffer",
        "2 contacts.contacts, decode",
    ],
    [
        "3 messages.messages, encode, fresh buffer",
        "3 messages.messages, encode, reused buffer",
        "3 messages.messages, decode",
    ],
    ["4 upload.file, encode, fresh buffer", "4 upload.file, encode, reused buffer", "4 upload.file, decode"],
    ["5 Vector<long>, encode, fresh buffer", "5 Vector<long>, encode, reused buffer", "5 Vector<long>, decode"],
    ["6 updates, encode, fresh buffer", "6 updates, encode, reused buffer", "6 updates, decode"],
    ["7 resPQ, encode, fresh buffer", "7 resPQ, encode, reused buffer", "7 resPQ, decode"],
    [
        "8 contacts.contacts, mixed, encode, fresh buffer",
        "8 contacts.contacts, mixed, encode, reused buffer",
        "8 contacts.contacts, mixed, decode",
    ],
];

/// The name of an operation on a message.
#[must_use]
pub const fn name(message: usize, operation: usize) -> &'static str {
    NAMES[message - 1][operation]
}

/// Ours and those of the peer with the same schema. A request of the peer has no id when it is read.
fn both<O, P>(cases: &mut Vec<Case>, number: usize, ours: O)
where
    O: Encode + DecodeOwned + PartialEq + std::fmt::Debug + Clone + 'static,
    P: Deserializable + Serializable + 'static,
{
    let data = ours.to_bytes().expect("the messages can be written");
    assert_eq!(O::from_bytes(&data).as_ref(), Ok(&ours), "message {number}");
    let headless = if number == 1 { &data[4..] } else { &data[..] };
    let theirs = P::from_bytes(headless).expect("the peer reads what we write");
    assert_eq!(theirs.to_bytes(), data, "message {number}");

    let bytes = data.len();
    let mut add = |operation: usize, by, run| cases.push(Case { what: name(number, operation), by, bytes, run });
    let value = ours.clone();
    add(
        0,
        OURS,
        Box::new(move || {
            black_box(black_box(&value).to_bytes()).expect("the message can be written");
        }),
    );
    let peer = P::from_bytes(headless).expect("the peer reads what we write");
    add(
        0,
        GRAMMERS,
        Box::new(move || {
            black_box(black_box(&peer).to_bytes());
        }),
    );
    let (value, mut buffer) = (ours, Vec::with_capacity(bytes));
    add(
        1,
        OURS,
        Box::new(move || {
            buffer.clear();
            black_box(&value).encode_into(&mut buffer).expect("the message can be written");
            black_box(&buffer);
        }),
    );
    let mut buffer = Vec::with_capacity(bytes);
    add(
        1,
        GRAMMERS,
        Box::new(move || {
            buffer.clear();
            black_box(&theirs).serialize(&mut buffer);
            black_box(&buffer);
        }),
    );
    let input = data.clone();
    add(
        2,
        OURS,
        Box::new(move || {
            black_box(O::from_bytes(black_box(&input))).expect("the message can be read");
        }),
    );
    let input = headless.to_vec();
    add(
        2,
        GRAMMERS,
        Box::new(move || {
            black_box(P::from_bytes(black_box(&input))).ok();
        }),
    );
}

/// What could not be faster: a copy of as many bytes.
fn copies(cases: &mut Vec<Case>) {
    for (number, bytes) in [(4, 512 * 1024), (5, 8 * 100_000)] {
        let source = vec![1u8; bytes];
        let copy = move || {
            black_box(black_box(&source[..]).to_vec());
        };
        let source = vec![1u8; bytes];
        let mut target = vec![0; bytes];
        let copy_over = move || {
            black_box(&mut target[..]).copy_from_slice(black_box(&source));
        };
        let source = vec![1u8; bytes];
        let copy_again = move || {
            black_box(black_box(&source[..]).to_vec());
        };
        cases.push(Case { what: name(number, 0), by: MEMCPY, bytes, run: Box::new(copy) });
        cases.push(Case { what: name(number, 1), by: MEMCPY, bytes, run: Box::new(copy_over) });
        cases.push(Case { what: name(number, 2), by: MEMCPY, bytes, run: Box::new(copy_again) });
    }
}

/// The operation with a name and an implementation.
#[must_use]
pub fn find(what: &str, by: &str) -> Option<Case> {
    all().into_iter().find(|case| case.what == what && case.by == by)
}
