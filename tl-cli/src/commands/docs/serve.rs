//! Pages to browsers on this machine. Only pages in memory are sent, and only for requests that call this machine by its own name.

use std::io::Write;
use std::net::Ipv4Addr;
use std::path::Path;

use tiny_http::{Header, Method, Request, Response, Server};
use tlgen_docs::Pages;

use crate::failure::{Failure, Verdict};
use crate::terminal::Terminal;

/// The names of this machine in a `Host` header. A page of another site whose name resolves to this machine has another one.
const OWN_NAMES: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];

/// The page for addresses that have none.
const MISSING: &str = "404.html";

/// Serves until the process ends.
pub(super) fn serve(pages: &Pages, port: u16, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let server = Server::http((Ipv4Addr::LOCALHOST, port))
        .map_err(|error| Failure::Call(format!("cannot listen on port {port}: {error}")))?;
    let port = server.server_addr().to_ip().map_or(port, |address| address.port());
    writeln!(terminal, "http://127.0.0.1:{port}/ until interrupted")?;
    terminal.flush()?;
    for request in server.incoming_requests() {
        let answer = respond(pages, request.method(), request.url(), host(&request));
        let mut response = Response::from_data(answer.body).with_status_code(answer.status);
        if let Ok(header) = Header::from_bytes("Content-Type", answer.kind) {
            response.add_header(header);
        }
        // A browser that goes away is not a failure of this program.
        let _ = request.respond(response);
    }
    Ok(Verdict::Done)
}

/// The name by which a request calls this machine.
fn host(request: &Request) -> Option<&str> {
    request.headers().iter().find(|header| header.field.equiv("Host")).map(|header| header.value.as_str())
}

/// What a request gets.
struct Answer<'p> {
    status: u16,
    kind: &'static str,
    body: &'p [u8],
}

fn respond<'p>(pages: &'p Pages, method: &Method, target: &str, host: Option<&str>) -> Answer<'p> {
    let plain = |status, body: &'static str| Answer { status, kind: "text/plain", body: body.as_bytes() };
    if !host.is_some_and(is_own) {
        return plain(421, "This server answers for 127.0.0.1 and localhost only.\n");
    }
    if !matches!(method, Method::Get | Method::Head) {
        return plain(405, "Only GET and HEAD.\n");
    }
    let path = target.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let path = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    match pages.get(&path) {
        Some(body) => Answer { status: 200, kind: kind(&path), body },
        None => match pages.get(MISSING) {
            Some(body) => Answer { status: 404, kind: kind(MISSING), body },
            None => plain(404, "There is no such page.\n"),
        },
    }
}

/// Whether a `Host` header, with or without a port, names this machine.
fn is_own(host: &str) -> bool {
    let is_port = |text: &str| text.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    let host = host.to_ascii_lowercase();
    OWN_NAMES.iter().filter_map(|name| host.strip_prefix(name)).any(|rest| rest.is_empty() || is_port(rest))
}

fn kind(path: &str) -> &'static str {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("xml") => "application/xml",
        Some("txt") => "text/plain; charset=utf-8",
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
        let get = |target: &str| respond(&pages, &Method::Get, target, Some("localhost"));
        assert_eq!(get("/").body, b"1");
        assert_eq!(get("/a/b.md?x").kind, "text/markdown; charset=utf-8");
        assert_eq!(get("/../Cargo.toml").status, 404);
        let own = Pages::from([(MISSING.to_owned(), b"<h1>".to_vec())]);
        let answer = respond(&own, &Method::Get, "/a.html", Some("localhost"));
        assert_eq!((answer.status, answer.kind, answer.body), (404, "text/html; charset=utf-8", &b"<h1>"[..]));
        assert_eq!(respond(&pages, &Method::Head, "/", Some("localhost")).status, 200);
        assert_eq!(respond(&pages, &Method::Post, "/", Some("localhost")).status, 405);
    }

    /// A page of another site can send requests here under its own name; it must not get to read the answer.
    #[test]
    fn other_names_of_this_machine_are_refused() {
        for own in ["127.0.0.1", "127.0.0.1:8228", "localhost:80", "LOCALHOST", "[::1]:8228"] {
            assert!(is_own(own), "{own}");
        }
        for other in
            ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "localhost:x", "x@localhost"]
        {
            assert!(!is_own(other), "{other}");
        }
        let pages = Pages::from([("index.html".to_owned(), b"1".to_vec())]);
        assert_eq!(respond(&pages, &Method::Get, "/", None).status, 421);
        assert_eq!(respond(&pages, &Method::Get, "/", Some("evil.example")).status, 421);
    }
}
