//! The clock, and the ids of messages, which are made of it.

use std::time::{SystemTime, UNIX_EPOCH};

/// How much older or newer than the clock of the server an id of a client may be, in seconds.
const OLDEST: i64 = 300;
const NEWEST: i64 = 30;

/// Seconds since 1970.
pub(crate) fn unix_time() -> i32 {
    i32::try_from(now().as_secs()).unwrap_or(i32::MAX)
}

fn now() -> std::time::Duration {
    // A clock before 1970 is taken for 1970.
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The time as the id of a message: 2^-32 seconds, without the lower two bits.
fn now_as_id() -> i64 {
    let now = now();
    let seconds = i64::try_from(now.as_secs()).unwrap_or(0) << 32;
    let fraction = (i64::from(now.subsec_nanos()) << 32) / 1_000_000_000;
    (seconds | fraction) & !3
}

/// The ids that the server makes, always growing.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    last: i64,
}

impl Ids {
    /// The next one, of an answer or of another message.
    pub(crate) fn next(&mut self, is_answer: bool) -> i64 {
        self.last = now_as_id().max((self.last & !3) + 4);
        self.last | if is_answer { 1 } else { 3 }
    }
}

/// What is wrong with the id of a client's message, as a code of `bad_msg_notification`.
pub(crate) fn fault_of(id: i64) -> Option<i32> {
    let seconds = (id >> 32) - (now_as_id() >> 32);
    match () {
        () if id & 3 != 0 => Some(18),
        () if seconds < -OLDEST => Some(16),
        () if seconds > NEWEST => Some(17),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_and_tell_what_they_are_of() {
        let mut ids = Ids::default();
        let made: Vec<i64> = (0..1000).map(|i| ids.next(i % 2 == 0)).collect();
        assert!(made.is_sorted_by(|a, b| a < b));
        assert!(made.iter().enumerate().all(|(i, id)| id & 3 == if i % 2 == 0 { 1 } else { 3 }));
    }

    #[test]
    fn what_is_wrong_with_ids() {
        let now = now_as_id();
        assert_eq!(fault_of(now), None);
        assert_eq!(fault_of(now + 1), Some(18));
        assert_eq!(fault_of(now - (200 << 32)), None);
        assert_eq!(fault_of(now - (400 << 32)), Some(16));
        assert_eq!(fault_of(now + (60 << 32)), Some(17));
        assert_eq!(fault_of(0), Some(16));
        assert_eq!(fault_of(i64::MAX & !3), Some(17));
        assert_eq!(fault_of(i64::MIN), Some(16));
    }
}
