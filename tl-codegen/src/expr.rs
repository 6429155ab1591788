//! Rust expressions, laid out as rustfmt would: for examples, and for values as code.

/// The width of a line.
pub const WIDTH: usize = 92;

/// A Rust expression.
#[derive(Clone, Debug)]
pub enum Expr {
    /// Something short.
    Text(String),
    /// `callee(args)`.
    Call {
        /// What is called.
        callee: String,
        /// The arguments.
        args: Vec<Expr>,
    },
    /// `path { name: value, ..rest }`.
    Struct {
        /// Its path.
        path: String,
        /// Names and values of fields.
        fields: Vec<(String, Expr)>,
        /// What the other fields are taken from.
        rest: Option<Box<Expr>>,
    },
    /// `vec![items]`.
    Vec(Vec<Expr>),
    /// `expr?`.
    Try(Box<Expr>),
    /// `expr.into()`.
    Into(Box<Expr>),
    /// `expr.unwrap()`.
    Unwrap(Box<Expr>),
}

impl Expr {
    /// Something short.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A call.
    #[must_use]
    pub fn call(callee: impl Into<String>, args: Vec<Self>) -> Self {
        Self::Call { callee: callee.into(), args }
    }

    /// The expression after `column` characters on its line, with further lines indented by `indent`.
    #[must_use]
    pub fn print(&self, indent: usize, column: usize) -> String {
        let line = self.one_line();
        if column + line.chars().count() <= WIDTH && !self.is_long() {
            return line;
        }
        let inner = indent + 4;
        let pad = " ".repeat(inner);
        let close = " ".repeat(indent);
        match self {
            Self::Text(text) => text.clone(),
            Self::Try(expr) => expr.print(indent, column) + "?",
            Self::Into(expr) => expr.print(indent, column) + ".into()",
            Self::Unwrap(expr) => expr.print(indent, column) + ".unwrap()",
            Self::Call { callee, args } => match &args[..] {
                [] => line,
                // A single argument that can be laid out over lines begins on the line of its call.
                [only] if only.is_nested() && column + callee.chars().count() + 1 + only.head() <= WIDTH => {
                    let column = column + callee.chars().count() + 1;
                    format!("{callee}({})", only.print(indent, column))
                }
                _ => {
                    let args: String = args.iter().map(|arg| format!("{pad}{},\n", arg.print(inner, inner))).collect();
                    format!("{callee}(\n{args}{close})")
                }
            },
            Self::Vec(items) => {
                let items: String = items.iter().map(|item| format!("{pad}{},\n", item.print(inner, inner))).collect();
                format!("vec![\n{items}{close}]")
            }
            Self::Struct { path, fields, rest } => {
                let field = |(name, value): &(String, Self)| {
                    let column = inner + name.chars().count() + 2;
                    format!("{pad}{name}: {},\n", value.print(inner, column))
                };
                let fields: String = fields.iter().map(field).collect();
                let rest = rest.as_ref().map(|rest| format!("{pad}..{}\n", rest.print(inner, inner + 2)));
                format!("{path} {{\n{fields}{}{close}}}", rest.unwrap_or_default())
            }
        }
    }

    /// Whether it is laid out over lines even where it fits in one.
    fn is_long(&self) -> bool {
        match self {
            Self::Struct { fields, rest, .. } => fields.len() + usize::from(rest.is_some()) > 2,
            Self::Call { args, .. } => args.iter().any(Self::is_long),
            Self::Vec(items) => items.iter().any(Self::is_long),
            Self::Try(expr) | Self::Into(expr) | Self::Unwrap(expr) => expr.is_long(),
            Self::Text(_) => false,
        }
    }

    /// Whether it can be laid out over lines.
    fn is_nested(&self) -> bool {
        match self {
            Self::Struct { .. } => true,
            Self::Into(expr) | Self::Unwrap(expr) => expr.is_nested(),
            Self::Call { args: items, .. } | Self::Vec(items) => !items.is_empty(),
            Self::Text(_) | Self::Try(_) => false,
        }
    }

    /// How much of it is on its first line when it is laid out over lines.
    fn head(&self) -> usize {
        match self {
            Self::Struct { path, .. } => path.chars().count() + 2,
            Self::Into(expr) | Self::Unwrap(expr) => expr.head(),
            Self::Call { callee, args } => match &args[..] {
                [only] if only.is_nested() => callee.chars().count() + 1 + only.head(),
                _ => callee.chars().count() + 1,
            },
            Self::Vec(_) => 5,
            Self::Text(_) | Self::Try(_) => self.one_line().chars().count(),
        }
    }

    fn one_line(&self) -> String {
        let join = |list: &[Self]| list.iter().map(Self::one_line).collect::<Vec<_>>().join(", ");
        match self {
            Self::Text(text) => text.clone(),
            Self::Call { callee, args } => format!("{callee}({})", join(args)),
            Self::Vec(items) => format!("vec![{}]", join(items)),
            Self::Try(expr) => expr.one_line() + "?",
            Self::Into(expr) => expr.one_line() + ".into()",
            Self::Unwrap(expr) => expr.one_line() + ".unwrap()",
            Self::Struct { path, fields, rest } => {
                let fields = fields.iter().map(|(name, value)| format!("{name}: {}", value.one_line()));
                let rest = rest.iter().map(|rest| format!("..{}", rest.one_line()));
                format!("{path} {{ {} }}", fields.chain(rest).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout() {
        let call = Expr::call("f", vec![Expr::text("1"), Expr::text("2")]);
        assert_eq!(call.print(0, 0), "f(1, 2)");
        let field = |name: &str| (name.to_owned(), Expr::text("true"));
        let long = Expr::Struct {
            path: "A".into(),
            fields: vec![field("x"), field("y")],
            rest: Some(Box::new(Expr::call("A::new", vec![]))),
        };
        let wrapped = Expr::call("&", vec![long]);
        assert_eq!(wrapped.print(4, 4), "&(A {\n        x: true,\n        y: true,\n        ..A::new()\n    })");
        let nested = Expr::call("a".repeat(60), vec![Expr::call("b".repeat(40), vec![])]);
        assert_eq!(nested.print(0, 0), format!("{}(\n    {}(),\n)", "a".repeat(60), "b".repeat(40)));
        let many = Expr::call("f", vec![Expr::text("x".repeat(50)), Expr::text("y".repeat(50))]);
        assert_eq!(many.print(0, 0), format!("f(\n    {},\n    {},\n)", "x".repeat(50), "y".repeat(50)));
    }
}
