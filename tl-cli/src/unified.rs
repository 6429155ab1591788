//! Two texts to a unified diff, as `patch -p0` and `git apply -p0` read it.

use std::time::Duration;

use similar::TextDiff;
use tlgen_diagnostics::Style;

use crate::terminal::harmless;

/// How long the shortest diff of one file is looked for. A longer one, which is just as right, is found at once.
const PATIENCE: Duration = Duration::from_secs(1);

/// What turns the text `old` of a file into `new`; `None` where there is no such file. Empty if they are the same.
pub(crate) fn unified(path: &str, old: Option<&str>, new: Option<&str>, style: Style) -> String {
    let name = |text: Option<&str>| if text.is_some() { path } else { "/dev/null" };
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(old.unwrap_or_default(), new.unwrap_or_default());
    let text = diff.unified_diff().header(name(old), name(new)).to_string();
    match style {
        Style::Plain => text,
        Style::Color => text.split_inclusive('\n').map(colored).collect(),
    }
}

/// A line for a terminal, which must not see the escape sequences that the text may hold.
fn colored(line: &str) -> String {
    let on = match line.as_bytes().first() {
        _ if line.starts_with("--- ") || line.starts_with("+++ ") => "\x1b[1m",
        Some(b'@') => "\x1b[36m",
        Some(b'-') => "\x1b[31m",
        Some(b'+') => "\x1b[32m",
        _ => "",
    };
    let off = if on.is_empty() { "" } else { "\x1b[0m" };
    let text = line.trim_end_matches(['\r', '\n']);
    format!("{on}{}{off}\n", harmless(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_new_and_removed_files() {
        let of = |old, new| unified("a.tl", old, new, Style::Plain);
        assert_eq!(of(Some("a\nb\n"), Some("a\nc\n")), "--- a.tl\n+++ a.tl\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
        assert_eq!(of(None, Some("a\n")), "--- /dev/null\n+++ a.tl\n@@ -0,0 +1 @@\n+a\n");
        assert_eq!(of(Some("a\n"), None), "--- a.tl\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n");
        assert_eq!(of(Some("a\n"), Some("a\n")), "");
    }

    /// What differs may be the end of the text alone.
    #[test]
    fn ends_of_texts() {
        let diff = unified("a.tl", Some("a"), Some("a\n"), Style::Plain);
        assert!(diff.contains("-a\n\\ No newline at end of file\n+a\n"), "{diff}");
        assert!(unified("a.tl", Some("a\r\n"), Some("a\n"), Style::Plain).contains("-a\r\n+a\n"));
    }

    #[test]
    fn a_terminal_sees_no_escape_sequences_of_the_text() {
        let diff = unified("a.tl", Some("// \x1b[2J\u{202e}\n"), Some("//\n"), Style::Color);
        assert!(diff.contains("\x1b[31m-// \u{fffd}[2J\u{fffd}\x1b[0m\n"), "{diff:?}");
    }

    /// Long texts with nothing in common take no longer than the patience.
    #[test]
    fn texts_without_a_common_line() {
        let text = |word: &str| (0..60_000).map(|n| format!("{word}{n}\n")).collect::<String>();
        let diff = unified("a.tl", Some(&text("a")), Some(&text("b")), Style::Plain);
        assert_eq!(diff.lines().count(), 120_003);
    }
}
