//! Each rule is broken by one of its schemas and kept by the other.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use tlgen_lint::{Level, Levels, Lint, Linted, evolution, judge, lints, style};
use tlgen_model::{Options, load};
use tlgen_parser::diagnostic::{Code, Diagnostic};
use tlgen_parser::source::Sources;

/// The names of the rules that findings break, once each.
fn names(found: &[Diagnostic]) -> Vec<&'static str> {
    let codes: BTreeSet<Code> = found.iter().map(|found| found.code).collect();
    let name = |code: Code| lints().find(|lint| lint.rule.code == code).unwrap().rule.name;
    codes.into_iter().map(name).collect()
}

fn code(name: &str) -> Option<Code> {
    lints().map(|lint| &lint.rule).find(|rule| rule.name == name || rule.code.0 == name).map(|rule| rule.code)
}

/// Every finding, also of rules that are off.
fn all(text: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::new();
    let files = [sources.add("a.tl", text)];
    let loaded = load(&sources, &files, &Options::default());
    let schema = loaded.value.unwrap_or_else(|| panic!("{text}: {:?}", loaded.diagnostics));
    let linted = Linted { sources: &sources, files: &files, schema: &schema };
    let levels = lints().fold(Levels::default(), |levels, lint| levels.with(lint.rule.code, Level::Warn));
    judge(style(&linted), &linted, &levels, &code, &[])
}

fn changed(before: &str, after: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::new();
    let files = [sources.add("old.tl", before), sources.add("new.tl", after)];
    let read = |file| {
        let loaded = load(&sources, &[file], &Options::default());
        loaded.value.unwrap_or_else(|| panic!("{after}: {:?}", loaded.diagnostics))
    };
    let [old, new] = files.map(read);
    let linted = |schema, files| Linted { sources: &sources, files, schema };
    evolution(&linted(&old, &files[..1]), &linted(&new, &files[1..]))
}

/// Rules that an example breaks beside its own, because nobody can break the one without the other.
const ALSO: &[(&str, &str)] = &[
    ("evolution-bare-type-extended", "evolution-field-changed"),
    ("evolution-argument-not-masked", "evolution-field-without-mask"),
    ("evolution-argument-of-old-mask", "evolution-bit-taken-outside"),
];

#[test]
fn examples_break_their_rule() {
    for Lint { rule, before, breaks, keeps, .. } in lints() {
        let found = |text: &str| match before {
            Some(before) => changed(before, text),
            // Examples of one rule are not written out for the rules that are off.
            None => all(text),
        };
        let is_off = |name: &&str| {
            lints().any(|lint| lint.rule.name == *name && lint.level == Level::Allow && *name != rule.name)
        };
        let broken: Vec<_> = names(&found(breaks)).into_iter().filter(|name| !is_off(name)).collect();
        let also = ALSO.iter().filter(|(name, _)| *name == rule.name).map(|(_, also)| *also);
        let expected: BTreeSet<_> = also.chain([rule.name]).collect();
        assert_eq!(broken.into_iter().collect::<BTreeSet<_>>(), expected, "{breaks}");
        let kept: Vec<_> = names(&found(keeps)).into_iter().filter(|name| !is_off(name)).collect();
        assert_eq!(kept, [""; 0], "{}: {keeps}", rule.name);
    }
}

/// What changes no bytes: names of fields, of variables and of declarations that keep their id, layout and order of declarations.
#[test]
fn changes_of_names_are_none() {
    let before = "photo#00000001 {flags:#} id:long width:flags.0?int = Photo flags;\n\
                  user#00000002 mask:# id:int nick:mask.0?string photos:mask.1?Vector<(Photo mask)> _:3*[ x:int y:long ] = User;";
    for after in [
        "photo#00000001 {flags:#} key:long w:flags.0?int = Photo flags;\n\
         user#00000002 flags:# id:int name:flags.0?string photos:flags.1?Vector<(Photo flags)> _:3*[ a:int b:long ] = User;",
        "person#00000002 mask:# id:int nick:mask.0?string photos:mask.1?(Vector (Photo mask)) _:3*[ x:int y:long ] = User;\n\
         picture#00000001 {m:#} id:long width:m.0?int = Photo m;",
    ] {
        assert_eq!(names(&changed(before, after)), [""; 0], "{after}");
    }
}

