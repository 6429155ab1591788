//! Warnings that count as errors, so that an edit which other programs do not know of passes no gate.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};

use common::Sandbox;
use insta::assert_snapshot;

/// A copy of this repository's schemas and of the code made from them.
fn repository() -> Sandbox {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let sandbox = Sandbox::new(&[]);
    let mut left: Vec<PathBuf> = ["tlgen.toml", "schema", "generated/src"].map(PathBuf::from).into();
    while let Some(path) = left.pop() {
        if root.join(&path).is_dir() {
            let entries = std::fs::read_dir(root.join(&path)).unwrap();
            left.extend(entries.map(|entry| path.join(entry.unwrap().file_name())));
        } else {
            sandbox.write(path.to_str().unwrap(), &std::fs::read_to_string(root.join(&path)).unwrap());
        }
    }
    sandbox
}

/// Each kind of edit that changes bytes and leaves the id as it was, also where the code was made again after it.
#[test]
fn edits_that_change_the_bytes_of_this_repository() {
    let repository = repository();
    let run = repository.run("generate --check");
    assert_eq!(run.code, 0, "{run}");
    let path = "schema/telegram-228.tl";
    let before = repository.read(path);
    let declaration = |name: &str| {
        let start = before.find(&format!("\n{name}#")).unwrap() + 1;
        before[start..].split_inclusive(';').next().unwrap()
    };
    let (contacts, contact) = (declaration("contacts.getContacts"), declaration("contact"));
    for (place, (declaration, from, to)) in [
        (contacts, "hash:long", "hash:int"),
        (contacts, "hash:long", "hash:long limit:int"),
        (contacts, "hash:long ", ""),
        (contacts, "= contacts.Contacts", "= Vector<contacts.Contacts>"),
        (contact, "mutual:Bool", "mutual:int"),
        (contact, "user_id:long mutual:Bool", "mutual:Bool user_id:long"),
        (declaration("contacts.getTopPeers"), "offset:int", "offset:flags.30?int"),
        (declaration("user"), "phone:flags.4?string", "phone:flags.30?string"),
    ]
    .into_iter()
    .enumerate()
    {
        assert!(declaration.contains(from), "{declaration}");
        repository.write(path, &before.replace(declaration, &declaration.replace(from, to)));
        let refused = |args: &str| {
            let run = repository.run(args);
            assert_eq!(run.code, 1, "{to}: {run}");
            assert!((run.out + &run.err).contains("error[TL0121]: the id "), "{args}: {to}");
        };
        refused("generate --check");
        if place > 0 {
            continue;
        }
        let run = repository.run("generate");
        assert_eq!((run.code, run.err.contains("warning[TL0121]")), (0, true), "{run}");
        refused("generate --check");
        refused("generate --deny TL0121");
        refused("check --deny warnings");
        refused("check --deny id-mismatch");
        assert_eq!(repository.run("check").code, 0);
        // The list says that it is meant.
        let config = repository.read("tlgen.toml");
        let name = declaration.split('#').next().unwrap();
        repository.write("tlgen.toml", &format!("{config}allow_id_mismatch = [\"{name}\"]\n"));
        let run = repository.run("generate --check");
        assert_eq!(run.code, 0, "{run}");
        repository.write("tlgen.toml", &config);
    }
}

const CONFIG: &str = "[output]\ndir = \"out\"\n[check]\ndeny = [DENY]\n[[schema]]\nname = \"a\"\nfiles = [\"a.tl\"]\n";

fn with(deny: &str, schema: &str) -> Sandbox {
    Sandbox::new(&[("tlgen.toml", &CONFIG.replace("DENY", deny)), ("a.tl", schema)])
}

#[test]
fn rules_of_the_configuration() {
    // One id twice, and a guess.
    let schema = "ping = Pong;\nfile data:bytes = File;\n---functions---\nping = Pong;\n";
    for (deny, code) in [
        ("", 0),
        ("\"shared-id\"", 1),
        ("\"TL0102\"", 1),
        ("\"id-mismatch\", \"Guessed-Ids\"", 1),
        ("\"id-mismatch\"", 0),
        ("\"warnings\"", 1),
    ] {
        let project = with(deny, schema);
        // Code is made in any case: only checks deny.
        assert_eq!(project.run("generate").code, 0);
        for args in ["check", "generate --check"] {
            let run = project.run(args);
            assert_eq!(run.code, code, "{deny}: {run}");
        }
        // Files that are named have nothing to do with it.
        assert_eq!(project.run("check a.tl").code, 0);
    }
    assert_snapshot!(with("\"shared-id\"", schema).run("check"));
    assert_snapshot!(with("\"shared-ids\", \"warning\", \"x\"", schema).run("check"));
    assert_snapshot!(with("\"shared-id\"", schema).run("check --deny id-mismach a.tl"));
}

/// No warning is lost, however many there are: a denied one may be among those that are not kept.
#[test]
fn very_many_warnings() {
    let mut schema: String =
        (0..1_200).map(|n| format!("a{n} = A{n};\n---functions---\na{n} = A{n};\n---types---\n")).collect();
    schema += "zz#00000001 x:int = Zz;\n";
    let sandbox = Sandbox::new(&[("a.tl", &schema)]);
    assert_eq!(sandbox.run("check a.tl").code, 0);
    assert_eq!(sandbox.run("check a.tl --deny id-mismatch").code, 1);
    assert_eq!(sandbox.run("generate --schema a.tl --out out --check").code, 1);
}

/// What nobody can put right: ids that public schemas have for lines from which they do not follow.
#[test]
fn known_ids() {
    let schema = "boolTrue_layer7#997275b5 = Bool;\nboolFalse#bc799737 = Bool;\nipPort#d433ad73 ipv4:int port:int = IpPort;\n\
                  accessPointRule#4679b65f phone_prefix_rules:string dc_id:int ips:vector<IpPort> = AccessPointRule;\n";
    let sandbox = Sandbox::new(&[("a.tl", schema)]);
    let run = sandbox.run("check a.tl --deny warnings");
    assert_eq!(run.code, 0);
    assert_snapshot!(run);
    assert_eq!(sandbox.run("check a.tl --deny known-id").code, 1);
    assert_eq!(sandbox.run("generate --schema a.tl --out out").code, 0);
    assert_eq!(sandbox.run("generate --schema a.tl --out out --check").code, 0);
    // The same with another field is no longer known.
    sandbox.write("a.tl", &schema.replace("dc_id:int", "dc_id:long"));
    let run = sandbox.run("check a.tl --deny warnings");
    assert_eq!((run.code, run.out.matches("error[TL0121]").count()), (1, 1), "{run}");
}
