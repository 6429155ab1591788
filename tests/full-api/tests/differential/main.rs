//! The whole API against another implementation: random values of every constructor and function, made by the schema
//! alone, are decoded by both and encoded by both, and all bytes agree.
//!
//! `TL_API_VALUES` says how many values there are of each; 20 unless it is set.

#![allow(clippy::unwrap_used)]

mod codecs;
mod refusal;
mod values;
mod vectors;

use std::collections::BTreeSet;
use std::io::Write as _;

use codecs::{Request, Row, Wrong, hex, ours, theirs};
use grammers_tl_types as peer;
use tlgen_dynamic::{Codec, Profile};
use tlgen_model::schema::TypeExpr;
use tlgen_parser::ast::{DeclarationKind, SectionKind};
use tlgen_runtime::DecodeOptions;
use values::{Root, Sample, Values};

include!(concat!(env!("OUT_DIR"), "/rows.rs"));

/// Valid and canonical bytes: both give back what they were given, and our value is equal when it is read again.
///
/// One difference is known: a word that no field depends on (`flags:#` and nothing else) is a number to us and keeps its
/// value; the other implementation writes 0. So it gets the values with 0 there, and we get both.
#[test]
fn canonical_values() {
    let profile = Profile::default().with_nan(false);
    compare("canonical values", profile, |row, sample| {
        let mut all =
            vec![("ours", &sample.cleared, (row.ours)(&sample.cleared, &DecodeOptions::new().strict(), true)?)];
        all.push(("theirs", &sample.cleared, (row.theirs)(&sample.cleared)?));
        if sample.bytes != sample.cleared {
            all.push(("ours", &sample.bytes, (row.ours)(&sample.bytes, &DecodeOptions::new().strict(), true)?));
        }
        let wrong = all.iter().find(|(_, given, written)| *given != written);
        wrong.map_or(Ok(()), |(who, given, written)| Err(format!("{who} makes {} of {}", hex(written), hex(given))))
    });
}

/// What the other implementation lets through and our lenient mode does too: text that is not UTF-8 is repaired, flag
/// bits that nothing declares are dropped. A NaN keeps its bits.
#[test]
fn values_for_lenient_readers() {
    let profile = Profile::default().with_invalid_text(true).with_undeclared_bits(true);
    compare("values for lenient readers", profile, |row, sample| {
        let ours = (row.ours)(&sample.cleared, &DecodeOptions::new().lenient(), false)?;
        let theirs = (row.theirs)(&sample.cleared)?;
        if ours == theirs {
            return Ok(());
        }
        Err(format!("of {} ours makes {}, theirs {}", hex(&sample.cleared), hex(&ours), hex(&theirs)))
    });
}

/// Bytes that are no value are refused by generated code and by the dynamic codec for the same reason, at the same byte; what both
/// take they write as the same bytes. Functions with a query are left out: generated code knows which one.
///
/// Of each there is one value, and every eighth of its changes; with `TL_API_VALUES` as many values and all their changes.
#[test]
fn both_codecs_refuse_the_same() {
    let (count, step) = std::env::var("TL_API_VALUES").map_or((1, 8), |_| (values::count(), 1));
    let schema = values::schema();
    let mut values = Values::new(&schema, INNER, Profile::default().with_budget(100));
    let codec = Codec::new(&schema);
    let (mut refused, mut taken, mut without) = (0usize, 0usize, 0usize);
    let mut failures = Vec::new();
    let constructors = CONSTRUCTORS.iter().map(|row| (Root::Constructor, row));
    for (kind, row) in constructors.chain(FUNCTIONS.iter().map(|row| (Root::Function, row))) {
        let idx = values.index(kind, row.name);
        let combinator = schema.combinator(idx);
        if !combinator.generics.is_empty() {
            without += 1;
            continue;
        }
        let ty = combinator.ty.map(|ty| TypeExpr::Boxed { ty, args: Box::default() });
        let root = ty.as_ref().map_or(tlgen_dynamic::Root::Boxed(idx), tlgen_dynamic::Root::Type);
        for input in
            values.of(kind, row.name, count).iter().flat_map(|sample| refusal::changed(&sample.bytes).step_by(step))
        {
            let dynamic = codec.decode_root(root, &input, &tlgen_dynamic::DecodeOptions::default());
            let generated = match (row.ours)(&input, &DecodeOptions::new(), false) {
                Ok(written) => Ok(written),
                Err(Wrong::Refused(error)) => Err(error),
                Err(Wrong::Other(text)) => panic!("{}: {text}", row.name),
            };
            let mut wrong = refusal::difference(&dynamic, &generated);
            if let (Ok(_), Ok(written)) = (&dynamic, &generated) {
                taken += 1;
                wrong = refusal::misread(&codec, root, &input, written);
            } else {
                refused += 1;
            }
            if let Some(wrong) = wrong {
                failures.push(format!("{}: {wrong}: {}", row.name, hex(&input)));
                break;
            }
        }
    }
    let shown: Vec<_> = failures.iter().take(20).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} constructors or functions differ:\n{}", failures.len(), shown.join("\n"));
    let _ = writeln!(
        std::io::stderr(),
        "{refused} changed values are refused alike and {taken} are taken by both; {without} functions with a query are left out"
    );
    assert!(without < 20, "{without}");
}

