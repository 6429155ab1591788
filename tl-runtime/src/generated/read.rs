//! What generated code reads with: functions that cannot unwind.
//!
//! Each does what the method of [`Reader`] with its name does. The first value that cannot be read fails the reader, and what is
//! returned then means nothing.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::mem::MaybeUninit;

use super::{Part, Run};
use crate::types::DropBox;
use crate::{Decode, DecodeBare, Indirect, Object, Reader, Unknown, ids, unchecked};

/// Values of more bytes are made where they go.
const LARGE: usize = 64;

/// A value in the form in which a field of its type holds it.
#[inline]
pub extern "C" fn get<'de, T: Decode<'de>>(r: &mut Reader<'de>) -> T {
    T::decode(r)
}

/// A constructor without its id.
#[inline]
pub extern "C" fn bare<'de, T: DecodeBare<'de>>(r: &mut Reader<'de>) -> T {
    r.bare()
}

/// A value in a box, read by `read`.
#[inline]
pub extern "C" fn boxed_with<'de, T>(r: &mut Reader<'de>, read: impl FnOnce(&mut Reader<'de>) -> T) -> Box<T> {
    r.charge(size_of::<T>());
    // The memory comes first, so that the value is made in it and not moved there.
    Box::write(uninit(), placed(r, read))
}

/// A value that is made where it goes, if it is large.
///
/// The compiler has a value made where it goes rather than on the stack only by a call that cannot unwind. If the call is
/// inlined, the calls of `read` take its place, and these could unwind.
#[inline]
extern "C" fn placed<'de, T>(r: &mut Reader<'de>, read: impl FnOnce(&mut Reader<'de>) -> T) -> T {
    if size_of::<T>() > LARGE { apart(r, read) } else { read(r) }
}

#[inline(never)]
extern "C" fn apart<'de, T>(r: &mut Reader<'de>, read: impl FnOnce(&mut Reader<'de>) -> T) -> T {
    read(r)
}

/// The fields of a constructor, which are made where they go if they are large: see `placed`.
#[inline]
pub(crate) extern "C" fn fields<'de, T: DecodeBare<'de>>(r: &mut Reader<'de>) -> T {
    if size_of::<T>() > LARGE { fields_apart(r) } else { T::decode_bare(r) }
}

#[inline(never)]
extern "C" fn fields_apart<'de, T: DecodeBare<'de>>(r: &mut Reader<'de>) -> T {
    T::decode_bare(r)
}

/// A constructor without its id as the variant of an enum.
///
/// The value goes through the stack of this function and not of the one that chooses among many constructors. Without
/// optimization that one would have room for each of them, at every level of a recursive type.
#[inline]
pub extern "C" fn variant<'de, T: DecodeBare<'de>, U>(r: &mut Reader<'de>, wrap: impl FnOnce(T) -> U) -> U {
    wrap(r.bare())
}

/// The same for a variant that is in a `Box`.
#[inline(never)]
pub extern "C" fn variant_in_box<'de, T: DecodeBare<'de>, U>(r: &mut Reader<'de>, wrap: impl FnOnce(Box<T>) -> U) -> U {
    wrap(unchecked::boxed_bare(r))
}

/// The same for a variant that is in an [`Indirect`].
#[inline(never)]
pub extern "C" fn variant_indirect<'de, T: DecodeBare<'de> + DropBox, U>(
    r: &mut Reader<'de>,
    wrap: impl FnOnce(Indirect<T>) -> U,
) -> U {
    wrap(Indirect::from(unchecked::boxed_bare(r)))
}

