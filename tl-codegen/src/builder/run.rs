//! From a builder to files: the disk, the environment and cargo.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Sources};

use super::{BuildError, Builder, Report};
use crate::disk::Pending;
use crate::output::Files;
use crate::project::{Project, ProjectError, Unit, is_module_path};
use crate::{Layout, Regenerate, in_modules};

/// What [`Builder::generate`] has made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Built {
    /// Names of files, as in `api.rs`, to their texts.
    pub files: Files,
    /// The bytes of the atlas, if one was asked for.
    pub atlas: Option<Vec<u8>>,
    /// Every file that was read: schemas and metadata.
    pub inputs: Vec<PathBuf>,
    /// What is not as it should be, but no reason to stop.
    pub warnings: Report,
}

impl Builder {
    /// Generates every schema, in memory. Only files that the builder names are read, and nothing is printed.
    ///
    /// # Errors
    /// Every error of the schemas and the options, with the locations in the schema, or a file that cannot be read.
    pub fn generate(&self) -> Result<Built, BuildError> {
        if self.units.is_empty() && self.atlas.is_empty() {
            return Err(BuildError::NoSchema);
        }
        if let Some(path) = self.module.as_ref().filter(|path| !is_module_path(path)) {
            return Err(BuildError::Module(path.clone()));
        }
        let project = self.project().map_err(BuildError::Schema)?;
        let mut run = Run::default();
        for unit in project.units() {
            run.unit(unit, &project)?;
        }
        let atlas = self.read_atlas(&mut run)?;
        if run.report.diagnostics.iter().any(Diagnostic::is_error) {
            return Err(BuildError::Schema(run.report));
        }
        let atlas = atlas.map(|atlas| atlas.to_bytes(self.atlas_names)).transpose()?;
        let files = run.files.into_iter().map(|(name, text)| (name, self.wrap(text))).collect();
        Ok(Built { files, atlas, inputs: run.inputs, warnings: run.report })
    }

    /// Generates every schema and writes the files that differ, so that cargo does not build again what did not change.
    ///
    /// In a build script it prints cargo's `rerun-if-changed` lines, and each warning as cargo's `warning`; elsewhere it
    /// prints nothing, and [`generate`](Self::generate) gives the warnings.
    ///
    /// # Errors
    /// Every error of the schemas and the options, with the locations in the schema, or a failure of the disk. Nothing is
    /// written then.
    pub fn compile(&self) -> Result<(), BuildError> {
        let out_dir = match &self.out_dir {
            Some(dir) => dir.clone(),
            None => std::env::var_os("OUT_DIR").map(PathBuf::from).ok_or(BuildError::NoOutDir)?,
        };
        let built = self.generate()?;
        if is_build_script() {
            built.inputs.iter().for_each(|path| cargo_line(&format!("rerun-if-changed={}", path.display())));
            let warnings = &built.warnings;
            let lines = warnings.diagnostics.iter().map(|warning| one_line(warning, &warnings.sources));
            lines.for_each(|line| cargo_line(&format!("warning={line}")));
        }
        let mut pending = Pending::default();
        let texts = built.files.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
        for (name, bytes) in texts.chain(built.atlas.iter().map(|bytes| (ATLAS, bytes.as_slice()))) {
            let path = out_dir.join(name);
            if !std::fs::read(&path).is_ok_and(|old| old == bytes) {
                pending.add(&path, bytes)?;
            }
        }
        Ok(pending.commit()?)
    }

    /// The schemas with the options of the builder.
    fn project(&self) -> Result<Project, Report> {
        let units = self.units.iter().map(|unit| Unit {
            metadata: self.metadata.clone(),
            config: self.config.clone(),
            ..unit.clone()
        });
        Project::new(units.collect(), Layout::SingleFile, Regenerate::Build).map_err(|errors| Report {
            diagnostics: errors.iter().map(ProjectError::diagnostic).collect(),
            sources: Sources::new(),
        })
    }

    fn wrap(&self, text: String) -> String {
        match &self.module {
            Some(path) => in_modules(&text, path),
            None => text,
        }
    }
}

/// The file of the atlas.
const ATLAS: &str = "atlas.tla";

/// What is known after some of the units.
#[derive(Default)]
pub(super) struct Run {
    files: Files,
    pub(super) inputs: Vec<PathBuf>,
    /// The schemas that were read: a file may be part of several layers.
    schemas: BTreeMap<PathBuf, FileIdx>,
    pub(super) report: Report,
}

