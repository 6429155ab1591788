//! The server: takes connections on loopback, and moves bytes between them and what decides.

mod log;
mod task;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tlgen_mtproto::{AuthKey, Side};
use tlgen_runtime::rpc::RpcError;
use tlgen_runtime::{DecodeOwned, Encode, Function};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tower_service::Service;

use crate::answers::{DataCentre, Functions, Handler, Recorder, ServiceHandler};
use crate::call::Call;
use crate::crypto::{PUBLIC_KEY_PEM, random_long};
use crate::state::{Settings, Shared};

use self::log::Log;
pub use self::log::{Closed, Report};

/// How a server is set up.
///
/// Handlers are asked in the order in which they are added. Functions that were added by [`on`](Builder::on) come first, and
/// `help.getConfig` is answered with this server as the only one of its data centre if nobody else answers it.
///
/// ```
/// use std::time::Duration;
///
/// use tl_generated::telegram_228::functions::contacts::{GetContacts, GetTopPeers};
/// use tl_generated::telegram_228::types::contacts::{Contacts, TopPeers};
/// use tlgen_testserver::{Script, TestServer};
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// let server = TestServer::builder()
///     .auth_key([7; 256])
///     .on(|_: GetContacts| Ok(Contacts::NotModified))
///     .on_async(|_: GetTopPeers| async { Ok(TopPeers::Disabled) })
///     .handler(Script::new())
///     .data_centre(4)
///     .silence(Duration::from_secs(10))
///     .max_frame(1 << 16)
///     .pack_from(None)
///     .start()
///     .await?;
/// assert_eq!(server.auth_keys().len(), 1);
/// # Ok(()) }
/// ```
#[derive(Default)]
#[must_use = "a server listens once it is started"]
pub struct Builder {
    settings: Settings,
    keys: Vec<AuthKey>,
    functions: Functions,
    handlers: Vec<Box<dyn Handler>>,
    data_centre: Option<i32>,
    recorder: Option<Recorder>,
    tap: Option<task::Tap>,
}

impl Builder {
    /// Knows this key from the beginning, so that a client that has it in its session needs no exchange of keys. May be called
    /// several times.
    pub fn auth_key(mut self, bytes: [u8; 256]) -> Self {
        self.keys.push(AuthKey::new(bytes));
        self
    }

    /// Answers the function `F` by a closure.
    pub fn on<F: Function + DecodeOwned>(
        self,
        answer: impl Fn(F) -> Result<F::Return, RpcError> + Send + Sync + 'static,
    ) -> Self
    where
        F::Return: Encode + Send + 'static,
    {
        self.on_async(move |request| std::future::ready(answer(request)))
    }

