//! A panic in a hand-written codec unwinds, whatever calls it.

use std::panic::catch_unwind;

use tlgen_runtime::{Combinator, Decode, DecodeBare, Encode, EncodeBare, Function, Reader, Writer};

use super::sample::Invoke;

/// Reads a number, and panics at 13.
#[derive(Debug, PartialEq)]
struct Superstitious(i32);

impl Combinator for Superstitious {
    const ID: u32 = 0x0000_0a13;
    const NAME: &'static str = "superstitious";
}

impl EncodeBare for Superstitious {
    fn encode_bare(&self, w: &mut Writer) {
        w.put(&self.0);
    }
}

impl<'de> DecodeBare<'de> for Superstitious {
    const MIN_SIZE: usize = 4;

    fn decode_bare(r: &mut Reader<'de>) -> Self {
        let number = r.get();
        assert_ne!(number, 13, "an unlucky number");
        Self(number)
    }
}

impl Function for Superstitious {
    type Return = bool;
}

/// Reads a value, and says whether it is one.
type Read<'de> = Box<dyn Fn() -> bool + 'de>;

/// The ways in which the runtime, and what is in the shape of generated code, call it.
fn ways<'de>(bytes: &'de [u8], items: &'de [u8], wrapped: &'de [u8]) -> [(&'static str, Read<'de>); 11] {
    let read = |read: fn(&mut Reader<'de>)| -> Read<'de> {
        Box::new(move || {
            let mut r = Reader::new(bytes);
            read(&mut r);
            r.finish().is_ok()
        })
    };
    [
        ("alone", Box::new(|| Superstitious::from_bytes(bytes).is_ok())),
        ("bare", Box::new(|| Superstitious::from_bare_bytes(&bytes[4..]).is_ok())),
        ("in a vector", Box::new(|| Vec::<Superstitious>::from_bytes(items).is_ok())),
        ("as a type parameter", Box::new(|| Invoke::<Superstitious>::from_bytes(wrapped).is_ok())),
        ("get", read(|r| _ = r.get::<Superstitious>())),
        ("boxed", read(|r| _ = r.boxed::<Superstitious>())),
        ("opt", read(|r| _ = r.opt::<Superstitious>(1, 0))),
        ("opt_boxed", read(|r| _ = r.opt_boxed::<Superstitious>(1, 0))),
        ("opt_with", read(|r| _ = r.opt_with(1, 0, Reader::get::<Superstitious>))),
        ("repeat", read(|r| _ = r.repeat::<Superstitious>(1))),
        ("repeat_with", read(|r| _ = r.repeat_with(1, 8, Reader::get::<Superstitious>))),
    ]
}

#[test]
fn it_unwinds_whatever_calls_it() {
    for number in [12, 13] {
        let value = Superstitious(number);
        let bytes = value.to_bytes().unwrap();
        let wrapped = Invoke { layer: 1, query: Superstitious(number) }.to_bytes().unwrap();
        let items = vec![Superstitious(1), value].to_bytes().unwrap();
        for (way, read) in ways(&bytes, &items, &wrapped) {
            let result = catch_unwind(std::panic::AssertUnwindSafe(read));
            assert_eq!(result.ok(), (number == 12).then_some(true), "{way}: {number}");
        }
    }
}

/// Half of a vector is dropped, each item once.
#[test]
fn what_was_read_before_is_dropped() {
    use std::cell::Cell;

    thread_local!(static ALIVE: Cell<i32> = const { Cell::new(0) });

    struct Counted;

    impl<'de> Decode<'de> for Counted {
        const MIN_SIZE: usize = 4;

        fn decode(r: &mut Reader<'de>) -> Self {
            assert_ne!(r.u32(), 13, "an unlucky number");
            ALIVE.set(ALIVE.get() + 1);
            Self
        }
    }

    impl Drop for Counted {
        fn drop(&mut self) {
            ALIVE.set(ALIVE.get() - 1);
        }
    }

    let bytes = vec![1, 2, 13, 4].to_bytes().unwrap();
    assert!(catch_unwind(|| Vec::<Counted>::from_bytes(&bytes).is_ok()).is_err());
    assert_eq!(ALIVE.get(), 0);
}
