//! Every key of `tlgen.toml`: the table by which the file is read, and which `tlgen config` and the guide show.

/// A table of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    /// Its key.
    pub(crate) name: &'static str,
    /// How it is written.
    pub(crate) header: &'static str,
    /// What it is called in a sentence.
    pub(crate) subject: &'static str,
    /// What it says, for people.
    pub(crate) meaning: &'static str,
    pub(crate) keys: &'static [Key],
}

/// A key of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What its value is.
    pub(crate) kind: &'static str,
    pub(crate) absent: Absent,
    /// A value, as TOML.
    pub(crate) example: &'static str,
    /// What the key says, for people. For a schema it is the text in the guide's table of options.
    pub(crate) meaning: &'static str,
}

/// What holds where a key is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absent {
    /// It must be written.
    None,
    /// This value, as TOML.
    Value(&'static str),
    /// What no value says.
    Words(&'static str),
}

use Absent::{None as Required, Value, Words};

const fn key(
    name: &'static str,
    kind: &'static str,
    absent: Absent,
    example: &'static str,
    meaning: &'static str,
) -> Key {
    Key { name, kind, absent, example, meaning }
}

const BOOL: &str = "true or false";
const OFF: Absent = Value("false");
const NAMES: &str = "list of names";
const EMPTY: Absent = Value("[]");

/// All of them, in the order of the file. Paths are relative to the file.
pub(crate) const TABLES: &[&Table] = &[
    &Table {
        name: "output",
        header: "[output]",
        subject: "`[output]`",
        meaning: "where the code goes",
        keys: &[
            key("dir", "path", Required, r#""src/tl""#, "the folder of the code; tlgen owns what it writes there"),
            key("root", "name of a file", Value(r#""lib.rs""#), r#""mod.rs""#, "the file that declares the modules"),
            key(
                "regenerate",
                "text",
                Value(r#""tlgen generate""#),
                r#""make schema""#,
                "the command that the first line of each file names",
            ),
        ],
    },
    &Table {
        name: "check",
        header: "[check]",
        subject: "`[check]`",
        meaning: "what `tlgen check` and `tlgen generate --check` refuse",
        keys: &[key(
            "deny",
            "list of rules",
            EMPTY,
            r#"["guessed-ids", "TL0102"]"#,
            "warnings that are errors: rules by name or code, or `warnings` for all",
        )],
    },
    &Table {
        name: "lint",
        header: "[lint]",
        subject: "`[lint]`",
        meaning: "what `tlgen lint` does about the rules that are broken",
        keys: &[
            key(
                "allow",
                "list of rules",
                EMPTY,
                r#"["known-id"]"#,
                "rules that may be broken, by name or code, or `all` of `tlgen lint`",
            ),
            key(
                "warn",
                "list of rules",
                EMPTY,
                r#"["undocumented", "shared-bit"]"#,
                "rules of which breaking them is a warning, or `all`",
            ),
            key(
                "deny",
                "list of rules",
                EMPTY,
                r#"["full-word", "warnings"]"#,
                "rules of which breaking them is an error, or `warnings` for all that would be warnings",
            ),
        ],
    },
    SCHEMA,
];

/// What is said of a schema. All but the first four are options, which are fields of `tlgen_build::Config`.
pub(crate) const SCHEMA: &Table = &Table {
    name: "schema",
    header: "[[schema]]",
    subject: "a schema",
    meaning: "a schema, which becomes a module; one table for each",
    keys: KEYS_OF_A_SCHEMA,
};

const KEYS_OF_A_SCHEMA: &[Key] = &[
    key("name", "text", Required, r#""telegram_228""#, "the name of the module"),
    key("files", "list of paths", Required, r#"["schema/telegram-228.tl"]"#, "the files, which are linked together"),
    key(
        "older",
        "list of paths, or of lists of paths",
        EMPTY,
        r#"["schema/telegram-222.tl"]"#,
        "older layers of the schema, from the oldest on, each a module within it; what is equal in two layers is one type",
    ),
    key(
        "metadata",
        "path or list of paths",
        EMPTY,
        r#""schema/telegram-228.meta.toml""#,
        "descriptions, errors and callers from files; in a build script it needs the feature `metadata`",
    ),
    key(
        "only",
        NAMES,
        EMPTY,
        r#"["contacts.*"]"#,
        "generate these functions, constructors and types, what they reach, and nothing else: `contacts.*`, or `functions:contacts.*` and `types:contacts.*` for either",
    ),
    key(
        "skip",
        NAMES,
        EMPTY,
        r#"["testObject"]"#,
        "without these functions, constructors and types: what has no Rust form, or is not wanted",
    ),
    key(
        "derives",
        "list of paths",
        Value(r#"["Clone", "Debug", "Default", "PartialEq", "Eq", "Hash"]"#),
        r#"["Clone", "Debug", "PartialEq"]"#,
        "instead of `Clone, Debug, Default, PartialEq, Eq, Hash`; `Default`, `Eq`, `Hash`, `Copy` go to the items whose own fields can have them; `::serde::Serialize` and `::serde::Deserialize` need the feature `serde` of `tlgen-runtime`",
    ),
    key(
        "rename",
        "table of names",
        Value("{}"),
        r#"{ "some.constructor" = "NewName" }"#,
        "another Rust name for a combinator, a type or a field (`combinator.field`)",
    ),
    key(
        "bytes",
        "list of fields",
        EMPTY,
        r#"["resPQ.pq"]"#,
        "fields that are declared `string` and hold bytes, such as `resPQ.pq`",
    ),
    key(
        "length",
        "table of fields",
        Value("{}"),
        r#"{ "message.body" = "bytes" }"#,
        "the `int` field that says how long an `Object` field is, such as `message.body` and `bytes`",
    ),
    key(
        "error",
        "name",
        Words("errors come otherwise"),
        r#""liteServer.error""#,
        "the constructor of an `int` and a `string` that a server sends in the place of an answer, such as `liteServer.error`: the call fails with `InvokeError::Rpc`",
    ),
    key(
        "text",
        r#""strict", "lossy" or "bytes""#,
        Value(r#""strict""#),
        r#""lossy""#,
        "what happens to text that is not UTF-8: it is refused (`strict`, the default), repaired (`lossy`), or all text is `Vec<u8>` (`bytes`)",
    ),
    key(
        "text_type",
        r#""string" or "compact""#,
        Value(r#""string""#),
        r#""compact""#,
        "`compact` for `CompactString` instead of `String`: up to 24 bytes need no allocation; for it `tlgen-runtime` needs its feature `compact_str`",
    ),
    key(
        "flags",
        r#""auto", "derived" or "kept""#,
        Value(r#""auto""#),
        r#""kept""#,
        "whether flags words are fields; by default those that are called `flags`, `flags2` and so on are not, and their bits that \
         no field declares are dropped; `kept` keeps them",
    ),
    key(
        "unknown",
        r#""refuse" or "keep""#,
        Value(r#""refuse""#),
        r#""keep""#,
        "what happens to a value whose constructor the schema does not know: its message is refused, or the value is kept in a variant `Unknown` of each enum, for which `DecodeOptions` needs an atlas",
    ),
    key(
        "boxes",
        r#""indirect" or "box""#,
        Value(r#""indirect""#),
        r#""box""#,
        "what large variants of enums are in: `Indirect`, which the crate with the generated code drops, or `Box`, for derives whose \
         traits other crates implement for `Box` only",
    ),
    key(
        "role",
        r#""client", "server" or "both""#,
        Value(r#""both""#),
        r#""client""#,
        "who uses the code: with `both` and `server` everything can be read and written, and the library compiles what a client, or a server, mostly does; `client` leaves out the reading of requests and the writing of what only answers hold",
    ),
    key(
        "borrowed",
        BOOL,
        OFF,
        r#"true"#,
        "a module `borrowed` with the types once more, their text pointing into the input: `&str`, `&[u8]`, `into_owned`",
    ),
    key(
        "views",
        r#"true, false, "table" or "code""#,
        OFF,
        r#""code""#,
        "a module `views` with a view of each constructor and type: fields of a message without decoding it, `page.users()?.get(500)?`; \
         `true` is `\"table\"`, which is small, and `\"code\"` takes less time to look at a message and more to compile",
    ),
    key(
        "accessors",
        BOOL,
        OFF,
        r#"true"#,
        "methods of enums: `user.id()` for a field that all variants share, `as_user()` and `into_user()` for one of them, `TryFrom` back to its struct",
    ),
    key("calls", BOOL, OFF, r#"true"#, "methods by namespace: `client.contacts().get_contacts(0)`"),
    key(
        "declarations",
        BOOL,
        OFF,
        r#"true"#,
        "a constant with the schema as text, with which `tlgen_dynamic::Locator` finds the field at which bytes are wrong",
    ),
    key(
        "runtime",
        "path in Rust",
        Value(r#""::tlgen_runtime""#),
        r#""crate::tl::runtime""#,
        "the path of the runtime in the code, `::tlgen_runtime`",
    ),
    key(
        "layer",
        "number",
        Words("the newest"),
        r#"132"#,
        "of several declarations with one name the newest up to this layer, which must be one that the schema names",
    ),
    key(
        "id_rule",
        r#""plain" or "telegram""#,
        Words("as the ids of each file tell"),
        r#""telegram""#,
        "how ids follow from declarations: `plain` or `telegram`; without it each file follows the rule that its own written ids tell, and the plain one if they tell none",
    ),
    key(
        "allow_id_mismatch",
        NAMES,
        EMPTY,
        r#"["msg_container"]"#,
        "combinators whose written id does not follow from their declaration, without a warning",
    ),
];

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeSet;

    use tlgen_parser::source::FileIdx;

    use super::*;
    use crate::project::config::Config;

    /// A file with a value for each key that `value` has one for, and for those that are required.
    fn file(value: fn(&Key) -> Option<&'static str>) -> Config {
        let mut text = String::new();
        for table in TABLES {
            text += &format!("{}\n", table.header);
            for key in table.keys {
                let required = (key.absent == Required).then_some(key.example);
                if let Some(value) = value(key).or(required) {
                    text += &format!("{} = {value}\n", key.name);
                }
            }
        }
        let config = Config::parse(&text, FileIdx(0)).unwrap();
        assert_eq!(config.faults, [], "{text}");
        config
    }

    #[test]
    fn defaults_are_what_holds_where_a_key_is_not_written() {
        let absent = file(|key| match key.absent {
            Value(value) => Some(value),
            Required | Words(_) => None,
        });
        let nothing = file(|_| None);
        assert_eq!(absent.schemas, nothing.schemas);
        assert_eq!(absent.schemas[0].config, tlgen_build::Config::default());
        assert_eq!((absent.root(), &absent.deny, &absent.lint), (nothing.root(), &nothing.deny, &nothing.lint));
        let command = absent.output.regenerate.unwrap();
        assert_eq!(tlgen_build::Regenerate::Command(command), tlgen_build::Regenerate::default());
    }

    /// An example that were the default would show nothing.
    #[test]
    fn examples_are_taken_and_change_something() {
        let config = file(|key| Some(key.example));
        assert_ne!(config.schemas[0].config, tlgen_build::Config::default());
        for key in TABLES.iter().flat_map(|table| table.keys) {
            assert_ne!(key.absent, Value(key.example), "{}", key.name);
        }
    }

    #[test]
    fn the_table_has_each_option_once() {
        let named: Vec<&str> = SCHEMA.keys.iter().map(|key| key.name).collect();
        let known = tlgen_build::Config::names().iter().chain(&["name", "files", "older", "metadata"]);
        assert_eq!(named.iter().collect::<BTreeSet<_>>(), known.collect());
        assert_eq!(named.len(), tlgen_build::Config::names().len() + 4);
    }
}
