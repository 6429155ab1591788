//! A segment of TCP out of a packet: link, IP, TCP.

use core::net::{IpAddr, SocketAddr};

use etherparse::{EtherType, IpNumber, LaxNetSlice, LaxSlicedPacket, LenSource, TransportSlice, ether_type};

use crate::capture::Packet;

/// A segment of TCP.
pub(crate) struct Segment<'d> {
    pub(crate) from: SocketAddr,
    pub(crate) to: SocketAddr,
    pub(crate) sequence: u32,
    pub(crate) syn: bool,
    pub(crate) ack: bool,
    pub(crate) fin: bool,
    pub(crate) rst: bool,
    pub(crate) data: &'d [u8],
    /// How many bytes follow that the capture does not have.
    pub(crate) cut: usize,
}

/// Numbers of links in captures.
mod link {
    pub(super) const NULL: i32 = 0;
    pub(super) const ETHERNET: i32 = 1;
    pub(super) const RAW_BSD: i32 = 12;
    pub(super) const RAW_OPENBSD: i32 = 14;
    pub(super) const RAW: i32 = 101;
    pub(super) const LOOP: i32 = 108;
    pub(super) const LINUX_SLL: i32 = 113;
    pub(super) const IPV4: i32 = 228;
    pub(super) const IPV6: i32 = 229;
    pub(super) const LINUX_SLL2: i32 = 276;
}

/// The segment in a packet; `None` if it has none, or it cannot be read.
pub(crate) fn segment<'d>(packet: &Packet<'d>) -> Option<Segment<'d>> {
    let data = packet.data;
    let sliced = match packet.link {
        link::ETHERNET => LaxSlicedPacket::from_ethernet(data).ok()?,
        // A word that says which version of IP follows; IP says that itself.
        link::NULL | link::LOOP => LaxSlicedPacket::from_ip(data.get(4..)?).ok()?,
        link::RAW | link::RAW_BSD | link::RAW_OPENBSD | link::IPV4 | link::IPV6 => {
            LaxSlicedPacket::from_ip(data).ok()?
        }
        link::LINUX_SLL => LaxSlicedPacket::from_ether_type(ether(data, 14)?, data.get(16..)?),
        link::LINUX_SLL2 => LaxSlicedPacket::from_ether_type(ether(data, 0)?, data.get(20..)?),
        _ => return None,
    };
    // How long IP says that it is, with its headers, and how long these are.
    let (from, to, stated, heads) = match sliced.net.as_ref()? {
        LaxNetSlice::Ipv4(ip) => {
            let header = ip.header();
            let heads = header.slice().len() + ip.extensions().auth.map_or(0, |auth| auth.slice().len());
            let (from, to) = (IpAddr::V4(header.source_addr()), IpAddr::V4(header.destination_addr()));
            (from, to, usize::from(header.total_len()), heads)
        }
        LaxNetSlice::Ipv6(ip) => {
            let header = ip.header();
            let heads = header.slice().len() + ip.extensions().slice().len();
            let (from, to) = (IpAddr::V6(header.source_addr()), IpAddr::V6(header.destination_addr()));
            (from, to, header.slice().len() + usize::from(header.payload_length()), heads)
        }
        LaxNetSlice::Arp(_) => return None,
    };
    let payload = sliced.ip_payload()?;
    if payload.ip_number != IpNumber::TCP || payload.fragmented {
        return None;
    }
    let Some(TransportSlice::Tcp(tcp)) = &sliced.transport else { return None };
    let cut = match payload.len_source {
        // The card cuts the packet later, and IP does not know its length yet.
        LenSource::Slice if !payload.incomplete => packet.cut,
        _ => stated.saturating_sub(heads + payload.payload.len()),
    };
    Some(Segment {
        from: SocketAddr::new(from, tcp.source_port()),
        to: SocketAddr::new(to, tcp.destination_port()),
        sequence: tcp.sequence_number(),
        syn: tcp.syn(),
        ack: tcp.ack(),
        fin: tcp.fin(),
        rst: tcp.rst(),
        data: tcp.payload(),
        cut,
    })
}

/// The protocol that a header of a link names, if it is one.
fn ether(data: &[u8], at: usize) -> Option<EtherType> {
    let number = EtherType(u16::from_be_bytes(*data.get(at..)?.first_chunk()?));
    matches!(number, ether_type::IPV4 | ether_type::IPV6 | ether_type::VLAN_TAGGED_FRAME).then_some(number)
}
