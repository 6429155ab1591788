//! Rows -> text.
//!
//! Every row is written so that its own bytes come out of the text: what has no other form is digits. Thus the whole text makes the
//! whole bytes, whatever the rows say.

use std::fmt::Write as _;

use crate::codec::Codec;
use crate::error::field_name;
use crate::hex;
use crate::trace::{Row, RowKind, Slot, Trace, set_bits};
use crate::value::Value;
use crate::wire;

/// How many bytes without meaning are on a line.
const CHUNK: usize = 32;

/// `counted`: every count is written.
pub(super) fn print(codec: &Codec<'_>, trace: &Trace<'_>, bytes: &[u8], counted: bool) -> String {
    let mut printer =
        Printer { codec, rows: &trace.rows, bytes, open: Vec::new(), body: None, counted, out: String::new() };
    for index in 0..trace.rows.len() {
        printer.row(index);
    }
    printer.close(0);
    printer.out
}

/// Bytes without any meaning.
pub(super) fn digits(bytes: &[u8]) -> String {
    bytes.chunks(CHUNK).map(|chunk| format!("`{}`\n", hex::encode(chunk))).collect()
}

/// A group that was opened.
struct Open {
    depth: usize,
    mark: char,
    is_list: bool,
}

struct Printer<'t> {
    codec: &'t Codec<'t>,
    rows: &'t [Row<'t>],
    bytes: &'t [u8],
    open: Vec<Open>,
    /// The row that is in the length that was opened last.
    body: Option<usize>,
    counted: bool,
    out: String,
}

impl<'t> Printer<'t> {
    /// Ends the groups that a row of this depth is not in.
    fn close(&mut self, depth: usize) {
        while let Some(open) = self.open.pop_if(|open| open.depth >= depth) {
            self.begin();
            self.out.push(open.mark);
            self.out.push('\n');
        }
    }

    fn begin(&mut self) {
        self.out.extend(std::iter::repeat_n("    ", self.open.len()));
    }

