//! The functions with `unsafe` code, at their bounds.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::vec;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicUsize, Ordering};

use super::{
    Apart, DropApart, Then, append, append_laid, boxed_bare, bytes_of, collect, drop_box, from_utf8, is_short_ascii,
    split, zeros,
};
use crate::generated::DecodeBareOwned;
use crate::{Combinator, DecodeErrorKind, DecodeOptions, Reader};

/// From no room to room for all, byte for byte what the standard library appends.
#[test]
fn bytes_are_appended() {
    for capacity in 0..40 {
        let (mut buf, mut expected) = (Vec::with_capacity(capacity), Vec::new());
        for step in 0..40_u8 {
            for bytes in [&[step; 5][..], &[], &[step; 64][..usize::from(step)]] {
                append(&mut buf, bytes);
                expected.extend_from_slice(bytes);
            }
            assert_eq!(buf, expected);
        }
    }
}

/// Of a block of zeros no more is appended than there is, and nothing without room for all of it.
#[test]
fn a_part_of_a_block_is_appended() {
    for spare in 0..20 {
        for kept in [0, 1, 7, 8, 9, usize::MAX] {
            let mut buf = vec![0xee; 3 + spare];
            buf.truncate(3);
            let room = buf.capacity() - buf.len();
            let is_appended = append_laid::<8>(&mut buf, |block| {
                assert_eq!(*block, [0; 8]);
                block[..3].fill(7);
                kept
            });
            assert_eq!(is_appended, room >= 8);
            let expected = if is_appended { &[7, 7, 7, 0, 0, 0, 0, 0][..kept.min(8)] } else { &[] };
            assert_eq!((&buf[..3], &buf[3..]), (&[0xee; 3][..], expected));
        }
    }
}

/// A value with a count of who has it, which takes this many bytes in memory.
struct Counted<const N: usize>(Rc<i32>, [u8; N]);

/// Collects items of a type, from no room to more than was set aside, with a limit of memory and without.
fn collected<const N: usize>() {
    let value = Rc::new(0);
    for (count, input, limit) in
        [(0, 0, usize::MAX), (7, 100, usize::MAX), (5_000, 100, usize::MAX), (5_000, 100, 40_000)]
    {
        let (input, options) = (vec![0; input], DecodeOptions::new().max_memory(limit));
        let mut r = Reader::with_options(&input, &options);
        let mut made = 0;
        let items = collect(&mut r, count, |_| {
            made += 1;
            Counted(Rc::clone(&value), [made as u8; N])
        });
        assert_eq!((items.len(), Rc::strong_count(&value)), (made, made + 1));
        assert_eq!(made == count, r.is_ok(), "{made} of {count}");
        let numbered =
            items.iter().zip(1_usize..).all(|(item, at)| Rc::ptr_eq(&item.0, &value) && item.1 == [at as u8; N]);
        assert!(numbered && items.capacity() >= items.len());
        drop(items);
        assert_eq!(Rc::strong_count(&value), 1, "each is dropped once");
    }
}

#[test]
fn what_is_collected_is_there_and_dropped_once() {
    collected::<0>();
    collected::<1>();
    collected::<64>();
    collected::<1000>();
}

#[test]
fn items_without_a_size_and_items_of_a_large_alignment() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    #[repr(align(64))]
    struct Aligned(u8);
    let mut r = Reader::new(&[]);
    assert_eq!(collect(&mut r, 9, |_| ()).len(), 9);
    let mut next = 0;
    let items = collect(&mut r, 2_000, |_| {
        next += 1;
        Aligned(next as u8)
    });
    assert!(items.iter().zip(1..).all(|(item, at): (_, usize)| *item == Aligned(at as u8)));
    assert_eq!((items.len(), items.as_ptr().addr() % 64), (2_000, 0));
}

/// The vector is one of the standard library's: it grows and shrinks as any.
#[test]
fn the_reader_ends_it() {
    let mut r = Reader::new(&[1, 2, 3]);
    let mut items = collect(&mut r, 100, |r| Box::new(r.array::<1>()[0]));
    assert_eq!(items.iter().map(|item| **item).collect::<Vec<_>>(), [1, 2, 3, 0]);
    items.push(Box::new(9));
    items.shrink_to_fit();
    items.insert(0, Box::new(8));
    assert_eq!(items.into_iter().map(|item| *item).collect::<Vec<_>>(), [8, 1, 2, 3, 0, 9]);
}

