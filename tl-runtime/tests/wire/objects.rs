//! Opaque boxed values.

use tlgen_runtime::{Decode, DecodeBare, DecodeErrorKind, Encode, EncodeBare, Object};

use super::hex;
use super::sample::{Message, User};

#[test]
fn an_object_is_its_bytes() {
    let user = User { id: 7, ..User::default() };
    let object = Object::from_value(&user).unwrap();
    assert_eq!(object.id(), 0xa01);
    assert_eq!(object.as_bytes(), user.to_bytes().unwrap());
    assert_eq!(object.decode::<User>().unwrap(), user);
    assert_eq!(Object::from_bytes(object.as_bytes()).unwrap(), object);
    assert_eq!(Object::try_from(object.clone().into_bytes()).unwrap(), object);
    assert_eq!(object.as_ref(), object.as_bytes());
    assert_eq!(format!("{object:?}"), "Object(0x00000a01, 16 bytes)");
}

#[test]
fn a_length_field_ends_it() {
    let message = Message { msg_id: 1, seqno: 2, body: Object::from_value(&true).unwrap() };
    let bytes = message.to_bare_bytes().unwrap();
    assert_eq!(bytes, hex("0100000000000000 02000000 04000000 b5757299"));
    let two = [vec![message.clone(), message.clone()].to_bytes().unwrap()].concat();
    assert_eq!(Vec::<Message>::from_bytes(&two).unwrap(), [message.clone(), message]);
    for cut in 0..bytes.len() {
        let error = Message::from_bare_bytes(&bytes[..cut]).unwrap_err();
        assert_eq!(error.kind(), DecodeErrorKind::UnexpectedEnd, "cut at {cut}");
    }
}

#[test]
fn lengths_that_are_none() {
    for length in [-4i32, i32::MIN, 0, 1, 6, 7] {
        let mut bytes = hex("0100000000000000 02000000");
        bytes.extend(length.to_le_bytes());
        bytes.extend([0; 12]);
        let error = Message::from_bare_bytes(&bytes).unwrap_err();
        assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::InvalidLength { length }, 16), "{length}");
    }
}

#[test]
fn an_object_has_a_whole_id() {
    for bytes in [&[][..], &[1], &[1, 2, 3], &[1, 2, 3, 4, 5]] {
        assert_eq!(Object::from_bytes(bytes).unwrap_err().kind(), DecodeErrorKind::UnexpectedEnd);
        assert_eq!(Object::try_from(bytes.to_vec()).unwrap_err().kind(), DecodeErrorKind::UnexpectedEnd);
    }
}
