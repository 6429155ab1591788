//! Random answers of the right type.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::{fmt, thread};

use tlgen_dynamic::{Codec, DecodeOptions, Generator, Profile, RandomError};
use tlgen_model::Valid;
use tlgen_model::schema::{Schema, SectionKind};
use tlgen_mtproto::{part, sha256};
use tlgen_runtime::rpc::RpcError;
use tokio::sync::oneshot;

use super::{AnswerFuture, Handler};
use crate::call::{Answer, Call};

/// Answers each function of a schema with a random value of its result.
///
/// An answer follows from the schema, the seed and the bytes of the request, and from nothing else: the same request gets the same
/// answer on any connection and in any order. A request that is broken by the schema is answered with the error 400
/// `INPUT_FETCH_ERROR`, whose cause [`Random::answer`] tells.
///
/// ```
/// use tlgen_dynamic::Profile;
/// use tlgen_parser::source::Sources;
/// use tlgen_testserver::{Random, RandomAnswerError};
///
/// let mut sources = Sources::new();
/// let file = sources.add("dice.tl", "dice#00000001 eyes:int = Dice; ---functions--- roll#00000002 = Dice;");
/// let schema = tlgen_model::load(&sources, &[file], &Default::default()).value.expect("no errors");
///
/// let random = Random::new(schema.clone(), 7);
/// let dice = random.answer(&[2, 0, 0, 0]).unwrap();
/// assert_eq!((dice.len(), &dice[..4]), (8, &[1, 0, 0, 0][..]));
/// assert_eq!(random.answer(&[2, 0, 0, 0]).unwrap(), dice);
/// assert_eq!(random.answer(&[3, 0, 0, 0]), Err(RandomAnswerError::UnknownFunction { id: 3 }));
///
/// // With values of another size.
/// let small = Random::with_profile(schema, 7, Profile::default().with_budget(64));
/// assert!(small.answer(&[2, 0, 0, 0]).is_ok());
/// ```
#[derive(Debug)]
pub struct Random {
    /// To the thread that owns the schema, which the generator borrows.
    questions: Sender<Question>,
}

#[derive(Debug)]
struct Question {
    body: Vec<u8>,
    answer: Reply,
}

#[derive(Debug)]
enum Reply {
    Awaited(oneshot::Sender<Result<Vec<u8>, RandomAnswerError>>),
    Waited(Sender<Result<Vec<u8>, RandomAnswerError>>),
}

/// Why there is no random answer.
///
/// ```
/// use tlgen_testserver::RandomAnswerError;
///
/// let error = RandomAnswerError::UnknownFunction { id: 3 };
/// assert!(error.to_string().contains("00000003"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RandomAnswerError {
    /// The schema has no function with this id.
    UnknownFunction {
        /// The id.
        id: u32,
    },
    /// The request is no value of the function.
    Request(tlgen_dynamic::DecodeError),
    /// The result has no random value.
    Result(RandomError),
    /// The thread that makes answers has ended.
    Ended,
}

impl fmt::Display for RandomAnswerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFunction { id } => write!(f, "no function has the id {id:08x}"),
            Self::Request(error) => error.fmt(f),
            Self::Result(error) => error.fmt(f),
            Self::Ended => f.write_str("the thread that makes answers has ended"),
        }
    }
}

impl std::error::Error for RandomAnswerError {}

impl Random {
    /// Answers by `schema` and `seed`. A thread makes them, which ends with this value.
    #[must_use]
    pub fn new(schema: Valid<Schema>, seed: u64) -> Self {
        // Clients compare what they read, and NaN is not equal to itself.
        Self::with_profile(schema, seed, Profile::default().with_nan(false))
    }

    /// With another profile of random values.
    #[must_use]
    pub fn with_profile(schema: Valid<Schema>, seed: u64, profile: Profile) -> Self {
        let (questions, asked) = channel();
        thread::spawn(move || work(&schema, seed, profile, &asked));
        Self { questions }
    }

    /// The answer to a request, which begins with the id of its function. Blocks until it is made.
    ///
    /// # Errors
    /// When the request is no function of the schema, or is broken.
    pub fn answer(&self, request: &[u8]) -> Result<Vec<u8>, RandomAnswerError> {
        let (sender, receiver) = channel();
        let question = Question { body: request.to_vec(), answer: Reply::Waited(sender) };
        self.questions.send(question).map_err(|_| RandomAnswerError::Ended)?;
        receiver.recv().map_err(|_| RandomAnswerError::Ended)?
    }
}

/// Answers questions until nobody can ask any more.
fn work(schema: &Valid<Schema>, seed: u64, profile: Profile, questions: &Receiver<Question>) {
    let codec = Codec::new(schema);
    let mut generator = Generator::new(schema, seed).with_profile(profile);
    for Question { body, answer } in questions {
        let made = make(&codec, &mut generator, seed, &body);
        // Whoever has asked may have gone.
        match answer {
            Reply::Awaited(sender) => drop(sender.send(made)),
            Reply::Waited(sender) => drop(sender.send(made)),
        }
    }
}

fn make<'s>(
    codec: &Codec<'s>,
    generator: &mut Generator<'s>,
    seed: u64,
    body: &[u8],
) -> Result<Vec<u8>, RandomAnswerError> {
    let id = body.first_chunk().map_or(0, |&id| u32::from_le_bytes(id));
    let schema = codec.schema();
    let is_meant = |idx: &_| schema.combinator(*idx).kind == SectionKind::Functions;
    let found = codec.by_id(id).filter(is_meant);
    let function = found.ok_or(RandomAnswerError::UnknownFunction { id })?;
    codec.decode_boxed(body, &DecodeOptions::default()).map_err(RandomAnswerError::Request)?;
    let mixed = sha256(&[&seed.to_le_bytes(), body]);
    generator.reseed(u64::from_le_bytes(part(&mixed, 0)));
    generator.type_bytes(&schema.combinator(function).result).map_err(RandomAnswerError::Result)
}

impl Handler for Random {
    fn answer(&self, call: &Call) -> Option<AnswerFuture> {
        let (sender, receiver) = oneshot::channel();
        let asked = self.questions.send(Question { body: call.body.clone(), answer: Reply::Awaited(sender) });
        let id = call.id();
        Some(Box::pin(async move {
            asked.map_err(|_| ended())?;
            answered(receiver.await.map_err(|_| ended())?, id)
        }))
    }
}

fn ended() -> RpcError {
    RpcError::new(500, "RANDOM_ENDED")
}

fn answered(made: Result<Vec<u8>, RandomAnswerError>, id: u32) -> Answer {
    made.map_err(|error| match error {
        RandomAnswerError::UnknownFunction { .. } => crate::call::unknown(id),
        RandomAnswerError::Request(_) => crate::call::broken(),
        RandomAnswerError::Result(_) => RpcError::new(500, "RESULT_HAS_NO_VALUE"),
        RandomAnswerError::Ended => ended(),
    })
}
