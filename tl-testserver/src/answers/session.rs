//! Recorded sessions: calls and their answers as lines of JSON, written down and played back.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value as Json, json};
use tlgen_dynamic::{Codec, DecodeOptions, EncodeError, JsonError, Root, RowKind, Slot, Value};
use tlgen_model::Valid;
use tlgen_model::schema::{CombinatorIdx, Schema, SectionKind};
use tlgen_runtime::Combinator;
use tlgen_runtime::rpc::RpcError;

use super::{AnswerFuture, Handler, at_once};
use crate::call::{Answer, Call};
use crate::generated::session::functions::help::GetConfig;

/// Answers what was asked in a recorded session as it was answered there: by the bytes of the request.
///
/// A session is text, one call a line: an object with `request` and either `result` or `error`. Values are JSON as `tlgen decode`
/// writes it, or `{"raw": "<hexadecimal digits>"}`. Other fields, and lines without a request or an answer, are passed over. A
/// [`Recorder`] writes such lines, and so does `tlgen sniff --json`, of a capture of any server.
///
/// A request that was made several times gets its answers in their order, and then the last one again. What a client makes up anew
/// for each request, its `random_id`, may differ from what was recorded; an answer that repeats it has the recorded one. Recorded
/// requests that differ in it alone are one request then, with the answers of all of them in their order. Requests that were not recorded are left to other handlers. So is `help.getConfig`: a recorded one would send clients to another server.
///
/// ```
/// use tlgen_parser::source::Sources;
/// use tlgen_testserver::Playback;
///
/// let mut sources = Sources::new();
/// let file = sources.add("dice.tl", "dice#00000001 eyes:int = Dice; ---functions--- roll#00000002 = Dice;");
/// let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
///
/// let session = r#"
///     {"request": {"_": "roll"}, "result": {"_": "dice", "eyes": 6}}
///     {"request": {"_": "roll"}, "error": {"code": 420, "message": "FLOOD_WAIT_3"}}
/// "#;
/// let playback = Playback::parse(&schema, session)?;
/// assert_eq!(playback.answer(&[2, 0, 0, 0]), Some(Ok(vec![1, 0, 0, 0, 6, 0, 0, 0])));
/// assert!(playback.answer(&[2, 0, 0, 0]).is_some_and(|answer| answer.is_err()));
/// # Ok::<(), tlgen_testserver::SessionError>(())
/// ```
#[derive(Debug, Default)]
pub struct Playback {
    answers: Mutex<HashMap<Vec<u8>, Recorded>>,
    /// The requests that have bytes which may differ, in the order of the session.
    varied: HashMap<Outline, Vec<Varied>>,
}

/// The id and the length of a request.
type Outline = (Option<[u8; 4]>, usize);

#[derive(Debug, Default)]
struct Recorded {
    answers: Vec<Answer>,
    next: usize,
}

/// A request of which some bytes may differ.
#[derive(Debug)]
struct Varied {
    request: Vec<u8>,
    /// Where these bytes are, ascending.
    random: Vec<Range<usize>>,
}

impl Varied {
    /// Whether a request of the same outline has the same other bytes.
    fn is(&self, request: &[u8]) -> bool {
        let starts = [0].into_iter().chain(self.random.iter().map(|random| random.end));
        let ends = self.random.iter().map(|random| random.start).chain([request.len()]);
        starts.zip(ends).all(|(start, end)| request[start..end] == self.request[start..end])
    }
}

/// Writes down the calls that a server answers, for [`Playback`].
///
/// Clones are the same recorder: one is given to [`Builder::record`](crate::Builder::record), and another one gives the text.
///
/// ```
/// use tl_generated::telegram_228::{functions::contacts::GetContacts, types::contacts::Contacts};
/// use tlgen_parser::source::Sources;
/// use tlgen_testserver::{Recorder, TestServer};
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> std::io::Result<()> {
/// let mut sources = Sources::new();
/// let file = sources.add("dice.tl", "dice#00000001 eyes:int = Dice; ---functions--- roll#00000002 = Dice;");
/// let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
///
/// let recorder = Recorder::new(schema);
/// let server = TestServer::builder().on(|_: GetContacts| Ok(Contacts::NotModified)).record(&recorder).start().await?;
/// // ... a client makes its calls ...
/// server.shutdown().await;
/// assert_eq!(recorder.text(), "");
/// # Ok(()) }
/// ```
#[derive(Clone, Debug)]
pub struct Recorder {
    schema: Arc<Valid<Schema>>,
    calls: Arc<Mutex<Calls>>,
}

/// Requests and what they were answered with.
type Calls = Vec<(Vec<u8>, Answer)>;

/// Why a line is no call of a recorded session.
///
/// ```
/// use tlgen_parser::source::Sources;
/// use tlgen_testserver::{Playback, SessionErrorKind};
///
/// let mut sources = Sources::new();
/// let file = sources.add("dice.tl", "dice#00000001 eyes:int = Dice; ---functions--- roll#00000002 = Dice;");
/// let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
///
/// let error = Playback::parse(&schema, "\n{\"request\": {\"_\": \"throw\"}, \"result\": true}").unwrap_err();
/// assert_eq!(error.line, 2);
/// assert!(matches!(error.kind, SessionErrorKind::Value(_)));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct SessionError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: SessionErrorKind,
}

