//! The pages of contacts: other types of text, other formats, and looking at a page without decoding it.

use std::hint::black_box;

use grammers_tl_types::{Deserializable, enums};
use prost::Message as _;
use tlgen_runtime::view::Items;
use tlgen_runtime::{Decode, Encode, Held, View};

use super::{Case, DECODED, GRAMMERS, OURS, PROST, TL_PROTO, name};
use crate::borrowed::borrowed::types::User;
use crate::borrowed::borrowed::types::contacts::Contacts as Borrowed;
use crate::borrowed::views;
use crate::{message, peer};

/// What is done with a page besides [`OPERATIONS`](super::OPERATIONS).
#[derive(Debug)]
pub struct Page {
    /// Its number.
    pub message: usize,
    /// Decoding with borrowed text.
    pub borrowed: &'static str,
    /// Decoding with small strings.
    pub compact: &'static str,
    /// Decoding with borrowed text, kept together with its bytes.
    pub held: &'static str,
    /// One field of one item in the middle.
    pub find: &'static str,
    /// The same by generated code instead of a table.
    pub find_by_code: &'static str,
    /// The same where the offsets of the users are known.
    pub indexed: &'static str,
    /// One field of each item.
    pub each: &'static str,
    /// The same by generated code.
    pub each_by_code: &'static str,
    /// A check of everything.
    pub check: &'static str,
    /// The same by generated code.
    pub check_by_code: &'static str,
}

/// All of them.
pub const PAGES: [Page; 2] = [
    Page {
        message: 2,
        borrowed: "2 contacts.contacts, decode, borrowed text",
        compact: "2 contacts.contacts, decode, small strings",
        held: "2 contacts.contacts, decode, held with its bytes",
        find: "2 contacts.contacts, id and first name of users[500]",
        find_by_code: "2 contacts.contacts, id and first name of users[500], by code",
        indexed: "2 contacts.contacts, id and first name of users[500], indexed",
        each: "2 contacts.contacts, first name of each user",
        each_by_code: "2 contacts.contacts, first name of each user, by code",
        check: "2 contacts.contacts, check",
        check_by_code: "2 contacts.contacts, check by code",
    },
    Page {
        message: 8,
        borrowed: "8 contacts.contacts, mixed, decode, borrowed text",
        compact: "8 contacts.contacts, mixed, decode, small strings",
        held: "8 contacts.contacts, mixed, decode, held with its bytes",
        find: "8 contacts.contacts, mixed, id and first name of users[500]",
        find_by_code: "8 contacts.contacts, mixed, id and first name of users[500], by code",
        indexed: "8 contacts.contacts, mixed, id and first name of users[500], indexed",
        each: "8 contacts.contacts, mixed, first name of each user",
        each_by_code: "8 contacts.contacts, mixed, first name of each user, by code",
        check: "8 contacts.contacts, mixed, check",
        check_by_code: "8 contacts.contacts, mixed, check by code",
    },
];

/// The cases of all pages.
pub(super) fn add(cases: &mut Vec<Case>) {
    for (page, value) in PAGES.iter().zip([message::contacts(), message::mixed()]) {
        let data = value.to_bytes().expect("the message can be written");
        texts(cases, page, &data);
        looks(cases, page, &data);
        cases.push(Case { what: page.held, by: OURS, bytes: data.len(), run: held(&data) });
        cases.push(Case { what: page.indexed, by: OURS, bytes: data.len(), run: indexed(&data) });
        protocol_buffers(cases, page, peer::prost::contacts(&value));
    }
}

