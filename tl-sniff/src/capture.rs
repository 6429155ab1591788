//! Packets out of pcap and pcapng.

use std::fmt;
use std::io::Read;
use std::time::Duration;

use pcap_parser::traits::PcapReaderIterator;
use pcap_parser::{Block, Linktype, PcapBlockOwned, PcapError, create_reader};

use crate::error::CaptureError;

/// How much is read at once.
const BUFFER: usize = 1 << 20;

/// The longest packet or block.
const MAX_BUFFER: usize = 1 << 26;

/// A capture that is read as a stream.
///
/// ```
/// use tlgen_sniff::Capture;
///
/// // The head of a file of pcap, whose packets begin with the header of Ethernet, and a packet of 3 bytes.
/// let head = b"\xd4\xc3\xb2\xa1\x02\0\x04\0\0\0\0\0\0\0\0\0\0\0\x04\0\x01\0\0\0";
/// let file = [&head[..], b"\x05\0\0\0\x06\0\0\0\x03\0\0\0\x09\0\0\0abc"].concat();
/// let mut capture = Capture::new(&file[..])?;
/// let packet = capture.next_packet()?.expect("there is one");
/// assert_eq!((packet.data, packet.cut, packet.time.as_micros()), (&b"abc"[..], 6, 5_000_006));
/// assert!(capture.next_packet()?.is_none());
/// # Ok::<(), tlgen_sniff::CaptureError>(())
/// ```
pub struct Capture<'r> {
    reader: Box<dyn PcapReaderIterator + Send + 'r>,
    capacity: usize,
    /// What the packets of a file of pcap begin with, and whether their times are in nanoseconds.
    legacy: (Linktype, bool),
    /// The interfaces of a section of pcapng.
    interfaces: Vec<Interface>,
    data: Vec<u8>,
}

impl fmt::Debug for Capture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Capture").field("interfaces", &self.interfaces).finish_non_exhaustive()
    }
}

#[derive(Clone, Copy, Debug)]
struct Interface {
    link: Linktype,
    /// How many units of time a second has.
    units: u64,
    offset: i64,
}

/// A packet of a capture.
///
/// ```
/// use tlgen_sniff::Packet;
///
/// // No more than the half of a packet: nothing comes of it, and nothing goes wrong.
/// let packet = Packet::new(&[0x45, 0, 0]);
/// assert_eq!(packet.link, Packet::RAW);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Packet<'d> {
    /// When it was seen, since the beginning of 1970.
    pub time: Duration,
    /// What it begins with: a [number of the registry of tcpdump](https://www.tcpdump.org/linktypes.html).
    pub link: i32,
    /// Its bytes.
    pub data: &'d [u8],
    /// How many bytes more it had.
    pub cut: usize,
}

impl<'d> Packet<'d> {
    /// The link that has no header: the packet begins with that of IP.
    pub const RAW: i32 = 101;

    /// A packet that begins with the header of IP, at the time 0.
    #[must_use]
    pub fn new(data: &'d [u8]) -> Self {
        Self { time: Duration::ZERO, link: Self::RAW, data, cut: 0 }
    }

    /// At another time.
    #[must_use]
    pub fn at(self, time: Duration) -> Self {
        Self { time, ..self }
    }
}

/// Where a packet is, apart from its bytes.
struct Seen {
    time: Duration,
    link: Linktype,
    cut: usize,
}

impl<'r> Capture<'r> {
    /// Begins to read.
    ///
    /// # Errors
    /// When it is neither pcap nor pcapng.
    pub fn new(input: impl Read + Send + 'r) -> Result<Self, CaptureError> {
        let reader = create_reader(BUFFER, Filled(input)).map_err(|error| match error {
            PcapError::ReadError => CaptureError::Read,
            _ => CaptureError::Format,
        })?;
        let legacy = (Linktype::ETHERNET, false);
        Ok(Self { reader, capacity: BUFFER, legacy, interfaces: Vec::new(), data: Vec::new() })
    }