/// What takes no bytes: a `true` that is neither a flag nor optional.
#[inline]
pub extern "C" fn nothing(_r: &mut Reader<'_>) {}

/// A `#`.
#[inline]
pub extern "C" fn word(r: &mut Reader<'_>) -> u32 {
    r.u32()
}

/// The id of a constructor; 0 when the input has ended.
#[inline]
pub extern "C" fn id(r: &mut Reader<'_>) -> u32 {
    r.u32()
}

/// Takes an id and fails when it is not `id`, the one of the constructor `name`.
#[inline]
pub extern "C" fn expect_id(r: &mut Reader<'_>, id: u32, name: &'static str) {
    r.expect_id(id, name);
}

/// Fails because the `id` that was just taken belongs to no constructor of `ty`.
#[cold]
#[inline(never)]
pub extern "C" fn unknown_id(r: &mut Reader<'_>, id: u32, ty: &'static str) {
    r.unknown_id(id, ty);
}

/// The value of a constructor that the type `ty` does not know, whose `id` was just taken.
#[cold]
#[inline(never)]
pub extern "C" fn unknown(r: &mut Reader<'_>, id: u32, ty: &'static str) -> Unknown {
    r.unknown(id, ty)
}

/// A word whose bits say which fields follow. In strict mode it must have no bit outside of `declared`.
#[inline]
pub extern "C" fn flags(r: &mut Reader<'_>, declared: u32) -> u32 {
    r.flags(declared)
}

/// A field that is there if the bit of `flags` is set.
#[inline]
pub extern "C" fn opt<'de, T: Decode<'de>>(r: &mut Reader<'de>, flags: u32, bit: u32) -> Option<T> {
    T::decode_if(r, has(flags, bit))
}

/// The same in a box; none when the reader has failed.
#[inline]
pub extern "C" fn opt_boxed<'de, T: Decode<'de>>(r: &mut Reader<'de>, flags: u32, bit: u32) -> Option<Box<T>> {
    if has(flags, bit) && r.is_ok() { Some(boxed_with(r, T::decode)) } else { None }
}

/// A field that is there if the bit of `flags` is set, read by `read`.
#[inline]
pub extern "C" fn opt_with<'de, T>(
    r: &mut Reader<'de>,
    flags: u32,
    bit: u32,
    read: impl FnOnce(&mut Reader<'de>) -> T,
) -> Option<T> {
    if has(flags, bit) { Some(read(r)) } else { None }
}

/// An opaque object of `len` bytes.
pub extern "C" fn object(r: &mut Reader<'_>, len: i32) -> Object {
    r.object(len)
}

/// A `string` whose invalid sequences become U+FFFD, except in [`Mode::Strict`](crate::Mode::Strict).
pub extern "C" fn lossy<T: for<'t> From<&'t str>>(r: &mut Reader<'_>) -> T {
    r.lossy()
}

/// Begins a level of the recursive type `ty`.
#[inline]
pub extern "C" fn enter(r: &mut Reader<'_>, ty: &'static str) {
    r.enter(ty);
}

/// Ends the level that the last [`enter`] began.
#[inline]
pub extern "C" fn leave(r: &mut Reader<'_>) {
    r.leave();
}

/// The values of a run, as if they were read one by one, but with one check for all of them.
#[inline]
pub extern "C" fn fixed<T: Run>(r: &mut Reader<'_>) -> T {
    let found = unchecked::split::<T::Bytes>(r.rest);
    let (bytes, tail) = found.unwrap_or((unchecked::zeros(), &[]));
    let (values, is_valid) = T::load(bytes, r.options.mode);
    if is_valid & found.is_some() {
        r.rest = tail;
    } else {
        fail_run(r, T::PARTS);
    }
    values
}

/// Takes the parts one by one, to fail at the first wrong one.
#[cold]
#[inline(never)]
extern "C" fn fail_run(r: &mut Reader<'_>, parts: &[Part]) {
    for part in parts {
        match *part {
            Part::Bytes(size) => _ = r.take_bytes(size),
            Part::Bool => _ = bool::decode(r),
            Part::Flags(declared) => _ = r.flags(declared),
        }
    }
}

/// A count and that many items: `vector<T>`.
#[inline]
pub extern "C" fn vector_bare<'de, T: Decode<'de>>(r: &mut Reader<'de>) -> Vec<T> {
    r.vector_bare()
}

/// A boxed vector whose items are read by `read`; each takes at least `min_size` bytes.
#[inline]
pub extern "C" fn vector_with<'de, T>(
    r: &mut Reader<'de>,
    min_size: usize,
    read: impl FnMut(&mut Reader<'de>) -> T,
) -> Vec<T> {
    r.expect_id(ids::VECTOR, "vector");
    vector_bare_with(r, min_size, read)
}

/// A count and that many items that are read by `read`; each takes at least `min_size` bytes.
#[inline]
pub extern "C" fn vector_bare_with<'de, T>(
    r: &mut Reader<'de>,
    min_size: usize,
    read: impl FnMut(&mut Reader<'de>) -> T,
) -> Vec<T> {
    let count = r.count(min_size, size_of::<T>());
    items(r, count, read)
}

/// `count` items: `count*[T]`.
#[inline]
pub extern "C" fn repeat<'de, T: Decode<'de>>(r: &mut Reader<'de>, count: u32) -> Vec<T> {
    r.repeat(count)
}

/// `count` items that are read by `read`; each takes at least `min_size` bytes.
#[inline]
pub extern "C" fn repeat_with<'de, T>(
    r: &mut Reader<'de>,
    count: u32,
    min_size: usize,
    read: impl FnMut(&mut Reader<'de>) -> T,
) -> Vec<T> {
    let count = r.checked(count, min_size, size_of::<T>(), 0);
    items(r, count, read)
}

/// Up to `count` items that are read by `read`; it ends when the reader fails. As [`Reader::items`], but nothing here drops an
/// item, and large items are made where they go.
#[inline]
pub(crate) extern "C" fn items<'de, T>(
    r: &mut Reader<'de>,
    count: usize,
    mut read: impl FnMut(&mut Reader<'de>) -> T,
) -> Vec<T> {
    unchecked::collect(r, count, |r| placed(r, |r| read(r)))
}

/// `Box::new_uninit` that cannot unwind.
#[inline]
extern "C" fn uninit<T>() -> Box<MaybeUninit<T>> {
    Box::new_uninit()
}

#[inline]
const fn has(flags: u32, bit: u32) -> bool {
    flags & 1u32.wrapping_shl(bit) != 0
}
