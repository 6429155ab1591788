//! Which pieces of the files are shown.
//!
//! What comes in is a diagnostic; what goes out are [`Excerpt`]s, small pieces of text with the labels in them. What can no
//! longer occur: a span outside of its text or inside a `char`, a line of unlimited length, a span over many lines.

use std::borrow::Cow;

use tlgen_parser::diagnostic::{Diagnostic, Label};
use tlgen_parser::source::FileIdx;

use crate::lines::{LineIndex, floor_char};

/// How many bytes of a line are kept before and after its labels. It is more than is shown, so that the renderer sees that
/// there is more, and marks the cut.
const MARGIN: usize = 240;
/// How many columns one label underlines at most.
const WIDEST: usize = 96;
/// How far apart two labels in one excerpt may be, in bytes of their lines.
const REACH: usize = 90;
/// How many lines an excerpt has at most.
const TALLEST: usize = 7;
/// How many bytes an excerpt of several lines has at most.
const LONGEST: usize = 4096;

/// A span that is shown, relative to [`Excerpt::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark<'d> {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The words beside it, as the label has them.
    pub(crate) text: &'d str,
    pub(crate) is_primary: bool,
}

/// A piece of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt<'s, 'd> {
    pub(crate) file: FileIdx,
    /// The number of the first line, from 1.
    pub(crate) line: usize,
    /// How many `char`s of the first line are left out before the text.
    pub(crate) skipped: usize,
    pub(crate) text: Cow<'s, str>,
    pub(crate) marks: Vec<Mark<'d>>,
}

/// A label with the span that is underlined.
#[derive(Clone, Copy)]
struct Placed<'d> {
    file: FileIdx,
    /// First and last line, from 0.
    lines: (usize, usize),
    start: usize,
    end: usize,
    text: &'d str,
    is_primary: bool,
}

/// The excerpts of a diagnostic: the one with the primary label first, then the others in order.
pub(crate) fn excerpts<'s, 'd>(
    diagnostic: &'d Diagnostic,
    index: &dyn Fn(FileIdx) -> &'s LineIndex<'s>,
) -> Vec<Excerpt<'s, 'd>> {
    let primary = diagnostic.primary.iter().map(|label| (label, true));
    let labels = primary.chain(diagnostic.secondary.iter().map(|label| (label, false)));
    let mut groups: Vec<Vec<Placed<'d>>> = Vec::new();
    for (label, is_primary) in labels {
        let placed = place(label, is_primary, index(label.location.file));
        let last = groups.len().saturating_sub(1);
        // Only the first group and the last one are tried, so that the time stays linear in the number of labels.
        match [0, last].into_iter().find(|&at| groups.get(at).is_some_and(|group| fits(group, placed, index))) {
            Some(at) => groups[at].push(placed),
            None => groups.push(vec![placed]),
        }
    }
    groups.iter().map(|group| cut(group, index(group[0].file))).collect()
}

/// Finds what to underline: at most [`WIDEST`] columns of one line, or a few short lines.
fn place<'d>(label: &'d Label, is_primary: bool, index: &LineIndex<'_>) -> Placed<'d> {
    let (start, end) = index.clip(label.location.span);
    let first = index.line_of(start);
    let (line_start, line_end) = index.bounds(first);
    // A span that begins in the line break is shown at the end of its line.
    let start = start.min(line_end);
    let mut lines = (first, first);
    let mut end = end.max(start);
    if end > line_end {
        let mut last = index.line_of(end);
        // A span that ends with a line break ends on the line before it.
        if end == index.bounds(last).0 && last > first {
            last -= 1;
        }
        end = end.min(index.bounds(last).1);
        let is_small = last - first < TALLEST
            && end - line_start <= LONGEST
            && (first..=last).all(|line| width(index, line) <= WIDEST);
        if is_small {
            lines.1 = last;
        } else {
            end = line_end;
        }
    }
    if lines.0 == lines.1 {
        end = floor_char(index.text(), end.min(start + WIDEST));
    }
    Placed { file: label.location.file, lines, start, end, text: &label.text, is_primary }
}

/// Whether a label can be shown in the excerpt of a group.
fn fits<'s>(group: &[Placed<'_>], new: Placed<'_>, index: &dyn Fn(FileIdx) -> &'s LineIndex<'s>) -> bool {
    if group[0].file != new.file {
        return false;
    }
    let index = index(new.file);
    let columns = |placed: &Placed<'_>| {
        let (first, _) = index.bounds(placed.lines.0);
        let (last, _) = index.bounds(placed.lines.1);
        let (start, end) = (placed.start - first, placed.end - last);
        (start.min(end), start.max(end))
    };
    let (mut left, mut right) = columns(&new);
    let (mut top, mut bottom) = new.lines;
    for placed in group {
        let (start, end) = columns(placed);
        (left, right) = (left.min(start), right.max(end));
        (top, bottom) = (top.min(placed.lines.0), bottom.max(placed.lines.1));
    }
    right - left <= REACH.max(WIDEST)
        && bottom - top < TALLEST
        && (top == bottom || index.bounds(bottom).1 - index.bounds(top).0 <= LONGEST)
}

/// Takes the text around the labels of a group, which has one or more.
fn cut<'s, 'd>(group: &[Placed<'d>], index: &'s LineIndex<'s>) -> Excerpt<'s, 'd> {
    let top = group.iter().map(|placed| placed.lines.0).min().unwrap_or(0);
    let bottom = group.iter().map(|placed| placed.lines.1).max().unwrap_or(0);
    let (line_start, mut start) = (index.bounds(top).0, index.bounds(top).0);
    let mut end = index.bounds(bottom).1;
    if top == bottom {
        let left = group.iter().map(|placed| placed.start).min().unwrap_or(start);
        let right = group.iter().map(|placed| placed.end).max().unwrap_or(end);
        start = floor_char(index.text(), left.saturating_sub(MARGIN).max(start));
        end = floor_char(index.text(), (right + MARGIN).min(end));
    }
    let marks = group.iter().map(|placed| Mark {
        start: placed.start - start,
        end: placed.end - start,
        text: placed.text,
        is_primary: placed.is_primary,
    });
    let text = &index.text()[start..end];
    // The empty line after a last line break counts for the renderer only if it has a line break, too.
    let text = if text.ends_with('\n') { Cow::Owned(format!("{text}\n")) } else { Cow::Borrowed(text) };
    Excerpt {
        file: group[0].file,
        line: top + 1,
        skipped: index.chars(line_start, start),
        text,
        marks: marks.collect(),
    }
}

fn width(index: &LineIndex<'_>, line: usize) -> usize {
    let (start, end) = index.bounds(line);
    end - start
}
