//! What is done with the messages of MTProto itself.

use std::io::{Read, Write};
use std::time::Duration;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use tlgen_mtproto::Opened;
use tlgen_runtime::rpc::RpcError;
use tlgen_runtime::{Combinator, DecodeOptions, DecodeOwned, Encode, Object};

use super::received::{Fate, Refusal};
use super::session::{Outgoing, Session};
use super::wrappers;
use crate::call::{Answer, Call, broken};
use crate::clock::{self, unix_time};
use crate::crypto::random_long;
use crate::error::{CloseReason, EnvelopeError};
use crate::generated::mtproto::{constructors as c, functions as f, types};
use crate::salts::{Period, Salts};
use crate::state::Settings;

/// How many messages a container may hold.
const IN_CONTAINER: usize = 1020;

/// What becomes of one encrypted message.
pub(super) struct Incoming<'a> {
    session: &'a mut Session,
    settings: &'a Settings,
    key_id: i64,
    session_id: i64,
    salts: Salts,
    /// What must be confirmed and is not answered at once.
    unanswered: Vec<i64>,
    pub(super) answers: Vec<Outgoing>,
    /// Messages that are sent once more, as they were.
    pub(super) resent: Vec<c::Message>,
    pub(super) calls: Vec<Call>,
    pub(super) effects: Effects,
}

/// What a message changes beyond its session.
#[derive(Default)]
pub(super) struct Effects {
    /// Sessions that are to be forgotten.
    pub(super) destroyed_sessions: Vec<i64>,
    pub(super) destroys_key: bool,
    /// How long the client may be silent from now on.
    pub(super) silence: Option<Duration>,
}

impl<'a> Incoming<'a> {
    pub(super) fn new(
        session: &'a mut Session,
        settings: &'a Settings,
        (key_id, session_id): (i64, i64),
        salts: Salts,
    ) -> Self {
        Self {
            session,
            settings,
            key_id,
            session_id,
            salts,
            unanswered: Vec::new(),
            answers: Vec::new(),
            resent: Vec::new(),
            calls: Vec::new(),
            effects: Effects::default(),
        }
    }

    /// Takes the message that was decrypted.
    pub(super) fn outer(&mut self, opened: &Opened<'_>) -> Result<(), CloseReason> {
        let &Opened { salt, msg_id, seqno, body, .. } = opened;
        if let Some(code) = clock::fault_of(msg_id) {
            return self.bad(msg_id, seqno, code);
        }
        if !self.salts.accept(salt, unix_time()) {
            return self.service(&types::BadMsgNotification::BadServerSalt(c::BadServerSalt {
                bad_msg_id: msg_id,
                bad_msg_seqno: seqno,
                error_code: 48,
                new_server_salt: self.salts.current(unix_time()),
            }));
        }
        let body = Object::try_from(body.to_vec()).map_err(|_| EnvelopeError::Length)?;
        if body.id() != c::MsgContainer::ID {
            self.announce(msg_id)?;
            self.message(c::Message { msg_id, seqno, body })?;
            return self.confirm();
        }
        let container: c::MsgContainer = read(&body)?;
        let holds_one = container.messages.iter().any(|message| message.body.id() == c::MsgContainer::ID);
        if holds_one || container.messages.len() > IN_CONTAINER {
            return self.bad(msg_id, seqno, 64);
        }
        if self.take(msg_id, seqno, Some(false))? {
            self.announce(container.messages.iter().map(|message| message.msg_id).min().unwrap_or(msg_id))?;
            for message in container.messages {
                match clock::fault_of(message.msg_id) {
                    Some(code) => self.bad(message.msg_id, message.seqno, code)?,
                    None => self.message(message)?,
                }
            }
        }
        self.confirm()
    }

    /// Tells the client that the session has begun, once.
    fn announce(&mut self, first_msg_id: i64) -> Result<(), CloseReason> {
        if self.session.is_announced {
            return Ok(());
        }
        self.session.is_announced = true;
        let server_salt = self.salts.current(unix_time());
        let created = c::NewSessionCreated { first_msg_id, unique_id: random_long()?, server_salt };
        let message = Outgoing { is_content: true, is_answer: false, ..Outgoing::service(&created)? };
        self.answers.push(message);
        Ok(())
    }

    /// Confirms what is not answered at once.
    fn confirm(&mut self) -> Result<(), CloseReason> {
        if self.unanswered.is_empty() {
            return Ok(());
        }
        let msg_ids = std::mem::take(&mut self.unanswered);
        self.service(&c::MsgsAck { msg_ids })
    }

    fn service(&mut self, value: &impl Encode) -> Result<(), CloseReason> {
        self.answers.push(Outgoing::service(value)?);
        Ok(())
    }

