//! `tlgen diff` and `tlgen git-diff`.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{Run, Sandbox, git};
use insta::assert_snapshot;
use serde_json::Value;

const OLD: &str = "\
// A person.
user#00000001 flags:# id:int name:string phone:flags.0?string = User;
userEmpty#00000002 id:int = User;
chat#00000003 id:int members:Vector<User> = Chat;
peer#00000004 user_id:int = Peer;
---functions---
users.get#00000010 ids:Vector<int> = Vector<User>;
users.block#00000011 id:int = Bool;
chats.get#00000012 id:int = Chat;
// LAYER 1
";

const NEW: &str = "\
// Somebody.
user#00000021 flags:# bot:flags.1?true id:long name:string phone:flags.0?string photo:flags.2?Photo = User;
userEmpty#00000022 id:long = User;
chat#00000023 id:long members:Vector<User> = Chat;
peer#00000004 flags:# user_id:int = Peer;
photo#00000025 url:string = Photo;
---functions---
users.get#00000030 ids:Vector<long> = Vector<User>;
chats.get#00000032 id:long = Chat;
chats.leave#00000033 id:long = Bool;
// LAYER 2
";

fn sandbox() -> Sandbox {
    Sandbox::new(&[("old.tl", OLD), ("new.tl", NEW)])
}

#[test]
fn for_people() {
    let sandbox = sandbox();
    assert_snapshot!(sandbox.run("diff old.tl new.tl"));
    assert_snapshot!("proofs", sandbox.run("diff old.tl new.tl --proofs"));
    assert_eq!(sandbox.run("diff old.tl old.tl").out, "");
    let colored = sandbox.run("diff old.tl new.tl --color always").out;
    assert!(colored.contains("\x1b[31m- users.block#00000011 id:int = Bool\x1b[0m"), "{colored}");
}

#[test]
fn for_a_pull_request() {
    assert_snapshot!(sandbox().run("diff old.tl new.tl --format markdown"));
}

/// What is written has the form that is published.
#[test]
fn for_programs() {
    let sandbox = sandbox();
    let schema: Value = serde_json::from_str(&sandbox.run("diff --json-schema").out).unwrap();
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.add_resource("urn:tlgen:diff:1", schema).unwrap();
    let index = compiler.compile("urn:tlgen:diff:1", &mut schemas).unwrap();
    sandbox.write("app.rs", "fn f(user: tl::types::User) {}");
    for args in [
        "old.tl new.tl",
        "new.tl old.tl",
        "old.tl old.tl",
        "old.tl new.tl --uses app.rs",
        "old.tl new.tl --only users.*",
    ] {
        let run = sandbox.run(&format!("diff {args} --format json"));
        let value: Value = serde_json::from_str(&run.out).unwrap();
        schemas.validate(&value, index).unwrap_or_else(|error| panic!("{args}: {error:#}"));
    }
    let text = sandbox.run("diff old.tl new.tl --format json").out;
    let value: Value = serde_json::from_str(&text).unwrap();
    let change = value["changes"].as_array().unwrap().iter().find(|change| change["name"] == "peer").unwrap();
    assert_snapshot!(serde_json::to_string_pretty(change).unwrap());
    // A key that is not published is refused, so the form is really compared.
    let unknown: Value = serde_json::from_str(&text.replace("\"stories\"", "\"stores\"")).unwrap();
    assert!(schemas.validate(&unknown, index).is_err());
}

#[test]
fn for_ci() {
    let sandbox = sandbox();
    for format in ["sarif", "github", "junit"] {
        let run = sandbox.run(&format!("diff old.tl new.tl --fail-on wire --format {format}"));
        let out = run.out.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        assert_snapshot!(format!("ci_{format}"), out);
        assert_eq!(run.code, 1);
    }
}

