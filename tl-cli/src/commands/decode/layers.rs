//! `tlgen decode --which`: by which schemas bytes can be read.

use std::io::Write;

use tlgen_dynamic::which;

use super::Reader;
use crate::failure::{Failure, Verdict};
use crate::terminal::Terminal;

/// Writes a line for each kind of answer: the schemas that take all bytes, then those that stop, with the byte and the reason.
pub(super) fn run(readers: &[Reader<'_>], bytes: &[u8], terminal: &mut Terminal) -> Result<Verdict, Failure> {
    let schemas: Vec<_> = readers.iter().map(|reader| (&reader.codec, reader.root(bytes))).collect();
    let readings = which(&schemas, bytes, &readers[0].options);
    let mut lines: Vec<(String, Vec<&str>)> = Vec::new();
    for reading in &readings {
        let said = match &reading.outcome {
            Ok(_) if reading.is_stated => "all bytes, and they say that they are of this layer".to_owned(),
            Ok(_) if reading.has_undeclared_bits => "all bytes, but not all flags are declared".to_owned(),
            Ok(_) => "all bytes".to_owned(),
            Err(error) => format!("stops: {error}"),
        };
        let name = readers[reading.index].name.unwrap_or("the schema");
        match lines.last_mut().filter(|(last, _)| *last == said) {
            Some((_, names)) => names.push(name),
            None => lines.push((said, vec![name])),
        }
    }
    for (said, names) in &lines {
        writeln!(terminal, "{}: {said}", short(names))?;
    }
    let is_read = readings.first().is_some_and(|first| first.outcome.is_ok());
    Ok(if is_read { Verdict::Done } else { Verdict::AtFault })
}

/// The names; of many the first and the last, which are the newest and the oldest. There may be gaps between them.
fn short(names: &[&str]) -> String {
    match names {
        [first, .., last] if names.len() > 4 => format!("{first}, ..., {last} ({} schemas)", names.len()),
        names => names.join(", "),
    }
}
