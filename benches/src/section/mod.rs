//! The parts of the table.

pub mod codec;
pub mod compile;
pub mod dynamic;
pub mod generate;
pub mod parse;
mod project;
pub mod sizes;

use crate::table::Row;

/// What a section needs to know.
#[derive(Clone, Debug)]
pub struct Setting {
    /// How many pairs of runs a timing is made of.
    pub pairs: usize,
    /// How many pairs of compilations.
    pub builds: usize,
    /// Whether everything was compiled as one unit of code, for which there are other goals.
    pub is_whole: bool,
    /// The program `probe`.
    pub probe: std::path::PathBuf,
    /// The program `allocations`.
    pub allocations: std::path::PathBuf,
    /// A folder for builds that are measured.
    pub scratch: std::path::PathBuf,
}

/// A section: its name on the command line, its title, and what makes its lines.
pub type Section = (&'static str, &'static str, fn(&Setting) -> Result<Vec<Row>, String>);

/// All of them, in the order of the table.
pub const ALL: &[Section] = &[
    ("codec", "Encode and decode: time", codec::time),
    ("instructions", "Encode and decode: instructions", codec::instructions),
    ("allocations", "Encode and decode: allocations", codec::allocations),
    ("dynamic", "Read by schema", dynamic::rows),
    ("parse", "Parse", parse::rows),
    ("generate", "Generate", generate::rows),
    ("compile", "Compile", compile::rows),
    ("options", "Compile: options of the generator", compile::options),
    ("values", "Size of values", sizes::values),
];
