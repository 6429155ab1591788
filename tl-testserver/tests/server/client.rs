//! A client that can do everything wrong: frames and encryption are those of grammers, ids and numbers are the test's.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use grammers_crypto::{AuthKey, DequeBuffer, decrypt_data_v2, encrypt_data_v2};
use grammers_mtproto::transport::{Abridged, Full, Intermediate, Obfuscated, Transport};
use tl_generated::mtproto::constructors::{GzipPacked, Message, MsgContainer, RpcError, RpcResult};
use tlgen_runtime::{Combinator, Decode, DecodeBare, Encode, Function, Object};
use tlgen_testserver::TestServer;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// How long the server may take for an answer, on the slowest machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A key that servers and clients of the tests share.
pub(crate) const KEY: [u8; 256] = {
    let mut key = [1; 256];
    let mut i = 0;
    while i < 256 {
        key[i] = i as u8;
        i += 1;
    }
    key
};

pub(crate) struct Client {
    stream: TcpStream,
    transport: Box<dyn Transport + Send>,
    input: Vec<u8>,
    pub(crate) key: AuthKey,
    pub(crate) salt: i64,
    pub(crate) session: i64,
    last_id: i64,
    count: i32,
}

/// The transports that grammers has, by name.
pub(crate) fn transport(name: &str) -> Box<dyn Transport + Send> {
    match name {
        "abridged" => Box::new(Abridged::new()),
        "full" => Box::new(Full::new()),
        "obfuscated abridged" => Box::new(Obfuscated::new(Abridged::new())),
        "obfuscated intermediate" => Box::new(Obfuscated::new(Intermediate::new())),
        _ => Box::new(Intermediate::new()),
    }
}

/// What came for a request.
pub(crate) type Answered = Result<Vec<u8>, (i32, String)>;

impl Client {
    pub(crate) async fn connect(server: &TestServer, name: &str, session: i64) -> Self {
        let stream = TcpStream::connect(server.address()).await.unwrap();
        Self {
            stream,
            transport: transport(name),
            input: Vec::new(),
            key: AuthKey::from_bytes(KEY),
            salt: 0,
            session,
            last_id: 0,
            count: 0,
        }
    }

    /// With the salt that the server wants and its session announced.
    pub(crate) async fn ready(server: &TestServer, name: &str, session: i64) -> Self {
        let mut client = Self::connect(server, name, session).await;
        client.ping().await;
        client
    }

    /// The same for a session that has sent so many messages before.
    pub(crate) async fn again(server: &TestServer, name: &str, session: i64, count: i32) -> Self {
        let mut client = Self::connect(server, name, session).await;
        client.count = count;
        client.ping().await;
        client
    }

    /// Sends a ping until the salt is right.
    pub(crate) async fn ping(&mut self) {
        use tl_generated::mtproto::{constructors::BadServerSalt, functions::Ping};
        loop {
            self.send(&Ping { ping_id: 1 }, true).await;
            let first = self.receive().await.expect("an answer").remove(0);
            match first.body.decode::<BadServerSalt>() {
                Ok(bad) => self.salt = bad.new_server_salt,
                Err(_) => return,
            }
        }
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    pub(crate) fn frame(&mut self, payload: &[u8]) -> Vec<u8> {
        let mut buffer = DequeBuffer::with_capacity(payload.len(), 128);
        buffer.extend(payload.iter().copied());
        self.transport.pack(&mut buffer);
        buffer[..].to_vec()
    }

    pub(crate) async fn send_payload(&mut self, payload: &[u8]) {
        let frame = self.frame(payload);
        self.write(&frame).await;
    }

    /// The next frame, or the code of an error; `None` once the server has closed the connection.
    pub(crate) async fn receive_payload(&mut self) -> Option<Result<Vec<u8>, u32>> {
        loop {
            match self.transport.unpack(&mut self.input) {
                Ok(offset) => {
                    let payload = self.input[offset.data_range].to_vec();
                    self.input.drain(..offset.next_offset);
                    return Some(Ok(payload));
                }
                Err(grammers_mtproto::transport::Error::BadStatus { status }) => {
                    self.input.clear();
                    return Some(Err(status));
                }
                Err(grammers_mtproto::transport::Error::MissingBytes) => {}
                Err(error) => panic!("{error:?}"),
            }
            let read = timeout(PATIENCE, self.stream.read_buf(&mut self.input)).await;
            if read.expect("the server answers in time").ok()? == 0 {
                return None;
            }
        }
    }

    pub(crate) fn next_id(&mut self) -> i64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let id = (now.as_secs() as i64) << 32 | (i64::from(now.subsec_nanos()) << 2);
        self.last_id = id.max(self.last_id + 4);
        self.last_id
    }

