//! Real schemas: each layer of the Telegram API and the next one.

use std::fs;

use tl_corpus::folder;
use tlgen_diff::{Column, Options, Summary, changes, diff};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;

use crate::common::{assert_applies, assert_mirrored, assert_proved, schema};

/// The layers, ascending.
pub(crate) fn layers() -> Vec<(u32, Valid<Schema>)> {
    let Some(corpus) = folder() else { return Vec::new() };
    let mut layers: Vec<(u32, Valid<Schema>)> = fs::read_dir(corpus.join("schemas/telegram"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| {
            let name = path.file_stem()?.to_str()?.strip_prefix("api-layer-")?.parse().ok()?;
            Some((name, schema(&fs::read_to_string(&path).unwrap())))
        })
        .collect();
    layers.sort_by_key(|(layer, _)| *layer);
    layers
}

/// Diffs can be done again, what is the same has none, and the way back is the mirror image.
#[test]
fn neighbours() {
    let layers = layers();
    for pair in layers.windows(2) {
        let [(_, old), (_, new)] = pair else { unreachable!() };
        let there = changes(old, new);
        assert_applies(old, new, &there);
        let back = changes(new, old);
        assert_applies(new, old, &back);
        assert_mirrored(&there, &back);
        assert_eq!(changes(old, old).changes, []);
    }
}

/// Each break has its proof. By default for three pairs of layers, which show what all of them do.
#[test]
fn proofs() {
    let layers = layers();
    let chosen = layers.windows(2).filter(|pair| [132, 133, 228].contains(&pair[1].0));
    let table = proved(chosen);
    if !layers.is_empty() {
        insta::assert_snapshot!("three_pairs", table);
    }
}

/// The same for all pairs.
#[test]
#[ignore = "takes half a minute"]
fn all_proofs() {
    let layers = layers();
    let table = proved(layers.windows(2));
    if !layers.is_empty() {
        insta::assert_snapshot!("all_pairs", table);
    }
}

fn proved<'l>(pairs: impl Iterator<Item = &'l [(u32, Valid<Schema>)]>) -> String {
    let mut table =
        String::from("layers       added  removed  changed   old client  new client  stored    Rust  proofs\n");
    for pair in pairs {
        let [(from, old), (to, new)] = pair else { unreachable!() };
        let options = Options::default();
        let there = diff(old, new, &options);
        let proofs = assert_proved(&there);
        let back = diff(new, old, &options);
        assert_proved(&back);
        assert_mirrored(&there, &back);
        let summary = Summary::of(&there.changes);
        let broken = |column| summary.column(column).broken;
        table += &format!(
            "{:<12} {:5} {:8} {:8} {:12} {:11} {:7} {:7} {proofs:7}\n",
            format!("{from} to {to}"),
            summary.added.sum(),
            summary.removed.sum(),
            summary.changed.sum(),
            broken(Column::OldClient),
            broken(Column::NewClient),
            broken(Column::Stored),
            broken(Column::Rust),
        );
    }
    table
}
