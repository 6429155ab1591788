//! `tlgen decode` and `tlgen encode`.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Run, Sandbox};
use insta::assert_snapshot;

const SCHEMA: &str = "
userEmpty#d3bc4b7a id:long = User;
user#d23c81a3 flags:# bot:flags.0?true id:long name:string photo:flags.1?bytes = User;
users#00000001 list:Vector<User> = Users;
number#00000002 short:int53 long:int64 some:vector<int53> = Number;
---functions---
getUsers#2d84d5f5 ids:Vector<int> = Vector<User>;
";

const USER: &str = "a3813cd2 03000000 0400000000000000 034a6f65 02cafe00";

fn sandbox() -> Sandbox {
    Sandbox::new(&[("api.tl", SCHEMA)])
}

fn decode(sandbox: &Sandbox, args: &[&str], input: &[u8]) -> Run {
    sandbox.run_args("", &[&["decode", "--schema", "api.tl"], args].concat(), input)
}

fn encode(sandbox: &Sandbox, args: &[&str], input: &str) -> Run {
    sandbox.run_args("", &[&["encode", "--schema", "api.tl"], args].concat(), input.as_bytes())
}

/// What is shown, and the same bytes again by `encode`.
#[track_caller]
fn both_ways(sandbox: &Sandbox, args: &[&str], hex: &str) -> String {
    let run = decode(sandbox, &[args, &[hex]].concat(), b"");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run}");
    let back = encode(sandbox, &[args, &["-"]].concat(), &run.out);
    let hex: String = hex.chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(back.out.trim_end(), hex, "{back}");
    run.out
}

