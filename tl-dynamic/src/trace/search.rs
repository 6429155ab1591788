//! Reads a message to its end, over all faults.
//!
//! After a fault each offset of a word is tried, and at each the points of `resume`. Where one of them leads on, reading goes on
//! there; the bytes before it are a hole. A value that fits no point, but whose id is known and which can be read to its end, is
//! shown for itself.

use super::OBJECT;
use super::resume::Point;
use super::row::{Fit, Row, RowKind, Slot, Trace};
use super::state::{Frame, State};
use super::walk::{Fault, Walker};
use crate::codec::Codec;
use crate::decode::DecodeOptions;
use crate::error::DecodeErrorKind as Kind;
use crate::known::Known;
use crate::root::Root;

/// How far a point is followed.
const MAX_STEPS: usize = 160;

/// With so many ids a point is right beyond doubt.
const ENOUGH: u32 = 6;

/// How many ids that would have fitted are named.
const FITS: usize = 4;

/// So many bits of an id may have flipped for it to be known all the same.
const MAX_FLIPPED: u32 = 2;

/// How many faults are looked at in one message.
const MAX_FAULTS: usize = 4096;

pub(super) fn run<'c, 'b>(
    codec: &'c Codec<'c>,
    root: Root<'c>,
    bytes: &'b [u8],
    options: &'b DecodeOptions,
) -> Trace<'c> {
    let walker = Walker::new(codec, bytes, options);
    let lenient = DecodeOptions { declared_bits: false, ..DecodeOptions::lenient() };
    let lenient = Walker::new(codec, bytes, &lenient);
    // In all as many steps as would do for each word to be tried a few times.
    let mut search = Search { walker, rows: Vec::new(), covered: 0, steps: 64 * bytes.len() + (1 << 20) };
    let mut state = State::new(bytes);
    let mut read = search.walker.begin(root, &mut state, Some(&mut search.rows)).map(|()| true);
    for _ in 0..MAX_FAULTS {
        loop {
            match read {
                Ok(true) => read = search.walker.step(&mut state, Some(&mut search.rows)),
                Ok(false) => return search.end(state.depth()),
                Err(_) => break,
            }
        }
        if let Err(fault) = read {
            search.covered = search.rows.last().map_or(0, |row| row.bytes.end);
            search.note(&state, &fault);
            // What is written in a wrong way has a length all the same.
            if matches!(fault.kind, Kind::LongForm | Kind::Padding | Kind::Utf8 | Kind::UndeclaredBits { .. }) {
                let mut before = State { at: search.covered, ..state.clone().again() };
                let known = search.rows.len();
                let rows = Some(&mut search.rows);
                let step = if before.frames.is_empty() {
                    lenient.begin(root, &mut before, rows).map(|()| true)
                } else {
                    lenient.step(&mut before, rows)
                };
                // Padding that is wrong may also be the end of a text with a wrong length.
                let is_sure = matches!(fault.kind, Kind::Utf8 | Kind::UndeclaredBits { .. });
                if step.is_ok() && (is_sure || search.leads_on(&before)) {
                    (state, read) = (before, Ok(true));
                    continue;
                }
                search.rows.truncate(known);
            }
            match search.resume(&state, &fault) {
                Some(found) => state = found,
                None => break,
            }
        }
        read = Ok(true);
    }
    search.end(state.depth())
}

struct Search<'c, 'b> {
    walker: Walker<'c, 'b>,
    rows: Vec<Row<'c>>,
    /// The end of the bytes that have a row.
    covered: usize,
    /// How many more steps may be tried.
    steps: usize,
}

/// How well a point fits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    /// How many ids and stated ends were right.
    matched: u32,
    /// Whether the message ended where its bytes do.
    is_whole: bool,
    /// How far it went.
    end: usize,
}

