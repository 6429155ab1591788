//! Packets to events: the connections of a capture.

use core::net::{Ipv4Addr, SocketAddr};
use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use tlgen_mtproto::Side;

use crate::calls::{Calls, Seen};
use crate::capture::Packet;
use crate::event::{Connection, Event, Fault, FaultKind};
use crate::keys::KeyLog;
use crate::packet::{Segment, segment};
use crate::reassembly::{Direction, Piece};
use crate::schemas::Schemas;
use crate::wire::{Found, Wire};

/// How many connections are open at once. The oldest goes.
const MAX_CONNECTIONS: usize = 1 << 12;

/// Makes events of packets. Its memory is bounded, however long the capture is.
///
/// ```
/// use tlgen_mtproto::{AuthKey, Side};
/// use tlgen_parser::source::Sources;
/// use tlgen_sniff::{Event, KeyLog, Outcome, Schemas, Sniffer};
///
/// let mut sources = Sources::new();
/// let file = sources.add("dice.tl", "dice#00000001 eyes:int = Dice; ---functions--- roll#00000002 = Dice;");
/// let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
/// let schemas = Schemas::new([(None, &schema)]);
/// let mut sniffer = Sniffer::new(&schemas, KeyLog::parse(&KeyLog::line(2, &[7; 256]))?);
///
/// // What a client and a server send: a mark of the transport, then lengths in words and messages. A message has salt, session,
/// // id, number, length and body before it is encrypted.
/// let frame = |side: Side, msg_id: i64, body: &[u8]| {
///     let head = [&[0; 16][..], &msg_id.to_le_bytes(), &[1, 0, 0, 0], &(body.len() as u32).to_le_bytes()].concat();
///     let sealed = AuthKey::new([7; 256]).seal(side, [&head, body].concat(), &[9; 32]);
///     [&[(sealed.len() / 4) as u8][..], &sealed].concat()
/// };
/// sniffer.bytes(Side::Client, b"\xef", Default::default());
/// sniffer.bytes(Side::Client, &frame(Side::Client, 8, b"\x02\0\0\0"), Default::default());
/// let result = [&b"\x01\x6d\x5c\xf3"[..], &8i64.to_le_bytes(), b"\x01\0\0\0\x05\0\0\0"].concat();
/// sniffer.bytes(Side::Server, &frame(Side::Server, 9, &result), Default::default());
///
/// let Some(Event::Connection(connection)) = sniffer.next_event() else { panic!() };
/// let Some(Event::Call(call)) = sniffer.next_event() else { panic!() };
/// let Outcome::Result(result) = &call.outcome else { panic!() };
/// assert_eq!(schemas.codec(0).by_name("roll"), call.function);
/// let tlgen_dynamic::Value::Object(dice) = schemas.result(&call, result)? else { panic!() };
/// assert_eq!(dice.fields, [Some(tlgen_dynamic::Value::Int(5))]);
/// // Calls that wait for an answer wait until the end.
/// sniffer.bytes(Side::Client, &frame(Side::Client, 12, b"\x02\0\0\0"), Default::default());
/// assert_eq!(sniffer.next_event(), None);
/// sniffer.end();
/// let Some(Event::Call(call)) = sniffer.next_event() else { panic!() };
/// assert_eq!(call.outcome, Outcome::Unanswered);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Sniffer<'s> {
    schemas: &'s Schemas<'s>,
    keys: KeyLog,
    calls: Calls,
    flows: HashMap<(SocketAddr, SocketAddr), Flow>,
    /// The streams that are no packets.
    plain: Option<Flow>,
    connections: u32,
    time: Duration,
    events: VecDeque<Event>,
}

/// A connection of TCP.
#[derive(Debug)]
struct Flow {
    number: u32,
    client: SocketAddr,
    server: SocketAddr,
    from_client: Direction,
    from_server: Direction,
    has_ended: [bool; 2],
    wire: Wire,
}

impl Flow {
    fn new(number: u32, client: SocketAddr, server: SocketAddr, begins: bool) -> Self {
        let (from_client, from_server) = (Direction::default(), Direction::default());
        Self { number, client, server, from_client, from_server, has_ended: [false; 2], wire: Wire::new(begins) }
    }
}

impl<'s> Sniffer<'s> {
    /// Reads by these schemas and keys.
    #[must_use]
    pub fn new(schemas: &'s Schemas<'s>, keys: KeyLog) -> Self {
        Self {
            schemas,
            keys,
            calls: Calls::default(),
            flows: HashMap::new(),
            plain: None,
            connections: 0,
            time: Duration::ZERO,
            events: VecDeque::new(),
        }
    }

    /// The next event.
    pub fn next_event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// Takes a packet. What has no segment of TCP is passed over.
    pub fn packet(&mut self, packet: &Packet<'_>) {
        if let Some(segment) = segment(packet) {
            self.time = packet.time;
            self.segment(&segment);
        }
    }

