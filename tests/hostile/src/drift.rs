//! Random bytes and broken values of one layer, read by types of another: with an atlas of both, and with broken atlases. Each is read
//! twice, as a value of the types and as one of any layer.
//!
//! Types of the old layer keep most of what they do not know, since ids of users became wider since then; types of the newest adapt
//! most of it.

use std::time::Instant;

use allocation_counter::measure;
use fastrand::Rng;
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_runtime::atlas::Atlas;
use tlgen_runtime::{DecodeError, DecodeOptions, DecodeOwned, Encode, Mode};

use crate::any_layer::{self, Counts};
use crate::inputs::{Inputs, linked, schema};
use crate::random::Plan;
use crate::{Line, UNCOUNTED, grouped, hex, memory_bound, running};

mod old {
    tlgen_runtime::include_schema!("telegram_132");
}

mod newest {
    tlgen_runtime::include_schema!("telegram_228");
}

/// The old layer, as a schema.
const OLD: &str = include_str!("../../../schema/telegram-132.tl");

/// Atlases with changed bytes that are tried beside the right one.
const BROKEN: usize = 255;
/// The bytes of an atlas that are not changed: what it is, and how long its parts are.
const HEADER: usize = 24;

/// Values of a root that inputs are made from, before there are new ones.
const VALUES: usize = 32;
/// Inputs that are made from them.
const INPUTS: usize = 512;

/// A boxed type that both layers have.
struct Root {
    name: &'static str,
    read: fn(&[u8], &DecodeOptions) -> Read,
    any_layer: fn(&[u8], &DecodeOptions) -> any_layer::Read,
}

impl Root {
    const fn of<T: DecodeOwned + Encode>(name: &'static str) -> Self {
        Self { name, read: read::<T>, any_layer: any_layer::read::<T> }
    }
}

/// What came of reading bytes.
struct Read {
    /// The value as it is written again, or the error.
    result: Result<Written, DecodeError>,
    /// The most bytes that were held at one time.
    peak: u64,
}

struct Written {
    bytes: Vec<u8>,
    adapted: usize,
    kept: usize,
}

macro_rules! roots {
    ($layer:ident) => {
        [
            Root::of::<$layer::types::contacts::Contacts>("contacts.Contacts"),
            Root::of::<$layer::types::contacts::TopPeers>("contacts.TopPeers"),
            Root::of::<$layer::types::Chat>("Chat"),
            Root::of::<$layer::types::ChatAdminRights>("ChatAdminRights"),
            Root::of::<$layer::types::ChatPhoto>("ChatPhoto"),
            Root::of::<$layer::types::InputChannel>("InputChannel"),
            Root::of::<$layer::types::InputPeer>("InputPeer"),
            Root::of::<$layer::types::Peer>("Peer"),
            Root::of::<$layer::types::TopPeer>("TopPeer"),
            Root::of::<$layer::types::TopPeerCategoryPeers>("TopPeerCategoryPeers"),
            Root::of::<$layer::types::User>("User"),
            Root::of::<$layer::types::UserProfilePhoto>("UserProfilePhoto"),
            Root::of::<$layer::types::UserStatus>("UserStatus"),
        ]
    };
}

const OLD_ROOTS: [Root; 13] = roots!(old);
const NEWEST_ROOTS: [Root; 13] = roots!(newest);

/// Reads under a counting allocator, and writes.
fn read<T: DecodeOwned + Encode>(bytes: &[u8], options: &DecodeOptions) -> Read {
    let mut decoded = None;
    let memory = measure(|| decoded = Some(options.with_report::<T>(bytes)));
    let result = decoded.expect("the closure has run").map(|(value, report)| Written {
        bytes: value.to_bytes().expect("what was decoded can be encoded"),
        adapted: report.adapted(),
        kept: report.kept(),
    });
    Read { result, peak: memory.bytes_max }
}

/// The results of a run.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    decodes: u64,
    /// How many of these with a broken atlas, and with a limit of memory.
    broken: u64,
    limited: u64,
    accepted: u64,
    /// How many messages had values that the types do not know and were read, and how many such values they had.
    drifted: u64,
    adapted: u64,
    kept: u64,
    /// Without a limit: the greatest share of [`bound`] that was held, in hundredths.
    share: u64,
    /// What came of them as values of any layer.
    any_layer: Counts,
}

/// What reading, translating and reading again `len` bytes may hold at most.
fn bound(len: usize) -> u64 {
    2 * memory_bound(len)
}

