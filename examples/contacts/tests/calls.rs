//! The program, and calls that go wrong.

#![allow(clippy::unwrap_used)]

use std::process::Command;
use std::sync::Arc;

use tl_example_contacts::client::{Direct, Remote};
use tl_example_contacts::server::{Person, Server};
use tl_generated::mtproto::functions::Ping;
use tl_generated::telegram_228::functions::contacts::{GetContacts, GetStatuses, GetTopPeers};
use tl_generated::telegram_228::types::contacts::TopPeers;
use tlgen_runtime::rpc::{Invoke, InvokeAsync, InvokeError, RpcError};

fn server() -> Arc<Server> {
    let person = |id: i64| Person { id, name: format!("P{id}"), mutual: false, rating: id as f64 };
    Arc::new(Server::new((1..=5).map(person).collect()))
}

#[test]
fn the_program_prints_contacts_and_top_peers() {
    let output = Command::new(env!("CARGO_BIN_EXE_contacts")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let expected = "\
contacts: 3
  Ada, mutual
  Blaise
  Grace, mutual
contacts: nothing new
top peers by Correspondents: 3
  Grace 8.25
  Ada 2.5
top peers by Groups: 0
top peers by Correspondents: 3
  Ada 2.5
top peers: no category was chosen
";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
}

#[test]
fn errors_of_the_server_are_rpc_errors() {
    let client = Direct::new(server());
    let error = client.invoke(&GetTopPeers::new(0, 10, 0)).unwrap_err();
    assert_eq!(error.rpc(), Some(&RpcError::new(400, "TYPES_EMPTY")));
    let error = client.invoke(&GetTopPeers { groups: true, ..GetTopPeers::new(-1, 10, 0) }).unwrap_err();
    assert_eq!(error.rpc(), Some(&RpcError::new(400, "OFFSET_INVALID")));
    let error = client.invoke(&Ping { ping_id: 1 }).unwrap_err();
    assert!(matches!(error.rpc(), Some(error) if error.text.starts_with("INPUT_METHOD_INVALID_")), "{error:?}");
}

#[test]
fn pages() {
    let client = Direct::new(server());
    let page = |offset, limit| {
        let request = GetTopPeers { correspondents: true, ..GetTopPeers::new(offset, limit, 0) };
        let TopPeers::TopPeers(found) = client.invoke(&request).unwrap() else { panic!("no peers") };
        found.categories[0].peers.iter().map(|peer| peer.rating).collect::<Vec<_>>()
    };
    assert_eq!(page(0, 2), [5.0, 4.0]);
    assert_eq!(page(4, 2), [1.0]);
    assert_eq!(page(9, 2), [0.0; 0]);
}

#[tokio::test]
async fn calls_at_the_same_time() {
    let client = Arc::new(Remote::start(server()));
    // Futures of calls go to other tasks.
    let tasks: Vec<_> = (0..20)
        .map(|_| {
            let client = Arc::clone(&client);
            tokio::spawn(async move { client.invoke(&GetStatuses).await.map(|found| found.len()) })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().unwrap(), 5);
    }
}

#[test]
fn a_server_that_is_gone_is_a_failure_of_the_connection() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let client = runtime.block_on(async { Remote::start(server()) });
    drop(runtime);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let error = runtime.block_on(client.invoke(&GetContacts { hash: 0 })).unwrap_err();
    assert!(matches!(error, InvokeError::Transport(_)), "{error:?}");
}
