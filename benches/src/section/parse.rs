//! Parsing.

use std::hint::black_box;

use super::Setting;
use crate::case::GRAMMERS;
use crate::measure::time::paired;
use crate::schema;
use crate::table::{Goal, Row, seconds};

/// The whole API, and the growth up to ten times of it.
pub(super) fn rows(setting: &Setting) -> Result<Vec<Row>, String> {
    let api = schema::api();
    let mut ours = || {
        black_box(tlgen_parser::parse(black_box(&api)));
    };
    let mut theirs = || {
        black_box(grammers_tl_parser::parse_tl_file(black_box(&api)).collect::<Vec<_>>());
    };
    let found = paired(setting.pairs, &mut ours, &mut theirs);
    let speed = |bytes: usize, taken: f64| bytes as f64 / taken / 1e6;
    let text = |taken: f64| format!("{} ({:.0} MB/s)", seconds(taken), speed(api.len(), taken));
    let mut rows = vec![
        Row {
            what: "full API, with spans".to_owned(),
            ours: text(found.first),
            peer: format!("{GRAMMERS}, without spans, {}", text(found.second)),
            ratio: format!("{:.2} x as fast", found.ratio),
            goal: Goal::AtLeast(1.6).judge(found.ratio),
        },
        Row {
            what: "full API, MB/s".to_owned(),
            ours: format!("{:.0}", speed(api.len(), found.first)),
            peer: String::new(),
            ratio: String::new(),
            goal: Goal::AtLeast(120.0).judge(speed(api.len(), found.first)),
        },
    ];
    for (small, large) in [(1, 2), (5, 10)] {
        let (few, many) = (schema::times(&api, small), schema::times(&api, large));
        let mut few = || {
            black_box(tlgen_parser::parse(black_box(&few)));
        };
        let mut many = || {
            black_box(tlgen_parser::parse(black_box(&many)));
        };
        let found = paired(setting.pairs, &mut few, &mut many);
        rows.push(Row {
            what: format!("growth from {small} x to {large} x the API"),
            ours: format!("{} to {}", seconds(found.first), seconds(found.second)),
            peer: String::new(),
            ratio: format!("{:.2} x the time", found.ratio),
            goal: Goal::AtMost(2.2).judge(found.ratio),
        });
    }
    Ok(rows)
}
