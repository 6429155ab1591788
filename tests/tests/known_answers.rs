//! Bytes that other clients of Telegram send, written by the code in `generated/`.

#![allow(clippy::unwrap_used)]

use tl_generated::{telegram_132, telegram_228};
use tl_tests::wire::{hex, round_trips};
use tlgen_runtime::{Combinator, Decode, Encode};

#[test]
fn top_peers_of_layer_228() {
    use telegram_228::functions::contacts::GetTopPeers;
    let request = GetTopPeers {
        correspondents: true,
        bots_pm: true,
        bots_inline: true,
        phone_calls: true,
        forward_users: true,
        forward_chats: true,
        groups: true,
        channels: true,
        ..GetTopPeers::new(43, 100, -4_156_887_774_564)
    };
    assert_eq!(hex(&request.to_bytes().unwrap()), "b6783497 3f840000 2b000000 64000000 9c4a2e26 38fcffff");
    round_trips(&request);
}

#[test]
fn contacts_of_both_layers() {
    let old = telegram_132::functions::contacts::GetContacts { hash: 3_457_568 };
    assert_eq!(hex(&old.to_bytes().unwrap()), "9f8423c0 20c23400");
    round_trips(&old);
    let new = telegram_228::functions::contacts::GetContacts { hash: 3_457_568 };
    assert_eq!(hex(&new.to_bytes().unwrap()), "129ed65d 20c23400 00000000");
    round_trips(&new);
}

/// Two layers of one API side by side: the ids differ where the fields do.
#[test]
fn layers_are_told_apart() {
    assert_eq!((telegram_132::LAYER, telegram_228::LAYER), (132, 228));
    assert_eq!(telegram_132::functions::contacts::GetTopPeers::ID, 0xd498_2db5);
    assert_eq!(telegram_228::functions::contacts::GetTopPeers::ID, 0x9734_78b6);
}

/// An error of decoding, and the field where it is.
#[test]
fn an_error_has_its_field() {
    use telegram_132::constructors::{self, Contact, User, UserProfilePhoto, UserStatusOnline, contacts};
    let photo = constructors::UserProfilePhoto { has_video: true, ..UserProfilePhoto::new(1, 2) };
    let users = [User::new(1), User { photo: Some(photo.into()), ..User::new(2) }].map(Into::into).into();
    let contacts = vec![Contact { user_id: 1, mutual: true }];
    let mut bytes =
        telegram_132::types::contacts::Contacts::from(contacts::Contacts { contacts, saved_count: 1, users })
            .to_bytes()
            .unwrap();
    let place = bytes.windows(4).position(|word| word == UserProfilePhoto::ID.to_le_bytes()).unwrap();
    bytes[place..place + 4].copy_from_slice(&UserStatusOnline::ID.to_le_bytes());

    let error = telegram_132::types::contacts::Contacts::from_bytes(&bytes).unwrap_err();
    let error = error.with_names(telegram_132::NAMES);
    assert_eq!(error.offset(), place);
    let locator = tlgen_dynamic::Locator::new(include_str!("../../schema/telegram-132.tl")).unwrap();
    let shown = format!("{error}\n    {}", locator.locate(&bytes, error.offset()));
    assert_eq!(
        shown,
        "the id 0xedb93949 (`userStatusOnline`) is no constructor of `UserProfilePhoto`, at byte 60 while reading \
         `contacts.contacts` > `user`\n    contacts.contacts.users[1](user).photo: flags.5?UserProfilePhoto"
    );
}