    /// Answers the function `F` by a closure whose result is awaited.
    pub fn on_async<F, R>(mut self, answer: impl Fn(F) -> R + Send + Sync + 'static) -> Self
    where
        F: Function<Return: Encode> + DecodeOwned,
        R: Future<Output = Result<F::Return, RpcError>> + Send + 'static,
    {
        self.functions.add(answer);
        self
    }

    /// Asks this handler after those that were added before.
    pub fn handler(mut self, handler: impl Handler) -> Self {
        self.handlers.push(Box::new(handler));
        self
    }

    /// Gives all calls that come so far to a tower service. Each call has its own clone of it.
    ///
    /// ```
    /// use std::future::{Ready, ready};
    /// use std::task::{Context, Poll};
    ///
    /// use tlgen_runtime::rpc::RpcError;
    /// use tlgen_testserver::{Call, TestServer};
    ///
    /// /// Is always busy.
    /// #[derive(Clone)]
    /// struct Busy;
    ///
    /// impl tower_service::Service<Call> for Busy {
    ///     type Response = Vec<u8>;
    ///     type Error = RpcError;
    ///     type Future = Ready<Result<Vec<u8>, RpcError>>;
    ///
    ///     fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), RpcError>> {
    ///         Poll::Ready(Ok(()))
    ///     }
    ///
    ///     fn call(&mut self, _: Call) -> Self::Future {
    ///         ready(Err(RpcError::new(420, "FLOOD_WAIT_3")))
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// let server = TestServer::builder().service(Busy).start().await?;
    /// # server.shutdown().await;
    /// # Ok(()) }
    /// ```
    pub fn service<S>(self, service: S) -> Self
    where
        S: Service<Call, Response = Vec<u8>, Error = RpcError, Future: Send> + Clone + Send + Sync + 'static,
    {
        self.handler(ServiceHandler(service))
    }

    /// Writes down all calls that are answered.
    pub fn record(mut self, recorder: &Recorder) -> Self {
        self.recorder = Some(recorder.clone());
        self
    }

    /// Shows all bytes of all connections as they are received and sent: the address of the client, who has sent them, and the
    /// bytes, which are encrypted. `tap` is called by the tasks that serve connections, and should return soon.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// use tlgen_testserver::{Side, TestServer};
    ///
    /// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
    /// let received = Arc::new(AtomicUsize::new(0));
    /// let count = Arc::clone(&received);
    /// let tap = move |_, side, bytes: &[u8]| {
    ///     if side == Side::Client {
    ///         count.fetch_add(bytes.len(), Ordering::Relaxed);
    ///     }
    /// };
    /// let server = TestServer::builder().tap(tap).start().await?;
    /// # server.shutdown().await;
    /// assert_eq!(received.load(Ordering::Relaxed), 0, "nobody has connected");
    /// # Ok(()) }
    /// ```
    pub fn tap(mut self, tap: impl Fn(SocketAddr, Side, &[u8]) + Send + Sync + 'static) -> Self {
        self.tap = Some(Arc::new(tap));
        self
    }

    /// The number of the data centre that `help.getConfig` tells; 2 unless this is called.
    pub fn data_centre(mut self, id: i32) -> Self {
        self.data_centre = Some(id);
        self
    }

    /// Closes connections of clients that say nothing for so long; 5 minutes unless this is called.
    pub fn silence(mut self, limit: Duration) -> Self {
        self.settings.silence = limit;
        self
    }

    /// The longest frame that is taken, in bytes; 1 MiB unless this is called.
    pub fn max_frame(mut self, bytes: usize) -> Self {
        self.settings.max_frame = bytes;
        self
    }

    /// Packs results of at least so many bytes by gzip; `None` packs nothing. 512 unless this is called.
    pub fn pack_from(mut self, bytes: Option<usize>) -> Self {
        self.settings.pack_from = bytes;
        self
    }

    /// Listens on a port of 127.0.0.1 that the system chooses. Connections are served by tasks of the tokio runtime that this is
    /// called in.
    ///
    /// # Errors
    /// When the system has no port, or no random numbers.
    pub async fn start(self) -> io::Result<TestServer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(self.settings));
        for key in self.keys {
            shared.state().add_key(key, random_long()?);
        }
        let mut handlers = self.handlers;
        if !self.functions.is_empty() {
            handlers.insert(0, Box::new(self.functions));
        }
        handlers.push(Box::new(DataCentre { id: self.data_centre.unwrap_or(2), port: address.port() }));
        let log = Arc::new(Log::default());
        let (stop, stopped) = watch::channel(false);
        let server = task::Server {
            shared: Arc::clone(&shared),
            handlers: handlers.into(),
            log: Arc::clone(&log),
            recorder: self.recorder,
            tap: self.tap,
            stopped,
        };
        let task = tokio::spawn(server.run(listener));
        Ok(TestServer { address, shared, log, stop, task })
    }
}

/// A server that listens. It stops when it is dropped.
///
/// ```
/// use tl_generated::telegram_228::{functions::contacts::GetContacts, types::contacts::Contacts};
/// use tlgen_testserver::TestServer;
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// let server = TestServer::builder()
///     .auth_key([7; 256])
///     .on(|_: GetContacts| Ok(Contacts::NotModified))
///     .start()
///     .await?;
/// assert!(server.address().ip().is_loopback());
/// assert!(TestServer::public_key_pem().starts_with("-----BEGIN RSA PUBLIC KEY-----"));
/// server.change_salts()?;
/// // ... a client connects to the address, and is tested ...
/// assert_eq!(server.shutdown().await.calls, 0);
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct TestServer {
    address: SocketAddr,
    shared: Arc<Shared>,
    log: Arc<Log>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl TestServer {
    /// A server that knows no key and answers `help.getConfig` only.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its public key for the exchange of keys: PKCS #1 in PEM. All test servers have the same.
    #[must_use]
    pub fn public_key_pem() -> &'static str {
        PUBLIC_KEY_PEM
    }

    /// The keys that it knows, given and made.
    #[must_use]
    pub fn auth_keys(&self) -> Vec<AuthKey> {
        self.shared.state().keys().cloned().collect()
    }

    /// Makes another salt for each key. The next message of each client is answered with `bad_server_salt`.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn change_salts(&self) -> io::Result<()> {
        Ok(self.shared.state().change_salts()?)
    }

    /// What has happened so far.
    #[must_use]
    pub fn report(&self) -> Report {
        self.log.report(&self.shared)
    }

    /// Closes all connections, stops listening, and tells what has happened.
    pub async fn shutdown(self) -> Report {
        let Self { shared, log, stop, task, .. } = self;
        drop(stop);
        // The task does not panic; if it did, there is nobody left to be stopped.
        let _ = task.await;
        log.report(&shared)
    }
}