/// Runs a plan, in one thread.
///
/// # Errors
/// The first input for which something does not hold.
pub fn run(plan: &Plan) -> Result<Totals, String> {
    let (old, newest) = (linked("telegram-132.tl", OLD)?, schema()?);
    let atlases = atlases(&old, &newest, plan.seed)?;
    let mut sides =
        [(&OLD_ROOTS, Inputs::new(&newest, plan.seed)), (&NEWEST_ROOTS, Inputs::new(&old, plan.seed.wrapping_add(1)))];
    let mut input = Vec::new();
    let mut totals = Totals::default();
    let end = Instant::now() + plan.time;
    for turn in 0.. {
        let [one, other] = &mut sides;
        let (roots, inputs) = if turn % 2 == 0 { one } else { other };
        let root = &roots[turn / 2 % roots.len()];
        batch(root, inputs, &atlases, &mut input, &mut totals)
            .map_err(|problem| format!("seed {}: {problem}", plan.seed))?;
        if totals.decodes >= plan.decodes || Instant::now() >= end {
            break;
        }
    }
    Ok(totals)
}

/// Reads values that end soon after their id, with each atlas and hardly any memory: what is found out about an id is counted before it
/// is there. Says how many were read.
///
/// # Errors
/// The first input for which something does not hold.
pub fn beginnings(seed: u64) -> Result<u64, String> {
    let (old, newest) = (linked("telegram-132.tl", OLD)?, schema()?);
    let atlases = atlases(&old, &newest, seed)?;
    let mut totals = Totals::default();
    for (roots, schema) in [(&OLD_ROOTS, &newest), (&NEWEST_ROOTS, &old)] {
        for root in roots {
            let ty = schema.types.iter().find(|ty| ty.name.full() == root.name).ok_or(root.name)?;
            for constructor in &ty.constructors {
                let mut input = schema.combinator(*constructor).id.to_le_bytes().to_vec();
                input.extend([0; 3]);
                let limit = 8 * input.len();
                for (index, atlas) in atlases.iter().enumerate() {
                    let options = DecodeOptions::new().mode(Mode::Lenient).atlas(atlas);
                    check(root, &input, options, Some(limit), &mut totals).map_err(|problem| {
                        format!(
                            "seed {seed}: `{}`, {limit}, atlas {index}: {problem}, for the bytes {}",
                            root.name,
                            hex(&input)
                        )
                    })?;
                    totals.decodes += 1;
                }
            }
        }
    }
    Ok(totals.decodes)
}

fn batch(
    root: &Root,
    inputs: &mut Inputs<'_>,
    atlases: &[&'static Atlas<'static>],
    input: &mut Vec<u8>,
    totals: &mut Totals,
) -> Result<(), String> {
    let material = inputs.material(root.name, false, VALUES);
    for turn in 0..INPUTS {
        inputs.next(&material, input);
        // Every other time the right one, which is the first.
        let atlas = if turn % 2 == 0 { 0 } else { inputs.up_to(atlases.len() - 1) };
        let mode = [Mode::Strict, Mode::Canonical, Mode::Lenient][turn % 3];
        let limit = match turn % 4 {
            0 | 1 => None,
            2 => Some(64 * 1024),
            _ => Some(inputs.up_to(8 * input.len())),
        };
        let options = DecodeOptions::new().mode(mode).adapt(turn % 16 != 15).atlas(atlases[atlas]);
        check(root, input, options, limit, totals).map_err(|problem| {
            format!("`{}`, {mode:?}, {limit:?}, atlas {atlas}: {problem}, for the bytes {}", root.name, hex(input))
        })?;
        totals.decodes += 1;
        totals.broken += u64::from(atlas > 0);
        totals.limited += u64::from(limit.is_some());
    }
    Ok(())
}

/// An atlas of both layers, and then some with up to eight changed bytes.
fn atlases(old: &Valid<Schema>, newest: &Valid<Schema>, seed: u64) -> Result<Vec<&'static Atlas<'static>>, String> {
    let mut atlas = tlgen_atlas::Atlas::new();
    atlas.add("132", old);
    atlas.add("newest", newest);
    let right = atlas.to_bytes(true).map_err(|error| error.to_string())?;
    let mut atlases = vec![leak(right.clone()).map_err(|error| error.to_string())?];
    let mut rng = Rng::with_seed(seed);
    while atlases.len() <= BROKEN {
        let mut bytes = right.clone();
        for _ in 0..rng.usize(1..=8) {
            let offset = rng.usize(HEADER..bytes.len());
            bytes[offset] = if rng.bool() { rng.u8(..) } else { bytes[offset] ^ 1 << rng.u8(0..8) };
        }
        // Some are so broken that it shows at once.
        atlases.extend(leak(bytes));
    }
    Ok(atlases)
}

