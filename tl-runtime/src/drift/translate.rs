//! A message with values that the types do not know, as one that they can read.
//!
//! What comes in is the message, an atlas, and the ids that the types know; what goes out is a [`Translation`]. The message is
//! walked once. What is known is copied. A known constructor with another id is written as the one that the types know. Instead of
//! any other value comes a mark, with which the reader finds the bytes to keep.
//!
//! Memory is that of the output, which is bounded by the input. Where a value cannot be kept, because its type has no room for
//! `Unknown`, the output goes back to the beginning of the nearest value around it that can.

use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::vec::Vec;
use core::ops::Range;

use super::carry::{Carry, Fields};
use super::translation::{Mark, Piece, Translation};
use super::{DriftEvent, DriftOutcome, DriftReport, FieldSet, Known, NotAdapted};
use crate::atlas::layout::Condition;
use crate::atlas::{Atlas, Entry, Visit, Walker, Words, work_for};
use crate::{DecodeError, DecodeErrorKind, DecodeOptions, Reader, ids};

/// So many bytes that are copied are as much work as an operation of a layout.
const BYTES_PER_OPERATION: usize = 16;

/// What there may be in the output beyond four times the input: flags words can be new, and numbers can be wider.
const SPARE: usize = 32 * 1024;

/// The memory for what is found out about an id.
const IDS_COST: usize = 48;

/// What is translated.
#[derive(Clone, Copy)]
pub(crate) enum Root {
    /// A value as a field of its type holds it.
    Boxed,
    /// The fields of the constructor with this id.
    Bare(u32),
}

/// Translates the value at the start of `input`. `error` is what came of reading it without. What cannot be read although the atlas
/// knows it comes with the reason; its translation has no other meaning than its length.
pub(crate) fn translate<'m>(
    input: &'m [u8],
    options: &DecodeOptions,
    known: &Known,
    root: Root,
    mut error: DecodeError,
) -> Result<(Translation<'m>, Option<Unread>), DecodeError> {
    let Some(atlas) = options.atlas.filter(|_| error.is_drift()) else { return Err(error) };
    let mut r = Reader::with_options(input, options);
    // What is found out about ids: as much as there are, and no more than the message can hold.
    r.charge(IDS_COST.saturating_mul(atlas.len().min(input.len() / 4)));
    let mut walker = Walker::new(*atlas, work_for(input.len()), Translator::new(input, *atlas, options, known));
    match root {
        Root::Boxed => walker.any(&mut r),
        Root::Bare(id) => match atlas.entry(id) {
            Some(entry) => walker.combinator(&mut r, entry.index()),
            None => return Err(error),
        },
    }
    let length = r.offset();
    walker.visit.flush(&mut r, length);
    if let Err(other) = r.check() {
        // The first error says more, where both are about the same id.
        return Err(if other.is_drift() && other.offset() == error.offset() { error } else { other });
    }
    let Translator { out, pieces, kept, mut events, lost, mark, .. } = walker.visit;
    if lost.is_none() && events.is_empty() {
        return Err(error);
    }
    if lost.is_some() {
        error.set_recoverable();
    }
    events.sort_by_key(|event| event.offset);
    let lost = lost.map(|lost| Unread { reason: if lost.start == 0 { lost.reason } else { lost.around() }, error });
    Ok((Translation { input, out, pieces, kept, mark, atlas, report: DriftReport { events }, length }, lost))
}

/// Why a translation cannot be read: no value around one that the types do not know has room for it.
pub(crate) struct Unread {
    /// Why the outermost value cannot be one of the types.
    pub(crate) reason: NotAdapted,
    /// The error of reading the message itself, which is recoverable now.
    pub(crate) error: DecodeError,
}

/// A value without room for `Unknown`.
#[derive(Clone, Copy)]
struct Lost {
    id: u32,
    /// Where it begins.
    start: usize,
    reason: NotAdapted,
}

impl Lost {
    /// Why a value around it is kept.
    fn around(self) -> NotAdapted {
        NotAdapted::Within { id: self.id }
    }
}

struct Translator<'m> {
    input: &'m [u8],
    atlas: Atlas<'static>,
    known: Known,
    adapts: bool,
    /// The most bytes of output.
    limit: usize,
    out: Vec<u8>,
    /// How much of the input is in the output.
    copied: usize,
    pieces: Vec<Piece>,
    kept: Vec<Range<usize>>,
    events: Vec<DriftEvent>,
    mark: Mark,
    lost: Option<Lost>,
    /// How many values around this one are left out.
    left_out: u32,
    /// How many values around this one are adapted: their fields are moved when all of them are there.
    adapted: u32,
    /// What was found out about ids.
    carries: BTreeMap<u32, Result<Rc<Carry>, NotAdapted>>,
    /// How many entries were looked at for it, and are not yet counted.
    searched: usize,
    /// The memory that there may still be for it.
    room_for_carries: usize,
    /// Whether a type has room for `Unknown`.
    rooms: BTreeMap<u16, bool>,
}

