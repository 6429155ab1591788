//! The graph of types that the analyses walk.
//!
//! Its nodes are the types. A bare constructor counts as its type, of which it is the only constructor.

use crate::schema::{Combinator, CombinatorIdx, Schema, TypeExpr, TypeIdx};

/// Calls `f` for each type in `expr`.
pub(super) fn each_type(schema: &Schema, expr: &TypeExpr, f: &mut impl FnMut(TypeIdx)) {
    expr.visit(&mut |part| {
        if let Some(ty) = part.ty(schema) {
            f(ty);
        }
    });
}

/// Calls `f` for each type in the arguments of `combinator`.
pub(super) fn each_argument_type(schema: &Schema, combinator: &Combinator, f: &mut impl FnMut(TypeIdx)) {
    for param in &combinator.params {
        each_type(schema, &param.ty, f);
    }
}

/// Marks the types that can be reached from `roots` through the declarations of their constructors.
pub(super) fn reach(schema: &Schema, roots: impl IntoIterator<Item = TypeIdx>, seen: &mut [bool]) {
    reach_by(schema, roots, seen, &|_| true);
}

/// The same through those constructors only that `is_kept` holds for.
pub(super) fn reach_by(
    schema: &Schema,
    roots: impl IntoIterator<Item = TypeIdx>,
    seen: &mut [bool],
    is_kept: &dyn Fn(CombinatorIdx) -> bool,
) {
    let mut open = Vec::new();
    let mut visit = |ty: TypeIdx, open: &mut Vec<TypeIdx>| {
        if !std::mem::replace(&mut seen[ty.0 as usize], true) {
            open.push(ty);
        }
    };
    for ty in roots {
        visit(ty, &mut open);
    }
    while let Some(ty) = open.pop() {
        for &constructor in schema.ty(ty).constructors.iter().filter(|idx| is_kept(**idx)) {
            let constructor = schema.combinator(constructor);
            each_argument_type(schema, constructor, &mut |ty| visit(ty, &mut open));
            // A constructor of a part of a type, as of `Maybe User`, names other types in its result.
            each_type(schema, &constructor.result, &mut |ty| visit(ty, &mut open));
        }
    }
}

/// For each type those that fields of its constructors name.
pub(super) fn edges(schema: &Schema) -> Vec<Vec<u32>> {
    let mut edges = vec![Vec::new(); schema.types.len()];
    for (_, constructor) in schema.constructors() {
        let Some(TypeIdx(from)) = constructor.ty else { continue };
        each_argument_type(schema, constructor, &mut |TypeIdx(to)| edges[from as usize].push(to));
    }
    edges
}

/// The strongly connected component of each node, by number.
///
/// A component that another reaches has the smaller number. The method is Tarjan's, with its own stack instead of recursive calls,
/// as a chain of types may be long.
#[must_use]
pub fn components(edges: &[Vec<u32>]) -> Vec<u32> {
    const UNSEEN: u32 = u32::MAX;
    let mut component = vec![UNSEEN; edges.len()];
    let mut order = vec![UNSEEN; edges.len()];
    let mut low = vec![0; edges.len()];
    let (mut next_order, mut next_component) = (0, 0);
    let mut path = Vec::new();
    let mut calls: Vec<(usize, usize)> = Vec::new();
    for root in 0..edges.len() {
        if order[root] != UNSEEN {
            continue;
        }
        calls.push((root, 0));
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                order[node] = next_order;
                low[node] = next_order;
                next_order += 1;
                path.push(node);
            }
            if let Some(&target) = edges[node].get(edge) {
                let target = target as usize;
                calls.push((node, edge + 1));
                if order[target] == UNSEEN {
                    calls.push((target, 0));
                } else if component[target] == UNSEEN {
                    low[node] = low[node].min(order[target]);
                }
                continue;
            }
            if low[node] == order[node] {
                while let Some(member) = path.pop() {
                    component[member] = next_component;
                    if member == node {
                        break;
                    }
                }
                next_component += 1;
            }
            if let Some(&(parent, _)) = calls.last() {
                low[parent] = low[parent].min(low[node]);
            }
        }
    }
    component
}

#[cfg(test)]
mod tests {
    use super::components;

    #[test]
    fn cycles_are_components() {
        // 0 -> 1 -> 2 -> 0, 2 -> 3, 3 -> 3, 4
        let found = components(&[vec![1], vec![2], vec![0, 3], vec![3], vec![]]);
        assert_eq!(found[0], found[1]);
        assert_eq!(found[1], found[2]);
        assert_ne!(found[2], found[3]);
        assert_ne!(found[3], found[4]);
    }

    #[test]
    fn node_without_edges_is_visited_once() {
        assert_eq!(components(&[vec![], vec![0], vec![0, 1]]), [0, 1, 2]);
    }

    #[test]
    fn long_chain_needs_no_stack() {
        let length = 200_000;
        let mut edges: Vec<Vec<u32>> = (1..=length).map(|next| vec![next]).collect();
        edges.push(vec![0]);
        assert!(components(&edges).iter().all(|component| *component == 0));
    }
}
