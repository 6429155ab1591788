//! A call of a TON lite server over ADNL, against a server in the same process.

use std::error::Error;
use std::net::SocketAddr;

use adnl::AdnlPeer;
use adnl::crypto::{KeyPair, SecretKey};
use tl_example_ton::OverAdnl;
use tl_example_ton::lite::functions::lite_server::GetTime;
use tlgen_runtime::rpc::InvokeAsync;
use ton_liteapi::layers::{UnwrapMessagesLayer, WrapErrorLayer};
use ton_liteapi::server::serve;
use ton_liteapi::tl::request::WrappedRequest;
use ton_liteapi::tl::response::{CurrentTime, Response};
use ton_liteapi::types::LiteError;
use tower::{ServiceBuilder, make::Shared};

/// Whatever server it is: the lite servers of the network are called in the same way.
async fn time(server: SocketAddr, public_key: [u8; 32]) -> Result<i32, Box<dyn Error>> {
    let server = OverAdnl::new(AdnlPeer::connect(public_key, server).await.map_err(|error| format!("{error:?}"))?);
    Ok(server.invoke(&GetTime).await?.now)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let answer = |_: WrappedRequest| async { Ok::<_, LiteError>(Response::CurrentTime(CurrentTime { now: 7 })) };
    let layers = ServiceBuilder::new().buffer(16).layer(UnwrapMessagesLayer).layer(WrapErrorLayer);
    let keys = KeyPair::from(&SecretKey::from_bytes([7; 32]));
    let public_key = keys.public_key.to_bytes();
    let address = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let service = Shared::new(layers.service_fn(answer));
    tokio::spawn(async move { serve(&address, keys, service).await.expect("a server") });
    // It listens as soon as it runs for the first time.
    tokio::task::yield_now().await;

    assert_eq!(time(address, public_key).await?, 7);
    Ok(())
}
