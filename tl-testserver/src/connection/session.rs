//! Sessions: what the server knows of a client with one key, over all its connections.

use std::collections::BTreeMap;
use std::sync::Arc;

use tlgen_runtime::{Encode, Object};

use super::received::Received;
use crate::call::ClientInfo;
use crate::clock::Ids;
use crate::error::CloseReason;
use crate::generated::mtproto::constructors;

/// How many messages that the client has not confirmed are kept, to be sent once more.
const UNCONFIRMED: usize = 256;

/// How many bytes of such messages are kept.
const UNCONFIRMED_BYTES: usize = 1 << 18;

/// How many messages one container holds at most.
const IN_CONTAINER: usize = 100;

/// How many bytes of messages one container holds at most, unless there is only one.
const CONTAINER_BYTES: usize = 1 << 19;

/// What the server knows of a session.
#[derive(Debug, Default)]
pub(crate) struct Session {
    pub(crate) received: Received,
    /// The layer and the client, once they were said.
    pub(crate) layer: Option<i32>,
    pub(crate) client: Option<Arc<ClientInfo>>,
    /// Whether the client knows that the session has begun.
    pub(crate) is_announced: bool,
    ids: Ids,
    /// The messages with content that were sent.
    count: i32,
    unconfirmed: BTreeMap<i64, constructors::Message>,
    unconfirmed_bytes: usize,
}

/// A message of the server without an id yet.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub(crate) body: Vec<u8>,
    /// Whether the client must confirm it.
    pub(crate) is_content: bool,
    /// Whether it answers a message.
    pub(crate) is_answer: bool,
}

impl Outgoing {
    /// An answer that must be confirmed.
    pub(crate) fn content(body: Vec<u8>) -> Self {
        Self { body, is_content: true, is_answer: true }
    }

    /// An answer to a service message, or a notification about one.
    pub(crate) fn service(value: &impl Encode) -> Result<Self, CloseReason> {
        let body = value.to_bytes().map_err(|_| CloseReason::Answer)?;
        Ok(Self { body, is_content: false, is_answer: true })
    }
}

impl Session {
    /// Gives a message its id and number.
    pub(crate) fn number(&mut self, message: Outgoing) -> Result<constructors::Message, CloseReason> {
        let msg_id = self.ids.next(message.is_answer);
        let seqno = self.seqno(message.is_content);
        let body = Object::try_from(message.body).map_err(|_| CloseReason::Answer)?;
        let numbered = constructors::Message { msg_id, seqno, body };
        if message.is_content {
            self.unconfirmed_bytes += length(&numbered);
            self.unconfirmed.insert(msg_id, numbered.clone());
            while (self.unconfirmed.len() > UNCONFIRMED || self.unconfirmed_bytes > UNCONFIRMED_BYTES)
                && let Some((_, oldest)) = self.unconfirmed.pop_first()
            {
                self.unconfirmed_bytes -= length(&oldest);
            }
        }
        Ok(numbered)
    }

    fn seqno(&mut self, is_content: bool) -> i32 {
        let seqno = self.count.wrapping_mul(2) | i32::from(is_content);
        self.count = self.count.wrapping_add(i32::from(is_content));
        seqno
    }

    /// Packs messages for the way: alone, or several in a container. Each is id, number, length and body.
    pub(crate) fn pack(&mut self, messages: Vec<constructors::Message>) -> Result<Vec<Vec<u8>>, CloseReason> {
        let mut packed = Vec::new();
        let mut rest = messages.into_iter().peekable();
        while let Some(first) = rest.next() {
            let mut bytes = length(&first);
            let mut together = vec![first];
            while together.len() < IN_CONTAINER
                && let Some(next) = rest.next_if(|next| bytes + length(next) <= CONTAINER_BYTES)
            {
                bytes += length(&next);
                together.push(next);
            }
            packed.push(self.pack_one(together)?);
        }
        Ok(packed)
    }

    fn pack_one(&mut self, mut together: Vec<constructors::Message>) -> Result<Vec<u8>, CloseReason> {
        let message = match (together.pop(), together.is_empty()) {
            (Some(only), true) => only,
            (last, _) => {
                together.extend(last);
                let container = constructors::MsgContainer { messages: together };
                let body = Object::from_value(&container).map_err(|_| CloseReason::Answer)?;
                constructors::Message { msg_id: self.ids.next(false), seqno: self.seqno(false), body }
            }
        };
        let mut bytes = Vec::with_capacity(16 + length(&message));
        tlgen_runtime::EncodeBare::encode_bare_into(&message, &mut bytes).map_err(|_| CloseReason::Answer)?;
        Ok(bytes)
    }

