//! Channels, messages and updates.

use tl_full_api::constructors::{
    Channel, ChatPhoto, Message, MessageEntityBold, MessageEntityMention, MessageEntityTextUrl, MessageMediaPhoto,
    MessageReplyHeader, PeerChannel, PeerUser, Photo, PhotoSize, UpdateChannelMessageViews, UpdateDeleteMessages,
    UpdateNewChannelMessage, UpdateReadHistoryInbox, UpdateUserStatus, UserStatusOnline,
};
use tl_full_api::types;

use super::users;

fn peer_user(i: usize) -> types::Peer {
    PeerUser { user_id: users::id(i) }.into()
}

fn peer_channel(i: usize) -> types::Peer {
    PeerChannel { channel_id: channel_id(i) }.into()
}

fn channel_id(i: usize) -> i64 {
    1_900_000_000 + 104_729 * i as i64
}

/// A supergroup.
pub(super) fn channel(i: usize) -> types::Chat {
    let photo = ChatPhoto { stripped_thumb: Some(vec![3; 32]), ..ChatPhoto::new(0x6666 + i as i64, 4) };
    Channel {
        megagroup: true,
        access_hash: Some(-77 * i as i64),
        username: Some(format!("group_{i}")),
        participants_count: Some(1200 + i as i32),
        ..Channel::new(channel_id(i), format!("A group about the matter {i}"), photo.into(), 1_650_000_000)
    }
    .into()
}

/// A message of a supergroup: each second with entities, each fifth with a photo, each third an answer.
pub(super) fn message(i: usize) -> types::Message {
    let text = "Wer reitet so spät durch Nacht und Wind? https://example.org/ballade ".repeat(1 + i % 4);
    let mut message = Message::new(1000 + i as i32, peer_channel(i % 5), 1_700_000_000 + i as i32, text);
    message.from_id = Some(peer_user(i % 30));
    message.views = Some(10 * i as i32);
    message.forwards = Some(i as i32);
    message.edit_date = i.is_multiple_of(7).then_some(1_700_001_000);
    if i.is_multiple_of(2) {
        message.entities = Some(vec![
            MessageEntityBold { offset: 0, length: 10 }.into(),
            MessageEntityMention { offset: 12, length: 5 }.into(),
            MessageEntityTextUrl { offset: 40, length: 20, url: "https://example.org/ballade".to_owned() }.into(),
        ]);
    }
    if i.is_multiple_of(3) {
        let header = MessageReplyHeader { reply_to_msg_id: Some(900 + i as i32), ..MessageReplyHeader::new() };
        message.reply_to = Some(header.into());
    }
    if i.is_multiple_of(5) {
        let media = MessageMediaPhoto { photo: Some(photo(i)), ..MessageMediaPhoto::new() };
        message.media = Some(media.into());
    }
    message.into()
}

fn photo(i: usize) -> types::Photo {
    let size = |name: &str, w: i32| -> types::PhotoSize {
        PhotoSize { r#type: name.to_owned(), w, h: w * 3 / 4, size: 90 * w }.into()
    };
    let sizes = vec![size("m", 320), size("x", 800), size("y", 1280)];
    Photo::new(0x5555 + i as i64, -3 * i as i64, vec![0xab; 24], 1_699_999_999, sizes, 2).into()
}

/// An update: messages, views, statuses, deletions and read marks in turn.
pub(super) fn update(i: usize) -> types::Update {
    let pts = 100_000 + i as i32;
    match i % 5 {
        0 => UpdateNewChannelMessage { message: message(i), pts, pts_count: 1 }.into(),
        1 => UpdateChannelMessageViews { channel_id: channel_id(i), id: 1000 + i as i32, views: 7 * i as i32 }.into(),
        2 => {
            let status = UserStatusOnline { expires: 1_700_000_300 }.into();
            UpdateUserStatus { user_id: users::id(i), status }.into()
        }
        3 => {
            let messages = (0..12).map(|n| 3 * n + i as i32).collect();
            UpdateDeleteMessages { messages, pts, pts_count: 12 }.into()
        }
        _ => UpdateReadHistoryInbox::new(peer_user(i), 1000, 3, pts, 1).into(),
    }
}
