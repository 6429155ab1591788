//! The two versions that the arguments name.

use std::path::{Path, PathBuf};
use std::{panic, thread};

use tlgen_build::Config as Options;
use tlgen_meta::Metadata;
use tlgen_model::schema::Schema;
use tlgen_model::{Valid, load};
use tlgen_parser::source::{FileIdx, Sources};

use crate::args::Diff;
use crate::failure::Failure;
use crate::project::metadata::{self, Fault};
use crate::project::stated;
use crate::show::Show;
use crate::terminal::Terminal;
use crate::{folders, git, input};

/// Both versions. The files of both are in one list, the old ones first.
pub(super) struct Sides {
    pub(super) sources: Sources,
    pub(super) old: Valid<Schema>,
    pub(super) new: Valid<Schema>,
    pub(super) old_metadata: Option<Metadata>,
    pub(super) new_metadata: Option<Metadata>,
}

/// The options of the code that is generated from the new version, or else from the old one.
pub(super) fn options(args: &Diff, terminal: &Terminal) -> Result<Options, Failure> {
    let mut paths = match &args.git {
        Some(_) => args.paths.clone(),
        None => {
            let (old, new) = named(args)?;
            [new, old].concat()
        }
    };
    paths.dedup();
    stated::compared(&paths, args.id_rule, terminal.errors)
}

/// Reads and links them.
pub(super) fn sides(args: &Diff, options: &Options, terminal: &Terminal) -> Result<Sides, Failure> {
    let mut sources = Sources::new();
    let (old, new) = match &args.git {
        Some(range) => {
            let range = git::Range::parse(range)?;
            let old = git::files(&range.old, &args.paths, &mut sources)?;
            let new = match &range.new {
                Some(commit) => git::files(commit, &args.paths, &mut sources)?,
                None => files(&args.paths, &mut sources, terminal)?,
            };
            (old, new)
        }
        None => {
            let (old, new) = named(args)?;
            (files(&old, &mut sources, terminal)?, files(&new, &mut sources, terminal)?)
        }
    };
    let show = terminal.errors;
    let (old, new) = thread::scope(|scope| {
        let old = scope.spawn(|| linked(&sources, &old, args.old_layer, options, show));
        let new = linked(&sources, &new, args.new_layer, options, show);
        (old.join().unwrap_or_else(|payload| panic::resume_unwind(payload)), new)
    });
    let (old, new) = (old?, new?);
    let old_metadata = table(&args.old_meta, &mut sources, terminal)?;
    let new_metadata = table(&args.new_meta, &mut sources, terminal)?;
    Ok(Sides { sources, old, new, old_metadata, new_metadata })
}

/// What is known beyond the declarations of a side; `None` if the call names no file.
fn table(paths: &[PathBuf], sources: &mut Sources, terminal: &Terminal) -> Result<Option<Metadata>, Failure> {
    if paths.is_empty() {
        return Ok(None);
    }
    let read = metadata::read(paths, Path::new(""), sources, terminal.errors).map_err(|fault| match fault {
        Fault::Unread(_, failure) => failure,
        Fault::Malformed(diagnostic) => terminal.errors.failure(&[*diagnostic], sources),
    })?;
    Ok(Some(metadata::merged(&read)))
}

/// The files of each side.
fn named(args: &Diff) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let (old, new) = match (&*args.old, &*args.new, &*args.paths) {
        ([], [], [old, new]) => (vec![old.clone()], vec![new.clone()]),
        ([], [], paths) => {
            let count = paths.len();
            return Err(Failure::Call(format!(
                "two schemas are compared, and {count} given: use --old and --new for several files of one schema"
            )));
        }
        (old, new, _) => (old.to_vec(), new.to_vec()),
    };
    if old.iter().chain(&new).filter(|path| input::is_stdin(path)).count() > 1 {
        return Err(Failure::Call("`-` stands for standard input and can be given once only".to_owned()));
    }
    Ok((old, new))
}

fn files(paths: &[PathBuf], sources: &mut Sources, terminal: &Terminal) -> Result<Vec<FileIdx>, Failure> {
    folders::files(paths)?.iter().map(|path| input::schema(path, sources, terminal.errors)).collect()
}

/// Warnings are those of `tlgen check`, so only errors are shown.
fn linked(
    sources: &Sources,
    files: &[FileIdx],
    layer: Option<u32>,
    options: &Options,
    show: Show,
) -> Result<Valid<Schema>, Failure> {
    let options = tlgen_model::Options { layer, ..options.link() };
    let loaded = load(sources, files, &options);
    loaded.value.ok_or_else(|| show.failure(&loaded.diagnostics, sources))
}