/// Red, green when all is approved, and red again when a change is another one.
#[test]
fn approvals() {
    let sandbox = sandbox();
    let judged = |run: Run| (run.code, run.err.lines().last().unwrap_or_default().to_owned());
    let red = |count: usize| (1, format!("error: {count} changes that nobody has approved"));
    assert_eq!(judged(sandbox.run("diff old.tl new.tl --fail-on wire")), red(8));
    assert_eq!(judged(sandbox.run("diff old.tl new.tl --fail-on any")), red(9));
    assert_eq!(judged(sandbox.run("diff old.tl new.tl")), (0, String::new()));
    assert_eq!(judged(sandbox.run("diff old.tl new.tl --fail-on wire --approve planned")), (0, String::new()));
    assert_snapshot!(sandbox.read("tlgen-approved.toml"));
    assert_eq!(judged(sandbox.run("diff old.tl new.tl --fail-on wire")), (0, String::new()));
    // What is left out by `--only` is approved all the same.
    assert_eq!(judged(sandbox.run("diff old.tl new.tl --only users.block")), (0, String::new()));
    // The order and the layout of the schemas make no difference.
    let (types, functions) = NEW.split_once("---functions---\n").unwrap();
    let types: Vec<&str> = types.lines().collect();
    let head = format!("{}\n{}", types[0], types[1].replace(' ', "\n  "));
    let rest: Vec<&str> = types[2..].iter().rev().copied().collect();
    sandbox.write("new.tl", &format!("{}\n{head}\n---functions---\n{functions}", rest.join("\n")));
    assert_eq!(judged(sandbox.run("diff old.tl new.tl --fail-on wire")), (0, String::new()));
    // Approved changes are known to code scanning, and ask nobody for anything.
    let sarif: Value = serde_json::from_str(&sandbox.run("diff old.tl new.tl --format sarif").out).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let closed = results.iter().filter(|result| result["suppressions"][0]["justification"] == "planned");
    assert_eq!(closed.count(), 8);
    assert!(!sandbox.run("diff old.tl new.tl --format github --fail-on wire").out.contains("::error"));
    sandbox.write("new.tl", &NEW.replace("chats.leave#00000033 id:long", "chats.leave#00000034 id:long reason:string"));
    let changed = sandbox.run("diff old.tl new.tl --fail-on wire");
    assert_eq!(changed.code, 1);
    assert_snapshot!("approvals_that_match_nothing", changed.err);
}

#[test]
fn files_of_approvals_may_be_wrong() {
    let sandbox = sandbox();
    for (text, message) in [
        ("[[approved]]\nchange = \"x\"\n", "missing field `reason`"),
        ("[[approved]]\nchange = \"x\"\nreason = \" \"\n", "a reason is missing"),
        ("[[approve]]\n", "unknown field `approve`"),
        ("nonsense", "error[TL0672]"),
    ] {
        sandbox.write("tlgen-approved.toml", text);
        let run = sandbox.run("diff old.tl new.tl");
        assert_eq!(run.code, 1, "{run}");
        assert!(run.err.contains(message) && run.err.contains("tlgen-approved.toml:"), "{run}");
    }
    assert_eq!(sandbox.run("diff old.tl new.tl --approved missing.toml").code, 2);
}

#[test]
fn what_concerns_me() {
    let sandbox = sandbox();
    let names = |args: &str| -> Vec<String> {
        let run = sandbox.run(&format!("diff old.tl new.tl --format json {args}"));
        let value: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{run}"));
        let concern = |change: &Value| change["concern"].as_str().map(|word| format!(" {word}")).unwrap_or_default();
        let changes = value["changes"].as_array().unwrap().iter();
        changes.map(|change| format!("{}{}", change["name"].as_str().unwrap(), concern(change))).collect()
    };
    assert_eq!(names("--only users.block"), ["users.block"]);
    assert_eq!(names("--only chats.leave,peer"), ["peer", "chats.leave"]);
    assert_eq!(names("--only users.get"), ["photo", "user", "userEmpty", "users.get"]);
    sandbox.write(
        "src/main.rs",
        "use tl::functions::users as u;\nmod inner { use tl::types::{self, Peer as P}; }\nfn f() { send(u::Block { id: 1 }); }",
    );
    sandbox.write("src/more.rs", "fn g() { client.chats().get(1); }");
    let used = [
        "peer named",
        "chats.get named",
        "users.block named",
        "chat reached",
        "photo reached",
        "user reached",
        "userEmpty reached",
        "chats.leave elsewhere",
        "users.get elsewhere",
    ];
    assert_eq!(names("--uses src"), used);
    let wrong = sandbox.run("diff old.tl new.tl --only nothing");
    assert!(wrong.code == 1 && wrong.err.contains("`nothing` names nothing"), "{wrong}");
    sandbox.write("src/bad.rs", "fn {");
    assert!(sandbox.run("diff old.tl new.tl --uses src").err.contains("is no Rust"));
}

