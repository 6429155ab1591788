//! Pages to browsers on this machine: enough of HTTP to look at them. Only what is in memory is ever sent.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use tlgen_docs::Pages;

use crate::failure::{Failure, Verdict};
use crate::terminal::Terminal;

/// How long a browser may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long the head of a request may be.
const HEAD: u64 = 16 * 1024;

/// Serves until the process ends.
pub(super) fn serve(pages: &Pages, port: u16, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| Failure::Call(format!("cannot listen on port {port}: {error}")))?;
    let port = listener.local_addr().map_or(port, |address| address.port());
    writeln!(terminal, "http://127.0.0.1:{port}/ until interrupted")?;
    terminal.flush()?;
    std::thread::scope(|scope| {
        for stream in listener.incoming().flatten() {
            // A browser that goes away is no failure of ours.
            scope.spawn(move || drop(answer(pages, &stream)));
        }
    });
    Ok(Verdict::Done)
}

fn answer(pages: &Pages, stream: &TcpStream) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.take(HEAD));
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let response = respond(pages, &first);
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        response.status,
        response.kind,
        response.body.len()
    )?;
    if !first.starts_with("HEAD ") {
        stream.write_all(response.body)?;
    }
    stream.flush()
}

struct Response<'p> {
    status: &'static str,
    kind: &'static str,
    body: &'p [u8],
}

/// What the first line of a request gets.
fn respond<'p>(pages: &'p Pages, line: &str) -> Response<'p> {
    let plain = |status, body: &'static str| Response { status, kind: "text/plain", body: body.as_bytes() };
    let mut words = line.split(' ');
    let (method, target) = (words.next(), words.next());
    let (Some("GET" | "HEAD"), Some(target)) = (method, target) else {
        return plain("405 Method Not Allowed", "Only GET and HEAD.\n");
    };
    let path = target.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    match pages.get(&path) {
        Some(body) => Response { status: "200 OK", kind: kind(&path), body },
        None => plain("404 Not Found", "There is no such page.\n"),
    }
}

fn kind(path: &str) -> &'static str {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("md") => "text/markdown; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests() {
        let pages: Pages = [("index.html", "1"), ("a/b.md", "2")]
            .into_iter()
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .collect();
        let status = |line: &str| respond(&pages, line).status;
        assert_eq!(respond(&pages, "GET / HTTP/1.1\r\n").body, b"1");
        assert_eq!(respond(&pages, "GET /a/b.md?x HTTP/1.1\r\n").kind, "text/markdown; charset=utf-8");
        assert_eq!(status("GET /../Cargo.toml HTTP/1.1\r\n"), "404 Not Found");
        assert_eq!(status("POST / HTTP/1.1\r\n"), "405 Method Not Allowed");
        assert_eq!(status("\r\n"), "405 Method Not Allowed");
    }
}
