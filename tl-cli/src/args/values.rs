//! Arguments of the commands about values: `decode`, `encode`, `disasm`, `asm`, `random`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tlgen_dynamic::JsonForm;

use super::Reading;
use crate::payload::Encoding;

/// Which schemas and which type a value has.
#[derive(Args, Debug)]
pub(crate) struct Meaning {
    /// The schemas, or folders of them [default: those of the nearest `tlgen.toml`, each by itself]. Files that differ in nothing but
    /// the number of the layer at the end of their names are layers of one API, and each is tried; all others are linked together.
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    pub(crate) schema: Vec<PathBuf>,
    /// What the value is: a constructor or function with its id before it, or a type as in a schema, such as `Vector<long>` or the
    /// bare `%User` [default: what the id at the beginning says].
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) ty: Option<String>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

impl Meaning {
    /// `--schema FILE BYTES`: the list of files takes the argument that follows it. It is no file, and not the only one.
    pub(crate) fn split(&mut self, input: &mut Option<String>) {
        let last = self.schema.last().filter(|last| !last.exists()).and_then(|last| last.to_str());
        let is_file = |last: &str| last.ends_with(".tl") || last.ends_with(".json");
        if input.is_none()
            && self.schema.len() > 1
            && let Some(last) = last.filter(|last| !is_file(last))
        {
            *input = Some(last.to_owned());
            self.schema.pop();
        }
    }
}

/// Bytes, and what they are.
#[derive(Args, Debug)]
pub(crate) struct Message {
    /// The bytes, `@FILE`, or `-`; by default standard input.
    #[arg(value_name = "BYTES")]
    pub(crate) input: Option<String>,
    #[command(flatten)]
    pub(crate) meaning: Meaning,
    /// How the bytes are written [default: told by the content].
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) from: Option<Encoding>,
}

impl Message {
    /// As [`Meaning::split`].
    pub(crate) fn split(&mut self) {
        self.meaning.split(&mut self.input);
    }
}

/// How bytes come out.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Written {
    /// How the bytes are written.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Encoding::Hex)]
    pub(crate) to: Encoding,
}

/// What JSON looks like.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct InJson {
    /// Which JSON.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Json::Tlgen)]
    pub(crate) json: Json,
}

/// Show what bytes mean, as JSON.
///
/// The bytes are hexadecimal, Base64 or raw, which is told by their content. Without --type the id that they begin with says what
/// they are.
#[derive(Args, Debug)]
pub(crate) struct Decode {
    #[command(flatten)]
    pub(crate) message: Message,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Output::Json)]
    pub(crate) to: Output,
    #[command(flatten)]
    pub(crate) form: InJson,
    /// Read one message a line and write one line each; raw messages follow each other without anything between them.
    #[arg(long)]
    pub(crate) many: bool,
    /// Show what each byte is: a line for each field with its offset, bytes, type and value. After a fault it goes on where the
    /// bytes make sense again.
    #[arg(long, conflicts_with_all = ["many", "to", "which"])]
    pub(crate) explain: bool,
    /// Say by which layers the bytes can be read, the most probable first, and where each of the others stops.
    #[arg(long, conflicts_with_all = ["many", "to"])]
    pub(crate) which: bool,
    /// With --explain: lines for a terminal, or a page of HTML that needs no other file, in which values and bytes show each other.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Page::Text, requires = "explain")]
    pub(crate) format: Page,
    /// With --explain: how many columns a line has [default: those of the terminal, or 120].
    #[arg(long, value_name = "N", requires = "explain")]
    pub(crate) width: Option<usize>,
    /// Read what is sent between client and server: know the messages of MTProto that hold others, if the schemas do not, and
    /// unpack `gzip_packed`.
    #[arg(long)]
    pub(crate) open: bool,
    /// Take the bytes for an answer to this function, alone or in an `rpc_result`.
    #[arg(long, value_name = "FUNCTION", conflicts_with = "ty")]
    pub(crate) request: Option<String>,
    /// Accept lengths in longer forms than needed, padding that is not zero, and text that is not UTF-8.
    #[arg(long)]
    pub(crate) lenient: bool,
}

