//! Excerpts to text.

use annotate_snippets::renderer::DEFAULT_TERM_WIDTH;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer as Snippets, Snippet};
use tlgen_parser::diagnostic::{Diagnostic, Severity};
use tlgen_parser::invisible::is_direction;
use tlgen_parser::source::{FileIdx, Sources};

use crate::excerpt::{Excerpt, excerpts};
use crate::lines::LineIndex;
use crate::{Style, order, summary};

/// Renders the diagnostics of one set of files. Each file is indexed once, so that the time grows with the text and the
/// number of diagnostics, not with their product.
pub struct Renderer<'s> {
    sources: &'s Sources,
    indexes: Vec<LineIndex<'s>>,
    snippets: Snippets,
}

impl<'s> Renderer<'s> {
    /// Indexes all files.
    #[must_use]
    pub fn new(sources: &'s Sources, style: Style) -> Self {
        let snippets = match style {
            Style::Plain => Snippets::plain(),
            Style::Color => Snippets::styled().hyperlink(false),
        };
        let indexes = sources.iter().map(|(_, source)| LineIndex::new(&source.text)).collect();
        Self { sources, indexes, snippets: snippets.term_width(DEFAULT_TERM_WIDTH.min(120)) }
    }

    /// One diagnostic, with the `\n` of its last line.
    #[must_use]
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let excerpts = excerpts(diagnostic, &|file: FileIdx| &self.indexes[file.0 as usize]);
        let names: Vec<String> =
            excerpts.iter().map(|excerpt| printable(&self.sources.get(excerpt.file).name)).collect();
        let mut group = Group::with_title(level.primary_title(printable(&diagnostic.message)).id(diagnostic.code.0));
        for (excerpt, name) in excerpts.iter().zip(&names) {
            group = group.element(snippet(excerpt, name));
        }
        for help in &diagnostic.help {
            group = group.element(Level::HELP.message(printable(help)));
        }
        let text = restore_columns(&self.snippets.render(&[group]), &excerpts, &names);
        let text: String = text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect();
        // The renderer replaces most of them in excerpts.
        text.replace(is_direction, "\u{fffd}")
    }

    /// All diagnostics in the order of [`order`](crate::order), an empty line after each, and a line that counts them;
    /// nothing if there are none.
    #[must_use]
    pub fn render_all(&self, diagnostics: &[Diagnostic]) -> String {
        let mut text = String::new();
        for diagnostic in order(diagnostics) {
            text += &self.render(diagnostic);
            text.push('\n');
        }
        if !diagnostics.is_empty() {
            text += &summary(diagnostics);
            text.push('\n');
        }
        text
    }
}

fn snippet<'a>(excerpt: &'a Excerpt<'_, '_>, name: &'a str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let marks = excerpt.marks.iter().map(|mark| {
        let kind = if mark.is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        kind.span(mark.start..mark.end).label((!mark.text.is_empty()).then(|| printable(mark.text)))
    });
    Snippet::source(&*excerpt.text).path(name).line_start(excerpt.line).annotations(marks)
}

/// The line above a snippet names a column of the text of the snippet. If the beginning of a long line was left out, this
/// puts the column of the file there.
fn restore_columns(text: &str, excerpts: &[Excerpt<'_, '_>], names: &[String]) -> String {
    let title = text.find('\n').unwrap_or(0);
    let (mut restored, mut rest) = (text[..title].to_owned(), &text[title..]);
    for (excerpt, name) in excerpts.iter().zip(names) {
        let Some((at, column)) = rest.match_indices(name).find_map(|(at, _)| {
            let at = at + name.len();
            Some((at, parse_column(&rest[at..], excerpt.line)?))
        }) else {
            continue;
        };
        let end = at + rest[at..].find('\n').unwrap_or(0);
        match excerpt.skipped {
            0 => restored += &rest[..end],
            skipped => {
                restored += &rest[..at];
                restored += &format!(":{}:{}", excerpt.line, skipped + column);
            }
        }
        rest = &rest[end..];
    }
    restored + rest
}

/// The column of `:LINE:COLUMN` at the end of a line, for `first` or a line after it.
fn parse_column(text: &str, first: usize) -> Option<usize> {
    let (line, column) = text.lines().next()?.strip_prefix(':')?.split_once(':')?;
    let line: usize = line.parse().ok()?;
    (line >= first).then(|| column.parse().ok())?
}

/// Text of a schema can hold escape sequences; a terminal must not see them.
fn printable(text: &str) -> String {
    let is_harmless = |c: char| c == '\n' || !c.is_control();
    text.chars().map(|c| if is_harmless(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}
