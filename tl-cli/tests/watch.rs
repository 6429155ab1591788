//! `tlgen generate --watch`.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStderr, Command, Stdio};

use common::Sandbox;

/// A process that watches.
struct Watch {
    child: Child,
    said: BufReader<ChildStderr>,
}

impl Watch {
    fn start(sandbox: &Sandbox, args: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tlgen"));
        let command = command.args(args.split_whitespace()).current_dir(sandbox.path("")).env_remove("RUST_BACKTRACE");
        let command = command.env("TLGEN_CACHE", sandbox.path("cache"));
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let said = BufReader::new(child.stderr.take().unwrap());
        Self { child, said }
    }

    /// What it says until it waits for the next change.
    fn until_it_waits(&mut self) -> String {
        let mut text = String::new();
        loop {
            let start = text.len();
            assert!(self.said.read_line(&mut text).unwrap() > 0, "it ended: {text}");
            if text[start..].starts_with("watching ") {
                return text;
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_is_generated_and_a_mistake_does_not_end_it() {
    let config = "[output]\ndir = \"out\"\n[[schema]]\nname = \"a\"\nfiles = [\"a.tl\"]\n";
    let sandbox = Sandbox::new(&[("tlgen.toml", config), ("a.tl", "a x:int = A;\n")]);
    let mut watch = Watch::start(&sandbox, "generate --watch");
    assert_eq!(watch.until_it_waits(), "watching 2 files\n");
    assert!(sandbox.list("out").contains(&"a/types.rs".to_owned()), "{:?}", sandbox.list("out"));
    assert!(!sandbox.read("out/a/types.rs").contains("name"));

    sandbox.write("a.tl", "a x:int name:string = A;\n");
    assert_eq!(watch.until_it_waits(), "\nchanged: a.tl\nwatching 2 files\n");
    let code = sandbox.read("out/a/constructors.rs");
    assert!(code.contains("name"), "{code}");

    sandbox.write("a.tl", "a x:int name:Sting = A;\n");
    let said = watch.until_it_waits();
    assert!(said.contains("error[TL0103]") && said.contains("did you mean `String`?"), "{said}");
    assert_eq!(sandbox.read("out/a/constructors.rs"), code);

    // The configuration is watched, too, and what it names from then on.
    sandbox.write("b.tl", "b = B;\n");
    sandbox.write("a.tl", "a x:int = A;\n");
    sandbox.write("tlgen.toml", &config.replace("[\"a.tl\"]", "[\"a.tl\", \"b.tl\"]"));
    // The two changes may be one or two to those who look.
    while !watch.until_it_waits().ends_with("watching 3 files\n") {}
    std::fs::remove_file(sandbox.path("tlgen.toml")).unwrap();
    assert!(watch.until_it_waits().contains("there is no `tlgen.toml`"));
    sandbox.write("tlgen.toml", config);
    assert!(watch.until_it_waits().ends_with("watching 2 files\n"));
}

/// A folder of schemas may get one more.
#[test]
fn a_new_file_in_a_folder() {
    let sandbox = Sandbox::new(&[("schema/a.tl", "a x:int = A;\n")]);
    let mut watch = Watch::start(&sandbox, "generate --watch --schema schema --out out --name api");
    assert_eq!(watch.until_it_waits(), "watching 1 file\n");
    sandbox.write("schema/b.tl", "b = B;\n");
    assert_eq!(watch.until_it_waits(), "\nchanged: schema/b.tl\nwatching 2 files\n");
    assert_eq!(sandbox.run("generate --watch --check").code, 2);
}
