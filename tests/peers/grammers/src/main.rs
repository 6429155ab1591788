//! Makes the calls of a plan with the client of grammers; see `../src/main.rs`. With the argument `schema` it prints the schema of
//! its layer, with `vectors` it reads and writes the vectors of `tlgen conformance` with the types of grammers.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports")]

mod rows;

use std::error::Error;
use std::io::{self, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddrV4, SocketAddrV6};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;
use std::time::Duration;
use std::{env, fs};

use grammers_client::Client;
use grammers_client::sender::{SenderPool, SenderPoolHandle};
use grammers_session::SessionData;
use grammers_session::storages::MemorySession;
use grammers_session::types::DcOption;
use grammers_tl_types::functions::contacts::{GetContacts, GetTopPeers};
use grammers_tl_types::{Deserializable, Identifiable, Serializable};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::rows::Again;

type Fault = Box<dyn Error>;

/// The data centre of the session.
const HOME: i32 = 2;

/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["schema"] => fs::read_to_string(env!("TL_API")).map(|text| print!("{text}")).map_err(Fault::from),
        ["vectors"] => vectors(),
        ["vector", name, id] => io::read_to_string(io::stdin()).map_err(Fault::from).and_then(|hex| {
            one(name, id, &bytes(&hex)?);
            Ok(())
        }),
        [] => calls().await,
        _ => Err("expected nothing, `schema`, or `vectors`".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A client whose data centre is the server, with its key in the session, so that nothing is exchanged.
fn connect() -> Result<(SenderPoolHandle, Client), Fault> {
    let port = env::var("PEER_PORT")?.parse()?;
    let key: [u8; 256] = bytes(&env::var("PEER_KEY")?)?.try_into().map_err(|_| "a key has 256 bytes")?;
    let mut data = SessionData { home_dc: HOME, ..SessionData::default() };
    let option = DcOption {
        id: HOME,
        ipv4: SocketAddrV4::new(Ipv4Addr::LOCALHOST, port),
        ipv6: SocketAddrV6::new(Ipv6Addr::LOCALHOST, port, 0, 0),
        auth_key: Some(key),
    };
    data.dc_options.insert(HOME, option);
    let SenderPool { runner, handle, .. } = SenderPool::new(Arc::new(MemorySession::from(data)), 1);
    tokio::spawn(runner.run());
    Ok((handle.thin.clone(), Client::new(handle)))
}

async fn calls() -> Result<(), Fault> {
    let (pool, client) = connect()?;
    let plan: Vec<Value> = serde_json::from_str(&fs::read_to_string(env::var("PEER_PLAN")?)?)?;
    for (number, planned) in plan.iter().enumerate() {
        let request = bytes(planned["bytes"].as_str().ok_or("a request has bytes")?)?;
        let id = planned["id"].as_u64().and_then(|id| u32::try_from(id).ok()).ok_or("a request has an id")?;
        let result = match id {
            // The calls of the reference pages as they show them.
            GetTopPeers::CONSTRUCTOR_ID if number < 2 => page::<GetTopPeers>(&client, &request).await,
            GetContacts::CONSTRUCTOR_ID if number < 2 => page::<GetContacts>(&client, &request).await,
            _ => call(&pool, id, &request).await,
        };
        println!("{}", line("call", number, result, "error"));
    }
    Ok(())
}

/// Through `Client::invoke`.
async fn page<F>(client: &Client, request: &[u8]) -> Again
where
    F: grammers_tl_types::RemoteCall<Return: Serializable> + Deserializable,
{
    let request = F::from_bytes(&request[4..]).map_err(|error| format!("the request: {error:?}"))?;
    let result = timeout(PATIENCE, client.invoke(&request)).await.map_err(|_| "no answer in time")?;
    result.map(|value| value.to_bytes()).map_err(|error| error.to_string())
}

/// Through the connections of the client, which is not generic: a client for each of 800 functions takes minutes to compile.
async fn call(pool: &SenderPoolHandle, id: u32, request: &[u8]) -> Again {
    let function = rows::function(id).ok_or("grammers has no such function")?;
    let request = (function.request)(request).map_err(|error| format!("the request: {error}"))?;
    let answer = timeout(PATIENCE, pool.raw_invoke_in_dc(HOME, request)).await.map_err(|_| "no answer in time")?;
    (function.result)(&answer.map_err(|error| error.to_string())?)
}

/// Reads and writes each vector.
fn vectors() -> Result<(), Fault> {
    let file: Value = serde_json::from_str(&fs::read_to_string(env::var("PEER_VECTORS")?)?)?;
    for (number, vector) in file["vectors"].as_array().ok_or("no vectors")?.iter().enumerate() {
        let text = |key: &str| vector[key].as_str().ok_or_else(|| format!("a vector has no `{key}`"));
        let (name, id) = (text("name")?, u32::from_str_radix(text("id")?, 16)?);
        let input = bytes(text("bytes")?)?;
        let Some(again) = rows::by_name(name, id) else {
            println!("{}", json!({"vector": number, "absent": true}));
            continue;
        };
        let result = match vector["refused"]["reason"].as_str() {
            Some("too-deep") => elsewhere(name, text("id")?, text("bytes")?)?,
            _ => Some(again(&input)),
        };
        match result {
            Some(result) => println!("{}", line("vector", number, result, "refused")),
            None => println!("{}", json!({"vector": number, "crashed": "the process has ended"})),
        }
    }
    Ok(())
}

/// Reads and writes a vector in another process, which it may end; nothing if it does.
fn elsewhere(name: &str, id: &str, hex: &str) -> Result<Option<Again>, Fault> {
    // The bytes are longer than an argument may be.
    let mut command = Command::new(env::current_exe()?);
    command.args(["vector", name, id]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    child.stdin.take().ok_or("a process without input")?.write_all(hex.as_bytes())?;
    let output = child.wait_with_output()?;
    let text = String::from_utf8(output.stdout)?;
    let result = || text.trim_end().split_once(' ').map(|(kind, text)| (kind, text.to_owned()));
    Ok(match result().filter(|_| output.status.success()) {
        Some(("bytes", hex)) => Some(Ok(bytes(&hex)?)),
        Some((_, error)) => Some(Err(error)),
        None => None,
    })
}

/// The other process.
fn one(name: &str, id: &str, input: &[u8]) {
    let again = u32::from_str_radix(id, 16).ok().and_then(|id| rows::by_name(name, id));
    match again.map_or_else(|| Err("grammers has no such function or constructor".to_owned()), |again| again(input)) {
        Ok(bytes) => println!("bytes {}", hex(&bytes)),
        Err(error) => println!("refused {error}"),
    }
}

fn line(what: &str, number: usize, result: Again, wrong: &str) -> Value {
    match result {
        Ok(bytes) => json!({what: number, "bytes": hex(&bytes)}),
        Err(error) => json!({what: number, wrong: error}),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Result<Vec<u8>, Fault> {
    let digits = |at: usize| hex.get(at..at + 2).ok_or("half of a byte");
    (0..hex.len()).step_by(2).map(|at| Ok(u8::from_str_radix(digits(at)?, 16)?)).collect()
}
