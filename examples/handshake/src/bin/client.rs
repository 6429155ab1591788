//! `handshake-client ADDRESS`: sends `req_pq_multi` and prints the answer.

#![expect(clippy::print_stdout, reason = "this is what the program is for")]

use std::error::Error;

use tl_example_handshake::client::{Connection, request_pq};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).ok_or("usage: handshake-client ADDRESS")?;
    let connection = Connection::open(&address).await?;
    let answer = request_pq(&connection).await?;
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    println!("nonce         {}", hex(&answer.nonce));
    println!("server_nonce  {}", hex(&answer.server_nonce));
    println!("pq            {}", hex(&answer.pq));
    for fingerprint in &answer.server_public_key_fingerprints {
        println!("key           {fingerprint:016x}");
    }
    Ok(())
}
