//! `tlgen git-diff`: the diff driver for git.

use std::io::Write;
use std::path::{Path, PathBuf};

use tlgen_build::Config;
use tlgen_diagnostics::Style;
use tlgen_diff::{Approvals, Diff, Options, changes, diff, report};
use tlgen_model::{Fragment, load, load_fragment};
use tlgen_parser::source::{FileIdx, Sources};

use crate::args::GitDiff;
use crate::failure::{Failure, Verdict};
use crate::input;
use crate::project::stated;
use crate::show::Show;
use crate::terminal::{Terminal, harmless};
use crate::unified;

/// Runs the command. A driver that fails ends `git log`, so what cannot be read is shown as it is.
pub(crate) fn run(args: &GitDiff, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let (path, old, new, renamed) = match &*args.arguments {
        [path] => {
            writeln!(terminal, "{}: not merged", harmless(&path.display().to_string()))?;
            return Ok(Verdict::Done);
        }
        [path, old, _, _, new, _, _, renamed @ ..] => (path, old, new, renamed.first()),
        _ => return Err(Failure::Call("git gives a diff driver one, seven or nine arguments".to_owned())),
    };
    // A configuration with errors is for the commands that need it.
    let paths: Vec<PathBuf> = renamed.into_iter().chain([path]).cloned().collect();
    let config = stated::compared(&paths, None, terminal.errors).unwrap_or_default();
    let path = path.display().to_string();
    let (before, after) = (read(old, terminal.errors)?, read(new, terminal.errors)?);
    // The pager of git shows colours, and is no terminal.
    let is_paged = std::env::var_os("GIT_PAGER_IN_USE").is_some_and(|value| value == "true" || value == "1");
    let style = if is_paged { Style::Color } else { terminal.output.style };
    let (bold, off) = if style == Style::Color { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    writeln!(terminal, "{bold}tlgen diff {}{off}", harmless(&path))?;
    let text = match compared(before.as_deref(), after.as_deref(), config) {
        Some(found) if found.changes.is_empty() => "only comments or the layout changed\n".to_owned(),
        Some(found) => {
            let detail = report::Detail { proofs: false, colors: style == Style::Color };
            report::text(&found, &Approvals::default(), detail)
        }
        None => unified::unified(&path, before.as_deref(), after.as_deref(), style),
    };
    terminal.write_all(text.as_bytes())?;
    terminal.write_all(b"\n")?;
    Ok(Verdict::Done)
}

/// `None` for a side that has no such file.
fn read(path: &Path, show: Show) -> Result<Option<String>, Failure> {
    if path == Path::new("/dev/null") || path == Path::new("nul") {
        return Ok(None);
    }
    input::read(path, show).map(Some)
}

/// `None` if one of them is no schema. A file may be a part of a schema: then nothing is said about Rust.
fn compared(old: Option<&str>, new: Option<&str>, config: Config) -> Option<Diff> {
    let mut sources = Sources::new();
    let mut add = |text: Option<&str>| -> Option<FileIdx> {
        let text = text.unwrap_or_default();
        let is_json = tlgen_parser::json::is_json(text);
        let text = if is_json { tlgen_parser::json::to_tl(text).ok()? } else { text.to_owned() };
        Some(sources.add("schema", text))
    };
    let (old, new) = (add(old)?, add(new)?);
    let options = config.link();
    let whole = |file| load(&sources, &[file], &options).value;
    if let (Some(before), Some(after)) = (whole(old), whole(new)) {
        return Some(diff(&before, &after, &Options { config, witnesses: false }));
    }
    let part = |file| load_fragment(&sources, &[file], &options, Fragment::Stated).value;
    Some(changes(&part(old)?, &part(new)?))
}
