//! A layout as a declaration.

use std::fmt::Write as _;

use crate::atlas::{Atlas, Entry};
use crate::layout::{Condition, Count, Form};

impl Atlas {
    /// The declaration of an id on one line, with its id and without the `;`, made from its layout. The fields of a repeated
    /// record have no names in an atlas.
    #[must_use]
    pub fn declaration(&self, id: u32) -> Option<String> {
        let entry = self.get(id)?;
        let mut out = format!("{}#{id:08x}", entry.name);
        if entry.layout.fields.iter().any(|field| field.form == Form::Call) {
            out.push_str(" {X:Type}");
        }
        for (index, field) in entry.layout.fields.iter().enumerate() {
            let name = entry.names.get(index).map_or("", String::as_str);
            out.push(' ');
            if !name.is_empty() {
                let _ = write!(out, "{name}:");
            }
            if let Some(Condition { word, bit }) = field.condition {
                let _ = write!(out, "{}.{bit}?", word_name(entry, word));
            }
            self.form(&mut out, entry, &field.form);
        }
        let _ = write!(out, " = {}", entry.ty);
        Some(out)
    }

    fn form(&self, out: &mut String, entry: &Entry, form: &Form) {
        match form {
            Form::Word => out.push('#'),
            Form::Primitive(primitive) => out.push_str(primitive.name()),
            Form::WithId(_, primitive) => {
                let name = primitive.name();
                out.extend(name.chars().take(1).map(|first| first.to_ascii_uppercase()));
                out.extend(name.chars().skip(1));
            }
            Form::Any => out.push_str("Object"),
            Form::Call => out.push_str("!X"),
            Form::Boxed(name) => out.push_str(name),
            Form::Bare(id) => match self.get(*id) {
                Some(entry) => out.push_str(&entry.name),
                None => {
                    let _ = write!(out, "%{id:08x}");
                }
            },
            Form::Vector { boxed, item } => {
                out.push_str(if *boxed { "Vector<" } else { "vector<" });
                self.form(out, entry, item);
                out.push('>');
            }
            Form::Repeat { count, items } => {
                let _ = match count {
                    Count::Const(count) => write!(out, "{count}*["),
                    Count::Word { word, plus: 0 } => write!(out, "{}*[", word_name(entry, *word)),
                    Count::Word { word, plus } => write!(out, "({} + {plus})*[", word_name(entry, *word)),
                };
                for item in items {
                    out.push(' ');
                    self.form(out, entry, item);
                }
                out.push_str(" ]");
            }
        }
    }
}

/// The name of a word of an entry.
fn word_name(entry: &Entry, word: u8) -> &str {
    let words = entry.layout.fields.iter().zip(&entry.names).filter(|(field, _)| field.form == Form::Word);
    words.map(|(_, name)| name.as_str()).nth(usize::from(word)).unwrap_or("#")
}
