//! What a client of Telegram calls and what it is answered, from a capture of its connections.
//!
//! The data flows one way: [`Capture`] gives the packets of a file of pcap or pcapng; a [`Sniffer`] puts the segments of TCP together,
//! cuts the bytes into messages by the transport of each connection, decrypts them with the keys of a [`KeyLog`], opens containers
//! and what is packed, and pairs each request with its answer. What comes out are [`Event`]s; [`Schemas`] say what their bytes mean.
//!
//! ```no_run
//! use tlgen_sniff::{Capture, Event, KeyLog, Schemas, Sniffer};
//! # use tlgen_model::{Valid, schema::Schema};
//!
//! # fn example(schema: &Valid<Schema>) -> Result<(), Box<dyn std::error::Error>> {
//! let schemas = Schemas::new([(Some(228), schema)]);
//! let keys = KeyLog::parse(&std::fs::read_to_string("keys.log")?)?;
//! let mut sniffer = Sniffer::new(&schemas, keys);
//! let mut capture = Capture::new(std::fs::File::open("session.pcap")?)?;
//! while let Some(packet) = capture.next_packet()? {
//!     sniffer.packet(&packet);
//!     while let Some(event) = sniffer.next_event() {
//!         if let Event::Call(call) = event {
//!             println!("{:?} {:?}", call.function, call.outcome);
//!         }
//!     }
//! }
//! sniffer.end();
//! # Ok(()) }
//! ```
//!
//! Whatever the bytes are, nothing panics, and memory is bounded. A message that is damaged, or of which a part is missing, is lost
//! alone: the next one begins where the id of a known key follows what may be the head of a frame.
//!
//! # What it does not read
//!
//! Connections that look like TLS or HTTP, the first version of MTProto, secret chats and calls between users. Of an obfuscated
//! connection the first 64 bytes must be in the capture, as they have its keys.

mod calls;
mod capture;
mod error;
mod event;
mod keys;
mod message;
mod packet;
mod queue;
mod reassembly;
mod schemas;
mod sniffer;
mod wire;

pub use capture::{Capture, Packet};
pub use error::{CaptureError, KeyLogError, KeyLogErrorKind};
pub use event::{Call, Connection, Event, Fault, FaultKind, Message, Outcome};
pub use keys::KeyLog;
pub use schemas::Schemas;
pub use sniffer::Sniffer;
pub use tlgen_mtproto::{AuthKey, Side, TransportKind};
