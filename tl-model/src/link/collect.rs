//! First pass, first half: what a file declares.
//!
//! What comes in is the syntax tree of a file; what goes out is a flat list of its combinators, each with its section
//! and layer. Nothing is compared with other files yet.

use tlgen_parser::ast::{self, FinalityKind, Item, SectionKind};
use tlgen_parser::source::{FileIdx, Location, Span};

use crate::error::{ErrorKind, Problems};
use crate::link::headings::Headings;
use crate::link::term::Flat;

/// A constructor or function where it is declared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decl<'t, 's> {
    pub(crate) file: FileIdx,
    pub(crate) kind: SectionKind,
    /// The layer of the heading above it.
    pub(crate) layer: Option<u32>,
    /// Its index among the items of the file.
    pub(crate) item: u32,
    /// With a combinator in it.
    pub(crate) whole: &'t ast::Declaration<'s>,
}

impl<'t, 's> Decl<'t, 's> {
    pub(crate) fn ast(&self) -> &'t ast::Combinator<'s> {
        match &self.whole.kind {
            ast::DeclarationKind::Combinator(combinator) => combinator,
            _ => unreachable!("only combinators are collected"),
        }
    }

    /// Its name; `_` for a default constructor.
    pub(crate) fn name(&self) -> &'s str {
        self.ast().name.map_or("_", |name| name.text)
    }

    pub(crate) fn name_location(&self) -> Location {
        self.at(self.ast().name_span)
    }

    pub(crate) fn at(&self, span: Span) -> Location {
        Location { file: self.file, span }
    }
}

/// `New`, `Final` or `Empty`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finality<'s> {
    pub(crate) kind: FinalityKind,
    pub(crate) ty: &'s str,
    pub(crate) location: Location,
}

/// What one file declares.
#[derive(Debug, Default)]
pub(crate) struct Collected<'t, 's> {
    pub(crate) combinators: Vec<Decl<'t, 's>>,
    /// `int ? = Int` and the like.
    pub(crate) builtins: Vec<(&'t ast::Builtin<'s>, Location)>,
    pub(crate) finality: Vec<Finality<'s>>,
    /// The layer of the file as a whole.
    pub(crate) layer: Option<u32>,
    /// The layers of the headings with declarations below them, ascending.
    pub(crate) layers: Vec<u32>,
    /// All layers that the file names, in its order.
    pub(crate) named: Vec<(u32, Location)>,
}

pub(crate) fn collect<'t, 's>(
    file: FileIdx,
    schema: &'t ast::Schema<'s>,
    problems: &mut Problems,
) -> Collected<'t, 's> {
    let headings = Headings::of(schema);
    let named = headings.named.iter().map(|(layer, span)| (*layer, Location { file, span: *span })).collect();
    let mut out = Collected { layer: headings.file, named, ..Collected::default() };
    let mut kind = SectionKind::Types;
    let mut heading: Option<&ast::Section> = None;
    let mut layers = headings.list.into_iter().peekable();
    let mut layer = None;
    for (place, item) in (0..).zip(&schema.items) {
        let declaration = match item {
            Item::Section(section) => {
                empty_section(file, heading.replace(section), problems);
                kind = section.kind;
                continue;
            }
            Item::Layer(_) => continue,
            Item::Declaration(declaration) => declaration,
        };
        heading = None;
        while let Some((_, number)) = layers.next_if(|(start, _)| *start <= declaration.span.start) {
            layer = Some(number);
            out.layers.push(number);
        }
        let location = Location { file, span: declaration.span };
        match &declaration.kind {
            ast::DeclarationKind::Combinator(ast) => {
                let kind = declaration.section(kind);
                let is_vector = returns_vector(ast);
                let kind = if kind == SectionKind::Types && (is_vector || returns_variable(ast)) {
                    let at = Location { file, span: ast.name_span };
                    let name = ast.name.map_or("_", |name| name.text).into();
                    problems.add(ErrorKind::FunctionAmongTypes { name, is_vector }, at);
                    SectionKind::Functions
                } else {
                    kind
                };
                out.combinators.push(Decl { file, kind, layer, item: place, whole: declaration });
            }
            ast::DeclarationKind::Builtin(builtin) => out.builtins.push((builtin, location)),
            ast::DeclarationKind::Finality(finality) => {
                out.finality.push(Finality { kind: finality.kind, ty: finality.ty.text, location });
            }
            // It declares nothing on the wire.
            ast::DeclarationKind::Partial(_) => {}
        }
    }
    empty_section(file, heading, problems);
    out.layers.sort_unstable();
    out.layers.dedup();
    out
}

/// `= X` with `{X:Type}` or `!X`: only a function can have such a result.
fn returns_variable(combinator: &ast::Combinator<'_>) -> bool {
    let Some(name) = Flat::of(&combinator.result).name() else { return false };
    let is_bang = |term: &ast::Term<'_>| match &term.kind {
        ast::TermKind::Bang(inner) => Flat::of(inner).name() == Some(name),
        _ => false,
    };
    combinator.opt_args.iter().flat_map(|arg| &arg.names).any(|variable| variable.text == name)
        || combinator.args.iter().any(|arg| is_bang(&arg.ty))
}

/// `= Vector<long>`, of a type and not of a variable: only a function can have such a result.
fn returns_vector(combinator: &ast::Combinator<'_>) -> bool {
    let result = Flat::of(&combinator.result);
    let [item] = result.args.as_slice() else { return false };
    let is_vector = matches!(&result.head.kind, ast::TermKind::Name(name) if name.eq_ignore_ascii_case("vector"));
    let variable = Flat::of(item)
        .name()
        .filter(|name| combinator.opt_args.iter().flat_map(|arg| &arg.names).any(|variable| variable.text == *name));
    is_vector && variable.is_none() && combinator.name.is_none_or(|name| !name.text.eq_ignore_ascii_case("vector"))
}

fn empty_section(file: FileIdx, heading: Option<&ast::Section>, problems: &mut Problems) {
    if let Some(section) = heading {
        let location = Location { file, span: section.span };
        problems.add(ErrorKind::EmptySection { kind: section.kind, more: 0 }, location);
    }
}