    fn line(&mut self, text: &str) {
        self.begin();
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn own(&self, row: &Row<'_>) -> &'t [u8] {
        &self.bytes[row.bytes.clone()]
    }

    fn row(&mut self, index: usize) {
        let row: &'t Row<'t> = &self.rows[index];
        let own = self.own(row);
        if let RowKind::Fault { kind, offset, .. } = &row.kind {
            return self.line(&format!("// {kind} at byte {offset}"));
        }
        if self.body.take_if(|body| *body == index).is_none() {
            self.close(row.depth);
        }
        let is_item = self.open.last().is_some_and(|open| open.is_list);
        let label = label(row);
        match &row.kind {
            RowKind::Fault { .. } => {}
            RowKind::Hole => {
                for chunk in own.chunks(CHUNK) {
                    self.line(&format!("`{}`", hex::encode(chunk)));
                }
            }
            RowKind::Value(Value::Int(length)) if self.measures(index, *length) => {
                self.line(&format!("{label}len("));
                self.open.push(Open { depth: row.depth, mark: ')', is_list: false });
                self.body = Some(index + 1);
            }
            RowKind::Value(value) => match self.value(value, own, row) {
                (Some(text), note) => self.line(&format!("{label}{text}{note}")),
                // What has no bytes is still an item of a list.
                (None, _) if is_item => self.line("{}"),
                (None, note) => self.line(&format!("// {label}{}", note.trim_start_matches(" // "))),
            },
            RowKind::Object(combinator) => {
                let name = combinator.name.full();
                let (head, note) = match *own {
                    [] => (String::new(), format!(" // {name}")),
                    [a, b, c, d] => {
                        let id = u32::from_le_bytes([a, b, c, d]);
                        match self.codec.id_of(name) {
                            Some(known) if known == id => (format!("{name} "), String::new()),
                            _ if id == combinator.id => (format!("#{id:08x} "), format!(" // {name}")),
                            _ => (format!("#{id:08x} "), format!(" // read as {name}")),
                        }
                    }
                    _ => (format!("`{}` ", hex::encode(own)), format!(" // {name}")),
                };
                if self.is_empty(index) && own.len() == 4 {
                    return self.line(&format!("{label}{}{note}", head.trim_end()));
                }
                self.line(&format!("{label}{head}{{{note}"));
                self.open.push(Open { depth: row.depth, mark: '}', is_list: false });
            }
            RowKind::Vector { .. } => {
                let (id, count) = own.split_at(own.len().saturating_sub(4));
                let written = count.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
                let id = match *id {
                    [] => String::new(),
                    [a, b, c, d] => match u32::from_le_bytes([a, b, c, d]) {
                        id if self.codec.id_of("vector") == Some(id) => "vector ".to_owned(),
                        id => format!("#{id:08x} "),
                    },
                    _ => format!("`{}` ", hex::encode(id)),
                };
                if count.len() < 4 {
                    // Cut off within the count: its bytes, and a group without any.
                    self.line(&format!("{label}{id}`{}` {{", hex::encode(count)));
                    self.open.push(Open { depth: row.depth, mark: '}', is_list: false });
                    return;
                }
                let items = self.items(index);
                let count =
                    if items == u64::from(written) && !self.counted { String::new() } else { format!("{written}*") };
                if self.is_empty(index) {
                    return self.line(&format!("{label}{id}{count}[]"));
                }
                self.line(&format!("{label}{id}{count}["));
                self.open.push(Open { depth: row.depth, mark: ']', is_list: true });
            }
            RowKind::Repeat { .. } | RowKind::Record => {
                if !own.is_empty() {
                    self.line(&format!("`{}`", hex::encode(own)));
                }
                if self.is_empty(index) {
                    return self.line(&format!("{label}{{}}"));
                }
                self.line(&format!("{label}{{"));
                self.open.push(Open { depth: row.depth, mark: '}', is_list: false });
            }
        }
    }

    /// The rows in a group.
    fn inside(&self, index: usize) -> impl Iterator<Item = &'t Row<'t>> + use<'t> {
        let (rows, depth) = (self.rows, self.rows[index].depth);
        let is_fault = |row: &&Row<'_>| matches!(row.kind, RowKind::Fault { .. });
        rows[index + 1..].iter().filter(move |row| !is_fault(row)).take_while(move |row| row.depth > depth)
    }

    fn is_empty(&self, index: usize) -> bool {
        self.inside(index).next().is_none()
    }

    /// Whether a row says how many bytes the next one has with all that is in it.
    fn measures(&self, index: usize, length: i32) -> bool {
        let (row, Some(body)) = (&self.rows[index], self.rows.get(index + 1)) else { return false };
        let (Slot::Field { of: Some(of), index: at, .. }, Slot::Field { index: next, .. }) = (row.slot, body.slot)
        else {
            return false;
        };
        let is_stated = self.codec.by_name(of.name.full()).and_then(|idx| self.codec.envelope(idx));
        let is_stated = is_stated.is_some_and(|envelope| envelope.length == at && envelope.body == next);
        let end = self.inside(index + 1).last().unwrap_or(body).bytes.end;
        is_stated && row.depth == body.depth && usize::try_from(length) == Ok(end - body.bytes.start)
    }

    /// How many items an assembler counts in a list.
    fn items(&self, index: usize) -> u64 {
        let depth = self.rows[index].depth;
        let mut counted = 0;
        // The depth of the group that is open: what is in it is no item.
        let mut inner: Option<usize> = None;
        for (at, row) in self.rows.iter().enumerate().skip(index + 1) {
            if matches!(row.kind, RowKind::Fault { .. }) || inner.is_some_and(|inner| row.depth > inner) {
                continue;
            }
            if row.depth <= depth {
                break;
            }
            inner = Some(row.depth).filter(|_| !self.is_empty(at));
            let length = self.own(row).len();
            counted += match row.kind {
                RowKind::Hole => length.div_ceil(CHUNK) as u64,
                RowKind::Value(_) | RowKind::Fault { .. } => 1,
                RowKind::Object(_) => 1 + u64::from(!matches!(length, 0 | 4)),
                RowKind::Vector { .. } => 1 + u64::from(!matches!(length, 4 | 8)),
                RowKind::Repeat { .. } | RowKind::Record => 1 + u64::from(length > 0),
            };
        }
        counted
    }

    /// The text of a value, nothing if it has no bytes, and what is said after it.
    fn value(&self, value: &Value, own: &[u8], row: &Row<'_>) -> (Option<String>, String) {
        let note = match (value, row.slot) {
            (Value::Nat(word), Slot::Field { params, index, .. }) => set_bits(*word, params, index).join(", "),
            _ => String::new(),
        };
        let note = if note.is_empty() { note } else { format!(" // {note}") };
        let plain = |value: &Value| -> Option<(String, Vec<u8>)> {
            Some(match value {
                Value::Nat(value) => (value.to_string(), value.to_le_bytes().to_vec()),
                Value::Int(value) => (value.to_string(), value.to_le_bytes().to_vec()),
                Value::Long(value) => (format!("{value}L"), value.to_le_bytes().to_vec()),
                Value::Float(value) if value.is_finite() => (format!("{value:?}f"), value.to_le_bytes().to_vec()),
                Value::Double(value) if value.is_finite() => (format!("{value:?}"), value.to_le_bytes().to_vec()),
                Value::Bool(true) => ("boolTrue".to_owned(), wire::BOOL_TRUE.to_le_bytes().to_vec()),
                Value::Bool(false) => ("boolFalse".to_owned(), wire::BOOL_FALSE.to_le_bytes().to_vec()),
                Value::Text(text) => (quoted(text, '"'), string(text.as_bytes())?),
                Value::Bytes(bytes) if string(bytes)? == own => {
                    let content = if bytes.is_empty() { String::new() } else { format!("`{}`", hex::encode(bytes)) };
                    (format!("bytes({content})"), own.to_vec())
                }
                _ => return None,
            })
        };
        if own.is_empty() {
            return (None, " // true".to_owned());
        }
        let is_known = |name: &str, id: u32| self.codec.id_of(name) == Some(id);
        let usable = |text: &str| match value {
            Value::Bool(true) => is_known(text, wire::BOOL_TRUE),
            Value::Bool(false) => is_known(text, wire::BOOL_FALSE),
            _ => true,
        };
        if let Some((text, bytes)) = plain(value).filter(|(text, _)| usable(text)) {
            if bytes == own {
                return (Some(text), note);
            }
            // A boxed value has an id before it.
            if own.len() == bytes.len() + 4 && own[4..] == bytes[..] {
                let id = u32::from_le_bytes([own[0], own[1], own[2], own[3]]);
                return (Some(format!("{{ #{id:08x} {text} }}")), note);
            }
        }
        if let Value::Text(text) = value
            && let Some(start) = own.windows(text.len().max(1)).position(|part| part == text.as_bytes())
        {
            let (length, rest) = own.split_at(start);
            let padding = &rest[text.len()..];
            let padding = if padding.is_empty() { String::new() } else { format!(" `{}`", hex::encode(padding)) };
            return (Some(format!("{{ `{}` {}{padding} }}", hex::encode(length), quoted(text, '\''))), note);
        }
        (Some(format!("`{}`", hex::encode(own))), note)
    }
}

/// The bytes of a string, if its length can be stated.
fn string(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    wire::put_bytes(&mut out, bytes).then_some(out)
}

fn label(row: &Row<'_>) -> String {
    match row.slot {
        Slot::Field { params, index, .. } if index < params.len() => {
            format!("{}: ", field_name(&params[index], index))
        }
        _ => String::new(),
    }
}

/// Text between quotes.
fn quoted(text: &str, quote: char) -> String {
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => _ = write!(out, "\\{c}"),
            c if c.is_ascii_control() => _ = write!(out, "\\x{:02x}", u32::from(c)),
            // What cannot be seen, or turns the text around, is shown by its number.
            c if c.is_control() || is_invisible(c) => _ = write!(out, "\\u{{{:x}}}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
