//! Values with borrowed text in one owner with their bytes: moved, sent, dropped in the right order, taken out.

use std::cell::RefCell;
use std::thread;

use proptest::prelude::*;
use tlgen_runtime::{Decode, DecodeErrorKind, DecodeOptions, Encode, Held, IntoOwned, Lend, Reader};

/// Text and its neighbours, on the heap and not.
#[derive(Debug, PartialEq)]
struct Page<'a> {
    title: &'a str,
    lines: Vec<&'a str>,
    raw: Vec<&'a [u8]>,
}

impl<'de> Decode<'de> for Page<'de> {
    const MIN_SIZE: usize = 16;

    fn decode(r: &mut Reader<'de>) -> Self {
        let (title, lines) = (r.get(), r.get());
        let raw: &[u8] = r.get();
        Self { title, lines, raw: vec![raw] }
    }
}

impl Lend for Page<'_> {
    type With<'a> = Page<'a>;

    fn shorten<'s, 'l: 's>(value: &'s Page<'l>) -> &'s Page<'s> {
        value
    }
}

impl IntoOwned for Page<'_> {
    type Owned = (String, Vec<String>, Vec<u8>);

    fn into_owned(self) -> Self::Owned {
        (self.title.to_owned(), self.lines.into_owned(), self.raw.concat())
    }
}

fn bytes(title: &str, lines: &[&str], raw: &[u8]) -> Vec<u8> {
    [title.to_bytes(), lines.to_vec().to_bytes(), raw.to_bytes()].map(Result::unwrap).concat()
}

fn held() -> Held<Page<'static>> {
    Held::from_bytes(bytes("title", &["one", "two"], &[7; 5])).unwrap()
}

#[test]
fn it_is_moved_and_sent() {
    let held = thread::spawn(|| vec![Some(held())]).join().unwrap().pop().flatten().unwrap();
    let held = Box::new(held);
    assert_eq!(held.get(), &Page { title: "title", lines: vec!["one", "two"], raw: vec![&[7; 5]] });
    assert!(held.bytes().as_ptr_range().contains(&held.get().title.as_ptr()));
    assert_eq!(format!("{held:?}"), format!("{:?}", held.get()));
    let read = thread::scope(|scope| scope.spawn(|| held.get().lines.len()).join().unwrap());
    assert_eq!(read, 2);
    assert_eq!((*held).into_owned(), ("title".to_owned(), vec!["one".to_owned(), "two".to_owned()], vec![7; 5]));
}

#[test]
fn its_bytes_come_back() {
    let whole = bytes("title", &["one", "two"], &[7; 5]);
    let at = whole.as_ptr();
    let held = Held::<Page<'static>>::from_bytes(whole.clone()).unwrap();
    assert_eq!(held.into_bytes(), whole);
    let back = Held::<Page<'static>>::from_bytes(whole).unwrap().into_bytes();
    assert_eq!(back.as_ptr(), at, "nothing was copied");
}

#[test]
fn what_is_wrong_is_refused() {
    let whole = bytes("title", &["one"], &[]);
    for len in 0..whole.len() {
        let error = Held::<Page<'static>>::from_bytes(&whole[..len]).unwrap_err();
        assert_eq!(error, Page::from_bytes(&whole[..len]).unwrap_err());
    }
    let padded = [1, b'a', 9, 9];
    let kind = Held::<Line<'static>>::from_bytes(padded).unwrap_err().kind();
    assert_eq!(kind, DecodeErrorKind::NonZeroPadding);
    assert_eq!(DecodeOptions::new().lenient().held::<Line<'static>>(padded).unwrap().get().0, "a");
}

thread_local! {
    static DROPPED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Text that is read once more when the value is dropped: the bytes have to be there.
#[derive(Debug)]
struct Line<'a>(&'a str);

impl Drop for Line<'_> {
    fn drop(&mut self) {
        DROPPED.with_borrow_mut(|dropped| dropped.push(self.0.to_owned()));
    }
}

impl<'de> Decode<'de> for Line<'de> {
    const MIN_SIZE: usize = 4;

    fn decode(r: &mut Reader<'de>) -> Self {
        Self(r.get())
    }
}

impl Lend for Line<'_> {
    type With<'a> = Line<'a>;

    fn shorten<'s, 'l: 's>(value: &'s Line<'l>) -> &'s Line<'s> {
        value
    }
}

impl IntoOwned for Line<'_> {
    type Owned = String;

    fn into_owned(self) -> String {
        assert!(self.0 != "panic", "asked for");
        self.0.to_owned()
    }
}

#[test]
fn it_is_dropped_once_and_before_its_bytes() {
    let line = |text: &str| Held::<Line<'static>>::from_bytes(text.to_bytes().unwrap()).unwrap();
    drop(line("dropped"));
    drop(line("without its bytes").into_bytes());
    assert_eq!(line("owned").into_owned(), "owned");
    let panicked = std::panic::catch_unwind(|| line("panic").into_owned());
    assert!(panicked.is_err());
    std::mem::forget(line("forgotten"));
    let dropped = DROPPED.take();
    assert_eq!(dropped, ["dropped", "without its bytes", "owned", "panic"]);
}

proptest! {
    #[test]
    fn it_is_what_was_read(title in ".{0,300}", lines in prop::collection::vec(".{0,9}", 0..5), raw in prop::collection::vec(any::<u8>(), 0..300)) {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let whole = bytes(&title, &lines, &raw);
        let held = Held::<Page<'static>>::from_bytes(whole.clone()).unwrap();
        prop_assert_eq!(held.get(), &Page::from_bytes(&whole).unwrap());
        prop_assert_eq!(held.into_owned(), Page::from_bytes(&whole).unwrap().into_owned());
    }
}
