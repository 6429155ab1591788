//! The table of wire layouts: what each constructor is on the wire, as generated code reads it.
//!
//! `tlgen_runtime::view` describes the format and reads it.

use std::collections::{BTreeMap, HashMap};

use super::{Place, op};
use crate::ir::{BitRef, Boxed, Codec, Count, Enum, ItemPath, RustType, Step, Struct, counting_fields, fixed_size};

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layouts {
    /// The ids of the constructors. Those of an enum are side by side and ascending.
    pub ids: Vec<u32>,
    /// Where in the steps each begins; above that, how many words a value takes and one more, if it is always the same.
    pub starts: Vec<u32>,
    /// For each enum twice the index of its first constructor, and one more if it counts towards the depth limit; then the end.
    pub types: Vec<u32>,
    /// The steps.
    pub steps: Vec<u32>,
    /// The names of constructors, then those of enums.
    pub names: Vec<String>,
}

/// The table while it is made.
pub(super) struct Table<'a> {
    out: Layouts,
    enums: BTreeMap<&'a ItemPath, (u32, &'a Enum)>,
    /// Structs by their paths, and by the paths of the types that they are alone in.
    structs: BTreeMap<&'a ItemPath, (u32, &'a Struct)>,
    /// Equal layouts are there once.
    known: HashMap<Vec<u32>, u32>,
}

impl<'a> Table<'a> {
    pub(super) fn new(types: &'a [Boxed], items: &[&'a Struct]) -> Self {
        let mut out = Layouts::default();
        let (mut type_names, mut enums, mut structs) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        let by_path: BTreeMap<&ItemPath, &'a Struct> = items.iter().map(|item| (&item.path, *item)).collect();
        let add = |out: &mut Layouts, id: u32, name: &str| {
            out.ids.push(id);
            out.names.push(name.to_owned());
            index(out.ids.len() - 1)
        };
        for ty in types {
            let Boxed::Enum(item) = ty else { continue };
            enums.insert(&item.path, (index(out.types.len()), item));
            out.types.push(2 * index(out.ids.len()) + u32::from(item.counts_depth));
            type_names.push(item.tl_name.clone());
            let mut variants: Vec<_> = item.variants.iter().collect();
            variants.sort_by_key(|variant| variant.id);
            for variant in variants {
                let at = add(&mut out, variant.id, &variant.tl_name);
                if let Some((path, item)) = variant.item.as_ref().and_then(|path| by_path.get_key_value(path)) {
                    structs.insert(*path, (at, *item));
                }
            }
        }
        out.types.push(2 * index(out.ids.len()));
        for item in items {
            if !structs.contains_key(&item.path) {
                let at = add(&mut out, item.id, &item.tl_name);
                structs.insert(&item.path, (at, *item));
            }
        }
        for ty in types {
            if let Boxed::Alias { path, target } = ty
                && let Some(found) = structs.get(target).copied()
            {
                structs.insert(path, found);
            }
        }
        out.names.append(&mut type_names);
        // A constructor without fields has no struct, and ends where it begins.
        out.steps.push(op::END);
        out.starts = vec![fixed_bytes(&out.steps); out.ids.len()];
        Self { out, enums, structs, known: HashMap::from([(vec![op::END], 0)]) }
    }

    pub(super) fn finish(self) -> Layouts {
        self.out
    }

    /// The index of an enum.
    pub(super) fn type_index(&self, path: &ItemPath) -> u32 {
        self.enums.get(path).map_or(0, |(index, _)| *index)
    }

    /// Adds the layout of a struct, and says its index and where its fields are; `None` where it has too many words.
    pub(super) fn layout(&mut self, item: &Struct) -> Option<(u32, Vec<Option<Place>>)> {
        let mut layout = Layout {
            table: self,
            item,
            out: Vec::new(),
            words: HashMap::new(),
            word_steps: HashMap::new(),
            counting: counting_fields(item),
            places: vec![None; item.fields.len()],
        };
        let enters = item.counts_depth.then(|| level(item, &layout.counting));
        // Where shortcuts are, and the number of steps when each is over.
        let mut shortcuts: Vec<(usize, usize)> = Vec::new();
        let (mut in_run, mut texts_end) = (0, 0);
        for (at, step) in item.steps.iter().enumerate() {
            if enters == Some(at) {
                layout.step(op::ENTER, None, 0);
            }
            let run = layout.run(&item.steps[at..]);
            if run.count >= MIN_GATE && in_run % GATE_DISTANCE == 0 {
                shortcuts.push((layout.out.len(), at + run.length));
                layout.shortcut(op::GATE, &run);
            }
            let texts = layout.texts(&item.steps[at..]);
            if texts.count >= MIN_TEXTS && at >= texts_end {
                texts_end = at + texts.length;
                shortcuts.push((layout.out.len(), texts_end));
                layout.shortcut(op::TEXTS, &texts);
            }
            match run.count {
                0 => in_run = 0,
                _ if matches!(step, Step::Flag { .. }) => {}
                _ => in_run += 1,
            }
            layout.add(step);
            // How long a shortcut is is known when it is over.
            shortcuts.retain(|(start, end)| {
                if *end == at + 1 {
                    layout.out[start + 2] = index(layout.out.len() - start);
                }
                *end != at + 1
            });
        }
        if enters == Some(item.steps.len()) {
            layout.step(op::ENTER, None, 0);
        }
        layout.step(op::END, None, 0);
        let Layout { out, words, places, .. } = layout;
        if words.len() > op::WORDS {
            return None;
        }
        let size = fixed_bytes(&out);
        let steps = &mut self.out.steps;
        let mut add = |out: &[u32]| {
            let start = index(steps.len());
            steps.extend_from_slice(out);
            start
        };
        // The layout of a recursive constructor leads back to it, for its name.
        let start = match enters {
            Some(_) => add(&out),
            None => *self.known.entry(out).or_insert_with_key(|out| add(out)),
        };
        let (at, _) = self.structs.get(&item.path).copied()?;
        if let Some(place) = self.out.starts.get_mut(at as usize) {
            *place = start | size;
        }
        Some((at, places))
    }

    /// The least number of bytes of a value in its plain form.
    fn min_size(&self, ty: &RustType) -> u32 {
        match ty {
            RustType::I64 | RustType::F64 | RustType::Vec(_) => 8,
            RustType::Array(len) => *len,
            RustType::Unit => 0,
            RustType::Item(path) => match (self.enums.get(path), self.structs.get(path)) {
                (Some((_, item)), _) => item.min_size,
                (None, Some((_, item))) => boxed_min(item),
                (None, None) => 4,
            },
            _ => 4,
        }
    }

    /// The least size of an item as the table has it.
    fn least(&self, min: u32, item: &RustType) -> u32 {
        if min == 0 { op::EMPTY | self.pointers(item) } else { min }
    }

    /// How many pointers a type without bytes is large in memory: it can only hold vectors without items.
    fn pointers(&self, ty: &RustType) -> u32 {
        match ty {
            RustType::Vec(_) => 3,
            RustType::Item(path) => {
                let fields = self.structs.get(path).map_or(&[][..], |(_, item)| &item.fields);
                fields.iter().map(|field| self.pointers(&field.ty)).sum()
            }
            _ => 0,
        }
    }
}

