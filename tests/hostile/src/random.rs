//! Many decodes of random bytes and broken values, over all types and in all three modes.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use allocation_counter::measure;
use tl_full_api::visit::Check;
use tlgen_runtime::{DecodeError, DecodeErrorKind, DecodeOptions, Mode};

use crate::inputs::{Inputs, Material, schema};
use crate::roots::{self, Failure, Outcome, Root};
use crate::{Line, UNCOUNTED, grouped, hex, memory_bound, memory_limit, running};

/// Values of a root that inputs are made from, before there are new ones.
const VALUES: usize = 32;
/// Inputs that are made from them.
const INPUTS: usize = 2048;

/// The longest text of an error, in bytes.
const MAX_MESSAGE: usize = 600;

/// How much to do.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Inputs are the same for the same seed.
    pub seed: u64,
    /// How many threads there are, each with its own inputs.
    pub threads: u64,
    /// At most this many decodes, of all threads together.
    pub decodes: u64,
    /// At most this long.
    pub time: Duration,
}

/// The results of a run.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    decodes: u64,
    /// How many of these with a limit of memory.
    limited: u64,
    /// How many were looked at by a view, too.
    viewed: u64,
    bytes: u64,
    roots: u64,
    /// How many were values.
    accepted: u64,
    /// How many were refused, and why.
    refused: BTreeMap<&'static str, u64>,
    /// The greatest share of what may be held that was held.
    nearest: Nearest,
}

#[derive(Clone, Copy, Debug, Default)]
struct Nearest {
    root: &'static str,
    len: usize,
    peak: u64,
}

impl Nearest {
    /// In millionths of the bound.
    fn share(self) -> u64 {
        self.peak * 1_000_000 / memory_bound(self.len)
    }
}

/// Runs a plan.
///
/// # Errors
/// The first input for which something does not hold.
pub fn run(plan: &Plan) -> Result<Totals, String> {
    let schema = schema()?;
    let roots = roots::all();
    let threads = (0..plan.threads).map(|thread| {
        let plan = Plan { seed: plan.seed.wrapping_add(thread), decodes: plan.decodes / plan.threads, ..*plan };
        (plan, Inputs::new(&schema, plan.seed))
    });
    let results = std::thread::scope(|scope| {
        let roots = &roots[..];
        let started: Vec<_> = threads.map(|(plan, inputs)| scope.spawn(move || one(&plan, roots, inputs))).collect();
        started
            .into_iter()
            .map(|thread| thread.join().map_err(|_| "a panic, whose input is named above".to_owned())?)
            .collect::<Vec<_>>()
    });
    let mut totals = Totals { roots: roots.len() as u64, ..Totals::default() };
    for result in results {
        totals.add(&result?);
    }
    Ok(totals)
}

fn one(plan: &Plan, roots: &[Root], mut inputs: Inputs<'_>) -> Result<Totals, String> {
    let end = Instant::now() + plan.time;
    let mut totals = Totals::default();
    let mut input = Vec::new();
    loop {
        for root in roots {
            let material = inputs.material(root.name, root.is_function, VALUES);
            batch(root, &material, &mut inputs, &mut input, &mut totals)?;
            if totals.decodes >= plan.decodes || Instant::now() >= end {
                return Ok(totals);
            }
        }
    }
}

fn batch(
    root: &Root,
    material: &Material,
    inputs: &mut Inputs<'_>,
    input: &mut Vec<u8>,
    totals: &mut Totals,
) -> Result<(), String> {
    for turn in 0..INPUTS {
        inputs.next(material, input);
        let mode = [Mode::Strict, Mode::Canonical, Mode::Lenient][turn % 3];
        // Half of them have a limit. Half of the limits are what is promised, the others end somewhere in the value.
        let limit = match turn % 4 {
            0 | 2 => None,
            1 => Some(memory_limit(input.len())),
            _ => Some(inputs.up_to(4 * input.len())),
        };
        let seen = check(root, input, mode, limit).map_err(|problem| {
            format!("`{}`, {mode:?}, {limit:?}: {problem}, for the bytes {}", root.name, hex(input))
        })?;
        totals.count(root, input.len(), limit, seen);
    }
    Ok(())
}

/// The result for an input.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The kind of the error; `None` for a value.
    pub refused: Option<&'static str>,
    /// The most bytes that decoding held at one time.
    pub peak: u64,
}

/// Checks all promises for one input: memory, with `limit` as the most that a value may take; no loss in strict mode, only
/// canonical bytes from the other modes, errors of a bounded length.
///
/// # Errors
/// What does not hold.
pub fn check(root: &Root, input: &[u8], mode: Mode, limit: Option<usize>) -> Result<Seen, String> {
    let config = DecodeOptions::new().mode(mode);
    let config = limit.map_or(config, |limit| config.max_memory(limit));
    running::note("the type", root.name, &config, input);
    let Outcome { result, peak } = (root.decode)(input, &config);
    if let Some(check) = root.check {
        view(check, input, &config, result.as_ref().err(), limit)?;
    }
    let bound = limit.map_or(memory_bound(input.len()), |limit| limit as u64 + UNCOUNTED);
    if peak > bound {
        return Err(format!("it holds {peak} bytes for {} where {bound} are allowed", input.len()));
    }
    let refused = match result {
        Ok(written) if mode == Mode::Strict => {
            if written != input {
                return Err(format!("it is written as {}", hex(&written)));
            }
            None
        }
        Ok(written) => match (root.decode)(&written, &DecodeOptions::new().strict()).result {
            Ok(again) if again == written => None,
            other => return Err(format!("it is written as {}, and then {other:?}", hex(&written))),
        },
        Err(Failure::Decode(error)) => {
            if error.to_string().len() > MAX_MESSAGE {
                return Err(format!("its error is too long: {error}"));
            }
            Some(name(error.kind()))
        }
        Err(Failure::Encode(error)) => return Err(format!("what was read can not be written: {error}")),
    };
    Ok(Seen { refused, peak })
}

