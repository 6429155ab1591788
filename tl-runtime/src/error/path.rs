//! The constructors around an error.

use core::fmt;

/// How many names are kept: the innermost ones.
const KEPT: usize = 8;

/// Names of constructors, innermost first. Names further out are only counted.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Path {
    names: [&'static str; KEPT],
    count: usize,
}

impl Path {
    /// Adds the next name further out.
    pub(super) fn push(&mut self, name: &'static str) {
        if let Some(slot) = self.names.get_mut(self.count) {
            *slot = name;
        }
        self.count = self.count.saturating_add(1);
    }

    /// The names that are kept, innermost first.
    pub(super) fn names(&self) -> &[&'static str] {
        self.names.get(..self.count).unwrap_or(&self.names)
    }
}

impl fmt::Display for Path {
    /// Outermost first, as in `` `a` > `b` ``.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.count > KEPT {
            f.write_str("... > ")?;
        }
        for (i, name) in self.names().iter().rev().enumerate() {
            let arrow = if i == 0 { "" } else { " > " };
            write!(f, "{arrow}`{name}`")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.names()).finish()
    }
}
