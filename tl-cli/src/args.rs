//! The command line as clap reads it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use tlgen_build::Config as Options;
use tlgen_parser::id::IdRule;

use crate::deny::Denied;

/// Reads, checks, formats and compiles TL, the schema language of Telegram, TDLib, TON and VK.
#[derive(Debug, Parser)]
#[command(name = "tlgen", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// Colours in what is written; auto: on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub(crate) color: ColorChoice,
    /// The form of errors and warnings; text is for people.
    #[arg(long, global = true, value_enum, value_name = "FORM", default_value_t = ErrorFormat::Text)]
    pub(crate) error_format: ErrorFormat,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "Exit status: 0 success, 1 problems found in the input, 2 usage error.\n`-` as a file is standard \
                          input. A folder stands for its `.tl` files and JSON schemas, without hidden ones.";

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ErrorFormat {
    /// With excerpts of the schema.
    Text,
    /// One JSON object a line.
    Json,
    /// Commands for a workflow of GitHub Actions, which become annotations.
    Github,
    /// One document of SARIF 2.1.0, for code scanning and editors.
    Sarif,
    /// One document of JUnit XML, with a test case for each file.
    Junit,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    // The options are those of the code of --schema: with a configuration they are in it.
    #[command(mut_group("Config", |options| options.requires("schema")))]
    Generate(Box<Generate>),
    Check(Check),
    Fmt(Fmt),
    Convert(Convert),
    Id(Id),
    Dump(Dump),
    Docs(Docs),
    Atlas(Atlas),
    Who(Who),
    Explain(Explain),
    Init(Init),
    Config(Config),
    Completions(Completions),
    Man(ManPages),
}

/// Write the Rust code of schemas.
///
/// Without --schema, `tlgen.toml` says what comes from which schemas; it is looked for in the current folder and those
/// above it. Only files that differ are written, and only files that tlgen wrote are overwritten or removed.
#[derive(Args, Debug)]
pub(crate) struct Generate {
    /// The configuration, instead of the nearest `tlgen.toml`.
    #[arg(long, value_name = "FILE", conflicts_with = "schema")]
    pub(crate) config: Option<PathBuf>,
    /// Write nothing: name each file that is missing, different or left over, and fail if there is one, or if a written
    /// id does not follow from its declaration.
    #[arg(long)]
    pub(crate) check: bool,
    /// With --check: show what is different in each file as a unified diff, from what is there to what should be.
    #[arg(long, requires = "check")]
    pub(crate) diff: bool,
    /// Warnings that count as errors: `warnings` for all of them, or a rule by name or code; may be repeated.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) deny: Vec<Denied>,
    /// Schema files without a configuration, or folders of them; several are linked together as one schema.
    #[arg(long, value_name = "FILE|DIR", num_args = 1.., requires = "out")]
    pub(crate) schema: Vec<PathBuf>,
    /// The folder for the code of --schema; tlgen owns what it writes there.
    #[arg(long, value_name = "DIR", requires = "schema")]
    pub(crate) out: Option<PathBuf>,
    /// The name of the module [default: from the name of the first schema file].
    #[arg(long, requires = "schema")]
    pub(crate) name: Option<String>,
    /// Write one file, NAME.rs, as a build script does, and not a folder with a file for each namespace.
    #[arg(long, requires = "schema")]
    pub(crate) single_file: bool,
    /// Put the code of --single-file into modules, as in `tg::api`.
    #[arg(long, value_name = "PATH", requires = "single_file")]
    pub(crate) module: Option<String>,
    /// What is known about --schema beyond it: sidecar files (.toml), tables of errors or methods (.csv), descriptions
    /// (.json). What an earlier file says has precedence.
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "schema")]
    pub(crate) metadata: Vec<PathBuf>,
    #[command(
        flatten,
        next_help_heading = "Options of the code of --schema, under the names that they have in tlgen.toml"
    )]
    pub(crate) options: Options,
}

