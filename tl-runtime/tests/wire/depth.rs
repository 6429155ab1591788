//! Recursive types: refused beyond the limit in constant stack, whole at the limit.

use tlgen_runtime::{Decode, DecodeErrorKind, DecodeOptions, Encode};

use super::sample::{RichText, TEXT_BOLD, TEXT_CONCAT, TEXT_EMPTY, TextBold, TextConcat};

/// Runs `test` where a deep recursion would be seen.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(256 * 1024).spawn(test).unwrap().join().unwrap();
}

/// `levels` levels, the innermost one empty.
fn nested(levels: usize, step: &[u32]) -> Vec<u8> {
    let mut bytes: Vec<u8> = step.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>().repeat(levels - 1);
    bytes.extend(TEXT_EMPTY.to_le_bytes());
    bytes
}

#[test]
fn a_million_levels_are_refused() {
    on_a_small_stack(|| {
        for step in [&[TEXT_BOLD][..], &[TEXT_CONCAT, tlgen_runtime::ids::VECTOR, 1]] {
            let error = RichText::from_bytes(&nested(1_000_000, step)).unwrap_err();
            assert_eq!(
                error.kind(),
                DecodeErrorKind::TooDeep { ty: "RichText", limit: DecodeOptions::DEFAULT_MAX_DEPTH }
            );
            assert_eq!(error.offset(), 4 * step.len() * DecodeOptions::DEFAULT_MAX_DEPTH as usize);
            assert_eq!(error.path().len(), 8);
            assert!(error.to_string().len() < 300, "{error}");
        }
    });
}

#[test]
fn the_limit_itself_is_allowed() {
    on_a_small_stack(|| {
        let limit = DecodeOptions::DEFAULT_MAX_DEPTH as usize;
        for step in [&[TEXT_BOLD][..], &[TEXT_CONCAT, tlgen_runtime::ids::VECTOR, 1]] {
            let bytes = nested(limit, step);
            let value = RichText::from_bytes(&bytes).unwrap();
            assert_eq!(value.clone().to_bytes().unwrap(), bytes);
            assert!(RichText::from_bytes(&nested(limit + 1, step)).is_err());
        }
    });
}

#[test]
fn the_limit_can_be_set() {
    let bytes = nested(3, &[TEXT_BOLD]);
    assert!(DecodeOptions::new().max_depth(3).from_bytes::<RichText>(&bytes).is_ok());
    let error = DecodeOptions::new().max_depth(2).from_bytes::<RichText>(&bytes).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::TooDeep { ty: "RichText", limit: 2 });
    assert!(DecodeOptions::new().max_depth(0).from_bytes::<i32>(&[0; 4]).is_ok(), "other types have no levels");
}

#[test]
fn levels_are_counted_along_a_path_not_in_all() {
    let bold = RichText::Bold(TextBold { text: Box::new(RichText::Empty) });
    let wide = RichText::Concat(TextConcat { texts: vec![bold; 1000] });
    let bytes = wide.to_bytes().unwrap();
    assert_eq!(DecodeOptions::new().max_depth(3).from_bytes::<RichText>(&bytes).unwrap(), wide);
}
