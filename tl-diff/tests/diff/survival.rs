//! What is called safe survives: values of one schema are read by the other, and written again as the same bytes.

use tlgen_diff::{Column, Diff, Kind, Level};
use tlgen_dynamic::{Codec, DecodeOptions, Generator, Objects, Profile};
use tlgen_model::Valid;
use tlgen_model::analysis::closure::{closure_without, missing};
use tlgen_model::schema::{CombinatorIdx, Schema};

/// How many declarations and values were tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tried {
    pub(crate) declarations: usize,
    pub(crate) values: usize,
}

/// Tries `count` values of each declaration that both schemas have and that no change breaks, each way.
pub(crate) fn survivors(old: &Valid<Schema>, new: &Valid<Schema>, diff: &Diff, count: u64) -> Tried {
    let mut tried = Tried::default();
    for (from, to, is_old) in [(old, new, true), (new, old, false)] {
        let common = common(from, diff, is_old);
        let profile = Profile::default().with_budget(512).with_objects(Objects::Constructor);
        let mut generator = Generator::new(&common, 0).with_profile(profile);
        let (writer, reader) = (Codec::new(&common), Codec::new(to));
        let options = DecodeOptions::default();
        for index in (0..common.combinators.len()).map(|index| CombinatorIdx(u32::try_from(index).unwrap())) {
            let mut any = false;
            for seed in 0..count {
                generator.reseed(seed);
                // What only a broken constructor could make finite has no value here.
                let Ok(object) = generator.combinator(index) else { break };
                let bytes = writer.encode_boxed(&object).unwrap();
                let read = reader.decode_boxed(&bytes, &options);
                let read = read.unwrap_or_else(|error| panic!("{}: {error}", common.combinator(index).declaration));
                assert_eq!(reader.encode_boxed(&read).unwrap(), bytes, "{}", common.combinator(index).declaration);
                tried.values += 1;
                any = true;
            }
            tried.declarations += usize::from(any);
        }
    }
    tried
}

/// The part of a schema without what a change breaks or the other schema lacks.
fn common(schema: &Valid<Schema>, diff: &Diff, is_old: bool) -> Valid<Schema> {
    let is_broken = |change: &&tlgen_diff::Change| {
        let is_kept = change.old.is_some() && change.new.is_some();
        !is_kept || Column::WIRE.iter().any(|column| change.verdicts.get(*column).level() == Level::Broken)
            // An id that changes without anybody who meets it breaks nobody, and is another id all the same.
            || change.edits.iter().any(|edit| matches!(edit, tlgen_diff::Edit::Id { .. }))
    };
    let versions =
        diff.changes.iter().filter(is_broken).filter_map(|it| if is_old { it.old.as_ref() } else { it.new.as_ref() });
    let broken: Vec<(Kind, &str)> = versions.map(|version| (version.item.kind, version.item.name.as_str())).collect();
    let is_skipped = |combinator: &tlgen_model::schema::Combinator| {
        combinator.name.full() == "_" || broken.contains(&(Kind::of(combinator.kind), combinator.name.full()))
    };
    let mut skipped: Vec<bool> = schema.combinators.iter().map(is_skipped).collect();
    loop {
        let selection = closure_without(schema, &[], &skipped).unwrap();
        let lacking = missing(schema, &selection);
        if lacking.is_empty() {
            return schema.select(&selection);
        }
        lacking.iter().for_each(|(idx, _)| skipped[idx.0 as usize] = true);
    }
}
