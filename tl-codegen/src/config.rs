//! What a user may choose about the generated code of one schema: the one list of options.
//!
//! `Builder`, `tlgen.toml`, the command line and the tests fill in the same struct, under the same names. With the feature
//! `serde` it is read from TOML, with the feature `clap` from arguments. What comes out of [`Config::check`] can be written
//! as Rust; whether the names are in the schema is found out while lowering.

mod check;

use std::collections::BTreeMap;

use tlgen_meta::Metadata;
use tlgen_parser::id::IdRule;

/// Options of one schema.
///
/// Names are exact TL names; a field is `combinator.field`, as in `resPQ.pq`. An option that names nothing in the
/// schema is an error.
///
/// ```
/// let config = tlgen_build::Config::with(|config| config.calls = true);
/// assert!(config.calls && !config.borrowed);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(default, deny_unknown_fields))]
#[cfg_attr(feature = "clap", derive(clap::Args))]
#[non_exhaustive]
pub struct Config {
    /// Generate only what these functions, constructors and types reach, as in `contacts.*` or `auth.sendCode`; all of the
    /// schema if empty. `functions:contacts.*` names functions only, `types:contacts.*` types and constructors only.
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ','))]
    pub only: Vec<String>,
    /// Leave out these functions, constructors and types, named as in `only`: what has no Rust form, or is not wanted. A
    /// type whose constructors are all left out is left out, too, and an error if anything that is kept needs it.
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ','))]
    pub skip: Vec<String>,
    /// Derives of every struct and enum. Some go only to items whose own fields allow them: `Default` where each required
    /// field is a scalar, text, bytes, a vector or a flag; `Eq`, `Hash` and `Ord` where each field is an integer, a `Bool`,
    /// text, bytes or a vector of these; `Copy` where each is a scalar. An enum has them where the structs of all its
    /// variants do, but never `Default`.
    #[cfg_attr(feature = "clap", arg(long, value_name = "PATH", num_args = 0.., value_delimiter = ',', default_values = DERIVES))]
    pub derives: Vec<String>,
    /// TL name of a combinator, type or field to the Rust name of its struct and variant, enum or field.
    #[cfg_attr(feature = "clap", arg(long, value_name = "TL=RUST,..", value_parser = pairs, default_value = "", hide_default_value = true))]
    pub rename: BTreeMap<String, String>,
    /// Fields that are declared `string` and hold bytes, as in `resPQ.pq`.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FIELD", num_args = 1.., value_delimiter = ','))]
    pub bytes: Vec<String>,
    /// `Object` fields to the earlier `int` field of the same combinator that holds their length in bytes. Such a length is
    /// derived and is not a field.
    #[cfg_attr(feature = "clap", arg(long, value_name = "FIELD=LENGTH,..", value_parser = pairs, default_value = "", hide_default_value = true))]
    pub length: BTreeMap<String, String>,
    /// The constructor that a server sends in the place of an answer when a call fails, as in `liteServer.error`: one with an `int`,
    /// the code, and a `string`, the text. Calls that it answers fail with `InvokeError::Rpc`.
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME"))]
    pub error: Option<String>,
    /// What happens to text that is not UTF-8.
    #[cfg_attr(feature = "clap", arg(long, value_enum, default_value_t))]
    pub text: TextMode,
    /// The type of text that is not borrowed.
    #[cfg_attr(feature = "clap", arg(long, value_enum, default_value_t))]
    pub text_type: TextType,
    /// Whether flags words are fields. Where one is not, its bits that no field declares are dropped; `kept` keeps them.
    #[cfg_attr(feature = "clap", arg(long, value_enum, default_value_t))]
    pub flags: FlagsMode,
    /// What happens to a value whose constructor the schema does not know.
    #[cfg_attr(feature = "clap", arg(long, value_enum, default_value_t))]
    pub unknown: UnknownMode,
    /// What large variants of enums are in.
    #[cfg_attr(feature = "clap", arg(long, value_enum, default_value_t))]
    pub boxes: BoxType,
    /// Who uses the code. For a client it can read and write less, and takes less time to compile.
    #[cfg_attr(feature = "clap", arg(long, value_enum, default_value_t))]
    pub role: Role,
    /// Add a module `borrowed` with the constructors and types once more, their text pointing into the input.
    /// An item there has a lifetime if it holds text, itself or in the items that it holds.
    #[cfg_attr(feature = "clap", arg(long))]
    pub borrowed: bool,
    /// Add a module `views` with a view of each constructor and type, and of each request unless the role is that of a client: fields of
    /// a message without decoding it. `code` goes over fields by generated code and not by a table: it takes less time, and is more.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "views"))]
    #[cfg_attr(feature = "clap", arg(long, value_enum, value_name = "BY", num_args = 0..=1, require_equals = true, default_value_t, hide_default_value = true, default_missing_value = "table"))]
    pub views: ViewsMode,
    /// Add methods to enums: `as_user` and `into_user` by variant, `id` by field that all variants with fields share, and
    /// `TryFrom` back to the struct of a variant.
    #[cfg_attr(feature = "clap", arg(long))]
    pub accessors: bool,
    /// Add methods by namespace: `client.contacts().get_contacts(0)`.
    #[cfg_attr(feature = "clap", arg(long))]
    pub calls: bool,
    /// Add a constant with the declarations that the code is made from, to find the field at which bytes are wrong.
    #[cfg_attr(feature = "clap", arg(long))]
    pub declarations: bool,
    /// The path of the runtime in generated code.
    #[cfg_attr(feature = "clap", arg(long, value_name = "PATH", default_value = RUNTIME))]
    pub runtime: String,
    /// Leave out declarations of later layers: of several with one name, the newest up to this layer counts.
    #[cfg_attr(feature = "clap", arg(long, value_name = "N"))]
    pub layer: Option<u32>,
    /// How constructor ids follow from declarations: `plain` (TON, TDLib, VK) or `telegram`; if not given, for each
    /// file the rule that explains more of its written ids, and `plain` where none does.
    #[cfg_attr(feature = "serde", serde(deserialize_with = "id_rule"))]
    #[cfg_attr(feature = "clap", arg(long, value_name = "RULE"))]
    pub id_rule: Option<IdRule>,
    /// Combinators whose written id may differ from the one of their declaration, without a warning.
    #[cfg_attr(feature = "clap", arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ','))]
    pub allow_id_mismatch: Vec<String>,
    /// What is known about the schema beyond it: descriptions where the schema has none, errors, callers. What names
    /// nothing in the schema is left out; [`Metadata::unmatched`] finds it. `Builder` and `tlgen.toml` name files of it.
    #[cfg_attr(feature = "serde", serde(skip))]
    #[cfg_attr(feature = "clap", arg(skip))]
    pub metadata: Metadata,
}