    /// The next packet; `None` at the end.
    ///
    /// # Errors
    /// When it is broken. What came before is not.
    pub fn next_packet(&mut self) -> Result<Option<Packet<'_>>, CaptureError> {
        let seen = loop {
            match self.reader.next() {
                Ok((length, block)) => {
                    let seen = block_of(&block, &mut self.legacy, &mut self.interfaces, &mut self.data);
                    drop(block);
                    self.reader.consume(length);
                    if let Some(seen) = seen {
                        break seen;
                    }
                }
                Err(PcapError::Eof) => return Ok(None),
                Err(PcapError::Incomplete(_)) => self.reader.refill().map_err(|_| CaptureError::Read)?,
                Err(PcapError::BufferTooSmall) => {
                    self.capacity *= 2;
                    if self.capacity > MAX_BUFFER || !self.reader.grow(self.capacity) {
                        return Err(CaptureError::TooLong);
                    }
                    self.reader.refill().map_err(|_| CaptureError::Read)?;
                }
                Err(PcapError::UnexpectedEof) => return Err(CaptureError::Cut),
                Err(_) => return Err(CaptureError::Broken),
            }
        };
        Ok(Some(Packet { time: seen.time, link: seen.link.0, data: &self.data, cut: seen.cut }))
    }
}

/// Takes the packet out of a block, if it has one.
fn block_of(
    block: &PcapBlockOwned<'_>,
    legacy: &mut (Linktype, bool),
    interfaces: &mut Vec<Interface>,
    data: &mut Vec<u8>,
) -> Option<Seen> {
    let mut take = |bytes: &[u8], original: u32| {
        data.clear();
        data.extend_from_slice(bytes);
        (original as usize).saturating_sub(bytes.len())
    };
    match block {
        PcapBlockOwned::LegacyHeader(header) => {
            *legacy = (header.network, header.is_nanosecond_precision());
            None
        }
        PcapBlockOwned::Legacy(packet) => {
            let (link, nanoseconds) = *legacy;
            let part = packet.ts_usec.saturating_mul(if nanoseconds { 1 } else { 1000 });
            let time = Duration::from_secs(packet.ts_sec.into()) + Duration::from_nanos(part.into());
            Some(Seen { time, link, cut: take(packet.data, packet.origlen) })
        }
        PcapBlockOwned::NG(Block::SectionHeader(_)) => {
            interfaces.clear();
            None
        }
        PcapBlockOwned::NG(Block::InterfaceDescription(interface)) => {
            let units = interface.ts_resolution().unwrap_or(1_000_000).max(1);
            interfaces.push(Interface { link: interface.linktype, units, offset: interface.ts_offset() });
            None
        }
        PcapBlockOwned::NG(Block::EnhancedPacket(packet)) => {
            let interface = interfaces.get(packet.if_id as usize)?;
            let ticks = u64::from(packet.ts_high) << 32 | u64::from(packet.ts_low);
            let length = packet.data.len().min(packet.caplen as usize);
            let cut = take(&packet.data[..length], packet.origlen);
            Some(Seen { time: interface.time(ticks), link: interface.link, cut })
        }
        PcapBlockOwned::NG(Block::SimplePacket(packet)) => {
            let interface = interfaces.first()?;
            let length = packet.data.len().min(packet.origlen as usize);
            let cut = take(&packet.data[..length], packet.origlen);
            Some(Seen { time: Duration::ZERO, link: interface.link, cut })
        }
        PcapBlockOwned::NG(_) => None,
    }
}

impl Interface {
    fn time(self, ticks: u64) -> Duration {
        let seconds = i64::try_from(ticks / self.units).unwrap_or(i64::MAX).saturating_add(self.offset);
        let part = u128::from(ticks % self.units) * 1_000_000_000 / u128::from(self.units);
        Duration::new(u64::try_from(seconds).unwrap_or(0), u32::try_from(part).unwrap_or(0))
    }
}

/// Reads as much as there is room for, as the head of a file is looked for in what the first read gives.
struct Filled<R>(R);

impl<R: Read> Read for Filled<R> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        let mut filled = 0;
        while filled < room.len() {
            match self.0.read(&mut room[filled..]) {
                Ok(0) => break,
                Ok(length) => filled += length,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}
