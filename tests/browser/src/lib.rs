//! A browser by WebDriver: chromedriver as a process, JSON over HTTP on loopback.
//!
//! The handful of commands that the tests need; the crates for it bring an HTTP client with eighty others. Needs the Debian packages
//! `chromium` and `chromium-driver`.

#![allow(clippy::unwrap_used, clippy::missing_panics_doc, clippy::must_use_candidate, reason = "for tests")]

pub mod axe;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long a page may take to be as it should be.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long one command may take: axe-core looks at each element of a long page.
const ANSWER: Duration = Duration::from_secs(300);

/// A browser that is closed when this is dropped.
pub struct Browser {
    process: Child,
    port: u16,
    session: String,
}

impl Browser {
    /// Opens a window; a phone has a touch screen.
    pub fn open(width: u32, height: u32, phone: bool) -> Self {
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn()
            .expect("chromedriver starts: install the packages chromium and chromium-driver");
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        let mut browser =
            Self { process, port: port.expect("chromedriver says on which port it listens"), session: String::new() };
        let size = format!("--window-size={width},{height}");
        let mut options =
            json!({ "args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", size] });
        if phone {
            let metrics = json!({ "width": width, "height": height, "pixelRatio": 2.0, "mobile": true, "touch": true });
            options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
        }
        let logs = json!({ "browser": "ALL" });
        let wanted = json!({ "goog:chromeOptions": options, "goog:loggingPrefs": logs });
        let capabilities = json!({ "capabilities": { "alwaysMatch": wanted } });
        let session = browser.request("POST", "/session", &capabilities);
        browser.session = session["sessionId"].as_str().unwrap().to_owned();
        browser.post("/timeouts", &json!({ "script": ANSWER.as_millis() as u64 }));
        browser
    }

    /// Goes to an address.
    pub fn go(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// The address.
    pub fn url(&self) -> String {
        self.get("/url").as_str().unwrap().to_owned()
    }

    /// What a piece of script returns.
    pub fn run(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Clicks on the first element that a selector of CSS finds.
    pub fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.post(&format!("/element/{element}/click"), &json!({}));
    }

    /// Types into an element, after what is there.
    pub fn keys(&self, selector: &str, text: &str) {
        let element = self.element(selector);
        self.post(&format!("/element/{element}/value"), &json!({ "text": text }));
    }

    /// Another theme: `light` or `dark`.
    pub fn theme(&self, theme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": theme }]);
        let params = json!({ "features": features });
        self.post("/goog/cdp/execute", &json!({ "cmd": "Emulation.setEmulatedMedia", "params": params }));
    }

    /// What the page has said to its console since somebody asked last: errors and warnings.
    pub fn console(&self) -> Vec<String> {
        let said = self.post("/se/log", &json!({ "type": "browser" }));
        said.as_array().into_iter().flatten().map(|entry| entry["message"].to_string()).collect()
    }

    /// Waits until a piece of script returns true.
    pub fn wait(&self, what: &str, script: &str) {
        let start = Instant::now();
        while self.run(script) != Value::Bool(true) {
            assert!(start.elapsed() < PATIENCE, "{what} did not happen on {}", self.url());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The window as PNG in base 64.
    pub fn screenshot(&self) -> String {
        self.get("/screenshot").as_str().unwrap().to_owned()
    }

    fn element(&self, selector: &str) -> String {
        let found = self.post("/element", &json!({ "using": "css selector", "value": selector }));
        found[ELEMENT].as_str().unwrap().to_owned()
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.request("POST", &format!("/session/{}{path}", self.session), body)
    }

    fn get(&self, path: &str) -> Value {
        self.request("GET", &format!("/session/{}{path}", self.session), &Value::Null)
    }

    fn request(&self, method: &str, path: &str, body: &Value) -> Value {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(ANSWER)).unwrap();
        let body = if method == "POST" { body.to_string() } else { String::new() };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: \
             {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).unwrap();
        let answer: Value = serde_json::from_slice(&answer).unwrap();
        let value = &answer["value"];
        assert!(value.get("error").is_none(), "{method} {path}: {value:#}");
        value.clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // With its session the browser ends too. A test that has failed must not fail again.
        let url = format!("/session/{}", self.session);
        let ended =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.request("DELETE", &url, &Value::Null)));
        drop(ended);
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
