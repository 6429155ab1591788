//! The one file of this crate with `unsafe` code: where the checks of the standard library cost more than they do elsewhere.

use alloc::alloc::{alloc, dealloc, handle_alloc_error, realloc};
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::alloc::Layout;
use core::mem::{ManuallyDrop, MaybeUninit};
use core::ops::{Deref, DerefMut};
use core::str::{self, Utf8Error};
use core::{ptr, slice};

use crate::generated::{MAX_RUN, fields};
use crate::{DecodeBare, Lend, Reader};

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

/// Appends the first of `N` zeros over which `lay` lays something: as many as it says, and no more than there are. Without room for all of
/// them it does nothing and says no.
#[inline]
#[expect(unsafe_code, reason = "without it a short text takes a fifth more instructions to be written")]
pub(crate) fn append_laid<const N: usize>(buf: &mut Vec<u8>, lay: impl FnOnce(&mut [u8; N]) -> usize) -> bool {
    let len = buf.len();
    if buf.capacity() - len < N {
        return false;
    }
    // SAFETY: the buffer has room for `N` bytes more, which nothing else refers to as it is borrowed alone. They are all written before
    // `lay` sees them, so those up to `len` and `N` more are bytes, whatever it does and also if it panics, and no more are kept.
    unsafe {
        let block = buf.as_mut_ptr().add(len).cast::<[u8; N]>();
        block.write([0; N]);
        let kept = lay(&mut *block);
        buf.set_len(len + if kept < N { kept } else { N });
    }
    true
}

/// A value that is made of bytes and nothing else.
///
/// # Safety
///
/// Any bytes must be a value of the type, as many as its size says. None of them may be padding, and it must be aligned to 1.
#[expect(unsafe_code, reason = "the compiler cannot say this of a type")]
pub unsafe trait Bytes: Copy + 'static {}

/// One after the other.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Then<A, B>(pub A, pub B);

// SAFETY: an array of bytes has no other bytes.
#[expect(unsafe_code, reason = "the trait is unsafe")]
unsafe impl<const N: usize> Bytes for [u8; N] {}

// SAFETY: it has no bytes.
#[expect(unsafe_code, reason = "the trait is unsafe")]
unsafe impl Bytes for () {}

// SAFETY: `repr(C)` puts the two one after the other. Both are aligned to 1, so no padding is between or after them, and nothing else
// is in it.
#[expect(unsafe_code, reason = "the trait is unsafe")]
unsafe impl<A: Bytes, B: Bytes> Bytes for Then<A, B> {}

/// What `bytes` begin with, and the rest of them; `None` if they are too few.
#[inline]
#[expect(
    unsafe_code,
    reason = "without it each part of a run is a slice of its own, of which the compiler has to prove the length"
)]
pub(crate) fn split<T: Bytes>(bytes: &[u8]) -> Option<(&T, &[u8])> {
    let (head, tail) = bytes.split_at_checked(size_of::<T>())?;
    // SAFETY: `head` has as many bytes as a `T`, which may be at any address and be any bytes. They are borrowed as long as `bytes`.
    Some((unsafe { &*head.as_ptr().cast::<T>() }, tail))
}

/// A value whose bytes are zeros.
#[inline]
#[expect(unsafe_code, reason = "as that of `split`")]
pub(crate) fn zeros<T: Bytes>() -> &'static T {
    static ZEROS: [u8; MAX_RUN] = [0; MAX_RUN];
    const { assert!(size_of::<T>() <= MAX_RUN, "it is too large") };
    // SAFETY: there are as many zeros as a `T` has bytes. It may be at any address and be any bytes.
    unsafe { &*ZEROS.as_ptr().cast::<T>() }
}

/// The bytes of a value.
#[inline]
#[expect(unsafe_code, reason = "as that of `split`")]
pub(crate) fn bytes_of<T: Bytes>(value: &T) -> &[u8] {
    // SAFETY: a `T` is made of so many bytes, all of which are written as none is padding. They are borrowed as long as `value`.
    unsafe { slice::from_raw_parts(ptr::from_ref(value).cast(), size_of::<T>()) }
}

/// Items of a type that is not known: aligned memory for `room` of them, the first `len` of which are there.
///
/// Without room, or if items have no size, nothing is allocated.
struct Items {
    start: *mut u8,
    len: usize,
    room: usize,
}

impl Items {
    /// No items, and no room.
    const fn new(item: Layout) -> Self {
        // What has no size needs no room.
        let room = if item.size() == 0 { usize::MAX } else { 0 };
        Self { start: ptr::without_provenance_mut(item.align()), len: 0, room }
    }

