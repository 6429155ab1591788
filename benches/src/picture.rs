//! A picture of the main numbers of `RESULTS.md`: bars beside those of the peers.

use std::fmt::{self, Write as _};

/// What the picture shows: a heading, and the section and the rows of the results whose numbers it has.
const GROUPS: &[(&str, &str, &str)] = &[
    ("Encode 1,000 contacts and users", "Encode and decode: time", "2 contacts.contacts, encode, fresh buffer"),
    ("Decode them", "Encode and decode: time", "2 contacts.contacts, decode"),
    ("Decode them, text borrowed", "Encode and decode: time", "2 contacts.contacts, decode, borrowed text"),
    ("Check the code of the full API", "Compile", "`cargo check` of the full API, CPU"),
    ("Compile it as a release", "Compile", "release library alone, without its generator, CPU"),
    ("Compile an app after an edit", "Compile", "app built again after an edit, CPU"),
];

const WIDTH: f64 = 760.0;
const NAMES: f64 = 250.0;
const BARS: f64 = 340.0;
const LINE: f64 = 20.0;
const GAP: f64 = 12.0;

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PictureError {
    /// The results have no row of this name in this section.
    NoRow {
        /// The section.
        section: String,
        /// What was measured.
        what: String,
    },
    /// This is no time.
    NoTime(String),
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRow { section, what } => write!(f, "the section `{section}` of the results has no row `{what}`"),
            Self::NoTime(cell) => write!(f, "`{cell}` is no time such as `1.20 ms`"),
        }
    }
}

impl std::error::Error for PictureError {}

/// One bar: who, how long, and the number as the results have it.
#[derive(Debug)]
struct Bar<'a> {
    by: &'a str,
    seconds: f64,
    text: &'a str,
}

/// The picture of these results, as SVG.
///
/// # Errors
/// When a row is missing or has no times.
pub fn draw(results: &str) -> Result<String, PictureError> {
    let mut body = String::new();
    let mut y = 34.0;
    for (heading, section, what) in GROUPS {
        let bars = bars(results, section, what)?;
        let longest = bars.iter().map(|bar| bar.seconds).fold(0.0, f64::max);
        let _ = writeln!(body, r#"<text x="12" y="{:.1}">{heading}</text>"#, y + 14.0);
        for (index, bar) in bars.iter().enumerate() {
            let (class, length) = (if index == 0 { "ours" } else { "peer" }, bar.seconds / longest * BARS);
            let _ = writeln!(
                body,
                "<rect class=\"{class}\" x=\"{NAMES}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"{:.1}\"/>\n\
                 <text class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\">{} {}</text>",
                LINE - 4.0,
                NAMES + length + 6.0,
                y + 13.0,
                bar.by,
                bar.text,
            );
            y += LINE;
        }
        y += GAP;
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y:.0}\" width=\"{WIDTH}\" height=\"{y:.0}\" role=\"img\" \
         aria-label=\"Times of tlgen beside those of its peers\">\n\
         <style>\n\
         text {{ font: 13px system-ui, sans-serif; fill: #24292f }}\n\
         rect.ours {{ fill: #1f6feb }}\n\
         rect.peer {{ fill: #afb8c1 }}\n\
         text.ours {{ font-weight: 600 }}\n\
         @media (prefers-color-scheme: dark) {{\n\
         text {{ fill: #e6edf3 }}\n\
         rect.peer {{ fill: #6e7681 }}\n\
         }}\n\
         </style>\n\
         <text x=\"12\" y=\"20\">Processor time; shorter is better. Each group has its own scale.</text>\n\
         {body}</svg>\n"
    ))
}

/// Ours first, then one for each peer.
fn bars<'a>(results: &'a str, section: &str, what: &str) -> Result<Vec<Bar<'a>>, PictureError> {
    let mut bars = Vec::new();
    let lines = results.lines().skip_while(|line| line.strip_prefix("## ") != Some(section)).skip(1);
    for line in lines.take_while(|line| !line.starts_with("## ")) {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let ["", name, ours, peer, _, _, ""] = cells[..] else { continue };
        if name != what {
            continue;
        }
        if bars.is_empty() {
            bars.push(bar("tlgen", ours)?);
        }
        let (by, time) = peer.split_once(' ').ok_or_else(|| PictureError::NoTime(peer.to_owned()))?;
        bars.push(bar(by, time)?);
    }
    if bars.is_empty() {
        return Err(PictureError::NoRow { section: section.to_owned(), what: what.to_owned() });
    }
    Ok(bars)
}

/// The bar of a time such as `34.24 us (2.92 GB/s)`.
fn bar<'a>(by: &'a str, cell: &'a str) -> Result<Bar<'a>, PictureError> {
    let text = cell.split(" (").next().unwrap_or(cell);
    let seconds = text.split_once(' ').and_then(|(number, unit)| {
        let factor = match unit {
            "ns" => 1e-9,
            "us" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            _ => return None,
        };
        Some(number.parse::<f64>().ok()? * factor)
    });
    let seconds = seconds.ok_or_else(|| PictureError::NoTime(cell.to_owned()))?;
    Ok(Bar { by, seconds, text })
}

#[cfg(test)]
mod tests {
    use super::{PictureError, draw};

    /// `cargo run -p tl-benches --bin picture` draws it.
    #[test]
    fn the_picture_is_that_of_the_results() {
        let drawn = draw(include_str!("../RESULTS.md")).unwrap();
        assert!(drawn == include_str!("../results.svg"), "run `cargo run -p tl-benches --bin picture`");
    }

    #[test]
    fn results_without_numbers_say_which() {
        let results = include_str!("../RESULTS.md");
        let missing = |text: &str| draw(&results.replace(text, "-")).unwrap_err();
        assert_eq!(
            missing("`cargo check` of the full API, CPU").to_string(),
            "the section `Compile` of the results has no row ``cargo check` of the full API, CPU`"
        );
        let first = results.split("\n## Encode and decode: time\n").nth(1).unwrap();
        let row = first.lines().find(|line| line.starts_with("| 2 contacts.contacts, decode |")).unwrap();
        let ours = row.split('|').nth(2).unwrap().trim();
        assert_eq!(missing(ours), PictureError::NoTime("-".to_owned()));
    }
}
