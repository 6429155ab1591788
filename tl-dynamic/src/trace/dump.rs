//! Rows -> lines for people: offset, bytes, name, type, value.

use std::collections::HashMap;
use std::fmt::Write as _;

use tlgen_model::schema::{Combinator, Param};
use tlgen_model::view::Declaration;

use super::row::{Fit, Row, RowKind, Slot, Trace};
use crate::hex;
use crate::value::Value;

/// How many bytes a line shows.
const BYTES: usize = 16;

/// How many columns the bytes have: two digits each, and a blank after every four.
const COLUMNS: usize = BYTES * 2 + BYTES / 4;

/// How deep a line is indented at most.
const MAX_INDENT: usize = 40;

/// What an annotated dump looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How many columns a line has at most; lines are not made narrower than 60.
    pub width: usize,
    /// Whether there are colours, as escape sequences of terminals.
    pub color: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 120, color: false }
    }
}

#[derive(Clone, Copy)]
enum Ink {
    Offset,
    Bytes,
    Name,
    Type,
    Value,
    Wrong,
}

impl Ink {
    fn on(self) -> &'static str {
        match self {
            Self::Offset | Self::Type => "\x1b[2m",
            Self::Bytes => "\x1b[36m",
            Self::Name => "\x1b[1m",
            Self::Value => "\x1b[32m",
            Self::Wrong => "\x1b[1m\x1b[91m",
        }
    }
}

impl<'s> Trace<'s> {
    /// The rows as text: a line for each, with its offset and its bytes, then its name, type and value as deep as it stands. Of
    /// long values only the beginning is shown.
    ///
    /// `bytes` are those that were traced.
    #[must_use]
    pub fn dump(&self, bytes: &[u8], look: Look) -> String {
        let digits = bytes.len().to_string().len().max(4);
        let mut dump = Dump { look, digits, types: Types::default(), out: String::new() };
        for row in &self.rows {
            dump.row(row, bytes);
        }
        dump.out
    }
}

/// Types of fields as the schema has them.
#[derive(Default)]
pub(crate) struct Types<'s>(HashMap<&'s str, Declaration<'s>>);

impl<'s> Types<'s> {
    /// The type of a field, with its condition.
    pub(crate) fn of(&mut self, owner: Option<&'s Combinator>, param: &'s Param) -> Option<String> {
        let owner = owner?;
        // A constructor and a function may have one name, but not one declaration.
        self.0.entry(&owner.declaration).or_insert_with(|| Declaration::of(owner)).type_of(param)
    }
}

struct Dump<'s> {
    look: Look,
    digits: usize,
    types: Types<'s>,
    out: String,
}

/// Pieces of a line with their colours.
type Pieces = Vec<(Ink, String)>;

impl<'s> Dump<'s> {
    fn row(&mut self, row: &Row<'s>, bytes: &[u8]) {
        let mut pieces = Pieces::new();
        let own = &bytes[row.bytes.clone()];
        match &row.kind {
            RowKind::Fault { kind, offset, path, fits } => {
                let path = path.to_string();
                let path = if path.is_empty() { path } else { format!(" in {path}") };
                self.wrong(row, &format!("^ {kind} at byte {offset}{path}"));
                if !fits.is_empty() {
                    self.wrong(row, &format!("  would fit: {}", fits.iter().map(fit).collect::<Vec<_>>().join(", ")));
                }
                return;
            }
            RowKind::Hole => {
                let length = own.len();
                let text = if length == 1 { "1 byte means".to_owned() } else { format!("{length} bytes mean") };
                pieces.push((Ink::Wrong, format!("{text} nothing")));
            }
            kind => {
                self.slot(row, &mut pieces);
                said(row, kind, &mut pieces);
            }
        }
        // Nothing is known of a hole but its bytes, so all are shown.
        let shown = if matches!(row.kind, RowKind::Hole) { own.len() } else { own.len().min(BYTES) };
        let left = own.len() - shown;
        if left > 0 {
            pieces.push((Ink::Type, format!("  ({} bytes)", own.len())));
        }
        let mut chunks = own[..shown].chunks(BYTES);
        self.line(row.bytes.start, chunks.next().unwrap_or_default(), row.depth, &pieces, left > 0);
        for (index, chunk) in chunks.enumerate() {
            self.line(row.bytes.start + (index + 1) * BYTES, chunk, 0, &Pieces::new(), false);
        }
    }

    /// The name and the type of the place of a row.
    fn slot(&mut self, row: &Row<'s>, pieces: &mut Pieces) {
        match row.slot {
            Slot::Root => {}
            Slot::Found => pieces.push((Ink::Wrong, "found: ".to_owned())),
            Slot::Item(index) => pieces.push((Ink::Name, format!("[{index}] "))),
            Slot::Field { of, params, index } => {
                let Some(param) = params.get(index) else { return };
                let name = param.name.as_deref().map_or_else(|| index.to_string(), str::to_owned);
                pieces.push((Ink::Name, name));
                let ty = self.types.of(of, param);
                pieces.push((Ink::Type, ty.map_or_else(|| " ".to_owned(), |ty| format!(": {ty} "))));
            }
        }
    }

