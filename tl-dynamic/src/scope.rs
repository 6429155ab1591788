//! What names stand for while a value is walked: the arguments of a template, and the words read so far.
//!
//! A type argument is kept together with the scope in which it was written, shared and not copied, so that types which
//! grow with each level cost no more than their depth.

use std::rc::Rc;

use tlgen_model::schema::{
    Combinator, CombinatorIdx, GenericKind, NatExpr, NatRef, Primitive, Schema, TypeArg, TypeExpr, TypeIdx,
};

/// What a natural variable of a combinator is when nothing says so.
pub(crate) const DEFAULT_NAT: u32 = 2;

/// What a type variable of a combinator is when nothing says so.
static DEFAULT_TYPE: TypeExpr = TypeExpr::Primitive { primitive: Primitive::Int, boxed: None };

/// The value of a variable.
#[derive(Clone, Debug)]
enum Arg<'s> {
    Type(Rc<Closure<'s>>),
    Nat(u32),
}

/// A type with the scope in which its names have a meaning. Never a variable.
#[derive(Debug)]
pub(crate) struct Closure<'s> {
    pub(crate) expr: &'s TypeExpr,
    /// Whether the bare form is meant although the type says boxed.
    pub(crate) bare: bool,
    pub(crate) scope: Scope<'s>,
}

/// The variables of a combinator and the words among its parameters.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope<'s> {
    args: Option<Rc<[Arg<'s>]>>,
    params: Vec<u32>,
    /// The words of the record at hand, and of those around it, from the outside in.
    fields: Vec<u32>,
    outer: Vec<Vec<u32>>,
}

impl<'s> Scope<'s> {
    /// For a combinator that stands for itself: each variable has its default.
    pub(crate) fn root(combinator: &Combinator) -> Self {
        if combinator.generics.is_empty() {
            return Self::default();
        }
        let args = combinator.generics.iter().map(|generic| default_arg(generic.kind)).collect();
        Self { args: Some(args), ..Self::default() }
    }

    /// The scope of `constructor` where its type is applied to `args`. `None` if it does not make such a type.
    pub(crate) fn enter(&self, constructor: &Combinator, args: &'s [TypeArg]) -> Option<Self> {
        if constructor.generics.is_empty() && args.is_empty() {
            return Some(Self::default());
        }
        let mut bound: Vec<Arg<'s>> = constructor.generics.iter().map(|generic| default_arg(generic.kind)).collect();
        let pattern = match &constructor.result {
            TypeExpr::Boxed { args, .. } | TypeExpr::Bare { args, .. } => &**args,
            _ => &[],
        };
        for (pattern, arg) in pattern.iter().zip(args) {
            match (pattern, arg) {
                (TypeArg::Type(TypeExpr::Var { generic, .. }), TypeArg::Type(expr)) => {
                    *bound.get_mut(*generic as usize)? = Arg::Type(self.close(expr)?);
                }
                (TypeArg::Type(_), TypeArg::Type(_)) => {}
                (TypeArg::Nat(pattern), TypeArg::Nat(arg)) => {
                    let value = self.number(arg)?;
                    match pattern {
                        NatExpr::Const(constant) if *constant == value => {}
                        NatExpr::Ref { nat: NatRef::Generic(generic), plus } => {
                            *bound.get_mut(*generic as usize)? = Arg::Nat(value.checked_sub(*plus)?);
                        }
                        _ => return None,
                    }
                }
                _ => return None,
            }
        }
        Some(Self { args: Some(bound.into()), ..Self::default() })
    }

    /// The same where the numbers are not known: only the types are bound, the numbers have their default.
    pub(crate) fn enter_types(&self, constructor: &Combinator, args: &'s [TypeArg]) -> Self {
        let mut scope = Self::root(constructor);
        let (TypeExpr::Boxed { args: pattern, .. } | TypeExpr::Bare { args: pattern, .. }) = &constructor.result else {
            return scope;
        };
        let Some(bound) = scope.args.as_mut().and_then(Rc::get_mut) else { return scope };
        for (pattern, arg) in pattern.iter().zip(args) {
            if let (TypeArg::Type(TypeExpr::Var { generic, .. }), TypeArg::Type(expr)) = (pattern, arg)
                && let (Some(bound), Some(closure)) = (bound.get_mut(*generic as usize), self.close(expr))
            {
                *bound = Arg::Type(closure);
            }
        }
        scope
    }

