//! What a decode error says.

use tlgen_runtime::{Decode, DecodeBare, DecodeErrorKind, Encode, Reader, Writer};

use super::hex;
use super::sample::{Invoke, Lookup, RichText, TEXT_BOLD, User, lookup};

const NAMES: &[(u32, &str)] = &[(0x0a01, "user"), (0x0a02, "lookup"), (0xdead_beef, "textStrike")];

#[test]
fn an_unknown_id_is_shown_with_its_name_and_path() {
    let mut bytes = TEXT_BOLD.to_le_bytes().repeat(2);
    bytes.extend(0xdead_beefu32.to_le_bytes());
    let error = RichText::from_bytes(&bytes).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::UnknownId { id: 0xdead_beef, ty: "RichText" });
    assert_eq!(error.offset(), 8);
    assert_eq!(error.path(), ["textBold", "textBold"]);
    assert_eq!(
        error.to_string(),
        "the id 0xdeadbeef is no constructor of `RichText`, at byte 8 while reading `textBold` > `textBold`"
    );
    let error = error.with_names(NAMES);
    assert_eq!(error.id_name(), Some("textStrike"));
    assert_eq!(
        error.to_string(),
        "the id 0xdeadbeef (`textStrike`) is no constructor of `RichText`, at byte 8 while reading `textBold` > `textBold`"
    );
}

#[test]
fn an_unexpected_id_says_what_was_expected() {
    let error = Lookup::from_bytes(&User::default().to_bytes().unwrap()).unwrap_err().with_names(NAMES);
    assert_eq!(
        error.to_string(),
        "the id 0x00000a01 (`user`) stands where `lookup` (0x00000a02) is expected, at byte 0"
    );
    assert_eq!((error.id(), error.while_reading()), (Some(0xa01), None));
    let error = Vec::<i32>::from_bytes(&hex("379779bc 00000000")).unwrap_err().with_names(NAMES);
    assert_eq!((error.id(), error.id_name()), (Some(0xbc79_9737), None));
}

#[test]
fn the_path_holds_only_what_is_around_the_error() {
    let bytes = Invoke { layer: 1, query: lookup() }.to_bytes().unwrap();
    // Within the last field of the last user; the fields and constructors after it were never there.
    let error = Invoke::<Lookup>::from_bytes(&bytes[..bytes.len() - 4]).unwrap_err();
    assert_eq!(error.path(), ["user", "lookup", "invoke"]);
    assert_eq!(error.while_reading(), Some("user"));
    // Within a field of `lookup` itself, before its users: they do not count as around it.
    let error = Invoke::<Lookup>::from_bytes(&bytes[..20]).unwrap_err();
    assert_eq!(error.path(), ["lookup", "invoke"]);
}

#[test]
fn text_of_the_message_is_never_shown() {
    let mut bytes = User { name: Some("secret".into()), ..User::default() }.to_bytes().unwrap();
    let place = bytes.windows(6).position(|window| window == b"secret").unwrap();
    bytes[place + 5] = 0xff;
    let error = User::from_bytes(&bytes).unwrap_err();
    assert_eq!((error.kind(), error.offset()), (DecodeErrorKind::InvalidUtf8, place + 5));
    for shown in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
        assert!(!shown.contains("secr"), "{shown}");
    }
}

/// A reader and a writer show how far they are and what failed, and nothing of the message.
#[test]
fn readers_and_writers_for_debugging() {
    let input = "secret".to_bytes().unwrap();
    let mut r = Reader::new(&input);
    r.u32();
    assert_eq!(format!("{r:?}"), "Reader { offset: 4, remaining: 4, failure: None, .. }");
    r.expect_id(1, "one");
    let shown = format!("{r:?}");
    assert!(shown.starts_with("Reader { offset: 4, remaining: 0, failure: Some("), "{shown}");
    let mut w = Writer::new();
    w.put("secret");
    assert_eq!(format!("{w:?}"), "Writer { written: 8, failure: None, .. }");
}

#[test]
fn errors_are_small_and_usual() {
    fn usual<T: core::error::Error + Clone + PartialEq + Send + Sync + 'static>() {}
    usual::<tlgen_runtime::DecodeError>();
    usual::<tlgen_runtime::EncodeError>();
    assert_eq!(size_of::<tlgen_runtime::DecodeError>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), tlgen_runtime::EncodeError>>(), size_of::<usize>());
}

#[test]
fn each_kind_reads_as_a_sentence() {
    let bare = |digits: &str| User::from_bare_bytes(&hex(digits)).unwrap_err().to_string();
    assert_eq!(bare("00000000"), "the input ends too early, at byte 4 while reading `user`");
    assert_eq!(bare("02000000 0000000000000000 01610001"), "padding is not zero, at byte 14 while reading `user`");
    assert_eq!(
        bare("02000000 0000000000000000 fe010000 61000000"),
        "the length 1 is written in a longer form than it needs, at byte 12 while reading `user`"
    );
    assert_eq!(
        bare("00000080 0000000000000000 15c4b51c ffffffff"),
        "a number of items is negative (-1), at byte 16 while reading `user`"
    );
    assert_eq!(bare("00000000 0000000000000000 00"), "1 byte is left after the value, at byte 12");
    assert_eq!(bare("00000000 0000000000000000 0000"), "2 bytes are left after the value, at byte 12");
}
