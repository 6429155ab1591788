//! Values and bytes: methods, options, function values, map keys, errors by `?`.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::error::Error;

use tl_newcomer::layer_2::{constructors, functions, types};
use tlgen_runtime::{
    Decode, DecodeBare, DecodeErrorKind, DecodeOptions, Encode, EncodeBare, Mode, Object, Reader, Writer,
};

fn message(text: &str) -> types::Message {
    let peer = types::Peer::from(constructors::PeerUser { user_id: 7 });
    constructors::Message { pinned: true, ..constructors::Message::new(1, peer, text.to_owned()) }.into()
}

#[test]
fn values_have_methods() -> Result<(), Box<dyn Error>> {
    let value = message("hello");
    let bytes = value.to_bytes()?;
    assert_eq!(types::Message::from_bytes(&bytes)?, value);

    let mut buffer = b"header: ".to_vec();
    value.encode_into(&mut buffer)?;
    "more".encode_into(&mut buffer)?;
    assert_eq!(buffer.len(), 8 + bytes.len() + 8);

    let (first, length) = DecodeOptions::new().prefix::<types::Message>(&buffer[8..])?;
    assert_eq!((first, length), (value, bytes.len()));
    assert_eq!(String::from_bytes(&buffer[8 + length..])?, "more");
    Ok(())
}

#[test]
fn values_without_their_id() -> Result<(), Box<dyn Error>> {
    let user = constructors::PeerUser { user_id: 7 };
    let mut bytes = user.to_bare_bytes()?;
    assert_eq!(bytes, 7i64.to_le_bytes());
    assert_eq!(constructors::PeerUser::from_bare_bytes(&bytes)?, user);
    assert_eq!(DecodeOptions::new().bare::<constructors::PeerUser>(&bytes)?, user);
    user.encode_bare_into(&mut bytes)?;
    assert_eq!(DecodeOptions::new().bare_prefix::<constructors::PeerUser>(&bytes)?, (user, 8));
    Ok(())
}

#[test]
fn options_are_one_builder() {
    let options = DecodeOptions::new().strict().max_depth(3).max_memory(64);
    assert_eq!((options.get_mode(), options.get_max_depth(), options.get_max_memory()), (Mode::Strict, 3, Some(64)));
    assert_eq!(DecodeOptions::default().get_max_memory(), None);

    let bytes = message(&"long ".repeat(20)).to_bytes().unwrap();
    let error = options.from_bytes::<types::Message>(&bytes).unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::TooMuchMemory { limit: 64 });
    assert!(options.max_memory(usize::MAX).from_bytes::<types::Message>(&bytes).is_ok());
}

#[test]
fn peers_are_keys() {
    let user = |user_id| types::Peer::from(constructors::PeerUser { user_id });
    let mut names = HashMap::new();
    names.insert(user(1), "Ada");
    names.insert(user(2), "Bob");
    assert_eq!(names.get(&user(2)), Some(&"Bob"));
    assert_eq!(names.get(&types::Peer::from(constructors::PeerChat { chat_id: 2 })), None);
}

/// A pair as someone writes it by hand: a flags field, and a number that it says is there.
#[derive(Debug, PartialEq)]
struct Pair(i32, Option<u32>);

impl Encode for Pair {
    fn encode(&self, w: &mut Writer) {
        w.u32(u32::from(self.1.is_some()));
        w.put(&self.0);
        w.opt_with(&self.1, |x, w| w.u32(*x));
    }
}

impl<'de> Decode<'de> for Pair {
    const MIN_SIZE: usize = 8;

    fn decode(r: &mut Reader<'de>) -> Self {
        let flags = r.flags(1);
        // Methods can be passed by name, and closures, too.
        Self(r.get(), r.opt_with(flags, 0, Reader::u32))
    }
}

#[test]
fn codecs_by_hand() -> Result<(), Box<dyn Error>> {
    let pairs = vec![Pair(1, None), Pair(2, Some(3))];
    assert_eq!(Vec::<Pair>::from_bytes(&pairs.to_bytes()?)?, pairs);

    let mut r = Reader::new(&[2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0]);
    assert_eq!(r.vector_bare_with(4, Reader::u32), [1, 2]);
    assert_eq!(r.opt_with(1, 0, |r| r.u32() + 1), Some(5));
    r.finish()?;
    Ok(())
}

#[test]
fn objects_convert() -> Result<(), Box<dyn Error>> {
    let object = Object::from_value(&message("hello"))?;
    assert_eq!(object.decode::<types::Message>()?, message("hello"));
    assert_eq!(Object::try_from(object.as_ref().to_vec())?, object);
    assert!(Object::try_from(vec![1, 2, 3]).is_err());
    Ok(())
}

#[test]
fn errors_say_where() {
    let bytes = functions::messages::GetHistory { offset: 0, limit: 1, peer: message_peer() }.to_bytes().unwrap();
    let error = functions::messages::GetHistory::from_bytes(&bytes[..6]).unwrap_err();
    assert_eq!(error.to_string(), "the input ends too early, at byte 4 while reading `messages.getHistory`");
}

fn message_peer() -> types::Peer {
    constructors::PeerChat { chat_id: 5 }.into()
}
