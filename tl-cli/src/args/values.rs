//! Arguments of the commands about values: `decode`, `encode`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

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

/// Show what bytes mean, as JSON.
///
/// The bytes are hexadecimal, Base64 or raw, which is told by their content. Without --type the id that they begin with says what
/// they are.
#[derive(Args, Debug)]
pub(crate) struct Decode {
    /// The bytes, `@FILE`, or `-`; by default standard input.
    #[arg(value_name = "BYTES")]
    pub(crate) input: Option<String>,
    #[command(flatten)]
    pub(crate) meaning: Meaning,
    /// How the bytes are written [default: told by the content].
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) from: Option<Encoding>,
    /// What to write.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Output::Json)]
    pub(crate) to: Output,
    /// Which JSON.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Json::Tlgen)]
    pub(crate) json: Json,
    /// Read one message a line and write one line each; raw messages follow each other without anything between them.
    #[arg(long)]
    pub(crate) many: bool,
    /// Show what each byte is: a line for each field with its offset, bytes, type and value. After a fault it goes on where the
    /// bytes make sense again.
    #[arg(long, conflicts_with_all = ["many", "to"])]
    pub(crate) explain: bool,
    /// With --explain: how many columns a line has [default: those of the terminal, or 120].
    #[arg(long, value_name = "N", requires = "explain")]
    pub(crate) width: Option<usize>,
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
    /// How the bytes are written.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Encoding::Hex)]
    pub(crate) to: Encoding,
    /// Which JSON.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = Json::Tlgen)]
    pub(crate) json: Json,
    /// Read one value a line and write one line each; raw messages follow each other without anything between them.
    #[arg(long)]
    pub(crate) many: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    /// Objects with the names of fields.
    Json,
    /// Hexadecimal digits, of bytes in whatever form they came.
    Hex,
    Base64,
    Raw,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Json {
    /// `_` names the constructor, and bytes are hexadecimal.
    Tlgen,
    /// TDLib's: `@type` names the constructor, bytes are Base64, and an `int53` is a number.
    Tdlib,
}
