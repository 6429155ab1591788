//! What to generate: from `tlgen.toml` or from arguments.
//!
//! What goes out is a [`Job`], the same for both, with the text of every file that it needs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tlgen_build::{Config as Options, FlagsMode, Origin, Role as CodegenRole, TextMode, TextType};
use tlgen_diagnostics::{Style, render_all};
use tlgen_parser::id::IdRule;
use tlgen_parser::source::{FileIdx, Sources};

use super::config::{self, Config, Flags, OwnText, SchemaConfig, Text, TextKind};
use super::metadata;
use crate::args::{Generate, Reading, Role};
use crate::failure::Failure;
use crate::input;

/// The file that is looked for.
const CONFIG_NAME: &str = "tlgen.toml";

/// What one call generates.
pub(crate) struct Job {
    /// The output folder.
    pub(crate) dir: PathBuf,
    /// The part of it in which what is left over is removed, relative to it.
    pub(crate) owned: PathBuf,
    /// The name of the file that declares the modules, if there is one.
    pub(crate) root: Option<String>,
    /// One for each module.
    pub(crate) units: Vec<Unit>,
    /// The configuration and all schemas.
    pub(crate) sources: Sources,
}

/// One schema.
pub(crate) struct Unit {
    pub(crate) files: Vec<FileIdx>,
    pub(crate) origin: Origin,
    pub(crate) link: tlgen_model::Options,
    pub(crate) options: Options,
    /// Where its options are written.
    pub(crate) config: Option<(FileIdx, SchemaConfig)>,
}

impl Job {
    /// Reads what the arguments name.
    pub(crate) fn new(args: &Generate, style: Style) -> Result<Self, Failure> {
        match (&args.out, &args.config) {
            (Some(out), _) => Self::from_args(args, out, style),
            (None, Some(config)) => Self::from_config(config, args.reading, style),
            (None, None) => Self::nearest(args.reading, style),
        }
    }

    /// What the nearest `tlgen.toml` says.
    pub(crate) fn nearest(reading: Reading, style: Style) -> Result<Self, Failure> {
        Self::from_config(&find_config()?, reading, style)
    }

