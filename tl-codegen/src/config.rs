//! What a user may choose about the generated code of one schema.

use std::collections::{BTreeMap, BTreeSet};

use tlgen_meta::Metadata;

use crate::error::{CodegenError, CodegenErrorKind};
use crate::naming;

/// Options of one schema.
///
/// Names are exact TL names; a field is `combinator.field`, as in `resPQ.pq`. An option that names nothing in the
/// schema is an error.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Generate only what these functions, constructors and types reach: `contacts.*`, `auth.sendCode`. Empty for all.
    pub only: Vec<String>,
    /// Derives of every struct and enum. `Default`, `Eq`, `Hash` and `Copy` are given to the items that can have them.
    pub derives: Vec<String>,
    /// TL name of a combinator, type or field to the Rust name of its struct and variant, enum or field.
    pub renames: BTreeMap<String, String>,
    /// Fields that are declared `string` and hold bytes.
    pub bytes_fields: BTreeSet<String>,
    /// What holds the other fields that are declared `string`.
    pub text: TextMode,
    /// The type of text that is not borrowed.
    pub text_type: TextType,
    /// Whether flags words are fields.
    pub flags: FlagsMode,
    /// `Object` fields to the earlier `int` field of the same combinator that holds their length in bytes. Such a
    /// length is derived and is not a field.
    pub lengths: BTreeMap<String, String>,
    /// Which way the code is mostly used; the other way costs only who uses it.
    pub role: Role,
    /// Whether there is a module `borrowed` with the constructors and types once more, their text pointing into the input.
    pub borrowed: bool,
    /// The path of the runtime in generated code.
    pub runtime: String,
    /// What is known about the schema beyond it: descriptions where the schema has none, errors, callers. What names
    /// nothing in the schema is left out; [`Metadata::unmatched`] finds it.
    pub metadata: Metadata,
    /// Whether there are methods by namespace: `client.contacts().get_contacts(0)`.
    pub calls: bool,
    /// Whether there is a constant with the declarations that the code is made from.
    pub declarations: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            only: Vec::new(),
            derives: ["Clone", "Debug", "Default", "PartialEq"].map(str::to_owned).into(),
            renames: BTreeMap::new(),
            bytes_fields: BTreeSet::new(),
            text: TextMode::Strict,
            text_type: TextType::String,
            flags: FlagsMode::Auto,
            lengths: BTreeMap::new(),
            role: Role::Client,
            borrowed: false,
            runtime: "::tlgen_runtime".to_owned(),
            metadata: Metadata::default(),
            calls: false,
            declarations: false,
        }
    }
}

impl Config {
    /// Whether what becomes Rust code can be parsed: names, derives and the path of the runtime.
    pub(crate) fn check(&self) -> Result<(), CodegenError> {
        let is_part = |part: &str| naming::is_ident(part) || matches!(part, "crate" | "self" | "super");
        let is_path = |path: &str| path.strip_prefix("::").unwrap_or(path).split("::").all(is_part);
        let wrong = |option, value: &str, expected| {
            let kind = CodegenErrorKind::Misapplied { option, value: value.to_owned(), expected };
            Err(CodegenError { kind, location: None })
        };
        if let Some(name) = self.renames.values().find(|name| !naming::is_ident(name)) {
            return wrong("rename", name, "a Rust identifier; a keyword needs `r#`");
        }
        if let Some(path) = self.derives.iter().find(|path| !is_path(path)) {
            return wrong("derives", path, "the path of a derive macro");
        }
        if self.borrowed && self.text == TextMode::Lossy {
            return wrong("text", "lossy", "`strict` or `bytes` with `borrowed`: text in the input can not be mended");
        }
        if is_path(&self.runtime) { Ok(()) } else { wrong("runtime", &self.runtime, "a Rust path") }
    }
}

/// What becomes of text, which some servers send although it is not UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextMode {
    /// Text; a message with other bytes is refused unless its reader is lenient.
    #[default]
    Strict,
    /// Text; each invalid sequence becomes U+FFFD. Only a strict reader refuses it, as it promises to lose nothing. So it
    /// is with all fields; a result that is text itself, or a vector of it, is mended by a lenient reader only.
    Lossy,
    /// A `Vec<u8>` with the bytes as they are.
    Bytes,
}

/// The type of text that is not borrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextType {
    /// `String`.
    #[default]
    String,
    /// `tlgen_runtime::CompactString`, which keeps up to 24 bytes without an allocation; the runtime needs its feature
    /// `compact_str`.
    Compact,
}

/// Whether a flags word that only holds conditions is a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FlagsMode {
    /// Derived where the schema follows the Telegram rule for ids, kept where it follows the plain rule: TON uses bits
    /// that no field declares. Where its ids tell nothing, words called `flags` or `flags2` are derived.
    #[default]
    Auto,
    /// Not a field: computed from the fields on encode. Bits that no field declares are dropped on decode.
    Derived,
    /// A field: on encode, its bits that have a field follow that field, the others are written as they are.
    Kept,
}

/// Which way a type is mostly used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Encodes requests, decodes results.
    #[default]
    Client,
    /// Decodes requests, encodes results.
    Server,
    /// Both ways alike.
    Both,
}