/// Report every error and warning of schemas.
///
/// Each file is a schema for itself; with --together all files are one.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The schemas, folders of schemas, or `-` [default: those of the nearest `tlgen.toml`, with their options].
    #[arg(value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// Link all files as one schema.
    #[arg(long)]
    pub(crate) together: bool,
    /// A shorter name of --error-format.
    #[arg(long, hide = true, value_enum, conflicts_with = "error_format")]
    pub(crate) format: Option<ErrorFormat>,
    /// Take types that are not declared for types of another file.
    #[arg(long)]
    pub(crate) fragment: bool,
    /// Warnings that count as errors: `warnings` for all of them, or a rule by name or code; may be repeated.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) deny: Vec<Denied>,
    /// No warning where the written id of this declaration does not follow from its line; may be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) allow_id_mismatch: Vec<String>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// How a schema is read.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct Reading {
    /// Leave out declarations of later layers: of one name the newest up to this layer counts. The schema must name it.
    #[arg(long, value_name = "N")]
    pub(crate) layer: Option<u32>,
    /// How constructor ids follow from declarations: `plain` (TON, TDLib, VK) or `telegram` [default: the one that explains
    /// more of the written ids].
    #[arg(long, value_name = "RULE")]
    pub(crate) id_rule: Option<IdRule>,
}

/// Bring schemas into the canonical layout, comments and all.
///
/// Files are changed in place; what comes from standard input goes to standard output. A file with syntax errors is
/// left as it is.
#[derive(Args, Debug)]
pub(crate) struct Fmt {
    /// The schemas, folders of schemas, or `-`.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// Change nothing: name each file with another layout, and fail if there is one.
    #[arg(long)]
    pub(crate) check: bool,
    /// With --check: show what would change in each file as a unified diff.
    #[arg(long, requires = "check")]
    pub(crate) diff: bool,
    /// Also write the id that follows from the declaration where the written one follows from neither rule, and name each
    /// such id. Ids that `allow_id_mismatch` in tlgen.toml allows, and those known from public schemas, stay.
    #[arg(long)]
    pub(crate) ids: bool,
    /// With --ids: how ids follow from declarations, `plain` (TON, TDLib, VK) or `telegram` [default: as tlgen.toml says, or
    /// the one that explains more of the written ids of the file].
    #[arg(long, value_name = "RULE", requires = "ids")]
    pub(crate) id_rule: Option<IdRule>,
    /// With --ids: leave the id of this declaration as it is; may be repeated.
    #[arg(long, value_name = "NAME", requires = "ids")]
    pub(crate) allow_id_mismatch: Vec<String>,
}

/// Turn a schema from TL into JSON or back.
///
/// The JSON form is that of core.telegram.org: lists of `constructors` and `methods`. It knows no comments and no
/// builtin types. What comes in is known by its content, and every other command takes JSON too.
#[derive(Args, Debug)]
pub(crate) struct Convert {
    /// The schema, or `-`.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The form to write to standard output.
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) to: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Json,
    Tl,
}

/// Print the constructor id of every declaration.
///
/// One line each, `<id> <name>`: the id that follows from the declaration, in 8 hexadecimal digits. The id that is
/// written in the file does not count. A list of declarations will do: types need not be declared, names may repeat.
#[derive(Args, Debug)]
pub(crate) struct Id {
    /// The schemas, folders of schemas, or `-`.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// How ids follow from declarations: `plain` (TON, TDLib, VK) or `telegram` [default: for each file the one that
    /// explains more of its written ids].
    #[arg(long, value_name = "RULE")]
    pub(crate) id_rule: Option<IdRule>,
}

/// Show what a stage makes of a schema.
#[derive(Args, Debug)]
pub(crate) struct Dump {
    /// The stage.
    #[arg(long, value_enum)]
    pub(crate) stage: Stage,
    /// The schema, a folder of schemas, or `-`; several files are linked together.
    #[arg(required = true, value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    /// Only declarations of this name, or of a namespace as in 'contacts.*'; for ir and rust also what they reach.
    #[arg(long, value_name = "NAME")]
    pub(crate) filter: Option<String>,
    /// Only what these functions, constructors and types reach, as for `generate`; not for ast.
    #[arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Leave out these functions, constructors and types, as for `generate`; not for ast.
    #[arg(long, value_name = "NAME", num_args = 1.., value_delimiter = ',')]
    pub(crate) skip: Vec<String>,
    /// Take types that are not declared for types of another file.
    #[arg(long)]
    pub(crate) fragment: bool,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// The syntax tree with the place of every node.
    Ast,
    /// The resolved schema.
    Model,
    /// What Rust items it becomes.
    Ir,
    /// The Rust code.
    Rust,
}