/// The least number of bytes of a constructor with its id.
pub(super) fn boxed_min(item: &Struct) -> u32 {
    if item.unknown { 4 } else { 4 + item.min_size }
}

/// Where a recursive constructor begins its level: the step before which generated code calls `enter`. It does so after the words
/// before the first field, and after that field if it is a word that is needed again and is not read in a run.
fn level(item: &Struct, counting: &BTreeMap<usize, String>) -> usize {
    let is_hidden = |step: &Step| matches!(step, Step::Word { kept: None, .. } | Step::Length { .. });
    let first = item.steps.iter().position(|step| !is_hidden(step)).unwrap_or(item.steps.len());
    let Some(step) = item.steps.get(first) else { return first };
    let is_variable = match step {
        Step::Word { kept: Some(_), .. } => true,
        Step::Value { field, .. } => counting.contains_key(field),
        _ => false,
    };
    let mut after = item.steps[first + 1..].iter().filter(|step| !matches!(step, Step::Flag { .. }));
    let is_run = after.next().is_some_and(|next| fixed_size(next, item).is_some());
    first + usize::from(is_variable && !is_run)
}

/// What the place of a layout says of its size: how many words its values take and one more, above the place itself, if they
/// always take as many and hold whatever they hold.
fn fixed_bytes(steps: &[u32]) -> u32 {
    let mut bytes = 0;
    for step in steps {
        match (step & (op::CONDITION | 31), step >> op::OPERAND_SHIFT) {
            (op::END, _) => {}
            (op::FIXED, size) => bytes += size,
            _ => return 0,
        }
    }
    let words = bytes / 4 + 1;
    if words < 1 << (32 - op::START_BITS) { words << op::START_BITS } else { 0 }
}

