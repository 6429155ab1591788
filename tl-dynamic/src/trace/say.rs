//! Rows -> words, for every form in which people read them.

use std::collections::HashMap;

use tlgen_model::schema::{Combinator, NatRef, Param};
use tlgen_model::view::Declaration;

use super::row::{Fit, Row, RowKind, Slot};
use crate::hex;
use crate::value::Value;

/// What a piece of a line is.
#[derive(Clone, Copy)]
pub(super) enum Ink {
    Offset,
    Bytes,
    Name,
    Type,
    Value,
    Wrong,
}

/// Pieces of a line. Of a fault each is a line.
pub(super) type Pieces = Vec<(Ink, String)>;

/// Says what rows are.
#[derive(Default)]
pub(super) struct Sayer<'s> {
    types: Types<'s>,
}

impl<'s> Sayer<'s> {
    /// The name, the type and the value of a row.
    pub(super) fn pieces(&mut self, row: &Row<'s>) -> Pieces {
        let mut pieces = Pieces::new();
        match &row.kind {
            RowKind::Fault { kind, offset, path, fits } => {
                let path = path.to_string();
                let path = if path.is_empty() { path } else { format!(" in {path}") };
                pieces.push((Ink::Wrong, format!("^ {kind} at byte {offset}{path}")));
                if !fits.is_empty() {
                    let fits: Vec<String> = fits.iter().map(fit).collect();
                    pieces.push((Ink::Wrong, format!("  would fit: {}", fits.join(", "))));
                }
            }
            RowKind::Hole => {
                let length = row.bytes.len();
                let text = if length == 1 { "1 byte means".to_owned() } else { format!("{length} bytes mean") };
                pieces.push((Ink::Wrong, format!("{text} nothing")));
            }
            kind => {
                self.slot(row, &mut pieces);
                said(row, kind, &mut pieces);
            }
        }
        pieces
    }

    /// The name and the type of a row in the group around it.
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
}

/// Types of fields as the schema has them.
#[derive(Default)]
struct Types<'s>(HashMap<&'s str, Declaration<'s>>);

impl<'s> Types<'s> {
    /// The type of a field, with its condition.
    fn of(&mut self, owner: Option<&'s Combinator>, param: &'s Param) -> Option<String> {
        let owner = owner?;
        // A constructor and a function may have one name, but not one declaration.
        self.0.entry(&owner.declaration).or_insert_with(|| Declaration::of(owner)).type_of(param)
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
