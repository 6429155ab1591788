//! Vectors.

use super::Writer;
use crate::{Encode, EncodeErrorKind, ids};

impl Writer {
    /// A boxed vector of items: `Vector<T>`. An error names `field`, which is empty for a vector that is no field.
    #[inline]
    pub fn vector<T: Encode>(&mut self, items: &[T], field: &'static str) {
        self.id(ids::VECTOR);
        self.vector_bare(items, field);
    }

    /// A count and the items in the form in which a field holds them: `vector<T>`.
    #[inline]
    pub fn vector_bare<T: Encode>(&mut self, items: &[T], field: &'static str) {
        if self.count(items.len(), field) {
            T::encode_slice(items, self);
        }
    }

    /// A boxed vector whose items are written by `write`.
    #[inline]
    pub fn vector_with<T>(&mut self, items: &[T], field: &'static str, write: impl Fn(&T, &mut Self)) {
        self.id(ids::VECTOR);
        self.vector_bare_with(items, field, write);
    }

    /// A count and the items, written by `write`.
    #[inline]
    pub fn vector_bare_with<T>(&mut self, items: &[T], field: &'static str, write: impl Fn(&T, &mut Self)) {
        if self.count(items.len(), field) {
            for item in items {
                write(item, self);
            }
        }
    }

    /// The items alone: `count*[T]`. Fails when they are not `count`; an error names the constructor `ty` and its `field`.
    #[inline]
    pub fn repeat<T: Encode>(&mut self, items: &[T], count: u32, ty: &'static str, field: &'static str) {
        if self.expect_count(items.len(), count, ty, field) {
            T::encode_slice(items, self);
        }
    }

    /// The same, written by `write`.
    #[inline]
    pub fn repeat_with<T>(
        &mut self,
        items: &[T],
        count: u32,
        ty: &'static str,
        field: &'static str,
        write: impl Fn(&T, &mut Self),
    ) {
        if self.expect_count(items.len(), count, ty, field) {
            for item in items {
                write(item, self);
            }
        }
    }

    /// Writes a number of items and says whether it can be written.
    #[inline]
    fn count(&mut self, items: usize, field: &'static str) -> bool {
        if let Ok(count) = i32::try_from(items) {
            self.u32(count.cast_unsigned());
            true
        } else {
            self.too_many(items, field);
            false
        }
    }

    #[cold]
    #[inline(never)]
    fn too_many(&mut self, count: usize, field: &'static str) {
        self.fail(EncodeErrorKind::TooManyItems { field, count });
    }

    #[inline]
    fn expect_count(&mut self, actual: usize, expected: u32, ty: &'static str, field: &'static str) -> bool {
        let matches = i32::try_from(actual).is_ok_and(|actual| actual.cast_unsigned() == expected);
        if !matches {
            self.fail(EncodeErrorKind::CountMismatch { ty, field, expected, actual });
        }
        matches
    }
}
