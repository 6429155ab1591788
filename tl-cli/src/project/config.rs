//! `tlgen.toml`.
//!
//! What comes in is its text; what goes out is a [`Config`]: the output and the schemas as [`Unit`]s. The options of a schema
//! are those of `tlgen_build::Config`, read into that very struct. [`locate`] finds a value in the text again, so that
//! later errors point at it. What can no longer occur: an unknown key, a value of another type.

use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use serde::Deserialize;
use tlgen_build::project::{Unit, is_module_name};
use tlgen_model::suggest::Suggest;
use tlgen_parser::diagnostic::{Code, Diagnostic, Example, Rule, Severity};
use tlgen_parser::source::{FileIdx, Location, Span};
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::keys::{self, Table};
use crate::deny::{Denied, UnknownRule};
use crate::levels::Chosen;

/// The rule that every fault in `tlgen.toml` breaks.
pub(crate) static RULE: Rule = Rule {
    code: Code("TL0301"),
    name: "configuration",
    severity: Severity::Error,
    example: Example::Project(&[("tlgen.toml", "[output]\nfolder = \"out\"\n")]),
    explanation: "`tlgen.toml` is not as it should be.

    # Paths are relative to this file.
    [output]
    dir = \"src/tl\"                     # tlgen owns what it writes there
    root = \"mod.rs\"                    # the file that declares the modules

    [[schema]]
    name = \"api\"                       # the module
    files = [\"schema/api.tl\"]          # several are linked together
    only = [\"contacts.*\"]              # an option

`tlgen config` shows every key with its type and its default, and `tlgen init` writes a file to begin with.",
};

/// The whole file.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) output: Output,
    /// The warnings that count as errors where nothing is written.
    pub(crate) deny: Vec<Denied>,
    /// What `tlgen lint` does about findings.
    pub(crate) lint: Chosen,
    pub(crate) schemas: Vec<Unit>,
    /// What is wrong although the whole text could be read.
    pub(crate) faults: Vec<Diagnostic>,
}

/// Where the code goes.
#[derive(Debug, Deserialize)]
pub(crate) struct Output {
    pub(crate) dir: Spanned<String>,
    /// The name of the file that declares the modules.
    #[serde(default)]
    pub(crate) root: Option<Spanned<String>>,
    /// The command that the first line of each file names.
    #[serde(default)]
    pub(crate) regenerate: Option<String>,
}

/// The file without its schemas.
#[derive(Deserialize)]
struct Rest {
    output: Output,
    #[serde(default)]
    check: Check,
    #[serde(default)]
    lint: Lint,
}

/// What `tlgen lint` does about findings.
#[derive(Default, Deserialize)]
struct Lint {
    #[serde(default)]
    allow: Vec<Spanned<String>>,
    #[serde(default)]
    warn: Vec<Spanned<String>>,
    #[serde(default)]
    deny: Vec<Spanned<String>>,
}

/// What `check` and `generate --check` do beyond the usual.
#[derive(Default, Deserialize)]
struct Check {
    #[serde(default)]
    deny: Vec<Spanned<String>>,
}

/// What the words of a list name, and a fault for each word that names no rule.
fn named<T: FromStr<Err = UnknownRule>>(
    words: &[Spanned<String>],
    file: FileIdx,
    faults: &mut Vec<Diagnostic>,
) -> Vec<T> {
    let mut named = Vec::new();
    for word in words {
        match word.get_ref().parse() {
            Ok(found) => named.push(found),
            Err(UnknownRule { meant, all }) => {
                let help = match meant {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("`{all}` are all of them; `tlgen explain` lists the rules"),
                };
                let message = format!("no rule has the name or code `{}`", word.get_ref());
                faults.push(fault(message, location(file, word.span()), "").with_help(help));
            }
        }
    }
    named
}

/// What the keys of a schema say that are not options.
#[derive(Deserialize)]
struct Head {
    name: String,
    files: Vec<PathBuf>,
    #[serde(default)]
    older: Vec<Paths>,
    #[serde(default)]
    metadata: Option<Paths>,
}

/// One path or several.
#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a path, or a list of paths")]
enum Paths {
    One(PathBuf),
    Many(Vec<PathBuf>),
}

impl Paths {
    fn all(self) -> Vec<PathBuf> {
        match self {
            Self::One(path) => vec![path],
            Self::Many(paths) => paths,
        }
    }
}

impl Config {
    /// Reads the text of the file `file`.
    ///
    /// # Errors
    /// Every unknown key, or the first fault where the text is not TOML or has another shape.
    pub(crate) fn parse(text: &str, file: FileIdx) -> Result<Self, Vec<Diagnostic>> {
        let fault_of = |error: toml::de::Error| {
            fault(error.message().trim_end(), location(file, error.span().unwrap_or(0..0)), "").with_help(see_all())
        };
        let mut table = DeTable::parse(text).map_err(|error| vec![fault_of(error)])?;
        let mut faults = unknown_keys(table.get_ref(), file);
        let schemas = table.get_mut().remove("schema");
        let whole = table.span();
        let rest = Spanned::new(whole, DeValue::Table(table.into_inner()));
        // A key that is not known may be the one that is missed.
        let rest = Rest::deserialize(ValueDeserializer::from(rest)).map_err(|error| match faults.len() {
            0 => vec![fault_of(error)],
            _ => core::mem::take(&mut faults),
        })?;
        let mut unknown = Vec::new();
        let deny = named(&rest.check.deny, file, &mut unknown);
        let lint = Chosen {
            allow: named(&rest.lint.allow, file, &mut unknown),
            warn: named(&rest.lint.warn, file, &mut unknown),
            deny: named(&rest.lint.deny, file, &mut unknown),
        };
        let mut config = Self { output: rest.output, deny, lint, schemas: Vec::new(), faults: Vec::new() };
        for schema in tables(schemas, file)? {
            faults.extend(unknown_in(schema.get_ref(), keys::SCHEMA, file));
            if faults.is_empty() {
                config.schemas.push(unit(schema).map_err(|error| vec![fault_of(error)])?);
            }
        }
        config.faults = unknown;
        config.faults.extend(config.check(text, file));
        if faults.is_empty() { Ok(config) } else { Err(faults) }
    }

    fn check(&self, text: &str, file: FileIdx) -> Vec<Diagnostic> {
        let mut faults = Vec::new();
        if let Err(reason) = check_dir(self.output.dir.get_ref()) {
            faults.push(fault(reason, location(file, self.output.dir.span()), ""));
        }
        if let Some(root) = &self.output.root
            && !root.get_ref().strip_suffix(".rs").is_some_and(|name| name == "mod" || is_module_name(name))
        {
            let location = location(file, root.span());
            faults.push(fault("the root is the name of a Rust file, as in `lib.rs`", location, ""));
        }
        let root = self.root();
        let is_root = |unit: &Unit| root.strip_suffix(".rs") == Some(&unit.name);
        if let Some(idx) = self.schemas.iter().position(is_root) {
            let message = format!("a schema cannot have the name of the file that declares the modules, `{root}`");
            let location = locate(text, file, idx, "name", None);
            faults.extend(location.map(|location| {
                fault(message, location, "").with_help("give the schema another name, or set `root` in `[output]`")
            }));
        }
        faults
    }

    /// The name of the file that declares the modules.
    pub(crate) fn root(&self) -> &str {
        self.output.root.as_ref().map_or("lib.rs", |root| root.get_ref())
    }
}

/// The tables of `[[schema]]`.
fn tables<'i>(
    schemas: Option<Spanned<DeValue<'i>>>,
    file: FileIdx,
) -> Result<Vec<Spanned<DeTable<'i>>>, Vec<Diagnostic>> {
    let Some(schemas) = schemas else { return Ok(Vec::new()) };
    let wrong = |span| vec![fault("`schema` is a list of tables: write `[[schema]]`", location(file, span), "")];
    let span = schemas.span();
    let DeValue::Array(array) = schemas.into_inner() else { return Err(wrong(span)) };
    let table = |value: Spanned<DeValue<'i>>| {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(table) => Ok(Spanned::new(span, table)),
            _ => Err(wrong(span)),
        }
    };
    array.into_iter().map(table).collect()
}