/// Options hold an atlas for ever.
fn leak(bytes: Vec<u8>) -> Result<&'static Atlas<'static>, tlgen_runtime::atlas::AtlasError> {
    Atlas::new(bytes.leak()).map(|atlas| &*Box::leak(Box::new(atlas)))
}

/// Checks all promises for one input.
fn check(
    root: &Root,
    input: &[u8],
    options: DecodeOptions,
    limit: Option<usize>,
    totals: &mut Totals,
) -> Result<(), String> {
    let limited = limit.map_or(options, |limit| options.max_memory(limit));
    running::note("the type, with an atlas,", root.name, &limited, input);
    let Read { result, peak } = (root.read)(input, &limited);
    check_memory(peak, input.len(), limit, totals)?;
    running::note("a value of any layer of the type", root.name, &limited, input);
    let any = (root.any_layer)(input, &limited);
    check_memory(any.peak, input.len(), limit, totals)?;
    let plain = limit.is_none().then(|| result.as_ref().map(|written| &*written.bytes));
    any_layer::check(any, input, plain, &mut totals.any_layer)?;
    let Ok(written) = result else { return Ok(()) };
    totals.accepted += 1;
    totals.drifted += u64::from(written.adapted + written.kept > 0);
    totals.adapted += written.adapted as u64;
    totals.kept += written.kept as u64;
    // What was adapted is a value of the types' own layer now, and what was kept is kept again.
    let again = (root.read)(&written.bytes, &options).result;
    let again = again.map_err(|error| format!("what is written again is refused: {error}: {}", hex(&written.bytes)))?;
    if again.bytes != written.bytes || again.adapted > 0 || again.kept != written.kept {
        return Err(format!("it is written as {}, and then as {}", hex(&written.bytes), hex(&again.bytes)));
    }
    Ok(())
}

/// Checks that no more is held than `len` bytes of input allow, or a limit.
fn check_memory(peak: u64, len: usize, limit: Option<usize>, totals: &mut Totals) -> Result<(), String> {
    match limit {
        Some(limit) if peak > limit as u64 + UNCOUNTED => {
            Err(format!("it holds {peak} bytes where {limit} are allowed"))
        }
        Some(_) => Ok(()),
        None => {
            let bound = bound(len);
            totals.share = totals.share.max(100 * peak / bound);
            if peak > bound {
                Err(format!("it holds {peak} bytes for {len} where {bound} are allowed"))
            } else {
                Ok(())
            }
        }
    }
}

impl Totals {
    /// How many values were adapted.
    #[must_use]
    pub fn adapted(&self) -> u64 {
        self.adapted
    }

    /// How many values were kept as unknown.
    #[must_use]
    pub fn kept(&self) -> u64 {
        self.kept
    }

    /// How many messages were values of another layer that the types cannot hold.
    #[must_use]
    pub fn others(&self) -> u64 {
        self.any_layer.others
    }

    /// For the table.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        vec![
            Line::new(
                format!(
                    "random and broken bytes over {} types of each of two layers, which read values of the other by an atlas; it is \
                     broken for {}",
                    OLD_ROOTS.len(),
                    grouped(self.broken)
                ),
                self.decodes,
                format!(
                    "no panic; {} accepted and written again, {} of them with {} adapted and {} kept values",
                    grouped(self.accepted),
                    grouped(self.drifted),
                    grouped(self.adapted),
                    grouped(self.kept),
                ),
            ),
            Line::new(
                "... the same bytes by `decode_any_layer`",
                self.any_layer.reads,
                format!(
                    "no panic; {} are values of the types, the same ones, and {} come as they are",
                    grouped(self.any_layer.typed),
                    grouped(self.any_layer.others),
                ),
            ),
            Line::new(
                "memory held while one of these is read: at most 8 times the input and 128 KiB",
                self.decodes - self.limited,
                format!("at most {} % of that", self.share),
            ),
            Line::new(
                "... of these with `DecodeOptions::max_memory`",
                self.limited,
                format!("never more than the limit and {UNCOUNTED} bytes"),
            ),
        ]
    }
}
