//! Values on the heap: each is dropped once, whichever way it goes.

use std::cell::Cell;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use tlgen_runtime::{Indirect, generated as rt};

/// Counts itself out.
struct Counted<'a> {
    dropped: &'a Cell<u32>,
    panics: bool,
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.dropped.set(self.dropped.get() + 1);
        assert!(!self.panics, "a drop that panics");
    }
}

rt::drop_box!(Counted<'_>);

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Note {
    text: String,
}

rt::drop_box!(Note);

fn note(text: &str) -> Note {
    Note { text: text.to_owned() }
}

#[test]
fn a_value_is_dropped_once() {
    let dropped = Cell::new(0);
    let make = || Indirect::new(Counted { dropped: &dropped, panics: false });
    drop(make());
    assert_eq!(dropped.get(), 1);
    let inner = make().into_inner();
    assert_eq!(dropped.get(), 1, "it was moved out");
    drop(inner);
    assert_eq!(dropped.get(), 2);
    let boxed = make().into_box();
    assert_eq!(dropped.get(), 2, "it is in another box");
    drop(Indirect::from(boxed));
    assert_eq!(dropped.get(), 3);
    let mut place = make();
    place = Indirect::from(place.into_box());
    assert_eq!(dropped.get(), 3);
    *place = Counted { dropped: &dropped, panics: false };
    assert_eq!(dropped.get(), 4, "the value that was there before");
    drop(place);
    assert_eq!(dropped.get(), 5);
}

#[test]
fn a_drop_that_panics_is_not_run_again() {
    let dropped = Cell::new(0);
    let value = Indirect::new(Counted { dropped: &dropped, panics: true });
    assert!(catch_unwind(AssertUnwindSafe(|| drop(value))).is_err());
    assert_eq!(dropped.get(), 1);
}

#[test]
fn it_is_what_its_value_is() {
    let (a, b) = (Indirect::from(note("a")), Indirect::new(note("b")));
    assert_eq!(format!("{a:?}"), format!("{:?}", note("a")));
    assert_eq!(a.clone(), a);
    assert_ne!(a, b);
    assert_eq!((a.cmp(&b), a.partial_cmp(&b)), (note("a").cmp(&note("b")), note("a").partial_cmp(&note("b"))));
    assert_eq!(HashSet::from([a.clone(), a.clone(), b.clone()]).len(), 2);
    assert_eq!(*Indirect::<Note>::default(), Note::default());
    let mut changed = a.clone();
    changed.text.push('!');
    assert_eq!((a.as_ref().text.as_str(), changed.text.as_str()), ("a", "a!"));
    assert_eq!((a.into_inner(), *b.into_box()), (note("a"), note("b")));
}

/// An enum with it is no larger than one with a box, and can be sent where the value can.
#[test]
fn size_and_threads() {
    assert_eq!(size_of::<Option<Indirect<Note>>>(), size_of::<Box<Note>>());
    let sent = std::thread::spawn(|| Indirect::new(note("a"))).join().unwrap();
    assert_eq!(sent.text, "a");
}