/// Errors and callers are known from metadata, also those of a function that is declared as before.
#[test]
fn errors_and_callers() {
    let sandbox = sandbox();
    sandbox.write(
        "old.toml",
        "[functions.\"users.block\"]\nusable_by = \"users\"\nerrors = [{ code = 400, name = \"USER_ID_INVALID\" }]\n",
    );
    sandbox.write(
        "new.toml",
        "[functions.\"users.block\"]\nusable_by = \"users and bots\"\nerrors = [{ code = 400, name = \"USER_ADMIN\" }]\n",
    );
    let run = sandbox.run("diff old.tl old.tl --old-meta old.toml --new-meta new.toml --proofs");
    assert_snapshot!(run);
    let fails = |what: &str| {
        sandbox.run(&format!("diff old.tl old.tl --old-meta old.toml --new-meta new.toml --fail-on {what}")).code
    };
    assert_eq!((fails("api"), fails("any")), (0, 1));
    assert_eq!(sandbox.run("diff old.tl old.tl --old-meta old.toml --new-meta old.toml").out, "");
    assert_eq!(sandbox.run("diff old.tl old.tl --old-meta old.toml").code, 2);
}

#[test]
fn calls_that_are_wrong() {
    let sandbox = sandbox();
    for (args, message) in [
        ("diff old.tl", "two schemas are compared, and 1 given"),
        ("diff old.tl new.tl old.tl", "and 3 given"),
        ("diff - -", "standard input"),
        ("diff --old old.tl", "--new"),
        ("diff old.tl new.tl --approve because", "--fail-on"),
        ("diff --git v1", "<OLD NEW>"),
    ] {
        let run = sandbox.run(args);
        assert!(run.code == 2 && run.err.contains(message), "{run}");
    }
    sandbox.write("bad.tl", "a x:Unknown = A;");
    assert!(sandbox.run("diff old.tl bad.tl").err.contains("error[TL"));
    let piped = sandbox.pipe("diff old.tl - --format json", NEW);
    assert_eq!(piped.out, sandbox.run("diff old.tl new.tl --format json").out);
}

/// Several files of a side, and the layers of a file.
#[test]
fn sides() {
    let sandbox = sandbox();
    let (types, functions) = NEW.split_once("---functions---\n").unwrap();
    sandbox.write("new/a.tl", types);
    sandbox.write("new/b.tl", &format!("---functions---\n{functions}"));
    let whole = sandbox.run("diff old.tl new.tl --format json").out;
    assert_eq!(sandbox.run("diff old.tl new --format json").out, whole);
    assert_eq!(sandbox.run("diff --old old.tl --new new/a.tl --new new/b.tl --format json").out, whole);
    sandbox.write("layers.tl", "===1===\na#00000001 = A;\n===2===\na#00000002 x:int = A;\n");
    let run = sandbox.run("diff layers.tl layers.tl --old-layer 1 --new-layer 2");
    assert!(run.out.contains("~ a  #00000001 -> #00000002  = A"), "{run}");
    sandbox.write("new.json", &sandbox.run("convert new.tl --to json").out);
    assert_eq!(sandbox.run("diff new.tl new.json --fail-on wire").code, 0);
}

