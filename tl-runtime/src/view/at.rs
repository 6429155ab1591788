//! A place in a message, and what the layouts say is there.

use super::bounds::Bounds;
use super::layouts::{LARGE, Layouts, Step, Words, op, parts};
use super::raw::RawView;
use super::steps::Steps;
use crate::{DecodeError, DecodeErrorKind, DecodeOptions, Reader};

/// What all views of one message share.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Message<'a> {
    pub(crate) input: &'a [u8],
    pub(crate) layouts: &'static Layouts,
    pub(crate) options: DecodeOptions,
}

impl<'a> Message<'a> {
    /// A reader of what comes after `offset` bytes, within `depth` levels of recursive types.
    pub(crate) fn reader(&self, offset: usize, depth: u32) -> Reader<'a> {
        Reader::within(self.input, offset, depth, &self.options)
    }

    /// What comes after `offset` bytes.
    #[inline]
    pub(crate) fn rest(&self, offset: usize) -> &'a [u8] {
        self.input.get(offset..).unwrap_or_default()
    }

    /// Where what is left begins.
    #[inline]
    pub(crate) fn offset(&self, rest: &[u8]) -> usize {
        self.input.len() - rest.len()
    }

    /// The bounds within `depth` levels of recursive types.
    #[inline]
    pub(crate) fn bounds(&self, depth: u32) -> Bounds {
        Bounds::new(&self.options, depth)
    }
}

/// The form of a value that is in no other one.
#[derive(Clone, Copy, Debug)]
pub struct Root {
    step: Step,
    /// The least number of bytes of one.
    min_size: u32,
    /// How many vectors are around it.
    vectors: u32,
}

impl Root {
    pub(crate) const fn new(op: u32, operand: u32, min_size: u32) -> Self {
        Self { step: Step::alone(op, operand), min_size, vectors: 0 }
    }

    /// An enum: its index, and the least number of bytes of a value.
    #[must_use]
    pub const fn of_type(index: u32, min_size: u32) -> Self {
        Self::new(op::BOXED, index, min_size)
    }

    /// A constructor with its id.
    #[must_use]
    pub const fn of_constructor(index: u32, min_size: u32) -> Self {
        Self::new(op::ONE, index, min_size)
    }

    /// A vector of these.
    pub(crate) const fn in_vector(self) -> Self {
        Self { vectors: self.vectors + 1, ..self }
    }

    /// The items of a vector of these.
    const fn item(self) -> Self {
        Self { vectors: self.vectors - 1, ..self }
    }

    const fn item_size(self) -> u32 {
        if self.vectors > 1 { 8 } else { self.min_size }
    }
}

/// Where the form of a value is written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// In the layouts, at this step.
    Step(usize),
    /// In the type of the view.
    Root(Root),
}

impl Form {
    /// Its step. A vector that only the type of the view knows has that of its innermost items.
    #[inline]
    pub(crate) fn step(&self, layouts: &Layouts) -> Step {
        match self {
            Self::Step(at) => layouts.step(*at),
            Self::Root(root) => root.step,
        }
    }

    /// A vector that only the type of the view knows.
    #[inline]
    fn vector(&self) -> Option<&Root> {
        match self {
            Self::Root(root) if root.vectors > 0 => Some(root),
            _ => None,
        }
    }

    /// What comes after a value of this form, unless the fast way gives up.
    pub(crate) fn fast<'a, const CHECK: bool>(
        &self,
        bounds: &mut Bounds,
        rest: &'a [u8],
        layouts: &Layouts,
        words: &Words,
    ) -> Option<&'a [u8]> {
        let Some(root) = self.vector() else {
            return self.fast_items::<CHECK>(bounds, rest, 1, layouts, words);
        };
        let mut w = Steps::<CHECK>::new(bounds, rest);
        let count = w.vector(root.item_size())? as usize;
        let rest = w.rest();
        Self::Root(root.item()).fast_items::<CHECK>(bounds, rest, count, layouts, words)
    }

    /// What comes after as many values of this form.
    pub(crate) fn fast_items<'a, const CHECK: bool>(
        &self,
        bounds: &mut Bounds,
        mut rest: &'a [u8],
        count: usize,
        layouts: &Layouts,
        words: &Words,
    ) -> Option<&'a [u8]> {
        if self.vector().is_none() {
            return layouts.fast_items::<CHECK>(bounds, rest, count, &self.step(layouts), words);
        }
        for _ in 0..count {
            rest = self.fast::<CHECK>(bounds, rest, layouts, words)?;
        }
        Some(rest)
    }

    /// Goes over a value of this form, with the error that decoding gives.
    pub(crate) fn walk<const CHECK: bool>(&self, r: &mut Reader<'_>, layouts: &Layouts, words: &Words) {
        let Some(root) = self.vector() else {
            layouts.value::<CHECK>(r, &self.step(layouts), words);
            return;
        };
        let (count, item) = root.count(r);
        for _ in 0..count {
            item.walk::<CHECK>(r, layouts, words);
            if !r.is_ok() {
                break;
            }
        }
    }

    /// The number of bytes that each value of this form takes, if it is always the same and there is nothing to check.
    pub(crate) fn fixed(&self, layouts: &Layouts) -> Option<usize> {
        if self.vector().is_some() { None } else { layouts.size(&self.step(layouts)) }
    }
}

