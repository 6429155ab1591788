//! The server: takes connections and answers the first step of making a key.

use std::time::Duration;

use tl_generated::mtproto::{constructors::ResPq, functions};
use tlgen_runtime::{Combinator, Decode, Encode};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

use crate::ConnectionError;
use crate::envelope::{Ids, Message, Side};
use crate::transport::Intermediate;

/// How long a client may be silent.
const PATIENCE: Duration = Duration::from_secs(30);

/// The primes whose product clients get. A server that makes keys takes fresh ones each time: finding them is the proof of work
/// that it asks for.
pub const PRIMES: (u64, u64) = (0x494c_553b, 0x5391_1073);

/// The public key that this server would use if it went on.
pub const FINGERPRINT: i64 = 0x2b45_e1f0_5b5d_9f37;

/// The answer to a message that is not understood.
const NOT_FOUND: i32 = -404;

/// Serves each client of `listener` in its own task, and never returns.
pub async fn serve(listener: TcpListener) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                // A client that breaks its connection harms only itself.
                tokio::spawn(async move { drop(converse(stream).await) });
            }
            // No descriptors may be left, for example: later there may be some.
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Answers one client until it goes, falls silent, or sends what is not understood.
///
/// # Errors
/// Why the connection ended.
pub async fn converse(stream: TcpStream) -> Result<(), ConnectionError> {
    stream.set_nodelay(true)?;
    let late = |_| ConnectionError::TimedOut;
    let mut transport = timeout(PATIENCE, Intermediate::accept(stream)).await.map_err(late)??;
    let mut ids = Ids::new(Side::Server);
    loop {
        let frame = timeout(PATIENCE, transport.receive()).await.map_err(late)??;
        match Message::from_bytes(&frame).and_then(|message| answer(&message.body)) {
            Ok(body) => transport.send(&Message { id: ids.next_id(), body }.to_bytes()).await?,
            Err(error) => {
                transport.refuse(NOT_FOUND).await?;
                return Err(error);
            }
        }
    }
}

/// The answer to a request, both as boxed values.
fn answer(request: &[u8]) -> Result<Vec<u8>, ConnectionError> {
    let broken = |_| ConnectionError::Envelope("it is no request");
    let (id, _) = request.split_first_chunk().ok_or(ConnectionError::Envelope("it has no id"))?;
    let nonce = match u32::from_le_bytes(*id) {
        functions::ReqPqMulti::ID => functions::ReqPqMulti::from_bytes(request).map_err(broken)?.nonce,
        functions::ReqPq::ID => functions::ReqPq::from_bytes(request).map_err(broken)?.nonce,
        _ => return Err(ConnectionError::Envelope("it is a request that this server does not know")),
    };
    let mut server_nonce = [0; 16];
    getrandom::fill(&mut server_nonce)?;
    let pq = (PRIMES.0 * PRIMES.1).to_be_bytes().to_vec();
    let answer = ResPq { nonce, server_nonce, pq, server_public_key_fingerprints: vec![FINGERPRINT] };
    answer.to_bytes().map_err(|_| ConnectionError::Envelope("its answer can not be written"))
}