/// How far the output is.
#[derive(Clone, Copy)]
struct State {
    out: usize,
    copied: usize,
    pieces: usize,
    kept: usize,
    events: usize,
}

impl Visit for Translator<'_> {
    fn value(w: &mut Walker<'_, Self>, r: &mut Reader<'_>, id: u32, index: usize, _: Option<u16>) {
        // What comes after a lost value goes with it.
        if w.visit.left_out > 0 || w.visit.lost.is_some() {
            return w.combinator(r, index);
        }
        let start = r.offset().saturating_sub(4);
        let before = w.visit.state();
        let (room, reason) = match w.visit.known.has_room(id) {
            Some(room) => {
                w.combinator(r, index);
                let Some(lost) = w.visit.lost else { return };
                (room, lost.around())
            }
            None => {
                let carry = w.visit.carry(r, id, index);
                if !w.spend_search(r) {
                    return;
                }
                let reason = match carry {
                    Ok((carry, lent)) => {
                        let mut left_out = FieldSet::default();
                        let adapted = adapt(w, r, &carry, start, &mut left_out);
                        drop(carry);
                        r.release(lent);
                        match adapted {
                            Ok(to) => return w.visit.event(r, id, start, DriftOutcome::Adapted { to }, left_out),
                            Err(reason) => reason,
                        }
                    }
                    Err(reason) => {
                        left_out(w, |w| w.combinator(r, index));
                        reason
                    }
                };
                let room = w.visit.has_room(index);
                w.spend_search(r);
                (room, reason)
            }
        };
        if !r.is_ok() {
            return;
        }
        w.visit.go_back(before);
        if room {
            w.visit.lost = None;
            w.visit.keep(r, start);
            w.visit.event(r, id, start, DriftOutcome::Kept(reason), FieldSet::default());
        } else if w.visit.lost.is_none() {
            w.visit.lost = Some(Lost { id, start, reason });
        }
    }

    /// Types of the schema hold such a value as bytes.
    fn opaque(w: &mut Walker<'_, Self>, r: &mut Reader<'_>) {
        left_out(w, |w| w.any(r));
    }
}

impl Walker<'_, Translator<'_>> {
    /// Counts the entries that were looked at as work, and says whether there may be more of it.
    fn spend_search(&mut self, r: &mut Reader<'_>) -> bool {
        let searched = core::mem::take(&mut self.visit.searched);
        self.spend(r, searched)
    }
}

/// Goes through what is copied as it is, or not at all.
fn left_out<'a, 'm>(w: &mut Walker<'a, Translator<'m>>, walk: impl FnOnce(&mut Walker<'a, Translator<'m>>)) {
    w.visit.left_out += 1;
    walk(w);
    w.visit.left_out -= 1;
}

/// Writes the value as one of the constructor that the types know, and gives its id. Fields that are there and are left out are
/// added to `left_out`.
fn adapt(
    w: &mut Walker<'_, Translator<'_>>,
    r: &mut Reader<'_>,
    carry: &Carry,
    start: usize,
    left_out: &mut FieldSet,
) -> Result<u32, NotAdapted> {
    w.visit.flush(r, start);
    let places = carry.source.len() * size_of::<Option<Range<usize>>>() + (carry.source.len() + 1) * size_of::<usize>();
    lend(r, places, |r| {
        let found = copy_fields(w, r, carry, left_out)?;
        let fields = w.visit.out.len().saturating_sub(found.base);
        // Both are there until the fields are those of the target.
        let copy = carry.most(fields) + 2 * carry.source.len() * size_of::<usize>();
        lend(r, copy, |r| put(w, r, carry, start, found, left_out)).unwrap_or(Ok(carry.id))
    })
    .unwrap_or(Ok(carry.id))
}

/// What `take` gives. While it runs as many bytes more are counted; if there may not be as many, the reader fails.
fn lend<T>(r: &mut Reader<'_>, bytes: usize, take: impl FnOnce(&mut Reader<'_>) -> T) -> Option<T> {
    if !r.charge(bytes) {
        return None;
    }
    let taken = take(r);
    r.release(bytes);
    Some(taken)
}