/// Make reference pages: a static site, and each page as Markdown beside it.
///
/// Without --schema, the pages are about the schemas of the nearest `tlgen.toml`, with their metadata. With it, each file
/// is a schema for itself; files of different layers are layers of one API when their names differ in nothing but the
/// number of the layer.
#[derive(Args, Debug)]
pub(crate) struct Docs {
    /// The configuration, instead of the nearest `tlgen.toml`.
    #[arg(long, value_name = "FILE", conflicts_with = "schema")]
    pub(crate) config: Option<PathBuf>,
    /// The folder for the pages; tlgen owns what it writes there [default: target/docs, or none with --serve].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Schema files without a configuration, or folders of them.
    #[arg(long, value_name = "FILE|DIR", num_args = 1..)]
    pub(crate) schema: Vec<PathBuf>,
    /// Metadata for every schema, after what is said in comments and in the configuration: sidecar files (.toml), tables
    /// of errors or methods (.csv), descriptions (.json). What comes first has precedence.
    #[arg(long = "metadata", alias = "meta", value_name = "FILE", num_args = 1..)]
    pub(crate) meta: Vec<PathBuf>,
    /// Also make all pages of older layers. Without it there is one page for each name, in the newest layer that has it.
    #[arg(long)]
    pub(crate) all_layers: bool,
    /// The address at which the site will be, as in https://example.org/api/: pages name their own addresses, and there is a
    /// sitemap.
    #[arg(long, value_name = "URL", value_parser = web_address)]
    pub(crate) base_url: Option<String>,
    /// The title of the site.
    #[arg(long, default_value = "API reference")]
    pub(crate) title: String,
    /// Serve the pages to browsers on this machine until interrupted.
    #[arg(long, value_name = "PORT", num_args = 0..=1, default_missing_value = "8228")]
    pub(crate) serve: Option<u16>,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// An address of the web as it can be at the beginning of others.
fn web_address(text: &str) -> Result<String, String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || "?#\"<>".contains(c)) => {
            Ok(text.to_owned())
        }
        _ => Err("it must be https:// or http:// with a host, and without `?` and `#`".to_owned()),
    }
}

/// Put the wire layouts of schemas into one small file.
///
/// With it a program can skip values of constructors that it does not know: give it all layers that a server may speak.
/// Each file is a schema by itself. An id must have one layout in all of them.
#[derive(Args, Debug)]
pub(crate) struct Atlas {
    /// The schemas.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The file for the atlas.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Also the names of constructors, fields and types, and the layers: for `tlgen who`, and for messages of programs.
    #[arg(long)]
    pub(crate) names: bool,
    /// Write nothing, and fail if the file is not what the schemas say.
    #[arg(long)]
    pub(crate) check: bool,
    /// How ids follow from declarations: `plain` or `telegram` [default: for each file the one that explains more of its
    /// written ids].
    #[arg(long, value_name = "RULE")]
    pub(crate) id_rule: Option<IdRule>,
}

/// Say whose id a number is.
///
/// A number is hexadecimal or decimal, signed or not, or has its bytes in the order of the wire. For one that nobody has
/// as its id, the command says what else it may be, and fails. Numbers that follow each other in a message, given
/// together, also show where the reader went out of step.
#[derive(Args, Debug)]
pub(crate) struct Who {
    /// The numbers.
    #[arg(required = true, value_name = "ID", allow_negative_numbers = true)]
    pub(crate) ids: Vec<String>,
    /// The schemas to look into, each by itself [default: those of the nearest `tlgen.toml`].
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(crate) schema: Vec<PathBuf>,
    /// An atlas with names to look into, which is faster.
    #[arg(long, value_name = "FILE")]
    pub(crate) atlas: Option<PathBuf>,
}

/// Say what the code of a diagnostic means.
///
/// Without a code, all codes are listed.
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// The code or the name, as in TL0121 or id-mismatch.
    pub(crate) code: Option<String>,
}

/// Write the files that a project begins with.
///
/// These are `tlgen.toml`, with the schemas in the folder `schema` or beside it, and a sample schema if there is none. Nothing is
/// overwritten.
#[derive(Args, Debug)]
pub(crate) struct Init {
    /// The folder of the project.
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) dir: PathBuf,
}

/// Show what `tlgen.toml` may say: each key with its type, its default and an example.
#[derive(Args, Debug)]
pub(crate) struct Config {
    /// One key, as in `only` or `output.dir`.
    pub(crate) key: Option<String>,
}

/// Print the script with which a shell completes commands and options.
///
/// For bash: `tlgen completions bash > ~/.local/share/bash-completion/completions/tlgen`. For zsh write to a file `_tlgen` in a
/// folder of `$fpath`, for fish to `~/.config/fish/completions/tlgen.fish`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

/// Print the man page, as in `tlgen man | man -l -`.
#[derive(Args, Debug)]
pub(crate) struct ManPages {
    /// The page of one command.
    pub(crate) command: Option<String>,
    /// Write the pages of all commands into this folder instead.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub(crate) out: Option<PathBuf>,
}