    fn from_args(args: &Generate, out: &Path, style: Style) -> Result<Self, Failure> {
        let (sources, files) = input::sources(&args.schema, style)?;
        let name = match &args.name {
            Some(name) if config::is_module_name(name) => name.clone(),
            Some(name) => return Err(Failure::Call(format!("`{name}` can not be the name of a module"))),
            None => module_name(&args.schema[0]),
        };
        // Only the names: the output must not tell where the files are on this machine.
        let names = args.schema.iter().map(|path| path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        let options = Options { only: args.only.clone(), role: role(args.role), ..Options::default() };
        let unit = Unit {
            files,
            origin: Origin { name: name.clone(), files: names.collect() },
            link: link(args.reading),
            options,
            config: None,
        };
        Ok(Self { dir: out.to_owned(), owned: name.into(), root: None, units: vec![unit], sources })
    }

    /// What a configuration says.
    pub(crate) fn from_config(path: &Path, reading: Reading, style: Style) -> Result<Self, Failure> {
        let mut sources = Sources::new();
        let text = input::read(path)?;
        let file = sources.add(input::name(path), text.clone());
        let config = match Config::parse(&text, file) {
            Ok(config) => config,
            Err(faults) => return Err(Failure::Diagnostics(render_all(&faults, &sources, style))),
        };
        let base = path.parent().unwrap_or_else(|| Path::new(""));
        let (mut units, mut faults) = (Vec::new(), Vec::new());
        for schema in config.schemas {
            let mut files = Vec::with_capacity(schema.files.len());
            for name in &schema.files {
                match input::schema(&base.join(name.get_ref()), &mut sources, style) {
                    Ok(file) => files.push(file),
                    Err(failure @ Failure::Diagnostics(_)) => return Err(failure),
                    Err(failure) => faults.push(config::fault(failure.to_string(), config::place(file, name), "")),
                }
            }
            let mut options = configured_options(&schema);
            if let Some(paths) = &schema.metadata {
                match metadata::read(paths.get_ref().all(), base, &mut sources) {
                    Ok(metadata) => options.metadata = metadata,
                    Err(metadata::Fault::Unread(failure)) => {
                        faults.push(config::fault(failure.to_string(), config::place(file, paths), ""));
                    }
                    Err(metadata::Fault::Malformed(error)) => faults.push(error.diagnostic()),
                }
            }
            units.push(Unit {
                files,
                origin: Origin { name: schema.name.get_ref().clone(), files: texts(&schema.files) },
                link: configured_link(&schema, reading),
                options,
                config: Some((file, schema)),
            });
        }
        if !faults.is_empty() {
            return Err(Failure::Diagnostics(render_all(&faults, &sources, style)));
        }
        let root = config.output.root.map_or_else(|| "lib.rs".to_owned(), toml::Spanned::into_inner);
        let dir = base.join(config.output.dir.into_inner());
        Ok(Self { dir, owned: PathBuf::new(), root: Some(root), units, sources })
    }
}

/// What a schema of the configuration means for the generator.
fn configured_options(schema: &SchemaConfig) -> Options {
    let defaults = Options::default();
    Options {
        only: texts(&schema.only),
        derives: schema.derives.as_deref().map_or(defaults.derives, texts),
        renames: pairs(&schema.rename),
        bytes_fields: texts(&schema.bytes).into_iter().collect(),
        lengths: pairs(&schema.length),
        text: match schema.text {
            TextKind::Strict => TextMode::Strict,
            TextKind::Lossy => TextMode::Lossy,
            TextKind::Bytes => TextMode::Bytes,
        },
        text_type: match schema.text_type {
            OwnText::String => TextType::String,
            OwnText::Compact => TextType::Compact,
        },
        flags: match schema.flags {
            Flags::Auto => FlagsMode::Auto,
            Flags::Derived => FlagsMode::Derived,
            Flags::Kept => FlagsMode::Kept,
        },
        role: schema.role.map_or(defaults.role, role),
        borrowed: schema.borrowed,
        runtime: defaults.runtime,
        metadata: defaults.metadata,
        calls: schema.calls,
        declarations: schema.declarations,
    }
}

/// What it means for the model; the arguments come first.
fn configured_link(schema: &SchemaConfig, reading: Reading) -> tlgen_model::Options {
    tlgen_model::Options {
        layer: reading.layer.or(schema.layer),
        id_rule: reading.rule.or(schema.id_rule).map(IdRule::from),
        allow_id_mismatch: texts(&schema.allow_id_mismatch),
        ..tlgen_model::Options::default()
    }
}

fn texts(list: &[Text]) -> Vec<String> {
    list.iter().map(|text| text.get_ref().clone()).collect()
}

fn pairs(map: &BTreeMap<Text, Text>) -> BTreeMap<String, String> {
    map.iter().map(|(key, value)| (key.get_ref().clone(), value.get_ref().clone())).collect()
}

/// What the arguments that say how schemas are read mean for the model.
pub(crate) fn link(reading: Reading) -> tlgen_model::Options {
    tlgen_model::Options {
        layer: reading.layer,
        id_rule: reading.rule.map(IdRule::from),
        ..tlgen_model::Options::default()
    }
}

fn role(role: Role) -> CodegenRole {
    match role {
        Role::Client => CodegenRole::Client,
        Role::Server => CodegenRole::Server,
        Role::Both => CodegenRole::Both,
    }
}

/// The nearest `tlgen.toml` in the current folder and those above it, as a path relative to the current folder.
fn find_config() -> Result<PathBuf, Failure> {
    let here = std::env::current_dir().map_err(|error| Failure::read(Path::new("."), &error))?;
    let mut up = PathBuf::new();
    for folder in here.ancestors() {
        if folder.join(CONFIG_NAME).is_file() {
            return Ok(up.join(CONFIG_NAME));
        }
        up.push("..");
    }
    Err(Failure::Call(format!(
        "there is no `{CONFIG_NAME}` here or in a folder above; write one (`tlgen explain {}` shows how), or name \
         schema files in the call",
        config::CONFIG.0
    )))
}

/// `telegram-228.tl` to `telegram_228`.
pub(crate) fn module_name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let name: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let name = name.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    tlgen_build::naming::module_name(if name.is_empty() { "schema" } else { name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_modules() {
        let name = |path: &str| module_name(Path::new(path));
        assert_eq!(name("schema/telegram-228.tl"), "telegram_228");
        assert_eq!(name("TD.api.tl"), "td_api");
        assert_eq!(name("228.tl"), "schema");
        assert_eq!(name("type.tl"), "type_");
        assert_eq!(name("-"), "schema");
    }
}
