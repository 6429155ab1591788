//! Bytes that other clients of Telegram send, written by the code in `generated/`.

#![allow(clippy::unwrap_used)]

use tl_generated::{telegram_132, telegram_228};
use tl_runtime::{Combinator, to_bytes};
use tl_tests::wire::{hex, round_trips};

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
    assert_eq!(hex(&to_bytes(&request).unwrap()), "b6783497 3f840000 2b000000 64000000 9c4a2e26 38fcffff");
    round_trips(&request);
}

#[test]
fn contacts_of_both_layers() {
    let old = telegram_132::functions::contacts::GetContacts { hash: 3_457_568 };
    assert_eq!(hex(&to_bytes(&old).unwrap()), "9f8423c0 20c23400");
    round_trips(&old);
    let new = telegram_228::functions::contacts::GetContacts { hash: 3_457_568 };
    assert_eq!(hex(&to_bytes(&new).unwrap()), "129ed65d 20c23400 00000000");
    round_trips(&new);
}

/// Two layers of one API side by side: the ids differ where the fields do.
#[test]
fn layers_are_told_apart() {
    assert_eq!((telegram_132::LAYER, telegram_228::LAYER), (132, 228));
    assert_eq!(telegram_132::functions::contacts::GetTopPeers::ID, 0xd498_2db5);
    assert_eq!(telegram_228::functions::contacts::GetTopPeers::ID, 0x9734_78b6);
}
