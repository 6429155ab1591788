//! Arguments of the command about captures: `sniff`.

use std::path::PathBuf;

use clap::Args;

use super::Reading;

/// Show the calls in a capture of connections to Telegram.
///
/// The capture is a file of pcap or pcapng, as tcpdump and Wireshark write it. A log of keys in the format of friTap decrypts it:
/// lines `MTPROTO_AUTH_KEY <dc> <key id> <key> <perm|temp>`. For each call there is one line: when it was sent, how long it took, its
/// connection, the request, and its result. What is damaged is said, and costs the message that it is in.
#[derive(Args, Debug)]
pub(crate) struct Sniff {
    /// The capture, or `-`.
    #[arg(value_name = "CAPTURE", required_unless_present = "client", conflicts_with_all = ["client", "server"])]
    pub(crate) capture: Option<PathBuf>,
    /// The log of keys.
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) keys: Vec<PathBuf>,
    /// Instead of a capture: the bytes that a client has sent on one connection.
    #[arg(long, value_name = "FILE")]
    pub(crate) client: Option<PathBuf>,
    /// With --client: the bytes that the server has sent.
    #[arg(long, value_name = "FILE", requires = "client")]
    pub(crate) server: Option<PathBuf>,
    /// The schemas, or folders of them [default: those of the nearest `tlgen.toml`, each by itself]. Of files that are layers of one
    /// API each session is read by the layer that its client says.
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    pub(crate) schema: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
    /// Also connections, updates, confirmations, pings, salts, and requests that were refused and sent once more.
    #[arg(long)]
    pub(crate) all: bool,
    /// Write a JSON object a line, with all of each value. The test server plays these lines back.
    #[arg(long, conflicts_with_all = ["explain", "width"])]
    pub(crate) json: bool,
    /// After each line show what each byte of the request and of the result is.
    #[arg(long)]
    pub(crate) explain: bool,
    /// How many columns a line has [default: those of the terminal, or 120].
    #[arg(long, value_name = "N")]
    pub(crate) width: Option<usize>,
}
