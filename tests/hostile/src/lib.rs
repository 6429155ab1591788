//! Hostile bytes against the whole Telegram API, and the numbers of SECURITY.md.
//!
//! | module | what it does |
//! |---|---|
//! | [`roots`] | all types of the API, each as a function of bytes |
//! | [`exact`] | counts, lengths, padding, strings and numbers, of which each has one right answer |
//! | [`vectors`] | other people's bytes, cut and changed |
//! | [`nesting`] | deep values |
//! | [`dense`] | values that take the most memory for their bytes |
//! | [`inputs`] | random bytes and broken values |
//! | [`random`] | many decodes of them |
//! | [`drift`] | the same, for types of an old layer with an atlas |
//! | `any_layer` | the same bytes as a value of any layer |
//! | [`places`] | the fields of errors |
//! | [`events`] | the same bytes by the schema alone |
//! | [`running`] | the input that is being decoded, so that a panic names it |
//!
//! Whatever is not as promised is returned as an `Err` that says which bytes of which type did what.

mod any_layer;
pub mod dense;
pub mod drift;
pub mod events;
pub mod exact;
pub mod inputs;
pub mod nesting;
pub mod places;
pub mod random;
pub mod roots;
pub mod running;
pub mod vectors;

/// One line of the table: what was done, how often, and the result.
#[derive(Clone, Debug)]
pub struct Line {
    /// What was done.
    pub what: String,
    /// How often.
    pub count: u64,
    /// The result.
    pub result: String,
}

impl Line {
    pub(crate) fn new(what: impl Into<String>, count: u64, result: impl Into<String>) -> Self {
        Self { what: what.into(), count, result: result.into() }
    }
}

/// What decoding `len` bytes may hold at most.
#[must_use]
pub fn memory_bound(len: usize) -> u64 {
    4 * len as u64 + 64 * 1024
}

/// What decoding may hold beyond [`DecodeOptions::max_memory`](tlgen_runtime::DecodeOptions::max_memory): the error, and the boxes of the
/// value that is refused.
pub const UNCOUNTED: u64 = 4 * 1024;

/// The limit with which decoding `len` bytes never holds more than [`memory_bound`].
#[must_use]
pub fn memory_limit(len: usize) -> usize {
    (memory_bound(len) - UNCOUNTED) as usize
}

/// `1234567` as `1,234,567`.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        (0..digits.len()).rev().step_by(3).map(|last| &digits[last.saturating_sub(2)..=last]).collect();
    groups.into_iter().rev().collect::<Vec<_>>().join(",")
}

/// Bytes for a message.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Runs `job` on its own thread with a stack of this many bytes.
pub(crate) fn on_stack<T: Send>(bytes: usize, job: impl FnOnce() -> T + Send) -> Result<T, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(bytes).spawn_scoped(scope, job);
        let thread = thread.map_err(|error| format!("no thread: {error}"))?;
        thread.join().map_err(|_| "a panic".to_owned())
    })
}
