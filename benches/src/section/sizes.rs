//! Sizes of values in memory.

use std::mem::size_of;

use grammers_tl_types as peer;
use tl_full_api as api;

use super::Setting;
use crate::table::{Goal, Row};

macro_rules! sizes {
    ($($name:literal $ours:path, $theirs:path;)*) => {
        [$(($name, size_of::<$ours>(), size_of::<$theirs>())),*]
    };
}

/// The boxed types that messages have most of, which vectors hold side by side.
pub(super) fn values(_: &Setting) -> Result<Vec<Row>, String> {
    let mut sizes = sizes! {
        "User" api::types::User, peer::enums::User;
        "Chat" api::types::Chat, peer::enums::Chat;
        "Message" api::types::Message, peer::enums::Message;
        "Update" api::types::Update, peer::enums::Update;
        "Updates" api::types::Updates, peer::enums::Updates;
        "MessageMedia" api::types::MessageMedia, peer::enums::MessageMedia;
        "MessageAction" api::types::MessageAction, peer::enums::MessageAction;
        "Document" api::types::Document, peer::enums::Document;
        "WebPage" api::types::WebPage, peer::enums::WebPage;
        "UserFull" api::types::UserFull, peer::enums::UserFull;
        "ChatFull" api::types::ChatFull, peer::enums::ChatFull;
        "StarGift" api::types::StarGift, peer::enums::StarGift;
        "InputMedia" api::types::InputMedia, peer::enums::InputMedia;
        "messages.Messages" api::types::messages::Messages, peer::enums::messages::Messages;
    };
    sizes.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(b.0)));
    let row = |(name, ours, theirs): (&str, usize, usize)| Row {
        what: format!("size_of {name}, bytes"),
        ours: ours.to_string(),
        peer: format!("grammers {theirs}"),
        ratio: format!("{:.2} x", ours as f64 / theirs as f64),
        goal: Goal::None.judge(0.0),
    };
    Ok(sizes.into_iter().map(row).collect())
}
