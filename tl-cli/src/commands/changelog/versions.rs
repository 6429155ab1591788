//! The versions that the arguments name, linked one after the other.

use std::path::PathBuf;
use std::vec;

use tlgen_build::Config;
use tlgen_diff::Release;
use tlgen_model::schema::Schema;
use tlgen_model::{Fragment, Valid, layer_of, load, load_fragment};
use tlgen_parser::source::{FileIdx, Sources};

use crate::args::Changelog;
use crate::failure::Failure;
use crate::git::{self, Commit, Range};
use crate::project::stated;
use crate::terminal::Terminal;
use crate::{folders, input};

/// A version with its schema.
pub(super) struct Version {
    pub(super) release: Release,
    pub(super) schema: Linked,
}

/// A schema, or a part of one that needs other files.
pub(super) enum Linked {
    Whole(Valid<Schema>),
    Part(Schema),
}

impl Linked {
    pub(super) fn schema(&self) -> &Schema {
        match self {
            Self::Whole(schema) => schema,
            Self::Part(schema) => schema,
        }
    }
}

/// Versions that are not linked yet, oldest first.
pub(super) struct Versions<'a> {
    args: &'a Changelog,
    /// The options with which all of them are read and compared.
    options: Config,
    /// The files of a version, and of all versions where they are files.
    sources: Sources,
    rest: Rest,
    /// The layer of the commit before.
    last: Option<u32>,
}

enum Rest {
    /// Each with its layer.
    Files(vec::IntoIter<(FileIdx, Option<u32>)>),
    /// `None` for the files as they are.
    Commits(vec::IntoIter<Option<Commit>>),
}

impl<'a> Versions<'a> {
    pub(super) fn new(args: &'a Changelog, terminal: &Terminal) -> Result<Self, Failure> {
        let Some(range) = &args.git else {
            let paths = folders::files(&args.paths)?;
            let (sources, files) = input::sources(&paths, terminal.errors)?;
            if files.len() < 2 {
                return Err(Failure::Call("a changelog is of two versions at least".to_owned()));
            }
            let mut files: Vec<_> =
                files.into_iter().zip(paths).map(|(file, path)| (file, layer(&sources, file), path)).collect();
            if files.iter().all(|(_, layer, _)| layer.is_some()) {
                files.sort_by_key(|(_, layer, _)| *layer);
            }
            let newest_first: Vec<PathBuf> = files.iter().rev().map(|(_, _, path)| path.clone()).collect();
            let options = stated::compared(&newest_first, args.id_rule, terminal.errors)?;
            let files: Vec<_> = files.into_iter().map(|(file, layer, _)| (file, layer)).collect();
            return Ok(Self { args, options, sources, rest: Rest::Files(files.into_iter()), last: None });
        };
        let range = Range::parse(range)?;
        let mut commits: Vec<Option<Commit>> = git::commits(&range, &args.paths)?.into_iter().map(Some).collect();
        if range.new.is_none() {
            commits.push(None);
        }
        let options = stated::compared(&args.paths, args.id_rule, terminal.errors)?;
        Ok(Self { args, options, sources: Sources::new(), rest: Rest::Commits(commits.into_iter()), last: None })
    }

    /// The options with which they are compared.
    pub(super) fn options(&self) -> &Config {
        &self.options
    }

    /// The files of the last version.
    pub(super) fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The next version. A commit with errors is left out with a warning, as nobody can mend it.
    pub(super) fn next(&mut self, terminal: &Terminal) -> Result<Option<Version>, Failure> {
        loop {
            match &mut self.rest {
                Rest::Files(files) => {
                    let Some((file, layer)) = files.next() else { return Ok(None) };
                    let title = title(layer, &self.sources.get(file).name);
                    let release = Release { title, layer, ..Release::default() };
                    return self.linked(&[file], release, terminal).map(Some);
                }
                Rest::Commits(commits) => {
                    let Some(commit) = commits.next() else { return Ok(None) };
                    if let Some(version) = self.commit(commit, terminal)? {
                        return Ok(Some(version));
                    }
                }
            }
        }
    }

    fn commit(&mut self, commit: Option<Commit>, terminal: &Terminal) -> Result<Option<Version>, Failure> {
        self.sources = Sources::new();
        let paths: &[PathBuf] = &self.args.paths;
        let Some(commit) = commit else {
            let paths = folders::files(paths)?;
            let files = paths.iter().map(|path| input::schema(path, &mut self.sources, terminal.errors));
            let files: Vec<FileIdx> = files.collect::<Result<_, _>>()?;
            let release = Release { title: "Not committed".to_owned(), ..Release::default() };
            return self.linked(&files, release, terminal).map(Some);
        };
        let short = commit.hash.get(..10).unwrap_or(&commit.hash).to_owned();
        let left_out = |why: &str| {
            let what = if commit.subject.is_empty() { String::new() } else { format!(" ({})", commit.subject) };
            terminal.warn(&format!("warning: the commit {short}{what} is left out: {why}\n"))
        };
        let files = match git::files(&commit.hash, paths, &mut self.sources) {
            Ok(files) => files,
            Err(failure @ (Failure::Call(_) | Failure::Input(_))) => {
                left_out(&failure.to_string())?;
                return Ok(None);
            }
            Err(failure) => return Err(failure),
        };
        let layer = files.iter().find_map(|file| layer(&self.sources, *file));
        let mut title = title(layer, &commit.subject);
        // Several commits may be about one layer.
        if layer.is_some() && layer == self.last {
            title += &format!(": {}", commit.subject);
        }
        let release = Release { title, layer, date: Some(commit.date.clone()), commit: Some(short.clone()) };
        match self.linked(&files, release, terminal) {
            Ok(version) => {
                self.last = layer;
                Ok(Some(version))
            }
            Err(Failure::Diagnostics(_)) => {
                left_out("its schema has errors")?;
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    fn linked(&self, files: &[FileIdx], release: Release, terminal: &Terminal) -> Result<Version, Failure> {
        let options = self.options.link();
        let whole = load(&self.sources, files, &options);
        if let Some(schema) = whole.value {
            return Ok(Version { release, schema: Linked::Whole(schema) });
        }
        let part = load_fragment(&self.sources, files, &options, Fragment::Stated).value;
        let schema = part.ok_or_else(|| terminal.errors.failure(&whole.diagnostics, &self.sources))?;
        Ok(Version { release, schema: Linked::Part(schema) })
    }
}

/// The layer that a file names, or its name does.
fn layer(sources: &Sources, file: FileIdx) -> Option<u32> {
    let file = sources.get(file);
    layer_of(&file.text).or_else(|| input::layer_in(file.name.rsplit(['/', '\\']).next().unwrap_or(&file.name)))
}

fn title(layer: Option<u32>, otherwise: &str) -> String {
    layer.map_or_else(|| otherwise.to_owned(), |layer| format!("Layer {layer}"))
}