impl Root {
    /// Takes the number of items of a vector.
    fn count(self, r: &mut Reader<'_>) -> (u32, Form) {
        r.expect_id(crate::ids::VECTOR, "vector");
        (super::layouts::count(r, self.item_size()), Form::Root(self.item()))
    }
}

/// A value in a message that nobody has looked at.
#[derive(Clone, Copy, Debug)]
pub struct At<'v, 'a> {
    pub(crate) message: &'v Message<'a>,
    pub(crate) offset: usize,
    pub(crate) depth: u32,
    pub(crate) form: &'v Form,
    pub(crate) words: &'v Words,
}

/// The items of a vector.
pub(crate) struct Found {
    pub(crate) first: usize,
    pub(crate) count: u32,
    pub(crate) form: Form,
}

impl<'a> At<'_, 'a> {
    /// A reader of the value.
    pub(crate) fn reader(&self) -> Reader<'a> {
        self.message.reader(self.offset, self.depth)
    }

    /// Its step.
    pub(crate) fn step(&self) -> Step {
        self.form.step(self.message.layouts)
    }

    /// Takes the id before a builtin type, if it has one.
    pub(crate) fn begin(&self, r: &mut Reader<'a>) -> Step {
        let step = self.step();
        if step.op != op::WITH_ID {
            return step;
        }
        self.message.layouts.expect_builtin(r, &step);
        self.message.layouts.step(step.next + 1)
    }

    /// What `read` reads there.
    #[inline]
    pub(crate) fn read<T>(&self, read: impl FnOnce(&mut Reader<'a>, &Step) -> T) -> Result<T, DecodeError> {
        let mut r = self.reader();
        let step = self.begin(&mut r);
        let value = read(&mut r, &step);
        r.check().map(|()| value)
    }

    /// What the value begins with, if it is there in the form that this operation is on the wire.
    #[inline]
    pub(crate) fn plain(&self, op: u32) -> Option<&'a [u8]> {
        (self.parts().0 == op).then(|| self.message.rest(self.offset))
    }

    /// The operation, and its operand if that is small.
    #[inline]
    fn parts(&self) -> (u32, u32) {
        match self.form {
            Form::Step(at) => parts(self.message.layouts.word(*at)),
            Form::Root(root) => (root.step.op, root.step.operand),
        }
    }

    /// The constructor that made the value.
    #[inline(never)]
    pub fn constructor(&self) -> Result<RawView<'a>, DecodeError> {
        match self.constructor_fast() {
            Some(view) => Ok(view),
            None => self.constructor_slowly(),
        }
    }

    fn constructor_fast(&self) -> Option<RawView<'a>> {
        let layouts = self.message.layouts;
        let mut bounds = self.message.bounds(self.depth);
        let (op, operand) = self.parts();
        if operand == LARGE {
            return None;
        }
        let mut w = Steps::<false>::new(&mut bounds, self.message.rest(self.offset));
        let constructor = match op {
            op::BOXED => {
                if layouts.counts_depth(operand) {
                    w.enter()?;
                }
                layouts.find(operand, w.word()?)?
            }
            op::ONE => {
                w.id(layouts.id(operand))?;
                operand
            }
            op::BARE => operand,
            _ => return None,
        };
        let start = self.message.offset(w.rest());
        let depth = bounds.depth(&self.message.options);
        Some(RawView { message: *self.message, start, depth, constructor, has_id: op != op::BARE })
    }

    /// The same with the error that decoding gives.
    #[cold]
    fn constructor_slowly(&self) -> Result<RawView<'a>, DecodeError> {
        let layouts = self.message.layouts;
        let mut r = self.reader();
        let step = self.begin(&mut r);
        let constructor = match step.op {
            op::BOXED => {
                if layouts.counts_depth(step.operand) && r.is_too_deep() {
                    r.fail_depth(layouts.type_name(step.operand));
                }
                layouts.choose(&mut r, step.operand)
            }
            op::ONE => layouts.expect(&mut r, step.operand).then_some(step.operand),
            op::BARE => Some(step.operand),
            _ => None,
        };
        let (start, depth) = (r.offset(), r.depth());
        r.check()?;
        let constructor = constructor.ok_or_else(|| self.broken())?;
        Ok(RawView { message: *self.message, start, depth, constructor, has_id: step.op != op::BARE })
    }

    /// The items of the vector.
    pub(crate) fn items(&self) -> Result<Found, DecodeError> {
        let mut r = self.reader();
        let (count, form) = match self.form {
            Form::Root(root) if root.vectors > 0 => root.count(&mut r),
            Form::Root(_) => return Err(self.broken()),
            Form::Step(at) => {
                let layouts = self.message.layouts;
                let (count, items) = layouts.count(&mut r, &layouts.step(*at), self.words);
                (count, Form::Step(items))
            }
        };
        let first = r.offset();
        r.check().map(|()| Found { first, count, form })
    }

    #[cold]
    pub(crate) fn broken(&self) -> DecodeError {
        DecodeError::new(DecodeErrorKind::BrokenAtlas, self.offset)
    }
}
