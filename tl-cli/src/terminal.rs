//! Where output goes and how it looks.

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

    /// Writes text that ends with a line break, or nothing, to standard error.
    pub(crate) fn warn(&self, text: &str) -> io::Result<()> {
        io::stderr().write_all(text.as_bytes())
    }

    /// Writes `error: message` to standard error.
    pub(crate) fn error(&self, message: &str) -> io::Result<()> {
        let (on, off) = match self.errors.style {
            Style::Color => ("\x1b[1m\x1b[91m", "\x1b[0m"),
            Style::Plain => ("", ""),
        };
        writeln!(io::stderr(), "{on}error{off}: {message}")
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

/// `NO_COLOR` counts when it is not empty.
fn has_no_color() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
