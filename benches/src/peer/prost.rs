//! The contacts of messages 2 and 8 as Protocol Buffers: other bytes, the same data. What is rare in it is left out, which favours
//! this peer.

use prost::Message;

use tl_full_api::types;

/// `contacts.contacts`.
#[derive(Clone, PartialEq, Message)]
pub struct Contacts {
    /// The contacts.
    #[prost(message, repeated, tag = "1")]
    pub contacts: Vec<Contact>,
    /// How many are saved.
    #[prost(int32, tag = "2")]
    pub saved_count: i32,
    /// Their users.
    #[prost(message, repeated, tag = "3")]
    pub users: Vec<User>,
}

/// `contact`.
#[derive(Clone, PartialEq, Message)]
pub struct Contact {
    /// The user.
    #[prost(int64, tag = "1")]
    pub user_id: i64,
    /// Whether they have the current user among theirs.
    #[prost(bool, tag = "2")]
    pub mutual: bool,
}

/// `user`, with the fields that the message has.
#[derive(Clone, PartialEq, Message)]
pub struct User {
    /// The flags, as one word.
    #[prost(fixed32, tag = "1")]
    pub flags: u32,
    /// The id.
    #[prost(int64, tag = "2")]
    pub id: i64,
    /// The access hash.
    #[prost(sfixed64, optional, tag = "3")]
    pub access_hash: Option<i64>,
    /// The first name.
    #[prost(string, optional, tag = "4")]
    pub first_name: Option<String>,
    /// The last name.
    #[prost(string, optional, tag = "5")]
    pub last_name: Option<String>,
    /// The user name.
    #[prost(string, optional, tag = "6")]
    pub username: Option<String>,
    /// The phone number.
    #[prost(string, optional, tag = "7")]
    pub phone: Option<String>,
    /// When the user was online.
    #[prost(int32, optional, tag = "8")]
    pub was_online: Option<i32>,
    /// The photo.
    #[prost(message, optional, tag = "9")]
    pub photo: Option<Photo>,
    /// The document of the emoji status.
    #[prost(sfixed64, optional, tag = "10")]
    pub emoji_status: Option<i64>,
    /// The color.
    #[prost(message, optional, tag = "11")]
    pub color: Option<Color>,
}

/// `userProfilePhoto`.
#[derive(Clone, PartialEq, Message)]
pub struct Photo {
    /// The photo.
    #[prost(sfixed64, tag = "1")]
    pub photo_id: i64,
    /// A small picture.
    #[prost(bytes = "vec", optional, tag = "2")]
    pub stripped_thumb: Option<Vec<u8>>,
    /// Where it is.
    #[prost(int32, tag = "3")]
    pub dc_id: i32,
}

/// `peerColor`.
#[derive(Clone, PartialEq, Message)]
pub struct Color {
    /// The color.
    #[prost(int32, optional, tag = "1")]
    pub color: Option<i32>,
    /// The pattern.
    #[prost(sfixed64, optional, tag = "2")]
    pub background_emoji_id: Option<i64>,
}

/// The same data as the given message.
///
/// # Panics
/// When the message is none of [`crate::message::contacts`] and [`crate::message::mixed`].
#[must_use]
pub fn contacts(value: &types::contacts::Contacts) -> Contacts {
    let types::contacts::Contacts::Contacts(value) = value else { panic!("a list of contacts") };
    Contacts {
        contacts: value.contacts.iter().map(|c| Contact { user_id: c.user_id, mutual: c.mutual }).collect(),
        saved_count: value.saved_count,
        users: value.users.iter().map(user).collect(),
    }
}

fn user(user: &types::User) -> User {
    let types::User::User(user) = user else { panic!("a user") };
    User {
        flags: u32::from(user.contact) << 11 | u32::from(user.mutual_contact) << 12,
        id: user.id,
        access_hash: user.access_hash,
        first_name: user.first_name.clone(),
        last_name: user.last_name.clone(),
        username: user.username.clone(),
        phone: user.phone.clone(),
        was_online: match &user.status {
            Some(types::UserStatus::Offline(status)) => Some(status.was_online),
            _ => None,
        },
        photo: match &user.photo {
            Some(types::UserProfilePhoto::UserProfilePhoto(photo)) => Some(Photo {
                photo_id: photo.photo_id,
                stripped_thumb: photo.stripped_thumb.clone(),
                dc_id: photo.dc_id,
            }),
            _ => None,
        },
        emoji_status: match &user.emoji_status {
            Some(types::EmojiStatus::EmojiStatus(status)) => Some(status.document_id),
            _ => None,
        },
        color: match &user.color {
            Some(types::PeerColor::PeerColor(color)) => {
                Some(Color { color: color.color, background_emoji_id: color.background_emoji_id })
            }
            _ => None,
        },
    }
}