impl Run {
    fn unit(&mut self, unit: &Unit, project: &Project) -> Result<(), BuildError> {
        let files = self.schemas(&unit.files)?;
        let older = unit.older.iter().map(|files| self.schemas(files)).collect::<Result<Option<Vec<_>>, _>>()?;
        let mut unit = unit.clone();
        if let Err(fault) = self.metadata(&mut unit)? {
            self.report.diagnostics.push(fault);
        }
        // A file whose name or kind is wrong has been reported already.
        if let Some((files, older)) = files.zip(older) {
            let outcome = project.compile(&unit, &self.report.sources, &files, &older, &|_, _| None);
            self.report.diagnostics.extend(outcome.diagnostics);
            self.files.extend(outcome.value.into_iter().flat_map(|generated| generated.files));
        }
        Ok(())
    }

    /// Adds the texts of schemas. `None` if there is a fault in one.
    fn schemas(&mut self, paths: &[PathBuf]) -> Result<Option<Vec<FileIdx>>, BuildError> {
        let mut files = Vec::new();
        for path in paths {
            match self.schema(path)? {
                Ok(file) => files.push(file),
                Err(fault) => self.report.diagnostics.push(fault),
            }
        }
        Ok((files.len() == paths.len()).then_some(files))
    }

    /// Adds the text of a schema, which may be in its JSON form.
    pub(super) fn schema(&mut self, path: &Path) -> Result<Result<FileIdx, Diagnostic>, BuildError> {
        if let Some(file) = self.schemas.get(path) {
            return Ok(Ok(*file));
        }
        let text = self.read(path)?;
        let (sources, name) = (&mut self.report.sources, path.display());
        let file = if tlgen_parser::json::is_json(&text) {
            match tlgen_parser::json::to_tl(&text) {
                Ok(tl) => sources.add(format!("{name} as TL"), tl),
                Err(error) => return Ok(Err(error.diagnostic(sources.add(name.to_string(), text)))),
            }
        } else {
            sources.add(name.to_string(), text)
        };
        self.schemas.insert(path.to_owned(), file);
        Ok(Ok(file))
    }

    /// Adds to the options what the files with metadata say.
    #[cfg(feature = "metadata")]
    fn metadata(&mut self, unit: &mut Unit) -> Result<Result<(), Diagnostic>, BuildError> {
        for path in &unit.metadata {
            let text = self.read(path)?;
            let file = self.report.sources.add(path.display().to_string(), text.clone());
            match tlgen_meta::sidecar::read(&text, file) {
                Ok(more) => unit.config.metadata.merge(more),
                Err(error) => return Ok(Err(error.diagnostic())),
            }
        }
        Ok(Ok(()))
    }

    #[cfg(not(feature = "metadata"))]
    #[expect(clippy::unused_self, reason = "with the feature `metadata` it is used")]
    fn metadata(&mut self, unit: &mut Unit) -> Result<Result<(), Diagnostic>, BuildError> {
        if unit.metadata.is_empty() { Ok(Ok(())) } else { Err(BuildError::MetadataFeature) }
    }

    fn read(&mut self, path: &Path) -> Result<String, BuildError> {
        if !self.inputs.iter().any(|input| input == path) {
            self.inputs.push(path.to_owned());
        }
        let bytes = std::fs::read(path).map_err(|source| BuildError::Read { path: path.to_owned(), source })?;
        String::from_utf8(bytes).map_err(|error| {
            let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
            BuildError::NotUtf8 { path: path.to_owned(), line, source: error.utf8_error() }
        })
    }
}

/// Whether this process is a build script: cargo sets all of these variables for build scripts only.
fn is_build_script() -> bool {
    ["OUT_DIR", "TARGET", "NUM_JOBS"].iter().all(|name| std::env::var_os(name).is_some())
}

/// A diagnostic on one line, with the file and the line that it points at.
fn one_line(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let location = diagnostic.primary.as_ref().map(|label| {
        let source = sources.get(label.location.file);
        let before = &source.text.as_bytes()[..label.location.span.start as usize];
        format!("{}:{}: ", source.name, 1 + before.iter().filter(|byte| **byte == b'\n').count())
    });
    format!("{}{} [{}]", location.unwrap_or_default(), diagnostic.message, diagnostic.code.0)
}

/// A line to cargo, which reads the standard output of a build script.
#[expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
fn cargo_line(line: &str) {
    println!("cargo::{line}");
}