    fn bad(&mut self, bad_msg_id: i64, bad_msg_seqno: i32, error_code: i32) -> Result<(), CloseReason> {
        self.service(&types::BadMsgNotification::BadMsgNotification(c::BadMsgNotification {
            bad_msg_id,
            bad_msg_seqno,
            error_code,
        }))
    }

    /// Notes a message; whether it is to be worked on.
    fn take(&mut self, msg_id: i64, seqno: i32, is_content: Option<bool>) -> Result<bool, CloseReason> {
        match self.session.received.take(msg_id, seqno, is_content) {
            Ok(()) => return Ok(true),
            Err(Refusal::Code(code)) => self.bad(msg_id, seqno, code)?,
            Err(Refusal::Again(Fate::Answered { id, bytes, .. })) => {
                let info = c::MsgDetailedInfo { msg_id, answer_msg_id: id, bytes, status: 0 };
                self.service(&types::MsgDetailedInfo::MsgDetailedInfo(info))?;
            }
            Err(Refusal::Again(Fate::Noted | Fate::Pending)) => self.unanswered.push(msg_id),
        }
        Ok(false)
    }

    /// Takes one message that is no container.
    fn message(&mut self, message: c::Message) -> Result<(), CloseReason> {
        let c::Message { msg_id, seqno, body } = message;
        let body = if body.id() == c::GzipPacked::ID { self.unpacked(&body)? } else { body };
        let is_content = match body.id() {
            c::MsgsAck::ID => Some(false),
            id if is_service(id) => None,
            _ => Some(true),
        };
        if !self.take(msg_id, seqno, is_content)? {
            return Ok(());
        }
        match body.id() {
            c::MsgsAck::ID => {
                for id in read::<c::MsgsAck>(&body)?.msg_ids {
                    self.session.confirm(id);
                }
                Ok(())
            }
            f::Ping::ID => {
                let f::Ping { ping_id } = read(&body)?;
                self.service(&c::Pong { msg_id, ping_id })
            }
            f::PingDelayDisconnect::ID => {
                let f::PingDelayDisconnect { ping_id, disconnect_delay } = read(&body)?;
                let seconds = u64::try_from(disconnect_delay).unwrap_or(0);
                self.effects.silence = Some(Duration::from_secs(seconds));
                self.service(&c::Pong { msg_id, ping_id })
            }
            f::GetFutureSalts::ID => self.future_salts(msg_id, &read(&body)?),
            f::RpcDropAnswer::ID => self.drop_answer(msg_id, &read(&body)?),
            f::DestroySession::ID => {
                let f::DestroySession { session_id } = read(&body)?;
                self.effects.destroyed_sessions.push(session_id);
                Ok(())
            }
            f::DestroyAuthKey::ID => {
                self.effects.destroys_key = true;
                self.service(&types::DestroyAuthKeyRes::DestroyAuthKeyOk)
            }
            c::MsgsStateReq::ID => self.states(msg_id, &read::<c::MsgsStateReq>(&body)?.msg_ids),
            c::MsgResendReq::ID => self.resend(msg_id, &read::<c::MsgResendReq>(&body)?.msg_ids),
            c::MsgResendAnsReq::ID => self.resend_answers(msg_id, &read::<c::MsgResendAnsReq>(&body)?.msg_ids),
            // What the client tells of messages changes nothing here.
            c::MsgsStateInfo::ID | c::MsgsAllInfo::ID | c::HttpWait::ID => Ok(()),
            _ => self.call(msg_id, body.into_bytes()),
        }
    }

    fn unpacked(&self, body: &Object) -> Result<Object, CloseReason> {
        let packed: c::GzipPacked = read(body)?;
        let limit = self.settings.max_unpacked;
        let mut bytes = Vec::new();
        let unpacked = GzDecoder::new(&packed.packed_data[..]).take(limit as u64 + 1).read_to_end(&mut bytes);
        if unpacked.is_err() || bytes.len() > limit {
            return Err(EnvelopeError::Packed.into());
        }
        let body = Object::try_from(bytes).map_err(|_| EnvelopeError::Packed)?;
        if matches!(body.id(), c::GzipPacked::ID | c::MsgContainer::ID) {
            return Err(EnvelopeError::Nested.into());
        }
        Ok(body)
    }

    fn call(&mut self, msg_id: i64, body: Vec<u8>) -> Result<(), CloseReason> {
        match wrappers::unwrap(body, self.session) {
            Ok(Some(unwrapped)) => {
                self.session.received.set_fate(msg_id, Fate::Pending);
                self.unanswered.push(msg_id);
                self.calls.push(Call {
                    body: unwrapped.body,
                    layer: self.session.layer,
                    client: self.session.client.clone(),
                    key_id: self.key_id,
                    session_id: self.session_id,
                    msg_id,
                    after: unwrapped.after,
                });
                Ok(())
            }
            Ok(None) | Err(_) => {
                let body = result(msg_id, Err(broken()), self.settings)?;
                self.answers.push(Outgoing::content(body));
                Ok(())
            }
        }
    }

