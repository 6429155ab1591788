//! How fast a capture is read, and in how much memory: `cargo run --release -p tlgen-sniff --example speed -- 100`, with the size of
//! the capture in MB. Two sessions are made up: files in parts of 512 KiB, and lists of small values.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program that reports")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use tl_capture::{Link, Session, packets, pcap, server};
use tlgen_dynamic::{DecodeOptions, JsonWriter};
use tlgen_parser::source::Sources;
use tlgen_sniff::{Capture, Event, KeyLog, Outcome, Schemas, Side, Sniffer, TransportKind};

const SCHEMA: &str = "
    file#00000001 bytes:bytes = File;
    user#00000002 flags:# bot:flags.1?true id:long name:flags.0?string phone:string seen:int = User;
    ---functions---
    getFile#00000003 offset:long = File;
    getUsers#00000004 = Vector<User>;
";

const KEY: [u8; 256] = [0x42; 256];

/// What is done with a result.
#[derive(Clone, Copy)]
enum Read {
    Not,
    Line,
    Value,
}

const READS: [(&str, Read); 3] =
    [("results found", Read::Not), ("a line of each result", Read::Line), ("results as values", Read::Value)];

fn main() {
    let size: usize = std::env::args().nth(1).map_or(100, |size| size.parse().unwrap());
    let user = [word(2), word(1), vec![7; 8], b"\x05Alice\0\0\x0b15550001234".to_vec(), word(9)].concat();
    let users = [word(0x1cb5_c415), word(400), user.repeat(400)].concat();
    let part = 512 << 10;
    let length = u32::try_from(part).unwrap().to_le_bytes();
    let file = [word(1), vec![254, length[0], length[1], length[2]], vec![3; part]].concat();
    for (name, request, result) in [("files", [word(3), vec![0; 8]].concat(), file), ("users", word(4), users)] {
        let path = std::env::temp_dir().join(format!("tlgen-sniff-speed-{}.pcap", std::process::id()));
        let calls = write(&path, size << 20, &request, &result);
        read(name, &path, calls);
        std::fs::remove_file(&path).unwrap();
    }
}

fn word(number: u32) -> Vec<u8> {
    number.to_le_bytes().to_vec()
}

/// Writes a capture of about so many bytes in pieces; the number of its calls.
fn write(path: &std::path::Path, size: usize, request: &[u8], result: &[u8]) -> usize {
    let mut file = BufWriter::new(File::create(path).unwrap());
    let (mut written, mut calls) = (0, 0);
    for seed in 0.. {
        // A connection of some MB after the other.
        let mut session = Session::new(TransportKind::Intermediate, seed % 2 == 0, seed, KEY);
        let count = ((4 << 20) / result.len()).max(1);
        for _ in 0..count {
            let id = session.message(Side::Client, request);
            session.answer(id, result);
        }
        calls += count;
        let bytes = pcap(&packets(&session.sent, server()), Link::Ethernet, Duration::from_secs(1));
        file.write_all(if written == 0 { &bytes } else { &bytes[24..] }).unwrap();
        written += bytes.len();
        if written >= size {
            break;
        }
    }
    file.flush().unwrap();
    calls
}

fn read(name: &str, path: &std::path::Path, expected: usize) {
    let mut sources = Sources::new();
    let file = sources.add("speed.tl", SCHEMA);
    let schema = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap();
    let schemas = Schemas::new([(None, &schema)]);
    let mut sniffer = Sniffer::new(&schemas, KeyLog::parse(&KeyLog::line(2, &KEY)).unwrap());
    let bytes = std::fs::metadata(path).unwrap().len();
    let mut line = Vec::new();
    for (what, read) in READS {
        let mut capture = Capture::new(File::open(path).unwrap()).unwrap();
        let (start, before, mut calls) = (Instant::now(), processor(), 0);
        let mut take = |sniffer: &mut Sniffer<'_>| {
            while let Some(event) = sniffer.next_event() {
                let Event::Call(call) = event else { continue };
                let Outcome::Result(result) = &call.outcome else { continue };
                calls += usize::from(match read {
                    Read::Not => true,
                    // As a line for people needs it.
                    Read::Line => {
                        let (codec, root) = (schemas.codec(call.schema), schemas.root_of_result(&call));
                        let writer = JsonWriter::new(codec).with_limit(320);
                        line.clear();
                        writer.write(root, result, &DecodeOptions::lenient(), &mut line).is_ok()
                    }
                    Read::Value => schemas.result(&call, result).is_ok(),
                });
            }
        };
        while let Some(packet) = capture.next_packet().unwrap() {
            sniffer.packet(&packet);
            take(&mut sniffer);
        }
        sniffer.end();
        take(&mut sniffer);
        assert_eq!(calls, expected);
        let (time, used) = (start.elapsed().as_secs_f64(), processor() - before);
        let megabytes = bytes as f64 / 1e6;
        println!(
            "{name}, {what}: {megabytes:.0} MB in {time:.2} s, {:.0} MB/s; {used:.2} s of processor time, {:.0} MB/s; {calls} calls; \
             peak memory {}",
            megabytes / time,
            megabytes / used,
            peak()
        );
    }
}

/// The processor time of this process so far in seconds, on Linux.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // In units of 1/100 s.
    let field = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (field(11) + field(12)) / 100.0
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |peak| peak.trim().to_owned())
}
