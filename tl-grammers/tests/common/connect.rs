// A server and a client of grammers that is connected to it, for tests and for examples in the documentation.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::sync::Arc;

use grammers_client::Client;
use grammers_client::sender::{SenderPool, SenderPoolHandle};
use grammers_session::SessionData;
use grammers_session::storages::MemorySession;
use grammers_session::types::DcOption;
use tlgen_testserver::TestServer;

/// The key that both share.
pub(crate) const KEY: [u8; 256] = [0x5a; 256];

/// A server on which no contact is ever new.
#[allow(dead_code)]
pub(crate) async fn start() -> std::io::Result<TestServer> {
    use tl_generated::telegram_228::{functions::contacts::GetContacts, types::contacts::Contacts};
    TestServer::builder().auth_key(KEY).on(|_: GetContacts| Ok(Contacts::NotModified)).start().await
}

/// A client whose data centre 2 is `server`, with its key in the session, so that nothing is exchanged.
pub(crate) fn connect(server: &TestServer) -> (SenderPoolHandle, Client) {
    let port = server.address().port();
    let mut data = SessionData { home_dc: 2, ..SessionData::default() };
    let option = DcOption {
        id: 2,
        ipv4: SocketAddrV4::new(Ipv4Addr::LOCALHOST, port),
        ipv6: SocketAddrV6::new(Ipv6Addr::LOCALHOST, port, 0, 0),
        auth_key: Some(KEY),
    };
    data.dc_options.insert(2, option);
    let SenderPool { runner, handle, .. } = SenderPool::new(Arc::new(MemorySession::from(data)), 1);
    tokio::spawn(runner.run());
    (handle.thin.clone(), Client::new(handle))
}
