//! One connection: bytes of the client go in; bytes for the client and calls come out. Nothing here waits, reads or writes.

mod received;
mod service;
mod session;
mod wrappers;

use std::sync::Arc;
use std::time::Duration;

use tlgen_mtproto::{Frame, Link, OpenError, Side, TransportKind, part};
use tlgen_runtime::rpc::RpcError;

use crate::call::{Answer, Call};
use crate::clock::{Ids, unix_time};
use crate::crypto;
use crate::error::{CloseReason, EnvelopeError};
use crate::generated::mtproto::constructors;
use crate::handshake::Handshake;
use crate::state::{Keyed, Shared};

use self::received::Fate;
use self::service::Incoming;
pub(crate) use self::session::Sessions;
use self::session::{Outgoing, Session};

/// Transport errors: the negative of a code like those of HTTP.
const NOT_FOUND: i32 = -404;

/// A connection.
pub(crate) struct Connection {
    shared: Arc<Shared>,
    link: Link,
    handshake: Handshake,
    /// The ids of messages that are not encrypted.
    plain_ids: Ids,
    output: Vec<u8>,
    calls: Vec<Call>,
    /// Calls that wait for answers to others.
    waiting: Vec<Call>,
    /// How many calls were given out and are not answered.
    open_calls: usize,
    silence: Option<Duration>,
}

impl Connection {
    pub(crate) fn new(shared: Arc<Shared>) -> Self {
        let link = Link::new(shared.settings.max_frame);
        Self {
            shared,
            link,
            handshake: Handshake::default(),
            plain_ids: Ids::default(),
            output: Vec::new(),
            calls: Vec::new(),
            waiting: Vec::new(),
            open_calls: 0,
            silence: None,
        }
    }

    /// Takes bytes of the client.
    ///
    /// # Errors
    /// Why the connection must end. What is to be sent before that is in the output.
    pub(crate) fn receive(&mut self, bytes: &[u8]) -> Result<(), CloseReason> {
        self.link.receive(bytes);
        while let Some(frame) = self.link.next_frame()? {
            let result = self.frame(frame);
            if let Err(CloseReason::Envelope(_) | CloseReason::Handshake(_)) = result {
                self.link.send_error(NOT_FOUND, &mut self.output)?;
            }
            result?;
        }
        Ok(())
    }

