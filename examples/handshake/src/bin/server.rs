//! `handshake-server [ADDRESS]`: prints the address that it listens on, and answers until it is stopped.

#![expect(clippy::print_stdout, reason = "this is how others learn the address")]

use std::error::Error;

use tl_example_handshake::server::serve;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:0".to_owned());
    let listener = TcpListener::bind(&address).await?;
    println!("listening at {}", listener.local_addr()?);
    serve(listener).await;
    Ok(())
}
