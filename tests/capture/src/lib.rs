//! What was sent on connections as a file of pcap, as tcpdump would have written it: for tests of what reads captures.

mod session;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use etherparse::{IpNumber, Ipv4Header, TcpHeader};
use tlgen_mtproto::Side;

pub use session::{Session, client, server, transports};

/// How many bytes a segment has at most.
const SEGMENT: usize = 1460;

/// What a server has received and sent. Clones are the same recording.
#[derive(Clone, Debug, Default)]
pub struct Recording(Arc<Mutex<Vec<Sent>>>);

/// Bytes that one side has sent at once.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The client of the connection.
    pub client: SocketAddr,
    /// Who has sent them.
    pub side: Side,
    /// When, since the first bytes.
    pub time: Duration,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Recording {
    /// What a server may be given to be recorded.
    pub fn tap(&self) -> impl Fn(SocketAddr, Side, &[u8]) + Send + Sync + 'static {
        let (sent, start) = (Arc::clone(&self.0), Instant::now());
        move |client, side, bytes| {
            let sent_now = Sent { client, side, time: start.elapsed(), bytes: bytes.to_vec() };
            sent.lock().unwrap_or_else(PoisonError::into_inner).push(sent_now);
        }
    }

    /// What was sent so far.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A packet, from the header of IP on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    /// When it was seen.
    pub time: Duration,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The packets in which bytes are sent: each connection with its beginning, its segments and its end. `server` is the address of the
/// server, an IPv4 one.
#[must_use]
pub fn packets(sent: &[Sent], server: SocketAddr) -> Vec<Packet> {
    let mut packets = Vec::new();
    let mut connections: Vec<Tcp> = Vec::new();
    for Sent { client, side, time, bytes } in sent {
        let at = connections.iter().position(|tcp| tcp.client == *client).unwrap_or_else(|| {
            // Numbers that begin again at 0 soon.
            let first = u32::MAX - 1000 * u32::from(client.port() % 7);
            connections.push(Tcp { client: *client, server, next: [first, first.wrapping_add(77)] });
            let tcp = connections.len() - 1;
            connections[tcp].begin(*time, &mut packets);
            tcp
        });
        for piece in bytes.chunks(SEGMENT) {
            connections[at].packet(*side, *time, piece, |_| {}, &mut packets);
        }
    }
    let last = sent.last().map_or(Duration::ZERO, |sent| sent.time);
    for tcp in &mut connections {
        for side in [Side::Client, Side::Server] {
            tcp.packet(side, last, &[], |header| header.fin = true, &mut packets);
        }
    }
    packets
}

struct Tcp {
    client: SocketAddr,
    server: SocketAddr,
    /// The number of the next byte of the client and of the server.
    next: [u32; 2],
}

impl Tcp {
    fn begin(&mut self, time: Duration, packets: &mut Vec<Packet>) {
        let first = |header: &mut TcpHeader| (header.syn, header.ack) = (true, false);
        self.packet(Side::Client, time, &[], first, packets);
        self.packet(Side::Server, time, &[], |header| header.syn = true, packets);
        self.packet(Side::Client, time, &[], |_| {}, packets);
    }

    fn packet(
        &mut self,
        side: Side,
        time: Duration,
        data: &[u8],
        change: impl FnOnce(&mut TcpHeader),
        packets: &mut Vec<Packet>,
    ) {
        let (own, other) = if side == Side::Client { (0, 1) } else { (1, 0) };
        let (from, to) = if side == Side::Client { (self.client, self.server) } else { (self.server, self.client) };
        let mut tcp = TcpHeader::new(from.port(), to.port(), self.next[own], 65_000);
        (tcp.ack, tcp.acknowledgment_number) = (true, self.next[other]);
        change(&mut tcp);
        let taken = u32::try_from(data.len()).unwrap_or(0) + u32::from(tcp.syn) + u32::from(tcp.fin);
        self.next[own] = self.next[own].wrapping_add(taken);
        let address = |of: SocketAddr| match of {
            SocketAddr::V4(of) => *of.ip(),
            SocketAddr::V6(_) => Ipv4Addr::LOCALHOST,
        };
        let length = u16::try_from(tcp.header_len() + data.len()).unwrap_or(u16::MAX);
        let (source, destination) = (address(from).octets(), address(to).octets());
        let Ok(ip) = Ipv4Header::new(length, 64, IpNumber::TCP, source, destination) else { return };
        tcp.checksum = tcp.calc_checksum_ipv4(&ip, data).unwrap_or(0);
        let bytes = [&ip.to_bytes()[..], &tcp.to_bytes(), data].concat();
        packets.push(Packet { time, bytes });
    }
}

/// What the packets of a file begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// A word with the version of IP, as on the loopback of BSD.
    Null,
    /// Ethernet, as on the loopback of Linux.
    Ethernet,
    /// Nothing.
    Raw,
    /// What Linux writes for all interfaces, and its second form.
    LinuxSll,
    /// See there.
    LinuxSll2,
}

impl Link {
    fn number(self) -> u32 {
        match self {
            Self::Null => 0,
            Self::Ethernet => 1,
            Self::Raw => 101,
            Self::LinuxSll => 113,
            Self::LinuxSll2 => 276,
        }
    }

    fn header(self) -> &'static [u8] {
        match self {
            Self::Null => &[2, 0, 0, 0],
            Self::Ethernet => &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0],
            Self::Raw => &[],
            Self::LinuxSll => &[0, 0, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0],
            Self::LinuxSll2 => &[8, 0, 0, 0, 0, 0, 0, 1, 3, 4, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0],
        }
    }
}

/// A file of pcap, with times in microseconds from `start` on.
#[must_use]
pub fn pcap(packets: &[Packet], link: Link, start: Duration) -> Vec<u8> {
    let word = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let mut file = [0xa1b2_c3d4u32, 0x0004_0002, 0, 0, 1 << 18, link.number()].map(u32::to_le_bytes).concat();
    for Packet { time, bytes } in packets {
        let (time, length) = (start + *time, word(link.header().len() + bytes.len()));
        file.extend_from_slice(&word(usize::try_from(time.as_secs()).unwrap_or(0)));
        file.extend_from_slice(&time.subsec_micros().to_le_bytes());
        file.extend_from_slice(&length);
        file.extend_from_slice(&length);
        file.extend_from_slice(link.header());
        file.extend_from_slice(bytes);
    }
    file
}

/// A file of pcapng with the same.
#[must_use]
pub fn pcapng(packets: &[Packet], link: Link, start: Duration) -> Vec<u8> {
    let mut file = block(0x0a0d_0d0a, &[&[0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0][..], &[0xff; 8]].concat());
    file.extend(block(1, &[&link.number().to_le_bytes()[..], &[0, 0, 4, 0]].concat()));
    for Packet { time, bytes } in packets {
        let ticks = u64::try_from((start + *time).as_micros()).unwrap_or(0);
        let length = u32::try_from(link.header().len() + bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
        let (high, low) = (ticks.to_le_bytes()[4..].to_vec(), ticks.to_le_bytes()[..4].to_vec());
        file.extend(block(6, &[&[0; 4][..], &high, &low, &length, &length, link.header(), bytes].concat()));
    }
    file
}

fn block(kind: u32, content: &[u8]) -> Vec<u8> {
    let padded = content.len().next_multiple_of(4);
    let length = u32::try_from(padded + 12).unwrap_or(u32::MAX).to_le_bytes();
    let mut block = [&kind.to_le_bytes()[..], &length, content].concat();
    block.resize(8 + padded, 0);
    block.extend_from_slice(&length);
    block
}
