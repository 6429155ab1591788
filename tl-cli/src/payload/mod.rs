//! Bytes in the forms in which logs, debuggers and programs show them, and back.
//!
//! What comes in is an argument, a file or standard input; what goes out are the bytes of a message.

mod dump;
mod hex;
mod list;

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use clap::ValueEnum;

use crate::failure::{Failure, Verdict};
use crate::input::is_stdin;
use crate::terminal::Terminal;

/// How bytes are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Encoding {
    /// Digits with any spacing, `0x`, `\x`, C arrays, lists of numbers, the output of xxd, hexdump and tcpdump.
    Hex,
    /// The usual alphabet or that of URLs, with or without padding.
    Base64,
    /// The bytes themselves.
    Raw,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hex => "hexadecimal",
            Self::Base64 => "Base64",
            Self::Raw => "raw bytes",
        })
    }
}

/// Where a message comes from.
pub(crate) enum Origin {
    /// The argument itself.
    Argument(String),
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl Origin {
    /// `-` or nothing is standard input, `@file` a file.
    pub(crate) fn of(argument: Option<&str>) -> Self {
        match argument {
            None | Some("-") => Self::Stdin,
            Some(text) => match text.strip_prefix('@') {
                Some(path) if is_stdin(Path::new(path)) => Self::Stdin,
                Some(path) => Self::File(path.into()),
                None => Self::Argument(text.to_owned()),
            },
        }
    }

    /// All of it.
    pub(crate) fn read(&self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes).map_err(|error| self.failed(&error))?;
        Ok(bytes)
    }

    /// The same as a stream.
    pub(crate) fn open(&self) -> Result<Box<dyn BufRead>, Failure> {
        Ok(match self {
            Self::Argument(text) => Box::new(io::Cursor::new(text.clone().into_bytes())),
            Self::File(path) => {
                let file = std::fs::File::open(path).map_err(|error| self.failed(&error))?;
                Box::new(BufReader::with_capacity(1 << 16, file))
            }
            Self::Stdin => Box::new(BufReader::with_capacity(1 << 16, io::stdin())),
        })
    }

    /// Why it cannot be read.
    pub(crate) fn failed(&self, error: &io::Error) -> Failure {
        match self {
            Self::File(path) => Failure::read(path, error),
            Self::Argument(_) | Self::Stdin => Failure::read(Path::new("<stdin>"), error),
        }
    }
}

/// The bytes of a message, and in which form they came. Without `from` the form is told by the content: what is no text is raw,
/// what can be read as hexadecimal is, and other text is Base64.
pub(crate) fn parse(content: &[u8], from: Option<Encoding>) -> Result<(Vec<u8>, Encoding), String> {
    let text = match (from, std::str::from_utf8(content)) {
        (Some(Encoding::Raw), _) => return Ok((content.to_vec(), Encoding::Raw)),
        (None, Err(_)) => return Ok((content.to_vec(), Encoding::Raw)),
        (None, Ok(text)) if text.chars().any(|c| c.is_control() && !c.is_ascii_whitespace()) => {
            return Ok((content.to_vec(), Encoding::Raw));
        }
        (Some(form), Err(error)) => {
            return Err(format!("not {form}: byte {} of the input is no text", error.valid_up_to()));
        }
        (_, Ok(text)) => text,
    };
    match from {
        Some(Encoding::Base64) => base64(text).map(|bytes| (bytes, Encoding::Base64)),
        Some(_) => from_digits(text).map(|bytes| (bytes, Encoding::Hex)),
        None => from_digits(text).map(|bytes| (bytes, Encoding::Hex)).or_else(|error| {
            // Digits of which one is missing are Base64 only by chance.
            if text.chars().all(|c| c.is_ascii_hexdigit() || c.is_whitespace()) {
                return Err(error);
            }
            base64(text).map(|bytes| (bytes, Encoding::Base64)).map_err(|other| format!("{error}, and {other}"))
        }),
    }
}

/// Digits, whatever stands around them.
fn from_digits(text: &str) -> Result<Vec<u8>, String> {
    if let Some(bytes) = dump::parse(text).or_else(|| list::parse(text)) {
        return Ok(bytes);
    }
    hex::parse(text)
}

fn base64(text: &str) -> Result<Vec<u8>, String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let alphabet = if text.contains(['-', '_']) { URL_SAFE } else { STANDARD };
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(Indifferent);
    GeneralPurpose::new(&alphabet, config).decode(text).map_err(|error| format!("not Base64: {error}"))
}

/// Writes bytes in a form; text ends with a line break.
pub(crate) fn write(bytes: &[u8], to: Encoding, terminal: &mut Terminal) -> Result<(), Failure> {
    terminal.write_all(&print(bytes, to))?;
    if to != Encoding::Raw {
        terminal.write_all(b"\n")?;
    }
    Ok(())
}

