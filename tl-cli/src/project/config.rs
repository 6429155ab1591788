//! `tlgen.toml`.
//!
//! What comes in is its text; what goes out is a [`Config`] in which every value keeps its place, so that later errors
//! can point at it. What can no longer occur: unknown keys, two schemas of one name, a schema without files, a name
//! that is no module name.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use serde::Deserialize;
use tlgen_parser::diagnostic::{Code, Diagnostic};
use tlgen_parser::source::{FileIdx, Location, Span};
use toml::Spanned;

use crate::args::{Role, Rule};

/// The code of every fault in `tlgen.toml`.
pub(crate) const CONFIG: Code = Code("TL0301");

/// Text for `tlgen explain`.
pub(crate) const EXPLANATIONS: &[(Code, &str)] = &[(
    CONFIG,
    "`tlgen.toml` is not as it should be.

    # Paths are relative to this file.
    [output]
    dir = \"generated/src\"                    # tlgen owns what it writes there
    root = \"lib.rs\"                          # the file that declares the modules; may be left out

    [[schema]]
    name = \"telegram_228\"                    # the module
    files = [\"schema/telegram-228.tl\"]       # several are linked together
    # All of these may be left out:
    metadata = \"schema/telegram-228.meta.toml\"   # or a list: sidecar files, tables in CSV or JSON
    calls = true                           # methods by namespace: client.contacts().get_contacts(0)
    only = [\"contacts.*\"]                    # and what these reach
    derives = [\"Clone\", \"Debug\", \"PartialEq\"]
    bytes = [\"resPQ.pq\"]                     # fields declared `string` that hold bytes
    text = \"strict\"                        # if not UTF-8: strict (refuse), lossy (mend), bytes (all text is)
    text_type = \"string\"                      # string, or compact: short text without an allocation
    role = \"client\"                          # client, server, both
    borrowed = true                         # types with text that points into the input, too
    declarations = true                     # a constant with the schema as text, to find the fields of errors
    flags = \"auto\"                           # auto, derived, kept
    id_rule = \"telegram\"                     # plain, telegram
    layer = 132                              # of one name the newest up to this layer
    allow_id_mismatch = [\"msg_container\"]    # no warning about these ids
    [schema.rename]
    \"some.constructor\" = \"NewName\"
    [schema.length]                         # `Object` fields to the field with their length
    \"message.body\" = \"bytes\"",
)];

/// A text with its place in the file.
pub(crate) type Text = Spanned<String>;

/// One path or several. Where it stands is told by what it is wrapped in: a list is one place.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Paths {
    One(String),
    Many(Vec<String>),
}

impl Paths {
    /// All of them.
    pub(crate) fn all(&self) -> &[String] {
        match self {
            Self::One(path) => core::slice::from_ref(path),
            Self::Many(paths) => paths,
        }
    }
}

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    pub(crate) output: Output,
    #[serde(default, rename = "schema")]
    pub(crate) schemas: Vec<SchemaConfig>,
}

/// Where the code goes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Output {
    pub(crate) dir: Text,
    /// The name of the file that declares the modules.
    #[serde(default)]
    pub(crate) root: Option<Text>,
}

/// One module of generated code.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SchemaConfig {
    pub(crate) name: Text,
    pub(crate) files: Vec<Text>,
    /// Sidecar files and tables of others; what an earlier one says stands.
    #[serde(default)]
    pub(crate) metadata: Option<Spanned<Paths>>,
    #[serde(default)]
    pub(crate) only: Vec<Text>,
    #[serde(default)]
    pub(crate) derives: Option<Vec<Text>>,
    #[serde(default)]
    pub(crate) bytes: Vec<Text>,
    #[serde(default)]
    pub(crate) text: TextKind,
    #[serde(default)]
    pub(crate) text_type: OwnText,
    #[serde(default)]
    pub(crate) role: Option<Role>,
    #[serde(default)]
    pub(crate) borrowed: bool,
    #[serde(default)]
    pub(crate) flags: Flags,
    #[serde(default)]
    pub(crate) id_rule: Option<Rule>,
    #[serde(default)]
    pub(crate) layer: Option<u32>,
    /// Whether there are methods by namespace.
    #[serde(default)]
    pub(crate) calls: bool,
    /// Whether there is a constant with the schema as text.
    #[serde(default)]
    pub(crate) declarations: bool,
    #[serde(default)]
    pub(crate) allow_id_mismatch: Vec<Text>,
    #[serde(default)]
    pub(crate) rename: BTreeMap<Text, Text>,
    #[serde(default)]
    pub(crate) length: BTreeMap<Text, Text>,
}

/// Whether flags words are fields.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Flags {
    #[default]
    Auto,
    Derived,
    Kept,
}