/// The options of the code that the new schema becomes decide what is said about Rust, also those that name what one side lacks.
#[test]
fn options_of_the_configuration() {
    let sandbox = sandbox();
    let rust = |args: &str| -> Vec<String> {
        let run = sandbox.run(&format!("diff {args} --format json"));
        let value: Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{run}"));
        assert_eq!(value["no_rust"], Value::Null, "{run}");
        let changes = value["changes"].as_array().unwrap().iter();
        let broken = changes.filter(|change| change["verdicts"]["rust"]["level"] != "none");
        broken.map(|change| change["name"].as_str().unwrap().to_owned()).collect()
    };
    let all = ["chat", "peer", "photo", "user", "userEmpty", "chats.get", "chats.leave", "users.block", "users.get"];
    assert_eq!(rust("old.tl new.tl"), all);
    let config = |schema: &str| format!("[output]\ndir = \"src/api\"\n\n[[schema]]\nname = \"api\"\n{schema}");
    let some = "only = [\"users.block\", \"chats.leave\"]\nrename = { peer = \"Friend\", photo = \"Picture\" }\n";
    // The old schema does not know `photo` and `chats.leave`, and the new one does not know `users.block`.
    sandbox.write(
        "tlgen.toml",
        &config(&format!("files = [\"new.tl\"]\n{}", some.replace("[\"users.block\"", "[\"users.*\""))),
    );
    assert_eq!(rust("old.tl new.tl"), ["photo", "user", "userEmpty", "chats.leave", "users.block", "users.get"]);
    sandbox.write("tlgen.toml", &config("files = [\"new.tl\"]\nonly = [\"users.block\", \"chats.leave\"]\n"));
    assert_eq!(rust("old.tl new.tl"), ["chats.leave", "users.block"]);
    // Another schema has other options.
    sandbox.write("tlgen.toml", &config("files = [\"other.tl\"]\nonly = [\"users.block\"]\n"));
    assert_eq!(rust("old.tl new.tl"), all);
    sandbox.write("tlgen.toml", "[output");
    assert_eq!(sandbox.run("diff old.tl new.tl").code, 1);
}

/// The same two files get the same verdicts from `diff`, `git-diff` and `changelog`, whatever `tlgen.toml` says.
#[test]
fn one_comparison_for_all_commands() {
    let config = |schema: &str| format!("[output]\ndir = \"src\"\n\n[[schema]]\nname = \"api\"\n{schema}");
    // The rules for ids read `bytes` in two ways.
    let old = "user data:bytes = User;\n---functions---\nget {X:Type} x:!X = X;\n// LAYER 1\n";
    let new = "user data:bytes id:int = User;\n---functions---\nget {X:Type} x:!X y:int = X;\n// LAYER 2\n";
    for said in [
        String::new(),
        config("files = [\"new.tl\"]\nid_rule = \"telegram\"\n"),
        config("files = [\"new.tl\"]\nid_rule = \"plain\"\n"),
        config("files = [\"new.tl\"]\nid_rule = \"telegram\"\nskip = [\"user\"]\n"),
        config("files = [\"new.tl\"]\nolder = [\"old.tl\"]\nonly = [\"get\"]\n"),
        config("files = [\"new.tl\"]\nrename = { user = \"Person\" }\n"),
        config("files = [\"new.tl\"]\nlayer = 2\n"),
    ] {
        let sandbox = Sandbox::new(&[("old.tl", old), ("new.tl", new)]);
        if !said.is_empty() {
            sandbox.write("tlgen.toml", &said);
        }
        let report = sandbox.run("diff old.tl new.tl");
        let driver = sandbox.run("git-diff new.tl old.tl 0 0 new.tl 0 0");
        assert_eq!(driver.out, format!("tlgen diff new.tl\n{}\n", report.out), "{said}");
        let renamed = sandbox.run("git-diff was.tl old.tl 0 0 new.tl 0 0 new.tl similarity");
        assert_eq!(renamed.out, driver.out.replace("diff new.tl", "diff was.tl"), "{said}");
        let json = |args: &str| -> Value { serde_json::from_str(&sandbox.run(args).out).unwrap() };
        let changes = |mut document: Value| {
            let mut changes = document["changes"].take();
            for change in changes.as_array_mut().unwrap() {
                // What proves a verdict is in the report of two schemas alone.
                for (_, verdict) in change["verdicts"].as_object_mut().unwrap() {
                    let findings = verdict["findings"].as_array_mut().into_iter().flatten();
                    findings.for_each(|finding| drop(finding.as_object_mut().unwrap().remove("witness")));
                }
            }
            (changes, document["no_rust"].take())
        };
        let mut log = json("changelog new.tl old.tl --format json");
        let expected = changes(json("diff old.tl new.tl --format json"));
        assert_eq!(changes(log["steps"][0]["diff"].take()), expected, "{said}");
    }
    // A driver that fails ends `git log`.
    let sandbox = sandbox();
    let expected = sandbox.run("git-diff new.tl old.tl 0 0 new.tl 0 0").out;
    sandbox.write("tlgen.toml", "[output");
    assert_eq!(sandbox.run("git-diff new.tl old.tl 0 0 new.tl 0 0").out, expected);
    assert_eq!(sandbox.run("changelog old.tl new.tl").code, 1);
}