/// What a view may hold: its error.
const HELD_BY_VIEW: u64 = 512;

/// Checks that a view refuses what decoding refuses, and holds next to nothing. What is too much memory for a value is none for a view.
fn view(
    check: Check,
    input: &[u8],
    options: &DecodeOptions,
    refused: Option<&Failure>,
    limit: Option<usize>,
) -> Result<(), String> {
    let mut checked = None;
    let memory = measure(|| checked = Some(check(input, options).err()));
    let checked = checked.expect("the closure has run");
    if memory.bytes_max > HELD_BY_VIEW {
        return Err(format!("its view holds {} bytes", memory.bytes_max));
    }
    let refused = match refused {
        Some(Failure::Decode(error)) => Some(error),
        _ => None,
    };
    let too_much = |error: &&DecodeError| matches!(error.kind(), DecodeErrorKind::TooMuchMemory { .. });
    if limit.is_some_and(|limit| limit >= input.len()) && refused.filter(too_much).is_some() {
        return Ok(());
    }
    if checked.as_ref() != refused {
        return Err(format!("its view says {checked:?}, decoding says {refused:?}"));
    }
    Ok(())
}

fn name(kind: DecodeErrorKind) -> &'static str {
    match kind {
        DecodeErrorKind::UnexpectedEnd => "UnexpectedEnd",
        DecodeErrorKind::TrailingBytes { .. } => "TrailingBytes",
        DecodeErrorKind::UnknownId { .. } => "UnknownId",
        DecodeErrorKind::UnexpectedId { .. } => "UnexpectedId",
        DecodeErrorKind::NegativeCount { .. } => "NegativeCount",
        DecodeErrorKind::CountTooLarge { .. } => "CountTooLarge",
        DecodeErrorKind::LengthTooLarge { .. } => "LengthTooLarge",
        DecodeErrorKind::InvalidLength { .. } => "InvalidLength",
        DecodeErrorKind::NonCanonicalLength { .. } => "NonCanonicalLength",
        DecodeErrorKind::NonZeroPadding => "NonZeroPadding",
        DecodeErrorKind::InvalidUtf8 => "InvalidUtf8",
        DecodeErrorKind::UndeclaredBits { .. } => "UndeclaredBits",
        DecodeErrorKind::TooDeep { .. } => "TooDeep",
        DecodeErrorKind::TooMuchMemory { .. } => "TooMuchMemory",
        _ => "another",
    }
}

impl Totals {
    fn count(&mut self, root: &Root, len: usize, limit: Option<usize>, seen: Seen) {
        self.decodes += 1;
        self.limited += u64::from(limit.is_some());
        self.viewed += u64::from(root.check.is_some());
        self.bytes += len as u64;
        match seen.refused {
            Some(kind) => *self.refused.entry(kind).or_default() += 1,
            None => self.accepted += 1,
        }
        let memory = Nearest { root: root.name, len, peak: seen.peak };
        if memory.share() > self.nearest.share() {
            self.nearest = memory;
        }
    }

    fn add(&mut self, other: &Self) {
        self.decodes += other.decodes;
        self.limited += other.limited;
        self.viewed += other.viewed;
        self.bytes += other.bytes;
        self.accepted += other.accepted;
        for (kind, count) in &other.refused {
            *self.refused.entry(kind).or_default() += count;
        }
        if other.nearest.share() > self.nearest.share() {
            self.nearest = other.nearest;
        }
    }

    /// How many decodes there were.
    #[must_use]
    pub fn decodes(&self) -> u64 {
        self.decodes
    }

    /// For the table.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let mean = self.bytes.checked_div(self.decodes).unwrap_or_default();
        let refused: Vec<_> = self.refused.iter().map(|(kind, count)| format!("{kind} {}", grouped(*count))).collect();
        let Nearest { root, len, peak } = self.nearest;
        vec![
            Line::new(
                format!(
                    "random and broken bytes over {} boxed types and functions, {mean} bytes on average",
                    self.roots
                ),
                self.decodes,
                format!(
                    "no panic; {} accepted and written again; refused: {}",
                    grouped(self.accepted),
                    refused.join(", ")
                ),
            ),
            Line::new(
                "memory held while one of these is decoded: at most 4 times the input and 64 KiB",
                self.decodes,
                format!(
                    "at most {} % of that: {} bytes for {len} (`{root}`)",
                    self.nearest.share() / 10_000,
                    grouped(peak)
                ),
            ),
            Line::new(
                "... of the values of boxed types among these, each once more by its view",
                self.viewed,
                format!("the same error, kind, offset and path, or none; never more than {HELD_BY_VIEW} bytes held"),
            ),
            Line::new(
                "... of these with `DecodeOptions::max_memory`, from 0 to that",
                self.limited,
                format!("never more than the limit and {UNCOUNTED} bytes"),
            ),
        ]
    }
}
