//! Recursive types: refused beyond the limit in constant stack, whole at the limit.

use tlgen_runtime::{Config, DEFAULT_MAX_DEPTH, DecodeErrorKind, from_bytes, from_bytes_with, to_bytes};

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
        for step in [&[TEXT_BOLD][..], &[TEXT_CONCAT, tlgen_runtime::VECTOR_ID, 1]] {
            let error = from_bytes::<RichText>(&nested(1_000_000, step)).unwrap_err();
            assert_eq!(error.kind(), DecodeErrorKind::TooDeep { ty: "RichText", limit: DEFAULT_MAX_DEPTH });
            assert_eq!(error.offset(), 4 * step.len() * DEFAULT_MAX_DEPTH as usize);
            assert_eq!(error.path().len(), 8);
            assert!(error.to_string().len() < 300, "{error}");
        }
    });
}

#[test]
fn the_limit_itself_is_allowed() {
    on_a_small_stack(|| {
        let limit = DEFAULT_MAX_DEPTH as usize;
        for step in [&[TEXT_BOLD][..], &[TEXT_CONCAT, tlgen_runtime::VECTOR_ID, 1]] {
            let bytes = nested(limit, step);
            let value = from_bytes::<RichText>(&bytes).unwrap();
            assert_eq!(to_bytes(&value.clone()).unwrap(), bytes);
            assert!(from_bytes::<RichText>(&nested(limit + 1, step)).is_err());
        }
    });
}

#[test]
fn the_limit_can_be_set() {
    let bytes = nested(3, &[TEXT_BOLD]);
    assert!(from_bytes_with::<RichText>(&bytes, &Config::new().max_depth(3)).is_ok());
    let error = from_bytes_with::<RichText>(&bytes, &Config::new().max_depth(2)).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::TooDeep { ty: "RichText", limit: 2 });
    assert!(from_bytes_with::<i32>(&[0; 4], &Config::new().max_depth(0)).is_ok(), "other types have no levels");
}

#[test]
fn levels_are_counted_along_a_path_not_in_all() {
    let bold = RichText::Bold(TextBold { text: Box::new(RichText::Empty) });
    let wide = RichText::Concat(TextConcat { texts: vec![bold; 1000] });
    let bytes = to_bytes(&wide).unwrap();
    assert_eq!(from_bytes_with::<RichText>(&bytes, &Config::new().max_depth(3)).unwrap(), wide);
}
