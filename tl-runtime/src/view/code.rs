//! Going over values by generated code, which the option `views = "code"` puts beside the table.
//!
//! The code knows the way of nearly all messages, and gives up where there is anything else, as [`fast`](super::fast) does, which calls it.

use super::bounds::Bounds;
use super::layouts::Layouts;
use super::steps::Steps;

/// The end of a value was found, or code gives up.
pub type Walked = Option<()>;

/// What goes over the fields of a constructor, or over a value of an enum with its id.
pub trait Walk {
    /// Its steps. With `CHECK` everything is checked as decoding checks it; without, the end is looked for.
    fn steps<const CHECK: bool>(w: &mut Steps<'_, '_, CHECK>) -> Walked;

    /// What comes after the value at the start of `rest`. It is a function of its own: one within the other all types would be a few
    /// functions, which are very large.
    #[inline(never)]
    fn walk<'a, const CHECK: bool>(bounds: &mut Bounds, rest: &'a [u8]) -> Option<&'a [u8]> {
        let mut steps = Steps::<CHECK>::new(bounds, rest);
        Self::steps(&mut steps)?;
        Some(steps.rest())
    }
}

/// [`Walk::walk`] of a type.
type Function = for<'a> fn(&mut Bounds, &'a [u8]) -> Option<&'a [u8]>;

/// The code of one constructor or enum.
#[derive(Clone, Copy, Debug)]
pub struct Walker {
    check: Function,
    skip: Function,
}

/// The code of a view.
#[must_use]
pub const fn walker<T: Walk>() -> Option<Walker> {
    Some(Walker { check: T::walk::<true>, skip: T::walk::<false> })
}

impl Walker {
    /// What comes after the value at the start of `rest`.
    #[inline]
    pub(crate) fn go<'a, const CHECK: bool>(&self, bounds: &mut Bounds, rest: &'a [u8]) -> Option<&'a [u8]> {
        let function = if CHECK { self.check } else { self.skip };
        function(bounds, rest)
    }
}

/// The code of a schema, beside its layouts.
#[derive(Debug)]
pub struct Code {
    constructors: &'static [Option<Walker>],
    enums: &'static [Option<Walker>],
}

impl Code {
    /// That of each constructor that has some, and that of each enum.
    #[must_use]
    pub const fn new(constructors: &'static [Option<Walker>], enums: &'static [Option<Walker>]) -> Self {
        Self { constructors, enums }
    }
}

impl Layouts {
    /// The code of a constructor.
    #[inline]
    pub(crate) fn constructor_code(&self, constructor: u32) -> Option<&'static Walker> {
        self.code?.constructors.get(constructor as usize)?.as_ref()
    }

    /// The code of an enum.
    #[inline]
    pub(crate) fn enum_code(&self, ty: u32) -> Option<&'static Walker> {
        self.code?.enums.get(ty as usize)?.as_ref()
    }
}
