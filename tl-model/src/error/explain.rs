//! What each code means, at length.

use tlgen_parser::diagnostic::Code;

/// Every code of this crate with its explanation, in order.
pub const EXPLANATIONS: &[(Code, &str)] = &[
    (
        Code("TL0100"),
        "Two constructors or two functions have one name.

A constructor and a function may share a name; two of a kind may not. Files that keep one declaration per layer are read
when each stands below its heading:

    ===8===
    message text:string = Message;
    ===17===
    message text:string ttl:int = Message;",
    ),
    (
        Code("TL0101"),
        "Two constructors of one type have one id.

A value of a boxed type begins with the id of its constructor, and a reader knows by nothing else which one follows:

    photo#1a2b3c4d id:long = Photo;
    picture#1a2b3c4d id:long size:int = Photo;",
    ),
    (
        Code("TL0102"),
        "Two combinators have one id and never stand in the same place.

A function and a constructor, or constructors of different types, can be told apart by where they are read. A table from
ids to names holds only the first of them.",
    ),
    (
        Code("TL0103"),
        "A name in the place of a type is declared nowhere in the files.

The name of a boxed type begins with a capital letter, that of a constructor with a small one, and a namespace belongs to
the name: `secret.Photo` is not `Photo`. Functions are no types. A part of a schema, such as a list of old constructors, uses types of other files. Check it together with them
(`tlgen check --together`), or take every undeclared type for one of another file (`tlgen check --fragment`).

`tlgen check` knows most parts by themselves. A written id is a checksum of its line; where it follows from the line, or
from the line under another name, no word of it is misspelled, and the file must be a part. Its undeclared types are then
warnings.",
    ),
    (
        Code("TL0104"),
        "A type is used with too few or too many arguments.

    pair {X Y:Type} x:X y:Y = Pair X Y;
    line ends:(Pair Point) = Line;          // `Pair` takes two",
    ),
    (
        Code("TL0105"),
        "A number stands where a type is needed.

    box {n:#} value:n = Box n;              // `n` is a number, not the type of a value
    list items:Vector<3> = List;",
    ),
    (
        Code("TL0106"),
        "A type stands where a number is needed.

    row {n:#} cells:n*[int] = Row n;
    table row:(Row int) = Table;            // `Row` takes a number",
    ),
    (
        Code("TL0107"),
        "A condition or a count names no field of this declaration.

    photo flags:# caption:flag.0?string = Photo;    // it is called `flags`

The field may also be a variable of the combinator: `photo {mask:#} caption:mask.0?string = Photo mask;`",
    ),
    (
        Code("TL0108"),
        "A condition or a count names a field that is not a `#`.

    photo flags:int caption:flags.0?string = Photo;

A `#` is an unsigned number of 32 bits; an `int` is signed and can not be a word of flags.",
    ),
    (
        Code("TL0109"),
        "A `#` has the bits 0 to 31.

    photo flags:# caption:flags.32?string = Photo;",
    ),
    (
        Code("TL0110"),
        "A word of flags or a count stands behind a field that needs it.

    photo caption:flags.0?string flags:# = Photo;

Fields are written in the order of the declaration, so a reader comes to `caption` without knowing whether it is there.",
    ),
    (
        Code("TL0111"),
        "A word of flags stands behind a `true` that needs it.

    photo hidden:flags.0?true flags:# = Photo;

A `true` takes no bytes: it is read when the word is known, and the bytes are those of the usual order.",
    ),
    (
        Code("TL0112"),
        "A `true` without a condition.

It takes no bytes and has one value. `flags.N?true` is a flag, `Bool` a value of its own.",
    ),
    (
        Code("TL0113"),
        "A type with several constructors is used bare.

    userEmpty = User;
    user id:int = User;
    chat owner:%User = Chat;

A bare value has no id, and only the id tells the constructors apart. Write `User`.",
    ),
    (
        Code("TL0114"),
        "A constructor stands in the place of a type, and its type has other constructors.

    userEmpty = User;
    user id:int = User;
    chat owner:user = Chat;

A constructor as a type means a bare value, which is only clear for the only constructor of a type. Write `User`.",
    ),
    (
        Code("TL0115"),
        "A variable in braces is not used.

The result of a constructor names each of its variables, for a reader gets them from the type that it reads:

    point {n:#} x:n*[int] = Point n;

A function uses each of its variables in an argument or in its result.",
    ),
    (
        Code("TL0116"),
        "The result of a constructor names its variables twice or in another order.

    pair {X Y:Type} x:X y:Y = Pair Y X;

Write the variables in braces in the order in which the type has them.",
    ),
    (
        Code("TL0117"),
        "An argument of the result of a constructor is not a variable.

    zero = Number 0;
    next {n:#} before:(Number n) = Number (n + 1);

Such a constructor makes values of a part of the type. It is described by the schema, but no code is generated for it.",
    ),
    (
        Code("TL0118"),
        "Two constructors give one type different arguments.

    none {t:Type} = Maybe t;
    some value:int = Maybe;

All constructors of a type have results with the same number of arguments, of the same kinds.",
    ),
    (
        Code("TL0119"),
        "Two namespaces differ by case alone.

    liteServer.query = Object;
    liteserver.answer = Object;

Namespaces become modules and files, and not every file system tells them apart.",
    ),
    (
        Code("TL0120"),
        "A section heading is followed by another one, or by the end of the file.

Often the declarations of the section were moved and the heading was left. Of more than eight such headings in a file the
first one is shown, and how many more there are.",
    ),
    (
        Code("TL0121"),
        "A written id does not follow from the declaration.

The id of a combinator is the CRC-32 of its canonical line. There are two rules for that line: the plain one, and that of
the Telegram API, which leaves out `flags.N?true` and reads `bytes` as `string`. The written id is used in any case. It
differs when a declaration was changed by hand or renamed; if that is meant, name it in the list `allow_id_mismatch` of
`tlgen.toml`, or behind `--allow-id-mismatch`.

Where the id belongs to the same line under another name, as for `message_layer199` with the id of an old `message`, that
line is shown too. Of more than eight such copies in a file the first one is shown, with the names of the others.",
    ),
    (
        Code("TL0122"),
        "Every value of the type holds another value of it.

    node next:Node = Node;

No such value has an end. Make the field conditional, put it into a vector, or add a constructor without it. `tlgen check`
only warns where the written ids prove the constructors: the one with an end is then in another file.",
    ),
    (
        Code("TL0123"),
        "Two fields or two variables of one declaration have one name.

    point x:int x:int = Point;",
    ),
    (
        Code("TL0124"),
        "A variable in braces is neither a type nor a number.

    {t:Type} and {n:#} are variables; {x:int} is none.",
    ),
    (
        Code("TL0125"),
        "`!` stands before something that is not a variable.

`!X` is a call of any function, and `X` its result:

    invokeWithLayer {X:Type} layer:int query:!X = X;",
    ),
    (
        Code("TL0126"),
        "`!X` without `{X:Type}`.

Old schemas leave out the declaration of the variable. It is added; write it, because the id is computed with it.",
    ),
    (
        Code("TL0127"),
        "A repetition without a count.

    row n:# cells:n*[int] = Row;
    row n:# cells:[int] = Row;              // the last `#` before it counts
    row cells:[int] = Row;                  // there is none",
    ),
    (
        Code("TL0128"),
        "The result of a constructor is a variable, a number, a bare or a builtin type.

A constructor makes a value of a boxed type, whose name begins with a capital letter: `user id:int = User`.",
    ),
    (
        Code("TL0129"),
        "The name of a type begins with a small letter.

Small letters stand for constructors, whose values are bare. A type with such a name is boxed all the same.",
    ),
    (
        Code("TL0130"),
        "A name is declared once per layer, and no layer is chosen.

The newest declaration of each name is used. With the option `layer` the file is read as of that layer: what is newer is
left out, and of each name the newest declaration that is left is used.",
    ),
    (
        Code("TL0131"),
        "A declaration contradicts `New`, `Final` or `Empty`.

    New User;       // no constructor of `User` stands before this line
    Final User;     // and none behind this one
    Empty False;    // `False` has none at all",
    ),
    (
        Code("TL0132"),
        "A sum holds more than one name.

    row {n m:#} cells:(n + m)*[int] = Row n m;

A number is a name, a constant, or a name and constants: `n + 1`.",
    ),
    (Code("TL0133"), "The sum of the constants is greater than 4294967295."),
    (
        Code("TL0134"),
        "There are more errors or warnings than are shown.

The first thousand of each are shown. Often one of them causes many others, such as a file that was not given.",
    ),
    (Code("TL0135"), "`bool` is not a type of TL.

It is taken as `Bool`, whose values are the ids of `boolTrue` and `boolFalse`."),
    (
        Code("TL0136"),
        "A combinator is declared in two files in the same way.

The first declaration is used. If they differ it is an error (TL0100).",
    ),
    (
        Code("TL0137"),
        "A pattern or a name in an option matches nothing in the schema.

`*` stands for any characters: `contacts.*` is all functions of that namespace.",
    ),
    (
        Code("TL0138"),
        "A function stands in a section of types.

Its result is a variable, which no constructor can have. It counts as a function.",
    ),
    (
        Code("TL0139"),
        "A type that is declared as builtin has a constructor.

    int ? = Int;
    big value:long = Int;

The form of a builtin type is known without constructors. `Object` is the exception: anything may be one.",
    ),
    (
        Code("TL0140"),
        "Two constructors of one type have one id and the same fields.

    photo#1a2b3c4d id:long = Photo;
    picture#1a2b3c4d id:long = Photo;

They are one constructor under two names. The first name is used; the second one means the same where it stands for a type.",
    ),
    (
        Code("TL0141"),
        "A combinator is declared twice, in two spellings that mean the same.

    point#e3fe70f4 x:int y:int = Point;
    point#e3fe70f4 x:%Int y:%Int = Point;

Its values are the same bytes either way, and the first declaration is used. The same text twice is an error (TL0100): there
one of the two was meant to be something else.",
    ),
];

#[cfg(test)]
mod tests {
    use super::EXPLANATIONS;

    #[test]
    fn codes_ascend_without_a_gap() {
        let codes: Vec<&str> = EXPLANATIONS.iter().map(|(code, _)| code.0).collect();
        let expected: Vec<String> = (100..100 + codes.len()).map(|number| format!("TL{number:04}")).collect();
        assert_eq!(codes, expected);
    }
}
