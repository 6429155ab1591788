//! The numbers as a picture: one file that needs no other, in the colours of the reader's light or dark mode.

use std::fmt::Write;

use super::report::Report;

/// The width of the picture, of the names at the left, and of the longest bar; all in pixels.
const WIDTH: usize = 820;
const NAMES: usize = 300;
const BARS: usize = 400;
/// The height of a line.
const LINE: usize = 20;

const STYLE: &str = "text{font:13px system-ui,sans-serif;fill:#1f2328}.h{font-weight:600}.n{text-anchor:end}\
                     .a{fill:#3b82c4}.b{fill:#e08e36}.p{fill:#fff}\
                     @media(prefers-color-scheme:dark){text{fill:#e6edf3}.p{fill:#0d1117}.a{fill:#5aa2e0}}";

pub(super) fn text(report: &Report) -> String {
    let mut picture = Picture::default();
    picture.heading(&report.title());
    picture.line(&format!(
        "{} types, {} constructors, {} functions, {} fields",
        report.types, report.constructors, report.functions, report.fields
    ));
    picture.space();
    picture.heading("namespaces: constructors and functions");
    let most =
        report.namespaces.iter().map(|namespace| namespace.constructors + namespace.functions).max().unwrap_or(1);
    for namespace in &report.namespaces {
        let parts = [("a", namespace.constructors), ("b", namespace.functions)];
        picture.bar(Report::namespace(&namespace.name), &parts, most);
    }
    for (heading, items) in report.lists().into_iter().filter(|(_, items)| !items.is_empty()) {
        picture.space();
        picture.heading(heading);
        let most = items.iter().map(|item| item.count).max().unwrap_or(1);
        items.iter().for_each(|item| picture.bar(&item.name, &[("a", item.count)], most));
    }
    picture.finish(&report.title())
}

#[derive(Default)]
struct Picture {
    shapes: String,
    /// Where the next line begins.
    top: usize,
}

impl Picture {
    fn heading(&mut self, text: &str) {
        self.text("h", 12, text);
        self.top += LINE + 4;
    }

    fn line(&mut self, text: &str) {
        self.text("t", 12, text);
        self.top += LINE;
    }

    fn space(&mut self) {
        self.top += LINE / 2;
    }

    /// A name with a bar of parts, each with its class and number. The longest bar has the number `most`.
    fn bar(&mut self, name: &str, parts: &[(&str, usize)], most: usize) {
        self.text("n", NAMES - 8, name);
        let mut left = NAMES;
        for (class, count) in parts {
            let width = count * BARS / most.max(1);
            let top = self.top + 5;
            let _ = writeln!(
                self.shapes,
                "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"14\"/>"
            );
            left += width;
        }
        let counts: Vec<String> = parts.iter().map(|(_, count)| count.to_string()).collect();
        self.text("t", left + 6, &counts.join(" + "));
        self.top += LINE;
    }

    fn text(&mut self, class: &str, left: usize, text: &str) {
        let bottom = self.top + 16;
        let _ = writeln!(self.shapes, "<text class=\"{class}\" x=\"{left}\" y=\"{bottom}\">{}</text>", escaped(text));
    }

    fn finish(self, title: &str) -> String {
        let height = self.top + LINE / 2;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
             role=\"img\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
             <rect class=\"p\" width=\"{WIDTH}\" height=\"{height}\"/>\n{}</svg>\n",
            escaped(title),
            self.shapes
        )
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // No document of XML may have them.
            char if char.is_control() => out.push('\u{fffd}'),
            char => out.push(char),
        }
    }
    out
}
