//! What has happened on a server.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};

use tlgen_mtproto::TransportKind;

use crate::error::CloseReason;
use crate::state::Shared;

/// How many ends of connections are remembered.
const REMEMBERED: usize = 4096;

/// How a connection has ended.
///
/// ```
/// use tlgen_testserver::{Closed, TestServer, TransportKind};
/// use tokio::io::AsyncWriteExt;
/// use tokio::net::TcpStream;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// let server = TestServer::builder().start().await?;
/// let mut client = TcpStream::connect(server.address()).await?;
/// let address = client.local_addr()?;
/// client.write_all(b"\xef").await?;
/// drop(client);
/// while server.report().closed.is_empty() {
///     tokio::task::yield_now().await;
/// }
/// let closed: &Closed = &server.report().closed[0];
/// assert_eq!((closed.peer, closed.calls), (address, 0));
/// assert_eq!(closed.transport, Some((TransportKind::Abridged, false)));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Closed {
    /// The address of the client.
    pub peer: SocketAddr,
    /// The transport, and whether it was obfuscated; `None` if it never became known.
    pub transport: Option<(TransportKind, bool)>,
    /// The calls that the client has made on it.
    pub calls: u64,
    /// Why it has ended.
    pub reason: CloseReason,
}

/// What has happened on a server.
///
/// ```
/// use tlgen_testserver::TestServer;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// let server = TestServer::builder().auth_key([7; 256]).start().await?;
/// let report = server.report();
/// assert_eq!((report.connections, report.open, report.calls, report.keys), (0, 0, 0, 1));
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The connections that were taken.
    pub connections: u64,
    /// Those that are open.
    pub open: u64,
    /// The calls that were made.
    pub calls: u64,
    /// The handlers that have panicked. Their calls were answered with the error 500 `HANDLER_PANICKED`.
    pub panics: u64,
    /// The keys that the server knows.
    pub keys: usize,
    /// The sessions that the server knows.
    pub sessions: usize,
    /// The latest connections that have ended, the oldest first; 4,096 at most.
    pub closed: Vec<Closed>,
}

/// Counts what happens.
#[derive(Debug, Default)]
pub(super) struct Log(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    report: Report,
    closed: VecDeque<Closed>,
}

impl Log {
    fn change(&self, change: impl FnOnce(&mut Counts)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(super) fn opened(&self) {
        self.change(|counts| {
            counts.report.connections += 1;
            counts.report.open += 1;
        });
    }

    pub(super) fn called(&self) {
        self.change(|counts| counts.report.calls += 1);
    }

    pub(super) fn panicked(&self) {
        self.change(|counts| counts.report.panics += 1);
    }

    pub(super) fn closed(&self, closed: Closed) {
        self.change(|counts| {
            counts.report.open -= 1;
            counts.closed.push_back(closed);
            if counts.closed.len() > REMEMBERED {
                counts.closed.pop_front();
            }
        });
    }

    pub(super) fn report(&self, shared: &Shared) -> Report {
        let (keys, sessions) = {
            let state = shared.state();
            (state.keys().count(), state.sessions.len())
        };
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Report { keys, sessions, closed: counts.closed.iter().cloned().collect(), ..counts.report.clone() }
    }
}