/// The types of text.
fn texts(cases: &mut Vec<Case>, page: &Page, data: &[u8]) {
    let mut add = adder(cases, data);
    add(page.borrowed, OURS, |data| _ = black_box(Borrowed::<'_>::from_bytes(data)).expect("the message can be read"));
    add(page.compact, OURS, |data| {
        let read = crate::compact::types::contacts::Contacts::from_bytes(data);
        black_box(read).expect("the message can be read");
    });
    for what in [page.borrowed, page.compact, page.held, page.check] {
        add(what, GRAMMERS, |data| _ = black_box(enums::contacts::Contacts::from_bytes(data)).ok());
    }
    add(page.borrowed, TL_PROTO, |data| {
        _ = black_box(tl_proto::deserialize::<peer::tl_proto::Contacts<'_>>(data)).expect("the message can be read");
    });
}

/// Finds a user, looks at all users, and checks the page, by the views of a module.
macro_rules! look {
    ($add:ident, $module:ident, $find:expr, $each:expr, $check:expr) => {{
        use crate::$module::views::types::User;
        use crate::$module::views::types::contacts::Contacts;

        fn users(data: &[u8]) -> Items<'_, User<'_>> {
            let Ok(Contacts::Contacts(page)) = Contacts::view(data) else { panic!("the message can be read") };
            page.users().expect("the message has users")
        }

        $add($find, OURS, |data| {
            let user = users(data).get(500).expect("the users are valid");
            let Some(User::User(user)) = user else { panic!("there are a thousand users") };
            black_box((user.id().expect("a user has an id"), user.first_name().expect("a user has a name")));
        });
        $add($each, OURS, |data| {
            let names = users(data).iter().map(|user| match user.expect("the users are valid") {
                User::User(user) => user.first_name().expect("the users are valid").map_or(0, str::len),
                User::Empty(_) => 0,
            });
            black_box(names.sum::<usize>());
        });
        $add($check, OURS, |data| Contacts::check_bytes(data).expect("the message is valid"));
    }};
}

/// Looking at the page without decoding it, beside decoding.
fn looks(cases: &mut Vec<Case>, page: &Page, data: &[u8]) {
    let mut add = adder(cases, data);
    look!(add, borrowed, page.find, page.each, page.check);
    look!(add, coded, page.find_by_code, page.each_by_code, page.check_by_code);
    for find in [page.find, page.find_by_code, page.indexed] {
        add(find, DECODED, find_decoded);
    }
    add(page.find, GRAMMERS, |data| {
        let Ok(enums::contacts::Contacts::Contacts(page)) = enums::contacts::Contacts::from_bytes(data) else { return };
        black_box(page.users.get(500).map(enums::User::id));
    });
    for each in [page.each, page.each_by_code] {
        add(each, DECODED, |data| {
            let names = decoded(data).into_iter().map(|user| match user {
                User::User(user) => user.first_name.map_or(0, str::len),
                User::Empty(_) => 0,
            });
            black_box(names.sum::<usize>());
        });
    }
    for check in [page.check, page.check_by_code] {
        add(check, DECODED, |data| {
            _ = black_box(Borrowed::<'_>::from_bytes(data)).expect("the message can be read");
        });
    }
}

/// The same data in another format.
fn protocol_buffers(cases: &mut Vec<Case>, page: &Page, value: peer::prost::Contacts) {
    let data = value.encode_to_vec();
    let bytes = data.len();
    let run = Box::new(move || {
        black_box(black_box(&value).encode_to_vec());
    });
    cases.push(Case { what: name(page.message, 0), by: PROST, bytes, run });
    let run = Box::new(move || {
        black_box(peer::prost::Contacts::decode(black_box(&data[..]))).ok();
    });
    cases.push(Case { what: name(page.message, 2), by: PROST, bytes, run });
}

/// Adds cases that read the same bytes.
fn adder(cases: &mut Vec<Case>, data: &[u8]) -> impl FnMut(&'static str, &'static str, fn(&[u8])) {
    move |what, by, run| {
        let data = data.to_vec();
        cases.push(Case { what, by, bytes: data.len(), run: Box::new(move || run(black_box(&data))) });
    }
}

fn decoded(data: &[u8]) -> Vec<User<'_>> {
    let Ok(Borrowed::Contacts(page)) = Borrowed::<'_>::from_bytes(data) else { panic!("the message can be read") };
    page.users
}

fn find_decoded(data: &[u8]) {
    let users = decoded(data);
    let Some(User::User(user)) = users.get(500) else { panic!("there are a thousand users") };
    black_box((user.id, user.first_name));
}

/// Bytes that are given away and come back.
fn held(data: &[u8]) -> Box<dyn FnMut()> {
    let mut bytes = data.to_vec();
    Box::new(move || {
        let message = std::mem::take(&mut bytes);
        let held = Held::<Borrowed<'static>>::from_bytes(black_box(message));
        bytes = black_box(held).expect("the message can be read").into_bytes();
    })
}

/// One user by its offset.
fn indexed(data: &[u8]) -> Box<dyn FnMut()> {
    let data: &'static [u8] = data.to_vec().leak();
    let Ok(views::types::contacts::Contacts::Contacts(page)) = views::types::contacts::Contacts::view(data) else {
        panic!("the message can be read")
    };
    let index = page.users().and_then(|users| users.index()).expect("the users are valid");
    Box::new(move || {
        let Ok(Some(views::types::User::User(user))) = black_box(&index).get(black_box(500)) else { return };
        black_box((user.id().ok(), user.first_name().ok()));
    })
}