/// Write the bytes of a value.
///
/// The value is JSON as `tlgen decode` writes it. Words that follow from the fields, such as flags and counts, may be left out.
#[derive(Args, Debug)]
pub(crate) struct Encode {
    /// The JSON, `@FILE`, or `-`; by default standard input.
    #[arg(value_name = "JSON")]
    pub(crate) input: Option<String>,
    #[command(flatten)]
    pub(crate) meaning: Meaning,
    #[command(flatten)]
    pub(crate) written: Written,
    #[command(flatten)]
    pub(crate) form: InJson,
    /// Read one value a line and write one line each; raw messages follow each other without anything between them.
    #[arg(long)]
    pub(crate) many: bool,
    /// Write what is sent between client and server, as `tlgen decode --open` shows it: messages in `gzip_packed` are packed, and the
    /// lengths of messages in containers are computed.
    #[arg(long)]
    pub(crate) open: bool,
    /// Pack the message into a `gzip_packed`; of an `rpc_result` the answer in it.
    #[arg(long)]
    pub(crate) gzip: bool,
    /// Take the value for an answer to this function, alone or in an `rpc_result`.
    #[arg(long, value_name = "FUNCTION", conflicts_with = "ty")]
    pub(crate) request: Option<String>,
}

/// Turn bytes into text that can be changed, whatever they are.
///
/// `tlgen asm` makes the same bytes of the text. Numbers, strings, ids by their names, and lists are written as such; what means
/// nothing is written as digits. A line `//` says what is wrong with the bytes after it.
#[derive(Args, Debug)]
pub(crate) struct Disasm {
    #[command(flatten)]
    pub(crate) message: Message,
}

/// Turn the text of `tlgen disasm` into bytes.
///
/// `user { ... }` is the id of a constructor and what is in the braces, `#d23c81a3` an id by its number; `[ ... ]` is a list with the
/// number of its items, `7*[ ... ]` one whose number is written; `5` has four bytes, `5L` eight; `"text"` is a string with its length
/// and padding, `bytes( ... )` one with these bytes, `'text'` text and `` `c0ffee` `` bytes as they are; `len( ... )` is the number
/// of bytes that follow, and these. Names of fields are for the reader.
#[derive(Args, Debug)]
pub(crate) struct Asm {
    /// The text, `@FILE`, or `-`; by default standard input.
    #[arg(value_name = "TEXT")]
    pub(crate) input: Option<String>,
    #[command(flatten)]
    pub(crate) meaning: Meaning,
    #[command(flatten)]
    pub(crate) written: Written,
}

/// Make random values of a type.
///
/// They are valid, and as awkward as valid values can be: numbers at the ends of their ranges, strings of the lengths at which their
/// form changes, all flags or none, empty lists. The same seed gives the same values on every machine.
#[derive(Args, Debug)]
pub(crate) struct Random {
    #[command(flatten)]
    pub(crate) meaning: Meaning,
    /// The seed of the first value; each of the following has the next number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) seed: u64,
    /// How many values.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) count: u64,
    /// What to write; of several values one line each.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Form::Json)]
    pub(crate) format: Form,
    #[command(flatten)]
    pub(crate) form: InJson,
    /// After about so many bytes only the smallest parts follow.
    #[arg(long, value_name = "BYTES", default_value_t = 2048)]
    pub(crate) size: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Page {
    Text,
    Html,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Json,
    Hex,
    /// The text of `tlgen disasm`, with an empty line after each value.
    Text,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Objects with the names of fields.
    Json,
    /// Hexadecimal digits, of bytes in whatever form they came.
    Hex,
    Base64,
    Raw,
    /// The text of `tlgen disasm`.
    Text,
    /// An expression of the types that `tlgen generate` makes.
    Rust,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Json {
    /// `_` names the constructor, and bytes are hexadecimal.
    Tlgen,
    /// TDLib's: `@type` names the constructor, bytes are Base64, and an `int53` is a number.
    Tdlib,
    /// That of VK's tools: `{"type": ..., "value": ...}` where a type has several constructors, and what is empty is left out.
    Vk,
}

impl From<Json> for JsonForm {
    fn from(json: Json) -> Self {
        match json {
            Json::Tlgen => Self::Tlgen,
            Json::Tdlib => Self::TdLib,
            Json::Vk => Self::Vk,
        }
    }
}
