//! Users.

use tl_full_api::constructors::{User, UserProfilePhoto, UserStatusOffline, UserStatusRecently};
use tl_full_api::types;

const FIRST: [&str; 7] = ["Anna", "Борис", "Chen", "Dmitrijs", "Élodie", "Farid", "Guðrún"];
const LAST: [&str; 5] = ["Müller", "Иванова", "Nguyen", "O'Brien", "Kowalska"];

/// The id of the user at an index.
pub(super) fn id(i: usize) -> i64 {
    5_000_000_000 + 7919 * i as i64
}

/// A user as contact lists have them: four texts and a status.
pub(super) fn contact(i: usize) -> types::User {
    user(i).into()
}

/// A user as groups have them: with a photo.
pub(super) fn member(i: usize) -> types::User {
    let photo = UserProfilePhoto {
        stripped_thumb: Some(vec![i as u8; 40]),
        ..UserProfilePhoto::new(0x7777_0000_0000_0000 + i as i64, 2)
    };
    User { contact: false, premium: i.is_multiple_of(5), phone: None, photo: Some(photo.into()), ..user(i) }.into()
}

fn user(i: usize) -> User {
    User {
        contact: true,
        mutual_contact: i.is_multiple_of(3),
        access_hash: Some(0x0123_4567_89ab_cdef_i64.wrapping_mul(i as i64 + 1)),
        first_name: Some(FIRST[i % FIRST.len()].to_owned()),
        last_name: Some(LAST[i % LAST.len()].to_owned()),
        username: Some(format!("user_{i:04}")),
        phone: Some(format!("4917{:08}", 31 * i)),
        status: Some(if i.is_multiple_of(4) {
            UserStatusRecently { by_me: false }.into()
        } else {
            UserStatusOffline { was_online: 1_700_000_000 + i as i32 }.into()
        }),
        ..User::new(id(i))
    }
}
