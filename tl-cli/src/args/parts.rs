//! Arguments of the commands about parts and wholes of schemas: `slice`, `merge`, `stats`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Reading;

/// Print the part of a schema that some functions and types need.
///
/// These are the declarations that `generate --only` would generate code from, as they stand in the source, with their
/// descriptions. Ids are written where they were not, so that they stay the same. Several files are one schema.
#[derive(Args, Debug)]
pub(crate) struct Slice {
    /// The schemas, folders of schemas, or `-`.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// The functions, constructors and types to keep with all that they reach; `*` stands for any characters. May be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',', required_unless_present = "skip")]
    pub(crate) only: Vec<String>,
    /// Functions, constructors and types to leave out with what only they reach; may be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) skip: Vec<String>,
    /// The file for the part, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Make one schema of several.
///
/// What several files declare in the same way is declared once. Two declarations of one name and declarations of different files
/// with one id are errors, with both locations, and so are files of different layers. Ids are written where they were not, and
/// comments stay.
#[derive(Args, Debug)]
pub(crate) struct Merge {
    /// The schemas, folders of schemas, or `-`.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// The file for the schema, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Say what a schema is like in numbers.
///
/// How many declarations there are, in which namespaces; what is largest, what is used most, how deep types hold each other, and
/// which of them do so in a cycle. Several files are one schema.
#[derive(Args, Debug)]
pub(crate) struct Stats {
    /// The schemas, folders of schemas, or `-`.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// The form of what is written.
    #[arg(long, value_enum, value_name = "FORM", default_value_t = StatsForm::Table)]
    pub(crate) format: StatsForm,
    /// How many items of each list are shown.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) top: usize,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatsForm {
    /// Text for people.
    Table,
    /// One object of JSON.
    Json,
    /// A picture with bars.
    Svg,
}
