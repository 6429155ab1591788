//! Variables in braces, and results that name them.

use tlgen_parser::diagnostic::{Code, Example, Rule, Severity};

use super::{Row, Text};
use crate::error::ErrorKind;

/// [`ErrorKind::UnusedVariable`](crate::ErrorKind::UnusedVariable)
pub(super) const UNUSED_VARIABLE: Row = Row {
    rule: Rule {
        code: Code("TL0115"),
        name: "unused-variable",
        severity: Severity::Error,
        example: Example::Schema("box {t:Type} {n:#} value:t = Box t;"),
        explanation: "A variable in braces is not used.

The result of a constructor names each of its variables, for a reader gets them from the type that it reads:

    point {n:#} x:n*[int] = Point n;

The result need not name a variable that is only used as `!X`, which the id of the function in the value tells:

    query {X:Type} query:!X = Query;

A function uses each of its variables in an argument or in its result.",
    },
    text: |kind| match kind {
        ErrorKind::UnusedVariable { name, result: Some(result) } => {
            Text::new(format!("the result does not name the variable `{name}`"), "not an argument of the result")
                .help(format!("write the result as `{result}`, or remove the variable"))
        }
        ErrorKind::UnusedVariable { name, result: None } => {
            Text::new(format!("nothing uses the variable `{name}`"), "not used")
                .help("use it in an argument or in the result, or remove it")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::ResultArguments`](crate::ErrorKind::ResultArguments)
pub(super) const RESULT_ARGUMENTS: Row = Row {
    rule: Rule {
        code: Code("TL0116"),
        name: "result-arguments",
        severity: Severity::Error,
        example: Example::Schema("pair {X Y:Type} x:X y:Y = Pair Y X;"),
        explanation: "The result of a constructor names its variables twice or in another order.

    pair {X Y:Type} x:X y:Y = Pair Y X;

Write the variables in braces in the order in which the type has them.",
    },
    text: |kind| match kind {
        ErrorKind::ResultArguments { expected } => {
            Text::new("the result does not repeat the variables in their order", "other variables")
                .help(format!("write the result as `{expected}`"))
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::RefinedResult`](crate::ErrorKind::RefinedResult)
pub(super) const REFINED_RESULT: Row = Row {
    rule: Rule {
        code: Code("TL0117"),
        name: "refined-result",
        severity: Severity::Warning,
        example: Example::Schema("zero = Number 0;\nnext {n:#} = Number (n + 1);"),
        explanation: "An argument of the result of a constructor is not a variable.

    zero = Number 0;
    next {n:#} before:(Number n) = Number (n + 1);

Such a constructor makes values of a part of the type. It is described by the schema, but no code is generated for it.",
    },
    text: |kind| match kind {
        ErrorKind::RefinedResult { text } => {
            Text::new(format!("the argument `{text}` of the result is not a variable"), "makes a part of the type only")
                .help("values of such a type can be described, but no code is generated for them")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::VariableKind`](crate::ErrorKind::VariableKind)
pub(super) const VARIABLE_KIND: Row = Row {
    rule: Rule {
        code: Code("TL0124"),
        name: "variable-kind",
        severity: Severity::Error,
        example: Example::Schema("box {x:int} = Box;"),
        explanation: "A variable in braces is neither a type nor a number.

    {t:Type} and {n:#} are variables; {x:int} is none.",
    },
    text: |kind| match kind {
        ErrorKind::VariableKind { name } => {
            Text::new(format!("the variable `{name}` is neither a type nor a number"), "must be `Type` or `#`")
                .help("write `{X:Type}` for a type or `{n:#}` for a number")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::BangWithoutVariable`](crate::ErrorKind::BangWithoutVariable)
pub(super) const BANG_WITHOUT_VARIABLE: Row = Row {
    rule: Rule {
        code: Code("TL0125"),
        name: "bang-without-variable",
        severity: Severity::Error,
        example: Example::Schema("a = A;\n---functions---\nf query:!A = A;"),
        explanation: "`!` stands before something that is not a variable.

`!X` is a call of any function, and `X` its result:

    invokeWithLayer {X:Type} layer:int query:!X = X;",
    },
    text: |kind| match kind {
        ErrorKind::BangWithoutVariable { text } => {
            Text::new(format!("`!{text}` is not a variable"), "`!` stands before the result type of a function")
                .help("declare a variable `{X:Type}` and write `!X`")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::MissingVariable`](crate::ErrorKind::MissingVariable)
pub(super) const MISSING_VARIABLE: Row = Row {
    rule: Rule {
        code: Code("TL0126"),
        name: "missing-variable",
        severity: Severity::Error,
        example: Example::Schema("call query:!X = Call;"),
        explanation: "`!X` without `{X:Type}`.

Old schemas leave out the declaration of the variable. It is added; write it, because the id is computed with it.",
    },
    text: |kind| match kind {
        ErrorKind::MissingVariable { name } => {
            Text::new(format!("the variable `{name}` is not declared"), "needs `Type` as its kind")
                .help(format!("write `{{{name}:Type}}` behind the name of the declaration"))
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};
