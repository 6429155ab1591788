//! What each piece of printed TL is, for whoever shows it with links and colours.

/// What a piece of a declaration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// `@read`.
    Annotation,
    /// The name of the declaration.
    Name,
    /// The id with its `#`.
    Id,
    /// A variable where it is declared.
    Variable,
    /// The kind of a variable, `Type` or `#`.
    Kind,
    /// The name of an argument where it is declared.
    Field,
    /// The word of a condition: the name of an argument or variable.
    Word,
    /// A number: a bit, a count, a part of a sum.
    Number,
    /// A name that is used as a type or as the argument of one; `#`.
    Type,
    /// `=` or `=>`.
    Equals,
    /// A blank between two parts of the declaration, where a long one can go to the next line.
    Gap,
    /// Any other sign.
    Sign,
}

/// Takes printed TL piece by piece.
pub trait Pieces {
    /// The next piece.
    fn put(&mut self, role: Role, text: &str);
}

/// A list of all pieces.
impl Pieces for Vec<(Role, String)> {
    fn put(&mut self, role: Role, text: &str) {
        self.push((role, text.to_owned()));
    }
}

/// All pieces, one after the other.
impl Pieces for String {
    fn put(&mut self, _: Role, text: &str) {
        self.push_str(text);
    }
}