/// A gate leaves out at least as many steps.
const MIN_GATE: usize = 3;

/// After as many steps of a run comes the next gate.
const GATE_DISTANCE: usize = 4;

/// As many texts side by side are worth a step that goes over all of them.
const MIN_TEXTS: usize = 3;

/// Steps side by side that are there by the bits of one word.
#[derive(Default)]
struct Run {
    word: String,
    mask: u32,
    /// How many have bytes.
    count: usize,
    /// All of them, up to the last one that has bytes.
    length: usize,
}

/// The layout of one struct while it is made.
struct Layout<'t, 'a> {
    table: &'t Table<'a>,
    item: &'t Struct,
    out: Vec<u32>,
    /// The words by the names of their variables, in the order in which they are read.
    words: HashMap<String, usize>,
    /// Where the steps of the words are.
    word_steps: HashMap<String, u32>,
    counting: BTreeMap<usize, String>,
    places: Vec<Option<Place>>,
}

impl Layout<'_, '_> {
    fn add(&mut self, step: &Step) {
        match step {
            Step::Word { local, declared, kept, condition, .. } => {
                let place = index(self.out.len());
                match kept {
                    None => {
                        self.step(op::WORD, condition.as_ref(), 0);
                        self.out.push(*declared);
                    }
                    Some(field) => {
                        self.step(op::KEPT, condition.as_ref(), 0);
                        self.places[*field] = Some(Place::Step(place));
                    }
                }
                self.word_steps.insert(local.clone(), place);
                self.name(local);
            }
            Step::Length { local, .. } => {
                self.step(op::LENGTH, None, 0);
                self.name(local);
            }
            Step::Flag { field, condition } => {
                let step = self.word_steps.get(&condition.word).copied().unwrap_or(0);
                self.places[*field] = Some(Place::Flag { step, bit: condition.bit });
            }
            Step::Value { field, codec, condition } => {
                self.places[*field] = Some(Place::Step(index(self.out.len())));
                if let Some(local) = self.counting.get(field).cloned() {
                    self.step(op::KEPT, condition.as_ref(), 0);
                    self.name(&local);
                    return;
                }
                let ty = self.field_type(*field);
                let start = self.out.len();
                self.value(codec, &ty, condition.as_ref());
                let length = index(self.out.len() - start);
                if condition.is_some() && length <= op::MAX_LENGTH {
                    self.out[start] |= length << op::LENGTH_SHIFT;
                }
            }
        }
    }

    /// A step that goes over those of a run at once. How many words these take is not known yet.
    fn shortcut(&mut self, op: u32, run: &Run) {
        let word = self.word(&run.word);
        self.step(op, None, word);
        self.out.extend([run.mask, 0]);
    }

    /// The run that begins with these steps.
    fn run(&self, steps: &[Step]) -> Run {
        self.run_of(steps, |_| true)
    }

    /// The same of texts, each with a bit of its own.
    fn texts(&self, steps: &[Step]) -> Run {
        let mut bits = 0u32;
        self.run_of(steps, |step| {
            let Step::Value { field, codec: Codec::Plain, condition: Some(BitRef { bit, .. }) } = step else {
                return false;
            };
            let is_new = bits >> bit & 1 == 0;
            bits |= 1 << bit;
            is_new && matches!(self.field_type(*field), RustType::String(_) | RustType::Str(_))
        })
    }

    fn run_of(&self, steps: &[Step], mut belongs: impl FnMut(&Step) -> bool) -> Run {
        let mut run = Run::default();
        for (at, step) in steps.iter().enumerate() {
            match step {
                Step::Flag { .. } => {}
                Step::Value { field, condition: Some(BitRef { word, bit }), .. }
                    if !self.counting.contains_key(field) && (run.count == 0 || run.word == *word) && belongs(step) =>
                {
                    run.word.clone_from(word);
                    run.mask |= 1 << bit;
                    run.count += 1;
                    run.length = at + 1;
                }
                _ => break,
            }
        }
        run
    }

    fn field_type(&self, field: usize) -> RustType {
        self.item.fields.get(field).map_or(RustType::Unit, |field| field.ty.clone())
    }

    /// Gives a word that was read its number.
    fn name(&mut self, local: &str) {
        let number = self.words.len();
        self.words.insert(local.to_owned(), number);
    }

    fn word(&self, local: &str) -> u32 {
        self.words.get(local).map_or(0, |word| index(*word))
    }

