//! `tlgen init`: the files that a project begins with.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tlgen_build::project::{name_of, shown};

use crate::args::Init;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::project::job::CONFIG_NAME;
use crate::terminal::Terminal;

/// The folder in which schemas are looked for first.
const FOLDER: &str = "schema";

/// The schema of a project that has none.
const SAMPLE_PATH: &str = "schema/notes.tl";
const SAMPLE: &str = "\
//@description A note.
//@id The number of the note.
//@text What it says.
//@due When it is due, in seconds since 1970.
note flags:# id:long text:string due:flags.0?int = Note;

notes.list notes:Vector<Note> = notes.List;
notes.listNotModified = notes.List;

---functions---

//@description Lists notes, newest first.
//@limit How many at most.
//@hash The hash of the list that the client has, or 0.
notes.getNotes limit:int hash:long = notes.List;
";

/// Runs the command.
pub(crate) fn run(args: &Init, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let dir = &args.dir;
    let config = dir.join(CONFIG_NAME);
    if config.exists() {
        return Err(exists(&config));
    }
    fs::create_dir_all(dir).map_err(|error| Failure::write(dir, &error))?;
    let mut schemas = schemas(dir)?;
    if schemas.is_empty() {
        let path = dir.join(SAMPLE_PATH);
        create(&path, SAMPLE)?;
        writeln!(terminal, "wrote {}", told(&path))?;
        schemas.push(PathBuf::from(SAMPLE_PATH));
    }
    create(&config, &configuration(&schemas))?;
    writeln!(terminal, "wrote {}", told(&config))?;
    terminal.write_all(advice(&schemas[0]).as_bytes())?;
    Ok(Verdict::Done)
}

/// The schemas of a folder, relative to it: those in `schema`, or else those that it holds itself.
fn schemas(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let below = dir.join(FOLDER);
    let mut found = if below.is_dir() { folders::schemas(&below, true)? } else { Vec::new() };
    if found.is_empty() {
        found = folders::schemas(dir, false)?;
    }
    Ok(found.iter().map(|path| path.strip_prefix(dir).unwrap_or(path).to_owned()).collect())
}

/// A schema for each file. Files of the same name get numbers.
fn configuration(schemas: &[PathBuf]) -> String {
    let mut text = "\
# What `tlgen generate` makes. Paths are relative to this file; `tlgen config` shows every key.

[output]
# Everything in this folder that tlgen has made is owned by it.
dir = \"src/tl\"
root = \"mod.rs\"
"
    .to_owned();
    let mut names: Vec<String> = Vec::new();
    for path in schemas {
        let name = name_of(path);
        let free = |name: &String| name != "mod" && !names.contains(name);
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let name = std::iter::once(name.clone()).chain(numbered).find(free).unwrap_or(name);
        let file = shown(path).replace('\\', "\\\\").replace('"', "\\\"");
        text += &format!("\n[[schema]]\nname = \"{name}\"\nfiles = [\"{file}\"]\n");
        names.push(name);
    }
    text
}

fn advice(schema: &Path) -> String {
    let schema = shown(schema);
    format!(
        "\n\
         `tlgen generate` writes the code to `src/tl`; `mod tl;` in `src/main.rs` or `src/lib.rs` brings it in.\n\
         `tlgen check` reports mistakes of the schemas. The code needs `tlgen-runtime` in `[dependencies]`.\n\
         \n\
         Or let the build make the code, with `tlgen-build` in `[build-dependencies]`:\n\
         \n    // build.rs\n    fn main() -> Result<(), tlgen_build::BuildError> {{\n        \
         tlgen_build::Builder::new().schema({schema:?}).compile()\n    }}\n"
    )
}

/// Writes a file that is not there yet.
fn create(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.map_or(Ok(()), fs::create_dir_all).map_err(|error| Failure::write(path, &error))?;
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file.and_then(|mut file| file.write_all(text.as_bytes())) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(exists(path)),
        result => result.map_err(|error| Failure::write(path, &error)),
    }
}

fn exists(path: &Path) -> Failure {
    Failure::Call(format!("`{}` is there already and is not overwritten", told(path)))
}

/// A path as somebody would write it.
fn told(path: &Path) -> impl std::fmt::Display {
    path.strip_prefix(".").unwrap_or(path).display()
}
