//! The text of the new file.

use tlgen_parser::ast::{Comment, Declaration, DeclarationKind, SectionKind};
use tlgen_parser::docs;
use tlgen_parser::print;

/// The two sections while they are written.
#[derive(Debug, Default)]
pub(super) struct Writer {
    types: Section,
    functions: Section,
}

#[derive(Debug, Default)]
struct Section {
    text: String,
    /// Whether an empty line comes before whatever is next.
    is_paragraph_over: bool,
    /// Whether a declaration has been written.
    has_declarations: bool,
    /// Whether the description of the first declaration would be taken for comments about the file.
    needs_heading: bool,
}

impl Writer {
    /// Comments that are about no declaration.
    pub(super) fn free(&mut self, kind: SectionKind, comments: &[Comment<'_>]) {
        let section = self.section(kind);
        if section.comments(comments) {
            section.is_paragraph_over = true;
        }
    }

    /// A declaration as it stands in `source`, with the comments above it and the one after it on its line. It gets the `id` if none
    /// is written.
    pub(super) fn declaration(
        &mut self,
        kind: SectionKind,
        above: &[Comment<'_>],
        source: &str,
        declaration: &Declaration<'_>,
        id: Option<u32>,
        after: Option<&Comment<'_>>,
    ) {
        let section = self.section(kind);
        section.needs_heading |= !section.has_declarations && docs::is_file_header(above);
        section.has_declarations = true;
        let is_paragraph_over = std::mem::take(&mut section.is_paragraph_over)
            || !section.text.is_empty() && is_after_empty_line(source, declaration);
        if !section.comments(above) && is_paragraph_over {
            section.text.push('\n');
        }
        let (start, end) = (declaration.span.start as usize, declaration.span.end as usize);
        match (&declaration.kind, id) {
            (DeclarationKind::Combinator(combinator), Some(id))
                if combinator.id.is_none() && combinator.name.is_some() =>
            {
                let name = combinator.name_span.end as usize;
                section.push(&source[start..name]);
                section.text.push_str(&format!("#{id:08x}"));
                section.push(&source[name..end]);
            }
            _ => section.push(&source[start..end]),
        }
        if !section.text.ends_with(';') {
            section.text.push(';');
        }
        if let Some(comment) = after {
            section.text.push(' ');
            section.push(comment.text);
        }
        section.text.push('\n');
    }

    /// The whole file.
    pub(super) fn finish(self, layer: Option<u32>) -> String {
        let mut text = String::new();
        let Self { types, functions } = self;
        if types.needs_heading {
            text.push_str(print::heading(SectionKind::Types));
            text.push_str("\n\n");
        }
        text.push_str(&types.text);
        if !functions.text.is_empty() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(print::heading(SectionKind::Functions));
            text.push_str("\n\n");
            text.push_str(&functions.text);
        }
        if let Some(layer) = layer {
            text.push_str(&format!("\n// LAYER {layer}\n"));
        }
        text
    }

    fn section(&mut self, kind: SectionKind) -> &mut Section {
        match kind {
            SectionKind::Types => &mut self.types,
            SectionKind::Functions => &mut self.functions,
        }
    }
}

fn is_after_empty_line(source: &str, declaration: &Declaration<'_>) -> bool {
    let before = source[..declaration.span.start as usize].bytes().rev();
    let mut blank = before.take_while(u8::is_ascii_whitespace).filter(|&byte| byte == b'\n');
    blank.by_ref().nth(1).is_some()
}

impl Section {
    /// Writes comments after an empty line; whether there were any. Headings of layers are none.
    fn comments(&mut self, comments: &[Comment<'_>]) -> bool {
        let mut any = false;
        for comment in comments.iter().filter(|comment| !docs::is_layer(comment)) {
            if !any {
                any = true;
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.is_paragraph_over = false;
            }
            self.push(comment.text);
            self.text.push('\n');
        }
        any
    }

    /// Adds text of the source, with `\n` at the end of its lines.
    fn push(&mut self, text: &str) {
        self.text.push_str(&text.replace("\r\n", "\n").replace('\r', "\n"));
    }
}