    fn step(&mut self, op: u32, condition: Option<&BitRef>, operand: u32) {
        // Names of words are refused beyond the last one that a step can name.
        let condition = condition.map_or(0, |condition| {
            let word = self.word(&condition.word) % index(op::WORDS);
            op::CONDITION | u32::from(condition.bit) << 6 | word << 11
        });
        if operand < op::LARGE {
            self.out.push(op | condition | operand << op::OPERAND_SHIFT);
        } else {
            self.out.extend([op | condition | op::LARGE << op::OPERAND_SHIFT, operand]);
        }
    }

    /// A value: its step, what belongs to it, and the step of its items.
    fn value(&mut self, codec: &Codec, ty: &RustType, condition: Option<&BitRef>) {
        let item = match ty {
            RustType::Vec(item) => item,
            other => other,
        };
        match codec {
            Codec::Plain => self.plain(ty, condition),
            Codec::LossyText => self.step(op::LOSSY, condition, 0),
            Codec::Bare => {
                let constructor = self.constructor(ty);
                self.step(op::BARE, condition, constructor);
            }
            Codec::WithId { id, name, lossy } => {
                let builtin = op::BUILTIN.iter().position(|builtin| builtin == name).map_or(0, index);
                self.step(op::WITH_ID, condition, builtin);
                self.out.push(*id);
                match ty {
                    RustType::Unit => self.step(op::FIXED, None, 0),
                    _ if *lossy => self.step(op::LOSSY, None, 0),
                    _ => self.plain(ty, None),
                }
            }
            Codec::Vector { boxed, item: codec, item_min } => {
                self.step(if *boxed { op::VECTOR } else { op::VECTOR_BARE }, condition, 0);
                // A plain item is read as its type says.
                let min = if **codec == Codec::Plain && !boxed { self.table.min_size(item) } else { *item_min };
                self.out.push(self.table.least(min, item));
                self.value(codec, item, None);
            }
            Codec::Repeat { count, item: codec, item_min } => {
                let number = match count {
                    Count::Const(count) => {
                        self.step(op::REPEAT, condition, 0);
                        *count
                    }
                    Count::Field { local, plus, .. } => {
                        let word = self.word(local);
                        self.step(op::REPEAT_WORD, condition, word);
                        *plus
                    }
                };
                let min = if **codec == Codec::Plain { self.table.min_size(item) } else { *item_min };
                self.out.extend([number, self.table.least(min, item)]);
                self.value(codec, item, None);
            }
            Codec::Sized { local } => {
                let word = self.word(local);
                self.step(op::SIZED, condition, word);
            }
            Codec::Nothing => self.step(op::FIXED, condition, 0),
        }
    }

    /// A value in the form that its Rust type says.
    fn plain(&mut self, ty: &RustType, condition: Option<&BitRef>) {
        match ty {
            RustType::I32 | RustType::U32 | RustType::F32 => self.step(op::FIXED, condition, 4),
            RustType::I64 | RustType::F64 => self.step(op::FIXED, condition, 8),
            RustType::Array(len) => self.step(op::FIXED, condition, *len),
            RustType::Bool => self.step(op::BOOL, condition, 0),
            RustType::String(_) | RustType::Str(_) => self.step(op::TEXT, condition, 0),
            RustType::Bytes | RustType::Slice => self.step(op::BYTES, condition, 0),
            RustType::Vec(item) => {
                self.step(op::VECTOR, condition, 0);
                self.out.push(self.table.least(self.table.min_size(item), item));
                self.plain(item, None);
            }
            RustType::Item(path) | RustType::BorrowedItem(path) => match self.table.enums.get(path) {
                Some((index, _)) => self.step(op::BOXED, condition, *index),
                None => {
                    let constructor = self.constructor(ty);
                    self.step(op::ONE, condition, constructor);
                }
            },
            RustType::Object => self.step(op::OBJECT, condition, 0),
            RustType::True => self.step(op::TRUE, condition, 0),
            // These are in results only, or in functions around others, which have no view.
            RustType::Unit | RustType::Generic(_) | RustType::ReturnOf(_) | RustType::Boxed(..) | RustType::Bare(_) => {
                self.step(op::FIXED, condition, 0);
            }
        }
    }

    fn constructor(&self, ty: &RustType) -> u32 {
        match ty {
            RustType::Item(path) => self.table.structs.get(path).map_or(0, |(index, _)| *index),
            _ => 0,
        }
    }
}

/// An index or a length as the table has it. A schema with so many declarations would not fit into memory.
fn index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
