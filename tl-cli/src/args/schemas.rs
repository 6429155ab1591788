//! Arguments of the commands that take schemas by themselves: `check`, `fmt`, `convert`, `id`, `dump`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use tlgen_parser::id::IdRule;

use super::{ErrorFormat, InJson};
use crate::deny::Denied;

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

/// Turn a schema from TL into JSON or the binary form, or back.
///
/// The JSON form is that of core.telegram.org: lists of `constructors` and `methods`. It knows no comments and no
/// builtin types. The binary form is that of the official compiler, `.tlo`; it knows no comments. What comes in is known by its
/// content, and every other command takes both too. A JSON Schema describes the values of each type, as `tlgen decode` writes and
/// `tlgen encode` takes them.
#[derive(Args, Debug)]
pub(crate) struct Convert {
    /// The schema, or `-`.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The form to write to standard output.
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) to: Form,
    /// With --to json-schema: describe the values of this type, as for `tlgen decode` [default: all of them].
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) ty: Option<String>,
    #[command(flatten)]
    pub(crate) form: InJson,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Form {
    Json,
    /// A JSON Schema (draft 2020-12) of the values.
    JsonSchema,
    Tl,
    Tlo,
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
