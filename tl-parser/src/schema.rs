//! A whole file: headings, declarations, and how to go on after a mistake.
//!
//! What goes out is every declaration that is right, and one error for each that is not.

use crate::ast::{Declaration, DeclarationKind, Item, LayerHeading, Schema, Section, SectionKind};
use crate::dialect;
use crate::error::{SyntaxError, SyntaxErrorKind};
use crate::grammar;
use crate::lexer::{EndedBy, Lexer, span};
use crate::source::Span;
use crate::token::{Kind, Lexed, Tokens};

/// How many errors, and how many warnings, of one file are reported.
const MAX_REPORTS: usize = 1000;

/// What a file holds: its syntax tree and its mistakes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed<'s> {
    /// The headings, comments, and the declarations without mistakes.
    pub schema: Schema<'s>,
    /// At most one error for each declaration, in the order of the file. There are at most 1,000; the last of them says if
    /// there are more.
    pub errors: Vec<SyntaxError>,
    /// The declarations with mistakes, in the order of the file.
    pub broken: Vec<Broken<'s>>,
    /// What is accepted but should be written in another way, in the order of the file; at most 1,000.
    pub warnings: Vec<SyntaxError>,
}

/// A declaration that cannot be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Broken<'s> {
    /// From its first token to the last one that was given up with it.
    pub span: Span,
    /// The names in it that it may declare, of a constructor, a function or a type: those that begin it or a line of it,
    /// and those after a `=` or a `;`.
    pub names: Vec<&'s str>,
}

impl<'s> Parsed<'s> {
    /// The syntax tree if the file has no errors.
    ///
    /// # Errors
    /// All errors of the file.
    pub fn into_result(self) -> Result<Schema<'s>, Vec<SyntaxError>> {
        if self.errors.is_empty() { Ok(self.schema) } else { Err(self.errors) }
    }
}

/// Parses the text of one schema file. Takes time linear in its length.
#[must_use]
pub fn parse(text: &str) -> Parsed<'_> {
    let Ok(len) = u32::try_from(text.len()) else {
        let error = SyntaxError::new(SyntaxErrorKind::LargeFile, Span::default());
        return Parsed { errors: vec![error], ..Parsed::default() };
    };
    let declarations = semicolons(text);
    let mut file = File { text, lexer: Lexer::new(text), parsed: Parsed::default() };
    file.parsed.schema.items.reserve_exact(declarations + 1);
    file.run();
    let File { lexer, mut parsed, .. } = file;
    if !parsed.errors.is_empty() {
        let right = parsed.schema.items.iter().filter(|item| matches!(item, Item::Declaration(_))).count();
        if let Some((language, span)) = dialect::find(text, parsed.errors.len() >= right) {
            let error = SyntaxError::new(SyntaxErrorKind::OtherLanguage(language), span);
            return Parsed { errors: vec![error], ..Parsed::default() };
        }
    }
    if parsed.errors.len() > MAX_REPORTS {
        parsed.errors.truncate(MAX_REPORTS);
        let last = parsed.errors[MAX_REPORTS - 1].span;
        parsed.errors[MAX_REPORTS - 1] = SyntaxError::new(SyntaxErrorKind::TooManyErrors, last);
    }
    if let Some(warning) = lexer.carriage_return_warning() {
        let place = parsed.warnings.partition_point(|other| other.span.start <= warning.span.start);
        parsed.warnings.insert(place, warning);
    }
    parsed.warnings.truncate(MAX_REPORTS);
    parsed.schema.comments = lexer.comments;
    debug_assert!(parsed.schema.items.iter().all(|item| item.span().end <= len));
    parsed
}

/// How many `;` a text has. It is counted in blocks so short that a byte holds the count, so that many bytes are compared at once.
fn semicolons(text: &str) -> usize {
    let count = |block: &[u8]| block.iter().map(|&byte| u8::from(byte == b';')).sum::<u8>();
    text.as_bytes().chunks(usize::from(u8::MAX)).map(|block| usize::from(count(block))).sum()
}

struct File<'s> {
    text: &'s str,
    lexer: Lexer<'s>,
    parsed: Parsed<'s>,
}

