//! Whether the bytes of two declarations are the same.

use std::collections::{BTreeSet, HashSet};

use tlgen_model::schema::{
    Combinator, CombinatorIdx, Condition, NatExpr, NatRef, Param, Primitive, Schema, TypeArg, TypeExpr, TypeIdx,
};

/// How the bytes of two declarations, which may have different ids, differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// What follows the id has another layout.
    pub(crate) layout: bool,
    /// The new one has a field more whose condition is a bit that the old one does not use.
    pub(crate) gained: bool,
    /// The old one has a field more whose condition is a bit that the new one does not use.
    pub(crate) lost: bool,
    /// `bytes` in the old one are `string` in the new one.
    pub(crate) became_text: bool,
    /// `string` in the old one is `bytes` in the new one.
    pub(crate) became_bytes: bool,
}

/// Compares the layouts of two schemas.
pub(crate) struct Layouts<'s> {
    old: &'s Schema,
    new: &'s Schema,
    /// The pairs of bare constructors that are being compared, or are known to be the same.
    seen: HashSet<(CombinatorIdx, CombinatorIdx)>,
    found: Difference,
}

impl<'s> Layouts<'s> {
    /// How the arguments differ.
    pub(crate) fn compare(old: &'s Schema, new: &'s Schema, from: &Combinator, to: &Combinator) -> Difference {
        let mut layouts = Self { old, new, seen: HashSet::new(), found: Difference::default() };
        layouts.found.layout = from.generics.len() != to.generics.len() || !layouts.fields(&from.params, &to.params);
        // Each side writes what the other does not read.
        layouts.found.layout |= layouts.found.gained && layouts.found.lost;
        layouts.found
    }

    /// Whether two functions answer with the same bytes.
    pub(crate) fn same_result(old: &'s Schema, new: &'s Schema, from: &Combinator, to: &Combinator) -> bool {
        let mut layouts = Self { old, new, seen: HashSet::new(), found: Difference::default() };
        let Some(fields) = layouts.pairs(&from.params, &to.params) else { return false };
        layouts.found = Difference::default();
        layouts.exprs(&from.result, &to.result, &fields) && !layouts.found.gained && !layouts.found.lost
    }

    /// Whether the fields have the same layout, but for those that one side has more.
    fn fields(&mut self, old: &[Param], new: &[Param]) -> bool {
        self.pairs(old, new).is_some()
    }

    /// The fields that are the same on both sides, if those that one side has more say nothing to the other.
    fn pairs(&mut self, old: &[Param], new: &[Param]) -> Option<Pairs> {
        let mut pairs = Pairs::default();
        let (mut before, mut after) = (written(old).peekable(), written(new).peekable());
        loop {
            match (before.peek().copied(), after.peek().copied()) {
                (None, None) => return Some(pairs),
                (Some(a), Some(b)) if self.same_field(&old[a], &new[b], &pairs) => {
                    pairs.0.push((a, b));
                    before.next();
                    after.next();
                }
                (_, Some(b)) if pairs.is_unknown_to(old, &new[b], |(a, b)| (b, a)) => {
                    self.found.gained = true;
                    after.next();
                }
                (Some(a), _) if pairs.is_unknown_to(new, &old[a], |pair| pair) => {
                    self.found.lost = true;
                    before.next();
                }
                _ => return None,
            }
        }
    }

    fn same_field(&mut self, old: &Param, new: &Param, pairs: &Pairs) -> bool {
        let same_condition = match (old.condition, new.condition) {
            (None, None) => true,
            (Some(a), Some(b)) => a.bit == b.bit && pairs.same_word(a.word, b.word),
            _ => false,
        };
        same_condition && self.exprs(&old.ty, &new.ty, pairs)
    }

    fn exprs(&mut self, old: &TypeExpr, new: &TypeExpr, pairs: &Pairs) -> bool {
        match (old, new) {
            (TypeExpr::Nat, TypeExpr::Nat)
            | (TypeExpr::Object, TypeExpr::Object)
            | (TypeExpr::Unresolved, TypeExpr::Unresolved) => true,
            (TypeExpr::Nat, TypeExpr::Primitive { primitive: Primitive::Int, boxed: None })
            | (TypeExpr::Primitive { primitive: Primitive::Int, boxed: None }, TypeExpr::Nat) => true,
            (TypeExpr::Primitive { primitive: a, boxed: id }, TypeExpr::Primitive { primitive: b, boxed: other }) => {
                id == other && self.primitives(*a, *b)
            }
            (TypeExpr::Vector { boxed, item }, TypeExpr::Vector { boxed: other, item: to }) => {
                boxed == other && self.exprs(item, to, pairs)
            }
            (TypeExpr::Boxed { ty: a, args }, TypeExpr::Boxed { ty: b, args: others })
            | (TypeExpr::Refined { ty: a, args }, TypeExpr::Refined { ty: b, args: others }) => {
                self.types(*a, *b) && self.args(args, others, pairs)
            }
            (TypeExpr::Bare { constructor: a, args }, TypeExpr::Bare { constructor: b, args: others }) => {
                self.constructors(*a, *b) && self.args(args, others, pairs)
            }
            (TypeExpr::Var { generic, bare }, TypeExpr::Var { generic: other, bare: to }) => {
                generic == other && bare == to
            }
            (TypeExpr::Function { generic }, TypeExpr::Function { generic: other }) => generic == other,
            (TypeExpr::Repeat { count, fields }, TypeExpr::Repeat { count: other, fields: to }) => {
                pairs.same_number(count, other) && self.fields(fields, to)
            }
            _ => false,
        }
    }