/// What becomes of text that is not UTF-8.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TextKind {
    #[default]
    Strict,
    Lossy,
    Bytes,
}

/// The type of text that is not borrowed.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OwnText {
    #[default]
    String,
    Compact,
}

impl Config {
    /// Reads the text of the file `file`.
    ///
    /// # Errors
    /// Every fault, or the first one where the text is no TOML or has another shape.
    pub(crate) fn parse(text: &str, file: FileIdx) -> Result<Self, Vec<Diagnostic>> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            vec![
                fault(error.message().trim_end(), location(file, span), "")
                    .with_help(format!("`tlgen explain {}` shows every key", CONFIG.0)),
            ]
        })?;
        let mut faults = Vec::new();
        let mut names = BTreeMap::new();
        if let Err(reason) = check_dir(config.output.dir.get_ref()) {
            faults.push(fault(reason, place(file, &config.output.dir), ""));
        }
        if let Some(root) = &config.output.root
            && !is_file_name(root.get_ref())
        {
            faults.push(fault("the root is the name of a Rust file, as in `lib.rs`", place(file, root), ""));
        }
        for schema in &config.schemas {
            let name = schema.name.get_ref();
            if !is_module_name(name) {
                let message = format!("`{name}` can not be the name of a module");
                faults.push(
                    fault(message, place(file, &schema.name), "")
                        .with_help("a name has lower-case letters, digits and `_`, and begins with a letter"),
                );
            }
            if let Some(first) = names.insert(name, &schema.name) {
                faults.push(
                    fault(format!("two schemas have the name `{name}`"), place(file, &schema.name), "the second")
                        .with_secondary(place(file, first), "the first"),
                );
            }
            if schema.files.is_empty() {
                faults.push(fault(format!("the schema `{name}` has no files"), place(file, &schema.name), ""));
            }
        }
        if faults.is_empty() { Ok(config) } else { Err(faults) }
    }
}

impl SchemaConfig {
    /// Where a value of an option stands, for an error that names both.
    pub(crate) fn find(&self, option: &str, value: &str) -> Option<&Text> {
        let list = match option {
            "only" => self.only.iter().collect(),
            "bytes" => self.bytes.iter().collect(),
            "derives" => self.derives.iter().flatten().collect(),
            "rename" => self.rename.iter().flat_map(|(key, value)| [key, value]).collect(),
            "length" => self.length.iter().flat_map(|(key, value)| [key, value]).collect(),
            _ => Vec::new(),
        };
        list.into_iter().find(|text| text.get_ref() == value)
    }
}

/// An error in the file.
pub(crate) fn fault(message: impl Into<String>, location: Location, label: &str) -> Diagnostic {
    Diagnostic::error(CONFIG, message, location, label)
}

/// The place of a value.
pub(crate) fn place<T>(file: FileIdx, text: &Spanned<T>) -> Location {
    location(file, text.span())
}

fn location(file: FileIdx, range: core::ops::Range<usize>) -> Location {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Location { file, span: Span::new(offset(range.start), offset(range.end)) }
}

/// The folder that tlgen owns must be one below the file: not the file's own, nor one above it.
fn check_dir(dir: &str) -> Result<(), &'static str> {
    let path = Path::new(dir);
    let named = path.components().filter(|part| matches!(part, Component::Normal(_))).count();
    if named == 0 { Err("the output needs a folder of its own") } else { Ok(()) }
}

fn is_file_name(name: &str) -> bool {
    name.strip_suffix(".rs").is_some_and(is_module_name)
}

/// Whether a name can be that of a module in every edition.
pub(crate) fn is_module_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase()) && tlgen_build::naming::module_name(name) == name
}
