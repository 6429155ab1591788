//! The syntax tree: what is written, with a span on every node and nothing resolved.
//!
//! Text is borrowed from the source. A node holds what is needed to print it again; brackets that mean nothing
//! (`(int)` for `int`) are not kept, and groups (`(x y:int)`) are written out.

use crate::source::Span;

/// One schema file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema<'s> {
    /// Declarations, section and layer headings in the order of the file.
    pub items: Vec<Item<'s>>,
    /// Every comment of the file in order, wherever it is.
    pub comments: Vec<Comment<'s>>,
}

/// A top-level piece of a schema file.
#[derive(Clone, Debug, PartialEq)]
pub enum Item<'s> {
    /// `---types---` or `---functions---`.
    Section(Section),
    /// `===N===`: what follows belongs to layer `N`.
    Layer(LayerHeading),
    /// Anything that ends with `;`.
    Declaration(Declaration<'s>),
}

impl Item<'_> {
    /// Its bytes.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Section(section) => section.span,
            Self::Layer(layer) => layer.span,
            Self::Declaration(declaration) => declaration.span,
        }
    }
}

impl<'s> Schema<'s> {
    /// All declarations, each with its kind by [`Declaration::section`].
    pub fn declarations(&self) -> impl Iterator<Item = (SectionKind, &Declaration<'s>)> {
        let mut section = SectionKind::Types;
        self.items.iter().filter_map(move |item| {
            match item {
                Item::Section(heading) => section = heading.kind,
                Item::Layer(_) => {}
                Item::Declaration(declaration) => return Some((declaration.section(section), declaration)),
            }
            None
        })
    }
}

/// A section heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// The whole heading.
    pub span: Span,
    /// What follows it.
    pub kind: SectionKind,
}

/// What the declarations of a section are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SectionKind {
    /// Constructors; a file begins with this.
    #[default]
    Types,
    /// Functions.
    Functions,
}

/// A layer heading.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerHeading {
    /// The whole heading.
    pub span: Span,
    /// Its number.
    pub layer: u32,
}

/// `// ...` to the end of the line.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment<'s> {
    /// From the first slash to the last character before the end of the line, without trailing blanks.
    pub span: Span,
    /// The text with its slashes.
    pub text: &'s str,
    /// Whether anything but blanks is before it on its line.
    pub trailing: bool,
}

/// A declaration with its `;`.
#[derive(Clone, Debug, PartialEq)]
pub struct Declaration<'s> {
    /// From the first character to the `;`.
    pub span: Span,
    /// What is declared.
    pub kind: DeclarationKind<'s>,
}

impl Declaration<'_> {
    /// What it is below the heading `heading`: `=>` makes a function in any section.
    #[must_use]
    pub fn section(&self, heading: SectionKind) -> SectionKind {
        match &self.kind {
            DeclarationKind::Combinator(combinator) if combinator.double_arrow => SectionKind::Functions,
            _ => heading,
        }
    }
}

/// The forms of a declaration.
#[derive(Clone, Debug, PartialEq)]
pub enum DeclarationKind<'s> {
    /// A constructor or a function, by [`Declaration::section`].
    Combinator(Box<Combinator<'s>>),
    /// `int ? = Int`.
    Builtin(Box<Builtin<'s>>),
    /// A partial application such as `Vector int`; it declares nothing on the wire.
    Partial(Box<Term<'s>>),
    /// `New T`, `Final T`, `Empty T`.
    Finality(Box<Finality<'s>>),
}

/// A constructor or a function.
#[derive(Clone, Debug, PartialEq)]
pub struct Combinator<'s> {
    /// `@read` and the like, before the name.
    pub annotations: Box<[Ident<'s>]>,
    /// The name; `None` for the default constructor `_`.
    pub name: Option<Name<'s>>,
    /// Where the name or the `_` is.
    pub name_span: Span,
    /// The id that is written after `#`.
    pub id: Option<ExplicitId>,
    /// `{X:Type}` and the like.
    pub opt_args: Box<[OptArg<'s>]>,
    /// The arguments.
    pub args: Box<[Arg<'s>]>,
    /// `=>` instead of `=`: a function, whatever the section says.
    pub double_arrow: bool,
    /// The result type, `Vector t` being an [`TermKind::Apply`].
    pub result: Term<'s>,
}

/// `int#a8509bda ? = Int`.
#[derive(Clone, Debug, PartialEq)]
pub struct Builtin<'s> {
    /// The bare type.
    pub name: Name<'s>,
    /// The id that is written after `#`.
    pub id: Option<ExplicitId>,
    /// The boxed type.
    pub result: Term<'s>,
}

/// `New T`, `Final T`, `Empty T`.
#[derive(Clone, Debug, PartialEq)]
pub struct Finality<'s> {
    /// Which of them.
    pub kind: FinalityKind,
    /// The type.
    pub ty: Name<'s>,
}

/// What is said of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinalityKind {
    /// The type has no constructor before this line.
    New,
    /// The type gets no constructor after this line.
    Final,
    /// The type has no constructor at all.
    Empty,
}

/// A constructor id as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExplicitId {
    /// The `#` and the digits.
    pub span: Span,
    /// The number.
    pub value: u32,
}

/// One identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ident<'s> {
    /// Its bytes.
    pub span: Span,
    /// Its text.
    pub text: &'s str,
}

