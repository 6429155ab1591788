//! The part of `tlgen fmt --ids` that is about ids.

use std::io::Write;
use std::path::Path;

use tlgen_diagnostics::LineIndex;
use tlgen_parser::id::fixes;

use crate::args::Fmt;
use crate::failure::Failure;
use crate::input;
use crate::project::stated::Stated;
use crate::terminal::Terminal;

/// The text with the right ids, each of which is named; `None` if no id is wrong, or if the text has errors.
pub(crate) fn fixed(args: &Fmt, path: &Path, text: &str, terminal: &mut Terminal) -> Result<Option<String>, Failure> {
    let Ok(schema) = tlgen_parser::parse(text).into_result() else { return Ok(None) };
    let mut stated = Stated::of(path, terminal.errors)?;
    stated.allowed.extend(args.allow_id_mismatch.iter().cloned());
    let found = fixes(&schema, args.id_rule.or(stated.id_rule), |name| stated.allowed.contains(name));
    if found.ids.is_empty() {
        return Ok(None);
    }
    let lines = LineIndex::new(text);
    let name = input::name(path);
    let mut said = String::new();
    for fix in &found.ids {
        let line = lines.position(fix.span.start).line;
        said += &format!("wrong id   {name}:{line}  {}#{:08x}, right is #{:08x}\n", fix.name, fix.written, fix.right);
    }
    // Standard output may be the place of the schema.
    if input::is_stdin(path) && !args.check {
        terminal.warn(&said)?;
    } else {
        terminal.write_all(said.as_bytes())?;
    }
    if found.is_guess {
        terminal.warn(&format!(
            "{name}: no written id tells how ids follow from declarations; these are by the plain rule, which `--id-rule` \
             changes\n"
        ))?;
    }
    Ok(Some(found.apply(text)))
}
