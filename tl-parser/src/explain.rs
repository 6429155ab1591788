//! What each code means, at length.

use crate::diagnostic::Code;

/// Every code of this crate with its explanation, in order.
pub const EXPLANATIONS: &[(Code, &str)] = &[
    (
        Code("TL0001"),
        "A character that is no part of TL.

Names are made of ASCII letters, digits and `_`. Other characters may stand in comments only, which begin with `//`.
No-break spaces and curly quotes usually come from a text that was copied from a web page.",
    ),
    (
        Code("TL0002"),
        "Something stands where the grammar has no place for it.

The message tells what may stand there. A declaration is

    name#1cb5c415 {X:Type} argument:Type flag:flags.3?Type = Result;

where the id, the variables and the arguments may be missing.",
    ),
    (
        Code("TL0003"),
        "A declaration does not end with `;` and another one, or a heading, follows.

    user id:int = User
    chat id:int = Chat;     // this line looks like a declaration of its own

Without the `;` the second name would be an argument of the type `User`.",
    ),
    (
        Code("TL0004"),
        "The last declaration of a file has no `;`.

It is taken as it is, but other tools refuse it, and a file that was cut off looks the same.",
    ),
    (
        Code("TL0005"),
        "A declaration has no `=` and no result type.

    user id:int;            // which type is it a constructor of?
    user id:int = User;

A line without `=` is right only for a partial application, `Vector int;`, which declares nothing, and for
`New T;`, `Final T;` and `Empty T;`.",
    ),
    (
        Code("TL0006"),
        "No type follows the `=` of a declaration.

    user id:int = User;

The result type of a constructor is the type that it belongs to, that of a function is what it returns.",
    ),
    (
        Code("TL0007"),
        "A declaration begins with something other than a name.

A declaration begins with the name of a constructor or function, or with `_` for a default constructor.",
    ),
    (
        Code("TL0008"),
        "No digits follow the `#` behind a name.

Write the id, `user#d23c81a3`, or leave out the `#`; the id is then computed from the declaration.
An argument of the type `#` behind a name needs a blank: `vector # [ int ] = Vector;`.",
    ),
    (
        Code("TL0009"),
        "An id has more than eight digits.

Ids are 32-bit numbers. Leading zeros may be left out: `#9da9403` and `#09da9403` are the same.",
    ),
    (
        Code("TL0010"),
        "What follows the `#` is not a hexadecimal number.

An id has one to eight of the digits 0 to 9 and a to f.",
    ),
    (
        Code("TL0011"),
        "An id stands somewhere other than directly behind the name of a declaration.

    user #d23c81a3 = User;  // wrong: a blank before the id
    user#d23c81a3 = User;

Types have no ids, only constructors and functions have.",
    ),
    (
        Code("TL0012"),
        "An id is written with upper-case digits.

It means the same, but the official compiler and others refuse it.",
    ),
    (
        Code("TL0013"),
        "An argument has a name and a colon, or a condition, but no type.

    user id: name:string = User;        // wrong
    user id:int name:string = User;",
    ),
    (
        Code("TL0014"),
        "A colon has no name before it.

    user :int = User;       // wrong
    user id:int = User;
    user int = User;        // an argument without a name",
    ),
    (
        Code("TL0015"),
        "A bracket is opened and not closed.

Both places are shown: where the closing bracket was expected, and where the bracket was opened.",
    ),
    (Code("TL0016"), "A closing bracket stands without an opening one."),
    (
        Code("TL0017"),
        "A condition does not name the bit.

    user flags:# name:flags?string = User;      // wrong: which bit?
    user flags:# name:flags.0?string = User;",
    ),
    (
        Code("TL0018"),
        "The bit of a condition is not a decimal number.

    user flags:# name:flags.first?string = User;    // wrong
    user flags:# name:flags.0?string = User;",
    ),
    (
        Code("TL0019"),
        "A condition does not name the field that holds the bits.

    user flags:# name:.0?string = User;         // wrong: bit 0 of what?
    user flags:# name:flags.0?string = User;",
    ),
    (
        Code("TL0020"),
        "A number does not fit 32 bits.

Counts, bits and the numbers of layers are unsigned 32-bit numbers, up to 4294967295.",
    ),
    (
        Code("TL0021"),
        "A name begins with a digit.

Names begin with a letter: a small one for constructors and functions, a capital one for types.",
    ),
    (
        Code("TL0022"),
        "A dot does not stand between two parts of a name.

    account.User        // namespace and name, without blanks
    flags.3?User        // a condition: a field and the number of a bit",
    ),
    (
        Code("TL0023"),
        "Brackets and prefixes are nested more than 64 levels deep.

No known schema has more than six. The limit keeps a hostile file from exhausting the stack.",
    ),
    (
        Code("TL0024"),
        "Nothing stands between a pair of brackets.

Leave the brackets out: a type without arguments has none.",
    ),
    (
        Code("TL0025"),
        "Variables in braces stand behind an argument.

    invoke query:!X {X:Type} = X;       // wrong
    invoke {X:Type} query:!X = X;",
    ),
    (
        Code("TL0026"),
        "A variable in braces has no kind.

    vector {t} # [ t ] = Vector t;          // wrong
    vector {t:Type} # [ t ] = Vector t;

The kind is `Type` for a type and `#` for a number.",
    ),
    (
        Code("TL0027"),
        "What stands before `*` cannot be the count of a repetition.

A count is a number, the name of an argument or variable of the type `#`, or a sum of these in brackets:
`4*[ int ]`, `n*[ int ]`, `(n + 1)*[ int ]`.",
    ),
    (
        Code("TL0028"),
        "A sum stands without brackets.

    matrix n:# cells:n+1*[ int ] = Matrix;      // wrong
    matrix n:# cells:(n + 1)*[ int ] = Matrix;",
    ),
    (
        Code("TL0029"),
        "A line begins like a heading and is none.

The headings are `---types---` and `---functions---`, and `===8===` for the layer of what follows. Blanks within them
are allowed; three marks or more stand on either side.",
    ),
    (
        Code("TL0030"),
        "An annotation is not complete.

Annotations stand before the name of a declaration: `@read messages.get id:int = Message;`.",
    ),
    (Code("TL0031"), "A `;` stands where no declaration ends, such as the second of `;;`. It is passed over."),
    (
        Code("TL0032"),
        "A slash stands outside of a comment.

Comments begin with `//` and end with the line. TL has no comments of the form `/* ... */`, although one page of the
official description says so: no compiler reads them.",
    ),
    (
        Code("TL0033"),
        "A `#` stands where a declaration could begin.

It is taken as a comment up to the end of the line, but other tools refuse it. Comments begin with `//`.",
    ),
    (
        Code("TL0034"),
        "The name of a constructor or function begins with a capital letter.

Names with a capital letter are types. It is taken as it is, but other tools refuse it, and in the place of a type the
name means the boxed type.",
    ),
    (
        Code("TL0035"),
        "A declaration has a second `=`.

Usually the `;` of the declaration before it is missing.",
    ),
    (
        Code("TL0036"),
        "A declaration has more than 4096 arguments, or a group such as `(x y:T)` that is as large when written out.

The largest known declaration has 69 arguments. The limit keeps a small hostile file from filling the memory.",
    ),
    (
        Code("TL0037"),
        "`_` stands in the place of a type.

`_` may stand for the name of an argument, `_:int`, or of a default constructor, `_ {X:Type} result:X = ReqResult X;`.",
    ),
    (
        Code("TL0038"),
        "A carriage return stands without a line feed.

It is taken as the end of a line, also of a comment. Some compilers refuse it and some editors do not show it.",
    ),
    (Code("TL0039"), "The file has more than 1,000 errors. What is behind them was not read."),
    (Code("TL0040"), "The file has 4 GiB or more. Places in a file are 32-bit numbers."),
    (
        Code("TL0041"),
        "A type is applied to arguments, without a `=`.

    Vector int;                 // declares nothing
    getUser id:int = User;      // declares a function

The language allows it and nothing follows from it on the wire. Usually `=` and the result type were forgotten.",
    ),
];