/// The derives of a schema that says nothing else.
const DERIVES: [&str; 6] = ["Clone", "Debug", "Default", "PartialEq", "Eq", "Hash"];

/// The runtime of a schema that says nothing else.
const RUNTIME: &str = "::tlgen_runtime";

impl Default for Config {
    fn default() -> Self {
        Self {
            only: Vec::new(),
            skip: Vec::new(),
            derives: DERIVES.map(str::to_owned).into(),
            rename: BTreeMap::new(),
            bytes: Vec::new(),
            length: BTreeMap::new(),
            error: None,
            text: TextMode::Strict,
            text_type: TextType::String,
            flags: FlagsMode::Auto,
            unknown: UnknownMode::Refuse,
            boxes: BoxType::Indirect,
            role: Role::Both,
            borrowed: false,
            views: ViewsMode::Off,
            accessors: false,
            calls: false,
            declarations: false,
            runtime: RUNTIME.to_owned(),
            layer: None,
            id_rule: None,
            allow_id_mismatch: Vec::new(),
            metadata: Metadata::default(),
        }
    }
}

impl Config {
    /// The default options after a change.
    #[must_use]
    pub fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut config = Self::default();
        change(&mut config);
        config
    }

    /// How the model reads the schema: the options `layer`, `id_rule` and `allow_id_mismatch`.
    #[must_use]
    pub fn link(&self) -> tlgen_model::Options {
        tlgen_model::Options {
            layer: self.layer,
            id_rule: self.id_rule,
            allow_id_mismatch: self.allow_id_mismatch.clone(),
            ..tlgen_model::Options::default()
        }
    }

    /// How the files of an older layer beside the schema become a schema: the option `layer` is about the newest one.
    #[must_use]
    pub fn link_older(&self) -> tlgen_model::Options {
        tlgen_model::Options { layer: None, ..self.link() }
    }

    /// The names of the options, as in `tlgen.toml`.
    #[cfg(feature = "serde")]
    #[must_use]
    pub fn names() -> &'static [&'static str] {
        let mut names = Names(&[]);
        // Reading ends with an error, once the names are known.
        let _ = <Self as serde::Deserialize>::deserialize(&mut names);
        names.0
    }
}

/// What happens to text that is not UTF-8, which some servers send.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum TextMode {
    /// Text; a message with other bytes is refused unless its reader is lenient.
    #[default]
    Strict,
    /// Text; each invalid sequence becomes U+FFFD. Only a strict reader refuses such text, as it promises to lose nothing.
    /// Where the result of a function is text itself, or a vector of text, only a lenient reader repairs it.
    Lossy,
    /// A `Vec<u8>` with the bytes as they are.
    Bytes,
}

/// The type of text that is not borrowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum TextType {
    /// `String`.
    #[default]
    String,
    /// `tlgen_runtime::CompactString`, which keeps up to 24 bytes without an allocation; the runtime needs its feature
    /// `compact_str`.
    Compact,
}

