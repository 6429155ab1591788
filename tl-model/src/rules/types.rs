//! Types: arguments, bare forms, values without an end.

use tlgen_parser::diagnostic::{Code, Example, Rule, Severity};

use super::{Row, Text};
use crate::error::ErrorKind;

/// [`ErrorKind::WrongArgumentCount`](crate::ErrorKind::WrongArgumentCount)
pub(super) const WRONG_ARGUMENT_COUNT: Row = Row {
    rule: Rule {
        code: Code("TL0104"),
        name: "wrong-argument-count",
        severity: Severity::Error,
        example: Example::Schema("pair {X:Type} {Y:Type} x:X y:Y = Pair X Y;\nuser p:(Pair int) = User;"),
        explanation: "A type is used with too few or too many arguments.

    pair {X Y:Type} x:X y:Y = Pair X Y;
    line ends:(Pair Point) = Line;          // `Pair` takes two",
    },
    text: |kind| match kind {
        ErrorKind::WrongArgumentCount { name, expected, found, declared } => {
            let arguments = if *expected == 1 { "argument" } else { "arguments" };
            let text = Text::new(
                format!("`{name}` takes {expected} {arguments} and gets {found}"),
                "wrong number of arguments",
            )
            .maybe_other(*declared, "declared here");
            match (expected, found) {
                (1, 0) => text.help(format!("write `{name}<T>` or `({name} T)`")),
                (_, 0) => text.help(format!("write `{name}<A,B>` or `({name} A B)` with all arguments")),
                (0, _) => text.help(format!("write `{name}`")),
                _ => text,
            }
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::NotAType`](crate::ErrorKind::NotAType)
pub(super) const NOT_A_TYPE: Row = Row {
    rule: Rule {
        code: Code("TL0105"),
        name: "not-a-type",
        severity: Severity::Error,
        example: Example::Schema("user ids:Vector<3> = User;"),
        explanation: "A number stands where a type is needed.

    box {n:#} value:n = Box n;              // `n` is a number, not the type of a value
    list items:Vector<3> = List;",
    },
    text: |kind| match kind {
        ErrorKind::NotAType { text, declared } => {
            let message = match text.as_str() {
                "Type" => "`Type` is not the type of a value".to_owned(),
                text => format!("`{text}` is a number and not a type"),
            };
            Text::new(message, "a type is needed here").maybe_other(*declared, "declared here")
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::UnconditionalTrue`](crate::ErrorKind::UnconditionalTrue)
pub(super) const UNCONDITIONAL_TRUE: Row = Row {
    rule: Rule {
        code: Code("TL0112"),
        name: "unconditional-true",
        severity: Severity::Warning,
        example: Example::Schema("photo hidden:true = Photo;"),
        explanation: "A `true` without a condition.

It takes no bytes and has one value. `flags.N?true` is a flag, `Bool` a value of its own.",
    },
    text: |_| {
        Text::new("a `true` without a condition says nothing", "always present")
            .help("write `flags.N?true` for a flag, or `Bool` for a value")
    },
};

/// [`ErrorKind::BareUnion`](crate::ErrorKind::BareUnion)
pub(super) const BARE_UNION: Row = Row {
    rule: Rule {
        code: Code("TL0113"),
        name: "bare-union",
        severity: Severity::Error,
        example: Example::Schema("userEmpty = User;\nuser id:int = User;\nchat owner:%User = Chat;"),
        explanation: "A type with several constructors is used bare.

    userEmpty = User;
    user id:int = User;
    chat owner:%User = Chat;

A bare value has no id, and only the id tells the constructors apart. Write `User`.

The `%` may be in another declaration, which writes its argument without an id:

    wrap {t:Type} value:%t = Wrap t;
    chat owner:(Wrap User) = Chat;",
    },
    text: |kind| match kind {
        ErrorKind::BareUnion { name, constructors, declared, through } => {
            let bare = if through.is_some() { format!("this `{name}`") } else { format!("`%{name}`") };
            let message = match constructors {
                0 => format!("{bare} is bare and `{name}` may be anything"),
                several => format!("{bare} is bare and `{name}` has {several} constructors"),
            };
            let text = Text::new(message, "which one is it?").maybe_other(*declared, "the first of them");
            match through {
                None => text.help(format!("only the id tells them apart: write `{name}`")),
                Some(through) => text.other(*through, "its id is left out here").help(
                    "only the id tells them apart: give it a type with one constructor, or leave the `%` out there",
                ),
            }
        }
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::ConstructorOfUnion`](crate::ErrorKind::ConstructorOfUnion)
pub(super) const CONSTRUCTOR_OF_UNION: Row = Row {
    rule: Rule {
        code: Code("TL0114"),
        name: "constructor-of-union",
        severity: Severity::Error,
        example: Example::Schema("userEmpty = User;\nuser id:int = User;\nchat owner:user = Chat;"),
        explanation: "A constructor stands in the place of a type, and its type has other constructors.

    userEmpty = User;
    user id:int = User;
    chat owner:user = Chat;

A constructor as a type means a bare value, which is only clear for the only constructor of a type. Write `User`.",
    },
    text: |kind| match kind {
        ErrorKind::ConstructorOfUnion { name, ty, other, first } => Text::new(
            format!("the constructor `{name}` is not the only one of `{ty}`"),
            "a constructor in the place of a type",
        )
        .other(*first, format!("`{other}` is another one"))
        .help(format!("write `{ty}`")),
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::ParameterClash`](crate::ErrorKind::ParameterClash)
pub(super) const PARAMETER_CLASH: Row = Row {
    rule: Rule {
        code: Code("TL0118"),
        name: "parameter-clash",
        severity: Severity::Error,
        example: Example::Schema("none {t:Type} = Maybe t;\nsome value:int = Maybe;"),
        explanation: "Two constructors give one type different arguments.

    none {t:Type} = Maybe t;
    some value:int = Maybe;

All constructors of a type have results with the same number of arguments, of the same kinds.",
    },
    text: |kind| match kind {
        ErrorKind::ParameterClash { ty, first } => Text::new(
            format!("constructors of `{ty}` give it different arguments"),
            "other arguments than those of the first one",
        )
        .other(*first, "the first constructor"),
        _ => unreachable!("{kind:?} has another rule"),
    },
};

/// [`ErrorKind::NoFiniteValue`](crate::ErrorKind::NoFiniteValue)
pub(super) const NO_FINITE_VALUE: Row = Row {
    rule: Rule {
        code: Code("TL0122"),
        name: "no-finite-value",
        severity: Severity::Error,
        example: Example::Schema("a b:B = A;\nb a:A = B;"),
        explanation: "Every value of the type holds another value of it.

    node next:Node = Node;

No such value has an end. Make the field conditional, put it into a vector, or add a constructor without it. `tlgen check`
only warns where the written ids prove the constructors: the one with an end is then in another file.",
    },
    text: |kind| match kind {
ErrorKind::NoFiniteValue { ty } => {
            Text::new(format!("every value of `{ty}` holds another one without an end"), "no value can be written")
                .help("make one of the fields conditional or a vector, or add a constructor that ends")
        },
_ => unreachable!("{kind:?} has another rule"),
},
};

/// [`ErrorKind::ResultIsNoType`](crate::ErrorKind::ResultIsNoType)
pub(super) const RESULT_IS_NO_TYPE: Row = Row {
    rule: Rule {
        code: Code("TL0128"),
        name: "result-is-no-type",
        severity: Severity::Error,
        example: Example::Schema("a = %A;"),
        explanation: "The result of a constructor is a variable, a number, a bare or a builtin type.

A constructor makes a value of a boxed type, whose name begins with a capital letter: `user id:int = User`.",
    },
    text: |_| {
        Text::new("the result of a constructor must be a boxed type", "not a boxed type")
            .help("the name of a boxed type begins with a capital letter")
    },
};
