//! `contacts.contacts` for tl-proto, which has no generator: written by hand for its derive macros, equal to the generated
//! type field by field, with borrowed text.

use tl_proto::{TlError, TlRead, TlResult};

/// `contacts.contacts`.
#[derive(Debug, TlRead)]
#[tl(boxed, id = 0xeae8_7e42)]
pub struct Contacts<'tl> {
    /// The contacts.
    pub contacts: Boxed<Contact>,
    /// How many are saved.
    pub saved_count: i32,
    /// Their users.
    pub users: Boxed<User<'tl>>,
}

/// `vector`: tl-proto's own form of a vector has no id.
#[derive(Debug)]
pub struct Boxed<T>(pub Vec<T>);

impl<'tl, T: TlRead<'tl>> TlRead<'tl> for Boxed<T> {
    type Repr = tl_proto::Boxed;

    fn read_from(packet: &mut &'tl [u8]) -> TlResult<Self> {
        if u32::read_from(packet)? == tlgen_runtime::ids::VECTOR {
            Vec::read_from(packet).map(Self)
        } else {
            Err(TlError::UnknownConstructor)
        }
    }
}

/// `string`, which tl-proto leaves as bytes: checked, as ours is.
#[derive(Debug)]
pub struct Text<'tl>(pub &'tl str);

impl<'tl> TlRead<'tl> for Text<'tl> {
    type Repr = tl_proto::Bare;

    fn read_from(packet: &mut &'tl [u8]) -> TlResult<Self> {
        let bytes = <&[u8]>::read_from(packet)?;
        std::str::from_utf8(bytes).map(Text).map_err(|_| TlError::InvalidData)
    }
}

/// `contact`.
#[derive(Debug, TlRead)]
#[tl(boxed, id = 0x145a_de0b)]
pub struct Contact {
    /// The user.
    pub user_id: i64,
    /// Whether they have the current user among theirs.
    pub mutual: bool,
}

/// `User`. As in ours, the large constructor is in a box.
#[derive(Debug, TlRead)]
#[tl(boxed)]
pub enum User<'tl> {
    /// `userEmpty`.
    #[tl(id = 0xd3bc_4b7a)]
    Empty {
        /// Its id.
        id: i64,
    },
    /// `user`.
    #[tl(id = 0xb1b8_cc83)]
    User(Box<UserFields<'tl>>),
}