    /// Forgets a message that the client has confirmed or does not want; and gives it if it was there.
    pub(crate) fn confirm(&mut self, id: i64) -> Option<constructors::Message> {
        let message = self.unconfirmed.remove(&id)?;
        self.unconfirmed_bytes -= length(&message);
        Some(message)
    }

    /// A message that was sent and not confirmed.
    pub(crate) fn unconfirmed(&self, id: i64) -> Option<&constructors::Message> {
        self.unconfirmed.get(&id)
    }
}

/// The bytes of what a message says.
fn length(message: &constructors::Message) -> usize {
    message.body.as_bytes().len()
}

/// The sessions of a server.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    sessions: BTreeMap<(i64, i64), (u64, Session)>,
    /// Grows with each use, to find out what was not used for the longest time.
    clock: u64,
}

/// How many sessions a server knows at once. The one that was not used for the longest time goes.
const SESSIONS: usize = 1024;

impl Sessions {
    /// The session of a key with this number, begun if there is none.
    pub(crate) fn open(&mut self, key: i64, id: i64) -> &mut Session {
        self.clock += 1;
        if self.sessions.len() >= SESSIONS && !self.sessions.contains_key(&(key, id)) {
            let oldest = self.sessions.iter().min_by_key(|(_, (used, _))| *used).map(|(name, _)| *name);
            oldest.and_then(|name| self.sessions.remove(&name));
        }
        let (used, session) = self.sessions.entry((key, id)).or_default();
        *used = self.clock;
        session
    }

    /// The session, if it has begun.
    pub(crate) fn get(&mut self, key: i64, id: i64) -> Option<&mut Session> {
        self.sessions.get_mut(&(key, id)).map(|(_, session)| session)
    }

    /// Forgets a session; whether there was one.
    pub(crate) fn close(&mut self, key: i64, id: i64) -> bool {
        self.sessions.remove(&(key, id)).is_some()
    }

    /// Forgets all sessions of a key.
    pub(crate) fn close_all(&mut self, key: i64) {
        self.sessions.retain(|(of, _), _| *of != key);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.sessions.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tlgen_runtime::{DecodeBare, Encode};

    fn message(session: &mut Session, length: usize) -> constructors::Message {
        session.number(Outgoing::content([&7u32.to_le_bytes()[..], &vec![0; length]].concat())).unwrap()
    }

    #[test]
    fn numbers_count_what_must_be_confirmed() {
        let mut session = Session::default();
        let ping = constructors::Pong { msg_id: 1, ping_id: 2 };
        let service = Outgoing::service(&ping).unwrap();
        assert_eq!(service.body, ping.to_bytes().unwrap());
        let seqnos = [message(&mut session, 0).seqno, session.number(service).unwrap().seqno];
        assert_eq!(seqnos, [1, 2]);
        assert_eq!(message(&mut session, 0).seqno, 3);
        assert_eq!(session.unconfirmed.len(), 2);
        let ids: Vec<i64> = session.unconfirmed.keys().copied().collect();
        assert!(session.confirm(ids[0]).is_some());
        assert!(session.unconfirmed(ids[0]).is_none() && session.unconfirmed(ids[1]).is_some());
    }

    #[test]
    fn several_messages_are_a_container() {
        let mut session = Session::default();
        let messages: Vec<_> = [0, 4, CONTAINER_BYTES, 8].map(|length| message(&mut session, length)).into();
        let packed = session.pack(messages.clone()).unwrap();
        assert_eq!(packed.len(), 3);
        let first = constructors::Message::from_bare_bytes(&packed[0]).unwrap();
        let container: constructors::MsgContainer = first.body.decode().unwrap();
        assert_eq!(container.messages, messages[..2]);
        assert!(first.msg_id > messages[3].msg_id && first.seqno & 1 == 0);
        assert_eq!(constructors::Message::from_bare_bytes(&packed[1]).unwrap(), messages[2]);
    }

    #[test]
    fn sessions_are_bounded() {
        let mut sessions = Sessions::default();
        sessions.open(1, 0).layer = Some(5);
        for id in 1..=i64::try_from(SESSIONS).unwrap() {
            sessions.open(1, id);
            sessions.open(1, 0);
        }
        assert_eq!(sessions.len(), SESSIONS);
        assert_eq!(sessions.open(1, 0).layer, Some(5));
        assert!(sessions.get(1, 1).is_none() && sessions.get(1, 2).is_some());
        assert!(sessions.close(1, 2) && !sessions.close(1, 2));
        sessions.close_all(1);
        assert_eq!(sessions.len(), 0);
    }
}
