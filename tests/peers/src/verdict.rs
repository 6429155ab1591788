//! What client and server have made of each call.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;
use tlgen_testserver::Random;

use crate::plan::{Plan, hex};
use crate::recorder::Requests;
use crate::vectors::difference;

/// What became of the calls of a plan.
pub(crate) struct Verdict {
    calls: usize,
    /// Results that the client has written again, byte for byte.
    equal: usize,
    /// Results that the client has read and cannot write.
    read: usize,
    /// Functions besides those of the reference pages whose answers the client has read without an error, whatever it then made of them.
    pub(crate) decoded: usize,
    /// Deviations that are known, and those that are not.
    known: Vec<String>,
    wrong: Vec<String>,
    /// Known deviations that did not show.
    gone: Vec<String>,
}

impl Verdict {
    pub(crate) fn new(plan: &Plan, output: &str, requests: &Requests, random: &Random, known: &str) -> Self {
        let mut lines = BTreeMap::new();
        for line in output.lines() {
            if let Ok(value) = serde_json::from_str::<Value>(line)
                && let Some(call) = value["call"].as_u64()
            {
                lines.insert(call as usize, value);
            }
        }
        let reasons: BTreeMap<&str, &str> =
            known.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect();
        let mut verdict = Self {
            calls: plan.0.len(),
            equal: 0,
            read: 0,
            decoded: 0,
            known: Vec::new(),
            wrong: Vec::new(),
            gone: Vec::new(),
        };
        let mut decoded = BTreeSet::new();
        let mut seen = Vec::new();
        for (number, planned) in plan.0.iter().enumerate() {
            if !planned.is_of_page() && has_decoded(lines.get(&number)) {
                decoded.insert(planned.name.as_str());
            }
            let found = if requests.has(&planned.request) {
                verdict.answered(lines.get(&number), &planned.request, random)
            } else {
                Err(request_deviation(lines.get(&number), &planned.request, requests))
            };
            let Err(what) = found else { continue };
            let name = planned.name.as_str();
            match reasons.get(name) {
                Some(reason) => {
                    seen.push(name);
                    verdict.known.push(format!("{name}: {reason}"));
                }
                None => verdict.wrong.push(format!("{name}: {what}")),
            }
        }
        let called = |name: &str| plan.0.iter().any(|planned| planned.name == name);
        let gone = reasons.keys().filter(|name| called(name) && !seen.contains(name));
        verdict.gone = gone.map(|name| (*name).to_owned()).collect();
        verdict.decoded = decoded.len();
        verdict
    }

    /// Whether the client has read the answer to a request that came as planned.
    fn answered(&mut self, line: Option<&Value>, request: &[u8], random: &Random) -> Result<(), String> {
        let line = line.ok_or("the client says nothing of it")?;
        if let Some(error) = line["error"].as_str() {
            return Err(format!("the answer: {error}"));
        }
        if let Some(error) = line["unwritten"].as_str() {
            return Err(format!("the result cannot be written again: {error}"));
        }
        let answer = random.answer(request).map_err(|error| error.to_string())?;
        match line["bytes"].as_str() {
            Some(bytes) if bytes == hex(&answer) => self.equal += 1,
            Some(bytes) => return Err(format!("the result written again: {}", difference(&hex(&answer), bytes))),
            None => self.read += 1,
        }
        Ok(())
    }

    /// Whether nothing unknown is wrong.
    pub(crate) fn is_good(&self) -> bool {
        self.wrong.is_empty() && self.gone.is_empty() && self.calls > 0
    }
}

/// Whether the client has read an answer, also if it cannot write it again.
fn has_decoded(line: Option<&Value>) -> bool {
    line.is_some_and(|line| line["error"].is_null())
}

fn request_deviation(line: Option<&Value>, request: &[u8], requests: &Requests) -> String {
    let mut id = [0; 4];
    id.copy_from_slice(&request[..4]);
    if let Some(error) = line.and_then(|line| line["error"].as_str()) {
        return format!("the request: {error}");
    }
    match requests.of(id).first() {
        Some(sent) => format!("the request: {}", difference(&hex(request), &hex(sent))),
        None => "the request was not sent".to_owned(),
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { calls, equal, read, decoded, known, wrong, gone } = self;
        for deviation in known {
            writeln!(f, "known: {deviation}")?;
        }
        for deviation in wrong {
            writeln!(f, "WRONG: {deviation}")?;
        }
        for deviation in gone {
            writeln!(f, "GONE: {deviation} is listed as a deviation and is right")?;
        }
        write!(
            f,
            "{calls} calls: {equal} equal byte for byte, {read} read, {} known deviations, {} wrong; {decoded} other functions \
             without a decoding error",
            known.len(),
            wrong.len()
        )
    }
}