    /// Makes room for `more` items, which are those of all calls.
    #[expect(unsafe_code, reason = "see `collect`")]
    fn reserve(&mut self, item: Layout, more: usize) {
        if more == 0 || item.size() == 0 {
            return;
        }
        let room = self.room.checked_add(more);
        let bytes = room.and_then(|room| room.checked_mul(item.size()));
        let layout = bytes.and_then(|bytes| Layout::from_size_align(bytes, item.align()).ok());
        let (Some(room), Some(layout)) = (room, layout) else { panic!("capacity overflow") };
        let start = if self.room == 0 {
            // SAFETY: neither `more` nor the size of an item is 0, so the layout has a size.
            unsafe { alloc(layout) }
        } else {
            // SAFETY: there is room, so `start` was allocated with this alignment for `room` items, whose size was no overflow. The new
            // size is neither 0 nor an overflow, as it is that of a layout.
            unsafe {
                let old = Layout::from_size_align_unchecked(self.room * item.size(), item.align());
                realloc(self.start, old, layout.size())
            }
        };
        if start.is_null() {
            handle_alloc_error(layout);
        }
        (self.start, self.room) = (start, room);
    }
}

/// Up to `count` items that `make` makes; it ends when the reader fails.
///
/// Generated code reads vectors of hundreds of types. What does not depend on the type is in [`collect_items`], which is compiled once.
/// The address of an item is known before the item, so a large one is made there, and no item is ever dropped.
#[inline]
#[expect(unsafe_code, reason = "without it the whole Telegram API takes longer to compile")]
pub(crate) extern "C" fn collect<'de, T, F: FnMut(&mut Reader<'de>) -> T>(
    r: &mut Reader<'de>,
    count: usize,
    mut make: F,
) -> Vec<T> {
    // SAFETY: `make` is an `F` that nobody else uses, and the layout is that of a `T`.
    let items = unsafe { collect_items(r, count, Layout::new::<T>(), (&raw mut make).cast(), write_item::<T, F>) };
    // SAFETY: the memory was allocated for `room` items of this size and alignment by the allocator that vectors use, or there is none
    // and `start` is aligned. `write_item` has written `len` of them.
    unsafe { Vec::from_raw_parts(items.start.cast(), items.len, items.room) }
}

/// Writes an item to memory for it: the first argument says which.
type WriteItem<'de> = unsafe extern "C" fn(*mut (), &mut Reader<'de>, *mut u8);

/// What [`collect`] does with items of any type.
///
/// # Safety
///
/// `write` must be safe to call with `make`, again and again, and with memory that has the layout of `item`.
#[expect(unsafe_code, reason = "see `collect`")]
unsafe extern "C" fn collect_items<'de>(
    r: &mut Reader<'de>,
    count: usize,
    item: Layout,
    make: *mut (),
    write: WriteItem<'de>,
) -> Items {
    let mut items = Items::new(item);
    let ahead = r.set_aside(count, item.size());
    items.reserve(item, ahead);
    while items.len < count && r.is_ok() {
        if items.len == items.room {
            let more = r.charge_growth(items.len, count, item.size());
            if more == 0 {
                break;
            }
            items.reserve(item, more);
        }
        // SAFETY: there is room for more than `len` items, so memory for one follows them. It is aligned as they are, as the size of a type
        // is a multiple of its alignment. The rest is what the caller says.
        unsafe { write(make, r, items.start.add(items.len * item.size())) };
        items.len += 1;
    }
    r.arrived(ahead, item.size());
    items
}

/// Writes what `make` gives to `place`. It cannot unwind.
///
/// # Safety
///
/// `make` must be an `F` that nobody else uses, and `place` must be memory for a `T`.
#[expect(unsafe_code, reason = "see `collect`")]
unsafe extern "C" fn write_item<'de, T, F: FnMut(&mut Reader<'de>) -> T>(
    make: *mut (),
    r: &mut Reader<'de>,
    place: *mut u8,
) {
    // SAFETY: the caller says so.
    unsafe {
        let make = &mut *make.cast::<F>();
        place.cast::<T>().write(make(r));
    }
}