#[test]
fn by_the_id_or_by_a_type() {
    let sandbox = sandbox();
    let user = both_ways(&sandbox, &[], USER);
    assert_snapshot!(user, @r#"
    {
      "_": "user",
      "flags": 3,
      "bot": true,
      "id": "4",
      "name": "Joe",
      "photo": "cafe"
    }
    "#);
    assert_eq!(both_ways(&sandbox, &["--type", "user"], USER), user);
    assert_eq!(both_ways(&sandbox, &["--type", "User"], USER), user);
    assert_eq!(both_ways(&sandbox, &["--type", "%user"], &USER[8..]), user);
    let list = format!("15c4b51c 01000000 {USER}");
    assert!(both_ways(&sandbox, &["--type", "Vector<User>"], &list).starts_with("[\n  {"));
    assert_eq!(both_ways(&sandbox, &[], &list), both_ways(&sandbox, &["--type", "Vector User"], &list));
    assert_eq!(both_ways(&sandbox, &["--type", "vector<int>"], "02000000 05000000 ffffffff"), "[\n  5,\n  -1\n]\n");
    assert_eq!(both_ways(&sandbox, &["--type", "double"], "0000000000002540"), "10.5\n");
    assert!(both_ways(&sandbox, &[], "f5d5842d 15c4b51c 01000000 07000000").contains("getUsers"));
    assert_eq!(both_ways(&sandbox, &[], "b5757299"), "true\n");
}

#[test]
fn the_json_of_tdlib() {
    let sandbox = sandbox();
    let json = both_ways(&sandbox, &["--json", "tdlib"], USER);
    assert!(json.contains(r#""@type": "user""#) && json.contains(r#""photo": "yv4=""#), "{json}");
    let number = "02000000 0500000000000000 0600000000000000 01000000 0700000000000000";
    assert_snapshot!(both_ways(&sandbox, &["--json", "tdlib"], number), @r#"
    {
      "@type": "number",
      "short": 5,
      "long": "6",
      "some": [
        7
      ]
    }
    "#);
    let wrong = encode(&sandbox, &["--json", "tdlib"], r#"{"_": "number"}"#);
    assert!(wrong.code == 1 && wrong.err.contains("@type"), "{wrong}");
}

/// Each way in, and each way out.
#[test]
fn ways_in_and_out() {
    let sandbox = sandbox();
    let expected = decode(&sandbox, &[USER], b"").out;
    let raw: Vec<u8> = hex(USER);
    std::fs::write(sandbox.path("user.bin"), &raw).unwrap();
    let base64 = decode(&sandbox, &["--to", "base64", USER], b"").out;
    for (args, input) in [
        (vec![], USER.as_bytes()),
        (vec!["-"], USER.as_bytes()),
        (vec!["@user.bin"], b""),
        (vec![base64.trim_end()], b""),
        (vec!["--from", "base64"], base64.as_bytes()),
        (vec![], &raw),
    ] {
        assert_eq!(decode(&sandbox, &args, input).out, expected, "{args:?}");
    }
    assert_eq!(decode(&sandbox, &["--to", "hex"], &raw).out.trim_end(), USER.replace(' ', ""));
    assert_eq!(encode(&sandbox, &["--to", "base64"], &expected).out, base64);
    // The layer, or the name of a file, is no part of the bytes.
    assert_eq!(sandbox.run_args("", &["decode", USER, "--schema", "api.tl"], b"").out, expected);
}

#[test]
fn faults_say_where() {
    let sandbox = sandbox();
    let runs: Vec<String> = [
        (&["a3813cd2 03000000 0400000000000000 034a6f65"][..], ""),
        (&["01000000 15c4b51c 02000000 7a4bbcd3 0400000000000000 efbeadde 0000000000000000"], ""),
        (&["--type", "User", "01000000 15c4b51c 00000000"], ""),
        (&["--type", "Usr", USER], ""),
        (&["7a4bbcd3 0400000000000000 00"], ""),
        (&["7a4bbcd3 0400000000000000 00000000"], ""),
        (&["xyz"], ""),
        (&["@missing.bin"], ""),
        (&["--layer", "5", USER], ""),
    ]
    .map(|(args, input)| decode(&sandbox, args, input.as_bytes()).to_string())
    .into();
    assert_snapshot!(runs.join("\n"));
    let runs: Vec<String> = [
        r#"{"_": "user"}"#,
        r#"{"_": "usr"}"#,
        r#"{"_": "users", "list": [{"_": "userEmpty", "id": "x"}]}"#,
        r#"{"_": "#,
    ]
    .map(|json| encode(&sandbox, &["-"], json).to_string())
    .into();
    assert_snapshot!(runs.join("\n"));
}

/// Lines that are wrong are named, and the others are still read.
#[test]
fn many_lines() {
    let sandbox = sandbox();
    let lines = format!("7a4bbcd30400000000000000\n\n7a4bbcd304\n{USER}\nekvl\n");
    let run = decode(&sandbox, &["--many"], lines.as_bytes());
    assert_snapshot!(run);
    let back = encode(&sandbox, &["--many"], &format!("{}{{}}\n", run.out));
    assert_eq!(back.code, 1);
    assert_eq!(back.out, format!("7a4bbcd30400000000000000\n{}\n", USER.replace(' ', "")));
}

/// Raw messages follow each other, whatever their number: the next is found by the length of the one before.
#[test]
fn many_raw_messages() {
    let sandbox = sandbox();
    let user = hex(USER);
    let stream: Vec<u8> = user.iter().copied().cycle().take(user.len() * 5000).collect();
    let run = decode(&sandbox, &["--many", "--from", "raw"], &stream);
    assert_eq!((run.code, run.err.as_str(), run.out.lines().count()), (0, "", 5000));
    let back =
        sandbox.run_args("", &["decode", "--schema", "api.tl", "--many", "--from", "raw", "--to", "hex"], &stream);
    assert!(back.out.lines().all(|line| line == USER.replace(' ', "")));
    let cut = decode(&sandbox, &["--many", "--from", "raw"], &stream[..stream.len() - 4]);
    assert_eq!((cut.code, cut.out.lines().count()), (1, 4999));
    assert!(cut.err.contains("begins at byte 119976"), "{}", cut.err);
}

/// Files that differ in the number of the layer are tried one by one, the newest first; the others belong to each.
#[test]
fn layers_are_alternatives() {
    let sandbox = Sandbox::new(&[
        ("api-1.tl", "user#00000001 id:int = User;\n// LAYER 1\n"),
        ("api-2.tl", "user#00000002 id:long = User;\n// LAYER 2\n"),
        ("mt.tl", "message#00000003 body:User = Message;\n"),
    ]);
    let run =
        |args: &[&str]| sandbox.run_args("", &[&["decode", "--schema", "api-1.tl", "api-2.tl"], args].concat(), b"");
    assert_eq!(run(&["0100000007000000"]).out, "{\n  \"_\": \"user\",\n  \"id\": 7\n}\n");
    assert_eq!(run(&["020000000700000000000000"]).out, "{\n  \"_\": \"user\",\n  \"id\": \"7\"\n}\n");
    assert!(run(&["mt.tl", "03000000 01000000 07000000"]).out.contains("message"));
    assert_eq!(run(&["--layer", "2", "0100000007000000"]).code, 1);
    // A file without a number is the layer before those with one.
    sandbox.write("api.tl", "user#00000005 id:int = User;\n");
    assert!(run(&["api.tl", "0500000007000000"]).out.contains("\"id\": 7"));
    assert_eq!(run(&["--layer", "3", "0100000007000000"]).code, 2);
    assert!(run(&["02000000 0700"]).err.contains("by the schema `api_2`"));
    assert!(run(&["--explain", "02000000 0700"]).out.starts_with("by the schema `api_2`:\n"));
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(16)).collect();
    digits.chunks(2).map(|pair| u8::try_from(pair[0] << 4 | pair[1]).unwrap()).collect()
}

const CONTAINERS: &str = "
container#73f1f8dc messages:vector<%Message> = Container;
message#5bb8e511 msg_id:long seqno:int bytes:int body:Object = Message;
ping#7abe77ec ping_id:long = Ping;
pong#347773c5 msg_id:long ping_id:long = Pong;
named#00112233 flags:# self:flags.0?true name:string peer:flags.1?Peer photo:bytes = Named;
user#00445566 id:long = Peer;
chat#00778899 id:long title:string = Peer;
";

/// Three messages in a container; the second has fields of each kind.
fn container() -> String {
    let bodies = [
        "ec77be7a0100000000000000",
        "33221100 03000000 034a6f65 66554400 0700000000000000 13 01020304050607080910111213141516171819",
        "c5737734 0100000000000000 0200000000000000",
    ];
    let mut text = String::from("dcf8f173 03000000");
    for (index, body) in bodies.iter().enumerate() {
        let length = body.chars().filter(|c| !c.is_whitespace()).count() / 2;
        text += &format!(" 0{}00000000000066 0{index}000000 {length:02x}000000 {body}", index * 4);
    }
    text
}

#[test]
fn each_byte_is_explained() {
    let sandbox = Sandbox::new(&[("api.tl", CONTAINERS)]);
    let explain = |args: &[&str], hex: &str| decode(&sandbox, &[&["--explain"], args, &[hex]].concat(), b"");
    let whole = container();
    assert_snapshot!(explain(&[], &whole));
    // The id in the peer, and the number of messages.
    let damaged = whole.replace("66554400", "67554400").replace("dcf8f173 03", "dcf8f173 7f");
    assert_snapshot!(explain(&[], &damaged));
    // A length of text that is too large by four; the padding of another one.
    let damaged = whole.replace("034a6f65", "074a6f65");
    assert_snapshot!(explain(&["--width", "90"], &damaged));
    assert_snapshot!(explain(&[], &whole[..whole.len() - 31]));
    let colored =
        sandbox.run_args("", &["decode", "--schema", "api.tl", "--explain", "--color", "always", &damaged], b"");
    assert!(colored.out.contains("\u{1b}[1mmsg_id\u{1b}[0m"), "{colored}");
}

#[test]
fn text_can_be_changed() {
    let sandbox = Sandbox::new(&[("api.tl", CONTAINERS)]);
    let run = |command: &str, input: &str| sandbox.run_args("", &[command, "--schema", "api.tl"], input.as_bytes());
    let text = run("disasm", &container());
    assert_snapshot!(text.out);
    assert_eq!(run("asm", &text.out).out.trim_end(), container().replace(' ', ""));
    // A longer name: the length of the message follows.
    let changed = run("asm", &text.out.replace("\"Joe\"", "\"Joanna\"")).out;
    assert_eq!(decode(&sandbox, &["--explain"], changed.as_bytes()).code, 0);
    assert_eq!(decode(&sandbox, &["--to", "text"], changed.as_bytes()).out, text.out.replace("Joe", "Joanna"));
    // What is no message.
    let damaged = container().replace("66554400", "11111111");
    let text = run("disasm", &damaged);
    assert_eq!(run("asm", &text.out).out.trim_end(), damaged.replace(' ', ""));
    assert!(text.out.contains("// expected Peer, found id 11111111 at byte 64"), "{text}");
    let run = run("asm", "ping {\n  ping: 5Q\n}");
    assert_eq!(
        (run.code, run.err.as_str()),
        (1, "error: a number must have 32 bits, 64 with `L` after it, or a point at 2:9\n")
    );
}

#[test]
fn random_values() {
    let sandbox = sandbox();
    let random = |args: &str| sandbox.run(&format!("random --schema api.tl {args}"));
    let json = random("--type User --count 20 --seed 5");
    assert_eq!((json.code, json.out.lines().count()), (0, 20));
    let hex = random("--type User --count 20 --seed 5 --format hex");
    let args = ["decode", "--schema", "api.tl", "--type", "User", "--many"];
    assert_eq!(sandbox.run_args("", &args, hex.out.as_bytes()).out, json.out);
    // The third of them alone, as text.
    let text = random("--type User --seed 7 --format text");
    let third = sandbox.run_args("", &["asm", "--schema", "api.tl"], text.out.as_bytes());
    assert_eq!(Some(third.out.trim_end()), hex.out.lines().nth(2));
    assert!(random("--count 3").out.starts_with("{\"_\":"));
    assert_eq!(random("--type Usr").code, 1);
}

/// Which layer wrote the bytes: by ids, by flags, and by what the bytes say themselves.
#[test]
fn layers_are_told() {
    let layer = |number: u32, lines: &str| {
        let common =
            "---functions---\ninvokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;\nget#00000009 = Bool;\n";
        (format!("api-{number}.tl"), format!("{lines}{common}// LAYER {number}\n"))
    };
    let files = [
        layer(1, "user#00000001 id:int = User;\n"),
        layer(2, "user#00000002 flags:# a:flags.0?true id:long = User;\n"),
        layer(3, "user#00000002 flags:# a:flags.0?true b:flags.1?true id:long = User;\n"),
        layer(4, "user#00000002 flags:# a:flags.0?true b:flags.1?true id:long = User;\nnew#00000003 x:User = New;\n"),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let sandbox = Sandbox::new(&files);
    let runs: Vec<String> = [
        "0100000007000000",
        "02000000020000000700000000000000",
        "0300000002000000010000000700000000000000",
        "0d0d9bda0300000009000000",
        "ffffffff",
    ]
    .map(|hex| sandbox.run_args("", &["decode", "--schema", ".", "--which", hex], b"").to_string())
    .into();
    assert_snapshot!(runs.join("\n"));
}

/// One file: no address in it, all text escaped, and each byte once.
#[test]
fn a_page_needs_nothing_else() {
    let sandbox = Sandbox::new(&[("api.tl", CONTAINERS)]);
    let hex = container().replace("034a6f65", "033c2f61");
    let page = decode(&sandbox, &["--explain", "--format", "html", &hex], b"");
    assert_eq!((page.code, page.err.as_str()), (0, ""));
    for outside in ["http", "src=", "href=", "url(", "import", "</a"] {
        assert!(!page.out.contains(outside), "{outside}");
    }
    let (_, bytes) = page.out.split_once("<section id=\"bytes\"").unwrap();
    let (bytes, _) = bytes.split_once("</section>").unwrap();
    let shown = bytes.split("<span data-r=").skip(1).filter_map(|part| part.split_once('>')?.1.split_once('<'));
    let shown: String = shown.map(|(digits, _)| digits.replace(' ', "")).collect();
    assert_eq!(shown, hex.replace(' ', ""));
    let (_, rows) = page.out.split_once("<div id=\"rows\"").unwrap();
    assert_snapshot!(rows.lines().skip(1).take(4).collect::<Vec<_>>().join("\n"));
}

/// Numbers at the end of names make no layers of parts of one schema.
#[test]
fn files_with_numbers_may_be_parts_of_one_schema() {
    let sandbox = Sandbox::new(&[("x1.tl", "a#00000001 b:B = A;\n"), ("x2.tl", "b#00000002 n:int = B;\n")]);
    let run = sandbox.run_args("", &["decode", "--schema", "x1.tl", "x2.tl", "01000000 02000000 07000000"], b"");
    assert!(run.code == 0 && run.out.contains("\"n\": 7"), "{run}");
}

#[test]
fn the_json_of_vk() {
    let sandbox = sandbox();
    assert_snapshot!(both_ways(&sandbox, &["--json", "vk"], USER), @r#"
    {
      "type": "user",
      "value": {
        "flags": 3,
        "bot": true,
        "id": 4,
        "name": "Joe",
        "photo": {
          "base64": "yv4="
        }
      }
    }
    "#);
    let users = "01000000 15c4b51c 01000000 7a4bbcd3 0000000000000000";
    assert!(both_ways(&sandbox, &["--json", "vk", "--type", "users"], users).contains("\"type\": \"userEmpty\""));
}

/// A value as Rust, by the names and options that `tlgen generate` uses.
#[test]
fn values_are_rust() {
    let sandbox = sandbox();
    let rust = |args: &[&str], hex: &str| decode(&sandbox, &[args, &["--to", "rust", hex]].concat(), b"").out;
    assert_snapshot!(rust(&[], USER), @r#"
    types::User::User(constructors::User {
        bot: true,
        id: 4,
        name: "Joe".to_owned(),
        photo: Some(b"\xca\xfe".to_vec()),
    })
    "#);
    assert_snapshot!(rust(&[], "f5d5842d 15c4b51c 01000000 07000000"), @"functions::GetUsers { ids: vec![7] }");
    assert_snapshot!(rust(&["--type", "%user"], &USER[8..]), @r#"
    constructors::User {
        bot: true,
        id: 4,
        name: "Joe".to_owned(),
        photo: Some(b"\xca\xfe".to_vec()),
    }
    "#);
    assert_snapshot!(rust(&["--type", "Vector<int>"], "15c4b51c 02000000 05000000 ffffffff"), @"vec![5_i32, -1_i32]");
    sandbox.write(
        "tlgen.toml",
        "[output]\ndir = \"src\"\n[[schema]]\nname = \"api\"\nfiles = [\"api.tl\"]\n[schema.rename]\nuser = \"Person\"\n",
    );
    let run = sandbox.run_args("", &["decode", "--to", "rust", USER], b"");
    assert_snapshot!(run.out, @r#"
    types::User::Person(constructors::Person {
        bot: true,
        id: 4,
        name: "Joe".to_owned(),
        photo: Some(b"\xca\xfe".to_vec()),
    })
    "#);
}

/// What is written is valid by the schema that describes it, by each form.
#[test]
fn json_schemas_describe_what_is_written() {
    let sandbox = sandbox();
    for form in ["tlgen", "tdlib", "vk"] {
        let convert = |args: &[&str]| {
            let args = [&["convert", "--to", "json-schema", "--json", form][..], args, &["api.tl"]].concat();
            let run = sandbox.run_args("", &args, b"");
            assert_eq!((run.code, run.err.as_str()), (0, ""), "{run}");
            serde_json::from_str::<serde_json::Value>(&run.out).unwrap()
        };
        for (args, is_valid) in [(&[][..], true), (&["--type", "User"], true), (&["--type", "int"], false)] {
            let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
            compiler.add_resource("file:///own.json", convert(args)).unwrap();
            let index = compiler.compile("file:///own.json", &mut schemas).unwrap();
            let shown = decode(&sandbox, &["--json", form, USER], b"").out;
            let shown = serde_json::from_str(&shown).unwrap();
            assert_eq!(schemas.validate(&shown, index).is_ok(), is_valid, "{form} {args:?} {shown}");
        }
    }
    let run = sandbox.run_args("", &["convert", "--to", "tl", "--type", "User", "api.tl"], b"");
    assert_eq!(run.code, 2, "{run}");
}

/// Nothing says how many values without bytes there are.
#[test]
fn values_without_bytes_do_not_follow_each_other() {
    let sandbox = Sandbox::new(&[("api.tl", "empty#11111111 = Empty;\nnone#22222222 {t:Type} = None t;\n")]);
    for (ty, to) in [("%empty", "json"), ("%empty", "hex"), ("%Empty", "json")] {
        let args = ["decode", "--schema", "api.tl", "--many", "--from", "raw", "--type", ty, "--to", to];
        let run = sandbox.run_args("", &args, &[0; 8]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{ty}: {run}");
        assert!(run.err.contains("has no bytes"), "{ty}: {run}");
    }
}

/// What can be decoded can be encoded, however deep it is, in each form of JSON.
#[test]
fn deep_values_come_back() {
    let schema = "textPlain#744694e0 text:string = RichText;\ntextConcat#7e6260d7 texts:Vector<RichText> = RichText;\n";
    let sandbox = Sandbox::new(&[("api.tl", schema)]);
    let deep = "d760627e15c4b51c01000000".repeat(100) + "e094467400000000";
    for form in ["tlgen", "tdlib", "vk"] {
        let decoded = sandbox.run_args("", &["decode", "--schema", "api.tl", "--json", form, &deep], b"");
        assert_eq!(decoded.code, 0, "{form}: {decoded}");
        let args = ["encode", "--schema", "api.tl", "--type", "RichText", "--json", form];
        let encoded = sandbox.run_args("", &args, decoded.out.as_bytes());
        assert_eq!(encoded.out.trim_end(), deep, "{form}: {}", encoded.err);
    }
    let brackets = "[".repeat(100_000);
    let refused = sandbox.run_args("", &["encode", "--schema", "api.tl"], brackets.as_bytes());
    assert!(refused.code == 1 && refused.err.contains("nested too deep"), "{refused}");
}