/// What is wrong with a line of a recorded session.
///
/// ```
/// use tlgen_testserver::SessionErrorKind;
///
/// assert_eq!(SessionErrorKind::Raw.to_string(), "`raw` is an even number of hexadecimal digits");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum SessionErrorKind {
    /// It is no JSON.
    Json(serde_json::Error),
    /// A value is not of its type.
    Value(JsonError),
    /// A value has no encoding.
    Encode(EncodeError),
    /// `raw` has other things than digits.
    Raw,
    /// The request is no function of the schema, so only its `raw` bytes can be played back, and those of its result.
    Function,
    /// `error` has no `code` of 32 bits and no `message`.
    Error,
}

impl fmt::Display for SessionErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => error.fmt(f),
            Self::Value(error) => error.fmt(f),
            Self::Encode(error) => error.fmt(f),
            Self::Raw => f.write_str("`raw` is an even number of hexadecimal digits"),
            Self::Function => f.write_str("the request is no function of the schema, and its result is not `raw`"),
            Self::Error => f.write_str("`error` has a `code` of 32 bits and a `message`"),
        }
    }
}

impl fmt::Display for SessionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.kind)
    }
}

impl std::error::Error for SessionError {}

impl Playback {
    /// Reads a session by the schema of its layer.
    ///
    /// # Errors
    /// The first line that is wrong.
    pub fn parse(schema: &Valid<Schema>, text: &str) -> Result<Self, SessionError> {
        let codec = Codec::new(schema);
        let mut answers: HashMap<Vec<u8>, Recorded> = HashMap::new();
        let mut varied: HashMap<Outline, Vec<Varied>> = HashMap::new();
        for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let call = call(&codec, line).map_err(|kind| SessionError { line: number + 1, kind })?;
            let Some((request, answer)) = call else { continue };
            let random = random_bytes(&codec, &request);
            if !random.is_empty() && !answers.contains_key(&request) {
                varied.entry(outline(&request)).or_default().push(Varied { request: request.clone(), random });
            }
            answers.entry(request).or_default().answers.push(answer);
        }
        Ok(Self { answers: Mutex::new(answers), varied })
    }

    /// The next answer to a request, which begins with the id of its function; `None` if it was not recorded.
    #[must_use]
    pub fn answer(&self, request: &[u8]) -> Option<Answer> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let request = match answers.contains_key(request) {
            true => request,
            false => self.alike(request, &answers)?,
        };
        let recorded = answers.get_mut(request)?;
        let answer = recorded.answers.get(recorded.next).or(recorded.answers.last())?.clone();
        recorded.next += 1;
        Some(answer)
    }

    /// The recorded request that differs in random bytes alone: the first that has an answer left, else the last.
    fn alike(&self, request: &[u8], answers: &HashMap<Vec<u8>, Recorded>) -> Option<&[u8]> {
        let mut alike = self
            .varied
            .get(&outline(request))?
            .iter()
            .filter(|varied| varied.is(request))
            .map(|varied| &*varied.request);
        let has_answer = |request: &&[u8]| answers.get(*request).is_some_and(Recorded::has_answer);
        alike.clone().find(has_answer).or_else(|| alike.next_back())
    }
}

impl Recorded {
    /// Whether there is an answer that nobody got.
    fn has_answer(&self) -> bool {
        self.next < self.answers.len()
    }
}

impl Handler for Playback {
    fn answer(&self, call: &Call) -> Option<AnswerFuture> {
        if call.id() == GetConfig::ID {
            return None;
        }
        self.answer(&call.body).map(at_once)
    }
}

impl Recorder {
    /// Writes values by this schema, and those that it does not have as bytes.
    #[must_use]
    pub fn new(schema: Valid<Schema>) -> Self {
        Self { schema: Arc::new(schema), calls: Arc::default() }
    }

