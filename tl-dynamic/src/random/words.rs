//! What the numbers of a schema are used for, across combinators: a word that is handed to a template may count there.

use tlgen_model::schema::{Combinator, CombinatorIdx, GenericKind, NatExpr, NatRef, Param, Schema, TypeArg, TypeExpr};

/// How a number is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    /// Its bits that are conditions of fields.
    pub(crate) bits: u32,
    /// It counts a repetition or picks a constructor, so it should be small.
    pub(crate) counts: bool,
}

/// The use of the natural variables of all combinators.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    generics: Vec<Vec<Usage>>,
}

impl Words {
    pub(crate) fn new(schema: &Schema) -> Self {
        let generics = schema.combinators.iter().map(|combinator| vec![Usage::default(); combinator.generics.len()]);
        let mut words = Self { generics: generics.collect() };
        let with_nats: Vec<(usize, &Combinator)> = schema
            .combinators
            .iter()
            .enumerate()
            .filter(|(_, combinator)| combinator.generics.iter().any(|generic| generic.kind == GenericKind::Nat))
            .collect();
        // Each round adds a bit or a count to some variable, or is the last.
        loop {
            let mut changed = false;
            for (idx, combinator) in &with_nats {
                for place in 0..combinator.generics.len() {
                    let nat = NatRef::Generic(u32::try_from(place).unwrap_or(u32::MAX));
                    let usage = words.usage(schema, &combinator.params, nat);
                    let known = &mut words.generics[*idx][place];
                    changed |= *known != usage;
                    *known = usage;
                }
            }
            if !changed {
                return words;
            }
        }
    }

    /// How `nat` is used in `params`, the parameters of its combinator or the fields of its record.
    pub(crate) fn usage(&self, schema: &Schema, params: &[Param], nat: NatRef) -> Usage {
        let mut usage = Usage::default();
        self.in_params(schema, params, nat, &mut usage);
        usage
    }

    fn in_params(&self, schema: &Schema, params: &[Param], nat: NatRef, usage: &mut Usage) {
        for param in params {
            if let Some(condition) = param.condition
                && condition.word == nat
            {
                usage.bits |= 1 << condition.bit;
            }
            self.in_type(schema, &param.ty, nat, usage);
        }
    }

    fn in_type(&self, schema: &Schema, expr: &TypeExpr, nat: NatRef, usage: &mut Usage) {
        match expr {
            TypeExpr::Vector { item, .. } => self.in_type(schema, item, nat, usage),
            TypeExpr::Repeat { count, fields } => {
                usage.counts |= refers(count, nat);
                self.in_params(schema, fields, within(nat), usage);
            }
            TypeExpr::Boxed { ty, args } | TypeExpr::Refined { ty, args } => {
                self.in_args(schema, &schema.ty(*ty).constructors, args, nat, usage);
            }
            TypeExpr::Bare { constructor, args } => self.in_args(schema, &[*constructor], args, nat, usage),
            TypeExpr::Nat
            | TypeExpr::Primitive { .. }
            | TypeExpr::Object
            | TypeExpr::Unresolved
            | TypeExpr::Var { .. }
            | TypeExpr::Function { .. } => {}
        }
    }

    fn in_args(&self, schema: &Schema, made_by: &[CombinatorIdx], args: &[TypeArg], nat: NatRef, usage: &mut Usage) {
        for (place, arg) in args.iter().enumerate() {
            match arg {
                TypeArg::Type(arg) => self.in_type(schema, arg, nat, usage),
                TypeArg::Nat(arg) if refers(arg, nat) => {
                    for idx in made_by {
                        let inner = self.of_arg(schema, *idx, place);
                        usage.bits |= inner.bits;
                        usage.counts |= inner.counts;
                    }
                }
                TypeArg::Nat(_) => {}
            }
        }
    }

    /// How the constructor at `idx` uses the natural argument at the index `place` of its type.
    fn of_arg(&self, schema: &Schema, idx: CombinatorIdx, place: usize) -> Usage {
        let picks = Usage { bits: 0, counts: true };
        let (TypeExpr::Boxed { args, .. } | TypeExpr::Bare { args, .. }) = &schema.combinator(idx).result else {
            return picks;
        };
        match args.get(place) {
            Some(TypeArg::Nat(NatExpr::Ref { nat: NatRef::Generic(generic), plus: 0 })) => {
                self.generics[idx.0 as usize].get(*generic as usize).copied().unwrap_or_default()
            }
            _ => picks,
        }
    }
}

/// What a reference is called in a record further in.
fn within(nat: NatRef) -> NatRef {
    match nat {
        NatRef::Field(field) => NatRef::Outer { up: 1, field },
        NatRef::Outer { up, field } => NatRef::Outer { up: up.saturating_add(1), field },
        NatRef::Param(_) | NatRef::Generic(_) => nat,
    }
}

fn refers(expr: &NatExpr, nat: NatRef) -> bool {
    matches!(expr, NatExpr::Ref { nat: used, .. } if *used == nat)
}