impl<'s> File<'s> {
    fn run(&mut self) {
        while let Some(byte) = self.lexer.peek() {
            let pos = self.lexer.pos();
            match byte {
                b'-' | b'=' if self.at_heading() => self.heading(),
                b';' => {
                    self.lexer.skip(1);
                    self.warn(SyntaxErrorKind::EmptyDeclaration, span(pos, pos + 1));
                }
                b'#' if self.lexer.at_hash_comment() => {
                    self.lexer.comment();
                    self.warn(SyntaxErrorKind::HashComment, span(pos, pos + 1));
                }
                _ => self.declaration(),
            }
            if self.parsed.errors.len() > MAX_REPORTS {
                return;
            }
        }
    }

    fn error(&mut self, error: SyntaxError) {
        self.parsed.errors.push(error);
    }

    fn warn(&mut self, kind: SyntaxErrorKind, span: Span) {
        if self.parsed.warnings.len() < MAX_REPORTS {
            self.parsed.warnings.push(SyntaxError::new(kind, span));
        }
    }

    /// Whether the rest begins like a heading, wherever it is on its line.
    fn at_heading(&self) -> bool {
        let rest = &self.text[self.lexer.pos()..];
        rest.starts_with("--") || rest.starts_with("==")
    }

    /// `---types---`, `--- functions ---`, `===8===`.
    fn heading(&mut self) {
        let start = self.lexer.pos();
        let rest = &self.text[start..];
        match heading(rest) {
            Some((len, heading)) => {
                let span = span(start, start + len);
                self.parsed.schema.items.push(match heading {
                    Heading::Section(kind) => Item::Section(Section { span, kind }),
                    Heading::Layer(layer) => Item::Layer(LayerHeading { span, layer }),
                });
                self.lexer.skip(len);
            }
            None => {
                let line = rest.split(['\n', '\r']).next().unwrap_or_default();
                let line = line.split("//").next().unwrap_or_default();
                self.error(SyntaxError::new(SyntaxErrorKind::BadHeading, span(start, start + line.trim_end().len())));
                self.lexer.skip(line.len());
            }
        }
    }

    fn declaration(&mut self) {
        let ended_by = self.lexer.declaration();
        let lexed = self.lexed();
        let result = grammar::declaration(Tokens::new(&lexed));
        let last = lexed.tokens[lexed.tokens.len() - 1].span;
        match result {
            Ok(declaration) => {
                self.push(declaration);
                let end = Span::new(last.start, last.start);
                match ended_by {
                    EndedBy::Semicolon => {}
                    EndedBy::EndOfFile => self.warn(SyntaxErrorKind::MissingFinalSemicolon, end),
                    EndedBy::Heading | EndedBy::SecondEquals => {
                        self.error(SyntaxError::new(SyntaxErrorKind::MissingSemicolon, end));
                    }
                }
            }
            Err(fault) => self.recover(fault, ended_by),
        }
    }

    fn lexed(&self) -> Lexed<'_, 's> {
        self.lexer.lexed()
    }

    /// Reports the mistake and goes to where the next declaration seems to begin.
    fn recover(&mut self, fault: SyntaxError, ended_by: EndedBy) {
        let lexed = self.lexed();
        if let Some(next) = next_declaration(&lexed, &fault) {
            let start = lexed.tokens[next].span;
            let end = lexed.tokens[next - 1].span.end;
            self.lexer.cut(next);
            let lexed = self.lexed();
            match grammar::declaration(Tokens::new(&lexed)) {
                Ok(declaration) => {
                    self.push(declaration);
                    let end = Span::new(end, end);
                    self.error(SyntaxError::with_related(SyntaxErrorKind::MissingSemicolon, end, start));
                }
                Err(fault) => {
                    let broken = broken(&lexed, lexed.tokens.len());
                    self.give_up(fault, broken);
                }
            }
            self.lexer.resume(start.start as usize);
            return;
        }
        match next_declaration_before_equals(&lexed, &fault) {
            Some(next) => {
                let start = lexed.tokens[next].span.start;
                let broken = broken(&lexed, next);
                self.give_up(fault, broken);
                self.lexer.resume(start as usize);
            }
            None => {
                if ended_by == EndedBy::SecondEquals {
                    self.lexer.rest_of_declaration();
                }
                let lexed = self.lexed();
                let broken = broken(&lexed, lexed.tokens.len());
                self.give_up(fault, broken);
            }
        }
    }

    fn give_up(&mut self, fault: SyntaxError, broken: Broken<'s>) {
        self.error(fault);
        self.parsed.broken.push(broken);
    }

