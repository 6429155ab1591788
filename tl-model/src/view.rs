//! Declarations in parts: as texts, and as pieces that say what they are and what they mean.
//!
//! A schema keeps each declaration as one text. What comes in here is a constructor or function; its text is read once more, by
//! the parser, so that nobody else takes TL apart.

use std::collections::HashMap;

use tlgen_parser::ast;
use tlgen_parser::print;
pub use tlgen_parser::print::Role;
use tlgen_parser::source::Span;

use crate::builtin::Meaning;
use crate::link::scope::order;
use crate::schema::{Combinator, CombinatorIdx, Param, Schema, SectionKind, TypeExpr, TypeIdx};

/// A declaration with more columns has several lines.
const WIDTH: usize = 100;

type Printed = Vec<(Role, String)>;

/// A piece of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// What a name that is used as a type means. `None` for a variable, and for any other piece.
    pub means: Option<Means>,
}

/// What a name that is used as a type means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Means {
    /// A boxed type.
    Type(TypeIdx),
    /// A constructor.
    Constructor(CombinatorIdx),
    /// A builtin type.
    Builtin(Meaning),
}

/// What names mean in a schema.
#[derive(Clone, Debug)]
pub struct Names<'s>(HashMap<&'s str, Means>);

impl<'s> Names<'s> {
    /// Those of a whole schema.
    #[must_use]
    pub fn of(schema: &'s Schema) -> Self {
        let types = schema.types().map(|(idx, ty)| (ty.name.full(), Means::Type(idx)));
        let constructors = schema.constructors().map(|(idx, one)| (one.name.full(), Means::Constructor(idx)));
        Self(types.chain(constructors).collect())
    }

    fn means(&self, name: &str) -> Option<Means> {
        self.0.get(name).copied().or_else(|| Meaning::of(name).map(Means::Builtin))
    }
}

/// A constructor or function as it is declared.
#[derive(Clone, Debug)]
pub struct Declaration<'c> {
    combinator: &'c Combinator,
    tree: Box<ast::Combinator<'c>>,
}

impl<'c> Declaration<'c> {
    /// The declaration of a combinator.
    ///
    /// # Panics
    /// If its text is no declaration, which no schema that was linked has.
    #[must_use]
    pub fn of(combinator: &'c Combinator) -> Self {
        let parsed = tlgen_parser::parse(&combinator.declaration);
        let tree = parsed.schema.items.into_iter().find_map(|item| match item {
            ast::Item::Declaration(ast::Declaration { kind: ast::DeclarationKind::Combinator(tree), .. }) => Some(tree),
            _ => None,
        });
        Self { combinator, tree: tree.expect("what was printed from a declaration is one") }
    }

    /// The declaration with its id, whether or not the id is written in the schema. A default constructor, `_`, has none.
    #[must_use]
    pub fn with_id(&self) -> String {
        let mut tree = self.tree.clone();
        if tree.id.is_none() && tree.name.is_some() {
            tree.id = Some(ast::ExplicitId { span: Span::default(), value: self.combinator.id });
        }
        let mut text = String::new();
        print::combinator(&mut text, &tree);
        text
    }

    /// All pieces. A long declaration has a line for each variable and argument, and one for the result.
    #[must_use]
    pub fn lines(&self, names: &Names<'_>) -> Vec<Piece> {
        self.meant(self.broken(), names)
    }

    /// The text of [`Self::lines`].
    #[must_use]
    pub fn text_in_lines(&self) -> String {
        self.broken().into_iter().map(|(_, text)| text).collect()
    }

    fn broken(&self) -> Printed {
        let mut pieces = Printed::new();
        print::combinator(&mut pieces, &self.tree);
        let width: usize = pieces.iter().map(|(_, text)| text.chars().count()).sum();
        if width >= WIDTH {
            for (_, gap) in pieces.iter_mut().filter(|(role, _)| *role == Role::Gap) {
                "\n    ".clone_into(gap);
            }
        }
        pieces
    }

    /// The types of the arguments with their conditions, in the order of [`Combinator::params`].
    #[must_use]
    pub fn types(&self) -> Vec<String> {
        self.args().map(print::arg_type).collect()
    }

