//! How much memory a comparison takes, by an allocator that counts: in proportion to the schemas.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;

use allocation_counter::measure;
use tlgen_diff::{Approvals, Options, diff, report};
use tlgen_model::schema::Schema;
use tlgen_model::{Valid, load};
use tlgen_parser::source::Sources;

/// A schema of so many groups of declarations, in one of two versions.
fn schema(groups: u32, is_new: bool) -> Valid<Schema> {
    let (int, more, base) = if is_new { ("long", " more:flags.1?string", 0x2000_0000) } else { ("int", "", 0) };
    let (mut types, mut functions) = (String::new(), "---functions---\n".to_owned());
    for group in 1..=groups {
        let id = base + group * 8;
        writeln!(
            types,
            "ns{}.a{group}#{id:08x} flags:# x:{int} next:flags.0?ns{}.B{group}{more} = ns{}.A{group};",
            group % 9,
            group % 9,
            group % 9
        )
        .unwrap();
        writeln!(
            types,
            "ns{}.b{group}#{:08x} list:Vector<ns{}.A{group}> = ns{}.B{group};",
            group % 9,
            group * 8 + 1,
            group % 9,
            group % 9
        )
        .unwrap();
        // One is gone, and one has come.
        writeln!(
            types,
            "ns{}.c{group}{}#{:08x} y:string = ns{}.B{group};",
            group % 9,
            u8::from(is_new),
            id + 2,
            group % 9
        )
        .unwrap();
        writeln!(
            functions,
            "ns{}.f{group}#{:08x} a:ns{}.A{group} b:{int} = ns{}.B{group};",
            group % 9,
            id + 3,
            group % 9,
            group % 9
        )
        .unwrap();
    }
    let mut sources = Sources::new();
    let file = sources.add("schema.tl", types + &functions);
    load(&sources, &[file], &tlgen_model::Options::default()).value.unwrap()
}

/// The most bytes that are held while two versions are compared and each report is made.
fn peak(groups: u32) -> u64 {
    let (old, new) = (schema(groups, false), schema(groups, true));
    let work = || {
        let found = diff(&old, &new, &Options::default());
        assert!(found.changes.len() >= 3 * groups as usize && found.no_rust.is_none());
        let approvals = Approvals::default();
        drop(report::text(&found, &approvals, report::Detail { proofs: true, colors: false }));
        drop(report::markdown(&found, &approvals));
        drop(report::json(&found, &approvals));
    };
    measure(work).bytes_max
}

/// Twice as much input takes twice as much memory. A table that doubles when it is full may have just done so.
#[test]
fn in_proportion_to_the_input() {
    let peaks: Vec<u64> = [30, 60, 120, 240].into_iter().map(peak).collect();
    for pair in peaks.windows(2) {
        let factor = pair[1] as f64 / pair[0] as f64;
        assert!(factor < 2.5, "{peaks:?}");
    }
    assert!(peaks[3] as f64 / (peaks[0] as f64) < 10.0, "{peaks:?}");
}
