//! Bytes of values: what is promised about them holds for all types of the API.

use std::cell::RefCell;
use std::sync::LazyLock;

use libfuzzer_sys::arbitrary::{self, Arbitrary};
use tl_hostile::inputs::{self, Inputs, MAX_LEN};
use tl_hostile::memory_limit;
use tl_hostile::random::check;
use tl_hostile::roots::{self, Root};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_runtime::Mode;

static ROOTS: LazyLock<Vec<Root>> = LazyLock::new(roots::all);
static SCHEMA: LazyLock<Valid<Schema>> = LazyLock::new(|| inputs::schema().expect("the schema of the API links"));

const MODES: [Mode; 3] = [Mode::Strict, Mode::Canonical, Mode::Lenient];

/// Any bytes.
pub fn decode(input: &[u8]) {
    let Some((&[low, high, mode], bytes)) = input.split_first_chunk() else { return };
    let root = &ROOTS[usize::from(u16::from_le_bytes([low, high])) % ROOTS.len()];
    let bytes = &bytes[..bytes.len().min(MAX_LEN)];
    let limit = (mode >= 128).then(|| 4 * bytes.len());
    hold(root, bytes, MODES[usize::from(mode) % 3], limit);
}

/// A value and what is done to it.
#[derive(Arbitrary, Debug)]
pub struct Choice {
    root: u16,
    seed: u64,
    /// Offsets and the bytes to be written there.
    changes: Vec<(u16, u8)>,
    cut: Option<u16>,
}

thread_local! {
    static INPUTS: RefCell<Inputs<'static>> = RefCell::new(Inputs::new(&SCHEMA, 0));
}

/// A random value.
pub fn round_trip(choice: &Choice) {
    let root = &ROOTS[usize::from(choice.root) % ROOTS.len()];
    let mut bytes = INPUTS.with_borrow_mut(|inputs| {
        inputs.reseed(choice.seed);
        inputs.value(root)
    });
    bytes.truncate(MAX_LEN);
    hold(root, &bytes, Mode::Lenient, None);
    for (place, byte) in &choice.changes {
        if let Some(slot) = bytes.get_mut(usize::from(*place)) {
            *slot = *byte;
        }
    }
    if let Some(cut) = choice.cut {
        bytes.truncate(usize::from(cut));
    }
    for mode in MODES {
        hold(root, &bytes, mode, None);
        hold(root, &bytes, mode, Some(memory_limit(bytes.len())));
    }
}

fn hold(root: &Root, bytes: &[u8], mode: Mode, limit: Option<usize>) {
    if let Err(problem) = check(root, bytes, mode, limit) {
        panic!("`{}`, {mode:?}: {problem}", root.name);
    }
}
