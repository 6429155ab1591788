//! `tlgen fmt`: the canonical layout, and with `--ids` the right ids.

mod ids;

use std::io::Write;

use tlgen_build::disk;
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::format;

use crate::args::Fmt;
use crate::failure::{Failure, Verdict};
use crate::folders;
use crate::input;
use crate::project::plan::first_difference;
use crate::stale;
use crate::terminal::Terminal;
use crate::unified;

/// Runs the command.
pub(crate) fn run(args: &Fmt, terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let paths = folders::tl_files(&args.files)?;
    let (sources, files) = input::sources(&paths, terminal.errors)?;
    if let Some(path) = paths.iter().zip(&files).find(|(path, file)| sources.get(**file).name != input::name(path)) {
        return Err(Failure::Call(format!(
            "`{}` is JSON; `tlgen convert --to tl` turns it into TL",
            input::name(path.0)
        )));
    }
    let mut errors: Vec<Diagnostic> = Vec::new();
    let mut different = 0;
    for (&file, path) in files.iter().zip(&paths) {
        let text = &sources.get(file).text;
        let fixed = if args.ids { ids::fixed(args, path, text, terminal)? } else { None };
        let formatted = match format::source(fixed.as_deref().unwrap_or(text)) {
            Ok(formatted) => formatted,
            Err(found) => {
                errors.extend(found.iter().map(|error| error.diagnostic(file)));
                continue;
            }
        };
        let is_stdin = input::is_stdin(path);
        if args.check {
            if formatted != *text {
                let line = first_difference(text.as_bytes(), formatted.as_bytes());
                writeln!(terminal, "different  {}:{line}", input::name(path))?;
                if args.diff {
                    let diff =
                        unified::unified(&input::name(path), Some(text), Some(&formatted), terminal.output.style);
                    terminal.write_all(diff.as_bytes())?;
                }
                if terminal.errors.is_for_programs() {
                    errors.push(stale::layout(file, line, &sources));
                }
                different += 1;
            }
        } else if is_stdin {
            terminal.write_all(formatted.as_bytes())?;
        } else if formatted != *text {
            disk::replace(path, &formatted)?;
            different += 1;
        }
    }
    if !errors.is_empty() {
        terminal.flush()?;
        return Err(terminal.errors.failure(&errors, &sources));
    }
    if args.check {
        let unchanged = files.len() - different;
        writeln!(terminal, "{different} of {} would change", plural(files.len()))?;
        return Ok(if unchanged == files.len() { Verdict::Done } else { Verdict::AtFault });
    }
    let on_disk = paths.iter().filter(|path| !input::is_stdin(path)).count();
    if on_disk > 0 {
        terminal.warn(&format!("{different} of {} changed\n", plural(on_disk)))?;
    }
    Ok(Verdict::Done)
}

fn plural(files: usize) -> String {
    format!("{files} file{}", if files == 1 { "" } else { "s" })
}