/// A dotted name: namespaces and an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'s> {
    /// Its bytes.
    pub span: Span,
    /// The text with its dots.
    pub text: &'s str,
}

impl<'s> Name<'s> {
    /// The namespaces with their dots and without the last one; empty where there is none.
    #[must_use]
    pub fn namespace(&self) -> &'s str {
        self.text.rsplit_once('.').map_or("", |(namespace, _)| namespace)
    }

    /// The identifier after the last dot.
    #[must_use]
    pub fn ident(&self) -> &'s str {
        ident(self.text)
    }
}

/// The text after the last dot.
pub(crate) fn ident(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, ident)| ident)
}

/// `{X Y:Type}` or `{n:#}`.
#[derive(Clone, Debug, PartialEq)]
pub struct OptArg<'s> {
    /// With its braces.
    pub span: Span,
    /// The variables.
    pub names: Vec<Ident<'s>>,
    /// Their kind: [`TermKind::Type`], [`TermKind::Nat`] or a type.
    pub ty: Term<'s>,
}

/// One argument.
#[derive(Clone, Debug, PartialEq)]
pub struct Arg<'s> {
    /// The name, if any, and the type.
    pub span: Span,
    /// The name; `None` for `_:T` and for a type without a name.
    pub name: Option<Ident<'s>>,
    /// `flags.3?`.
    pub condition: Option<Box<Condition<'s>>>,
    /// The type.
    pub ty: Term<'s>,
}

/// `flags.3?` before a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition<'s> {
    /// From the name to the question mark.
    pub span: Span,
    /// The field or variable that holds the bits.
    pub word: Ident<'s>,
    /// The number of the bit as written; not checked here.
    pub bit: u32,
    /// Where the number is.
    pub bit_span: Span,
}

/// A type, a number or an application.
#[derive(Clone, Debug, PartialEq)]
pub struct Term<'s> {
    /// Its bytes, brackets included.
    pub span: Span,
    /// What it is.
    pub kind: TermKind<'s>,
}

/// The forms of a term.
#[derive(Clone, Debug, PartialEq)]
pub enum TermKind<'s> {
    /// `#`.
    Nat,
    /// `Type`.
    Type,
    /// `3`.
    Number(u32),
    /// A type, a constructor or a variable.
    Name(&'s str),
    /// `%T`.
    Bare(Box<Term<'s>>),
    /// `!X`.
    Bang(Box<Term<'s>>),
    /// `Vector<t>`, `(Vector t)`, `Vector t`.
    Apply(Box<Application<'s>>),
    /// `n + 1`: two terms or more.
    Sum(Vec<Term<'s>>),
    /// `n*[ a:int ]`.
    Repeat(Box<Repeat<'s>>),
}

/// A type with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Application<'s> {
    /// What is applied.
    pub head: Term<'s>,
    /// Its arguments: one or more.
    pub args: Vec<Term<'s>>,
    /// How it is written.
    pub style: ApplyStyle,
}

/// How an application is written; it means the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplyStyle {
    /// `Vector<t>`.
    Angle,
    /// `(Vector t)`, or `Vector t` where no brackets are needed.
    Juxtaposition,
}

/// `n*[ a:int ]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Repeat<'s> {
    /// The count; without one, the `#` before it.
    pub count: Option<Box<Term<'s>>>,
    /// What is repeated.
    pub args: Vec<Arg<'s>>,
}