    /// Takes bytes of a connection that is not in packets, in the order in which they were sent. There is one such connection.
    pub fn bytes(&mut self, side: Side, bytes: &[u8], time: Duration) {
        self.time = time;
        let nobody = SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0));
        let mut flow = self.plain.take().unwrap_or_else(|| Flow::new(0, nobody, nobody, true));
        self.piece(&mut flow, side, &Piece::Bytes(bytes));
        self.plain = Some(flow);
    }

    /// Nothing comes any more. What waits becomes events.
    pub fn end(&mut self) {
        let mut flows: Vec<Flow> = std::mem::take(&mut self.flows).into_values().collect();
        flows.sort_by_key(|flow| flow.number);
        flows.extend(self.plain.take());
        for flow in flows {
            self.close(flow);
        }
        self.calls.end(&mut self.events);
    }

    fn segment(&mut self, segment: &Segment<'_>) {
        let (there, back) = ((segment.from, segment.to), (segment.to, segment.from));
        let mut key = if self.flows.contains_key(&back) { back } else { there };
        if segment.syn && !segment.ack {
            // The same again, or another connection between the same ports.
            let is_new = self.flows.get(&key).is_none_or(|flow| key != there || flow.from_server.has_begun());
            if is_new {
                if let Some(flow) = self.flows.remove(&key) {
                    self.close(flow);
                }
                key = there;
                self.open(key, true);
            }
        } else if !self.flows.contains_key(&key) {
            if segment.data.is_empty() && !segment.syn {
                return;
            }
            // Its beginning is not in the capture, so nobody knows who has called whom. Servers have the lower ports.
            let is_client = segment.from.port() >= segment.to.port() && !segment.syn;
            key = if is_client { there } else { back };
            self.open(key, false);
        }
        let Some(mut flow) = self.flows.remove(&key) else { return };
        let side = if key == there { Side::Client } else { Side::Server };
        if self.take(&mut flow, side, segment) {
            self.close(flow);
        } else {
            self.flows.insert(key, flow);
        }
    }

    fn open(&mut self, key: (SocketAddr, SocketAddr), begins: bool) {
        if self.flows.len() >= MAX_CONNECTIONS {
            let oldest = self.flows.iter().min_by_key(|(_, flow)| flow.number).map(|(key, _)| *key);
            if let Some(flow) = oldest.and_then(|oldest| self.flows.remove(&oldest)) {
                self.close(flow);
            }
        }
        self.connections += 1;
        self.flows.insert(key, Flow::new(self.connections, key.0, key.1, begins));
    }

    /// Takes a segment; whether it is the last of its connection.
    fn take(&mut self, flow: &mut Flow, side: Side, segment: &Segment<'_>) -> bool {
        let mut direction = std::mem::take(flow.direction(side));
        let sequence = segment.sequence.wrapping_add(u32::from(segment.syn));
        if segment.syn {
            direction.begin(sequence);
        }
        // One that does not fit is of an older connection, or of somebody who wants the calls not to be seen.
        let is_reset = segment.rst && direction.is_near(segment.sequence);
        if segment.rst && !is_reset {
            *flow.direction(side) = direction;
            return false;
        }
        direction.segment(sequence, segment.data, segment.cut, |piece| self.piece(flow, side, &piece));
        *flow.direction(side) = direction;
        if segment.fin {
            flow.has_ended[usize::from(side == Side::Server)] = true;
        }
        is_reset || flow.has_ended == [true; 2]
    }

    fn close(&mut self, mut flow: Flow) {
        for side in [Side::Client, Side::Server] {
            let mut direction = std::mem::take(flow.direction(side));
            direction.end(|piece| self.piece(&mut flow, side, &piece));
        }
        let Self { schemas, keys, calls, events, time, .. } = self;
        let Flow { number, client, server, mut wire, .. } = flow;
        let mut tell = Teller { schemas, calls, events, number, client, server, time: *time };
        wire.end(keys, |side, found| tell.found(side, &found));
    }

    fn piece(&mut self, flow: &mut Flow, side: Side, piece: &Piece<'_>) {
        let Self { schemas, keys, calls, events, time, .. } = self;
        let Flow { number, client, server, wire, .. } = flow;
        let (number, client, server) = (*number, *client, *server);
        let mut tell = Teller { schemas, calls, events, number, client, server, time: *time };
        wire.receive(side, piece, keys, |side, found| tell.found(side, &found));
    }
}

impl Flow {
    fn direction(&mut self, side: Side) -> &mut Direction {
        match side {
            Side::Client => &mut self.from_client,
            Side::Server => &mut self.from_server,
        }
    }
}

/// Makes events of what is found in a connection.
struct Teller<'a, 's> {
    schemas: &'a Schemas<'s>,
    calls: &'a mut Calls,
    events: &'a mut VecDeque<Event>,
    number: u32,
    client: SocketAddr,
    server: SocketAddr,
    time: Duration,
}

impl Teller<'_, '_> {
    fn found(&mut self, side: Side, found: &Found<'_>) {
        let (connection, time) = (self.number, self.time);
        let fault = |kind| Event::Fault(Fault { connection, side, time, kind });
        let event = match *found {
            Found::Message(key_id, ref opened) => {
                let seen = Seen { connection, side, time };
                return self.calls.message(self.schemas, seen, key_id, opened, self.events);
            }
            Found::Transport(transport, is_obfuscated) => Event::Connection(Connection {
                number: self.number,
                client: self.client,
                server: self.server,
                transport,
                is_obfuscated,
                is_incomplete: false,
            }),
            Found::Middle(transport, is_swapped) => {
                let (client, server) = (self.client, self.server);
                let (client, server) = if is_swapped { (server, client) } else { (client, server) };
                let (number, is_obfuscated, is_incomplete) = (self.number, false, true);
                Event::Connection(Connection { number, client, server, transport, is_obfuscated, is_incomplete })
            }
            Found::Error(code) => fault(FaultKind::Transport { code }),
            Found::UnknownKey(id) => fault(FaultKind::UnknownKey { id }),
            Found::Lost(offset, bytes) => fault(FaultKind::Lost { offset, bytes }),
        };
        self.events.push_back(event);
    }
}