    /// The bytes that are to be sent.
    pub(crate) fn take_output(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.output)
    }

    /// The calls that are to be answered.
    pub(crate) fn take_calls(&mut self) -> Vec<Call> {
        std::mem::take(&mut self.calls)
    }

    /// How long the client may be silent from now on, if it has said that itself.
    pub(crate) fn silence(&self) -> Option<Duration> {
        self.silence
    }

    /// What the client speaks, and whether it is obfuscated.
    pub(crate) fn transport(&self) -> Option<(TransportKind, bool)> {
        self.link.kind()
    }

    /// Why the connection has ended when the client has closed it.
    pub(crate) fn end(&self) -> CloseReason {
        if self.link.is_within_frame() { CloseReason::EndedWithinFrame } else { CloseReason::Ended }
    }

    fn frame(&mut self, frame: Frame) -> Result<(), CloseReason> {
        let key_id = i64::from_le_bytes(part(&frame.payload, 0));
        if key_id == 0 { self.plain(&frame) } else { self.encrypted(key_id, frame) }
    }

    /// A message that is not encrypted: id of the key, id, length, body.
    fn plain(&mut self, frame: &Frame) -> Result<(), CloseReason> {
        let (head, body) = frame.payload.split_at_checked(20).ok_or(EnvelopeError::Length)?;
        let length = usize::try_from(u32::from_le_bytes(part(head, 16))).map_err(|_| EnvelopeError::Length)?;
        let padding = body.len().checked_sub(length).ok_or(EnvelopeError::Length)?;
        if padding > if frame.is_padded { 15 } else { 0 } {
            return Err(EnvelopeError::Length.into());
        }
        let shared = Arc::clone(&self.shared);
        let step = self.handshake.step(&body[..length], |id| shared.state().key(id).is_some())?;
        if let Some((key, salt)) = step.key {
            shared.state().add_made_key(key, salt);
        }
        if step.answer.is_empty() {
            return Ok(());
        }
        let mut payload = vec![0; 8];
        payload.extend_from_slice(&self.plain_ids.next(true).to_le_bytes());
        payload.extend_from_slice(&u32::try_from(step.answer.len()).map_err(|_| CloseReason::Answer)?.to_le_bytes());
        payload.extend_from_slice(&step.answer);
        Ok(self.link.send(&payload, &mut self.output)?)
    }

    fn encrypted(&mut self, key_id: i64, mut frame: Frame) -> Result<(), CloseReason> {
        let shared = Arc::clone(&self.shared);
        let mut state = shared.state();
        let keyed = state.key(key_id).ok_or(EnvelopeError::UnknownKey { id: key_id })?.clone();
        if frame.is_padded && frame.payload.len() > 24 {
            let encrypted = frame.payload.len() - 24;
            frame.payload.truncate(24 + encrypted - encrypted % 16);
        }
        let opened = keyed.key.open(Side::Client, &mut frame.payload).map_err(|error| match error {
            OpenError::Length => EnvelopeError::Length,
            OpenError::MessageKey => EnvelopeError::MessageKey,
            // What is no other fault is one of the padding.
            _ => EnvelopeError::Padding,
        })?;
        if frame.wants_quick_ack {
            self.link.send_quick_ack(opened.quick_ack, &mut self.output);
        }
        let session_id = opened.session_id;
        let mut incoming =
            Incoming::new(state.sessions.open(key_id, session_id), &shared.settings, (key_id, session_id), keyed.salts);
        incoming.outer(&opened)?;
        let Incoming { mut answers, calls, resent, effects, .. } = incoming;
        for id in effects.destroyed_sessions {
            let was_there = id != session_id && state.sessions.close(key_id, id);
            answers.push(service::session_destroyed(id, was_there)?);
        }
        let session = state.sessions.open(key_id, session_id);
        let mut messages = number_all(session, answers)?;
        messages.extend(resent);
        self.send(session, &keyed, session_id, messages)?;
        if effects.destroys_key {
            state.remove_key(key_id);
            return Err(CloseReason::KeyDestroyed);
        }
        self.silence = effects.silence.or(self.silence);
        drop(state);
        for call in calls {
            if self.open_calls + self.waiting.len() >= shared.settings.max_calls {
                self.answer(&call, Err(RpcError::new(500, "WORKER_BUSY_TOO_LONG_RETRY")))?;
            } else {
                self.waiting.push(call);
            }
        }
        self.release()
    }

    /// Encrypts messages and puts them into the output.
    fn send(
        &mut self,
        session: &mut Session,
        keyed: &Keyed,
        session_id: i64,
        messages: Vec<constructors::Message>,
    ) -> Result<(), CloseReason> {
        let salt = keyed.salts.current(unix_time());
        for message in session.pack(messages)? {
            let mut plain = Vec::with_capacity(16 + message.len() + 32);
            plain.extend_from_slice(&salt.to_le_bytes());
            plain.extend_from_slice(&session_id.to_le_bytes());
            plain.extend_from_slice(&message);
            self.link.send(&keyed.key.seal(Side::Server, plain, &crypto::random()?), &mut self.output)?;
        }
        Ok(())
    }

    /// Answers a call that [`Connection::take_calls`] gave out. Nothing happens if the client does not want the answer any more.
    pub(crate) fn finish(&mut self, call: &Call, answer: Answer) -> Result<(), CloseReason> {
        self.open_calls = self.open_calls.saturating_sub(1);
        self.answer(call, answer)?;
        self.release()
    }

    fn answer(&mut self, call: &Call, answer: Answer) -> Result<(), CloseReason> {
        let shared = Arc::clone(&self.shared);
        let mut state = shared.state();
        let Some(keyed) = state.key(call.key_id).cloned() else { return Ok(()) };
        let Some(session) = state.sessions.get(call.key_id, call.session_id) else { return Ok(()) };
        if session.received.fate(call.msg_id) != Some(Fate::Pending) {
            return Ok(());
        }
        let is_error = answer.is_err();
        let body = service::result(call.msg_id, answer, &shared.settings)?;
        let bytes = i32::try_from(body.len()).map_err(|_| CloseReason::Answer)?;
        let message = session.number(Outgoing::content(body))?;
        session.received.set_fate(call.msg_id, Fate::Answered { id: message.msg_id, bytes, is_error });
        self.send(session, &keyed, call.session_id, vec![message])
    }

    /// Gives out the calls that wait for nothing any more, and refuses those that wait in vain.
    fn release(&mut self) -> Result<(), CloseReason> {
        loop {
            let shared = Arc::clone(&self.shared);
            let mut refused = Vec::new();
            for mut call in std::mem::take(&mut self.waiting) {
                let mut state = shared.state();
                let session = state.sessions.get(call.key_id, call.session_id);
                let fate = |id: i64| session.as_ref().and_then(|session| session.received.fate(id));
                let has_failed = call.after.iter().any(|id| match fate(*id) {
                    None | Some(Fate::Noted) => true,
                    Some(Fate::Answered { is_error, .. }) => is_error,
                    Some(Fate::Pending) => false,
                });
                call.after.retain(|id| fate(*id) == Some(Fate::Pending));
                match (has_failed, call.after.is_empty()) {
                    (true, _) => refused.push(call),
                    (false, true) => {
                        self.open_calls += 1;
                        self.calls.push(call);
                    }
                    (false, false) => self.waiting.push(call),
                }
            }
            if refused.is_empty() {
                return Ok(());
            }
            for call in refused {
                self.answer(&call, Err(RpcError::new(400, "MSG_WAIT_FAILED")))?;
            }
        }
    }
}

fn number_all(session: &mut Session, messages: Vec<Outgoing>) -> Result<Vec<constructors::Message>, CloseReason> {
    messages.into_iter().map(|message| session.number(message)).collect()
}