#[test]
fn bytes_as_values() {
    type Parts = Then<[u8; 2], Then<[u8; 1], ()>>;
    let bytes = [1, 2, 3, 4, 5];
    for at in 0..=2 {
        let (Then(first, Then(second, ())), rest) = split::<Parts>(&bytes[at..]).unwrap();
        assert_eq!((&first[..], &second[..], rest), (&bytes[at..at + 2], &bytes[at + 2..at + 3], &bytes[at + 3..]));
    }
    assert!(split::<Parts>(&bytes[3..]).is_none() && split::<()>(&[]).is_some());
    assert_eq!(bytes_of(&Then([7, 8], Then([9], ()))), [7, 8, 9]);
    assert_eq!(bytes_of(zeros::<Parts>()), [0; 3]);
    assert_eq!(bytes_of(zeros::<[u8; 256]>()), [0; 256]);
}

struct Noted(Rc<i32>);

impl DropApart for Option<Box<Noted>> {
    fn drop_apart(self) {
        drop(self);
    }
}

#[test]
fn what_is_apart_is_dropped_once() {
    let value = Rc::new(0);
    let mut apart = Apart::new(Some(Box::new(Noted(Rc::clone(&value)))));
    assert!(apart.as_ref().is_some_and(|noted| Rc::ptr_eq(&noted.0, &value)));
    let taken = apart.take();
    drop(apart);
    assert_eq!(Rc::strong_count(&value), 2);
    let taken = Apart::new(taken).into_inner();
    assert_eq!(Rc::strong_count(&value), 2);
    drop(Apart::new(taken));
    assert_eq!(Rc::strong_count(&value), 1);
}

/// Each length, each index, each byte.
#[test]
fn it_says_what_the_standard_check_says() {
    for len in 0..=36 {
        let mut bytes = [b'a'; 36];
        assert_eq!(is_short_ascii(&bytes[..len]), len <= 32);
        for index in 0..len {
            for byte in 0..=255 {
                bytes[index] = byte;
                let found = from_utf8(&bytes[..len]);
                assert_eq!(found, core::str::from_utf8(&bytes[..len]), "{byte:#04x} at {index} of {len}");
                assert_eq!(is_short_ascii(&bytes[..len]), byte < 128 && len <= 32);
            }
            bytes[index] = b'a';
        }
    }
}

#[test]
fn characters_of_several_bytes() {
    for text in ["é", "aé", "éa", "日本語", "日本語日本", "😀😀😀😀", "a😀", "Борис", "Guðrún"]
    {
        assert_eq!(from_utf8(text.as_bytes()), Ok(text));
        for end in 0..text.len() {
            let bytes = &text.as_bytes()[..end];
            assert_eq!(from_utf8(bytes), core::str::from_utf8(bytes));
        }
    }
}

/// A constructor of any size, whose end is counted.
struct Sized<const SIZE: usize>([u8; SIZE]);

/// One without bytes.
struct Nothing;

static DROPPED: AtomicUsize = AtomicUsize::new(0);

impl<const SIZE: usize> Drop for Sized<SIZE> {
    fn drop(&mut self) {
        DROPPED.fetch_add(1, Ordering::Relaxed);
    }
}

impl<const SIZE: usize> Combinator for Sized<SIZE> {
    const ID: u32 = 1;
    const NAME: &'static str = "sized";
}

impl<const SIZE: usize> DecodeBareOwned for Sized<SIZE> {
    const MIN_SIZE: usize = 1;

    fn decode_bare(r: &mut Reader<'_>) -> Self {
        Self([r.array::<1>()[0]; SIZE])
    }
}

impl Combinator for Nothing {
    const ID: u32 = 2;
    const NAME: &'static str = "nothing";
}

impl DecodeBareOwned for Nothing {
    const MIN_SIZE: usize = 0;

    fn decode_bare(_r: &mut Reader<'_>) -> Self {
        Self
    }
}

/// Small and large constructors are made in boxes and dropped there, and count towards the limit of memory.
#[test]
fn constructors_in_boxes() {
    fn check<const SIZE: usize>() {
        let mut r = Reader::new(&[7]);
        let value = boxed_bare::<Sized<SIZE>>(&mut r);
        assert!(r.is_ok() && value.0 == [7; SIZE]);
        let before = DROPPED.load(Ordering::Relaxed);
        drop_box(value);
        assert_eq!(DROPPED.load(Ordering::Relaxed), before + 1);
        // The input has ended.
        drop(boxed_bare::<Sized<SIZE>>(&mut r));
        let error = r.check().unwrap_err();
        assert_eq!((error.kind(), error.path()), (DecodeErrorKind::UnexpectedEnd, &["sized"][..]));
        let mut r = Reader::with_options(&[7], &DecodeOptions::new().max_memory(SIZE));
        drop_box(boxed_bare::<Sized<SIZE>>(&mut r));
        assert_eq!(r.check().unwrap_err().kind(), DecodeErrorKind::TooMuchMemory { limit: SIZE });
    }
    check::<0>();
    check::<1>();
    check::<63>();
    check::<64>();
    check::<1000>();
    drop_box(boxed_bare::<Nothing>(&mut Reader::new(&[])));
}
