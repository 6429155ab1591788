//! Encoding and decoding.

use std::collections::BTreeMap;
use std::process::Command;

use super::Setting;
use crate::case::{self, Case, DECODED, GRAMMERS, MEMCPY, MESSAGES, OURS, PAGES, Page, TL_PROTO};
use crate::measure::{instructions as callgrind, process, time};
use crate::table::{Goal, Row, number, seconds};

/// The goals, as multiples of the peer's speed.
fn goal(what: &str, by: &str) -> Goal {
    let is = |operation| PAGES.iter().any(|page| what == case::name(page.message, operation));
    let any = |which: fn(&Page) -> &'static str| PAGES.iter().any(|page| what == which(page));
    let of_page = |alike, mixed| if what.starts_with("2 ") { alike } else { mixed };
    match by {
        GRAMMERS if any(|page| page.borrowed) => Goal::AtLeast(of_page(5.5, 4.7)),
        GRAMMERS if any(|page| page.held) => Goal::AtLeast(4.5),
        DECODED if any(|page| page.find) => Goal::AtLeast(4.0),
        DECODED if any(|page| page.find_by_code) => Goal::AtLeast(6.6),
        GRAMMERS if what == PAGES[0].compact => Goal::AtLeast(4.5),
        TL_PROTO => Goal::AtLeast(1.3),
        GRAMMERS if is(0) => Goal::AtLeast(of_page(1.7, 1.6)),
        GRAMMERS if is(2) => Goal::AtLeast(of_page(2.0, 1.9)),
        MEMCPY => Goal::AtLeast(0.9),
        _ => Goal::None,
    }
}

/// The goals where everything is one unit of code (`lto = true, codegen-units = 1`).
fn goal_whole(what: &str, by: &str) -> Goal {
    let is = |operation| PAGES.iter().any(|page| what == case::name(page.message, operation));
    let of_page = |alike, mixed| if what.starts_with("2 ") { alike } else { mixed };
    match by {
        GRAMMERS if PAGES.iter().any(|page| what == page.borrowed) => Goal::AtLeast(of_page(5.5, 4.2)),
        GRAMMERS if is(0) => Goal::AtLeast(of_page(1.7, 1.5)),
        GRAMMERS if is(2) => Goal::AtLeast(of_page(1.8, 1.75)),
        _ => goal(what, by),
    }
}

/// The most instructions of a small request, whose time depends on the caller.
fn goal_instructions(what: &str) -> Goal {
    if what == case::name(1, 0) {
        Goal::AtMost(260.0)
    } else if what == case::name(1, 1) {
        Goal::AtMost(100.0)
    } else {
        Goal::None
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
                goal: if PAGES.iter().any(|page| [page.check, page.check_by_code].contains(&ours.what)) {
                    // In GB/s.
                    Goal::AtLeast(3.0).judge(ours.bytes as f64 / found.first / 1e9)
                } else {
                    let goal = if setting.is_whole { goal_whole } else { goal };
                    goal(ours.what, other.by).judge(found.ratio)
                },
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
                goal: goal_instructions(ours.what).judge(count as f64),
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
    let all =
        (1..=MESSAGES).flat_map(|message| (0..3).map(move |operation| (case::name(message, operation), operation)));
    let pages = PAGES.iter().flat_map(|page| {
        [
            (page.borrowed, 2),
            (page.compact, 2),
            (page.held, 2),
            (page.find, 1),
            (page.check, 1),
            (page.find_by_code, 1),
            (page.check_by_code, 1),
        ]
    });
    let mut rows = Vec::new();
    for (what, operation) in all.chain(pages) {
        let by = if counts.contains_key(&(what, GRAMMERS)) { GRAMMERS } else { DECODED };
        let (Some(&ours), Some(&theirs)) = (counts.get(&(what, OURS)), counts.get(&(what, by))) else {
            return Err(format!("no counts of {what}"));
        };
        let goal = match operation {
            0 if ours.1 <= 128 => Goal::AtMost(1.0),
            0 if ours.1 <= 2 * 256 * 1024 => Goal::AtMost(7.0),
            0 => Goal::None,
            1 => Goal::AtMost(0.0),
            // One for each string, vector and box: the bytes, and the box of the variant, which the peer does not have.
            _ if what == case::name(4, 2) => Goal::AtMost(2.0),
            _ => Goal::AtMost(theirs.0 as f64),
        };
        rows.push(Row {
            what: what.to_owned(),
            ours: text(ours),
            peer: format!("{by} {}", text(theirs)),
            ratio: String::new(),
            goal: goal.judge(ours.0 as f64),
        });
    }
    Ok(rows)
}
