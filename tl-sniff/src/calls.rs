//! Messages to calls: each request waits for its answer, and where the sides come one after the other, each answer for its request.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use tlgen_mtproto::{Opened, Side};

use crate::event::{Call, Event, Fault, FaultKind, Message, Outcome};
use crate::message::{self, Answer, Single, What};
use crate::queue::Queue;
use crate::schemas::Schemas;

/// Of how many sessions it is known which layer they speak.
const MAX_SESSIONS: usize = 1 << 12;

/// A session: its key and its number.
type Session = (i64, i64);

/// A message of a session.
type Key = (Session, i64);

/// Where and when a message was seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) connection: u32,
    pub(crate) side: Side,
    pub(crate) time: Duration,
}

/// The calls that wait for answers, and the answers that wait for calls.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    waiting: Queue<Key, Waiting>,
    /// The message that holds a request that waits, and the request: all of a container may be refused at once.
    held: BTreeSet<(Key, i64)>,
    early: Queue<Key, Early>,
    layers: HashMap<Session, u32>,
    sessions: VecDeque<Session>,
}

#[derive(Debug)]
struct Waiting {
    call: Call,
    outer_id: i64,
}

/// What the server has said of a message that was not seen yet.
#[derive(Debug)]
enum Early {
    Answer { seen: Seen, msg_id: i64, schema: usize, answer: Answer },
    Refused { time: Duration, code: i32 },
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
        message::each(opened.msg_id, opened.body, &mut |single| self.single(schemas, seen, session, single, events));
    }

    fn single(
        &mut self,
        schemas: &Schemas<'_>,
        seen: Seen,
        session: Session,
        single: Single<'_>,
        events: &mut VecDeque<Event>,
    ) {
        let layer = self.layers.get(&session).copied();
        let Seen { connection, side, time } = seen;
        let Single { msg_id, outer_id, what } = single;
        let schema = schemas.of_layer(layer);
        let message = |body: &[u8]| Message { connection, side, time, msg_id, schema, body: body.to_vec() };
        match (what, side) {
            (What::Service(body), _) => events.push_back(Event::Service(message(body))),
            (What::Other(body), Side::Server) => events.push_back(Event::Update(message(body))),
            (What::Other(body), Side::Client) => {
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
                self.call((session, msg_id), Waiting { call, outer_id }, events);
            }
            (What::Answer(request, answer), Side::Server) => match self.take((session, request)) {
                Some(call) => events.push_back(answered(call, time, answer)),
                None => {
                    let bytes = answer.bytes.len();
                    self.wait((session, request), bytes, Early::Answer { seen, msg_id, schema, answer }, events);
                }
            },
            (What::Refused(request, code), Side::Server) => {
                let calls = self.refused((session, request));
                if calls.is_empty() {
                    self.wait((session, request), 0, Early::Refused { time, code }, events);
                }
                events.extend(calls.into_iter().map(|call| refused(call, time, code)));
            }
            // Clients neither answer nor refuse.
            (What::Broken | What::Answer(..) | What::Refused(..), _) => {
                let kind = FaultKind::Broken { msg_id };
                events.push_back(Event::Fault(Fault { connection, side, time, kind }));
            }
        }
    }

    /// Nothing comes any more: what waits will not be answered.
    pub(crate) fn end(&mut self, events: &mut VecDeque<Event>) {
        while let Some(key) = self.early.first() {
            events.extend(self.early.remove(&key).and_then(unasked));
        }
        while let Some(key) = self.waiting.first() {
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

    /// Takes a call, which may have been answered already.
    fn call(&mut self, key: Key, waiting: Waiting, events: &mut VecDeque<Event>) {
        // A message that is sent once more is one call.
        if self.waiting.get(&key).is_some() {
            return;
        }
        let outer = (key.0, waiting.outer_id);
        match self.early.remove(&key) {
            Some(Early::Answer { seen, answer, .. }) => {
                return events.push_back(answered(waiting.call, seen.time, answer));
            }
            Some(Early::Refused { time, code }) => return events.push_back(refused(waiting.call, time, code)),
            None => {}
        }
        if let Some(&Early::Refused { time, code }) = self.early.get(&outer) {
            return events.push_back(refused(waiting.call, time, code));
        }
        self.held.insert((outer, key.1));
        self.waiting.insert(key, waiting.call.request.len(), waiting);
        while let Some(oldest) = self.waiting.excess() {
            events.extend(self.take(oldest).map(Event::Call));
        }
    }

    fn wait(&mut self, key: Key, bytes: usize, early: Early, events: &mut VecDeque<Event>) {
        // A second answer does not take the place of the first.
        if self.early.get(&key).is_some() {
            return;
        }
        self.early.insert(key, bytes, early);
        while let Some(oldest) = self.early.excess() {
            events.extend(self.early.remove(&oldest).and_then(unasked));
        }
    }

    fn take(&mut self, key: Key) -> Option<Call> {
        let Waiting { call, outer_id } = self.waiting.remove(&key)?;
        self.held.remove(&((key.0, outer_id), key.1));
        Some(call)
    }

    /// The calls of a message that was refused, which may be a container.
    fn refused(&mut self, outer: Key) -> Vec<Call> {
        let held = self.held.range((outer, i64::MIN)..=(outer, i64::MAX));
        let ids: Vec<i64> = held.map(|(_, id)| *id).chain([outer.1]).collect();
        ids.into_iter().filter_map(|id| self.take((outer.0, id))).collect()
    }
}

fn answered(call: Call, time: Duration, answer: Answer) -> Event {
    let outcome = match answer.error {
        Some((code, message)) => Outcome::Error { code, message, bytes: answer.bytes },
        None => Outcome::Result(answer.bytes),
    };
    Event::Call(Call { answered: Some(time), outcome, ..call })
}

fn refused(call: Call, time: Duration, code: i32) -> Event {
    Event::Call(Call { answered: Some(time), outcome: Outcome::Refused { code }, ..call })
}

/// An answer whose call is not in the capture.
fn unasked(early: Early) -> Option<Event> {
    let Early::Answer { seen: Seen { connection, side, time }, msg_id, schema, answer } = early else { return None };
    Some(Event::Answer(Message { connection, side, time, msg_id, schema, body: answer.bytes }))
}
