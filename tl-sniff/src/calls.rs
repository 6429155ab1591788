//! Messages to calls: each request waits for its answer.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tlgen_mtproto::{Opened, Side};

use crate::event::{Call, Event, Fault, FaultKind, Message, Outcome};
use crate::message::{self, Answer, What};
use crate::schemas::Schemas;

/// How many requests wait for answers, and how many bytes they have. The oldest goes.
const MAX_WAITING: usize = 1 << 16;
const MAX_WAITING_BYTES: usize = 1 << 26;

/// Of how many sessions it is known which layer they speak.
const MAX_SESSIONS: usize = 1 << 12;

/// A session: its key and its number.
type Session = (i64, i64);

/// Where and when a message was seen.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) connection: u32,
    pub(crate) side: Side,
    pub(crate) time: Duration,
}

/// The calls that wait for answers.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    waiting: HashMap<(Session, i64), Waiting>,
    order: VecDeque<(Session, i64)>,
    bytes: usize,
    layers: HashMap<Session, u32>,
    sessions: VecDeque<Session>,
}

#[derive(Debug)]
struct Waiting {
    call: Call,
    outer_id: i64,
}

impl Calls {
    /// Takes a message that was decrypted with the key `key_id`.
    pub(crate) fn message(
        &mut self,
        schemas: &Schemas<'_>,
        seen: Seen,
        key_id: i64,
        opened: &Opened<'_>,
        events: &mut VecDeque<Event>,
    ) {
        let session = (key_id, opened.session_id);
        message::each(opened.msg_id, opened.body, &mut |single| {
            let layer = self.layers.get(&session).copied();
            let Seen { connection, side, time } = seen;
            let msg_id = single.msg_id;
            let message = |body: &[u8]| Message {
                connection,
                side,
                time,
                msg_id,
                schema: schemas.of_layer(layer),
                body: body.to_vec(),
            };
            match single.what {
                What::Broken => {
                    events.push_back(Event::Fault(Fault {
                        connection,
                        side,
                        time,
                        kind: FaultKind::Broken { msg_id },
                    }));
                }
                What::Service(body) => events.push_back(Event::Service(message(body))),
                What::Other(body) if side == Side::Server => events.push_back(Event::Update(message(body))),
                What::Other(body) => {
                    let inner = schemas.inner(body, layer);
                    if let Some(layer) = inner.layer {
                        self.speaks(session, layer);
                    }
                    let call = Call {
                        connection,
                        msg_id,
                        sent: time,
                        answered: None,
                        layer: inner.layer,
                        schema: inner.schema,
                        function: inner.function,
                        request: inner.bytes.unwrap_or_else(|| body.to_vec()),
                        outcome: Outcome::Unanswered,
                    };
                    self.wait((session, msg_id), Waiting { call, outer_id: single.outer_id }, events);
                }
                What::Answer(request, answer) => match (self.take((session, request)), answer) {
                    (Some(call), answer) => {
                        let outcome = match answer {
                            Answer::Result(bytes) => Outcome::Result(bytes),
                            Answer::Error(code, message) => Outcome::Error { code, message },
                        };
                        events.push_back(Event::Call(Call { answered: Some(time), outcome, ..call }));
                    }
                    (None, Answer::Result(bytes)) => events.push_back(Event::Answer(message(&bytes))),
                    (None, Answer::Error(..)) => events.push_back(Event::Answer(message(&[]))),
                },
                What::Refused(request, code) => {
                    for key in self.refused(session, request) {
                        if let Some(call) = self.take(key) {
                            let outcome = Outcome::Refused { code };
                            events.push_back(Event::Call(Call { answered: Some(time), outcome, ..call }));
                        }
                    }
                }
            }
        });
    }

    /// Nothing comes any more: what waits will not be answered.
    pub(crate) fn end(&mut self, events: &mut VecDeque<Event>) {
        for key in std::mem::take(&mut self.order) {
            events.extend(self.take(key).map(Event::Call));
        }
    }

    fn speaks(&mut self, session: Session, layer: u32) {
        if self.layers.insert(session, layer).is_none() {
            self.sessions.push_back(session);
            if self.sessions.len() > MAX_SESSIONS
                && let Some(oldest) = self.sessions.pop_front()
            {
                self.layers.remove(&oldest);
            }
        }
    }

    fn wait(&mut self, key: (Session, i64), waiting: Waiting, events: &mut VecDeque<Event>) {
        // A message that is sent once more is one call.
        if self.waiting.contains_key(&key) {
            return;
        }
        self.bytes += waiting.call.request.len();
        self.waiting.insert(key, waiting);
        self.order.push_back(key);
        while self.waiting.len() > MAX_WAITING || self.bytes > MAX_WAITING_BYTES {
            let Some(oldest) = self.order.pop_front() else { break };
            events.extend(self.take(oldest).map(Event::Call));
        }
        // What was answered leaves its place in the order.
        if self.order.len() > 2 * self.waiting.len() + 1024 {
            self.order.retain(|key| self.waiting.contains_key(key));
        }
    }

    fn take(&mut self, key: (Session, i64)) -> Option<Call> {
        let Waiting { call, .. } = self.waiting.remove(&key)?;
        self.bytes -= call.request.len();
        Some(call)
    }

    /// The calls of a message that was refused, which may be a container.
    fn refused(&self, session: Session, id: i64) -> Vec<(Session, i64)> {
        let is_of = |key: &&(Session, i64)| {
            key.0 == session && self.waiting.get(key).is_some_and(|waiting| waiting.outer_id == id || key.1 == id)
        };
        self.order.iter().filter(is_of).copied().collect()
    }
}