macro_rules! user {
    (
        flags { $($flag:ident $bit:literal)* }
        flags2 { $($flag2:ident $bit2:literal)* }
        { $($(#[$attribute:meta])* $field:ident: $ty:ty,)* }
    ) => {
        /// The fields of `user`.
        #[derive(Debug, TlRead)]
        #[expect(missing_docs, reason = "as in the schema")]
        pub struct UserFields<'tl> {
            #[tl(flags)]
            pub flags: (),
            $(#[tl(flags_field = "flags", flags_bit = $bit)] pub $flag: Option<()>,)*
            #[tl(flags)]
            pub flags2: (),
            $(#[tl(flags_field = "flags2", flags_bit = $bit2)] pub $flag2: Option<()>,)*
            pub id: i64,
            $($(#[$attribute])* pub $field: $ty,)*
        }
    };
}

user! {
    flags {
        is_self 10 contact 11 mutual_contact 12 deleted 13 bot 14 bot_chat_history 15 bot_nochats 16 verified 17
        restricted 18 min 20 bot_inline_geo 21 support 23 scam 24 apply_min_photo 25 fake 26 bot_attach_menu 27
        premium 28 attach_menu_enabled 29
    }
    flags2 {
        bot_can_edit 1 close_friend 2 stories_hidden 3 stories_unavailable 4 contact_require_premium 10 bot_business 11
        bot_has_main_app 13 bot_forum_view 16 bot_forum_can_manage_topics 17 bot_can_manage_bots 18 bot_guestchat 19
        bot_guard 20
    }
    {
        #[tl(flags_field = "flags", flags_bit = 0)]
        access_hash: Option<i64>,
        #[tl(flags_field = "flags", flags_bit = 1)]
        first_name: Option<Text<'tl>>,
        #[tl(flags_field = "flags", flags_bit = 2)]
        last_name: Option<Text<'tl>>,
        #[tl(flags_field = "flags", flags_bit = 3)]
        username: Option<Text<'tl>>,
        #[tl(flags_field = "flags", flags_bit = 4)]
        phone: Option<Text<'tl>>,
        #[tl(flags_field = "flags", flags_bit = 5)]
        photo: Option<UserProfilePhoto<'tl>>,
        #[tl(flags_field = "flags", flags_bit = 6)]
        status: Option<UserStatus>,
        #[tl(flags_field = "flags", flags_bit = 14)]
        bot_info_version: Option<i32>,
        #[tl(flags_field = "flags", flags_bit = 18)]
        restriction_reason: Option<Boxed<RestrictionReason<'tl>>>,
        #[tl(flags_field = "flags", flags_bit = 19)]
        bot_inline_placeholder: Option<Text<'tl>>,
        #[tl(flags_field = "flags", flags_bit = 22)]
        lang_code: Option<Text<'tl>>,
        #[tl(flags_field = "flags", flags_bit = 30)]
        emoji_status: Option<EmojiStatus<'tl>>,
        #[tl(flags_field = "flags2", flags_bit = 0)]
        usernames: Option<Boxed<Username<'tl>>>,
        #[tl(flags_field = "flags2", flags_bit = 5)]
        stories_max_id: Option<RecentStory>,
        #[tl(flags_field = "flags2", flags_bit = 8)]
        color: Option<PeerColor>,
        #[tl(flags_field = "flags2", flags_bit = 9)]
        profile_color: Option<PeerColor>,
        #[tl(flags_field = "flags2", flags_bit = 12)]
        bot_active_users: Option<i32>,
        #[tl(flags_field = "flags2", flags_bit = 14)]
        bot_verification_icon: Option<i64>,
        #[tl(flags_field = "flags2", flags_bit = 15)]
        send_paid_messages_stars: Option<i64>,
        #[tl(flags_field = "flags2", flags_bit = 21)]
        linked_community_id: Option<i64>,
    }
}

/// `UserProfilePhoto`.
#[derive(Debug, TlRead)]
#[tl(boxed)]
#[expect(missing_docs, reason = "as in the schema")]
pub enum UserProfilePhoto<'tl> {
    #[tl(id = 0x4f11_bae1)]
    Empty,
    #[tl(id = 0x82d1_f706)]
    UserProfilePhoto {
        #[tl(flags)]
        flags: (),
        #[tl(flags_bit = 0)]
        has_video: Option<()>,
        #[tl(flags_bit = 2)]
        personal: Option<()>,
        photo_id: i64,
        #[tl(flags_bit = 1)]
        stripped_thumb: Option<&'tl [u8]>,
        dc_id: i32,
    },
}

/// `UserStatus`.
#[derive(Debug, TlRead)]
#[tl(boxed)]
#[expect(missing_docs, reason = "as in the schema")]
pub enum UserStatus {
    #[tl(id = 0x09d0_5049)]
    Empty,
    #[tl(id = 0xedb9_3949)]
    Online { expires: i32 },
    #[tl(id = 0x008c_703f)]
    Offline { was_online: i32 },
    #[tl(id = 0x7b19_7dc8)]
    Recently {
        #[tl(flags)]
        flags: (),
        #[tl(flags_bit = 0)]
        by_me: Option<()>,
    },
    #[tl(id = 0x541a_1d1a)]
    LastWeek {
        #[tl(flags)]
        flags: (),
        #[tl(flags_bit = 0)]
        by_me: Option<()>,
    },
    #[tl(id = 0x6589_9777)]
    LastMonth {
        #[tl(flags)]
        flags: (),
        #[tl(flags_bit = 0)]
        by_me: Option<()>,
    },
}

/// `RestrictionReason`.
#[derive(Debug, TlRead)]
#[tl(boxed, id = 0xd072_acb4)]
#[expect(missing_docs, reason = "as in the schema")]
pub struct RestrictionReason<'tl> {
    pub platform: Text<'tl>,
    pub reason: Text<'tl>,
    pub text: Text<'tl>,
}

/// `EmojiStatus`.
#[derive(Debug, TlRead)]
#[tl(boxed)]
#[expect(missing_docs, reason = "as in the schema")]
pub enum EmojiStatus<'tl> {
    #[tl(id = 0x2de1_1aae)]
    Empty,
    #[tl(id = 0xe7ff_068a)]
    EmojiStatus {
        #[tl(flags)]
        flags: (),
        document_id: i64,
        #[tl(flags_bit = 0)]
        until: Option<i32>,
    },
    #[tl(id = 0x7184_603b)]
    Collectible {
        #[tl(flags)]
        flags: (),
        collectible_id: i64,
        document_id: i64,
        title: Text<'tl>,
        slug: Text<'tl>,
        pattern_document_id: i64,
        center_color: i32,
        edge_color: i32,
        pattern_color: i32,
        text_color: i32,
        #[tl(flags_bit = 0)]
        until: Option<i32>,
    },
}

/// `Username`.
#[derive(Debug, TlRead)]
#[tl(boxed, id = 0xb407_3647)]
#[expect(missing_docs, reason = "as in the schema")]
pub struct Username<'tl> {
    #[tl(flags)]
    pub flags: (),
    #[tl(flags_bit = 0)]
    pub editable: Option<()>,
    #[tl(flags_bit = 1)]
    pub active: Option<()>,
    pub username: Text<'tl>,
}

/// `RecentStory`.
#[derive(Debug, TlRead)]
#[tl(boxed, id = 0x711d_692d)]
#[expect(missing_docs, reason = "as in the schema")]
pub struct RecentStory {
    #[tl(flags)]
    pub flags: (),
    #[tl(flags_bit = 0)]
    pub live: Option<()>,
    #[tl(flags_bit = 1)]
    pub max_id: Option<i32>,
}

/// `PeerColor`.
#[derive(Debug, TlRead)]
#[tl(boxed)]
#[expect(missing_docs, reason = "as in the schema")]
pub enum PeerColor {
    #[tl(id = 0xb54b_5acf)]
    PeerColor {
        #[tl(flags)]
        flags: (),
        #[tl(flags_bit = 0)]
        color: Option<i32>,
        #[tl(flags_bit = 1)]
        background_emoji_id: Option<i64>,
    },
    #[tl(id = 0xb9c0_639a)]
    Collectible {
        #[tl(flags)]
        flags: (),
        collectible_id: i64,
        gift_emoji_id: i64,
        background_emoji_id: i64,
        accent_color: i32,
        colors: Boxed<i32>,
        #[tl(flags_bit = 0)]
        dark_accent_color: Option<i32>,
        #[tl(flags_bit = 1)]
        dark_colors: Option<Boxed<i32>>,
    },
}