    fn future_salts(&mut self, req_msg_id: i64, request: &f::GetFutureSalts) -> Result<(), CloseReason> {
        let now = unix_time();
        let coming = self.salts.coming(request.num, now).into_iter();
        let salts = coming.map(|Period { since, until, salt }| c::FutureSalt::new(since, until, salt)).collect();
        self.service(&c::FutureSalts { req_msg_id, now, salts })
    }

    fn drop_answer(&mut self, msg_id: i64, request: &f::RpcDropAnswer) -> Result<(), CloseReason> {
        let dropped = match self.session.received.fate(request.req_msg_id) {
            Some(Fate::Pending) => {
                self.session.received.set_fate(request.req_msg_id, Fate::Noted);
                types::RpcDropAnswer::RpcAnswerDroppedRunning
            }
            Some(Fate::Answered { id, bytes, .. }) => match self.session.confirm(id) {
                Some(c::Message { msg_id, seqno, .. }) => {
                    types::RpcDropAnswer::RpcAnswerDropped(c::RpcAnswerDropped { msg_id, seq_no: seqno, bytes })
                }
                None => types::RpcDropAnswer::RpcAnswerUnknown,
            },
            _ => types::RpcDropAnswer::RpcAnswerUnknown,
        };
        let answer = dropped.to_bytes().map_err(|_| CloseReason::Answer)?;
        let body = result(msg_id, Ok(answer), self.settings)?;
        self.answers.push(Outgoing::content(body));
        Ok(())
    }

    fn states(&mut self, req_msg_id: i64, ids: &[i64]) -> Result<(), CloseReason> {
        let info = ids.iter().map(|id| self.session.received.state(*id)).collect();
        self.service(&c::MsgsStateInfo { req_msg_id, info })
    }

    /// Sends messages once more; if one of them is not there any more, tells the states of all.
    fn resend(&mut self, req_msg_id: i64, ids: &[i64]) -> Result<(), CloseReason> {
        let known: Vec<c::Message> = ids.iter().filter_map(|id| self.session.unconfirmed(*id).cloned()).collect();
        let is_short = known.len() < ids.len();
        self.resent.extend(known);
        if is_short { self.states(req_msg_id, ids) } else { Ok(()) }
    }

    fn resend_answers(&mut self, req_msg_id: i64, ids: &[i64]) -> Result<(), CloseReason> {
        let answer = |id: &i64| match self.session.received.fate(*id) {
            Some(Fate::Answered { id, .. }) => self.session.unconfirmed(id).cloned(),
            _ => None,
        };
        let known: Vec<c::Message> = ids.iter().filter_map(answer).collect();
        let is_short = known.len() < ids.len();
        self.resent.extend(known);
        if is_short { self.states(req_msg_id, ids) } else { Ok(()) }
    }
}

/// Whether a value is of MTProto itself.
fn is_service(id: u32) -> bool {
    crate::generated::mtproto::NAMES.binary_search_by_key(&id, |(id, _)| *id).is_ok()
}

/// A value of MTProto. Clients need not be exact.
fn read<T: DecodeOwned>(body: &Object) -> Result<T, CloseReason> {
    let read = DecodeOptions::new().lenient().from_bytes(body.as_bytes());
    read.map_err(|error| EnvelopeError::Service(error).into())
}

/// What a client gets when it has asked for a session to be forgotten.
pub(super) fn session_destroyed(session_id: i64, was_there: bool) -> Result<Outgoing, CloseReason> {
    Outgoing::service(&if was_there {
        types::DestroySessionRes::DestroySessionOk(c::DestroySessionOk { session_id })
    } else {
        types::DestroySessionRes::DestroySessionNone(c::DestroySessionNone { session_id })
    })
}

/// The body of the message with an answer.
pub(super) fn result(req_msg_id: i64, answer: Answer, settings: &Settings) -> Result<Vec<u8>, CloseReason> {
    let bytes = match answer {
        Ok(bytes) => bytes,
        Err(RpcError { code, text }) => {
            let error = c::RpcError { error_code: code, error_message: text };
            error.to_bytes().map_err(|_| CloseReason::Answer)?
        }
    };
    let bytes = match settings.pack_from {
        Some(least) if bytes.len() >= least => packed(bytes),
        _ => bytes,
    };
    let result = Object::try_from(bytes).map_err(|_| CloseReason::Answer)?;
    c::RpcResult { req_msg_id, result }.to_bytes().map_err(|_| CloseReason::Answer)
}

/// The bytes packed, if that is shorter.
fn packed(bytes: Vec<u8>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(&bytes).and_then(|()| encoder.finish());
    let packed = written.ok().and_then(|packed_data| c::GzipPacked { packed_data }.to_bytes().ok());
    match packed {
        Some(packed) if packed.len() < bytes.len() => packed,
        _ => bytes,
    }
}