    /// What the type variable at `generic` stands for.
    pub(crate) fn variable(&self, generic: u32) -> Option<Rc<Closure<'s>>> {
        match self.args.as_ref()?.get(generic as usize)? {
            Arg::Type(closure) => Some(Rc::clone(closure)),
            Arg::Nat(_) => None,
        }
    }

    /// The value of `expr`. `None` if it is above 2^32 - 1.
    pub(crate) fn number(&self, expr: &NatExpr) -> Option<u32> {
        match expr {
            NatExpr::Const(value) => Some(*value),
            NatExpr::Ref { nat, plus } => self.word(*nat).checked_add(*plus),
        }
    }

    /// The value of the word or variable with the index `place`; 0 for a word that is not there.
    pub(crate) fn word(&self, place: NatRef) -> u32 {
        match place {
            NatRef::Param(param) => self.params.get(param as usize).copied().unwrap_or(0),
            NatRef::Field(field) => self.fields.get(field as usize).copied().unwrap_or(0),
            NatRef::Outer { up, field } => {
                let record = self.outer.len().checked_sub(usize::from(up)).and_then(|at| self.outer.get(at));
                record.and_then(|fields| fields.get(field as usize)).copied().unwrap_or(0)
            }
            NatRef::Generic(generic) => match self.args.as_ref().and_then(|args| args.get(generic as usize)) {
                Some(Arg::Nat(value)) => *value,
                _ => 0,
            },
        }
    }

    /// Notes the value of the word with the index `place`.
    pub(crate) fn set_word(&mut self, place: NatRef, value: u32) {
        let (words, place) = match place {
            NatRef::Param(param) => (&mut self.params, param as usize),
            NatRef::Field(field) => (&mut self.fields, field as usize),
            NatRef::Generic(_) | NatRef::Outer { .. } => return,
        };
        if words.len() <= place {
            words.resize(place + 1, 0);
        }
        words[place] = value;
    }

    /// Begins a record of a repetition.
    pub(crate) fn enter_record(&mut self) {
        self.outer.push(std::mem::take(&mut self.fields));
    }

    /// Ends a record of a repetition.
    pub(crate) fn leave_record(&mut self) {
        self.fields = self.outer.pop().unwrap_or_default();
    }

    fn close(&self, expr: &'s TypeExpr) -> Option<Rc<Closure<'s>>> {
        match expr {
            TypeExpr::Var { generic, bare } => {
                let closure = self.variable(*generic)?;
                if closure.bare || !*bare {
                    return Some(closure);
                }
                Some(Rc::new(Closure { expr: closure.expr, bare: true, scope: closure.scope.clone() }))
            }
            _ => Some(Rc::new(Closure { expr, bare: false, scope: self.clone() })),
        }
    }
}

fn default_arg<'s>(kind: GenericKind) -> Arg<'s> {
    match kind {
        GenericKind::Type => Arg::Type(Rc::new(Closure { expr: &DEFAULT_TYPE, bare: false, scope: Scope::default() })),
        GenericKind::Nat => Arg::Nat(DEFAULT_NAT),
    }
}

/// Where a list of parameters is: what a reference to one of them looks like.
#[derive(Clone, Copy)]
pub(crate) enum Level {
    Combinator,
    Record,
}

impl Level {
    pub(crate) fn place(self, param: usize) -> NatRef {
        let param = u32::try_from(param).unwrap_or(u32::MAX);
        match self {
            Self::Combinator => NatRef::Param(param),
            Self::Record => NatRef::Field(param),
        }
    }

    /// The parameter of this level that `nat` is.
    pub(crate) fn param(self, nat: NatRef) -> Option<usize> {
        match (self, nat) {
            (Self::Combinator, NatRef::Param(param)) | (Self::Record, NatRef::Field(param)) => Some(param as usize),
            _ => None,
        }
    }
}

/// The constructor of `ty` that its arguments tell, and its scope: that whose numbers fit.
pub(crate) fn refined<'s>(
    schema: &'s Schema,
    ty: TypeIdx,
    args: &'s [TypeArg],
    scope: &Scope<'s>,
) -> Option<(CombinatorIdx, Scope<'s>)> {
    let mut all = schema.ty(ty).constructors.iter();
    all.find_map(|idx| scope.enter(schema.combinator(*idx), args).map(|inner| (*idx, inner)))
}

/// The only constructor of `ty`, which is what its bare form means.
pub(crate) fn only_constructor(schema: &Schema, ty: TypeIdx) -> Option<CombinatorIdx> {
    match schema.ty(ty).constructors[..] {
        [constructor] => Some(constructor),
        _ => None,
    }
}
