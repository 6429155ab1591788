//! Client and server as two processes.

#![allow(clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tl_example_handshake::ConnectionError;
use tl_example_handshake::client::{Connection, request_pq};
use tl_example_handshake::server::{FINGERPRINT, PRIMES};
use tl_generated::mtproto::functions::Ping;
use tlgen_runtime::rpc::{InvokeAsync, InvokeError};

const PATIENCE: Duration = Duration::from_secs(20);

/// A server that is stopped when the test is over, however it ends.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_handshake-server"));
        let process = command.arg("127.0.0.1:0").stdout(Stdio::piped()).spawn().unwrap();
        // Made before anything can fail, so that the process is always stopped.
        let mut server = Self { process, address: String::new() };
        let stdout = server.process.stdout.take().unwrap();
        let line = in_time(move || {
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).unwrap();
            line
        });
        server.address = line.trim().strip_prefix("listening at ").unwrap().to_owned();
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What `work` returns, unless it takes too long.
fn in_time<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(PATIENCE).expect("it takes too long")
}

fn client(address: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_handshake-client"));
    command.arg(address);
    in_time(move || command.output().unwrap())
}

#[test]
fn two_processes_shake_hands() {
    let server = Server::start();
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let output = client(&server.address);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
        let value = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.trim().to_owned()
        };
        assert_eq!(value("pq"), format!("{:016x}", PRIMES.0 * PRIMES.1));
        assert_eq!(value("key"), format!("{FINGERPRINT:016x}"));
        nonces.extend([value("nonce"), value("server_nonce")]);
    }
    nonces.sort();
    nonces.dedup();
    assert_eq!(nonces.len(), 4, "random numbers are not random: {nonces:?}");
}

#[tokio::test]
async fn one_connection_serves_several_calls() {
    let server = Server::start();
    let connection = Connection::open(&server.address).await.unwrap();
    let (first, second) = tokio::join!(request_pq(&connection), request_pq(&connection));
    assert_ne!(first.unwrap().nonce, second.unwrap().nonce);
}

#[tokio::test]
async fn what_is_not_known_is_refused() {
    let server = Server::start();
    let connection = Connection::open(&server.address).await.unwrap();
    let error = connection.invoke(&Ping { ping_id: 1 }).await.unwrap_err();
    assert!(matches!(error, InvokeError::Transport(ConnectionError::Refused { code: -404 })), "{error:?}");
    let error = request_pq(&connection).await.unwrap_err();
    assert!(matches!(error, InvokeError::Transport(ConnectionError::Closed)), "{error:?}");
    // Other clients do not notice.
    assert!(client(&server.address).status.success());
}

/// What the server sends to a client that sends `bytes` and nothing more.
fn answer_to(address: &str, bytes: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(bytes).unwrap();
    let mut answer = Vec::new();
    // The server may close while there is something that it has not read, which resets the connection.
    let _ = stream.read_to_end(&mut answer);
    answer
}

#[test]
fn hostile_clients_harm_only_themselves() {
    let server = Server::start();
    let address = &server.address;
    assert_eq!(answer_to(address, b"GET / HTTP/1.1\r\n\r\n"), b"");
    assert_eq!(answer_to(address, b"\xee\xee\xee\xee\xff\xff\xff\xff"), b"", "a frame of 4 GiB");
    let refused = [4u8, 0, 0, 0, 0x6c, 0xfe, 0xff, 0xff];
    assert_eq!(answer_to(address, b"\xee\xee\xee\xee\x08\0\0\0garbage!"), refused);
    let encrypted = [&b"\xee\xee\xee\xee\x18\0\0\0"[..], &[7; 24]].concat();
    assert_eq!(answer_to(address, &encrypted), refused);
    let output = client(address);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn without_a_server_the_client_fails() {
    // Only the administrator could listen at this port, and nobody does.
    let output = client("127.0.0.1:1");
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}
