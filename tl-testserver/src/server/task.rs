//! The tasks of a server: one that takes connections, and one for each connection.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tlgen_mtproto::Side;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};
use tokio::time::{sleep, timeout};

use super::log::{Closed, Log};
use crate::answers::{self, Handler, Recorder};
use crate::call::{Answer, Call};
use crate::connection::Connection;
use crate::error::CloseReason;
use crate::state::Shared;
use tlgen_runtime::rpc::RpcError;

/// How many bytes are read at once.
const PIECE: usize = 1 << 14;

/// How long the server waits after it could not take a connection.
const PAUSE: Duration = Duration::from_millis(50);

/// Who sees all bytes.
pub(super) type Tap = Arc<dyn Fn(SocketAddr, Side, &[u8]) + Send + Sync>;

/// What the tasks share.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) shared: Arc<Shared>,
    pub(super) handlers: Arc<[Box<dyn Handler>]>,
    pub(super) log: Arc<Log>,
    pub(super) recorder: Option<Recorder>,
    pub(super) tap: Option<Tap>,
    /// Changes, or loses its sender, when the server stops.
    pub(super) stopped: watch::Receiver<bool>,
}

impl Server {
    /// Takes connections until the server stops, and then waits for the ends of all.
    pub(super) async fn run(mut self, listener: TcpListener) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                _ = self.stopped.changed() => break,
                _ = connections.join_next(), if !connections.is_empty() => {}
                taken = listener.accept() => match taken {
                    Ok((stream, peer)) => {
                        self.log.opened();
                        connections.spawn(self.clone().connection(stream, peer));
                    }
                    // For example, too many open files: connections that end make room.
                    Err(_) => sleep(PAUSE).await,
                },
            }
        }
        drop(listener);
        while connections.join_next().await.is_some() {}
    }

    async fn connection(mut self, mut stream: TcpStream, peer: SocketAddr) {
        let mut connection = Connection::new(Arc::clone(&self.shared));
        let mut calls = Calls::default();
        let mut stopped = self.stopped.clone();
        let reason = tokio::select! {
            reason = self.serve(&mut stream, peer, &mut connection, &mut calls) => reason,
            _ = stopped.changed() => CloseReason::Shutdown,
        };
        // What was to be sent before the end, such as why it ends; a client that does not read it need not.
        let last = connection.take_output();
        self.show(peer, Side::Server, &last);
        let _ = timeout(PAUSE, stream.write_all(&last)).await;
        let _ = timeout(PAUSE, stream.shutdown()).await;
        self.log.closed(Closed { peer, transport: connection.transport(), calls: calls.made, reason });
    }

    fn show(&self, peer: SocketAddr, side: Side, bytes: &[u8]) {
        if let Some(tap) = self.tap.as_ref().filter(|_| !bytes.is_empty()) {
            tap(peer, side, bytes);
        }
    }

    /// Moves bytes until the connection must end.
    async fn serve(
        &mut self,
        stream: &mut TcpStream,
        peer: SocketAddr,
        connection: &mut Connection,
        calls: &mut Calls,
    ) -> CloseReason {
        // Small answers should not wait for each other.
        let _ = stream.set_nodelay(true);
        let mut piece = vec![0; PIECE];
        loop {
            let patience = connection.silence().unwrap_or(self.shared.settings.silence);
            let output = connection.take_output();
            self.show(peer, Side::Server, &output);
            match timeout(patience, stream.write_all(&output)).await {
                Err(_) => return CloseReason::Silent,
                Ok(Err(error)) => return CloseReason::Io(error.kind()),
                Ok(Ok(())) => {}
            }
            for call in connection.take_calls() {
                self.log.called();
                calls.begin(call, &self.handlers);
            }
            let step = tokio::select! {
                read = timeout(patience, stream.read(&mut piece)) => match read {
                    Err(_) => Err(CloseReason::Silent),
                    Ok(Err(error)) => Err(CloseReason::Io(error.kind())),
                    Ok(Ok(0)) => Err(connection.end()),
                    Ok(Ok(length)) => {
                        self.show(peer, Side::Client, &piece[..length]);
                        connection.receive(&piece[..length])
                    }
                },
                Some((call, answer)) = calls.next(), if !calls.is_empty() => {
                    if answer.as_ref().is_err_and(|error| *error == panicked()) {
                        self.log.panicked();
                    }
                    if let Some(recorder) = &self.recorder {
                        recorder.note(&call, &answer);
                    }
                    connection.finish(&call, answer)
                }
            };
            if let Err(reason) = step {
                return reason;
            }
        }
    }
}

/// The calls of a connection that are being answered. They end with the connection.
#[derive(Default)]
struct Calls {
    tasks: JoinSet<Answer>,
    open: HashMap<Id, Call>,
    made: u64,
}

impl Calls {
    fn begin(&mut self, call: Call, handlers: &Arc<[Box<dyn Handler>]>) {
        let (handlers, asked) = (Arc::clone(handlers), call.clone());
        let task = self.tasks.spawn(async move { answers::answer(&handlers, &asked).await });
        self.open.insert(task.id(), call);
        self.made += 1;
    }

    fn is_empty(&self) -> bool {
        self.tasks.is_empty()
    }

    /// The next call that is answered.
    async fn next(&mut self) -> Option<(Call, Answer)> {
        let (id, answer) = match self.tasks.join_next_with_id().await? {
            Ok((id, answer)) => (id, answer),
            Err(error) => (error.id(), Err(panicked())),
        };
        Some((self.open.remove(&id)?, answer))
    }
}

/// The answer of a handler that has panicked.
fn panicked() -> RpcError {
    RpcError::new(500, "HANDLER_PANICKED")
}
