//! The options of a fixture. The build script has this file too.

use std::collections::BTreeMap;

use serde::Deserialize;
use tlgen_build::{Builder, FlagsMode, Role, TextMode, TextType};

/// What `options.toml` of a fixture may say: the options of [`Builder`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Patterns of functions, constructors and types.
    pub only: Vec<String>,
    /// Derives of every item.
    pub derives: Option<Vec<String>>,
    /// TL names to Rust names.
    pub rename: BTreeMap<String, String>,
    /// Fields that are declared `string` and hold bytes.
    pub bytes: Vec<String>,
    /// `Object` fields to the fields of their lengths.
    pub length: BTreeMap<String, String>,
    /// `derived` or `kept`.
    pub flags: Option<Flags>,
    /// `client`, `server` or `both`.
    pub role: Option<Direction>,
    /// What becomes of text that is not UTF-8.
    pub text: Option<Text>,
    /// `compact`.
    pub text_type: Option<Own>,
    /// Whether there are types with borrowed text, too.
    pub borrowed: bool,
    /// Whether there are methods by namespace.
    pub calls: bool,
    /// Whether there is a constant with the schema as text.
    pub declarations: bool,
    /// The layer to take from a file with several.
    pub layer: Option<u32>,
}

/// Whether flags words are fields.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flags {
    /// They are not.
    Derived,
    /// They are.
    Kept,
}

/// What becomes of text that is not UTF-8.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Text {
    /// It is mended.
    Lossy,
    /// All text is bytes.
    Bytes,
}

/// The type of text that is not borrowed.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Own {
    /// It keeps short text without an allocation.
    Compact,
}

/// Which way the code is mostly used.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Encodes requests.
    Client,
    /// Decodes requests.
    Server,
    /// Both.
    Both,
}

impl Options {
    /// From the text of an `options.toml`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The builder with these options.
    #[must_use]
    pub fn apply(&self, mut builder: Builder) -> Builder {
        builder = builder.only(&self.only).borrowed(self.borrowed).calls(self.calls).declarations(self.declarations);
        if let Some(derives) = &self.derives {
            builder = builder.derives(derives);
        }
        for (tl, rust) in &self.rename {
            builder = builder.rename(tl, rust);
        }
        if let Some(mode) = self.text_mode() {
            builder = builder.text(mode);
        }
        if let Some(ty) = self.owned_text() {
            builder = builder.text_type(ty);
        }
        for field in &self.bytes {
            builder = builder.bytes(field);
        }
        for (field, length) in &self.length {
            builder = builder.length(field, length);
        }
        if let Some(flags) = self.flags_mode() {
            builder = builder.flags(flags);
        }
        if let Some(role) = self.role() {
            builder = builder.role(role);
        }
        if let Some(layer) = self.layer {
            builder = builder.layer(layer);
        }
        builder
    }

    /// The mode of flags words, where it is given.
    #[must_use]
    pub fn flags_mode(&self) -> Option<FlagsMode> {
        self.flags.map(|flags| match flags {
            Flags::Derived => FlagsMode::Derived,
            Flags::Kept => FlagsMode::Kept,
        })
    }

    /// What becomes of text, where it is given.
    #[must_use]
    pub fn text_mode(&self) -> Option<TextMode> {
        self.text.map(|text| match text {
            Text::Lossy => TextMode::Lossy,
            Text::Bytes => TextMode::Bytes,
        })
    }

    /// The type of text, where it is given.
    #[must_use]
    pub fn owned_text(&self) -> Option<TextType> {
        self.text_type.map(|Own::Compact| TextType::Compact)
    }

    /// The role, where it is given.
    #[must_use]
    pub fn role(&self) -> Option<Role> {
        self.role.map(|role| match role {
            Direction::Client => Role::Client,
            Direction::Server => Role::Server,
            Direction::Both => Role::Both,
        })
    }
}
