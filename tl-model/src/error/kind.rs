//! The kinds of mistakes.

use tlgen_parser::ast::SectionKind;
use tlgen_parser::diagnostic::Severity;
use tlgen_parser::source::Location;

/// One kind per mistake. A field `first` or `declared` is the other location that matters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Two constructors or two functions have one name.
    DuplicateName {
        /// The name.
        name: String,
        /// Constructors or functions.
        kind: SectionKind,
        /// The other declaration.
        first: Location,
    },
    /// Two constructors of one type have one id.
    DuplicateId {
        /// The second constructor.
        name: String,
        /// The first one.
        other: String,
        /// The id of both.
        id: u32,
        /// The first constructor.
        first: Location,
    },
    /// Two combinators that are not constructors of one type have one id.
    SharedId {
        /// The second one.
        name: String,
        /// The first one.
        other: String,
        /// The id of both.
        id: u32,
        /// The first one.
        first: Location,
    },
    /// Files that are to be one name different layers.
    LayersDiffer {
        /// The layer of the later file.
        layer: u32,
        /// The layer of the earlier one.
        other: u32,
        /// Where the earlier file names it.
        first: Location,
    },
    /// A name that is used as a type is declared nowhere.
    UndefinedType {
        /// The name.
        name: String,
        /// A known name that may be meant.
        suggestion: Option<String>,
        /// The function of this name, if there is one.
        function: Option<Location>,
        /// Whether it is the type of an argument without a name, where a `:` may be missing.
        is_anonymous: bool,
        /// How often the file uses it after this location; counted for a warning, which is given once.
        more: u32,
    },
    /// A type is used with too few or too many arguments.
    WrongArgumentCount {
        /// The type.
        name: String,
        /// How many it takes.
        expected: usize,
        /// How many there are.
        found: usize,
        /// Where the type is declared; `None` for a builtin one.
        declared: Option<Location>,
    },
    /// A number, or the name of one, is used where a type is needed.
    NotAType {
        /// What is written.
        text: String,
        /// Where the name is declared.
        declared: Option<Location>,
    },
    /// A type is used where a number is needed.
    NotANumber {
        /// What is written.
        text: String,
        /// Where the name is declared.
        declared: Option<Location>,
    },
    /// A condition or a count names a field that does not exist.
    UndefinedWord {
        /// The name.
        name: String,
        /// A field that may be meant.
        suggestion: Option<String>,
    },
    /// A condition or a count names a field that is not a `#`.
    WordIsNoNat {
        /// The field.
        name: String,
        /// Its declaration.
        declared: Location,
    },
    /// A bit above 31.
    BitTooLarge {
        /// The bit.
        bit: u32,
    },
    /// A `#` is used by a field that comes before it.
    UseBeforeDeclaration {
        /// The `#`.
        name: String,
        /// Its declaration.
        declared: Location,
    },
    /// The same, where the user takes no bytes.
    LateWord {
        /// The `#`.
        name: String,
        /// Its declaration.
        declared: Location,
    },
    /// A `true` without a condition.
    UnconditionalTrue,
    /// `%T` where `T` has several constructors.
    BareUnion {
        /// The type.
        name: String,
        /// How many constructors it has; 0 for any.
        constructors: usize,
        /// Its first constructor; `None` for a builtin type.
        declared: Option<Location>,
        /// The field `%X` of the type that it is an argument of; `None` where `%T` is written.
        through: Option<Location>,
    },
    /// A constructor is used as a type, and its type has other constructors.
    ConstructorOfUnion {
        /// The constructor.
        name: String,
        /// Its type.
        ty: String,
        /// Another constructor of the type.
        other: String,
        /// Where that one is declared.
        first: Location,
    },
    /// A variable that nothing uses or, for a constructor, that its result does not name.
    UnusedVariable {
        /// The variable.
        name: String,
        /// The result of a constructor as it should be; `None` for a function.
        result: Option<String>,
    },
    /// A result names the variables twice or in another order.
    ResultArguments {
        /// The result as it should be.
        expected: String,
    },
    /// An argument of a result is not a variable.
    RefinedResult {
        /// The argument.
        text: String,
    },
    /// Two constructors of one type give it different arguments.
    ParameterClash {
        /// The type.
        ty: String,
        /// The first constructor.
        first: Location,
    },
    /// Two namespaces differ by case alone.
    NamespaceCase {
        /// The namespace.
        name: String,
        /// The other one.
        other: String,
        /// The other one.
        first: Location,
    },
    /// A section without a declaration.
    EmptySection {
        /// What the heading says.
        kind: SectionKind,
        /// How many more this file has, where one warning is given for very many.
        more: usize,
    },
    /// The written id follows from neither rule.
    IdMismatch {
        /// The combinator.
        name: String,
        /// The id that is written.
        written: u32,
        /// The id by the plain rule and the line that it is computed from.
        plain: (u32, Box<str>),
        /// The id by the rule of the Telegram API and the line that it is computed from.
        telegram: (u32, Box<str>),
    },
    /// The written id follows from neither rule, but is known to be right.
    KnownId {
        /// The combinator.
        name: String,
        /// The id that is written.
        written: u32,
        /// The id by the plain rule and the line that it is computed from.
        plain: (u32, Box<str>),
        /// The id by the rule of the Telegram API and the line that it is computed from.
        telegram: (u32, Box<str>),
        /// The line that the written id belongs to, if the declaration is a copy of it; without it the declaration is one of
        /// a public schema.
        original: Option<Box<str>>,
        /// The other ones of this file, where one warning is given for very many.
        more: Vec<String>,
    },
    /// No written id of the file tells the rules of ids apart, and a declaration without one has another id by each.
    GuessedIds {
        /// The first such declaration of the file.
        name: String,
        /// Its id by the plain rule, which is used.
        plain: u32,
        /// Its id by the rule of the Telegram API.
        telegram: u32,
        /// How many more the file has.
        more: usize,
    },
    /// Every value of the type holds another one.
    NoFiniteValue {
        /// The type.
        ty: String,
    },
    /// Two fields or variables of one combinator have one name.
    DuplicateField {
        /// The name.
        name: String,
        /// The first one.
        first: Location,
    },
    /// A variable in braces that is neither `Type` nor `#`.
    VariableKind {
        /// The variables.
        name: String,
    },
    /// `!` before something that is not a variable.
    BangWithoutVariable {
        /// What is written.
        text: String,
    },
    /// A variable whose `{X:Type}` is missing.
    MissingVariable {
        /// The variable.
        name: String,
    },
    /// A repetition without a count and without a `#` before it.
    MissingCount,
    /// A number or a variable where the result must be a type.
    ResultIsNoType,
    /// The name of a type begins with a small letter.
    LowerCaseType {
        /// The name.
        name: String,
    },
    /// Several declarations of one name, by layer, and no layer is chosen.
    LayersMerged {
        /// One name that is declared more than once.
        name: String,
        /// How many names are.
        names: usize,
        /// The layers of the file, ascending.
        layers: Vec<u32>,
        /// An older declaration of the name.
        first: Location,
    },
    /// The option `layer` names a layer that the schema does not name.
    UnknownLayer {
        /// The chosen layer.
        layer: u32,
        /// The layers that the schema names, ascending.
        layers: Vec<u32>,
    },
    /// A declaration against a `New`, `Final` or `Empty`.
    Finality {
        /// The type.
        ty: String,
        /// The word that is broken.
        word: &'static str,
        /// The declaration of it.
        first: Location,
    },
    /// More than one name in a sum.
    SumOfNames,
    /// A sum that does not fit into 32 bits.
    SumTooLarge,
    /// `bool`, which is not a type of TL.
    LowerCaseBool,
    /// A combinator is declared in two files in the same way.
    RepeatedInFile {
        /// Its name.
        name: String,
        /// The other declaration.
        first: Location,
    },
    /// A function is declared in a section of types.
    FunctionAmongTypes {
        /// Its name.
        name: String,
        /// Whether its result is a vector; otherwise it is a variable.
        is_vector: bool,
    },
    /// A type that is declared with a `?` has a constructor.
    BuiltinWithConstructor {
        /// The type.
        ty: String,
        /// The declaration with the `?`.
        first: Location,
    },
    /// Two constructors of one type have one id and the same fields.
    Alias {
        /// The second constructor.
        name: String,
        /// The first one, which is used for both.
        other: String,
        /// The id of both.
        id: u32,
        /// The first one.
        first: Location,
    },
    /// One combinator is declared twice, written in two ways.
    Respelled {
        /// Its name.
        name: String,
        /// The other declaration.
        first: Location,
    },
    /// There are more of them than are reported.
    More {
        /// How many.
        count: usize,
        /// Of which severity.
        severity: Severity,
    },
    /// A pattern or name of an option that names nothing in the schema.
    UnmatchedPattern {
        /// The pattern.
        pattern: String,
        /// A name that may be meant.
        suggestion: Option<String>,
    },
}
