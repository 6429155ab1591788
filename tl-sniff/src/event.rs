//! What is told of a capture.

use core::net::SocketAddr;
use std::time::Duration;

use tlgen_model::schema::CombinatorIdx;
use tlgen_mtproto::{Side, TransportKind};

/// What has happened on a connection. Times are those of the packets, since the beginning of 1970.
///
/// ```
/// use tlgen_sniff::Event;
///
/// fn calls(events: &[Event]) -> usize {
///     events.iter().filter(|event| matches!(event, Event::Call(_))).count()
/// }
/// assert_eq!(calls(&[]), 0);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// It is known what a connection speaks.
    Connection(Connection),
    /// A call, once it is answered or will not be.
    Call(Call),
    /// The server tells something that nobody has asked for.
    Update(Message),
    /// Something about messages: confirmations, pings, salts, sessions.
    Service(Message),
    /// The answer to a call that is not in the capture. As the call may still come, it is told at the end, or once many of them wait.
    Answer(Message),
    /// Something cannot be read.
    Fault(Fault),
}

/// What a connection speaks.
///
/// ```
/// use tlgen_sniff::Connection;
///
/// fn name(connection: &Connection) -> String {
///     format!("{} to {}, {}", connection.client, connection.server, connection.transport)
/// }
/// # let _ = name;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Connection {
    /// Its number, from 1 in the order in which they begin; 0 for plain streams.
    pub number: u32,
    /// The client; not specified for plain streams.
    pub client: SocketAddr,
    /// The server.
    pub server: SocketAddr,
    /// How messages are cut out of it.
    pub transport: TransportKind,
    /// Whether it is obfuscated.
    pub is_obfuscated: bool,
    /// Whether its beginning is not in the capture.
    pub is_incomplete: bool,
}

/// A call and what became of it.
///
/// ```
/// use tlgen_sniff::{Call, Outcome};
///
/// fn milliseconds(call: &Call) -> Option<u128> {
///     call.answered.map(|answered| answered.saturating_sub(call.sent).as_millis())
/// }
/// # let _ = milliseconds;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The connection on which it was sent.
    pub connection: u32,
    /// The id of its message.
    pub msg_id: i64,
    /// When it was sent.
    pub sent: Duration,
    /// When it was answered.
    pub answered: Option<Duration>,
    /// The layer of the session, as far as its client has said it.
    pub layer: Option<u32>,
    /// The schema that reads it, as an index.
    pub schema: usize,
    /// The function, if the schema has it.
    pub function: Option<CombinatorIdx>,
    /// The request without what is wrapped around it.
    pub request: Vec<u8>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a call.
///
/// ```
/// use tlgen_sniff::Outcome;
///
/// let outcome = Outcome::Error { code: 420, message: "FLOOD_WAIT_3".into(), bytes: vec![] };
/// assert_ne!(outcome, Outcome::Unanswered);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// The bytes of its result, unpacked.
    Result(Vec<u8>),
    /// An error of the API.
    Error {
        /// Its code.
        code: i32,
        /// Its text, as the server has sent it.
        message: String,
        /// Its bytes, unpacked: a `rpc_error`.
        bytes: Vec<u8>,
    },
    /// The message was not accepted, for example because its salt was old. Clients send it again.
    Refused {
        /// The number of the reason, as in `bad_msg_notification`.
        code: i32,
    },
    /// The capture has no answer.
    Unanswered,
}

/// A message that is no call.
///
/// ```
/// use tlgen_sniff::{Message, Side};
///
/// fn is_of_server(message: &Message) -> bool {
///     message.side == Side::Server
/// }
/// # let _ = is_of_server;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The connection.
    pub connection: u32,
    /// Who has sent it.
    pub side: Side,
    /// When.
    pub time: Duration,
    /// Its id.
    pub msg_id: i64,
    /// The schema that reads it, as an index.
    pub schema: usize,
    /// Its bytes.
    pub body: Vec<u8>,
}

/// Something that cannot be read.
///
/// ```
/// use tlgen_sniff::{Fault, FaultKind};
///
/// fn bytes_lost(faults: &[Fault]) -> u64 {
///     faults.iter().map(|fault| if let FaultKind::Lost { bytes, .. } = fault.kind { bytes } else { 0 }).sum()
/// }
/// assert_eq!(bytes_lost(&[]), 0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The connection.
    pub connection: u32,
    /// Whose bytes they are.
    pub side: Side,
    /// When it was noticed.
    pub time: Duration,
    /// What it is.
    pub kind: FaultKind,
}

/// What cannot be read.
///
/// ```
/// use tlgen_sniff::FaultKind;
///
/// let lost = FaultKind::Lost { offset: 100, bytes: 64 };
/// assert_eq!(lost.to_string(), "64 bytes from byte 100 on are missing, damaged or of no known key");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultKind {
    /// Bytes that are missing in the capture, damaged, or under a key that is not known, up to the next message that can be read.
    Lost {
        /// The first of them, counted from the first byte of this side.
        offset: u64,
        /// How many there are.
        bytes: u64,
    },
    /// The log has no key with this id. Said once for a key.
    UnknownKey {
        /// The id.
        id: i64,
    },
    /// The server has refused the connection with a code like those of HTTP, negative.
    Transport {
        /// The code.
        code: i32,
    },
    /// A container, an answer or something packed in this message is broken or too large, or the client answers.
    Broken {
        /// The id of the message.
        msg_id: i64,
    },
}

impl std::fmt::Display for FaultKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Lost { offset, bytes } => {
                write!(f, "{bytes} bytes from byte {offset} on are missing, damaged or of no known key")
            }
            Self::UnknownKey { id } => {
                f.write_str("the log has no key ")?;
                id.to_le_bytes().iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
            Self::Transport { code } => write!(f, "the server answers with the code {code}"),
            Self::Broken { msg_id } => write!(f, "what is in the message {msg_id} cannot be opened"),
        }
    }
}