/// A constructor without its id in a box, which counts towards [`DecodeOptions::max_memory`](crate::DecodeOptions::max_memory).
///
/// It does what [`Reader::boxed_with`] does with [`Reader::bare`], in half of the steps for the compiler: generated code has hundreds
/// of these.
#[inline]
#[expect(unsafe_code, reason = "without it the library of the whole Telegram API takes longer to compile")]
pub(crate) extern "C" fn boxed_bare<'de, T: DecodeBare<'de>>(r: &mut Reader<'de>) -> Box<T> {
    let was_ok = r.charge_box(size_of::<T>());
    let layout = Layout::new::<T>();
    let place = if layout.size() == 0 {
        ptr::dangling_mut::<T>()
    } else {
        // SAFETY: the layout has a size.
        unsafe { alloc(layout) }.cast::<T>()
    };
    if place.is_null() {
        handle_alloc_error(layout);
    }
    // SAFETY: this is memory for a `T`, and aligned. The memory comes first, so that the value is made in it and not moved there.
    unsafe { place.write(fields(r)) };
    if !r.was_ok() {
        r.note(was_ok, T::NAME);
    }
    // SAFETY: the memory was allocated for a `T` by the allocator that boxes use, or a `T` takes none. There is a value in it, and nobody
    // else has it.
    unsafe { Box::from_raw(place) }
}

/// Drops the value of a box and frees its memory, by less code than [`drop`] has: should the value panic while it is dropped, its memory
/// is not freed.
#[inline]
#[expect(unsafe_code, reason = "without it the library of the whole Telegram API takes longer to compile")]
pub fn drop_box<T>(this: Box<T>) {
    let place = Box::into_raw(this);
    // SAFETY: the box had a value, and nobody else has it.
    unsafe { ptr::drop_in_place(place) };
    // SAFETY: the memory is that of a box for a `T`.
    unsafe { free(place.cast(), Layout::new::<T>()) };
}

/// Frees memory of a box, if it has any.
///
/// # Safety
///
/// `place` must be that of a box of this layout.
#[inline]
#[expect(unsafe_code, reason = "see `drop_box`")]
unsafe fn free(place: *mut u8, layout: Layout) {
    if layout.size() > 0 {
        // SAFETY: boxes with a size have memory of the global allocator.
        unsafe { dealloc(place, layout) };
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

/// Bytes, and a value that points into them.
pub(crate) struct Beside<T: Lend> {
    // It is dropped before what it points into.
    value: Away<T>,
    bytes: Vec<u8>,
}

/// A value that points into the bytes beside it, without their lifetime.
///
/// `MaybeUninit` tells the compiler that the references in it may be dangling. So they are for a moment, where the value and then the bytes
/// are dropped in one function.
struct Away<T: Lend>(MaybeUninit<T::With<'static>>);

impl<T: Lend> Beside<T> {
    /// The bytes, and what `read` makes of them.
    ///
    /// # Errors
    /// What `read` gives.
    #[expect(unsafe_code, reason = "a value cannot be beside what it points into in any other way")]
    pub(crate) fn new<E>(
        bytes: Vec<u8>,
        read: impl for<'a> FnOnce(&'a [u8]) -> Result<T::With<'a>, E>,
    ) -> Result<Self, E> {
        let value = ManuallyDrop::new(read(&bytes)?);
        // SAFETY: both are one type but for a lifetime, which is nothing in memory, and no implementation of `Lend` can tell
        // lifetimes apart. The value is not used again where it was. It may live without its lifetime, as the bytes are freed after
        // it, are never changed, and stay where they are when their `Vec` is moved.
        let value = Away(MaybeUninit::new(unsafe { ptr::from_ref(&*value).cast::<T::With<'static>>().read() }));
        Ok(Self { value, bytes })
    }

    /// The value, for as long as this is borrowed.
    #[inline]
    #[expect(unsafe_code, reason = "a value cannot be beside what it points into in any other way")]
    pub(crate) fn get(&self) -> &T::With<'_> {
        // SAFETY: the value is there until `self` is gone, and so are the bytes. `shorten` is for all lifetimes, so it can do
        // nothing with one that is too long.
        T::shorten(unsafe { self.value.0.assume_init_ref() })
    }

    /// The bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes without the value.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        drop(self.value);
        self.bytes
    }

    /// What `with` makes of the value.
    #[expect(unsafe_code, reason = "a value cannot be beside what it points into in any other way")]
    pub(crate) fn take<U>(self, with: impl for<'a> FnOnce(T::With<'a>) -> U) -> U {
        let Self { value, bytes } = self;
        let value = ManuallyDrop::new(value);
        // SAFETY: as in `new`. The value is there, is not used again where it was, and gets a lifetime that may be any, which `with`
        // has to take. The bytes are there until `with` has returned or panicked, and what it returns has no such lifetime.
        let result = with(unsafe { value.0.as_ptr().cast::<T::With<'_>>().read() });
        drop(bytes);
        result
    }
}

impl<T: Lend> Drop for Away<T> {
    #[expect(unsafe_code, reason = "a value cannot be beside what it points into in any other way")]
    fn drop(&mut self) {
        // SAFETY: the value is there, and nothing uses it after this. The bytes are there until after that.
        unsafe { self.0.assume_init_drop() };
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
mod tests;
