//! The search index of a schema: a script, so that a page that was opened from disk can load it.
//!
//! No library fits: the maintained ones fetch their index, which a browser refuses for files, or ship one several times as
//! large. The form is made for size: one line for each page, and one line for each word with the pages that have it. Each
//! page is written as the distance from the one before, in base 36.
//!
//! ```text
//! f contacts.getTopPeers 973478b6 Returns the users, bots ...     kind, name, id, file, first sentence, last layer
//! e FLOOD_WAIT_X 420 Too many requests ...                         an error: its codes are its id
//! peers 4,a,1f                                                     word, pages
//! ```

use std::collections::BTreeMap;

use tlgen_model::schema::CombinatorIdx;

use crate::book::{Book, Chapter, Part, kind_of};
use crate::history::Kind;
use crate::markup;
use crate::text::visible;

/// How long the text beside a name may be.
const SUMMARY: usize = 90;

/// Words that are on more than this share of the pages find nothing in particular.
const COMMON: f64 = 0.2;

/// Words that are on this many pages or fewer are always kept.
const RARE: usize = 50;

/// How long a word may be; longer ones are cut.
const WORD: usize = 24;

/// The script of an API or of a schema without layers: what the newest layer has, then what only older layers have.
pub(crate) fn index(book: &Book<'_>, newest: &Chapter<'_>) -> String {
    let mut entries = String::new();
    let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut count = 0;
    let history = book.history(newest);
    let mut add = |entry: &Entry<'_>| {
        let Entry { letter, name, path, .. } = *entry;
        let file = path.rsplit('/').next().unwrap_or_default();
        let summary = entry.description.map(|text| markup::summary(text, SUMMARY)).unwrap_or_default();
        let summary = summary.replace(['\t', '\n'], " ");
        let file = if file == name { "" } else { file };
        let (id, until) = (&entry.id, entry.until.map(|layer| layer.to_string()).unwrap_or_default());
        let name_in_line = name.replace(['\t', '\n'], " ");
        entries.push_str(&format!("{letter}\t{name_in_line}\t{id}\t{file}\t{summary}\t{until}\n"));
        for text in entry.texts.iter().copied().chain(entry.description).chain([name]) {
            collect(text, count, &mut words);
        }
        count += 1;
    };
    let older = book.family(newest).filter(|chapter| chapter.part == Part::Removed);
    for chapter in [newest].into_iter().chain(older) {
        for (idx, combinator) in (0..).map(CombinatorIdx).zip(&chapter.schema.combinators) {
            let (kind, name) = (kind_of(combinator.kind), combinator.name.full());
            if !book.has_page(chapter, kind, name) {
                continue;
            }
            let names = combinator.params.iter().filter_map(|param| param.name.as_deref());
            let described = names.clone().filter_map(|name| chapter.field(idx, name)?.description.as_deref());
            add(&Entry {
                letter: letter(kind),
                name,
                path: &chapter.paths.combinator(idx).path,
                id: format!("{:08x}", combinator.id),
                until: history.until(kind, name),
                description: chapter.description(idx),
                texts: names.clone().chain(described).collect(),
            });
        }
        for (idx, ty) in chapter.schema.types() {
            if !book.has_page(chapter, Kind::Type, ty.name.full()) {
                continue;
            }
            add(&Entry {
                letter: letter(Kind::Type),
                name: ty.name.full(),
                path: &chapter.paths.ty(idx).path,
                id: String::new(),
                until: history.until(Kind::Type, ty.name.full()),
                description: chapter.type_description(idx),
                texts: Vec::new(),
            });
        }
    }
    for (_, error) in book.errors(newest).iter() {
        let codes = error.codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        add(&Entry {
            letter: 'e',
            name: error.name.as_str(),
            path: &error.page.path,
            id: codes.clone(),
            until: None,
            description: error.description.as_deref(),
            texts: vec![&codes],
        });
    }
    let limit = ((count as f64 * COMMON) as usize).max(RARE);
    let mut lines = String::new();
    for (word, pages) in words.iter().filter(|(_, pages)| pages.len() <= limit) {
        lines.push_str(word);
        lines.push(' ');
        let mut before = 0;
        for (place, page) in pages.iter().enumerate() {
            if place > 0 {
                lines.push(',');
            }
            lines.push_str(&base36(page - before));
            before = *page;
        }
        lines.push('\n');
    }
    // An entry may end in tabs: only the end of the last line is removed.
    let text = |text: &str| serde_json::Value::from(text.trim_end_matches('\n')).to_string();
    format!(
        "(window.tlSearch = window.tlSearch || []).push({{\"unit\":{},\"title\":{},\"entries\":{},\"words\":{}}});\n",
        text(newest.paths.folder()),
        text(&newest.paths.folder().replace('_', " ")),
        text(&visible(&entries)),
        text(&lines)
    )
}

/// A page that can be found.
struct Entry<'e> {
    letter: char,
    name: &'e str,
    path: &'e str,
    /// The id of a combinator, the codes of an error.
    id: String,
    /// The last layer that has it, where a later one does not.
    until: Option<u32>,
    description: Option<&'e str>,
    /// What else it is found by.
    texts: Vec<&'e str>,
}

fn letter(kind: Kind) -> char {
    match kind {
        Kind::Function => 'f',
        Kind::Constructor => 'c',
        Kind::Type => 't',
    }
}

/// Adds the words of a text: runs of letters and digits, and the parts of names such as `getTopPeers`.
fn collect(text: &str, page: usize, words: &mut BTreeMap<String, Vec<usize>>) {
    let mut add = |word: &str| {
        let word: String = word.chars().take(WORD).flat_map(char::to_lowercase).collect();
        if word.chars().count() > 2 {
            let pages = words.entry(word).or_default();
            if pages.last() != Some(&page) {
                pages.push(page);
            }
        }
    };
    // Addresses in links are not text.
    for word in markup::plain(text).split(|c: char| !c.is_alphanumeric()) {
        let mut start = 0;
        let mut before = ' ';
        for (at, c) in word.char_indices() {
            if c.is_uppercase() && before.is_lowercase() {
                add(&word[start..at]);
                start = at;
            }
            before = c;
        }
        add(&word[start..]);
    }
}

fn base36(mut number: usize) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
        if number == 0 {
            return digits.iter().rev().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_names_and_texts() {
        let mut words = BTreeMap::new();
        collect("contacts.getTopPeers, [a link](https://example.org/hidden) of `bots_pm`", 3, &mut words);
        collect("the Peers", 7, &mut words);
        let found: Vec<(&str, &[usize])> =
            words.iter().map(|(word, pages)| (word.as_str(), pages.as_slice())).collect();
        let expected: &[(&str, &[usize])] = &[
            ("bots", &[3]),
            ("contacts", &[3]),
            ("get", &[3]),
            ("link", &[3]),
            ("peers", &[3, 7]),
            ("the", &[7]),
            ("top", &[3]),
        ];
        assert_eq!(found, expected);
        assert_eq!((base36(0), base36(35), base36(36 * 36)), ("0".into(), "z".into(), "100".into()));
    }
}
