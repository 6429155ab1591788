//! `tlgen config`: what `tlgen.toml` may say, as such a file.

use std::fmt::Write as _;
use std::io::Write;

use tlgen_model::suggest::Suggest;

use crate::args::Config;
use crate::failure::{Failure, Verdict};
use crate::project::keys::{Absent, Key, TABLES};
use crate::terminal::Terminal;

/// How wide a comment is at most.
const WIDTH: usize = 100;

/// Runs the command.
pub(crate) fn run(args: &Config, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let text = match &args.key {
        Some(name) => one(name)?,
        None => all(),
    };
    terminal.write_all(text.as_bytes())?;
    Ok(Verdict::Done)
}

/// Every key. What may be left out is a comment, so that the text can be taken for a file to begin with.
fn all() -> String {
    let mut text = "# Every key of `tlgen.toml`. Paths are relative to the file.\n".to_owned();
    for table in TABLES {
        let _ = write!(text, "\n# {}\n{}\n", sentence(table.meaning), table.header);
        for key in table.keys {
            text += "\n";
            text += &shown(key);
        }
    }
    text
}

/// The keys of a name, as in `only` or `output.dir`.
fn one(name: &str) -> Result<String, Failure> {
    let keys = || TABLES.iter().flat_map(|table| table.keys.iter().map(move |key| (table, key)));
    let is_meant = |table: &str, key: &str| {
        name == key || name.strip_prefix(table).and_then(|rest| rest.strip_prefix('.')) == Some(key)
    };
    let found: Vec<_> = keys().filter(|(table, key)| is_meant(table.name, key.name)).collect();
    if found.is_empty() {
        let help = match Suggest::new(keys().map(|(_, key)| key.name)).nearest(name) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => "`tlgen config` shows all keys".to_owned(),
        };
        return Err(Failure::Call(format!("`tlgen.toml` has no key `{name}`: {help}")));
    }
    Ok(found.iter().map(|(table, key)| format!("{}\n{}", table.header, shown(key))).collect::<Vec<_>>().join("\n"))
}

/// What a key means and is by default, and an example.
fn shown(key: &Key) -> String {
    let (absent, sign) = match key.absent {
        Absent::None => ("required".to_owned(), ""),
        Absent::Value(value) => (format!("by default {value}"), "# "),
        Absent::Words(words) => (format!("by default {words}"), "# "),
    };
    let mut text = wrapped(&format!("{}; {absent}", key.kind));
    text += &wrapped(&sentence(key.meaning));
    let _ = writeln!(text, "{sign}{} = {}", key.name, key.example);
    text
}

/// With a capital letter and a full stop; code stays as it is.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// A comment of as many lines as it needs.
fn wrapped(text: &str) -> String {
    let (mut lines, mut line) = (String::new(), "#".to_owned());
    for word in text.split(' ') {
        if line.len() + 1 + word.len() > WIDTH && line.len() > 1 {
            let _ = writeln!(lines, "{line}");
            line = "#".to_owned();
        }
        line += " ";
        line += word;
    }
    lines + &line + "\n"
}
