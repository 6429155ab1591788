//! Whether everything is as the last run left it, so that nothing need be generated.
//!
//! A stamp is a digest of this program, of all that it reads and of all that it wrote: no times, no version numbers. It
//! holds only as long as each byte of them is the same, so a lost or wrong stamp costs a full run and nothing more. Stamps
//! are kept in the user's cache folder and not beside the code, which has to be the same on every machine. `--check` does
//! not use them.

use std::env;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use tlgen_parser::source::FileIdx;
use xxhash_rust::xxh3::Xxh3;

use super::job::Job;
use super::plan::{self, Files};
use tlgen_build::disk;

/// What a run starts from.
pub(crate) struct Stamp {
    /// Where it is kept.
    place: PathBuf,
    /// The program and what it reads.
    before: Digest,
}

/// What a run says without being needed again.
pub(crate) struct Unchanged {
    /// How many files there are.
    pub(crate) files: usize,
    /// Name of each module, and what is in it.
    pub(crate) lines: Vec<(String, String)>,
}

impl Stamp {
    /// `None` where there is no folder for stamps.
    pub(crate) fn new(job: &Job) -> Option<Self> {
        let mut place = Digest::default();
        let dir = std::path::absolute(job.dir.join(&job.owned)).ok()?;
        place.part(dir.as_os_str().as_encoded_bytes());
        let place = folder()?.join(place.finish());
        let mut before = Digest::default();
        before.stream(File::open(env::current_exe().ok()?).ok()?).ok()?;
        before.debug(&(&job.root, &job.module, &job.project));
        job.schema_files().for_each(|file| before.source(job, file));
        Some(Self { place, before })
    }

    /// What the last run said, if everything is as it was then.
    pub(crate) fn holds(&self, job: &Job) -> Option<Unchanged> {
        let kept = fs::read_to_string(&self.place).ok()?;
        let (digest, lines) = kept.split_once('\n')?;
        let mut paths = plan::rust_files(&job.dir, &job.owned).ok()?;
        paths.sort();
        let mut found = self.before.clone();
        for path in &paths {
            found.file(path, &fs::read(job.dir.join(path)).ok()?);
        }
        if found.finish() != digest {
            return None;
        }
        let line = |line: &str| line.split_once('\t').map(|(name, text)| (name.to_owned(), text.to_owned()));
        Some(Unchanged { files: paths.len(), lines: lines.lines().map(line).collect::<Option<_>>()? })
    }

    /// Remembers a run that has written all `files`, without others in their folder, and has said nothing but `lines`.
    pub(crate) fn keep(self, files: &Files, lines: &[(String, String)]) {
        let mut digest = self.before;
        for (path, text) in files {
            digest.file(path, text.as_bytes());
        }
        let mut text = digest.finish() + "\n";
        for (name, line) in lines {
            let _ = writeln!(text, "{name}\t{line}");
        }
        // If it cannot be written, the next run is a full one.
        let _ = disk::replace(&self.place, &text);
    }
}

/// The digest of a sequence of parts.
#[derive(Clone, Default)]
struct Digest(Xxh3);

impl Digest {
    /// One part, told from the next by its length.
    fn part(&mut self, bytes: &[u8]) {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// What a file holds, a piece at a time: this program has 17 MB, and memory for all of them takes longer than reading them.
    fn stream(&mut self, mut file: File) -> io::Result<()> {
        let mut piece = [0; 32 * 1024];
        let mut total = 0;
        loop {
            match file.read(&mut piece)? {
                0 => break,
                read => {
                    self.0.update(&piece[..read]);
                    total += read as u64;
                }
            }
        }
        self.0.update(&total.to_le_bytes());
        Ok(())
    }

    /// A value by all that its `Debug` shows, so that no field can be forgotten.
    fn debug(&mut self, value: &impl std::fmt::Debug) {
        self.part(format!("{value:?}").as_bytes());
    }

    fn source(&mut self, job: &Job, file: FileIdx) {
        let source = job.sources.get(file);
        self.part(source.name.as_bytes());
        self.part(source.text.as_bytes());
    }

    fn file(&mut self, path: &Path, text: &[u8]) {
        self.part(path.as_os_str().as_encoded_bytes());
        self.part(text);
    }

    fn finish(&self) -> String {
        format!("{:032x}", self.0.digest128())
    }
}

/// The folder for stamps: `TLGEN_CACHE`, where an empty value means none, or one in the user's cache folder.
fn folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name);
    if let Some(folder) = set("TLGEN_CACHE") {
        return Some(PathBuf::from(folder)).filter(|folder| !folder.as_os_str().is_empty());
    }
    let below_home = |path: &str| set("HOME").map(|home| PathBuf::from(home).join(path).into_os_string());
    let caches: Option<OsString> = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        below_home("Library/Caches")
    } else {
        set("XDG_CACHE_HOME").or_else(|| below_home(".cache"))
    };
    caches.map(PathBuf::from).filter(|caches| caches.is_absolute()).map(|caches| caches.join("tlgen"))
}
