//! Schemas of a commit, by the command `git`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use tlgen_parser::json;
use tlgen_parser::source::{FileIdx, Sources};

use crate::failure::Failure;
use crate::{folders, input};

/// The two versions that a range names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) old: String,
    /// `None` for the files as they are.
    pub(crate) new: Option<String>,
}

impl Range {
    /// `v1..v2`, `v1..`, `v1`; `v1...v2` is from where the two parted.
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        let named = |text: &str| if text.is_empty() { "HEAD".to_owned() } else { text.to_owned() };
        let range = if let Some((old, new)) = text.split_once("...") {
            let base = git(&["merge-base", &named(old), &named(new)].map(OsStr::new))?;
            Self { old: String::from_utf8_lossy(&base).trim().to_owned(), new: Some(named(new)) }
        } else if let Some((old, new)) = text.split_once("..") {
            Self { old: named(old), new: Some(named(new)) }
        } else {
            Self { old: named(text), new: None }
        };
        if range.old.starts_with('-') || range.new.as_ref().is_some_and(|new| new.starts_with('-')) {
            return Err(Failure::Call(format!("`{text}` is no range of commits")));
        }
        Ok(range)
    }
}

/// The schemas at `paths` in a commit: `.tl` files, and `.json` files with a schema.
pub(crate) fn files(commit: &str, paths: &[PathBuf], sources: &mut Sources) -> Result<Vec<FileIdx>, Failure> {
    let mut args: Vec<&OsStr> = ["ls-tree", "-r", "-z", "--name-only", commit, "--"].map(OsStr::new).into();
    args.extend(paths.iter().map(|path| path.as_os_str()));
    let list = git(&args)?;
    let mut found = Vec::new();
    for name in list.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let name = String::from_utf8_lossy(name).into_owned();
        // A file that is named is meant, whatever it is called; of a folder its schemas are.
        let is_named = paths.iter().any(|path| path.as_path() == Path::new(&name));
        if !is_named && !folders::is_candidate(Path::new(&name)) {
            continue;
        }
        let bytes = git(&["show", &format!("{commit}:./{name}")].map(OsStr::new))?;
        let text =
            String::from_utf8(bytes).map_err(|_| Failure::Input(format!("`{name}` of {commit} is not UTF-8")))?;
        let title = format!("{commit}:{name}");
        if json::is_json(&text) {
            if !is_named && !json::is_schema(&text) {
                continue;
            }
            let text = json::to_tl(&text).map_err(|_| Failure::Input(format!("`{title}` is no schema in JSON")))?;
            found.push(sources.add(format!("{title} as TL"), text));
        } else {
            found.push(sources.add(title, text));
        }
    }
    if found.is_empty() {
        let paths: Vec<String> = paths.iter().map(|path| input::name(path)).collect();
        return Err(Failure::Call(format!("the commit {commit} has no schema at {}", paths.join(", "))));
    }
    Ok(found)
}

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Commit {
    pub(crate) hash: String,
    /// The day on which it was made, as in `2021-09-02`.
    pub(crate) date: String,
    /// The first line of its message.
    pub(crate) subject: String,
}

/// The commit before a range, and those of the range that change `paths`, oldest first. What a merge brings is one commit.
pub(crate) fn commits(range: &Range, paths: &[PathBuf]) -> Result<Vec<Commit>, Failure> {
    const FORMAT: &str = "--format=%H%x00%cs%x00%s";
    let new = range.new.as_deref().unwrap_or("HEAD");
    let between = format!("{}..{new}", range.old);
    let mut commits = listed(&["log", "-1", FORMAT, &range.old, "--"].map(OsStr::new))?;
    let mut args: Vec<&OsStr> = ["log", "--first-parent", "--reverse", FORMAT, &between, "--"].map(OsStr::new).into();
    args.extend(paths.iter().map(|path| path.as_os_str()));
    commits.extend(listed(&args)?);
    Ok(commits)
}

fn listed(args: &[&OsStr]) -> Result<Vec<Commit>, Failure> {
    let text = git(args)?;
    let text = String::from_utf8_lossy(&text);
    let commit = |line: &str| {
        let mut parts = line.splitn(3, '\0').map(str::to_owned);
        Some(Commit { hash: parts.next()?, date: parts.next()?, subject: parts.next()? })
    };
    Ok(text.lines().filter_map(commit).collect())
}

/// What `git` prints.
fn git(args: &[&OsStr]) -> Result<Vec<u8>, Failure> {
    let output = Command::new("git").args(args).output();
    let output = output.map_err(|error| Failure::Call(format!("cannot run `git`: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::Call(format!("git: {}", said.trim().trim_start_matches("fatal: "))))
}

#[cfg(test)]
mod tests {
    use super::Range;

    #[test]
    fn ranges() {
        let of = |text: &str| Range::parse(text).ok().map(|range| (range.old, range.new));
        assert_eq!(of("v1..v2"), Some(("v1".to_owned(), Some("v2".to_owned()))));
        assert_eq!(of("v1.."), Some(("v1".to_owned(), Some("HEAD".to_owned()))));
        assert_eq!(of("..v2"), Some(("HEAD".to_owned(), Some("v2".to_owned()))));
        assert_eq!(of("v1"), Some(("v1".to_owned(), None)));
        assert_eq!(of("--output=x"), None);
        assert_eq!(of("v1..--x"), None);
    }
}
