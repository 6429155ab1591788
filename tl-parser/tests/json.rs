//! The JSON form of schemas.
#![allow(clippy::unwrap_used)]

use tlgen_parser::ast::Schema;
use tlgen_parser::json::{JsonError, to_tl};
use tlgen_parser::{id, json, parse};

const TL: &str = "boolFalse#bc799737 = Bool;\n\
                  vector#1cb5c415 {t:Type} # [ t ] = Vector t;\n\
                  ===8===\n\
                  user#d23c81a3 flags:# id:long name:flags.0?string tags:Vector<string> = User;\n\
                  ---functions---\n\
                  ===9===\n\
                  invokeAfterMsg#cb9f372d {X:Type} msg_id:long query:!X = X;\n";

/// Without combinators that declare builtin types.
fn from_schema(schema: &Schema<'_>) -> Result<String, Vec<JsonError>> {
    json::from_schema(schema, |_| false)
}

#[test]
fn there_and_back() {
    let json = from_schema(&parse(TL).into_result().unwrap()).unwrap();
    assert_eq!(
        json,
        r##"{
  "constructors": [
    {"id": "-1132882121", "predicate": "boolFalse", "params": [], "type": "Bool"},
    {"id": "481674261", "predicate": "vector", "params": [], "type": "Vector t"},
    {"id": "-767786589", "predicate": "user", "params": [{"name": "flags", "type": "#"}, {"name": "id", "type": "long"}, {"name": "name", "type": "flags.0?string"}, {"name": "tags", "type": "Vector<string>"}], "type": "User", "layer": 8}
  ],
  "methods": [
    {"id": "-878758099", "method": "invokeAfterMsg", "params": [{"name": "msg_id", "type": "long"}, {"name": "query", "type": "!X"}], "type": "X", "layer": 9}
  ]
}
"##
    );
    assert_eq!(to_tl(&json).unwrap(), TL);
    assert_eq!(
        from_schema(&parse("").into_result().unwrap()).unwrap(),
        "{\n  \"constructors\": [],\n  \"methods\": []\n}\n"
    );
}

#[test]
fn an_id_that_is_not_written_is_computed() {
    let json = from_schema(&parse("boolTrue = Bool;\nint ? = Int;\n").into_result().unwrap()).unwrap();
    assert_eq!(to_tl(&json).unwrap(), "boolTrue#997275b5 = Bool;\n");
}

#[test]
fn what_is_builtin_is_said_by_the_caller() {
    let text = "int128 4*[ int ] = Int128;\npoint = Point;\n---functions---\nint128 = Point;\n";
    let schema = parse(text).into_result().unwrap();
    let json = json::from_schema(&schema, |found| found.name.is_some_and(|name| name.text == "int128")).unwrap();
    assert_eq!(to_tl(&json).unwrap().matches('=').count(), 2, "{json}");
    assert_eq!(from_schema(&schema).unwrap_err().len(), 1);
}

/// The kind of fault: a function by its `=>` is taken for what its section says.
#[test]
fn a_double_arrow_makes_a_method_in_any_section() {
    let json = |text| from_schema(&parse(text).into_result().unwrap()).unwrap();
    let among_types = json("pine#1 = Tree;\n@read oldest#2 => Tree;\n");
    assert_eq!(to_tl(&among_types).unwrap(), "pine#00000001 = Tree;\n---functions---\noldest#00000002 = Tree;\n");
    assert_eq!(among_types, json("pine#1 = Tree;\n---functions---\noldest#2 => Tree;\n"));
}

#[test]
fn what_has_no_json_form() {
    for (text, place) in [
        ("a {n:#} x:int = A n;", "n"),
        ("a {t:Type} x:t = A t;", "t"),
        ("a int = A;", "int"),
        ("a n:# x:n*[ int ] = A;", "x:n*[ int ]"),
    ] {
        let errors = from_schema(&parse(text).into_result().unwrap()).unwrap_err();
        assert_eq!(errors.len(), 1, "{text}");
        assert_eq!(&text[errors[0].span.range()], place);
    }
}