    /// A line for each call so far, in the order of their answers.
    #[must_use]
    pub fn text(&self) -> String {
        let codec = Codec::new(&self.schema);
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.iter().map(|(request, answer)| format!("{}\n", line(&codec, request, answer))).collect()
    }

    pub(crate) fn note(&self, call: &Call, answer: &Answer) {
        let mut calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.push((call.body.clone(), answer.clone()));
    }
}

fn outline(request: &[u8]) -> Outline {
    (request.first_chunk().copied(), request.len())
}

/// Where in a request the values of `random_id` are: a number, or a vector of numbers.
fn random_bytes(codec: &Codec<'_>, request: &[u8]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut list = None;
    for row in codec.trace(Root::Any, request, &DecodeOptions::default()).rows {
        list = list.filter(|depth| row.depth > *depth);
        let is_random = match row.slot {
            Slot::Field { params, index, .. } => params[index].name.as_deref() == Some("random_id"),
            _ => list.is_some(),
        };
        match row.kind {
            RowKind::Value(_) if is_random => found.push(row.bytes),
            RowKind::Vector { .. } if is_random => list = Some(row.depth),
            RowKind::Fault { .. } => return Vec::new(),
            _ => {}
        }
    }
    found
}

/// The request and the answer of a line, if it has both.
fn call(codec: &Codec<'_>, line: &str) -> Result<Option<(Vec<u8>, Answer)>, SessionErrorKind> {
    let line: Json = serde_json::from_str(line).map_err(SessionErrorKind::Json)?;
    let (request, result, error) = (&line["request"], line.get("result"), line.get("error"));
    if request.is_null() || (result.is_none() && error.is_none()) {
        return Ok(None);
    }
    let (request, function) = match raw(request)? {
        Some(bytes) => (bytes, None),
        None => {
            let object = codec.from_json_boxed(request).map_err(SessionErrorKind::Value)?;
            (codec.encode_boxed(&object).map_err(SessionErrorKind::Encode)?, Some(object.combinator))
        }
    };
    if let Some(error) = error {
        let code = error["code"].as_i64().and_then(|code| i32::try_from(code).ok());
        let (code, text) = code.zip(error["message"].as_str()).ok_or(SessionErrorKind::Error)?;
        return Ok(Some((request, Err(RpcError::new(code, text)))));
    }
    let result = result.unwrap_or(&Json::Null);
    let result = match raw(result)? {
        Some(bytes) => bytes,
        None => {
            let is_function = |idx: &CombinatorIdx| codec.schema().combinator(*idx).kind == SectionKind::Functions;
            let function = function.filter(is_function).ok_or(SessionErrorKind::Function)?;
            let ty = &codec.schema().combinator(function).result;
            let value = codec.from_json(ty, result).map_err(SessionErrorKind::Value)?;
            codec.encode(ty, &value).map_err(SessionErrorKind::Encode)?
        }
    };
    Ok(Some((request, Ok(result))))
}

/// The bytes of `{"raw": digits}`.
fn raw(json: &Json) -> Result<Option<Vec<u8>>, SessionErrorKind> {
    let Some(digits) = json.get("raw").filter(|_| json.get("_").is_none()) else { return Ok(None) };
    let digits = digits.as_str().ok_or(SessionErrorKind::Raw)?.as_bytes();
    let (pairs, []) = digits.as_chunks::<2>() else { return Err(SessionErrorKind::Raw) };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let byte = |[high, low]: &[u8; 2]| Some(digit(*high)? << 4 | digit(*low)?);
    pairs.iter().map(byte).collect::<Option<_>>().map(Some).ok_or(SessionErrorKind::Raw)
}

fn line(codec: &Codec<'_>, request: &[u8], answer: &Answer) -> Json {
    // What would not be written the same way again stays as it is.
    let object = match codec.decode_for_json(Root::Any, request) {
        Some(Value::Object(object)) => Some(object),
        _ => None,
    };
    let written = object.as_ref().map_or_else(|| as_raw(request), |object| codec.to_json_boxed(object));
    let result = match answer {
        Err(error) => return json!({"request": written, "error": {"code": error.code, "message": error.text}}),
        Ok(result) => result,
    };
    let typed = object.and_then(|object| {
        let ty = &codec.schema().combinator(object.combinator).result;
        Some(codec.to_json(ty, &codec.decode_for_json(Root::Type(ty), result)?))
    });
    json!({"request": written, "result": typed.unwrap_or_else(|| as_raw(result))})
}

fn as_raw(bytes: &[u8]) -> Json {
    json!({"raw": bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()})
}