    fn push(&mut self, declaration: Declaration<'s>) {
        let (name, id) = match &declaration.kind {
            DeclarationKind::Combinator(combinator) => (combinator.name, combinator.id),
            DeclarationKind::Builtin(builtin) => (Some(builtin.name), builtin.id),
            DeclarationKind::Partial(term) => {
                self.warn(SyntaxErrorKind::PartialApplication, term.span);
                (None, None)
            }
            DeclarationKind::Finality(_) => (None, None),
        };
        if let Some(name) = name
            && name.ident().starts_with(|first: char| first.is_ascii_uppercase())
        {
            self.warn(SyntaxErrorKind::CapitalName, name.span);
        }
        if let Some(id) = id
            && self.text[id.span.range()].bytes().any(|byte| byte.is_ascii_uppercase())
        {
            self.warn(SyntaxErrorKind::UppercaseId, id.span);
        }
        self.parsed.schema.items.push(Item::Declaration(declaration));
    }
}

enum Heading {
    Section(SectionKind),
    Layer(u32),
}

/// The length of a heading at the beginning of `text`, and what it says.
fn heading(text: &str) -> Option<(usize, Heading)> {
    let mark = text.chars().next()?;
    let inner = text.trim_start_matches(mark);
    let word = inner.trim_start_matches([' ', '\t']);
    let end = word.find(|c: char| !c.is_ascii_alphanumeric())?;
    let tail = word[end..].trim_start_matches([' ', '\t']);
    let rest = tail.trim_start_matches(mark);
    if text.len() - inner.len() < 3 || tail.len() - rest.len() < 3 {
        return None;
    }
    let heading = match (mark, &word[..end]) {
        ('-', "types") => Heading::Section(SectionKind::Types),
        ('-', "functions") => Heading::Section(SectionKind::Functions),
        ('=', number) => Heading::Layer(number.parse().ok()?),
        _ => return None,
    };
    Some((text.len() - rest.len(), heading))
}

/// Whether a token looks like the beginning of a declaration that has a line of its own.
fn begins_declaration(lexed: &Lexed<'_, '_>, index: usize) -> bool {
    let token = lexed.tokens[index];
    let next = lexed.tokens.get(index + 1).map_or(Kind::End, |token| token.kind);
    token.first_on_line && (token.kind == Kind::At || (token.kind.is_name() && next != Kind::Colon))
}

/// How many blanks are before a token on its line; 0 if the token is not the first on its line.
fn indent(lexed: &Lexed<'_, '_>, index: usize) -> usize {
    let token = lexed.tokens[index];
    let before = &lexed.text.as_bytes()[..token.span.start as usize];
    let blanks = before.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    if token.first_on_line { blanks } else { 0 }
}

/// The first token after the result type that begins the next declaration, if the mistake is there or after it: then a `;`
/// is missing.
fn next_declaration(lexed: &Lexed<'_, '_>, fault: &SyntaxError) -> Option<usize> {
    let behind = lexed.equals? + 2;
    let at_fault = lexed.tokens.partition_point(|token| token.span.end <= fault.span.start);
    // A line that is indented continues the one above, but a second `=` is proof of the contrary.
    let second_equals = fault.kind == SyntaxErrorKind::SecondEquals;
    let indented = if second_equals { usize::MAX } else { indent(lexed, 0) };
    (behind..lexed.tokens.len() - 1)
        .take_while(|&index| index <= at_fault)
        .find(|&index| begins_declaration(lexed, index) && indent(lexed, index) <= indented)
}

/// The first token of the declaration between the mistake and the `=`, if there is one.
fn next_declaration_before_equals(lexed: &Lexed<'_, '_>, fault: &SyntaxError) -> Option<usize> {
    let index = (1..lexed.equals?).rev().find(|&index| begins_declaration(lexed, index))?;
    let start = lexed.tokens[index].span.start;
    (start > fault.span.start && indent(lexed, index) <= indent(lexed, 0)).then_some(index)
}

/// What is lost with the first `len` tokens.
fn broken<'s>(lexed: &Lexed<'_, 's>, len: usize) -> Broken<'s> {
    let tokens = &lexed.tokens[..len];
    let mut names = Vec::new();
    let (mut begins, mut is_annotation) = (true, false);
    for token in tokens {
        begins |= token.first_on_line;
        if token.kind == Kind::At || is_annotation {
            is_annotation = token.kind == Kind::At;
            continue;
        }
        if token.kind.is_name() && begins {
            names.push(&lexed.text[token.span.range()]);
        }
        begins = token.kind.is_equals() || token.kind == Kind::Semicolon;
    }
    let span = tokens.first().zip(tokens.last()).map_or(Span::default(), |(first, last)| first.span.to(last.span));
    Broken { span, names }
}
