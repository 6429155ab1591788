//! The table: one line for each thing that was measured.

use std::fmt::Write as _;

/// One line.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// Ours, with its unit.
    pub ours: String,
    /// The peer's name and its number.
    pub peer: String,
    /// How the two relate.
    pub ratio: String,
    /// The goal, and whether it is met.
    pub goal: String,
}

/// What a number should be.
#[derive(Clone, Copy, Debug)]
pub enum Goal {
    /// At least this many times the peer.
    AtLeast(f64),
    /// At most this part of the peer, or this number.
    AtMost(f64),
    /// There is none.
    None,
}

impl Goal {
    /// The goal and whether a number meets it.
    #[must_use]
    pub fn judge(self, number: f64) -> String {
        let (text, met) = match self {
            Self::AtLeast(least) => (format!(">= {least}"), number >= least),
            Self::AtMost(most) => (format!("<= {most}"), number <= most),
            Self::None => return String::new(),
        };
        format!("{text}: {}", if met { "met" } else { "**missed**" })
    }
}

impl Row {
    /// Two sizes, and ours as a part of the peer's.
    #[must_use]
    pub fn sizes(what: &str, ours: u64, peer: &str, theirs: u64, goal: Goal) -> Self {
        let ratio = ours as f64 / theirs as f64;
        Self {
            what: what.to_owned(),
            ours: number(ours),
            peer: format!("{peer} {}", number(theirs)),
            ratio: format!("{ratio:.2} x"),
            goal: goal.judge(ratio),
        }
    }
}

/// A number of seconds with a unit that suits it.
#[must_use]
pub fn seconds(seconds: f64) -> String {
    match seconds {
        s if s < 1e-6 => format!("{:.1} ns", s * 1e9),
        s if s < 1e-3 => format!("{:.2} us", s * 1e6),
        s if s < 1.0 => format!("{:.2} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}

/// A number with a comma at each thousand.
#[must_use]
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The lines of one section as Markdown.
#[must_use]
pub fn markdown(title: &str, rows: &[Row]) -> String {
    let mut text = format!("\n## {title}\n\n| what | tlgen | peer | ratio | goal |\n|---|---|---|---|---|\n");
    for Row { what, ours, peer, ratio, goal } in rows {
        let _ = writeln!(text, "| {what} | {ours} | {peer} | {ratio} | {goal} |");
    }
    text
}