/// The kind of fault: declarations that are not told by their names, as default constructors are not.
#[test]
fn a_schema_keeps_all_rules_against_itself() {
    let default = "_ x:int = A; _ y:long = B; _ z:string = C; a x:int = D; b x:int = D;";
    assert_eq!(names(&changed(default, default)), [""; 0]);
    let other_order = "b x:int = D; _ z:string = C; _ y:long = B; a x:int = D; _ x:int = A;";
    assert_eq!(names(&changed(default, other_order)), [""; 0]);
    let without = "_ x:int = A; _ z:string = C; a x:int = D; b x:int = D;";
    assert_eq!(names(&changed(without, default)), [""; 0], "a type may be added");
}

/// The kind: where a word and its fields are. A word may come from outside, a field may be one of a repeated record.
#[test]
fn bits_of_all_fields_count() {
    let many = |word: &str, count: u32| (0..count).map(|bit| format!(" b{bit}:{word}.{bit}?true")).collect::<String>();
    let last = &["evolution-last-bit"][..];
    let taken = &["evolution-bit-taken"][..];
    let outside = &["evolution-bit-taken-outside"][..];
    let record = "user#00000001 flags:# n:# list:n*[ x:flags.0?int y:int ]";
    let inner = "photo#00000002 {flags:#} n:# list:n*[ x:flags.4?int ]";
    let user = "user#00000001 flags:# photo:(Photo flags)";
    for (before, after, broken) in [
        (
            format!("a#00000001 {{m:#}}{} = A m;", many("m", 31)),
            format!("a#00000001 {{m:#}}{} = A m;", many("m", 32)),
            last,
        ),
        (
            format!("a#00000001 {{m:#}}{} = A m;", many("m", 31)),
            format!("a#00000001 {{m:#}}{} next:m.31?# c:next.0?int = A m;", many("m", 31)),
            &[][..],
        ),
        (
            format!("a#00000001 m:# n:#{} list:n*[ x:m.30?int ] = A;", many("m", 30)),
            format!("a#00000001 m:# n:#{} list:n*[ x:m.30?int ] z:m.31?int = A;", many("m", 30)),
            last,
        ),
        (format!("{record} = User;"), format!("{record} z:flags.0?int = User;"), taken),
        (format!("{record} = User;"), format!("{record} z:flags.1?int = User;"), &[]),
        (
            format!("{inner} = Photo flags;\n{user} = User;"),
            format!("{inner} = Photo flags;\n{user} z:flags.4?int = User;"),
            outside,
        ),
        (
            format!("{inner} = Photo flags;\n{user} = User;"),
            format!("{inner} = Photo flags;\n{user} z:flags.5?int = User;"),
            &[],
        ),
    ] {
        assert_eq!(names(&changed(&before, &after)), broken, "{before}\n{after}");
    }
}

/// The kind of fault: two changes at once, of which one hides the other.
#[test]
fn each_change_is_found() {
    let before = "user#00000001 flags:# id:int name:string nick:flags.0?string = User;";
    for (after, broken) in [
        ("user#00000001 flags:# name:string id:int nick:flags.0?string = User;", &["evolution-field-changed"][..]),
        (
            "user#00000001 flags:# id:long nick:flags.1?string = User;",
            &["evolution-bit-changed", "evolution-field-removed", "evolution-field-changed"],
        ),
        (
            "user#00000002 flags:# id:int title:string age:int nick:flags.0?string = User;",
            &["evolution-field-without-mask", "evolution-id-changed"],
        ),
        (
            "user#00000001 id:int name:string nick:string = User;",
            &["evolution-mask-removed", "evolution-field-changed"],
        ),
        (
            "user#00000001 flags:# id:int name:string nick:flags.0?string = Person;\nother#00000002 = User;",
            &["evolution-result-changed"],
        ),
        (
            "user#00000001 flags:# id:int name:string nick:flags.0?string x:3*[int] = User;",
            &["evolution-field-without-mask"],
        ),
    ] {
        assert_eq!(names(&changed(before, after)), broken, "{after}");
    }
    let record = "list#00000001 flags:# n:# items:n*[ id:int name:flags.0?string ] = List;";
    let after = record.replace("flags.0", "flags.1");
    assert_eq!(names(&changed(record, &after)), ["evolution-field-changed"]);
    let wide = "a#00000001 {t:Type} x:t = A t;\nb#00000002 x:(A int) = B;";
    assert_eq!(names(&changed(wide, &wide.replace("(A int)", "(A long)"))), ["evolution-field-changed"]);
}