    /// The same as pieces.
    #[must_use]
    pub fn type_pieces(&self, names: &Names<'_>) -> Vec<Vec<Piece>> {
        let pieces = |arg| {
            let mut pieces = Printed::new();
            print::arg_type_pieces(&mut pieces, arg);
            self.meant(pieces, names)
        };
        self.args().map(pieces).collect()
    }

    /// The result: `Vector t`.
    #[must_use]
    pub fn result(&self) -> String {
        print::result(&self.tree.result)
    }

    /// The same as pieces.
    #[must_use]
    pub fn result_pieces(&self, names: &Names<'_>) -> Vec<Piece> {
        let mut pieces = Printed::new();
        print::result_pieces(&mut pieces, &self.tree.result);
        self.meant(pieces, names)
    }

    /// The type of a parameter of this combinator, or of a field of a repeated record in it. The parameter is looked for as the
    /// same value in memory, not as an equal one.
    #[must_use]
    pub fn type_of(&self, param: &Param) -> Option<String> {
        let args: Vec<_> = self.args().collect();
        let found = find(&self.combinator.params, &args, param)?;
        Some(print::arg_type(found))
    }

    /// The arguments in the order of [`Combinator::params`].
    fn args(&self) -> impl Iterator<Item = &ast::Arg<'c>> {
        order(&self.tree).0.into_iter().map(|place| &self.tree.args[place])
    }

    fn meant(&self, printed: Printed, names: &Names<'_>) -> Vec<Piece> {
        let is_variable = |name: &str| self.combinator.generics.iter().any(|generic| &*generic.name == name);
        let piece = |(role, text): (Role, String)| {
            let means = if role == Role::Type && !is_variable(&text) { names.means(&text) } else { None };
            Piece { text, role, means }
        };
        printed.into_iter().map(piece).collect()
    }
}

/// The argument that was linked as the parameter `wanted`. Both lists have the same order, and so have the records in them.
fn find<'t, 's>(params: &[Param], args: &[&'t ast::Arg<'s>], wanted: &Param) -> Option<&'t ast::Arg<'s>> {
    params.iter().zip(args).find_map(|(param, arg)| {
        if std::ptr::eq(param, wanted) {
            return Some(*arg);
        }
        let (mut linked, mut written) = (Vec::new(), Vec::new());
        records(&param.ty, &mut linked);
        repeats(&arg.ty, &mut written);
        linked.into_iter().zip(written).find_map(|(fields, args)| find(fields, &args, wanted))
    })
}

/// The outermost repeated records in a type.
fn records<'s>(ty: &'s TypeExpr, found: &mut Vec<&'s [Param]>) {
    match ty {
        TypeExpr::Repeat { fields, .. } => found.push(fields),
        ty => ty.parts().for_each(|part| records(part, found)),
    }
}

/// The same in a term.
fn repeats<'t, 's>(term: &'t ast::Term<'s>, found: &mut Vec<Vec<&'t ast::Arg<'s>>>) {
    match &term.kind {
        ast::TermKind::Repeat(repeat) => found.push(repeat.args.iter().collect()),
        ast::TermKind::Bare(inner) | ast::TermKind::Bang(inner) => repeats(inner, found),
        ast::TermKind::Apply(application) => {
            repeats(&application.head, found);
            application.args.iter().for_each(|arg| repeats(arg, found));
        }
        ast::TermKind::Nat
        | ast::TermKind::Type
        | ast::TermKind::Number(_)
        | ast::TermKind::Name(_)
        | ast::TermKind::Sum(_) => {}
    }
}

/// The schema on lines that read as the same schema: constructors, a heading, functions, all with their ids.
#[must_use]
pub fn declarations(schema: &Schema) -> Vec<String> {
    let line = |combinator: &Combinator| Declaration::of(combinator).with_id() + ";";
    let mut lines: Vec<String> = schema.constructors().map(|(_, constructor)| line(constructor)).collect();
    lines.push(print::heading(SectionKind::Functions).to_owned());
    lines.extend(schema.functions().map(|(_, function)| line(function)));
    lines
}