/// Each declaration of the schema has a row or is a builtin type, which are listed here.
#[test]
fn nothing_is_left_out() {
    let names = |rows: &[Row]| rows.iter().map(|row| row.name).collect::<BTreeSet<_>>();
    let (constructors, functions) = (names(CONSTRUCTORS), names(FUNCTIONS));
    let text = std::fs::read_to_string(env!("TL_API")).unwrap();
    let parsed = tlgen_parser::parse(&text);
    let (mut declared, mut builtin) = (0, Vec::new());
    for (section, declaration) in parsed.schema.declarations() {
        let DeclarationKind::Combinator(combinator) = &declaration.kind else { panic!("{declaration:?}") };
        let name = combinator.name.unwrap().text;
        let rows = if section == SectionKind::Types { &constructors } else { &functions };
        declared += 1;
        if !rows.contains(name) {
            builtin.push(name);
        }
    }
    assert_eq!(declared, CONSTRUCTORS.len() + FUNCTIONS.len() + builtin.len());
    // `true` has no bytes, so there is nothing to compare; the others follow.
    assert_eq!(builtin, ["boolFalse", "boolTrue", "true", "vector"]);
    for bytes in [[0x37, 0x97, 0x79, 0xbc], [0xb5, 0x75, 0x72, 0x99]] {
        assert_eq!(ours::<bool>(&bytes, &DecodeOptions::new().strict(), true).map_err(String::from).unwrap(), bytes);
        assert_eq!(theirs::<bool>(&bytes).unwrap(), bytes);
    }
    let vector = [0x15, 0xc4, 0xb5, 0x1c, 2, 0, 0, 0, 7, 0, 0, 0, 255, 255, 255, 255];
    assert_eq!(ours::<Vec<i32>>(&vector, &DecodeOptions::new().strict(), true).map_err(String::from).unwrap(), vector);
    assert_eq!(theirs::<Vec<i32>>(&vector).unwrap(), vector);
}

/// The declarations of the one difference that [`canonical_values`] allows for.
#[test]
fn words_without_a_use_are_few() {
    let schema = values::schema();
    let with_one = schema.combinators.iter().filter(|combinator| combinator.params.iter().any(values::is_unused));
    let names: Vec<_> = with_one.map(|combinator| combinator.name.full()).collect();
    assert_eq!(names, ["exportedChatlistInvite", "stories.allStoriesNotModified", "buttonTypeRequestPeer"]);
}

/// Runs `check` on random values of every row and says how many there were.
fn compare(what: &str, profile: Profile, check: impl Fn(&Row, &Sample) -> Result<(), String>) {
    let count = values::count();
    let schema = values::schema();
    let mut values = Values::new(&schema, INNER, profile);
    let mut bytes = 0;
    let mut failures = Vec::new();
    let constructors = CONSTRUCTORS.iter().map(|row| (Root::Constructor, row));
    for (root, row) in constructors.chain(FUNCTIONS.iter().map(|row| (Root::Function, row))) {
        for sample in values.of(root, row.name, count) {
            bytes += sample.bytes.len();
            if let Err(problem) = check(row, &sample) {
                failures.push(format!("{}: {problem}", row.name));
                break;
            }
        }
    }
    let shown: Vec<_> = failures.iter().take(20).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} constructors or functions differ:\n{}", failures.len(), shown.join("\n"));
    // Not by `println`, which the test harness captures.
    let _ = writeln!(
        std::io::stderr(),
        "{what} of layer {}: {} constructors and {} functions, {count} values of each, {bytes} bytes, all agree",
        tl_full_api::LAYER,
        CONSTRUCTORS.len(),
        FUNCTIONS.len(),
    );
}
