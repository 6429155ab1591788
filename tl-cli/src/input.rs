//! Files and standard input to [`Sources`].

use std::io::Read;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use tlgen_dynamic::tlo::{self, TloError};
use tlgen_parser::diagnostic::{Code, Diagnostic, Example, Rule, Severity};
use tlgen_parser::json;
use tlgen_parser::source::{FileIdx, Location, Sources, Span};

use crate::failure::Failure;
use crate::show::Show;

/// The rule that a file breaks that is not text.
pub(crate) static RULE: Rule = Rule {
    code: Code("TL0302"),
    name: "encoding",
    severity: Severity::Error,
    example: Example::None("a file that is not UTF-8"),
    explanation: "A file is not UTF-8.

The language itself is ASCII, but comments may hold any text, as UTF-8. Editors of old wrote Latin-1 or Windows-1251:

    iconv -f windows-1251 -t utf-8 old.tl > new.tl",
};

/// The text of a file, or of standard input for `-`.
///
/// # Errors
/// If it cannot be read, is not UTF-8, or is too long for the offsets of a span.
pub(crate) fn read(path: &Path, show: Show) -> Result<String, Failure> {
    text(path, read_bytes(path)?, show)
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = if is_stdin(path) {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|error| Failure::read(path, &error))?;
    if u32::try_from(bytes.len()).is_err() {
        return Err(Failure::Input(format!("`{}` has 4 GiB or more", path.display())));
    }
    Ok(bytes)
}

fn text(path: &Path, bytes: Vec<u8>, show: Show) -> Result<String, Failure> {
    String::from_utf8(bytes).map_err(|error| not_utf8(&name(path), &error, show))
}

/// The rule that a schema in the binary form breaks.
pub(crate) static BINARY: Rule = Rule {
    code: Code("TL0305"),
    name: "binary-form",
    severity: Severity::Error,
    example: Example::None("a file `.tlo` that was cut off"),
    explanation: "A schema in the binary form of the official compiler, `.tlo`, is not as it should be.

The bytes end too early, are no values of the form, or refer to a type or variable that the file does not have. `tlgen convert --to tlo`
makes such a file from a schema.",
};

/// Says what is wrong with a schema in the binary form.
fn not_binary(name: &str, error: &TloError, show: Show) -> Failure {
    let fault = Diagnostic {
        code: BINARY.code,
        severity: Severity::Error,
        message: format!("`{name}` is no schema: {error}"),
        primary: None,
        secondary: Vec::new(),
        help: Vec::new(),
    };
    show.failure(&[fault], &Sources::new())
}

/// Says which byte is wrong, with the text around it.
fn not_utf8(name: &str, error: &FromUtf8Error, show: Show) -> Failure {
    let mut sources = Sources::new();
    let file = sources.add(name, String::from_utf8_lossy(error.as_bytes()));
    // The valid text before that byte has the same length in the replaced text.
    let start = u32::try_from(error.utf8_error().valid_up_to()).unwrap_or(u32::MAX);
    let width = char::REPLACEMENT_CHARACTER.len_utf8() as u32;
    let location = Location { file, span: Span::new(start, start.saturating_add(width)) };
    let byte = error.as_bytes().get(start as usize).copied().unwrap_or_default();
    let fault =
        Diagnostic::error(RULE.code, format!("`{name}` is not UTF-8"), location, format!("the byte {byte:02x}"))
            .with_help("convert the file to UTF-8; comments too must be");
    show.failure(&[fault], &sources)
}

/// Reads all files. The JSON form and the binary form of a schema are turned into TL, which is what messages then show.
pub(crate) fn sources(paths: &[PathBuf], show: Show) -> Result<(Sources, Vec<FileIdx>), Failure> {
    if paths.iter().filter(|path| is_stdin(path)).count() > 1 {
        return Err(Failure::Call("`-` stands for standard input and can be given once only".to_owned()));
    }
    let mut sources = Sources::new();
    let mut files = Vec::with_capacity(paths.len());
    for path in paths {
        files.push(schema(path, &mut sources, show)?);
    }
    Ok((sources, files))
}

/// Reads one schema.
pub(crate) fn schema(path: &Path, sources: &mut Sources, show: Show) -> Result<FileIdx, Failure> {
    let bytes = read_bytes(path)?;
    if tlo::is_tlo(&bytes) {
        return match tlo::to_tl(&bytes) {
            Ok(tl) => Ok(sources.add(format!("{} as TL", name(path)), tl)),
            Err(error) => Err(not_binary(&name(path), &error, show)),
        };
    }
    let text = text(path, bytes, show)?;
    if !json::is_json(&text) {
        return Ok(sources.add(name(path), text));
    }
    match json::to_tl(&text) {
        Ok(tl) => Ok(sources.add(format!("{} as TL", name(path)), tl)),
        Err(error) => {
            let mut sources = Sources::new();
            let file = sources.add(name(path), text);
            Err(show.failure(&[error.diagnostic(file)], &sources))
        }
    }
}

/// What to call a file in messages.
pub(crate) fn name(path: &Path) -> String {
    if is_stdin(path) { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// What generated code calls a file: without its folder, which differs from machine to machine.
pub(crate) fn file_name(path: &Path) -> String {
    if is_stdin(path) {
        "standard input".to_owned()
    } else {
        path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// Whether a file is standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// The layer that the name of a file tells, as in `layer-223.json`.
pub(crate) fn layer_in(file: &str) -> Option<u32> {
    let (_, rest) = file.split_once("layer")?;
    let rest = rest.trim_start_matches(['-', '_']);
    rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}
