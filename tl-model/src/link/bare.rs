//! Types that become bare through a variable.
//!
//! `wrap {t:Type} x:%t = Wrap t` writes its argument without an id, and so does whatever hands its own variable to it. What
//! comes in is a linked schema; what goes out is an error for each argument of such a type that needs its id to be read. With
//! `%T` in one declaration that error is found where the name is linked.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use tlgen_parser::source::Location;

use crate::error::{ErrorKind, Problems};
use crate::schema::{Combinator, Primitive, Schema, TypeArg, TypeExpr, TypeIdx};

/// A parameter of a type, by its index.
type Slot = (TypeIdx, usize);

/// The parameters of types whose arguments are written without an id, each with a field that does so.
struct Bare(HashMap<Slot, Location>);

/// `refined` are the types whose constructors the numbers among their arguments tell apart.
pub(crate) fn check(schema: &Schema, refined: &[TypeIdx], problems: &mut Problems) {
    if schema.types.iter().all(|ty| ty.params.is_empty()) {
        return;
    }
    let bare = Bare::of(schema);
    if bare.0.is_empty() {
        return;
    }
    for combinator in &schema.combinators {
        uses(combinator, &mut |expr, location| {
            each_arg(schema, expr, &mut |slot, arg| {
                let Some(&through) = bare.0.get(&slot) else { return };
                let Some((name, constructors, declared)) = union(schema, refined, arg) else { return };
                let kind = ErrorKind::BareUnion { name, constructors, declared, through: Some(through) };
                problems.add(kind, location);
            });
        });
    }
}

impl Bare {
    fn of(schema: &Schema) -> Self {
        let mut found = HashMap::new();
        let mut new: Vec<Slot> = Vec::new();
        // By a parameter that something is handed to: the parameters that hand theirs to it.
        let mut handed: HashMap<Slot, Vec<(Slot, Location)>> = HashMap::new();
        for combinator in &schema.combinators {
            let Some(ty) = combinator.ty else { continue };
            uses(combinator, &mut |expr, location| {
                if let TypeExpr::Var { generic, bare: true } = expr {
                    for slot in slots(combinator, ty, *generic) {
                        if found.insert(slot, location).is_none() {
                            new.push(slot);
                        }
                    }
                }
                each_arg(schema, expr, &mut |to, arg| {
                    if let TypeExpr::Var { generic, .. } = arg {
                        let from = slots(combinator, ty, *generic);
                        handed.entry(to).or_default().extend(from.map(|from| (from, location)));
                    }
                });
            });
        }
        while let Some(to) = new.pop() {
            for (from, location) in handed.remove(&to).unwrap_or_default() {
                if let Entry::Vacant(entry) = found.entry(from) {
                    entry.insert(location);
                    new.push(from);
                }
            }
        }
        Self(found)
    }
}

/// Calls `f` for each expression of a combinator, with the location of the argument or of the name for the result.
fn uses<'s>(combinator: &'s Combinator, f: &mut impl FnMut(&'s TypeExpr, Location)) {
    for param in &combinator.params {
        param.ty.visit(&mut |expr| f(expr, param.location));
    }
    // The result of a constructor only names its variables.
    if combinator.ty.is_none() {
        combinator.result.visit(&mut |expr| f(expr, combinator.name_location));
    }
}

/// Calls `f` for the types among the arguments of a type.
fn each_arg<'s>(schema: &Schema, expr: &'s TypeExpr, f: &mut impl FnMut(Slot, &'s TypeExpr)) {
    let Some(ty) = expr.ty(schema) else { return };
    for (index, arg) in expr.args().iter().enumerate() {
        if let TypeArg::Type(arg) = arg {
            f((ty, index), arg);
        }
    }
}

/// The parameters of the type of a constructor that a variable of it stands for.
fn slots(constructor: &Combinator, ty: TypeIdx, variable: u32) -> impl Iterator<Item = Slot> {
    constructor.result.args().iter().enumerate().filter_map(move |(index, arg)| match arg {
        TypeArg::Type(TypeExpr::Var { generic, .. }) if *generic == variable => Some((ty, index)),
        _ => None,
    })
}

/// The name, the number of constructors and the first of them of a type that cannot be read without an id; 0 for any.
fn union(schema: &Schema, refined: &[TypeIdx], arg: &TypeExpr) -> Option<(String, usize, Option<Location>)> {
    match arg {
        TypeExpr::Object => Some(("Object".to_owned(), 0, None)),
        TypeExpr::Primitive { primitive: Primitive::Bool, .. } => Some(("Bool".to_owned(), 2, None)),
        TypeExpr::Boxed { ty, .. } => {
            let declared = schema.ty(*ty);
            let [first, _, ..] = declared.constructors[..] else { return None };
            let is_union = refined.binary_search(ty).is_err();
            let first = schema.combinator(first).name_location;
            is_union.then(|| (declared.name.full().to_owned(), declared.constructors.len(), Some(first)))
        }
        _ => None,
    }
}
