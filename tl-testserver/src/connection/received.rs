//! Which messages of a session have come, and what became of them.

use std::collections::BTreeMap;

/// How many messages of a session are remembered. Older ones are refused, because nobody knows whether they have come before.
const REMEMBERED: usize = 1024;

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It needs no answer, or has none that is remembered.
    Noted,
    /// It is a request that is being worked on.
    Pending,
    /// It was answered.
    Answered {
        /// The id of the answer.
        id: i64,
        /// The length of the answer in bytes.
        bytes: i32,
        /// Whether the answer is an error.
        is_error: bool,
    },
}

/// Why a message is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Its envelope is wrong: a code of `bad_msg_notification`.
    Code(i32),
    /// It came before, and this became of it.
    Again(Fate),
}

/// The latest messages of a session by their ids.
#[derive(Debug, Default)]
pub(crate) struct Received {
    messages: BTreeMap<i64, (i32, Fate)>,
    /// No message below this is remembered.
    floor: i64,
}

impl Received {
    /// Takes a message, unless there is something wrong with its id or number. `is_content` says whether the number must be odd;
    /// of some it may be either.
    pub(crate) fn take(&mut self, id: i64, seqno: i32, is_content: Option<bool>) -> Result<(), Refusal> {
        if let Some((_, fate)) = self.messages.get(&id) {
            return Err(Refusal::Again(*fate));
        }
        if id < self.floor {
            return Err(Refusal::Code(20));
        }
        match (is_content, seqno & 1 == 1) {
            (Some(false), true) => return Err(Refusal::Code(34)),
            (Some(true), false) => return Err(Refusal::Code(35)),
            _ => {}
        }
        // Numbers grow with ids; only those of messages without content may repeat.
        let is_below = |one: i32, other: i32| one < other || (one == other && one & 1 == 0);
        if let Some((_, (lower, _))) = self.messages.range(..id).next_back()
            && !is_below(*lower, seqno)
        {
            return Err(Refusal::Code(32));
        }
        if let Some((_, (upper, _))) = self.messages.range(id..).next()
            && !is_below(seqno, *upper)
        {
            return Err(Refusal::Code(33));
        }
        self.messages.insert(id, (seqno, Fate::Noted));
        if self.messages.len() > REMEMBERED
            && let Some((oldest, _)) = self.messages.pop_first()
        {
            self.floor = oldest + 1;
        }
        Ok(())
    }

    /// Notes what became of a message that was taken.
    pub(crate) fn set_fate(&mut self, id: i64, fate: Fate) {
        if let Some((_, known)) = self.messages.get_mut(&id) {
            *known = fate;
        }
    }

    /// What became of a message, if it is remembered.
    pub(crate) fn fate(&self, id: i64) -> Option<Fate> {
        self.messages.get(&id).map(|(_, fate)| *fate)
    }

    /// The state of a message as `msgs_state_info` tells it.
    pub(crate) fn state(&self, id: i64) -> u8 {
        /// Nothing is known, and it is too old or too new.
        const UNKNOWN: u8 = 1;
        /// It has not come, though it is within what is remembered.
        const NOT_RECEIVED: u8 = 2;
        const RECEIVED: u8 = 4;
        const NEEDS_NO_ANSWER: u8 = 16;
        const IS_WORKED_ON: u8 = 32;
        const ANSWERED: u8 = 64;
        match self.fate(id) {
            None if id < self.floor => UNKNOWN,
            None => NOT_RECEIVED,
            Some(Fate::Noted) => RECEIVED | NEEDS_NO_ANSWER,
            Some(Fate::Pending) => RECEIVED | IS_WORKED_ON,
            Some(Fate::Answered { .. }) => RECEIVED | ANSWERED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_numbers_grow_together() {
        let mut received = Received::default();
        assert_eq!(received.take(100, 3, Some(true)), Ok(()));
        assert_eq!(received.take(100, 3, Some(true)), Err(Refusal::Again(Fate::Noted)));
        assert_eq!(received.take(108, 4, Some(false)), Ok(()));
        assert_eq!(received.take(112, 4, Some(false)), Ok(()));
        // Late, but in its turn.
        assert_eq!(received.take(96, 1, Some(true)), Ok(()));
        assert_eq!(received.take(116, 3, Some(true)), Err(Refusal::Code(32)));
        assert_eq!(received.take(104, 3, Some(true)), Err(Refusal::Code(32)));
        assert_eq!(received.take(92, 7, Some(true)), Err(Refusal::Code(33)));
        assert_eq!(received.take(120, 6, Some(true)), Err(Refusal::Code(35)));
        assert_eq!(received.take(120, 7, Some(false)), Err(Refusal::Code(34)));
    }

    #[test]
    fn what_is_forgotten_is_refused() {
        let mut received = Received::default();
        for i in 0..=i32::try_from(REMEMBERED).unwrap() {
            assert_eq!(received.take(i64::from(i) * 4, 2 * i + 1, None), Ok(()));
        }
        assert_eq!(received.take(0, 1, Some(true)), Err(Refusal::Code(20)));
        assert_eq!(received.messages.len(), REMEMBERED);
        assert_eq!((received.state(0), received.state(4), received.state(6)), (1, 20, 2));
        received.set_fate(4, Fate::Pending);
        assert_eq!(received.state(4), 36);
    }
}
