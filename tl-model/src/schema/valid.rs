//! A type for schemas that have been checked.

use std::ops::Deref;

use crate::analysis::closure::Selection;
use crate::schema::Schema;

/// A schema that was linked whole and without errors: every name is declared, but for types that only results of functions
/// with the id of their line name and that thus have no constructors; every use of a type is right, every type has
/// a finite value. Only [`link`](crate::link) and [`load`](crate::load) make one. Code generation and codecs ask for it,
/// so that a [fragment](crate::Fragment) never reaches them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Valid<T>(T);

impl<T> Valid<T> {
    pub(crate) const fn new(checked: T) -> Self {
        Self(checked)
    }

    /// The schema itself, which may be changed and is no longer known to be valid.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> Deref for Valid<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl Valid<Schema> {
    /// The schema that holds what is in `selection`, as [`Schema::select`]. A closed part of a valid schema is valid,
    /// but that a type may lack the constructor that makes its values finite, if that is left out.
    ///
    /// # Panics
    /// As [`Schema::select`].
    #[must_use]
    pub fn select(&self, selection: &Selection) -> Self {
        Self(self.0.select(selection))
    }
}
