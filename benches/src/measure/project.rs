//! Packages that are made to be built: what compiling costs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use super::process;

/// A package in its own folder, with its own target folder.
#[derive(Clone, Debug)]
pub struct Project {
    dir: PathBuf,
}

/// How a package is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// `cargo check`.
    Check,
    /// `cargo build`.
    Debug,
    /// `cargo build --release`.
    Release,
}

impl Project {
    /// Writes a package: its manifest without `[package]`, and its files.
    ///
    /// # Errors
    /// When something cannot be written.
    pub fn new(scratch: &Path, name: &str, manifest: &str, files: &[(&str, &str)]) -> Result<Self, String> {
        let dir = scratch.join(name);
        let package = format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n");
        write(&dir.join("Cargo.toml"), &format!("{package}{manifest}\n[workspace]\n"))?;
        for (path, text) in files {
            write(&dir.join(path), text)?;
        }
        Ok(Self { dir })
    }

    /// The folder of the package.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The folder of what is compiled.
    #[must_use]
    pub fn output(&self, profile: Profile) -> PathBuf {
        self.dir.join("target").join(if profile == Profile::Release { "release" } else { "debug" })
    }

    /// Cargo for this package, with the build script compiled at `opt_level`.
    #[must_use]
    pub fn cargo(&self, profile: Profile, opt_level: u8) -> Command {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(match profile {
            Profile::Check => &["check"][..],
            Profile::Debug => &["build"],
            Profile::Release => &["build", "--release"],
        });
        command.current_dir(&self.dir).env("CARGO_TARGET_DIR", self.dir.join("target")).env("CARGO_INCREMENTAL", "0");
        for variable in ["RUSTFLAGS", "RUSTC_WRAPPER", "CARGO_ENCODED_RUSTFLAGS"] {
            command.env_remove(variable);
        }
        let kind = if profile == Profile::Release { "RELEASE" } else { "DEV" };
        command.env(format!("CARGO_PROFILE_{kind}_BUILD_OVERRIDE_OPT_LEVEL"), opt_level.to_string());
        command
    }

    /// Forgets all that was compiled.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn clean(&self) -> Result<(), String> {
        let target = self.dir.join("target");
        if target.exists() { fs::remove_dir_all(&target).map_err(|error| at(&target, &error)) } else { Ok(()) }
    }

    /// Compiles it and returns the commands that compile these crates of it, which can be run again alone. Nothing of the
    /// crates may have been compiled yet.
    ///
    /// # Errors
    /// When cargo fails, or does not show a command.
    pub fn compilers<const N: usize>(&self, profile: Profile, crates: [&str; N]) -> Result<[Compiler; N], String> {
        let mut cargo = self.cargo(profile, 0);
        let (_, said) = process::capture(cargo.arg("-vv"))?;
        // Variables in a command may hold several lines, such as the description of a package.
        let commands: Vec<_> = said.split("     Running `").skip(1).filter_map(|rest| rest.split_once("`\n")).collect();
        let find = |name: &str| {
            let wanted = format!("--crate-name {name} ");
            let command = commands.iter().find(|(command, _)| command.contains(&wanted));
            let command = command.ok_or_else(|| format!("cargo did not compile `{name}`"))?.0.to_owned();
            Ok(Compiler { dir: self.dir.clone(), command })
        };
        let found: Result<Vec<_>, String> = crates.into_iter().map(find).collect();
        found?.try_into().map_err(|_| "as many commands as crates".to_owned())
    }

    /// The build script of a package, compiled.
    ///
    /// # Errors
    /// When there is none.
    pub fn build_script(&self, profile: Profile, package: &str) -> Result<PathBuf, String> {
        let folder = self.output(profile).join("build");
        let entries = fs::read_dir(&folder).map_err(|error| at(&folder, &error))?;
        let mut scripts = entries.flatten().filter(|entry| {
            entry.file_name().to_string_lossy().strip_prefix(package).is_some_and(|rest| rest.starts_with('-'))
        });
        let found =
            scripts.find_map(|entry| Some(entry.path().join("build-script-build")).filter(|path| path.exists()));
        found.ok_or_else(|| format!("no build script of `{package}` in {}", folder.display()))
    }
}

/// The compiler with all its arguments for one crate.
#[derive(Clone, Debug)]
pub struct Compiler {
    dir: PathBuf,
    command: String,
}

impl Compiler {
    /// Compiles the crate again.
    ///
    /// # Errors
    /// When it fails.
    pub fn run(&self) -> Result<process::Cost, String> {
        process::run(Command::new("sh").arg("-c").arg(&self.command).current_dir(&self.dir))
    }
}

/// Writes a file, with the folders above it.
///
/// # Errors
/// When it cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| at(parent, &error))?;
    }
    fs::write(path, text).map_err(|error| at(path, &error))
}

/// How much Rust there is, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sizes {
    /// All of it.
    pub all: u64,
    /// Without the lines of documentation.
    pub code: u64,
}

/// The sizes of all Rust files in a folder and below it.
///
/// # Errors
/// When something cannot be read.
pub fn sizes_below(folder: &Path) -> Result<Sizes, String> {
    let mut total = Sizes::default();
    for entry in fs::read_dir(folder).map_err(|error| at(folder, &error))?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            let below = sizes_below(&path)?;
            total = Sizes { all: total.all + below.all, code: total.code + below.code };
        } else if path.extension().is_some_and(|found| found == "rs") {
            let text = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
            for line in text.split_inclusive('\n') {
                let size = line.len() as u64;
                total.all += size;
                total.code += if line.trim_start().starts_with("///") { 0 } else { size };
            }
        }
    }
    Ok(total)
}

fn at(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