#[test]
fn ids_as_numbers_and_texts_signed_or_not() {
    for id in ["-1720552011", "\"-1720552011\"", "2574415285", "\"2574415285\""] {
        let json = format!(r#"{{"constructors":[{{"id":{id},"predicate":"boolTrue","params":[],"type":"Bool"}}]}}"#);
        assert_eq!(to_tl(&json).unwrap(), "boolTrue#997275b5 = Bool;\n");
    }
}

#[test]
fn escapes() {
    let json =
        "\u{feff}{\"x\\ud83d\\ude00\\n\": [true, null, -1.5e3, {}, []],\n \"methods\": [{\"method\": \"\\u0061\\/\"}]}";
    assert_eq!(to_tl(json).unwrap_err().message, "`method` is no name or type of TL");
    let json = r#"{"methods": [{"method": "\u0061b\u0063", "type": "A"}]}"#;
    assert_eq!(to_tl(json).unwrap(), "---functions---\nabc = A;\n");
}

#[test]
fn mistakes_have_a_place() {
    let cases = [
        ("", "", "expected a JSON value and found the end of the file"),
        ("[]", "[]", "expected an object with `constructors` and `methods`"),
        ("{} x", "x", "expected the end of the file and found `x`"),
        (r#"{"methods": 1}"#, "1", "`methods` is not a list"),
        (r#"{"methods": [1]}"#, "1", "`method` is missing"),
        (r#"{"methods": [{"method": 2}]}"#, "2", "`method` is not a text"),
        (r#"{"methods": [{"method": "a;b", "type": "A"}]}"#, "\"a;b\"", "`method` is no name or type of TL"),
        (r#"{"methods": [{"method": "a", "type": ""}]}"#, "\"\"", "`type` is no name or type of TL"),
        (r#"{"methods": [{"method": "a", "type": "A", "id": "x"}]}"#, "\"x\"", "an id is a decimal number of 32 bits"),
        (
            r#"{"methods": [{"method": "a", "type": "A", "id": 4294967296}]}"#,
            "4294967296",
            "an id is a decimal number of 32 bits",
        ),
        (r#"{"methods": [{"method": "a", "type": "A", "layer": null}]}"#, "null", "a layer is a number"),
        (r#"{"methods" []}"#, "[", "expected `:` and found `[`"),
        (r#"{"methods": [1 2]}"#, "2", "expected `,` or `]` and found `2`"),
        (r#"{"methods": [}"#, "}", "expected a JSON value and found `}`"),
        (r#"{"methods": "a}"#, "\"", "a text has no closing quote"),
        (r#"{"a": "\q"}"#, "\\q", "a backslash is followed by no escape"),
        (r#"{"a": "\ud83d"}"#, "\\ud83d", "a backslash is followed by no escape"),
        (r#"{methods: []}"#, "m", "expected a key in quotes and found `m`"),
    ];
    for (text, place, message) in cases {
        let error = to_tl(text).unwrap_err();
        assert_eq!((&text[error.span.range()], error.message.as_str()), (place, message), "{text}");
    }
    let deep = format!("{{\"a\": {}", "[".repeat(100_000));
    assert_eq!(to_tl(&deep).unwrap_err().message, "the JSON nests more than 64 levels deep");
}

#[test]
fn no_text_makes_it_panic() {
    let json = r##"{"constructors": [{"id": "1", "predicate": "a", "params": [{"name": "é\u00e9", "type": "#"}], "type": "A"}]}"##;
    for at in 0..json.len() {
        for replacement in ["", "\"", "\\", "é", "[", "}", "\\u12"] {
            if let (Some(before), Some(after)) = (json.get(..at), json.get(at + 1..))
                && let Ok(text) = to_tl(&format!("{before}{replacement}{after}"))
            {
                let _ = parse(&text);
            }
        }
    }
}

/// Every JSON schema of the corpus, if `TL_CORPUS` names it: each entry becomes a declaration, and nothing is lost on
/// the way back.
#[test]
fn corpus() {
    let Some(corpus) = tl_corpus::folder() else { return };
    for (file, declarations) in
        [("kotlogram-tl-schema-66.json", 765), ("mt-node-mtproto.json", 45), ("telegramapi-secretschema.json", 55)]
    {
        let json = std::fs::read_to_string(corpus.join("schemas/json").join(file)).unwrap();
        let text = to_tl(&json).unwrap();
        let schema = parse(&text).into_result().unwrap();
        assert_eq!(schema.declarations().count(), declarations, "{file}");
        let again = to_tl(&from_schema(&schema).unwrap()).unwrap();
        assert_eq!(again, text, "{file}");
    }
}

/// A layer in TL and the same in JSON have the same ids.
#[test]
fn a_whole_layer() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let text = std::fs::read_to_string(corpus.join("schemas/telegram/api-layer-228.tl")).unwrap();
    let schema = parse(&text).into_result().unwrap();
    let converted = to_tl(&from_schema(&schema).unwrap()).unwrap();
    let back = parse(&converted).into_result().unwrap();
    let ids = |schema: &tlgen_parser::ast::Schema<'_>| -> Vec<Option<u32>> {
        schema.declarations().map(|(_, declaration)| id::compute(declaration, id::IdRule::Telegram)).collect()
    };
    assert_eq!(ids(&schema), ids(&back));
}
