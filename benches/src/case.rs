//! One operation on one message by one implementation.

use std::hint::black_box;

use grammers_tl_types::{Deserializable, Serializable, enums, functions};
use prost::Message as _;
use tlgen_runtime::{Decode, DecodeOwned, Encode, Held, View};

use crate::{message, peer};

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
    others(&mut cases);
    cases
}

/// The operations whose names begin with the number of their message.
const NAMES: [[&str; 3]; 7] = [
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
];

/// Decoding of the second message with borrowed text.
pub const BORROWED: &str = "2 contacts.contacts, decode, borrowed text";
/// Decoding of the second message with small strings.
pub const COMPACT: &str = "2 contacts.contacts, decode, small strings";

/// Decoding of the second message with borrowed text, kept together with its bytes.
pub const HELD: &str = "2 contacts.contacts, decode, held with its bytes";
/// One field of one item in the middle of the second message.
pub const FIND: &str = "2 contacts.contacts, id and first name of users[500]";
/// The same by generated code.
pub const FIND_BY_CODE: &str = "2 contacts.contacts, id and first name of users[500], by code";
/// The same where the offsets of the users are known.
pub const INDEXED: &str = "2 contacts.contacts, id and first name of users[500], indexed";
/// A check of all of the second message.
pub const CHECK: &str = "2 contacts.contacts, check";

/// The same by generated code.
pub const CHECK_BY_CODE: &str = "2 contacts.contacts, check by code";

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

/// The peers that have one message each.
fn others(cases: &mut Vec<Case>) {
    let contacts = message::contacts();
    let data = contacts.to_bytes().expect("the message can be written");
    texts(cases, &data);
    cases.push(Case { what: HELD, by: OURS, bytes: data.len(), run: held(&data) });
    cases.push(Case { what: INDEXED, by: OURS, bytes: data.len(), run: indexed(&data) });
    let value = peer::prost::contacts(&contacts);
    let data = value.encode_to_vec();
    let bytes = data.len();
    let run = Box::new(move || {
        black_box(black_box(&value).encode_to_vec());
    });
    cases.push(Case { what: name(2, 0), by: PROST, bytes, run });
    let run = Box::new(move || {
        black_box(peer::prost::Contacts::decode(black_box(&data[..]))).ok();
    });
    cases.push(Case { what: name(2, 2), by: PROST, bytes, run });
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

/// The types of text, and what reads the same message beside them.
fn texts(cases: &mut Vec<Case>, data: &[u8]) {
    let mut add = |what, by, run: fn(&[u8])| {
        let data = data.to_vec();
        cases.push(Case { what, by, bytes: data.len(), run: Box::new(move || run(black_box(&data))) });
    };
    add(BORROWED, OURS, |data| {
        let read = crate::borrowed::borrowed::types::contacts::Contacts::<'_>::from_bytes(data);
        black_box(read).expect("the message can be read");
    });
    add(COMPACT, OURS, |data| {
        let read = crate::compact::types::contacts::Contacts::from_bytes(data);
        black_box(read).expect("the message can be read");
    });
    views(&mut add);
    for what in [BORROWED, COMPACT, HELD, CHECK] {
        add(what, GRAMMERS, |data| _ = black_box(enums::contacts::Contacts::from_bytes(data)).ok());
    }
    add(BORROWED, TL_PROTO, |data| {
        _ = black_box(tl_proto::deserialize::<peer::tl_proto::Contacts<'_>>(data)).expect("the message can be read");
    });
}

/// Finds a user, and checks the message, by the views of a module.
macro_rules! look {
    ($add:ident, $module:ident, $find:expr, $check:expr) => {{
        use crate::$module::views::types::User;
        use crate::$module::views::types::contacts::Contacts;

        $add($find, OURS, |data| {
            let Ok(Contacts::Contacts(page)) = Contacts::view(data) else { panic!("the message can be read") };
            let user = page.users().and_then(|users| users.get(500)).expect("the users are valid");
            let Some(User::User(user)) = user else { panic!("there are a thousand users") };
            black_box((user.id().expect("a user has an id"), user.first_name().expect("a user has a name")));
        });
        $add($check, OURS, |data| Contacts::check_bytes(data).expect("the message is valid"));
    }};
}

/// Looking at the message without decoding it, beside decoding.
fn views(add: &mut impl FnMut(&'static str, &'static str, fn(&[u8]))) {
    use crate::borrowed::borrowed::types::User;
    use crate::borrowed::borrowed::types::contacts::Contacts;

    fn decoded(data: &[u8]) {
        let Ok(Contacts::Contacts(page)) = Contacts::<'_>::from_bytes(data) else { panic!("the message can be read") };
        let Some(User::User(user)) = page.users.get(500) else { panic!("there are a thousand users") };
        black_box((user.id, user.first_name));
    }

    look!(add, borrowed, FIND, CHECK);
    look!(add, coded, FIND_BY_CODE, CHECK_BY_CODE);
    for find in [FIND, FIND_BY_CODE, INDEXED] {
        add(find, DECODED, decoded);
    }
    add(FIND, GRAMMERS, |data| {
        let Ok(enums::contacts::Contacts::Contacts(page)) = enums::contacts::Contacts::from_bytes(data) else { return };
        black_box(page.users.get(500).map(enums::User::id));
    });
    for check in [CHECK, CHECK_BY_CODE] {
        add(check, DECODED, |data| _ = black_box(Contacts::<'_>::from_bytes(data)).expect("the message can be read"));
    }
}

/// Bytes that are given away and come back.
fn held(data: &[u8]) -> Box<dyn FnMut()> {
    let mut bytes = data.to_vec();
    Box::new(move || {
        let message = std::mem::take(&mut bytes);
        let held =
            Held::<crate::borrowed::borrowed::types::contacts::Contacts<'static>>::from_bytes(black_box(message));
        bytes = black_box(held).expect("the message can be read").into_bytes();
    })
}

/// One user by its offset.
fn indexed(data: &[u8]) -> Box<dyn FnMut()> {
    use crate::borrowed::views::types::User;
    use crate::borrowed::views::types::contacts::Contacts;
    let data: &'static [u8] = data.to_vec().leak();
    let Ok(Contacts::Contacts(page)) = Contacts::view(data) else { panic!("the message can be read") };
    let index = page.users().and_then(|users| users.index()).expect("the users are valid");
    Box::new(move || {
        let Ok(Some(User::User(user))) = black_box(&index).get(black_box(500)) else { return };
        black_box((user.id().ok(), user.first_name().ok()));
    })
}

/// The operation with a name and an implementation.
#[must_use]
pub fn find(what: &str, by: &str) -> Option<Case> {
    all().into_iter().find(|case| case.what == what && case.by == by)
}