/// Does something with each line of a stream that is not empty, and forgets it before the next is read. A line that is wrong is named
/// on standard error, and the next one follows.
pub(crate) fn each_line(
    origin: &Origin,
    terminal: &mut Terminal,
    mut work: impl FnMut(&[u8], &mut Terminal) -> Result<Result<(), Failure>, String>,
) -> Result<Verdict, Failure> {
    let (mut stream, mut line, mut verdict) = (origin.open()?, Vec::new(), Verdict::Done);
    for number in 1usize.. {
        line.clear();
        if stream.read_until(b'\n', &mut line).map_err(|error| origin.failed(&error))? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        match work(line.trim_ascii(), terminal) {
            Ok(written) => written?,
            Err(error) => {
                terminal.error(&format!("line {number}: {error}"))?;
                verdict = Verdict::AtFault;
            }
        }
    }
    Ok(verdict)
}

/// Bytes in a form, as text where it is one.
pub(crate) fn print(bytes: &[u8], to: Encoding) -> Vec<u8> {
    match to {
        Encoding::Hex => hex::print(bytes).into_bytes(),
        Encoding::Base64 => base64::engine::general_purpose::STANDARD.encode(bytes).into_bytes(),
        Encoding::Raw => bytes.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: [u8; 8] = [0xa3, 0x81, 0x3c, 0xd2, 4, 0, 0, 0];

    #[test]
    fn forms_are_told() {
        for text in [
            "a3813cd204000000",
            "A3813CD2 04000000\n",
            "0xa3813cd204000000",
            "0xa3, 0x81, 0x3c, 0xd2, 0x4, 0, 0x0, 0x00",
            "{0xa3,0x81,0x3c,0xd2,0x04,0x00,0x00,0x00}",
            "unsigned char m[] = {\n  0xa3, 0x81, 0x3c, 0xd2,\n  0x04, 0x00, 0x00, 0x00\n};\nunsigned int m_len = 8;",
            r"\xa3\x81\x3c\xd2\x04\x00\x00\x00",
            r#"b"\xa3\x81\x3c\xd2\x04\x00\x00\x00""#,
            "a3:81:3c:d2:04:00:00:00",
            "a3-81-3c-d2-04-00-00-00",
            "[163, 129, 60, 210, 4, 0, 0, 0]",
            "[-93, -127, 60, -46, 4, 0, 0, 0]",
            "00000000: a381 3cd2 0400 0000                      ..<.....\n",
            "00000000  a3 81 3c d2 04 00 00 00                           |..<.....|\n00000008\n",
            "\t0x0000:  a381 3cd2 0400 0000                      ..<.....",
        ] {
            assert_eq!(parse(text.as_bytes(), None), Ok((BYTES.to_vec(), Encoding::Hex)), "{text}");
        }
        for text in ["o4E80gQAAAA=", "o4E80gQAAAA", "o4E8\n0gQA\nAAA=\n"] {
            assert_eq!(parse(text.as_bytes(), None), Ok((BYTES.to_vec(), Encoding::Base64)), "{text}");
        }
        assert_eq!(parse(b"-_8=", None), Ok((vec![0xfb, 0xff], Encoding::Base64)));
        assert_eq!(parse(&BYTES, None), Ok((BYTES.to_vec(), Encoding::Raw)));
        assert_eq!(parse(b"deadbeef", Some(Encoding::Raw)), Ok((b"deadbeef".to_vec(), Encoding::Raw)));
        assert_eq!(parse(b"deadbeef", Some(Encoding::Base64)).unwrap().0.len(), 6);
        assert_eq!(parse(b"", None), Ok((vec![], Encoding::Hex)));
    }

    #[test]
    fn what_is_no_form_says_where() {
        let refused = |text: &str, from| parse(text.as_bytes(), from).unwrap_err();
        assert_eq!(refused("a3 8", None), "not hexadecimal: a digit is missing after `8` at character 4");
        assert_eq!(refused("a3 81 zz", Some(Encoding::Hex)), "not hexadecimal: `z` at character 7");
        assert!(parse(b"\xff", Some(Encoding::Hex)).unwrap_err().contains("byte 0"));
    }

    /// The digits of one byte may be on two lines, as in logs that break lines.
    #[test]
    fn spacing_does_not_count() {
        assert_eq!(parse(b"a38\n13c d20 400 0000", None).unwrap().0, BYTES);
    }

    #[test]
    fn forms_are_printed() {
        assert_eq!(print(&BYTES, Encoding::Hex), b"a3813cd204000000");
        assert_eq!(print(&BYTES, Encoding::Base64), b"o4E80gQAAAA=");
        assert_eq!(print(&BYTES, Encoding::Raw), BYTES);
    }
}
