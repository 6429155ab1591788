//! Runs a client library of other people against the test server, and compares what both sides have seen.
//!
//! ```text
//! tl-peers --schema api.tl --functions 300 --decoded 200 -- python3 tests/peers/clients/telethon_client.py
//! ```
//!
//! The client finds the address, the key and the plan in its environment, makes each call of the plan with its own types, and
//! writes one line of JSON for each: `{"call": 3, "bytes": "..."}` with the result as it writes it again, or `{"call": 3, "error":
//! "..."}`; `"unwritten"` stands for a result that it has read and fails to write. The plan and the answers follow from schema and seed.
//!
//! With `--vectors` there is no server: the client reads and writes the vectors of `tlgen conformance`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that reports")]

mod plan;
mod recorder;
mod sniffed;
mod vectors;
mod verdict;

use std::error::Error;
use std::process::{ExitCode, Output, Stdio};
use std::time::Duration;
use std::{env, fs, io};

use clap::Parser;
use tl_capture::Recording;
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::source::Sources;
use tlgen_testserver::{Random, TestServer};
use tokio::process::Command;
use tokio::time::timeout;

use crate::plan::Plan;
use crate::recorder::{Recorder, Requests};
use crate::sniffed::Sniffed;
use crate::vectors::Vectors;
use crate::verdict::Verdict;

/// The key that server and clients share, unless they make one.
const KEY: [u8; 256] = [0x42; 256];

/// How long a client may take for everything.
const PATIENCE: Duration = Duration::from_secs(300);

#[derive(Parser)]
struct Arguments {
    /// The schema of the client's layer.
    #[arg(long, required_unless_present = "vectors")]
    schema: Option<String>,
    /// Vectors that the client is to read and write, instead of calls.
    #[arg(long, conflicts_with_all = ["schema", "seed", "functions", "decoded", "no_key"])]
    vectors: Option<String>,
    /// Decides about requests and answers.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How many functions are called besides those of the reference pages.
    #[arg(long, default_value_t = 300)]
    functions: usize,
    /// Of how many of these the client must at least read the answer without an error.
    #[arg(long, default_value_t = 0)]
    decoded: usize,
    /// What the client is known to get wrong, one a line; `#` begins a comment. A line is the name of a function, a blank and the
    /// reason, or with `--vectors` a kind of deviation, ` = ` and the reason.
    #[arg(long)]
    known: Option<String>,
    /// The server knows no key: the client must make one.
    #[arg(long)]
    no_key: bool,
    /// The client.
    #[arg(last = true, required = true)]
    command: Vec<String>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: Arguments) -> Result<bool, Box<dyn Error>> {
    match (&arguments.vectors, &arguments.schema) {
        (Some(vectors), _) => read(vectors, &arguments).await,
        (None, Some(schema)) => call(schema, &arguments).await,
        (None, None) => Err("a schema is needed".into()),
    }
}

/// Gives a client vectors to read and write.
async fn read(vectors: &str, arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    let file = serde_json::from_str(&fs::read_to_string(vectors)?)?;
    let output = finish(command(arguments)?.env("PEER_VECTORS", vectors)).await?;
    let verdict = Vectors::new(&file, &String::from_utf8_lossy(&output.stdout), &known(arguments)?)?;
    println!("{verdict}");
    Ok(output.status.success() && verdict.is_good())
}

/// The client without what it is told by its environment.
fn command(arguments: &Arguments) -> Result<Command, &'static str> {
    let (program, rest) = arguments.command.split_first().ok_or("no client")?;
    let mut command = Command::new(program);
    command.args(rest).stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    Ok(command)
}

async fn finish(command: &mut Command) -> Result<Output, Box<dyn Error>> {
    let client = command.spawn()?.wait_with_output();
    let output = timeout(PATIENCE, client).await.map_err(|_| "the client takes too long")??;
    if !output.status.success() {
        println!("the client has failed: {}", output.status);
    }
    Ok(output)
}

fn known(arguments: &Arguments) -> io::Result<String> {
    Ok(arguments.known.as_ref().map(fs::read_to_string).transpose()?.unwrap_or_default())
}

/// Has a client make calls of a server.
async fn call(schema: &str, arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    let schema = load(schema)?;
    let plan = Plan::new(&schema, arguments.seed, arguments.functions)?;
    let random = Random::new(schema.clone(), arguments.seed);
    let requests = Requests::default();
    let recorder = Recorder::new(Random::new(schema.clone(), arguments.seed), requests.clone());
    let recording = Recording::default();
    let mut builder = TestServer::builder().handler(recorder).tap(recording.tap());
    if !arguments.no_key {
        builder = builder.auth_key(KEY);
    }
    let server = builder.start().await?;

    let file = env::temp_dir().join(format!("tl-peers-{}.json", std::process::id()));
    fs::write(&file, plan.to_json().to_string())?;
    let key: String = KEY.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut command = command(arguments)?;
    command
        .env("PEER_PORT", server.address().port().to_string())
        .env("PEER_KEY", if arguments.no_key { "" } else { &key })
        .env("PEER_PUBLIC_KEY", TestServer::public_key_pem())
        .env("PEER_PLAN", &file);
    let output = finish(&mut command).await;
    let _ = fs::remove_file(&file);
    let output = output?;
    let (address, keys) = (server.address(), server.auth_keys());
    let report = server.shutdown().await;
    let sniffed = sniffed::sniffed(&recording, address, &schema, keys, &requests, &random)?;
    let known = known(arguments)?;
    let verdict = Verdict::new(&plan, &String::from_utf8_lossy(&output.stdout), &requests, &random, &known);
    println!("{verdict}");
    println!("server: {} connections, {} calls, {} keys", report.connections, report.calls, report.keys);
    let Sniffed { calls, typed, errors, wrong } = &sniffed;
    println!("capture: {calls} calls, {typed} results of their types, {errors} errors");
    wrong.iter().for_each(|wrong| println!("WRONG in the capture: {wrong}"));
    let is_captured = *calls == report.calls && wrong.is_empty();
    for closed in &report.closed {
        println!("server: {:?}: {}", closed.transport, closed.reason);
    }
    if verdict.decoded < arguments.decoded {
        println!("WRONG: only {} other functions without a decoding error, not {}", verdict.decoded, arguments.decoded);
    }
    let is_read = verdict.decoded >= arguments.decoded && verdict.is_good();
    Ok(output.status.success() && is_read && is_captured && report.panics == 0)
}

fn load(path: &str) -> Result<Valid<Schema>, Box<dyn Error>> {
    let mut sources = Sources::new();
    let file = sources.add(path, fs::read_to_string(path)?);
    let loaded = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default());
    let first = loaded.diagnostics.first().map(|diagnostic| format!("{path}: {}", diagnostic.message));
    loaded.value.ok_or_else(|| first.unwrap_or_else(|| path.to_owned()).into())
}
