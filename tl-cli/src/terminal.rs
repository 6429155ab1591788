//! Where output goes and how it looks.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};

use tlgen_diagnostics::Style;

use crate::args::{ColorChoice, ErrorFormat};
use crate::show::Show;

/// Standard output, buffered, and how both streams look.
pub(crate) struct Terminal {
    out: BufWriter<io::StdoutLock<'static>>,
    /// Nobody reads standard output any more, as in `tlgen check ... | head`.
    is_closed: bool,
    /// How diagnostics look on standard output, and whether it has colours.
    pub(crate) output: Show,
    /// The same for standard error.
    pub(crate) errors: Show,
}

impl Terminal {
    pub(crate) fn new(color: ColorChoice, format: ErrorFormat) -> Self {
        let style = |is_terminal: bool| match color {
            ColorChoice::Always => Style::Color,
            ColorChoice::Auto if is_terminal && !has_no_color() => Style::Color,
            ColorChoice::Auto | ColorChoice::Never => Style::Plain,
        };
        Self {
            out: BufWriter::new(io::stdout().lock()),
            is_closed: false,
            output: Show { format, style: style(io::stdout().is_terminal()) },
            errors: Show { format, style: style(io::stderr().is_terminal()) },
        }
    }

    /// Writes text that ends with a line break, or nothing, to standard error. What a terminal would obey is replaced in it: it may
    /// have words of commits, names of files, or what another program says.
    pub(crate) fn warn(&self, text: &str) -> io::Result<()> {
        io::stderr().write_all(harmless(text).as_bytes())
    }

    /// The same for what [`Show`] made, which may have colours.
    pub(crate) fn show(&self, rendered: &str) -> io::Result<()> {
        io::stderr().write_all(colored(rendered, self.errors.style).as_bytes())
    }

    /// Writes `error: message` to standard error. The message is as harmless as that of a warning.
    pub(crate) fn error(&self, message: &str) -> io::Result<()> {
        let (on, off) = match self.errors.style {
            Style::Color => ("\x1b[1m\x1b[91m", "\x1b[0m"),
            Style::Plain => ("", ""),
        };
        writeln!(io::stderr(), "{on}error{off}: {}", harmless(message))
    }
}

/// A reader that goes away changes nothing: the command runs to its end, and its exit status says what was found.
impl Write for Terminal {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_closed {
            return Ok(bytes.len());
        }
        match self.out.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(bytes.len())
            }
            result => result,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.is_closed {
            return Ok(());
        }
        match self.out.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_closed = true;
                Ok(())
            }
            result => result,
        }
    }
}

/// The text without what a terminal obeys rather than shows, but for tabs and the ends of lines.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    replaced(text, |c| c.is_control() || tlgen_parser::invisible::is_direction(c))
}

/// The same for text that has colours. Nothing else that a terminal obeys begins as they do.
fn colored(text: &str, style: Style) -> Cow<'_, str> {
    if style == Style::Plain || !text.contains('\x1b') {
        return replaced(text, char::is_control);
    }
    let mut parts = text.split('\x1b');
    let mut out = replaced(parts.next().unwrap_or_default(), char::is_control).into_owned();
    for part in parts {
        let length = part.strip_prefix('[').and_then(|rest| rest.find(|c: char| !c.is_ascii_digit() && c != ';'));
        let is_color = length.is_some_and(|length| part[1 + length..].starts_with('m'));
        out.push(if is_color { '\x1b' } else { char::REPLACEMENT_CHARACTER });
        out += &replaced(part, char::is_control);
    }
    Cow::Owned(out)
}

fn replaced(text: &str, is_obeyed: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_obeyed = |c: char| c != '\n' && c != '\t' && is_obeyed(c);
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_obeyed(c) { char::REPLACEMENT_CHARACTER } else { c }).collect())
}

/// `NO_COLOR` counts when it is not empty.
fn has_no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{colored, harmless};
    use tlgen_diagnostics::Style;

    #[test]
    fn what_a_terminal_obeys() {
        assert_eq!(
            harmless("a\tb\n\x1b[31mc\r\x07\u{9b}2J\u{202e}d"),
            "a\tb\n\u{fffd}[31mc\u{fffd}\u{fffd}\u{fffd}2J\u{fffd}d"
        );
        assert_eq!(harmless("größer"), "größer");
    }

    #[test]
    fn colours_stay_where_there_are_any() {
        let text = "\x1b[1m\x1b[91;4merror\x1b[0m\x1b[m: \x1b]0;title\x07 \x1b[2J\x1b[";
        let shown = "\x1b[1m\x1b[91;4merror\x1b[0m\x1b[m: \u{fffd}]0;title\u{fffd} \u{fffd}[2J\u{fffd}[";
        assert_eq!(colored(text, Style::Color), shown);
        assert_eq!(colored("\x1b[1ma\n", Style::Plain), "\u{fffd}[1ma\n");
    }
}
