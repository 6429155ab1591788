//! Files that are not as they should be, for programs: `generate --check` and `fmt --check` find them. People get lines and diffs.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use tlgen_parser::diagnostic::{Code, Diagnostic, Example, Rule, Severity};
use tlgen_parser::source::{FileIdx, Location, Sources, Span};

use crate::failure::Failure;
use crate::project::plan::{Change, Plan};

/// The rule of a file of code.
pub(crate) static STALE: Rule = Rule {
    code: Code("TL0303"),
    name: "stale-code",
    severity: Severity::Error,
    example: Example::None("a file of generated code that was edited"),
    explanation: "A file of generated code is not what the schemas say.

It is missing, has another text, or belongs to no schema. Somebody changed a schema and did not generate the code again, or changed
the code. `tlgen generate` puts it right; `tlgen generate --check --diff` shows what differs.

Only the forms for programs have this error (`--error-format`).",
};

/// The rule of a schema.
pub(crate) static LAYOUT: Rule = Rule {
    code: Code("TL0304"),
    name: "layout",
    severity: Severity::Error,
    example: Example::None("a schema that `tlgen fmt` would change"),
    explanation: "A schema does not have the canonical layout, or with `--ids` not the right ids.

`tlgen fmt` puts it right; `tlgen fmt --check --diff` shows what it would change.

Only the forms for programs have this error (`--error-format`).",
};

const GENERATE: &str = "run `tlgen generate`";

/// The files of code in `dir` that a plan would change, and those that are in its way. Their texts are added to `sources`.
///
/// # Errors
/// If a file cannot be read.
pub(crate) fn code(dir: &Path, plan: &Plan, sources: &mut Sources) -> Result<Vec<Diagnostic>, Failure> {
    let changes = plan.changes.iter().map(|(path, change)| match change {
        Change::Missing => (path, 1, "is missing", GENERATE),
        Change::Different { line } => (path, *line, "is not what the schemas say", GENERATE),
        Change::LeftOver => (path, 1, "belongs to no schema", GENERATE),
    });
    let others = plan.foreign.iter().chain(&plan.strangers);
    let others = others.map(|path| (path, 1, "was not made by tlgen", "move it to another folder"));
    let mut errors = Vec::new();
    for (path, line, fault, help) in changes.chain(others) {
        let full = dir.join(path);
        let text = match fs::read(&full) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(Failure::read(&full, &error)),
        };
        let name = full.display().to_string();
        let message = format!("`{name}` {fault}");
        let file = sources.add(name, text);
        errors.push(error(&STALE, message, file, line, sources).with_help(help));
    }
    Ok(errors)
}

/// A schema whose layout is wrong from a line on, counted from 1.
pub(crate) fn layout(file: FileIdx, line: usize, sources: &Sources) -> Diagnostic {
    let message = format!("`{}` does not have the canonical layout", sources.get(file).name);
    error(&LAYOUT, message, file, line, sources).with_help("run `tlgen fmt`")
}

/// An error about a line.
fn error(rule: &Rule, message: String, file: FileIdx, line: usize, sources: &Sources) -> Diagnostic {
    let text = &sources.get(file).text;
    let start: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let length = text[start..].lines().next().map_or(0, str::len);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span::new(offset(start), offset(start + length));
    Diagnostic::error(rule.code, message, Location { file, span }, "")
}
