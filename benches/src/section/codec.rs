//! Encoding and decoding.

use std::collections::BTreeMap;
use std::process::Command;

use super::Setting;
use crate::case::{self, Case, DECODED, GRAMMERS, MEMCPY, OURS, TL_PROTO};
use crate::measure::{instructions as callgrind, process, time};
use crate::table::{Goal, Row, number, seconds};

/// The goals, as multiples of the peer's speed.
fn goal(what: &str, by: &str) -> Goal {
    let is = |message, operation| what == case::name(message, operation);
    match by {
        GRAMMERS if what == case::BORROWED => Goal::AtLeast(5.0),
        GRAMMERS if what == case::HELD => Goal::AtLeast(4.5),
        DECODED if what == case::FIND => Goal::AtLeast(4.0),
        DECODED if what == case::FIND_BY_CODE => Goal::AtLeast(6.6),
        GRAMMERS if what == case::COMPACT => Goal::AtLeast(4.0),
        TL_PROTO => Goal::AtLeast(1.0),
        GRAMMERS if is(2, 0) => Goal::AtLeast(1.7),
        GRAMMERS if is(1, 0) => Goal::AtLeast(3.0),
        GRAMMERS if is(2, 2) => Goal::AtLeast(1.9),
        MEMCPY => Goal::AtLeast(0.8),
        _ => Goal::None,
    }
}

/// Ours beside each other implementation of the same operation.
fn pairs(mut cases: Vec<Case>) -> Vec<(Case, Vec<Case>)> {
    let (ours, others): (Vec<_>, Vec<_>) = cases.drain(..).partition(|case| case.by == OURS);
    let mut others: BTreeMap<_, Vec<_>> = others.into_iter().fold(BTreeMap::new(), |mut map, case| {
        map.entry(case.what).or_insert_with(Vec::new).push(case);
        map
    });
    ours.into_iter().map(|case| (others.remove(case.what).unwrap_or_default(), case)).map(|(o, c)| (c, o)).collect()
}

/// Time.
pub(super) fn time(setting: &Setting) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for (mut ours, others) in pairs(case::all()) {
        for mut other in others {
            let found = time::paired(setting.pairs, &mut ours.run, &mut other.run);
            let speed =
                |bytes: usize, taken: f64| format!("{} ({:.2} GB/s)", seconds(taken), bytes as f64 / taken / 1e9);
            rows.push(Row {
                what: ours.what.to_owned(),
                ours: speed(ours.bytes, found.first),
                peer: format!("{} {}", other.by, speed(other.bytes, found.second)),
                ratio: format!("{:.2} x as fast", found.ratio),
                goal: goal(ours.what, other.by).judge(found.ratio),
            });
        }
    }
    Ok(rows)
}

/// Instructions.
pub(super) fn instructions(setting: &Setting) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for (ours, others) in pairs(case::all()) {
        let count = callgrind::count(&setting.probe, ours.what, OURS)?;
        for other in others.iter().filter(|other| matches!(other.by, GRAMMERS | TL_PROTO | DECODED)) {
            let theirs = callgrind::count(&setting.probe, other.what, other.by)?;
            rows.push(Row {
                what: ours.what.to_owned(),
                ours: number(count),
                peer: format!("{} {}", other.by, number(theirs)),
                ratio: format!("{:.2} x fewer", theirs as f64 / count as f64),
                goal: String::new(),
            });
        }
    }
    Ok(rows)
}

/// Allocations.
pub(super) fn allocations(setting: &Setting) -> Result<Vec<Row>, String> {
    let (lines, _) = process::capture(&mut Command::new(&setting.allocations))?;
    let mut counts = BTreeMap::new();
    for line in lines.lines() {
        let fields: Vec<_> = line.split('\t').collect();
        let [what, by, count, bytes] = fields[..] else { return Err(format!("not a line of counts: {line}")) };
        let parse = |text: &str| text.parse::<u64>().map_err(|error| format!("{text}: {error}"));
        counts.insert((what, by), (parse(count)?, parse(bytes)?));
    }
    let text = |(count, bytes): (u64, u64)| format!("{} (peak {} bytes)", number(count), number(bytes));
    let all = (1..=7).flat_map(|message| (0..3).map(move |operation| (case::name(message, operation), operation)));
    let mut rows = Vec::new();
    for (what, operation) in
        all.chain([(case::BORROWED, 2), (case::COMPACT, 2), (case::HELD, 2), (case::FIND, 1), (case::CHECK, 1)])
    {
        let (Some(&ours), Some(&theirs)) = (counts.get(&(what, OURS)), counts.get(&(what, GRAMMERS))) else {
            return Err(format!("no counts of {what}"));
        };
        let goal = match operation {
            0 => Goal::AtMost(1.0),
            1 => Goal::AtMost(0.0),
            _ => Goal::AtMost(theirs.0 as f64),
        };
        rows.push(Row {
            what: what.to_owned(),
            ours: text(ours),
            peer: format!("{GRAMMERS} {}", text(theirs)),
            ratio: String::new(),
            goal: goal.judge(ours.0 as f64),
        });
    }
    Ok(rows)
}
