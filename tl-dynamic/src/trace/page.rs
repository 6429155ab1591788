//! Rows -> one page of HTML: the values on one side, the bytes on the other, each showing where it is in the other.
//!
//! The page needs nothing but itself.

use std::fmt::Write as _;

use super::row::{RowKind, Trace};
use super::say::{Ink, Sayer};

const STYLE: &str = include_str!("../../assets/trace.css");
const SCRIPT: &str = include_str!("../../assets/trace.js");

/// How many bytes are on a line.
const LINE: usize = 16;

impl Trace<'_> {
    /// The rows and the bytes as one page of HTML that needs no other file. `bytes` are those that were traced.
    #[must_use]
    pub fn page(&self, title: &str, bytes: &[u8]) -> String {
        let title = escaped(title);
        let faults = match self.faults() {
            0 => String::new(),
            1 => ", 1 fault".to_owned(),
            faults => format!(", {faults} faults"),
        };
        let steps = match self.faults() {
            0 => "",
            _ => {
                "<nav aria-label=\"Faults\"><button id=\"previous\">Previous fault</button> \
                 <button id=\"next\">Next fault</button></nav>\n"
            }
        };
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
             content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n\
             <h1>{title}</h1>\n<p>{} bytes{faults}</p>\n{steps}</header>\n<main>\n<div id=\"rows\" role=\"listbox\" aria-label=\"Values\" tabindex=\"-1\">\n{}\
             </div>\n<section id=\"bytes\" aria-label=\"Bytes\" tabindex=\"-1\">{}</section>\n</main>\n<script>\n{SCRIPT}\
             </script>\n</body>\n</html>\n",
            bytes.len(),
            self.rows_of_page(),
            self.bytes_of_page(bytes),
        )
    }

    fn rows_of_page(&self) -> String {
        let mut sayer = Sayer::default();
        let mut out = String::new();
        for (index, row) in self.rows.iter().enumerate() {
            let inside = self.rows[index + 1..].iter().take_while(|other| other.depth > row.depth).count();
            let end = if inside > 0 { format!(" data-e=\"{}\"", index + inside) } else { String::new() };
            let tab = if index == 0 { 0 } else { -1 };
            _ = write!(
                out,
                "<div data-r=\"{index}\"{end} role=\"option\" aria-selected=\"false\" tabindex=\"{tab}\" style=\"--d:{}\">",
                row.depth
            );
            _ = write!(out, "<span class=\"offset\">{} </span>", row.bytes.start);
            for (ink, text) in sayer.pieces(row) {
                _ = write!(out, "<span class=\"{}\">{}</span>", class(ink), escaped(&text));
            }
            out.push_str("</div>\n");
        }
        out
    }

    fn bytes_of_page(&self, bytes: &[u8]) -> String {
        let mut out = String::new();
        let digits = bytes.len().to_string().len().max(4);
        for (index, row) in self.rows.iter().enumerate() {
            let hole = if matches!(row.kind, RowKind::Hole) { " class=\"hole\"" } else { "" };
            let mut at = row.bytes.start;
            while at < row.bytes.end {
                if at % LINE == 0 {
                    let line = if at == 0 { "" } else { "\n" };
                    _ = write!(out, "{line}<span class=\"offset\">{at:>digits$}  </span>");
                }
                let end = row.bytes.end.min((at / LINE + 1) * LINE);
                let shown: Vec<String> = bytes[at..end].iter().map(|byte| format!("{byte:02x}")).collect();
                let tab = if at == 0 { 0 } else { -1 };
                _ = write!(out, "<span data-r=\"{index}\"{hole} tabindex=\"{tab}\">{}</span>", shown.join(" "));
                out.push(' ');
                at = end;
            }
        }
        out
    }
}

fn class(ink: Ink) -> &'static str {
    match ink {
        Ink::Offset | Ink::Bytes => "offset",
        Ink::Name => "name",
        Ink::Type => "type",
        Ink::Value => "value",
        Ink::Wrong => "wrong",
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