/// Whether a flags word that only holds conditions is a field. A word that counts something too, or that is conditional
/// itself, always is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum FlagsMode {
    /// By its name: `flags`, and `flags` followed by digits, as Telegram calls them, are derived; any other, such as
    /// TON's `mode`, is kept. Of a derived word, bits that no field declares are dropped on decode; `Kept` is for schemas in which
    /// such bits matter.
    #[default]
    Auto,
    /// Not a field: computed from the fields on encode. Bits that no field declares are dropped on decode.
    Derived,
    /// A field: on encode, its bits that have a field follow that field, the others are written as they are.
    Kept,
}

/// What happens to a value whose constructor the schema does not know, as a newer server sends it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum UnknownMode {
    /// The message is refused.
    #[default]
    Refuse,
    /// With an atlas in the options of the reader, it is read as the constructor of the same name or kept: each enum gets the
    /// variant `Unknown`, which holds its bytes. Without an atlas the message is refused.
    Keep,
}

/// Whether there are views, and what they go over the fields of a message by. In `tlgen.toml` it is `true`, `"table"` or `"code"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum ViewsMode {
    /// There are none.
    #[default]
    #[cfg_attr(feature = "clap", value(hide = true))]
    Off,
    /// A static table, which the runtime reads. It is small.
    Table,
    /// The table, and generated code for each constructor, which is faster.
    Code,
}

/// `true` is [`ViewsMode::Table`].
impl From<bool> for ViewsMode {
    fn from(yes: bool) -> Self {
        if yes { Self::Table } else { Self::Off }
    }
}

/// What large variants of enums are in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum BoxType {
    /// `tlgen_runtime::Indirect`, which the crate with the generated code drops, so that a release build of the crates that use it
    /// compiles less.
    #[default]
    Indirect,
    /// `Box`, for derives whose traits other crates implement for `Box` and not for `Indirect`.
    Box,
}

/// Who uses the code.
///
/// Where everything can be read and written, the library compiles what its user mostly does, and the rest costs only those who use
/// it. Types that neither a request nor an answer holds go both ways in any role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(rename_all = "lowercase"))]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum Role {
    /// A client and nothing else: requests can be written and not read, what only requests hold likewise, and what only answers hold
    /// can be read and not written.
    Client,
    /// A server: everything can be read and written, and the library compiles what reads requests and writes answers.
    Server,
    /// Anybody: everything can be read and written, and the library compiles what a client does. It is the default, because what a
    /// program reads it also wants to write, for a cache or a test, and because it lasts: which way a type goes changes with other
    /// declarations.
    #[default]
    Both,
}

/// `user=Person,bot=Robot`, the names of TL in front.
#[cfg(feature = "clap")]
fn pairs(list: &str) -> Result<BTreeMap<String, String>, String> {
    let pairs = list.split(',').map(str::trim).filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| match pair.split_once('=') {
            Some((key, value)) => Ok((key.trim().to_owned(), value.trim().to_owned())),
            None => Err(format!("`{pair}` has no `=`")),
        })
        .collect()
}

#[cfg(feature = "serde")]
fn id_rule<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<IdRule>, D::Error> {
    let name = <String as serde::Deserialize>::deserialize(deserializer)?;
    let unknown = |_| serde::de::Error::unknown_variant(&name, &["plain", "telegram"]);
    name.parse().map(Some).map_err(unknown)
}

#[cfg(feature = "serde")]
fn views<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<ViewsMode, D::Error> {
    deserializer.deserialize_any(Views)
}

/// Reads a truth value or a name.
#[cfg(feature = "serde")]
struct Views;

#[cfg(feature = "serde")]
impl serde::de::Visitor<'_> for Views {
    type Value = ViewsMode;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("`true`, `false`, `\"table\"` or `\"code\"`")
    }

    fn visit_bool<E>(self, yes: bool) -> Result<ViewsMode, E> {
        Ok(yes.into())
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<ViewsMode, E> {
        match name {
            "table" => Ok(ViewsMode::Table),
            "code" => Ok(ViewsMode::Code),
            _ => Err(E::unknown_variant(name, &["table", "code"])),
        }
    }
}

/// A source without values, which remembers the fields that it is asked for.
#[cfg(feature = "serde")]
struct Names(&'static [&'static str]);

#[cfg(feature = "serde")]
impl<'de> serde::Deserializer<'de> for &mut Names {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("there are no values"))
    }

    fn deserialize_struct<V: serde::de::Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.0 = fields;
        self.deserialize_any(visitor)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_those_of_the_fields() {
        assert_eq!(Config::names().first(), Some(&"only"));
        assert!(Config::names().contains(&"id_rule") && !Config::names().contains(&"metadata"));
    }
}