/// A repository of the commits of both schemas.
fn repository() -> Sandbox {
    let sandbox =
        Sandbox::new(&[("schema/api.tl", OLD), ("notes.md", "no schema"), (".gitattributes", "*.tl diff=tlgen\n")]);
    let git = |args: &[&str]| git(&sandbox, args);
    git(&["init", "--quiet", "."]);
    git(&["config", "user.email", "me@localhost"]);
    git(&["config", "user.name", "me"]);
    git(&["config", "commit.gpgsign", "false"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "one"]);
    git(&["tag", "v1"]);
    sandbox.write("schema/api.tl", NEW);
    git(&["commit", "--quiet", "-a", "-m", "two"]);
    git(&["tag", "v2"]);
    sandbox
}

#[test]
fn commits() {
    let sandbox = repository();
    sandbox.write("old.tl", OLD);
    sandbox.write("new.tl", NEW);
    let expected = sandbox.run("diff old.tl new.tl").out;
    assert_eq!(sandbox.run("diff --git v1..v2 -- schema/").out, expected);
    assert_eq!(sandbox.run("diff --git v1...v2 schema/api.tl").out, expected);
    assert_eq!(sandbox.run("diff --git v1.. schema").out, expected);
    assert_eq!(sandbox.run("diff --git v1 schema").out, expected);
    assert_eq!(sandbox.run_in("schema", "diff --git v1..v2 -- api.tl", "").out, expected);
    let github = sandbox.run("diff --git v1..v2 schema --format github").out;
    assert!(github.contains("file=v2%3Aschema/api.tl"), "{github}");
    for (args, message) in [
        ("diff --git v1..v9 schema", "git: "),
        ("diff --git v1..v2 notes", "has no schema at notes"),
        ("diff --git=--output=x..v2 schema", "is no range of commits"),
    ] {
        let run = sandbox.run(args);
        assert!(run.code == 2 && run.err.contains(message), "{run}");
    }
}

/// `git log -p` of schemas reads as a changelog.
#[test]
fn a_driver_for_git() {
    let sandbox = repository();
    let command = format!("diff.tlgen.command={} git-diff", env!("CARGO_BIN_EXE_tlgen").replace('\\', "/"));
    let log = git(&sandbox, &["-c", &command, "log", "-p", "--ext-diff", "-1", "--format=%s", "v2"]);
    sandbox.write("old.tl", OLD);
    sandbox.write("new.tl", NEW);
    let report = sandbox.run("diff old.tl new.tl").out;
    assert_eq!(log, format!("two\n\ntlgen diff schema/api.tl\n{report}\n"));
    // What is no schema is shown line by line, and what only moves is said to.
    sandbox.write("schema/api.tl", &format!("{NEW}nonsense"));
    let shown = git(&sandbox, &["-c", &command, "diff"]);
    assert!(shown.contains("+nonsense"), "{shown}");
    sandbox.write("schema/api.tl", &NEW.replace(" = ", "\n  = "));
    let shown = git(&sandbox, &["-c", &command, "diff"]);
    assert!(shown.contains("only comments or the layout changed"), "{shown}");
    // A part of a schema: types of other files are unknown.
    sandbox.write("schema/api.tl", "a#00000001 x:Elsewhere = A;");
    git(&sandbox, &["commit", "--quiet", "-a", "-m", "part"]);
    sandbox.write("schema/api.tl", "a#00000002 x:Elsewhere y:int = A;");
    let shown = git(&sandbox, &["-c", &command, "diff"]);
    assert!(shown.contains("      + y:int\n      breaks old client, new client, stored bytes (TL0606)\n"), "{shown}");
    assert_eq!(sandbox.run("git-diff schema/api.tl").out, "schema/api.tl: not merged\n");
    assert_eq!(sandbox.run("git-diff a b").code, 2);
}
