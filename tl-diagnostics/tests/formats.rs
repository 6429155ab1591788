//! What programs read: GitHub, SARIF and JUnit.
//!
//! The kind of fault is a text of a schema that ends a field of the form or changes how its reader is shown the rest.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use insta::assert_snapshot;
use serde_json::Value;
use tlgen_diagnostics::{JsonWriter, github, junit, sarif};
use tlgen_parser::diagnostic::{Code, Diagnostic, Example, Rule, Severity};
use tlgen_parser::source::{FileIdx, Location, Sources, Span};

fn at(file: u32, start: u32, end: u32) -> Location {
    Location { file: FileIdx(file), span: Span::new(start, end) }
}

static UNDECLARED: Rule = Rule {
    code: Code("TL0103"),
    name: "undeclared-type",
    severity: Severity::Error,
    example: Example::None("none"),
    explanation: "A type is not declared.\n\nDeclare it.",
};

fn rule(code: Code) -> Option<&'static Rule> {
    (code == UNDECLARED.code).then_some(&UNDECLARED)
}

/// Two files with diagnostics, one without, and one diagnostic without a location.
fn example() -> (Vec<Diagnostic>, Sources) {
    let mut sources = Sources::new();
    sources.add("schema/api.tl", "// жук\nuser id:lnog = User;\nuser id:int = User;\n");
    sources.add("schema/good.tl", "a = A;\n");
    sources.add("schema/old.tl", "b x:#\n  = B;\n");
    let nowhere = Diagnostic {
        code: Code("TL0203"),
        severity: Severity::Error,
        message: "the option `only` names nothing".to_owned(),
        primary: None,
        secondary: Vec::new(),
        help: Vec::new(),
    };
    let found = vec![
        nowhere,
        Diagnostic::warning(Code("TL0143"), "an id is a guess", at(2, 0, 12), ""),
        Diagnostic::error(Code("TL0101"), "`user` is declared twice", at(0, 31, 35), "again")
            .with_secondary(at(0, 10, 14), "first declared here"),
        Diagnostic::error(Code("TL0103"), "the type `lnog` is not declared", at(0, 18, 22), "not declared")
            .with_help("did you mean `long`?"),
    ];
    (found, sources)
}

/// Texts that mean something to a reader of one of the forms.
fn hostile() -> (Vec<Diagnostic>, Sources) {
    let mut sources = Sources::new();
    sources.add("a,b:c%0A<&\">.tl", "a \u{1b}[2J\u{202e}]]> = A;\n");
    let message = "::error::\r\n</failure> ]]> & \"quoted\" 50% \u{1b}[2J \u{202e}reversed \u{85} \u{fffe}";
    (vec![Diagnostic::error(Code("TL0001"), message, at(0, 2, 9), "\u{2066}label")], sources)
}

#[test]
fn of_github() {
    let (found, sources) = example();
    assert_snapshot!(github(&found, &sources));
    assert_eq!(github(&[], &sources), "");
}

/// The same with the keys of objects in their order, which another package may ask the reader of JSON to keep as they came.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            Value::Object(fields.into_iter().collect())
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

#[test]
fn of_sarif() {
    let (found, sources) = example();
    let document: Value = serde_json::from_str(&sarif(&found, &sources, &rule)).unwrap();
    assert_snapshot!(serde_json::to_string_pretty(&sorted(&document)).unwrap());
    let empty: Value = serde_json::from_str(&sarif(&[], &sources, &rule)).unwrap();
    assert_eq!(empty["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn of_junit() {
    let (found, sources) = example();
    assert_snapshot!(junit(&found, &sources));
    assert!(junit(&[], &sources).contains("tests=\"3\" failures=\"0\""));
}

#[test]
fn texts_of_a_schema_end_no_command() {
    let (found, sources) = hostile();
    let text = github(&found, &sources);
    assert_eq!(text.matches('\n').count(), 1, "{text}");
    assert!(text.starts_with("::error file=a%2Cb%3Ac%250A<&\">.tl,line=1,col=3,"), "{text}");
    assert!(text.contains("::%0D%0A</failure>") || text.contains("%0A</failure>"), "{text}");
}

#[test]
fn texts_of_a_schema_end_no_element() {
    use quick_xml::{Reader, events::Event};

    let (found, sources) = hostile();
    let text = junit(&found, &sources);
    let mut reader = Reader::from_str(&text);
    let (mut elements, mut depth) = (0, 0);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(_) => (elements, depth) = (elements + 1, depth + 1),
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((elements, depth), (4, 0), "{text}");
}

/// Marks of direction and control characters never reach whoever looks at the output.
#[test]
fn nothing_invisible_is_left() {
    let (found, sources) = hostile();
    let json = JsonWriter::new(&sources).line(&found[0]);
    let forms = [json.clone(), github(&found, &sources), sarif(&found, &sources, &rule), junit(&found, &sources)];
    for form in &forms {
        let is_harmful = |c: char| c != '\n' && (c.is_control() || tlgen_parser::invisible::is_direction(c));
        assert!(!form.contains(is_harmful), "{form:?}");
    }
    // JSON keeps them, as escapes.
    let object: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(object["message"], found[0].message);
    assert!(json.contains("\\u202ereversed \\u0085"), "{json}");
}
