//! Values that have no bytes.

use tlgen_runtime::{Encode, EncodeErrorKind};

use super::sample::{Empties, Empty, Invoke, Lookup, User, lookup};

fn half_set() -> User {
    User { lat: Some(1.0), ..User::default() }
}

#[test]
fn fields_that_share_a_bit() {
    let error = half_set().to_bytes().unwrap_err();
    assert_eq!(error.kind(), EncodeErrorKind::SharedBit { ty: "user", fields: "lat, long" });
    assert_eq!(error.while_writing(), Some("user"));
    let whole = Invoke { layer: 1, query: Lookup { users: vec![User::default(), half_set()], ..lookup() } };
    assert_eq!(
        whole.to_bytes().unwrap_err().to_string(),
        "the fields `lat, long` of `user` share a flag bit and must be all set or all unset, while writing \
         `invoke` > `lookup` > `user`"
    );
}

#[test]
fn counts_that_are_fields() {
    let error = Lookup { count: 2, ..lookup() }.to_bytes().unwrap_err();
    assert_eq!(error.kind(), EncodeErrorKind::CountMismatch { ty: "lookup", field: "hops", expected: 2, actual: 3 });
    assert_eq!(
        error.to_string(),
        "the field `hops` of `lookup` has 3 items, but its count says 2, while writing `lookup`"
    );
    let error = Lookup { pairs: vec![], ..lookup() }.to_bytes().unwrap_err();
    assert_eq!(error.kind(), EncodeErrorKind::CountMismatch { ty: "lookup", field: "pairs", expected: 2, actual: 0 });
}

/// Items of no size are the only ones that can be so many here.
#[test]
fn more_items_than_a_count_can_say() {
    const COUNT: usize = i32::MAX as usize + 1;
    let items: Box<[Empty]> = Box::new([Empty {}; COUNT]);
    let error = Empties { items: items.into_vec() }.to_bytes().unwrap_err();
    assert_eq!(error.kind(), EncodeErrorKind::TooManyItems { field: "items", count: COUNT });
    assert_eq!(
        error.to_string(),
        "the field `items` has 2147483648 items, more than the 2^31-1 that can be written, while writing `empties`"
    );
}

#[test]
fn nothing_half_written_is_handed_out() {
    let mut buf = vec![1, 2, 3];
    half_set().encode_into(&mut buf).unwrap_err();
    assert_eq!(buf, [1, 2, 3]);
    7i32.encode_into(&mut buf).unwrap();
    assert_eq!(buf, [1, 2, 3, 7, 0, 0, 0]);
}
