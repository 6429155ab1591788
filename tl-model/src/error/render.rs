//! The texts of the errors: message, labels, help.

use tlgen_parser::ast::SectionKind;
use tlgen_parser::diagnostic::{Diagnostic, Label, Severity};
use tlgen_parser::source::Location;

use super::{ErrorKind, ModelError};

/// What is said about one kind.
struct Text {
    message: String,
    label: String,
    other: Vec<(Location, String)>,
    help: Vec<String>,
}

impl Text {
    fn new(message: impl Into<String>, label: impl Into<String>) -> Self {
        Self { message: message.into(), label: label.into(), other: Vec::new(), help: Vec::new() }
    }

    fn other(mut self, location: Location, label: impl Into<String>) -> Self {
        self.other.push((location, label.into()));
        self
    }

    fn maybe_other(self, location: Option<Location>, label: impl Into<String>) -> Self {
        match location {
            Some(location) => self.other(location, label),
            None => self,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    fn did_you_mean(self, suggestion: Option<&String>) -> Self {
        match suggestion {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

pub(super) fn diagnostic(error: &ModelError) -> Diagnostic {
    let mut text = text(&error.kind);
    if let (Severity::Warning, ErrorKind::UndefinedType { name, more, .. }) = (error.severity, &*error.kind) {
        undeclared_elsewhere(&mut text, name, *more);
    }
    if let (Severity::Warning, ErrorKind::NoFiniteValue { .. }) = (error.severity, &*error.kind) {
        text.help =
            vec!["it must have one more constructor, in another file; no code is generated without it".to_owned()];
    }
    Diagnostic {
        code: error.code(),
        severity: error.severity,
        message: text.message,
        primary: error.location.map(|location| Label { location, text: text.label }),
        secondary: text.other.into_iter().map(|(location, text)| Label { location, text }).collect(),
        help: text.help,
    }
}

/// The words for a type that is taken for one of another file.
fn undeclared_elsewhere(text: &mut Text, name: &str, more: u32) {
    text.label = match more {
        0 => "taken for a type of another file".to_owned(),
        1 => "taken for a type of another file, here and in one more place".to_owned(),
        more => format!("taken for a type of another file, here and in {more} more places"),
    };
    // Where a suggestion stands it is all that is needed.
    text.help.retain(|help| help.starts_with("did you mean"));
    text.help.push(format!("code can be generated only together with the file that declares `{name}`"));
}

fn text(kind: &ErrorKind) -> Text {
    match kind {
        // Two places that contradict each other.
        ErrorKind::DuplicateName { name, kind, first } => {
            let what = match kind {
                SectionKind::Types => "constructor",
                SectionKind::Functions => "function",
            };
            Text::new(format!("the {what} `{name}` is declared twice"), "declared again here")
                .other(*first, "first declared here")
                .help("remove or rename one of them; of one declaration per layer, put each below a heading `===N===`")
        }
        ErrorKind::DuplicateId { name, other, id, first } => Text::new(
            format!("`{name}` and `{other}` are constructors of one type with one id, {id:08x}"),
            "the same id",
        )
        .other(*first, "first used here")
        .help("a reader tells the constructors of a type apart by their ids: correct one of them"),
        ErrorKind::Alias { name, other, id, first } => Text::new(
            format!("`{name}` is `{other}` under another name: the id {id:08x} and the fields are the same"),
            "left out",
        )
        .other(*first, "this one is used"),
        ErrorKind::SharedId { name, other, id, first } => {
            Text::new(format!("`{name}` has the id of `{other}`, {id:08x}"), "the same id")
                .other(*first, "first used here")
                .help("each is read where only one of them can stand, but a lookup by id finds the first")
        }
        ErrorKind::RepeatedInFile { name, first } => {
            Text::new(format!("`{name}` is declared in the same way in two files"), "declared again here")
                .other(*first, "this one is used")
        }
        ErrorKind::Respelled { name, first } => {
            Text::new(format!("`{name}` is declared twice, in two spellings of the same line"), "the second spelling")
                .other(*first, "this one is used")
                .help("leave out one of them")
        }
        ErrorKind::More { count, severity } => {
            let what = if *severity == Severity::Error { "error" } else { "warning" };
            let plural = if *count == 1 { "" } else { "s" };
            Text::new(format!("{count} more {what}{plural} not shown"), "").help("repair the ones above first")
        }
        ErrorKind::LayersMerged { name, names, layers, first } => {
            let list: Vec<String> = layers.iter().map(u32::to_string).collect();
            let rest = match names {
                0 | 1 => " has".to_owned(),
                2 => " and one more name have".to_owned(),
                names => format!(" and {} more names have", names - 1),
            };
            Text::new(format!("`{name}`{rest} one declaration per layer; the newest is used"), "the newest declaration")
                .other(*first, "an older declaration")
                .help(format!("choose a layer with the option `layer`; the file has {}", list.join(", ")))
        }
        ErrorKind::DuplicateField { name, first } => {
            Text::new(format!("the name `{name}` is used twice in one declaration"), "used again here")
                .other(*first, "first used here")
        }
        ErrorKind::NamespaceCase { name, other, first } => {
            Text::new(format!("the namespaces `{name}` and `{other}` differ by case alone"), "spelled this way here")
                .other(*first, "and this way here")
                .help(format!("use `{other}` for both"))
        }
        ErrorKind::ParameterClash { ty, first } => Text::new(
            format!("constructors of `{ty}` give it different arguments"),
            "other arguments than those of the first one",
        )
        .other(*first, "the first constructor"),
        ErrorKind::BuiltinWithConstructor { ty, first } => {
            Text::new(format!("`{ty}` is builtin and gets a constructor"), "a constructor of it")
                .other(*first, "declared as builtin here")
                .help("give the constructor a type of its own, or remove the declaration with `?`")
        }
        ErrorKind::Finality { ty, word, first } => {
            let message = match *word {
                "New" => format!("`{ty}` is said to be new and has a constructor already"),
                "Final" => format!("`{ty}` is final and gets one more constructor"),
                _ => format!("`{ty}` is said to be empty and has a constructor"),
            };
            Text::new(message, "here").other(*first, "the other declaration")
        }
        // Words, bits and counts.
        ErrorKind::UndefinedWord { name, suggestion } => {
            Text::new(format!("there is no field or variable `{name}` here"), "not declared")
                .did_you_mean(suggestion.as_ref())
                .help(format!("declare `{name}:#` before this field"))
        }
        ErrorKind::WordIsNoNat { name, declared } => Text::new(format!("`{name}` is not a number"), "used as a number")
            .other(*declared, "declared with another type")
            .help(format!("conditions and counts need a field `{name}:#`")),
        ErrorKind::BitTooLarge { bit } => Text::new(format!("there is no bit {bit} in a `#`"), "bits are 0 to 31")
            .help("more bits need one more word, such as `flags2:#`"),
        ErrorKind::UseBeforeDeclaration { name, declared } => {
            Text::new(format!("`{name}` is used before it is declared"), "used here")
                .other(*declared, "declared here")
                .help(format!("a reader meets this before `{name}`: move `{name}:#` to the front"))
        }
        ErrorKind::LateWord { name, declared } => {
            Text::new(format!("`{name}` is used before it is declared"), "takes no bytes, so the order does not matter")
                .other(*declared, "declared here")
                .help(format!("move `{name}:#` to the front"))
        }
        ErrorKind::MissingCount => {
            Text::new("a repetition without a count", "how many?").help("write `n*[ ... ]`, or put a `#` before it")
        }
        ErrorKind::SumOfNames => Text::new("a sum holds more than one name", "the second name")
            .help("a sum is one name and constants, as in `n + 1`"),
        ErrorKind::SumTooLarge => Text::new("this sum does not fit into 32 bits", "too large"),
        // Variables in braces and results.
        ErrorKind::UnusedVariable { name, result: Some(result) } => {
            Text::new(format!("the result does not name the variable `{name}`"), "not an argument of the result")
                .help(format!("write the result as `{result}`, or remove the variable"))
        }
        ErrorKind::UnusedVariable { name, result: None } => {
            Text::new(format!("nothing uses the variable `{name}`"), "not used")
                .help("use it in an argument or in the result, or remove it")
        }
        ErrorKind::ResultArguments { expected } => {
            Text::new("the result does not repeat the variables in their order", "other variables")
                .help(format!("write the result as `{expected}`"))
        }
        ErrorKind::RefinedResult { text } => {
            Text::new(format!("the argument `{text}` of the result is not a variable"), "makes a part of the type only")
                .help("values of such a type can be described, but no code is generated for them")
        }
        ErrorKind::VariableKind { name } => {
            Text::new(format!("the variable `{name}` is neither a type nor a number"), "must be `Type` or `#`")
                .help("write `{X:Type}` for a type or `{n:#}` for a number")
        }
        ErrorKind::BangWithoutVariable { text } => {
            Text::new(format!("`!{text}` is not a variable"), "`!` stands before the result type of a function")
                .help("declare a variable `{X:Type}` and write `!X`")
        }
        ErrorKind::MissingVariable { name } => {
            Text::new(format!("the variable `{name}` is not declared"), "needs `Type` as its kind")
                .help(format!("write `{{{name}:Type}}` behind the name of the declaration"))
        }
        ErrorKind::ResultIsNoType => Text::new("the result of a constructor must be a boxed type", "not a boxed type")
            .help("the name of a boxed type begins with a capital letter"),
        // Types, ids and the rest.
        ErrorKind::UndefinedType { name, suggestion, function, is_anonymous, .. } => {
            let text = Text::new(format!("the type `{name}` is not declared"), "not declared")
                .maybe_other(*function, "a function has this name");
            match suggestion {
                Some(_) => text.did_you_mean(suggestion.as_ref()),
                None if *is_anonymous => text.help(format!("declare it, or write `{name}:Type` if it is the name of a field")),
                None => text.help(
                    "declare it, or add the file that does; `tlgen check --fragment` takes it for a type of another file",
                ),
            }
        }
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
        ErrorKind::NotAType { text, declared } => {
            let message = match text.as_str() {
                "Type" => "`Type` is not the type of a value".to_owned(),
                text => format!("`{text}` is a number and not a type"),
            };
            Text::new(message, "a type is needed here").maybe_other(*declared, "declared here")
        }
        ErrorKind::NotANumber { text, declared } => {
            Text::new(format!("`{text}` is a type and not a number"), "a number is needed here")
                .maybe_other(*declared, "declared here")
        }
        ErrorKind::UnconditionalTrue => Text::new("a `true` without a condition says nothing", "always present")
            .help("write `flags.N?true` for a flag, or `Bool` for a value"),
        ErrorKind::BareUnion { name, constructors, declared } => {
            let message = match constructors {
                0 => format!("`%{name}` is bare and `{name}` may be anything"),
                several => format!("`%{name}` is bare and `{name}` has {several} constructors"),
            };
            Text::new(message, "which one is it?")
                .maybe_other(*declared, "the first of them")
                .help(format!("only the id tells them apart: write `{name}`"))
        }
        ErrorKind::ConstructorOfUnion { name, ty, other, first } => Text::new(
            format!("the constructor `{name}` is not the only one of `{ty}`"),
            "a constructor in the place of a type",
        )
        .other(*first, format!("`{other}` is another one"))
        .help(format!("write `{ty}`")),
        ErrorKind::EmptySection { kind, more } => {
            let name = match kind {
                SectionKind::Types => "types",
                SectionKind::Functions => "functions",
            };
            let text = Text::new(format!("this section of {name} is empty"), "the next heading follows at once");
            if *more > 0 { text.help(format!("{more} more sections of this file are empty too")) } else { text }
        }
        ErrorKind::IdMismatch { name, written, plain, telegram, original, more } => {
            let text =
                Text::new(format!("the id {written:08x} of `{name}` does not follow from its line"), "this id is used");
            let text = if plain == telegram {
                text.help(format!("{:08x} by both rules: {}", plain.0, plain.1))
            } else {
                text.help(format!("{:08x} by the plain rule: {}", plain.0, plain.1))
                    .help(format!("{:08x} by the Telegram rule: {}", telegram.0, telegram.1))
            };
            let text = match original {
                Some(line) => {
                    text.help(format!("{written:08x} is the id of what this seems to be copied from: {line}"))
                }
                None => text,
            };
            match more.as_slice() {
                [] => text,
                more => text.help(format!("{} more are copies too: {}", more.len(), more.join(", "))),
            }
            .help(format!("if the id is meant, put `{name}` on the list `allow_id_mismatch`"))
        }
        ErrorKind::NoFiniteValue { ty } => {
            Text::new(format!("every value of `{ty}` holds another one without an end"), "no value can be written")
                .help("make one of the fields conditional or a vector, or add a constructor that ends")
        }
        ErrorKind::LowerCaseType { name } => {
            Text::new(format!("the name of the type `{name}` begins with a small letter"), "a type")
                .help("small letters mean constructors; the type is used all the same")
        }
        ErrorKind::LowerCaseBool => Text::new("`bool` is not a type of TL", "taken as `Bool`").help("write `Bool`"),
        ErrorKind::FunctionAmongTypes { name } => {
            Text::new(format!("`{name}` is a function in a section of types"), "its result is a variable")
                .help("put it below a heading `---functions---`; it counts as a function here too")
        }
        ErrorKind::UnmatchedPattern { pattern, suggestion } => {
            Text::new(format!("`{pattern}` names nothing in the schema"), "").did_you_mean(suggestion.as_ref())
        }
    }
}