    fn primitives(&mut self, old: Primitive, new: Primitive) -> bool {
        match (old, new) {
            (Primitive::Bytes, Primitive::String) => self.found.became_text = true,
            (Primitive::String, Primitive::Bytes) => self.found.became_bytes = true,
            _ => return old == new,
        }
        true
    }

    fn args(&mut self, old: &[TypeArg], new: &[TypeArg], pairs: &Pairs) -> bool {
        old.len() == new.len()
            && old.iter().zip(new).all(|pair| match pair {
                (TypeArg::Type(a), TypeArg::Type(b)) => self.exprs(a, b, pairs),
                (TypeArg::Nat(a), TypeArg::Nat(b)) => pairs.same_number(a, b),
                _ => false,
            })
    }

    /// A boxed value tells by its id what it is, so types are the same by name; or, under another name, by their ids.
    fn types(&self, old: TypeIdx, new: TypeIdx) -> bool {
        let ids = |schema: &Schema, ty: TypeIdx| -> BTreeSet<u32> {
            schema.ty(ty).constructors.iter().map(|idx| schema.combinator(*idx).id).collect()
        };
        self.old.ty(old).name == self.new.ty(new).name || ids(self.old, old) == ids(self.new, new)
    }

    fn constructors(&mut self, old: CombinatorIdx, new: CombinatorIdx) -> bool {
        if !self.seen.insert((old, new)) {
            return true;
        }
        let (from, to) = (self.old.combinator(old), self.new.combinator(new));
        from.generics.len() == to.generics.len() && self.fields(&from.params, &to.params)
    }
}

/// The indices of the arguments that take bytes, if they are there.
fn written(params: &[Param]) -> impl Iterator<Item = usize> {
    let is_written =
        |param: &Param| !matches!(param.ty, TypeExpr::Primitive { primitive: Primitive::True, boxed: None });
    (0..params.len()).filter(move |index| is_written(&params[*index]))
}

/// The arguments that are the same on both sides, by their indices.
#[derive(Debug, Default)]
struct Pairs(Vec<(usize, usize)>);

impl Pairs {
    fn same_number(&self, old: &NatExpr, new: &NatExpr) -> bool {
        match (old, new) {
            (NatExpr::Const(a), NatExpr::Const(b)) => a == b,
            (NatExpr::Ref { nat: a, plus }, NatExpr::Ref { nat: b, plus: other }) => {
                plus == other && self.same_word(*a, *b)
            }
            _ => false,
        }
    }

    /// References out of a repeated record keep their index, as a record has no switches in practice; where it has, the layouts
    /// count as different.
    fn same_word(&self, old: NatRef, new: NatRef) -> bool {
        match (old, new) {
            (NatRef::Param(a), NatRef::Param(b)) | (NatRef::Field(a), NatRef::Field(b)) => {
                self.0.contains(&(a as usize, b as usize))
            }
            (a, b) => a == b,
        }
    }

    /// Whether `field` depends on a bit of a word that both sides have, and that the side with these `params` does not use. So who
    /// writes by that side never writes the field. `turned` puts the index on the field's own side first.
    fn is_unknown_to(
        &self,
        params: &[Param],
        field: &Param,
        turned: impl Fn((usize, usize)) -> (usize, usize),
    ) -> bool {
        let Some(Condition { word: NatRef::Param(word), bit }) = field.condition else { return false };
        let here = self.0.iter().map(|pair| turned(*pair)).find(|(own, _)| *own == word as usize);
        here.and_then(|(_, other)| params.get(other)).is_some_and(|here| {
            let known = here.word;
            let is_mask = matches!(here.ty, TypeExpr::Nat) && !known.is_count && !known.is_argument;
            is_mask && (known.bits != 0 || here.is_named_flags()) && known.bits >> bit & 1 == 0
        })
    }
}

/// Which constructors are used without their ids somewhere. A default constructor has none.
pub(crate) fn bare_constructors(schema: &Schema) -> Vec<bool> {
    let mut bare: Vec<bool> = schema.combinators.iter().map(|combinator| combinator.name.full() == "_").collect();
    for combinator in &schema.combinators {
        for expr in combinator.params.iter().map(|param| &param.ty).chain([&combinator.result]) {
            expr.visit(&mut |part| match part {
                TypeExpr::Bare { constructor, .. } => bare[constructor.0 as usize] = true,
                TypeExpr::Refined { ty, .. } => {
                    schema.ty(*ty).constructors.iter().for_each(|idx| bare[idx.0 as usize] = true);
                }
                _ => {}
            });
        }
    }
    bare
}
