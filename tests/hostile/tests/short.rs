//! Everything that the program does, on a small scale and without optimization, which takes the most stack.

#![allow(clippy::unwrap_used)]

use std::time::Duration;

use tl_hostile::random::{self, Plan};
use tl_hostile::{dense, drift, exact, nesting, places};

/// The stack that a test, or any thread of the standard library, has by default.
const STACK: usize = 2 * 1024 * 1024;

#[test]
fn deep_values() {
    nesting::run(STACK).unwrap();
}

#[test]
fn what_has_one_answer() {
    exact::run().unwrap();
}

#[test]
fn dense_values() {
    dense::run().unwrap();
}

#[test]
fn fields_of_errors() {
    places::run(7).unwrap();
}

#[test]
fn random_bytes() {
    let plan = Plan { seed: 7, threads: 1, decodes: 200_000, time: Duration::from_secs(60) };
    assert!(random::run(&plan).unwrap().decodes() > 0);
}

/// What a broken atlas says of an id takes no memory that is not counted.
#[test]
fn values_that_end_after_their_id() {
    assert!(drift::beginnings(12).unwrap() > 10_000);
}

#[test]
fn random_bytes_with_an_atlas() {
    let plan = Plan { seed: 7, threads: 1, decodes: 50_000, time: Duration::from_secs(60) };
    let totals = drift::run(&plan).unwrap();
    assert!(totals.adapted() > 0 && totals.kept() > 0 && totals.others() > 0, "{totals:?}");
}
