//! A small app: it decodes updates and calls ten functions.

use std::io::{self, Read as _, Write as _};

use api::functions::{auth, contacts, messages, updates, upload, users};
use api::types::{InputFileLocation, InputPeer, InputUser, Updates};
use tlgen_runtime::{Decode, DecodeOwned, Encode, Function};

/// Writes a request and reads its answer.
fn call<F: Function>(request: &F, input: &[u8]) -> Result<F::Return, Box<dyn std::error::Error>>
where
    F::Return: DecodeOwned,
{
    io::stdout().write_all(&request.to_bytes()?)?;
    Ok(Decode::from_bytes(input)?)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut input = Vec::new();
    io::stdin().read_to_end(&mut input)?;
    if let Updates::Updates(updates) = Updates::from_bytes(&input)? {
        println!("{} updates until {}", updates.updates.len(), updates.date);
    }
    call(&contacts::GetContacts { hash: 0 }, &input)?;
    call(&contacts::GetTopPeers { groups: true, ..contacts::GetTopPeers::new(0, 100, 0) }, &input)?;
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
    call(&messages::SendMessage::new(InputPeer::Empty, "text".to_owned(), 1), &input)?;
    call(&messages::GetDialogs::new(0, 0, InputPeer::Empty, 100, 0), &input)?;
    call(&users::GetFullUser { id: InputUser::Empty }, &input)?;
    call(&updates::GetState {}, &input)?;
    call(&updates::GetDifference::new(1, 1, 1), &input)?;
    call(&upload::GetFile::new(InputFileLocation::InputTakeoutFileLocation, 0, 4096), &input)?;
    call(&auth::LogOut {}, &input)?;
    Ok(())
}