fn told(text: &str, levels: &Levels) -> Vec<(&'static str, bool)> {
    let mut sources = Sources::new();
    let files = [sources.add("a.tl", text)];
    let loaded = load(&sources, &files, &Options::default());
    let schema = loaded.value.unwrap();
    let linted = Linted { sources: &sources, files: &files, schema: &schema };
    let findings = [loaded.diagnostics, style(&linted)].concat();
    let known =
        |name: &str| code(name).or_else(|| tlgen_model::rules().find(|rule| rule.name == name).map(|rule| rule.code));
    let found = judge(findings, &linted, levels, &known, &[Code("TL0121")]);
    let name = |code: Code| {
        let model = tlgen_model::rules().find(|rule| rule.code == code).map(|rule| rule.name);
        model.or_else(|| lints().map(|lint| &lint.rule).find(|rule| rule.code == code).map(|rule| rule.name)).unwrap()
    };
    found.iter().map(|found| (name(found.code), found.is_error())).collect()
}

#[test]
fn comments_allow_rules_at_a_declaration() {
    let levels = Levels::default()
        .with(code("field-case").unwrap(), Level::Deny)
        .with(code("undocumented").unwrap(), Level::Warn);
    let found = |text: &str| told(text, &levels);
    let nothing: [(&str, bool); 0] = [];
    let text = "// A user.\n// tlgen: allow(field-case) as on the wire\nuser theId:int = User;";
    assert_eq!(found(text), nothing);
    assert_eq!(found("// A user.\nuser theId:int = User; // tlgen: allow(TL0703): so it is"), nothing);
    assert_eq!(
        found("// A user.\nuser // tlgen: allow(field-case, unused-type) so it is\n  theId:int = User;"),
        [("unused-allow", false)]
    );
    // Another declaration is not meant, nor is one after an empty line.
    assert_eq!(found(&format!("{text}\n// B.\nb theId:int = B;")), [("field-case", true)]);
    let far = found("// tlgen: allow(field-case) no\n\n// A user.\nuser theId:int = User;");
    assert_eq!(far, [("field-case", true), ("bad-directive", false), ("unused-allow", false)]);
    // A comment for tlgen is no description.
    assert_eq!(found("// tlgen: reserve(flags.1) old\nuser flags:# id:flags.0?int = User;"), [("undocumented", false)]);
    assert_eq!(found("// A.\n// tlgen: allow(field-case)\nuser theId:int = User;"), [("allow-without-reason", false)]);
    assert_eq!(found("// A.\n// tlgen: allow(no-such) x\nuser id:int = User;"), [("bad-directive", false)]);
    for bad in
        ["allow", "allow()", "allow field-case", "deny(field-case) x", "reserve(flags) x", "reserve(flags.32) x", ""]
    {
        assert_eq!(found(&format!("// A.\n// tlgen: {bad}\nuser id:int = User;")), [("bad-directive", false)], "{bad}");
    }
}

/// Warnings of other stages have levels, too, and comments allow them; their errors stay errors.
#[test]
fn warnings_of_other_stages() {
    let mismatch = tlgen_model::rules().find(|rule| rule.name == "id-mismatch").unwrap().code;
    let text = "user#00000001 id:int = User;";
    assert_eq!(told(text, &Levels::default()), [("id-mismatch", false)]);
    assert_eq!(told(text, &Levels::default().with(mismatch, Level::Deny)), [("id-mismatch", true)]);
    assert_eq!(told(text, &Levels::default().with(mismatch, Level::Allow)), []);
    assert_eq!(told(&format!("// tlgen: allow(id-mismatch) by hand\n{text}"), &Levels::default()), []);
    let right = "// tlgen: allow(id-mismatch) by hand\nuser id:int = User;";
    assert_eq!(told(right, &Levels::default()), [("unused-allow", false)]);
}

/// No schema of the corpus differs from itself, and the rules of style that are on say little about it.
#[test]
fn the_corpus() {
    let Some(root) = tl_corpus::folder() else { return };
    let mut open = vec![root.join("schemas")];
    let mut count = 0;
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            if path.extension().is_none_or(|ending| ending != "tl") {
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let mut sources = Sources::new();
            let files = [sources.add(path.display().to_string(), text)];
            let Some(schema) = load(&sources, &files, &Options::default()).value else { continue };
            let linted = Linted { sources: &sources, files: &files, schema: &schema };
            assert_eq!(names(&evolution(&linted, &linted)), [""; 0], "{}", path.display());
            let found = judge(style(&linted), &linted, &Levels::default(), &code, &[]);
            assert!(found.len() <= 20, "{}: {:?}", path.display(), names(&found));
            count += 1;
        }
    }
    assert!(count > 50, "{count}");
}