/// Where the fields of a value are in the output.
struct Found {
    /// Where the first one begins.
    base: usize,
    /// For each field from where to where it is, if it is there and taken.
    fields: Vec<Option<Range<usize>>>,
    /// Before each field, how many events there are.
    events: Vec<usize>,
}

/// Writes the fields that are taken, as they are.
fn copy_fields(
    w: &mut Walker<'_, Translator<'_>>,
    r: &mut Reader<'_>,
    carry: &Carry,
    left_out: &mut FieldSet,
) -> Result<Found, NotAdapted> {
    let base = w.visit.out.len();
    w.visit.adapted += 1;
    let mut words = Words::default();
    let mut fields = Vec::with_capacity(carry.source.len());
    let mut events = Vec::with_capacity(carry.source.len() + 1);
    if w.enter(r) {
        for (index, field) in carry.source.iter().enumerate() {
            events.push(w.visit.events.len());
            let is_there = match field.condition {
                None => true,
                Some(Condition { word, bit }) => match words.get(word) {
                    Some(word) => word >> bit & 1 == 1,
                    None => {
                        r.fail(DecodeErrorKind::BrokenAtlas);
                        break;
                    }
                },
            };
            if !is_there {
                if field.is_word() {
                    words.push(0);
                }
                fields.push(None);
                continue;
            }
            let is_taken = carry.takes(index);
            let begin = w.visit.out.len();
            w.visit.copied = r.offset();
            w.visit.left_out += u32::from(!is_taken);
            w.value(r, field.op, &mut { field.items }, &mut words);
            w.visit.left_out -= u32::from(!is_taken);
            if is_taken {
                w.visit.flush(r, r.offset());
            } else if !field.is_word() {
                left_out.insert(index);
            }
            fields.push(is_taken.then(|| begin.saturating_sub(base)..w.visit.out.len().saturating_sub(base)));
        }
    }
    w.leave();
    w.visit.adapted -= 1;
    events.push(w.visit.events.len());
    match w.visit.lost.take() {
        Some(lost) => Err(lost.around()),
        None => Ok(Found { base, fields, events }),
    }
}

/// Puts a value of the target in place of the fields, and gives its id.
fn put(
    w: &mut Walker<'_, Translator<'_>>,
    r: &mut Reader<'_>,
    carry: &Carry,
    start: usize,
    found: Found,
    left_out: &mut FieldSet,
) -> Result<u32, NotAdapted> {
    let Found { base, fields, events } = found;
    let mut dropped = Vec::new();
    let bytes = carry.write(w.visit.out.get(base..).unwrap_or_default(), &fields, &mut dropped)?;
    dropped.sort_unstable();
    for index in dropped.into_iter().rev() {
        left_out.insert(index);
        // What is within it is not there.
        if let (Some(&begin), Some(&end)) = (events.get(index), events.get(index + 1)) {
            w.visit.events.drain(begin..end);
        }
    }
    w.spend(r, carry.source.len() + bytes.len() / BYTES_PER_OPERATION);
    w.visit.out.truncate(base);
    if !w.visit.make_room(r, bytes.len()) {
        return Ok(carry.id);
    }
    w.visit.piece(start, false);
    w.visit.out.extend_from_slice(&bytes);
    w.visit.copied = r.offset();
    Ok(carry.id)
}

impl<'m> Translator<'m> {
    fn new(input: &'m [u8], atlas: Atlas<'static>, options: &DecodeOptions, known: &Known) -> Self {
        let is_free = |id: &u32| {
            known.has_room(*id).is_none() && ![ids::VECTOR, ids::BOOL_TRUE, ids::BOOL_FALSE, ids::TRUE].contains(id)
        };
        Self {
            input,
            known: *known,
            adapts: options.adapts(),
            limit: input.len().saturating_mul(4).saturating_add(SPARE),
            out: Vec::new(),
            copied: 0,
            pieces: Vec::new(),
            kept: Vec::new(),
            events: Vec::new(),
            mark: (0..=u32::MAX).rev().find(is_free).unwrap_or(0),
            lost: None,
            left_out: 0,
            adapted: 0,
            carries: BTreeMap::new(),
            searched: 0,
            room_for_carries: input.len().saturating_mul(2).saturating_add(SPARE),
            atlas,
            rooms: BTreeMap::new(),
        }
    }

    fn state(&self) -> State {
        State {
            out: self.out.len(),
            copied: self.copied,
            pieces: self.pieces.len(),
            kept: self.kept.len(),
            events: self.events.len(),
        }
    }

    fn go_back(&mut self, state: State) {
        self.out.truncate(state.out);
        self.copied = state.copied;
        self.pieces.truncate(state.pieces);
        self.kept.truncate(state.kept);
        self.events.truncate(state.events);
    }