/// Every unknown table, and every unknown key of a table but those of schemas.
fn unknown_keys(whole: &DeTable<'_>, file: FileIdx) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (name, value) in whole {
        let Some(table) = keys::TABLES.iter().find(|table| table.name == name.get_ref()) else {
            let nearest = Suggest::new(keys::TABLES.iter().map(|table| table.name)).nearest(name.get_ref());
            let message = format!("there is no table `{}`", name.get_ref());
            faults.push(unknown(message, nearest, location(file, name.span())));
            continue;
        };
        if let DeValue::Table(found) = value.get_ref() {
            faults.extend(unknown_in(found, table, file));
        }
    }
    faults
}

/// Every key of a table that it does not have, with one that may be meant.
fn unknown_in(found: &DeTable<'_>, table: &Table, file: FileIdx) -> Vec<Diagnostic> {
    let names = || table.keys.iter().map(|key| key.name);
    let strange = found.keys().filter(|key| !names().any(|name| name == key.get_ref()));
    let faults = strange.map(|key| {
        let message = format!("{} has no key `{}`", table.subject, key.get_ref());
        unknown(message, Suggest::new(names()).nearest(key.get_ref()), location(file, key.span()))
    });
    faults.collect()
}

fn unknown(message: String, nearest: Option<String>, location: Location) -> Diagnostic {
    let help = nearest.map_or_else(see_all, |nearest| format!("did you mean `{nearest}`?"));
    fault(message, location, "").with_help(help)
}