    fn wrong(&mut self, row: &Row<'s>, text: &str) {
        // What is wrong is said in full, on as many lines as it takes.
        let indent = (row.depth * 2).min(MAX_INDENT);
        let room = self.look.width.max(60).saturating_sub(self.digits + 2 + COLUMNS + indent).max(30);
        let mut lines = vec![String::new()];
        for word in text.split_inclusive(' ') {
            let last = lines.last().map_or(0, |last| last.chars().count());
            if last + word.trim_end().chars().count() > room && last > 2 {
                lines.push("  ".to_owned());
            }
            lines.last_mut().expect("there is a line").push_str(word);
        }
        for line in lines {
            let blank = self.digits + 2 + COLUMNS + indent;
            self.out.extend(std::iter::repeat_n(' ', blank));
            self.ink(Ink::Wrong, line.trim_end());
            self.out.push('\n');
        }
    }

    fn line(&mut self, offset: usize, bytes: &[u8], depth: usize, pieces: &Pieces, is_cut: bool) {
        let offset = if bytes.is_empty() { String::new() } else { offset.to_string() };
        self.ink(Ink::Offset, &format!("{offset:>width$}  ", width = self.digits));
        let mut groups: Vec<String> = bytes.chunks(4).map(hex::encode).collect();
        if is_cut && let Some(last) = groups.last_mut() {
            last.truncate(6);
            last.push_str("..");
        }
        self.ink(Ink::Bytes, &format!("{:<COLUMNS$}", groups.join(" ")));
        let indent = (depth * 2).min(MAX_INDENT);
        self.out.extend(std::iter::repeat_n(' ', indent));
        let mut left = self.look.width.max(60).saturating_sub(self.digits + 2 + COLUMNS + indent);
        for (ink, text) in pieces {
            let count = text.chars().count();
            if count > left {
                let short: String = text.chars().take(left.saturating_sub(3)).chain("...".chars()).collect();
                self.ink(*ink, &short);
                break;
            }
            self.ink(*ink, text);
            left -= count;
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    fn ink(&mut self, ink: Ink, text: &str) {
        if self.look.color && !text.trim().is_empty() {
            _ = write!(self.out, "{}{text}\x1b[0m", ink.on());
        } else {
            self.out.push_str(text);
        }
    }
}

fn fit(fit: &Fit) -> String {
    let bits = if fit.bits == 1 { "1 bit".to_owned() } else { format!("{} bits", fit.bits) };
    format!("{} ({:08x}, other in {bits})", fit.name, fit.id)
}

/// What a row is, after its name.
fn said(row: &Row<'_>, kind: &RowKind<'_>, pieces: &mut Pieces) {
    let items = |count: u32| if count == 1 { "1 item".to_owned() } else { format!("{count} items") };
    match kind {
        RowKind::Object(combinator) => pieces.push((Ink::Name, combinator.name.to_string())),
        RowKind::Vector { count } | RowKind::Repeat { count } => pieces.push((Ink::Value, items(*count))),
        RowKind::Value(value) => {
            pieces.push((Ink::Value, format!("= {}", shown(value))));
            if let (Value::Nat(word), Slot::Field { params, index, .. }) = (value, row.slot) {
                let set = set_bits(*word, params, index);
                if !set.is_empty() {
                    pieces.push((Ink::Type, format!(" ({})", set.join(", "))));
                }
            }
        }
        RowKind::Record | RowKind::Fault { .. } | RowKind::Hole => {}
    }
}

/// The names of the fields that a word says are there.
pub(crate) fn set_bits(word: u32, params: &[Param], index: usize) -> Vec<&str> {
    use tlgen_model::schema::NatRef;
    let is_meant = |nat: NatRef| matches!(nat, NatRef::Param(at) | NatRef::Field(at) if at as usize == index);
    let set = params
        .iter()
        .filter(|param| param.condition.is_some_and(|found| is_meant(found.word) && word >> found.bit & 1 == 1));
    set.filter_map(|param| param.name.as_deref()).collect()
}

/// A value without parts.
fn shown(value: &Value) -> String {
    match value {
        Value::Nat(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Long(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Double(value) => format!("{value:?}"),
        Value::Bool(value) => value.to_string(),
        Value::True => "true".to_owned(),
        Value::Text(text) => format!("{text:?}"),
        Value::Bytes(bytes) | Value::Raw(bytes) => hex::encode(bytes),
        Value::List(_) | Value::Record(_) | Value::Object(_) => String::new(),
    }
}
