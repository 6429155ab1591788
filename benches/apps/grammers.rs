//! A small app: it decodes updates and calls ten functions.

use std::io::{self, Read as _, Write as _};

use grammers_tl_types::enums::{InputFileLocation, InputPeer, InputUser, Updates};
use grammers_tl_types::functions::{auth, contacts, messages, updates, upload, users};
use grammers_tl_types::{Deserializable, RemoteCall};

/// Writes a request and reads its answer.
fn call<F: RemoteCall>(request: &F, input: &[u8]) -> Result<F::Return, Box<dyn std::error::Error>> {
    io::stdout().write_all(&request.to_bytes())?;
    Ok(F::Return::from_bytes(input)?)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = Vec::new();
    io::stdin().read_to_end(&mut input)?;
    if let Updates::Updates(updates) = Updates::from_bytes(&input)? {
        println!("{} updates until {}", updates.updates.len(), updates.date);
    }
    call(&contacts::GetContacts { hash: 0 }, &input)?;
    call(
        &contacts::GetTopPeers {
            correspondents: false,
            bots_pm: false,
            bots_inline: false,
            phone_calls: false,
            forward_users: false,
            forward_chats: false,
            groups: true,
            channels: false,
            bots_app: false,
            bots_guestchat: false,
            offset: 0,
            limit: 100,
            hash: 0,
        },
        &input,
    )?;
    call(
        &messages::GetHistory {
            peer: InputPeer::Empty,
            offset_id: 0,
            offset_date: 0,
            add_offset: 0,
            limit: 100,
            max_id: 0,
            min_id: 0,
            hash: 0,
        },
        &input,
    )?;
    call(
        &messages::SendMessage {
            no_webpage: false,
            silent: false,
            background: false,
            clear_draft: false,
            noforwards: false,
            update_stickersets_order: false,
            invert_media: false,
            allow_paid_floodskip: false,
            peer: InputPeer::Empty,
            reply_to: None,
            message: "text".to_owned(),
            random_id: 1,
            reply_markup: None,
            entities: None,
            schedule_date: None,
            schedule_repeat_period: None,
            send_as: None,
            quick_reply_shortcut: None,
            effect: None,
            allow_paid_stars: None,
            suggested_post: None,
            rich_message: None,
        },
        &input,
    )?;
    call(
        &messages::GetDialogs {
            exclude_pinned: false,
            folder_id: None,
            offset_date: 0,
            offset_id: 0,
            offset_peer: InputPeer::Empty,
            limit: 100,
            hash: 0,
        },
        &input,
    )?;
    call(&users::GetFullUser { id: InputUser::Empty }, &input)?;
    call(&updates::GetState {}, &input)?;
    call(
        &updates::GetDifference {
            pts: 1,
            pts_limit: None,
            pts_total_limit: None,
            date: 1,
            qts: 1,
            qts_limit: None,
        },
        &input,
    )?;
    call(
        &upload::GetFile {
            precise: false,
            cdn_supported: false,
            location: InputFileLocation::InputTakeoutFileLocation,
            offset: 0,
            limit: 4096,
        },
        &input,
    )?;
    call(&auth::LogOut {}, &input)?;
    Ok(())
}