/// A schema whose keys are known.
fn unit(schema: Spanned<DeTable<'_>>) -> Result<Unit, toml::de::Error> {
    let span = schema.span();
    let (mut head, mut options) = (DeTable::new(), DeTable::new());
    for (key, value) in schema.into_inner() {
        let is_option = tlgen_build::Config::names().contains(&&**key.get_ref());
        let part = if is_option { &mut options } else { &mut head };
        part.insert(key, value);
    }
    let source = |table| ValueDeserializer::from(Spanned::new(span.clone(), DeValue::Table(table)));
    let head = Head::deserialize(source(head))?;
    let mut unit = Unit::new(head.name, head.files);
    unit.older = head.older.into_iter().map(Paths::all).collect();
    unit.metadata = head.metadata.map_or_else(Vec::new, Paths::all);
    unit.config = tlgen_build::Config::deserialize(source(options))?;
    Ok(unit)
}

/// Where a value of a key of a schema is in the text that [`Config::parse`] has read: the value alone, an item of a list,
/// or a key or value of a table. If the value is not found, or none is given: the whole value of the key, or the schema.
pub(crate) fn locate(text: &str, file: FileIdx, schema: usize, key: &str, value: Option<&str>) -> Option<Location> {
    let table = DeTable::parse(text).ok()?;
    let schema = table.get_ref().get("schema")?.get_ref().get(schema)?;
    let Some(whole) = schema.get_ref().get(key) else { return Some(location(file, schema.span())) };
    let is_meant = |found: &str| Some(found) == value;
    let span = match whole.get_ref() {
        DeValue::Array(items) => {
            items.iter().find(|item| item.get_ref().as_str().is_some_and(is_meant)).map(Spanned::span)
        }
        DeValue::Table(pairs) => pairs.iter().find_map(|(key, value)| match value.get_ref().as_str() {
            _ if is_meant(key.get_ref()) => Some(key.span()),
            Some(text) if is_meant(text) => Some(value.span()),
            _ => None,
        }),
        _ => None,
    };
    Some(location(file, span.unwrap_or_else(|| whole.span())))
}

fn see_all() -> String {
    "`tlgen config` shows every key".to_owned()
}

/// An error in the file.
pub(crate) fn fault(message: impl Into<String>, location: Location, label: &str) -> Diagnostic {
    Diagnostic::error(RULE.code, message, location, label)
}

fn location(file: FileIdx, range: core::ops::Range<usize>) -> Location {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Location { file, span: Span::new(offset(range.start), offset(range.end)) }
}

/// The folder that tlgen owns must be below that of the file: neither the file's own folder nor one above it.
fn check_dir(dir: &str) -> Result<(), &'static str> {
    let path = Path::new(dir);
    let named = path.components().filter(|part| matches!(part, Component::Normal(_))).count();
    if named == 0 { Err("the output needs a folder of its own") } else { Ok(()) }
}
