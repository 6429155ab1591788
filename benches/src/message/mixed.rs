//! Users of whom each has other fields, as they are in real lists.

use tl_full_api::constructors::{
    EmojiStatus, PeerColor, User, UserProfilePhoto, UserStatusOffline, UserStatusRecently,
};
use tl_full_api::types;

use super::users::id;

const FIRST: [&str; 12] = [
    "Alexandra",
    "Mia",
    "Christopher",
    "Noah",
    "Wilhelmina",
    "Ed",
    "Александра",
    "Юлия",
    "Константин",
    "Пётр",
    "Ия",
    "Всеволод",
];
const LAST: [&str; 10] = [
    "Montgomery",
    "Lee",
    "Featherstone",
    "Kim",
    "Vandenberg",
    "Рождественская",
    "Ли",
    "Константинопольский",
    "Ким",
    "Орлова",
];

/// Decides what a user has. It is the same on every run.
struct Random(u64);

impl Random {
    /// Below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    /// `make` in so many of a hundred cases.
    fn maybe<T>(&mut self, percent: u64, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(100) < percent).then(|| make(self))
    }
}

/// 1,000 users.
pub(super) fn users() -> Vec<types::User> {
    let mut random = Random(SEED);
    (0..1000).map(|i| user(i, &mut random).into()).collect()
}

/// With it the page has 135,872 bytes.
const SEED: u64 = 85;

fn user(i: usize, random: &mut Random) -> User {
    User {
        contact: random.below(2) == 0,
        premium: random.below(5) == 0,
        access_hash: Some(0x0123_4567_89ab_cdef_i64.wrapping_mul(i as i64 + 1)),
        first_name: Some(random.one(&FIRST).to_owned()),
        last_name: random.maybe(70, |random| random.one(&LAST).to_owned()),
        username: random.maybe(70, |random| format!("user_{}_{i}", random.below(1_000_000))),
        phone: random.maybe(70, |random| format!("7{:010}", random.below(10_000_000_000))),
        photo: random.maybe(80, photo).map(Into::into),
        status: random.maybe(80, status),
        emoji_status: random
            .maybe(20, |random| EmojiStatus::new(0x5000_0000_0000_0000 + random.below(1 << 40) as i64).into()),
        color: random.maybe(30, |random| color(random).into()),
        ..User::new(id(i))
    }
}

fn photo(random: &mut Random) -> UserProfilePhoto {
    UserProfilePhoto {
        stripped_thumb: random.maybe(60, |random| (0..30 + random.below(12)).map(|byte| byte as u8).collect()),
        ..UserProfilePhoto::new(0x7777_0000_0000_0000 + random.below(1 << 40) as i64, 2)
    }
}

fn status(random: &mut Random) -> types::UserStatus {
    match random.below(3) {
        0 => UserStatusRecently { by_me: false }.into(),
        _ => UserStatusOffline { was_online: 1_700_000_000 + random.below(1 << 20) as i32 }.into(),
    }
}

fn color(random: &mut Random) -> PeerColor {
    PeerColor {
        color: Some(random.below(21) as i32),
        background_emoji_id: random.maybe(40, |random| 0x5100_0000_0000_0000 + random.below(1 << 40) as i64),
    }
}
