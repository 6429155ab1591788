//! Runs the binary.
#![allow(dead_code, reason = "each test target uses a part")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A temporary folder in which `tlgen` runs.
pub(crate) struct Sandbox {
    dir: tempfile::TempDir,
    /// Where it keeps what is not output.
    cache: tempfile::TempDir,
}

impl Sandbox {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let sandbox = Self { dir: tempfile::tempdir().unwrap(), cache: tempfile::tempdir().unwrap() };
        for (path, text) in files {
            sandbox.write(path, text);
        }
        sandbox
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// The stamps of outputs that need not be made again.
    pub(crate) fn stamps(&self) -> Vec<PathBuf> {
        std::fs::read_dir(&self.cache).unwrap().map(|entry| entry.unwrap().path()).collect()
    }

    /// All files below a folder, sorted.
    pub(crate) fn list(&self, folder: &str) -> Vec<String> {
        let mut found = Vec::new();
        let root = self.path(folder);
        collect(&root, &root, &mut found);
        found.sort();
        found
    }

    /// Runs `tlgen` with the arguments, blanks between them.
    pub(crate) fn run(&self, args: &str) -> Run {
        self.run_in("", args, "")
    }

    /// The same with a text on standard input.
    pub(crate) fn pipe(&self, args: &str, input: &str) -> Run {
        self.run_in("", args, input)
    }

    /// The same in a folder of the sandbox.
    pub(crate) fn run_in(&self, folder: &str, args: &str, input: &str) -> Run {
        let args: Vec<&str> = args.split_whitespace().collect();
        self.run_args(folder, &args, input.as_bytes())
    }

    /// The same with arguments that may have blanks, and with any bytes on standard input.
    pub(crate) fn run_args(&self, folder: &str, args: &[&str], input: &[u8]) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tlgen"))
            .args(args)
            .current_dir(self.path(folder))
            .env_remove("NO_COLOR")
            .env_remove("RUST_BACKTRACE")
            .env("COLUMNS", "100")
            .env("TLGEN_CACHE", self.cache.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A command that does not read its input closes it, and one that writes as it reads must not wait for its reader.
        let (mut stdin, input) = (child.stdin.take().unwrap(), input.to_vec());
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        Run {
            args: args.join(" "),
            code: output.status.code().expect("no signal"),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The result of a run. `Display` shows all of it, for a snapshot.
pub(crate) struct Run {
    args: String,
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "$ tlgen {}\nexit code {}", self.args, self.code)?;
        for (name, text) in [("standard output", &self.out), ("standard error", &self.err)] {
            if !text.is_empty() {
                write!(f, "--- {name}\n{text}")?;
            }
        }
        Ok(())
    }
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            found.push(path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
}

/// What `git` says in the folder of a sandbox.
pub(crate) fn git(sandbox: &Sandbox, args: &[&str]) -> String {
    let output = Command::new("git")
        .args(args)
        .current_dir(sandbox.path(""))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
