//! A session that nobody had: both ends of a connection, on any transport.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use tlgen_mtproto::{AuthKey, Link, Obfuscation, Side, TransportKind};

use crate::Sent;

/// The address of the client.
#[must_use]
pub fn client() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 50_001).into()
}

/// The address of the server.
#[must_use]
pub fn server() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 443).into()
}

/// The transports, and whether each is obfuscated.
#[must_use]
pub fn transports() -> Vec<(TransportKind, bool)> {
    let kinds = [TransportKind::Abridged, TransportKind::Intermediate, TransportKind::PaddedIntermediate];
    let mut all = vec![(TransportKind::Full, false)];
    all.extend(kinds.iter().flat_map(|kind| [(*kind, false), (*kind, true)]));
    all
}

/// Both ends of a connection, of which all is known.
#[derive(Debug)]
pub struct Session {
    kind: TransportKind,
    client: Link,
    server: Link,
    obfuscation: Option<Obfuscation>,
    random: fastrand::Rng,
    next_id: i64,
    /// What was sent so far.
    pub sent: Vec<Sent>,
    /// The key that both use.
    pub key: AuthKey,
}

impl Session {
    /// A connection begins. The same seed gives the same bytes.
    #[must_use]
    pub fn new(kind: TransportKind, is_obfuscated: bool, seed: u64, key: [u8; 256]) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let mark: &[u8] = match kind {
            TransportKind::Abridged => &[0xef],
            TransportKind::Intermediate => &[0xee; 4],
            TransportKind::PaddedIntermediate => &[0xdd; 4],
            // A frame shows that it is this one.
            _ => &[0x0c, 0, 0, 0, 0, 0, 0, 0],
        };
        let link = || {
            let mut link = Link::new(1 << 24);
            link.receive(mark);
            // Without a frame, but the transport is known then.
            let _ = link.next_frame();
            link
        };
        let mut session = Self {
            kind,
            client: link(),
            server: link(),
            obfuscation: None,
            next_id: 1 << 40,
            sent: Vec::new(),
            key: AuthKey::new(key),
            random: fastrand::Rng::with_seed(seed + 1),
        };
        if is_obfuscated {
            let mut head: [u8; 64] = std::array::from_fn(|_| random.u8(1..0xdd));
            let (_, decrypted) = Obfuscation::new(&head);
            for at in 56..60 {
                head[at] ^= decrypted[at] ^ mark[(at - 56) % mark.len()];
            }
            session.obfuscation = Some(Obfuscation::new(&head).0);
            session.send(Side::Client, head.to_vec());
        } else if kind != TransportKind::Full {
            session.send(Side::Client, mark.to_vec());
        }
        session
    }

    fn send(&mut self, side: Side, bytes: Vec<u8>) {
        let time = Duration::from_millis(self.sent.len() as u64);
        self.sent.push(Sent { client: client(), side, time, bytes });
    }

    /// Sends what is framed but not encrypted.
    ///
    /// # Panics
    /// When it is too long for the transport.
    pub fn payload(&mut self, side: Side, payload: &[u8]) {
        let mut frame = Vec::new();
        let link = if side == Side::Client { &mut self.client } else { &mut self.server };
        link.send(payload, &mut frame).expect("it is not too long");
        if self.kind == TransportKind::PaddedIntermediate {
            let padding = self.random.usize(..16);
            let length = u32::try_from(frame.len() - 4 + padding).expect("it is not too long");
            frame[..4].copy_from_slice(&length.to_le_bytes());
            frame.extend(std::iter::repeat_with(|| self.random.u8(..)).take(padding));
        }
        if let Some(Obfuscation { from_client, to_client, .. }) = &mut self.obfuscation {
            (if side == Side::Client { from_client } else { to_client }).apply(&mut frame);
        }
        self.send(side, frame);
    }

    /// Sends a message and gives its id.
    ///
    /// # Panics
    /// When it is too long.
    pub fn message(&mut self, side: Side, body: &[u8]) -> i64 {
        self.next_id += 4;
        let msg_id = self.next_id + i64::from(side == Side::Server);
        let length = u32::try_from(body.len()).expect("it is not too long");
        let head = [&[5; 8][..], &[6; 8], &msg_id.to_le_bytes(), &[1, 0, 0, 0], &length.to_le_bytes()].concat();
        let random = std::array::from_fn(|_| self.random.u8(..));
        let sealed = self.key.seal(side, [&head, body].concat(), &random);
        self.payload(side, &sealed);
        msg_id
    }

    /// Answers the request in a message.
    pub fn answer(&mut self, request: i64, result: &[u8]) {
        self.message(Side::Server, &[&0xf35c_6d01u32.to_le_bytes()[..], &request.to_le_bytes(), result].concat());
    }
}
