//! `tlgen lint`.
#![allow(clippy::unwrap_used)]

mod common;

use common::Sandbox;
use insta::assert_snapshot;

const OLD: &str = "user#00000001 flags:# id:int nick:flags.0?string = User;\n---functions---\nusers.get#00000002 flags:# id:int = User;\n";
const NEW: &str = "// A person.\nuser#00000001 flags:# id:long nick:flags.0?string title:flags.0?string = User;\n---functions---\n\
                   users.get#00000002 flags:# id:int = User;\nusers.setNick#00000003 Nick:string = User;\n";

#[test]
fn rules_and_levels() {
    let sandbox = Sandbox::new(&[("new.tl", NEW), ("old.tl", OLD)]);
    let quiet = "lint new.tl --allow id-mismatch";
    let run = sandbox.run(quiet);
    assert_eq!((run.code, run.out.as_str()), (0, "1 file, 3 declarations: no errors\n"));
    assert_snapshot!(sandbox.run(&format!("{quiet} --warn all --deny shared-bit --allow TL0709,undocumented")));
    assert_eq!(sandbox.run(&format!("{quiet} --warn undocumented --deny warnings")).code, 1);
    assert_eq!(sandbox.run("lint new.tl").out.matches("warning[TL0121]").count(), 3);
    let wrong = sandbox.run("lint new.tl --warn shared-bits");
    assert!(wrong.code == 2 && wrong.err.contains("did you mean `shared-bit`?"), "{wrong}");
}

#[test]
fn a_change_is_compared_with_the_version_before() {
    let sandbox = Sandbox::new(&[("new.tl", NEW), ("old.tl", OLD), ("bad.tl", "a x:Lost = A;\n")]);
    let compare = "lint new.tl --against old.tl --allow id-mismatch";
    assert_snapshot!(sandbox.run(compare));
    assert_eq!(sandbox.run("lint old.tl --against old.tl --allow id-mismatch --deny warnings").code, 0);
    for form in ["json", "github", "sarif", "junit"] {
        let run = sandbox.run(&format!("{compare} --error-format {form}"));
        assert!(run.code == 1 && run.err.is_empty() && run.out.contains("evolution") == (form == "sarif"), "{run}");
        assert!(run.out.contains("TL0734"), "{run}");
    }
    assert_eq!(sandbox.run("lint new.tl --against bad.tl").code, 1);
    assert_eq!(sandbox.run("lint bad.tl --against old.tl").out.matches("error[TL0103]").count(), 1);
    assert_eq!(sandbox.run("lint new.tl --against missing.tl").code, 2);
    let allowed = NEW
        .replace("// A person.", "// tlgen: allow(evolution-field-changed, evolution-bit-taken) nobody has version 1");
    sandbox.write("new.tl", &allowed.replace("Nick:string", "flags:# nick:string"));
    let run = sandbox.run(&format!("{compare} --deny warnings"));
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run}");
}

#[test]
fn the_configuration_has_levels() {
    let config = "[output]\ndir = \"out\"\n[lint]\nallow = [\"id-mismatch\"]\nwarn = [\"undocumented\"]\ndeny = [\"field-case\"]\n\
                  [[schema]]\nname = \"api\"\nfiles = [\"new.tl\"]\n";
    let sandbox = Sandbox::new(&[("new.tl", NEW), ("old.tl", OLD), ("tlgen.toml", config)]);
    assert_snapshot!(sandbox.run("lint"));
    // The call has precedence.
    assert_eq!(sandbox.run("lint --allow field-case,undocumented").out, "1 file, 3 declarations: no errors\n");
    assert!(sandbox.run("lint --against old.tl").out.contains("error[TL0734]"));
    sandbox.write("tlgen.toml", &config.replace("\"undocumented\"", "\"undocumentd\""));
    assert_snapshot!(sandbox.run("lint"));
    sandbox.write("tlgen.toml", &format!("{config}[[schema]]\nname = \"b\"\nfiles = [\"old.tl\"]\n"));
    assert_eq!(sandbox.run("lint --allow field-case").code, 0);
    assert_eq!(sandbox.run("lint --against old.tl").code, 2);
}

/// What older layers say of ids and types is told, unless a comment allows it. Rules of style are for what somebody will change.
#[test]
fn of_older_layers_only_what_check_tells() {
    let config = "[output]\ndir = \"out\"\n[lint]\nwarn = [\"undocumented\"]\n\
                  [[schema]]\nname = \"api\"\nfiles = [\"new.tl\"]\nolder = [\"old.tl\"]\n";
    let old = "user_old = User;\n// tlgen: allow(id-mismatch) as the server has it\na#00000001 = A;\n\
               // tlgen: allow(full-word) was full\nb#00000002 = B;\n";
    let sandbox = Sandbox::new(&[("new.tl", "user_new = User;\n"), ("old.tl", old), ("tlgen.toml", config)]);
    let run = sandbox.run("lint");
    assert_eq!(run.code, 0, "{run}");
    assert!(run.out.contains("--> new.tl:1:1") && run.out.contains("`user_new` has no description"), "{run}");
    assert!(run.out.contains("warning[TL0121]") && run.out.contains("--> old.tl:5:2"), "{run}");
    assert!(run.out.ends_with("2 files, 4 declarations: 2 warnings\n"), "{run}");
    // What is compared is the newest layer.
    let run = sandbox.run("lint --against old.tl --allow id-mismatch,undocumented");
    assert!(run.code == 1 && run.out.contains("`user_old` is no longer declared"), "{run}");
    sandbox.write("old.tl", "a x:Lost = A;\n");
    assert_eq!(sandbox.run("lint --allow undocumented").code, 1);
}

#[test]
fn a_rule_says_what_it_does_by_default() {
    let sandbox = Sandbox::new(&[]);
    let says = |rule: &str| sandbox.run(&format!("explain {rule}")).out;
    assert!(says("shared-bit").ends_with("It is a rule of `tlgen lint`, and off by default.\n"));
    assert!(says("full-word").ends_with("It is a rule of `tlgen lint`, and a warning by default.\n"));
    assert!(says("TL0742").ends_with("It is a rule of `tlgen lint --against`, and an error by default.\n"));
}
