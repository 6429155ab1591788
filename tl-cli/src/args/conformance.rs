//! Arguments of the command `conformance`.

use std::path::PathBuf;

use clap::Args;

use super::Reading;

/// Write vectors that tell whether an implementation reads and writes a schema right.
///
/// They are JSON for programs in any language: values with their bytes (smallest and largest, a value for each bit of each word, numbers
/// and text at the ends of their ranges, random ones), and bytes that are no values with the reason. The same schema and seed give the
/// same vectors on every machine.
#[derive(Args, Debug)]
pub(crate) struct Conformance {
    /// The schemas, folders of schemas, or `-`. Several files are one schema.
    #[arg(required_unless_present = "json_schema", value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// Only vectors of these functions, constructors and types; `*` stands for any characters. May be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Decides about the random values.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) seed: u64,
    /// How many random values there are of each constructor and function.
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) random: usize,
    /// The file for the vectors, instead of standard output.
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Print the JSON Schema of what is written.
    #[arg(long, conflicts_with_all = ["files", "only", "seed", "random", "out"])]
    pub(crate) json_schema: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
}
