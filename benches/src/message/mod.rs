//! The messages that are measured, made from our generated types.

mod chats;
mod mixed;
mod users;

use tl_full_api::types::{self, Updates};
use tl_full_api::{constructors, functions};

use crate::mtproto;

/// 1: a request with eight flags.
#[must_use]
pub fn get_top_peers() -> functions::contacts::GetTopPeers {
    functions::contacts::GetTopPeers {
        correspondents: true,
        bots_pm: true,
        bots_inline: true,
        phone_calls: true,
        forward_users: true,
        forward_chats: true,
        groups: true,
        channels: true,
        ..functions::contacts::GetTopPeers::new(0, 100, 0x0123_4567_89ab_cdef)
    }
}

/// 2: a list of 1,000 contacts with their users, who all have the same fields.
#[must_use]
pub fn contacts() -> types::contacts::Contacts {
    page((0..1000).map(users::contact).collect())
}

/// 8: the same with users of whom each has other fields: names in two scripts, and last name, user name, phone number, photo, status,
/// emoji status and color there or not. It has 135,872 bytes.
#[must_use]
pub fn mixed() -> types::contacts::Contacts {
    page(mixed::users())
}

fn page(users: Vec<types::User>) -> types::contacts::Contacts {
    let contacts = (0..users.len()).map(|i| constructors::Contact { user_id: users::id(i), mutual: i % 3 == 0 });
    types::contacts::Contacts::Contacts(constructors::contacts::Contacts {
        contacts: contacts.collect(),
        saved_count: 1234,
        users,
    })
}

/// 3: a page of 100 messages with entities, users and chats.
#[must_use]
pub fn messages() -> types::messages::Messages {
    types::messages::Messages::from(constructors::messages::Messages {
        messages: (0..100).map(chats::message).collect(),
        topics: Vec::new(),
        chats: (0..5).map(chats::channel).collect(),
        users: (0..30).map(users::member).collect(),
    })
}

/// 4: a part of a file, 512 KiB.
#[must_use]
pub fn file() -> types::upload::File {
    types::upload::File::from(constructors::upload::File {
        r#type: types::storage::FileType::FileJpeg,
        mtime: 1_700_000_000,
        bytes: (0..512 * 1024).map(|i: u32| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect(),
    })
}

/// 5: 100,000 numbers.
#[must_use]
pub fn longs() -> Vec<i64> {
    (0..100_000).map(|i: i64| i.wrapping_mul(0x9e37_79b9_7f4a_7c15_u64.cast_signed())).collect()
}

/// 6: a batch of 30 updates of several kinds.
#[must_use]
pub fn updates() -> Updates {
    Updates::from(constructors::Updates {
        updates: (0..30).map(chats::update).collect(),
        users: (0..10).map(users::member).collect(),
        chats: (0..3).map(chats::channel).collect(),
        date: 1_700_000_000,
        seq: 4321,
    })
}

/// 7: the first answer of a server.
#[must_use]
pub fn res_pq() -> mtproto::types::ResPq {
    mtproto::constructors::ResPq {
        nonce: [7; 16],
        server_nonce: [9; 16],
        pq: vec![0x17, 0xed, 0x48, 0x94, 0x1a, 0x08, 0xf9, 0x81],
        server_public_key_fingerprints: vec![0x1234_5678_9abc_def0, -42, 1],
    }
}

#[cfg(test)]
mod tests {
    use tlgen_runtime::Encode;

    #[test]
    fn the_mixed_page_is_always_the_same() {
        assert_eq!(super::mixed().to_bytes().map(|bytes| bytes.len()), Ok(135_872));
        assert_eq!(super::mixed(), super::mixed());
    }
}
