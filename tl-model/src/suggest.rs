//! "Did you mean": the known name that is nearest to an unknown one.

use std::cmp::Ordering;

/// How many unknown names are compared with all known ones. Each costs a walk over the names, and a schema with more
/// undefined names than this lacks a file.
const COMPARED: u32 = 64;

/// Names shorter than this are like every other short name.
const SHORTEST: usize = 3;

/// How many names that differ by namespace or case alone are looked at.
const FEW: usize = 16;

/// Names longer than this are not compared letter by letter.
const LONGEST: usize = 64;

/// The known names.
///
/// ```
/// let mut known = tlgen_model::suggest::Suggest::new(["InputUser", "InputPeer"].into_iter());
/// assert_eq!(known.nearest("InputUsr").as_deref(), Some("InputUser"));
/// ```
pub struct Suggest<'s> {
    names: Vec<&'s str>,
    /// Indices of `names`, ordered by the part after the last dot, without case, and then by index.
    by_ident: Vec<u32>,
    left: u32,
}

impl<'s> Suggest<'s> {
    /// From every name that could be meant.
    pub fn new(names: impl Iterator<Item = &'s str>) -> Self {
        let mut names: Vec<&str> = names.collect();
        names.shrink_to_fit();
        let mut by_ident: Vec<u32> = (0..).take(names.len()).collect();
        by_ident.sort_by(|a, b| compare(names[*a as usize], names[*b as usize]));
        Self { names, by_ident, left: COMPARED }
    }

    /// The nearest name if it is near enough to be meant: the same but for case or namespace, or for a third of its
    /// letters.
    pub fn nearest(&mut self, name: &str) -> Option<String> {
        if let Some(same) = self.same_ident(name) {
            return Some(same.to_owned());
        }
        if name.len() < SHORTEST || name.len() > LONGEST || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let mut limit = (name.len() / 3).min(4);
        let mut best = None;
        for candidate in &self.names {
            if candidate.len().abs_diff(name.len()) <= limit
                && *candidate != name
                && let Some(distance) = distance(name.as_bytes(), candidate.as_bytes(), limit)
            {
                best = Some((*candidate).to_owned());
                match distance.checked_sub(1) {
                    Some(0) | None => break,
                    Some(smaller) => limit = smaller,
                }
            }
        }
        best
    }
}

impl<'s> Suggest<'s> {
    /// A name that differs by namespace or case alone; rather by namespace.
    fn same_ident(&self, name: &str) -> Option<&'s str> {
        let last = |name: &'s str| name.rsplit('.').next();
        let place = |place: &u32| self.names[*place as usize];
        let start = self.by_ident.partition_point(|at| compare(place(at), name).is_lt());
        let same = self.by_ident[start..].iter().map(place).take_while(|same| compare(same, name).is_eq());
        let mut same = same.take(FEW).filter(|same| *same != name).peekable();
        let first = *same.peek()?;
        let wanted = name.rsplit('.').next();
        Some(same.find(|same| last(same) == wanted).unwrap_or(first))
    }
}

/// Compares the parts after the last dots, without case.
fn compare(a: &str, b: &str) -> Ordering {
    letters(a).cmp(letters(b))
}

fn letters(name: &str) -> impl Iterator<Item = u8> {
    name.rsplit('.').next().unwrap_or(name).bytes().map(|byte| byte.to_ascii_lowercase())
}

/// How many letters must be changed, added, removed or swapped with their neighbour; `None` if more than `limit`.
fn distance(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(last.len());
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut cost = (last[j] + usize::from(x != y)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                cost = cost.min(before[j - 1] + 1);
            }
            row.push(cost);
        }
        if row.iter().all(|cost| *cost > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::{Suggest, distance};

    #[test]
    fn distances() {
        assert_eq!(distance(b"string", b"string", 2), Some(0));
        assert_eq!(distance(b"stirng", b"string", 2), Some(1));
        assert_eq!(distance(b"strin", b"string", 2), Some(1));
        assert_eq!(distance(b"long", b"string", 2), None);
    }

    #[test]
    fn nearest_name() {
        let mut suggest = Suggest::new(["InputUser", "InputPeer", "contacts.Contacts", "Vector"].into_iter());
        assert_eq!(suggest.nearest("InputUsr").as_deref(), Some("InputUser"));
        assert_eq!(suggest.nearest("Contacts").as_deref(), Some("contacts.Contacts"));
        assert_eq!(suggest.nearest("vector").as_deref(), Some("Vector"));
        assert_eq!(suggest.nearest("Chat"), None);
        let mut suggest = Suggest::new(["vector", "Vector", "d"].into_iter());
        assert_eq!(suggest.nearest("ns.Vector").as_deref(), Some("Vector"));
        assert_eq!(suggest.nearest("e"), None);
    }

    #[test]
    fn comparisons_are_limited() {
        let mut suggest = Suggest::new(["InputUser"].into_iter());
        let hits = (0..1000).filter(|_| suggest.nearest("InputUsr").is_some()).count();
        assert_eq!(hits, 64);
    }
}
