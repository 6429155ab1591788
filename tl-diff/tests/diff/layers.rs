//! Real schemas: each layer of the Telegram API and the next one.
//!
//! By default a few pairs, which show what all of them do: `cargo test -p tlgen-diff -- --ignored` takes all.

use std::fs;
use std::path::Path;

use tl_corpus::folder;
use tlgen_diff::{Column, Options, Summary, changes, diff};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;

use crate::common::{assert_applies, assert_mirrored, assert_proved, schema};
use crate::survival::survivors;

pub(crate) fn layer(corpus: &Path, layer: u32) -> Valid<Schema> {
    schema(&fs::read_to_string(corpus.join(format!("schemas/telegram/api-layer-{layer:03}.tl"))).unwrap())
}

/// The numbers of all layers, ascending.
pub(crate) fn layers(corpus: &Path) -> Vec<u32> {
    let number = |path: std::path::PathBuf| path.file_stem()?.to_str()?.strip_prefix("api-layer-")?.parse().ok();
    let entries = fs::read_dir(corpus.join("schemas/telegram")).unwrap();
    let mut layers: Vec<u32> = entries.filter_map(|entry| number(entry.unwrap().path())).collect();
    layers.sort_unstable();
    layers
}

/// A row of counts, after all that must hold of two layers: the diff can be done again, each break has its proof, what is the same
/// has no diff, what no change breaks is read by both sides, and the way back is the mirror image.
fn row(corpus: &Path, from: u32, to: u32, values: u64) -> String {
    let (old, new) = (layer(corpus, from), layer(corpus, to));
    let there = diff(&old, &new, &Options::default());
    assert_applies(&old, &new, &there);
    let proofs = assert_proved(&there);
    let back = diff(&new, &old, &Options::default());
    assert_applies(&new, &old, &back);
    assert_proved(&back);
    assert_mirrored(&there, &back);
    assert_eq!(changes(&old, &old).changes, []);
    let tried = survivors(&old, &new, &there, values);
    let summary = Summary::of(&there.changes);
    let broken = |column| summary.column(column).broken;
    format!(
        "{:<12} {:5} {:8} {:8} {:12} {:11} {:7} {:7} {proofs:7} {:10}\n",
        format!("{from} to {to}"),
        summary.added.sum(),
        summary.removed.sum(),
        summary.changed.sum(),
        broken(Column::OldClient),
        broken(Column::NewClient),
        broken(Column::Stored),
        broken(Column::Rust),
        tried.values,
    )
}

const HEAD: &str = "layers       added  removed  changed   old client  new client  stored    Rust  proofs  survivors\n";

#[test]
fn three_pairs() {
    let Some(corpus) = folder() else { return };
    let rows = [(131, 132), (132, 133), (222, 228)].map(|(from, to)| row(&corpus, from, to, 1));
    insta::assert_snapshot!(format!("{HEAD}{}", rows.concat()));
}

/// `TLGEN_DIFF_VALUES` says how many values of each declaration are tried each way, instead of one.
#[test]
#[ignore = "takes a minute"]
fn all_pairs() {
    let Some(corpus) = folder() else { return };
    let values = std::env::var("TLGEN_DIFF_VALUES").map_or(1, |count| count.parse().unwrap());
    let rows: String = layers(&corpus).windows(2).map(|pair| row(&corpus, pair[0], pair[1], values)).collect();
    if values == 1 {
        insta::assert_snapshot!(format!("{HEAD}{rows}"));
    } else {
        println!("{HEAD}{rows}");
    }
}
