//! Generated code on the vectors of `tlgen conformance`.

use std::io::Write as _;

use tlgen_dynamic::conformance::{Expected, Vectors};
use tlgen_dynamic::{DecodeErrorKind, DecodeOptions as Dynamic, Root as Whole};
use tlgen_model::schema::TypeExpr;
use tlgen_runtime::DecodeOptions;

use crate::codecs::{Wrong, hex};
use crate::values::{self, Root, Values};
use crate::{CONSTRUCTORS, FUNCTIONS, INNER, refusal};

/// Generated code writes each value as it has read it, and refuses the rest for the same reason at the same byte.
#[test]
fn generated_code_agrees_with_all_vectors() {
    let schema = values::schema();
    let mut vectors = Vectors::new(&schema, 0);
    let named = Values::new(&schema, INNER, tlgen_dynamic::Profile::default());
    let mut declared = Dynamic::default();
    declared.declared_bits = true;
    let (mut values, mut hostile) = (0usize, 0usize);
    let mut failures = Vec::new();
    let constructors = CONSTRUCTORS.iter().map(|row| (Root::Constructor, row));
    for (kind, row) in constructors.chain(FUNCTIONS.iter().map(|row| (Root::Function, row))) {
        let idx = named.index(kind, row.name);
        // Generated code reads a constructor as its type, so any id of the type will do.
        let ty = schema.combinator(idx).ty.map(|ty| TypeExpr::Boxed { ty, args: Box::default() });
        let root = ty.as_ref().map_or(Whole::Boxed(idx), Whole::Type);
        for vector in vectors.of(idx) {
            let generated = match (row.ours)(&vector.bytes, &DecodeOptions::new().strict(), false) {
                Ok(written) => Ok(written),
                Err(Wrong::Refused(error)) => Err(error),
                Err(Wrong::Other(text)) => panic!("{}: {text}", row.name),
            };
            let wrong = match &vector.expected {
                Expected::Value(_) => {
                    values += 1;
                    match generated {
                        Ok(written) if written == vector.bytes => None,
                        Ok(written) => Some(format!("written as {}", hex(&written))),
                        Err(error) => Some(error.to_string()),
                    }
                }
                Expected::Refused { error, .. } => {
                    hostile += 1;
                    // What is counted of the depth differs.
                    if error.kind == DecodeErrorKind::TooDeep {
                        generated.is_ok().then(|| "taken, however deep".to_owned())
                    } else {
                        refusal::difference(&vectors.codec().decode_root(root, &vector.bytes, &declared), &generated)
                    }
                }
                _ => Some("another expectation".to_owned()),
            };
            failures
                .extend(wrong.map(|wrong| format!("{}, {}: {wrong}: {}", row.name, vector.case, hex(&vector.bytes))));
        }
    }
    let shown: Vec<_> = failures.iter().take(20).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} vectors differ:\n{}", failures.len(), shown.join("\n"));
    let _ = writeln!(std::io::stderr(), "{values} values and {hostile} vectors that are none agree");
    assert!(values > 10_000 && hostile > 10_000, "{values} {hostile}");
}
