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
    linked(types + &functions)
}

/// One declaration of so many arguments, and one type of so many constructors, which both have twice as many in the new version.
fn wide(count: u32, is_new: bool) -> Valid<Schema> {
    let mut text = format!("wide#{:08x}", 1 + u32::from(is_new));
    let count = if is_new { 2 * count } else { count };
    for field in 0..count {
        write!(text, " field_{field}:int").unwrap();
    }
    text += " = Wide;\n";
    for constructor in 0..count {
        writeln!(text, "some{constructor}#{:08x} x:int = Some;", 0x100 + constructor).unwrap();
    }
    linked(text)
}

fn linked(text: String) -> Valid<Schema> {
    let mut sources = Sources::new();
    let file = sources.add("schema.tl", text);
    let loaded = load(&sources, &[file], &tlgen_model::Options::default());
    loaded.value.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics.first()))
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

/// The same for both ways between two versions of one large declaration and one large type. In JSON each change has all that proves it.
fn peak_of_wide(count: u32) -> u64 {
    let (old, new) = (wide(count, false), wide(count, true));
    let work = || {
        for (old, new) in [(&old, &new), (&new, &old)] {
            let found = diff(old, new, &Options::default());
            assert!(found.changes.len() == 1 + count as usize && found.no_rust.is_none());
            let approvals = Approvals::default();
            drop(report::text(&found, &approvals, report::Detail { proofs: true, colors: false }));
            drop(report::markdown(&found, &approvals));
        }
    };
    measure(work).bytes_max
}

/// Twice as much input takes twice as much memory. A table that doubles when it is full may have just done so.
#[test]
fn in_proportion_to_the_input() {
    grows([30, 60, 120, 240].map(peak));
}

#[test]
fn in_proportion_to_one_declaration() {
    grows([250, 500, 1000, 2000].map(peak_of_wide));
}

fn grows(peaks: [u64; 4]) {
    for pair in peaks.windows(2) {
        let factor = pair[1] as f64 / pair[0] as f64;
        assert!(factor < 2.5, "{peaks:?}");
    }
    assert!(peaks[3] as f64 / (peaks[0] as f64) < 10.0, "{peaks:?}");
}