    /// Copies the input up to this offset.
    fn flush(&mut self, r: &mut Reader<'_>, to: usize) {
        let bytes = self.input.get(self.copied..to).unwrap_or_default();
        if !bytes.is_empty() && self.make_room(r, bytes.len()) {
            self.piece(self.copied, true);
            self.out.extend_from_slice(bytes);
        }
        self.copied = to;
    }

    /// Makes room for more output, if there may be as much.
    fn make_room(&mut self, r: &mut Reader<'_>, bytes: usize) -> bool {
        let (length, capacity) = (self.out.len(), self.out.capacity());
        if length.saturating_add(bytes) > self.limit {
            r.fail(DecodeErrorKind::TooMuchDrift);
        } else if capacity - length < bytes {
            // For a moment both are there.
            let more = bytes.max(capacity.min(self.limit.saturating_sub(length)));
            if r.charge(capacity + more) {
                self.out.reserve_exact(more);
                r.release(capacity);
            }
        }
        r.is_ok()
    }

    /// Notes where the next bytes of the output come from.
    fn piece(&mut self, input: usize, is_copy: bool) {
        // Fields of a value that is adapted are moved.
        if self.adapted == 0 {
            self.pieces.push(Piece { output: self.out.len(), input, is_copy });
        }
    }

    /// Keeps the value that began at this offset.
    fn keep(&mut self, r: &mut Reader<'_>, start: usize) {
        let end = r.offset();
        self.flush(r, start);
        if !self.make_room(r, 2 * size_of::<u32>()) {
            return;
        }
        self.piece(start, false);
        let index = u32::try_from(self.kept.len()).unwrap_or(u32::MAX);
        self.kept.push(start..end);
        self.out.extend_from_slice(&self.mark.to_le_bytes());
        self.out.extend_from_slice(&index.to_le_bytes());
        self.copied = end;
    }

    fn event(&mut self, r: &mut Reader<'_>, id: u32, offset: usize, outcome: DriftOutcome, left_out: FieldSet) {
        if r.is_ok() && r.charge(super::COST) {
            self.events.push(DriftEvent { id, offset, outcome, left_out });
        }
    }

    /// How a value of this entry becomes one of the constructor of the same name and type that the types know, and how much memory to
    /// release after it.
    fn carry(&mut self, r: &mut Reader<'_>, id: u32, index: usize) -> Result<(Rc<Carry>, usize), NotAdapted> {
        if !self.adapts {
            return Err(NotAdapted::Off);
        }
        if let Some(found) = self.carries.get(&id) {
            return found.clone().map(|carry| (carry, 0));
        }
        let (entry, target, fields) = match self.find(index) {
            Ok(found) => found,
            Err(reason) => {
                self.carries.insert(id, Err(reason));
                return Err(reason);
            }
        };
        let cost = fields.cost();
        if !r.charge(cost) {
            return Err(NotAdapted::Layout);
        }
        let found = Carry::new(&entry, &target, fields).map(Rc::new);
        let kept = if found.is_ok() { cost } else { 0 };
        r.release(cost - kept);
        // What takes too much room is found out each time.
        let Some(left) = self.room_for_carries.checked_sub(kept) else {
            return found.map(|carry| (carry, kept));
        };
        self.room_for_carries = left;
        self.carries.insert(id, found.clone());
        found.map(|carry| (carry, 0))
    }

    fn find(&mut self, index: usize) -> Result<(Entry<'static>, Entry<'static>, Fields), NotAdapted> {
        self.searched += self.atlas.len();
        let entry = self.atlas.entry_at(index);
        let name = entry.name_offset().ok_or(NotAdapted::NoNames)?;
        let is_same = |other: &Entry<'_>| {
            other.ty() == entry.ty() && other.name_offset() == Some(name) && self.known.has_room(other.id()).is_some()
        };
        let target = self.atlas.entries().find(is_same).ok_or(NotAdapted::NewConstructor)?;
        let fields = Fields::of(&entry, &target)?;
        Ok((entry, target, fields))
    }

    /// Whether the type of the entry has room for `Unknown`.
    fn has_room(&mut self, index: usize) -> bool {
        let (atlas, known) = (self.atlas, self.known);
        let Some(ty) = atlas.entry_at(index).ty() else { return false };
        let searched = &mut self.searched;
        *self.rooms.entry(ty).or_insert_with(|| {
            *searched += atlas.len();
            let mut same = atlas.entries().filter(|other| other.ty() == Some(ty));
            same.find_map(|other| known.has_room(other.id())).unwrap_or(false)
        })
    }
}
