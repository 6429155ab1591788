//! Going over values by generated code, which the option `views = "code"` puts beside the table.
//!
//! The code knows the way of nearly all messages, and gives up where there is anything else. Then the table goes over the same value
//! once more and has the last word, so that all errors are the same. What is gone over by the table after code has given up, it goes over
//! without code: each byte is looked at twice at most, however values are nested.

use super::layouts::{Layouts, Step, op};
use super::steps::Steps;
use crate::Reader;

/// The end of a value was found, or code gives up.
pub type Walked = Option<()>;

/// What goes over the fields of a constructor, or over a value of an enum with its id.
pub trait Walk {
    /// Its steps. With `CHECK` everything is checked as decoding checks it; without, the end is looked for.
    fn steps<const CHECK: bool>(w: &mut Steps<'_, '_, CHECK>) -> Walked;

    /// What comes after the value at the start of `rest`. It is a function of its own: one within the other all types would be a few
    /// functions, which are very large.
    #[inline(never)]
    fn walk<'a, const CHECK: bool>(r: &mut Reader<'a>, rest: &'a [u8]) -> Option<&'a [u8]> {
        let mut steps = Steps::<CHECK>::new(r, rest);
        Self::steps(&mut steps)?;
        Some(steps.rest())
    }
}

/// [`Walk::walk`] of a type.
type Function = for<'a> fn(&mut Reader<'a>, &'a [u8]) -> Option<&'a [u8]>;

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
    /// Goes over a value, and says whether it came to the end. If not, the reader is where it was.
    #[inline]
    pub(crate) fn go<const CHECK: bool>(&self, r: &mut Reader<'_>) -> bool {
        if !r.is_ok() {
            return false;
        }
        let mark = r.mark();
        let function = if CHECK { self.check } else { self.skip };
        if let Some(rest) = function(r, r.rest) {
            r.rest = rest;
            return true;
        }
        r.back_to(mark);
        false
    }
}

/// The code of an item of a vector.
#[derive(Clone, Copy)]
pub(crate) struct ItemCode {
    /// The id that comes before what the code goes over.
    id: Option<u32>,
    walker: &'static Walker,
}

impl ItemCode {
    /// Goes over at most as many items, and says over how many. The reader is after the last one of these.
    pub(crate) fn go<const CHECK: bool>(self, r: &mut Reader<'_>, items: u32) -> u32 {
        if !r.is_ok() {
            return 0;
        }
        let function = if CHECK { self.walker.check } else { self.walker.skip };
        for item in 0..items {
            let mark = r.mark();
            let rest = match self.id {
                None => Some(r.rest),
                Some(id) => r.rest.strip_prefix(&id.to_le_bytes()),
            };
            match rest.and_then(|rest| function(r, rest)) {
                Some(rest) => r.rest = rest,
                None => {
                    r.back_to(mark);
                    return item;
                }
            }
        }
        items
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
    /// The same without code.
    #[cold]
    pub(crate) fn without_code(&self) -> Self {
        Self { code: None, ..*self }
    }

    /// The code of a step, if each value there is gone over by code.
    pub(crate) fn item_code(&self, step: &Step) -> Option<ItemCode> {
        let (id, walker) = match step.op {
            op::BOXED => (None, self.enum_code(step.operand)),
            op::ONE => (Some(self.id(step.operand)), self.constructor_code(step.operand)),
            op::BARE => (None, self.constructor_code(step.operand)),
            _ => return None,
        };
        Some(ItemCode { id, walker: walker? })
    }

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
