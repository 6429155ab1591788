//! A call of layer 228 through grammers, against a server in the same process.

use std::error::Error;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::sync::Arc;

use grammers_client::{Client, sender::SenderPool};
use grammers_session::{SessionData, storages::MemorySession, types::DcOption};
use tl_generated::telegram_228::{calls::Calls, functions::contacts::GetContacts, types::contacts::Contacts};
use tlgen_grammers::ClientTransport;
use tlgen_testserver::TestServer;

/// Whatever server the client is connected to.
async fn contacts(client: Client) -> Result<Contacts, Box<dyn Error>> {
    let telegram = ClientTransport::new(client).at_layer(228);
    Ok(telegram.contacts().get_contacts(0).await?)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let builder = TestServer::builder().auth_key([7; 256]).on(|_: GetContacts| Ok(Contacts::NotModified));
    let server = builder.start().await?;

    // A session for Telegram itself has its addresses, and the key that a login has made.
    let port = server.address().port();
    let ipv4 = SocketAddrV4::new(Ipv4Addr::LOCALHOST, port);
    let ipv6 = SocketAddrV6::new(Ipv6Addr::LOCALHOST, port, 0, 0);
    let mut session = SessionData { home_dc: 2, ..SessionData::default() };
    session.dc_options.insert(2, DcOption { id: 2, ipv4, ipv6, auth_key: Some([7; 256]) });
    let SenderPool { runner, handle, .. } = SenderPool::new(Arc::new(MemorySession::from(session)), 1);
    tokio::spawn(runner.run());

    assert_eq!(contacts(Client::new(handle)).await?, Contacts::NotModified);
    Ok(())
}