    pub(crate) fn next_seqno(&mut self, is_content: bool) -> i32 {
        let seqno = self.count * 2 + i32::from(is_content);
        self.count += i32::from(is_content);
        seqno
    }

    /// The frame's payload with a message.
    pub(crate) fn seal(&self, msg_id: i64, seqno: i32, body: &[u8]) -> Vec<u8> {
        let mut buffer = DequeBuffer::with_capacity(body.len() + 64, 128);
        buffer.extend(self.salt.to_le_bytes());
        buffer.extend(self.session.to_le_bytes());
        buffer.extend(msg_id.to_le_bytes());
        buffer.extend(seqno.to_le_bytes());
        buffer.extend((body.len() as u32).to_le_bytes());
        buffer.extend(body.iter().copied());
        encrypt_data_v2(&mut buffer, &self.key);
        buffer[..].to_vec()
    }

    pub(crate) async fn send_as(&mut self, msg_id: i64, seqno: i32, body: &[u8]) {
        let payload = self.seal(msg_id, seqno, body);
        self.send_payload(&payload).await;
    }

    pub(crate) async fn send(&mut self, body: &impl Encode, is_content: bool) -> i64 {
        let (msg_id, seqno) = (self.next_id(), self.next_seqno(is_content));
        self.send_as(msg_id, seqno, &body.to_bytes().unwrap()).await;
        msg_id
    }

    /// The messages of the next frame, without containers.
    pub(crate) async fn receive(&mut self) -> Option<Vec<Message>> {
        let mut payload = self.receive_payload().await?.expect("a message");
        let plain = decrypt_data_v2(&mut payload, &self.key).unwrap();
        let length = u32::from_le_bytes(plain[28..32].try_into().unwrap()) as usize;
        let message = Message::from_bare_bytes(&plain[16..32 + length]).unwrap();
        assert_eq!(message.msg_id & 1, 1, "the id of a server");
        Some(match message.body.decode::<MsgContainer>() {
            Ok(container) => container.messages,
            Err(_) => vec![message],
        })
    }

    /// The next value of this type; others are passed over.
    pub(crate) async fn receive_one<T: for<'a> Decode<'a>>(&mut self) -> T {
        loop {
            for message in self.receive().await.expect("a message") {
                if let Ok(value) = message.body.decode() {
                    return value;
                }
            }
        }
    }

    /// The answer to the request in this message.
    pub(crate) async fn answer(&mut self, msg_id: i64) -> Answered {
        loop {
            let result: RpcResult = self.receive_one().await;
            if result.req_msg_id == msg_id {
                return unpack(result.result);
            }
        }
    }

    pub(crate) async fn call<F: Function>(&mut self, request: &F) -> Result<F::Return, (i32, String)> {
        let msg_id = self.send(request, true).await;
        self.answer(msg_id).await.map(|bytes| F::Return::from_bytes(&bytes).unwrap())
    }
}

fn unpack(result: Object) -> Answered {
    if let Ok(error) = result.decode::<RpcError>() {
        return Err((error.error_code, error.error_message));
    }
    if result.id() != GzipPacked::ID {
        return Ok(result.into_bytes());
    }
    let packed: GzipPacked = result.decode().unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&packed.packed_data[..]), &mut bytes).unwrap();
    Ok(bytes)
}

pub(crate) fn object(value: &impl Encode) -> Object {
    Object::from_value(value).unwrap()
}
