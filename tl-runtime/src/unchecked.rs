//! The one file of this crate with `unsafe` code: where the checks of the standard library cost more than they do elsewhere.

use alloc::vec::Vec;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};
use core::ptr;
use core::str::{self, Utf8Error};

/// Buffers of fewer bytes grow to four times their size.
const FAST_GROWTH: usize = 64 * 1024;

/// Makes room for this number of bytes more, unless there is room.
#[inline]
pub(crate) fn make_room(buf: &mut Vec<u8>, bytes: usize) {
    if buf.capacity() - buf.len() < bytes {
        grow(buf, bytes);
    }
}

#[cold]
#[inline(never)]
fn grow(buf: &mut Vec<u8>, bytes: usize) {
    // Small buffers grow fast, so that a message is moved a few times only; large ones as the standard library likes it.
    let len = buf.len();
    let more = if len < FAST_GROWTH { 3 * len } else { 0 };
    buf.reserve(bytes.max(more));
}

/// Appends bytes.
///
/// It does what [`Vec::extend_from_slice`] does, but looks for room once and has one call that grows the buffer: generated code
/// has thousands of these, each of a length that the compiler knows.
#[inline]
#[expect(unsafe_code, reason = "without it the whole Telegram API takes 4 % longer to compile")]
pub(crate) fn append(buf: &mut Vec<u8>, bytes: &[u8]) {
    make_room(buf, bytes.len());
    let len = buf.len();
    // SAFETY: the buffer has room for `bytes.len()` bytes more, as `make_room` has seen or `Vec::reserve` has made sure. `bytes`
    // are not in it, as it is borrowed alone. When they are written, all bytes up to `len + bytes.len()` are.
    unsafe {
        ptr::copy_nonoverlapping(bytes.as_ptr(), buf.as_mut_ptr().add(len), bytes.len());
        buf.set_len(len + bytes.len());
    }
}

/// Appends what `make` makes, if there is room for it, and makes nothing otherwise.
///
/// The address is known before the value, so a large value is made there. [`Vec::push`] takes a finished value and would
/// have to drop it if growing panics: that is code for each of the hundreds of vectors that generated code reads.
#[inline]
#[expect(unsafe_code, reason = "without it code that drops each type is compiled with what reads it")]
pub(crate) extern "C" fn push<T>(items: &mut Vec<T>, make: impl FnOnce() -> T) {
    let len = items.len();
    if len < items.capacity() {
        // SAFETY: the vector has memory for more than `len` items, so aligned memory that belongs to it follows them. When that
        // is written, `len + 1` items are there.
        unsafe {
            items.as_mut_ptr().add(len).write(make());
            items.set_len(len + 1);
        }
    }
}

/// How a value in an [`Apart`] is dropped.
pub(crate) trait DropApart: Sized {
    /// Drops the value.
    fn drop_apart(self);
}

/// A value that is dropped by a method of its own and not by what the compiler makes for its type: the code that drops a type
/// around it has that call and nothing else of it.
pub(crate) struct Apart<T: DropApart>(ManuallyDrop<T>);

impl<T: DropApart> Apart<T> {
    #[inline]
    pub(crate) const fn new(value: T) -> Self {
        Self(ManuallyDrop::new(value))
    }

    /// The value.
    #[inline]
    #[expect(unsafe_code, reason = "a field can leave a type that implements `Drop` in no other way")]
    pub(crate) fn into_inner(self) -> T {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: the value is taken once: `this` is not used after it, and its `drop` does not run.
        unsafe { ManuallyDrop::take(&mut this.0) }
    }
}

impl<T: DropApart> Drop for Apart<T> {
    #[inline]
    #[expect(unsafe_code, reason = "a field can leave a type that implements `Drop` in no other way")]
    fn drop(&mut self) {
        // SAFETY: the value is taken once: nothing uses `self` after its `drop`.
        unsafe { ManuallyDrop::take(&mut self.0) }.drop_apart();
    }
}

impl<T: DropApart> Deref for Apart<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DropApart> DerefMut for Apart<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

/// The text that `bytes` are, as [`core::str::from_utf8`] has it.
#[inline]
#[expect(unsafe_code, reason = "without it decoding of names takes a tenth to a third longer")]
pub(crate) fn from_utf8(bytes: &[u8]) -> Result<&str, Utf8Error> {
    if is_short_ascii(bytes) {
        // SAFETY: text must be UTF-8. `is_short_ascii` is true only if each byte is below 128, and each such byte is a
        // whole character of UTF-8.
        return Ok(unsafe { str::from_utf8_unchecked(bytes) });
    }
    str::from_utf8(bytes)
}

/// Whether there are at most 32 bytes, each of them below 128.
#[inline]
fn is_short_ascii(bytes: &[u8]) -> bool {
    const HIGH: u128 = u128::from_ne_bytes([0x80; 16]);
    // The first `N` and the last `N` of at most `2 * N` bytes are all of them.
    match bytes.len() {
        0..4 => bytes.iter().all(u8::is_ascii),
        4..8 => ends(bytes, |a, b| (u32::from_ne_bytes(a) | u32::from_ne_bytes(b)) & HIGH as u32 == 0),
        8..16 => ends(bytes, |a, b| (u64::from_ne_bytes(a) | u64::from_ne_bytes(b)) & HIGH as u64 == 0),
        16..=32 => ends(bytes, |a, b| (u128::from_ne_bytes(a) | u128::from_ne_bytes(b)) & HIGH == 0),
        _ => false,
    }
}

/// What `test` says to the first `N` and the last `N` bytes; no, if there are fewer.
#[inline]
fn ends<const N: usize>(bytes: &[u8], test: impl FnOnce([u8; N], [u8; N]) -> bool) -> bool {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(start), Some(end)) => test(*start, *end),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use alloc::boxed::Box;
    use alloc::rc::Rc;
    use alloc::vec::Vec;

    use super::{Apart, DropApart, append, from_utf8, is_short_ascii, push};

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

    #[test]
    fn what_is_pushed_is_there_and_dropped_once() {
        let value = Rc::new(0);
        let mut items = Vec::with_capacity(2);
        let room = items.capacity();
        for _ in 0..room + 3 {
            push(&mut items, || Rc::clone(&value));
        }
        assert_eq!((items.len(), Rc::strong_count(&value)), (room, room + 1), "what has no room is not made");
        assert!(items.iter().all(|item| Rc::ptr_eq(item, &value)));
        drop(items);
        assert_eq!(Rc::strong_count(&value), 1);
        let mut nothing: Vec<()> = Vec::new();
        push(&mut nothing, || ());
        assert_eq!(nothing.len(), 1);
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
}
