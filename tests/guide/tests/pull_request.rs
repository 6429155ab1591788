//! The pull request of the page on checked-in code, played in a repository of its own: what the author does, and each command of `tlgen`
//! in the workflow, before the author has done all of it and after.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use notes::pages::{blocks, guide, read, write_files};
use tl_tests::tlgen::binary;

/// Runs a line of a shell as the workflow does, with `tlgen` as a command.
fn shell(dir: &Path, line: &str) -> Output {
    let binaries = binary().parent().unwrap().to_owned();
    let path =
        std::env::join_paths([binaries].into_iter().chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())));
    let mut command = Command::new("bash");
    command.args(["-e", "-o", "pipefail", "-c", line]).current_dir(dir).env("PATH", path.unwrap());
    // Nothing of the machine that runs the test, and no repository around it.
    for (name, value) in [("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null"), ("BASE", "main")] {
        command.env(name, value);
    }
    for name in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{name}_NAME"), "author").env(format!("GIT_{name}_EMAIL"), "author@localhost");
    }
    command.env_remove("GIT_DIR").env("TLGEN_CACHE", dir.join(".git/tlgen")).output().unwrap()
}

fn good(dir: &Path, line: &str) -> String {
    let output = shell(dir, line);
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert!(output.status.success(), "{line}\n{text}");
    text
}

/// The lines of a block of the page that run something here: not cargo, and not the code host.
fn lines(page: &str, info: &str, before: &str) -> Vec<String> {
    let block =
        blocks(page).into_iter().find(|block| block.info == info && block.text.contains("tlgen fmt schema")).unwrap();
    let runs = block.text.lines().filter_map(|line| line.trim_start().strip_prefix(before));
    let ours = runs.filter(|line| line.contains("tlgen ") && !line.starts_with("cargo"));
    ours.map(|line| line.split("  #").next().unwrap().trim().to_owned()).collect()
}

#[test]
fn a_change_of_a_schema_from_start_to_end() {
    let page = read(&guide().join("checked-in.md"));
    let (author, workflow) = (lines(&page, "sh", ""), lines(&page, "yaml", "- run: "));
    assert_eq!((author.len(), workflow.len()), (3, 5), "{author:?} {workflow:?}");
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    write_files(&read(&guide().join("first-schema.md")), dir).unwrap();
    write_files(&page, dir).unwrap();
    let failing = || -> Vec<&str> {
        let is_failing = |line: &&String| !shell(dir, line).status.success();
        workflow.iter().filter(is_failing).map(|line| line.split(" --").next().unwrap()).collect()
    };

    good(dir, "git init --quiet --initial-branch main && tlgen fmt schema && tlgen generate");
    good(dir, "git add --all && git commit --quiet -m 'The notes API'");
    assert_eq!(failing(), [""; 0]);
    assert_eq!(fs::read_to_string(dir.join("comment.md")).unwrap().matches("addNote").count(), 0);

    good(dir, "git checkout --quiet -b colours");
    let schema = dir.join("schema/notes.tl");
    let text = fs::read_to_string(&schema).unwrap();
    let changed = text.replace("due:flags.0?int = Note;", "due:flags.0?int  colour:flags.1?int = Note;");
    assert_ne!(text, changed);
    fs::write(&schema, changed).unwrap();
    // The layout, the id and the code are not what they should be.
    assert_eq!(failing(), ["tlgen fmt schema", "tlgen check", "tlgen generate"]);
    good(dir, &author[0]);
    // The id of the new line is in no code yet.
    assert_eq!(failing(), ["tlgen generate"]);
    author[1..].iter().for_each(|line| drop(good(dir, line)));
    assert_eq!(failing(), [""; 0]);
    good(dir, "git add --all schema src && git commit --quiet -m 'Colours'");

    // A reviewer sees both parts, and the report names the function and its argument.
    let files = good(dir, "git diff --name-only main");
    assert!(files.contains("schema/notes.tl") && files.contains("src/api/notes/functions/"), "{files}");
    let report = fs::read_to_string(dir.join("comment.md")).unwrap();
    assert!(report.contains("notes.addNote") && report.contains("colour"), "{report}");
    let breaks = shell(dir, "tlgen diff --git main --fail-on wire -- schema/notes.tl");
    assert_eq!(breaks.status.code(), Some(1), "an old server does not know the new id");
}

/// The same with two real layers: the newer one comes in as its authors write it, with all its new and changed declarations.
#[test]
#[ignore = "generates the whole API several times"]
fn two_real_layers_from_start_to_end() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let page = read(&guide().join("checked-in.md")).replace("notes", "api");
    let (author, workflow) = (lines(&page, "sh", ""), lines(&page, "yaml", "- run: "));
    assert_eq!((author.len(), workflow.len()), (3, 5), "{author:?} {workflow:?}");
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path();
    let layer = |number: u32| {
        let text = fs::read_to_string(corpus.join(format!("schemas/telegram/api-layer-{number}.tl"))).unwrap();
        fs::create_dir_all(dir.join("schema")).unwrap();
        fs::write(dir.join("schema/api.tl"), text).unwrap();
    };
    let failing = || -> Vec<&str> {
        let is_failing = |line: &&String| !shell(dir, line).status.success();
        workflow.iter().filter(is_failing).map(|line| line.split(" --").next().unwrap()).collect()
    };
    fs::write(
        dir.join("tlgen.toml"),
        "[output]\ndir = \"src/api\"\n\n[[schema]]\nname = \"api\"\nfiles = [\"schema/api.tl\"]\ncalls = true\n",
    )
    .unwrap();
    layer(222);
    good(dir, "git init --quiet --initial-branch main && tlgen fmt schema && tlgen generate");
    good(dir, "git add --all && git commit --quiet -m 'Layer 222'");
    assert_eq!(failing(), [""; 0]);

    good(dir, "git checkout --quiet -b layer-228");
    layer(228);
    // The ids of a published layer are right; the layout and the code are not ours yet.
    let before = failing();
    assert!(before.contains(&"tlgen generate") && !before.contains(&"tlgen check"), "{before:?}");
    author.iter().for_each(|line| drop(good(dir, line)));
    assert_eq!(failing(), [""; 0]);
    good(dir, "git add --all && git commit --quiet -m 'Layer 228'");

    let report = fs::read_to_string(dir.join("comment.md")).unwrap();
    assert!(report.starts_with("## Schema: layer 222 to layer 228\n"), "{report}");
    assert!(report.chars().count() < 65_536 && !report.contains("The report is cut"), "{report}");
    assert!(report.contains("102 constructors and 54 functions added, 2 functions removed"), "{report}");
    // What is accepted turns the gate green, and a later change turns it red again.
    let gate = "tlgen diff --git main --fail-on wire -- schema/api.tl";
    assert_eq!(shell(dir, gate).status.code(), Some(1));
    good(dir, "tlgen diff --git main --fail-on wire --approve 'the server speaks both layers' -- schema/api.tl");
    good(dir, gate);
    let schema = dir.join("schema/api.tl");
    let text = fs::read_to_string(&schema).unwrap();
    let changed = text.replace("inputPeerSelf#7da07ec9 = InputPeer;", "inputPeerSelf x:int = InputPeer;");
    assert_ne!(text, changed);
    fs::write(&schema, changed).unwrap();
    assert_eq!(shell(dir, gate).status.code(), Some(1));
}