impl<'c> Search<'c, '_> {
    /// What is left is a hole.
    fn end(mut self, depth: usize) -> Trace<'c> {
        self.covered = self.rows.last().map_or(0, |row| row.bytes.end);
        self.hole(self.walker.bytes.len(), depth);
        Trace { rows: self.rows }
    }

    fn hole(&mut self, end: usize, depth: usize) {
        if end > self.covered {
            self.rows.push(Row { depth, bytes: self.covered..end, slot: Slot::Found, kind: RowKind::Hole });
            self.covered = end;
        }
    }

    fn note(&mut self, state: &State<'c>, fault: &Fault) {
        let kind = RowKind::Fault {
            kind: fault.kind.clone(),
            offset: fault.offset,
            path: state.path(self.walker.codec),
            fits: self.fits(&fault.kind),
        };
        // What was read of the part, such as its id, belongs to it.
        let at = self.covered;
        let slot = state.slot(self.walker.codec);
        self.rows.push(Row { depth: state.depth(), bytes: at..at, slot, kind });
    }

    /// Ids of the type that was expected, the most similar first.
    fn fits(&self, kind: &Kind) -> Vec<Fit> {
        let Kind::UnexpectedId { id, expected, .. } = kind else { return Vec::new() };
        let schema = self.walker.codec.schema();
        let of_type = schema.types().find(|(_, ty)| ty.name.full() == expected).map(|(_, ty)| &ty.constructors[..]);
        let all = of_type.into_iter().flatten().map(|idx| schema.combinator(*idx));
        let fit = |known: u32, name: &str| Fit { id: known, name: name.to_owned(), bits: (known ^ id).count_ones() };
        let mut fits: Vec<Fit> = all.map(|found| fit(found.id, found.name.full())).collect();
        match expected.as_str() {
            "a vector" => fits.push(fit(crate::wire::VECTOR, "vector")),
            "Bool" => {
                fits.push(fit(crate::wire::BOOL_TRUE, "boolTrue"));
                fits.push(fit(crate::wire::BOOL_FALSE, "boolFalse"));
            }
            // Of all ids only those that differ in one byte say something.
            "a constructor or function" | "a function" => {
                let all = schema.constructors().chain(schema.functions());
                let near = all
                    .filter(|(_, found)| (found.id ^ id).to_le_bytes().iter().filter(|byte| **byte != 0).count() == 1);
                fits.extend(near.map(|(_, found)| fit(found.id, found.name.full())));
            }
            _ => {}
        }
        fits.sort_by(|a, b| a.bits.cmp(&b.bits).then_with(|| a.name.cmp(&b.name)));
        fits.truncate(FITS);
        fits
    }

    /// The state in which reading goes on. All bytes before it have rows.
    fn resume(&mut self, state: &State<'c>, fault: &Fault) -> Option<State<'c>> {
        let depth = state.depth();
        let bound = state.frames.iter().rposition(|frame| matches!(frame, Frame::Bound { .. }));
        let end = self.walker.limit(state);
        // Only a body whose length is known tells what it is if its id does not.
        let all = state.frames.is_empty() || bound.is_some_and(|bound| bound + 1 == state.frames.len());
        let mut here = self.walker.points_here(state, &fault.kind, all);
        // A part that is read once more begins where its first byte was, which may be an id that was right.
        for point in here.iter_mut().filter(|point| point.taken_for.is_none()) {
            point.state.at = self.covered;
        }
        self.steps = self.steps.saturating_sub(here.len() * state.frames.len().max(1));
        if let Some(found) = nearest(&here, &fault.kind).cloned().or_else(|| self.best(here.iter(), None)) {
            if let Some(kind) = found.taken_for {
                let slot = state.slot(self.walker.codec);
                self.rows.push(Row { depth, bytes: self.covered..found.state.at, slot, kind });
                self.covered = found.state.at;
            }
            return Some(found.state);
        }
        let points = self.walker.points(state);
        self.steps = self.steps.saturating_sub(points.len() * state.frames.len());
        let mut at = fault.offset.next_multiple_of(4);
        while at < self.walker.bytes.len() {
            // Where the length says that a body ends, what is after it goes on, whatever it looks like.
            if let (Some(bound), true) = (bound, at >= end) {
                let mut after = State { at: end, closed: Vec::new(), ..state.clone() };
                after.frames.truncate(bound);
                self.hole(end, depth);
                return Some(after);
            }
            let word = self.walker.word_at(at)?;
            let known = self.walker.codec.known(word);
            let tried = points.iter().filter(|point| known.is_some() || !point.has_id);
            if let Some(found) = self.best(tried, Some(at)) {
                self.hole(at, depth);
                return Some(found.state);
            }
            at = match known {
                Some(Known::Combinator(_)) => self.for_itself(state, at, depth).unwrap_or(at + 4),
                _ => at + 4,
            };
            if self.steps == 0 {
                break;
            }
        }
        None
    }

    /// The point that fits best, at one offset.
    fn best<'p>(&mut self, points: impl Iterator<Item = &'p Point<'c>>, at: Option<usize>) -> Option<Point<'c>>
    where
        'c: 'p,
    {
        let mut best: Option<(Score, &Point<'c>)> = None;
        let mut is_sole = true;
        for point in points {
            let score = self.score(point, at);
            // An id where one must be is no accident; neither are two after something else, or one and the end.
            let needed = if point.has_id && point.taken_for.is_none() { 1 } else { 2 };
            if score.matched + u32::from(score.is_whole) < needed {
                continue;
            }
            match &best {
                Some((other, _)) if *other > score => {}
                Some((other, _)) if *other == score => is_sole = false,
                _ => (best, is_sole) = (Some((score, point)), true),
            }
        }
        let (_, point) = best?;
        // Of several constructors that fit equally well none is told.
        if point.taken_for.is_some() && !is_sole {
            return None;
        }
        let mut point = point.clone();
        point.state.at = at.unwrap_or(point.state.at);
        Some(point)
    }

    /// Whether an id comes, or the end, before the next fault.
    fn leads_on(&mut self, state: &State<'c>) -> bool {
        let point = Point { state: state.clone(), has_id: false, taken_for: None };
        let score = self.score(&point, None);
        score.matched > 0 || score.is_whole
    }

    fn score(&mut self, point: &Point<'c>, at: Option<usize>) -> Score {
        // To copy a state is work, too.
        self.steps = self.steps.saturating_sub(point.state.frames.len());
        let mut state = point.state.clone();
        state.at = at.unwrap_or(state.at);
        state.matched = 0;
        let mut is_whole = false;
        for _ in 0..MAX_STEPS.min(self.steps) {
            self.steps -= 1;
            match self.walker.step(&mut state, None) {
                Ok(true) if state.matched < ENOUGH => {}
                Ok(true) => break,
                Ok(false) => {
                    is_whole = true;
                    break;
                }
                Err(_) => break,
            }
        }
        Score { matched: state.matched, is_whole, end: state.at }
    }

    /// A value at an offset that nothing around it expects, if it can be read to its end, which is given.
    fn for_itself(&mut self, around: &State<'c>, at: usize, depth: usize) -> Option<usize> {
        let mut rows = Vec::new();
        let mut state = State { at, frames: Vec::new(), closed: Vec::new(), ..around.clone() };
        self.walker.alone(&OBJECT, &mut state, &mut rows).ok()?;
        while !state.frames.is_empty() {
            self.steps = self.steps.checked_sub(1)?;
            self.walker.step(&mut state, Some(&mut rows)).ok()?;
        }
        // A body that has a length holds nothing that is longer.
        if state.at > self.walker.limit(around) {
            return None;
        }
        self.hole(at, depth);
        rows.iter_mut().for_each(|row| row.depth += depth);
        self.rows.append(&mut rows);
        self.covered = state.at;
        Some(state.at)
    }
}

/// The constructor whose id differs in a bit or two only, if there is one such.
fn nearest<'p, 'c>(points: &'p [Point<'c>], kind: &Kind) -> Option<&'p Point<'c>> {
    let Kind::UnexpectedId { id, .. } = kind else { return None };
    let mut near = points.iter().filter(|point| match point.taken_for {
        Some(RowKind::Object(combinator)) => (combinator.id ^ id).count_ones() <= MAX_FLIPPED,
        _ => false,
    });
    near.next().filter(|_| near.next().is_none())
}
