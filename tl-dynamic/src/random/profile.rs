//! What random values look like.

/// What random values look like.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// How many constructors and functions may stand within each other before only the smallest values follow.
    pub max_depth: usize,
    /// About how many bytes a value may have before only the smallest values follow.
    pub budget: usize,
    /// What is in fields of type `Object`.
    pub objects: Objects,
    /// Whether fields of type `string` may hold bytes that are not UTF-8.
    pub invalid_text: bool,
    /// Whether words may have bits that no field declares; otherwise a word that is called `flags` and that nothing needs is 0.
    pub undeclared_bits: bool,
    /// Whether floating-point numbers may be NaN.
    pub nan: bool,
}

/// What is in fields of type `Object`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Objects {
    /// A random constructor without variables.
    Constructor,
    /// So many random bytes, rounded up to a multiple of four.
    Raw(usize),
    /// Nothing: constructors that need such a field are not used.
    Avoid,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            max_depth: 6,
            budget: 2048,
            objects: Objects::Constructor,
            invalid_text: false,
            undeclared_bits: false,
            nan: true,
        }
    }
}

impl Profile {
    /// With this limit for constructors and functions within each other.
    #[must_use]
    pub fn with_max_depth(self, max_depth: usize) -> Self {
        Self { max_depth, ..self }
    }

    /// With about so many bytes at most.
    #[must_use]
    pub fn with_budget(self, budget: usize) -> Self {
        Self { budget, ..self }
    }

    /// With this in fields of type `Object`.
    #[must_use]
    pub fn with_objects(self, objects: Objects) -> Self {
        Self { objects, ..self }
    }

    /// With or without text that is not UTF-8.
    #[must_use]
    pub fn with_invalid_text(self, invalid_text: bool) -> Self {
        Self { invalid_text, ..self }
    }

    /// With or without bits that no field declares.
    #[must_use]
    pub fn with_undeclared_bits(self, undeclared_bits: bool) -> Self {
        Self { undeclared_bits, ..self }
    }

    /// With or without NaN.
    #[must_use]
    pub fn with_nan(self, nan: bool) -> Self {
        Self { nan, ..self }
    }
}
