//! Whether there is a space between two tokens.
//!
//! Two signs that would be one operator without a space always have one; all else is habit.

/// A token as far as spaces depend on it.
pub(super) enum Piece<'t> {
    /// A number or text.
    Literal,
    /// An operator.
    Signs(&'t str),
    /// The beginning of a group.
    Open(&'t str),
    /// The end of a group, and whether the group is empty.
    Close(&'t str, bool),
    /// A line of documentation.
    Doc,
}

/// What came before.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Before {
    /// Nothing, or a line of documentation.
    #[default]
    Start,
    /// A name.
    Name,
    /// A keyword that no value ends with.
    Keyword,
    /// `impl` or `fn`, which may have parameters.
    Generic,
    /// `pub`, which may have a path in parentheses.
    Pub,
    /// A literal.
    Literal,
    /// A literal after a dot.
    Index,
    /// `(` or `[`.
    Open,
    /// `{`.
    Brace,
    /// The end of a group.
    Close,
    /// `.`, `..`, `::`, `#` or an operator before its only operand: nothing comes between it and the next token.
    Tight,
    /// The same, for `&` and `*`, of which two must not touch.
    Reference,
    /// `.`
    Dot,
    /// `<` before types.
    Less,
    /// `>`
    Greater,
    /// `!` after a name.
    Bang,
    /// Any other operator.
    Operator,
}

/// What is known of the tokens so far.
#[derive(Default)]
pub(super) struct Context {
    before: Before,
    /// The parameters of a closure have begun.
    in_closure: bool,
}

impl Context {
    /// Whether there is a space before the next token, which is taken note of.
    pub(super) fn space_before(&mut self, piece: &Piece<'_>) -> bool {
        let before = self.before;
        let (space, now) = match piece {
            Piece::Doc => (false, Before::Start),
            Piece::Literal if before == Before::Dot => (false, Before::Index),
            Piece::Literal => (!before.is_tight(), Before::Literal),
            Piece::Open("{") => (!before.is_tight(), Before::Brace),
            Piece::Open(_) => {
                let is_call = before.ends_value() || matches!(before, Before::Bang | Before::Generic | Before::Pub);
                (!before.is_tight() && !is_call, Before::Open)
            }
            Piece::Close("}", is_empty) => (!is_empty, Before::Close),
            Piece::Close(..) => (false, Before::Close),
            Piece::Signs(operator) => self.operator(operator),
        };
        self.before = now;
        space && before != Before::Start
    }

    /// Whether there is a space before a name or keyword, whichever it is.
    pub(super) fn space_before_word(&self) -> bool {
        self.before != Before::Start && !self.before.is_tight()
    }

    /// Takes note of a name or keyword.
    pub(super) fn word(&mut self, word: &str) {
        self.before = Before::of_word(word);
    }

    fn operator(&mut self, operator: &str) -> (bool, Before) {
        let before = self.before;
        let is_binary = before.ends_value();
        match operator {
            "," | ";" => (false, Before::Operator),
            "?" if is_binary => (false, Before::Close),
            "?" => (!before.is_tight(), Before::Tight),
            // `x.0.1` without a space has a fraction in it.
            "." => (before == Before::Index, Before::Dot),
            ".." | "..=" | "..." => (!before.is_tight() && !is_binary, Before::Tight),
            "::" => (!before.is_tight() && !is_binary, Before::Tight),
            ":" => (false, Before::Operator),
            "#" => (!before.is_tight(), Before::Tight),
            "!" if before == Before::Name => (false, Before::Bang),
            "!" => (!before.is_tight(), Before::Tight),
            "<" if is_binary || matches!(before, Before::Generic | Before::Tight) => (false, Before::Less),
            "<" => (before != Before::Open && before != Before::Reference, Before::Less),
            ">" => (!(is_binary || before == Before::Greater), Before::Greater),
            "|" if self.in_closure => {
                self.in_closure = false;
                (false, Before::Operator)
            }
            "|" if !is_binary => {
                self.in_closure = true;
                (!before.is_tight(), Before::Tight)
            }
            "||" if !is_binary => (!before.is_tight(), Before::Operator),
            "&" | "*" | "&&" if !is_binary => {
                let touches = before == Before::Reference || !before.is_tight();
                (touches, Before::Reference)
            }
            "-" if !is_binary => (!before.is_tight() || before == Before::Less, Before::Tight),
            _ => (true, Before::Operator),
        }
    }
}

impl Before {
    fn of_word(word: &str) -> Self {
        match word {
            "impl" | "fn" => Self::Generic,
            "pub" => Self::Pub,
            "as" | "break" | "const" | "dyn" | "else" | "enum" | "for" | "if" | "in" | "let" | "loop" | "match"
            | "mod" | "move" | "mut" | "ref" | "return" | "static" | "struct" | "type" | "unsafe" | "use" | "where"
            | "while" => Self::Keyword,
            _ => Self::Name,
        }
    }

    /// Whether nothing comes between it and a name.
    fn is_tight(self) -> bool {
        matches!(self, Self::Open | Self::Tight | Self::Reference | Self::Dot | Self::Less)
    }

    /// Whether a value or a type may end here, so that an operator after it has two operands.
    fn ends_value(self) -> bool {
        matches!(self, Self::Name | Self::Literal | Self::Index | Self::Close | Self::Greater)
    }
}
