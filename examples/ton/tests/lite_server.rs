//! Both transports against the server of `ton_liteapi` in the same process.

use std::fmt::Debug;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use adnl::AdnlPeer;
use adnl::crypto::{KeyPair, SecretKey};
use tl_example_ton::lite::constructors::ton_node::BlockId;
use tl_example_ton::lite::functions::lite_server::{GetTime, GetVersion, LookupBlock};
use tl_example_ton::{OverAdnl, OverTonutils};
use tlgen_runtime::rpc::{InvokeAsync, InvokeError};
use ton_liteapi::layers::{UnwrapMessagesLayer, WrapErrorLayer};
use ton_liteapi::server::serve;
use ton_liteapi::tl::common::{BlockIdExt, Int256};
use ton_liteapi::tl::request::{Request, WrappedRequest};
use ton_liteapi::tl::response::{BlockHeader, CurrentTime, Error, Response, Version};
use ton_liteapi::types::LiteError;
use tonutils::liteclient::client::LiteClient;
use tower::ServiceBuilder;
use tower::make::Shared;

/// What the server knows.
async fn answer(request: WrappedRequest) -> Result<Response, LiteError> {
    match request.request {
        Request::GetTime => Ok(Response::CurrentTime(CurrentTime { now: 1_700_000_000 })),
        Request::GetVersion => {
            Ok(Response::Version(Version { mode: 0, version: 0x0101, capabilities: 7, now: 1_700_000_000 }))
        }
        // It is found by its logical time alone.
        Request::LookupBlock(asked) if asked.lt == Some(5) && asked.utime.is_none() => {
            let id = BlockIdExt {
                workchain: asked.id.workchain,
                shard: asked.id.shard,
                seqno: asked.id.seqno + 1,
                root_hash: Int256([1; 32]),
                file_hash: Int256([2; 32]),
            };
            Ok(Response::BlockHeader(BlockHeader {
                id,
                mode: (),
                with_state_update: None,
                with_value_flow: None,
                with_extra: None,
                with_shard_hashes: None,
                with_prev_blk_signatures: None,
                header_proof: vec![9; 5],
            }))
        }
        _ => Ok(Response::Error(Error { code: 651, message: "block is not found".into() })),
    }
}

/// Starts the server; its address and its public key.
async fn start() -> (SocketAddr, [u8; 32]) {
    // The server binds its port itself, so a free one is found first.
    let address = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port");
    let keys = KeyPair::from(&SecretKey::from_bytes([7; 32]));
    let public = keys.public_key.to_bytes();
    tokio::spawn(async move {
        let service =
            ServiceBuilder::new().buffer(16).layer(UnwrapMessagesLayer).layer(WrapErrorLayer).service_fn(answer);
        // It ends with the test.
        let _ = serve(&address, keys, Shared::new(service)).await;
    });
    for _ in 0..200 {
        if tokio::net::TcpStream::connect(address).await.is_ok() {
            return (address, public);
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the server does not listen");
}

/// The calls are the same, whatever moves their bytes.
async fn calls<T: InvokeAsync<Error: Debug>>(server: &T) {
    assert_eq!(server.invoke(&GetTime).await.expect("a time").now, 1_700_000_000);
    let version = server.invoke(&GetVersion).await.expect("a version");
    assert_eq!((version.version, version.capabilities), (0x0101, 7));

    let id = BlockId { workchain: -1, shard: i64::MIN, seqno: 9 };
    let by_time = LookupBlock { mode: 0, id: id.clone(), lt: Some(5), utime: None };
    let header = server.invoke(&by_time).await.expect("a block");
    assert_eq!((header.id.workchain, header.id.shard, header.id.seqno), (-1, i64::MIN, 10));
    assert_eq!((header.id.root_hash, header.header_proof), ([1; 32], vec![9; 5]));

    let missing = LookupBlock { mode: 1, id, lt: None, utime: Some(6) };
    let Err(InvokeError::Rpc(error)) = server.invoke(&missing).await else { panic!("an error of the server") };
    assert_eq!((error.code, error.text.as_str()), (651, "block is not found"));
    // The connection is as good as before.
    assert_eq!(server.invoke(&GetTime).await.expect("a time").now, 1_700_000_000);
}

#[tokio::test]
async fn over_adnl() {
    let (address, public) = start().await;
    let peer = AdnlPeer::connect(public, address).await.expect("a connection");
    calls(&OverAdnl::new(peer)).await;
}

#[tokio::test]
async fn over_tonutils() {
    let (address, public) = start().await;
    let client = LiteClient::connect(address, public).await.expect("a connection");
    calls(&OverTonutils::new(client)).await;
}
