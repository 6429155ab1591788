//! What generated code costs to compile, and how large it is then.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Setting, project};
use crate::case::GRAMMERS;
use crate::measure::process::{self, Cost};
use crate::measure::project::{Compiler, Profile, Project};
use crate::measure::time::Paired;
use crate::table::{Goal, Row, number};

/// The rows about one compilation.
pub(super) fn rows(setting: &Setting) -> Result<Vec<Row>, String> {
    let scratch = &setting.scratch;
    let (ours, bare) =
        (project::ours(scratch, "ours-app", project::DERIVES)?, project::ours(scratch, "ours-bare", &[])?);
    let peer = project::grammers(scratch)?;
    for project in [&ours, &bare, &peer] {
        project.clean()?;
    }
    let mut rows = Vec::new();
    let check = (ours.compiler(Profile::Check, "api")?, peer.compiler(Profile::Check, "grammers_tl_types")?);
    rows.push(cpu("check the full API", &pairs(setting, &check)?, 0.6));
    let check = (bare.compiler(Profile::Check, "api")?, check.1);
    rows.push(cpu("check the full API, no derives (the peer has its own)", &pairs(setting, &check)?, 0.25));

    let library = (ours.compiler(Profile::Release, "api")?, peer.compiler(Profile::Release, "grammers_tl_types")?);
    let app = (again(&ours)?, again(&peer)?);
    let libraries = pairs(setting, &library)?;
    let apps = pairs(setting, &app)?;
    let both: Vec<_> = libraries.iter().zip(&apps).map(|(l, a)| (l.0 + a.0, l.1 + a.1)).collect();
    rows.push(cpu("release library alone, without its generator", &libraries, 0.45));
    rows.push(cpu("release library and app, clean", &both, 0.5));
    rows.push(cpu("app built again after an edit", &apps, 0.35));
    let row = |what: &str, ours: u64, theirs: u64, goal| {
        let ratio = ours as f64 / theirs as f64;
        Row {
            what: what.to_owned(),
            ours: number(ours),
            peer: format!("{GRAMMERS} {}", number(theirs)),
            ratio: format!("{ratio:.2} x"),
            goal: Goal::AtMost(goal).judge(ratio),
        }
    };
    let rlib = |project: &Project, name: &str| size_of_library(&project.output(Profile::Release), name);
    rows.push(row("rlib, bytes", rlib(&ours, "libapi")?, rlib(&peer, "libgrammers_tl_types")?, 0.6));
    rows.push(row("code of the app, bytes of .text", text_of(&ours)?, text_of(&peer)?, 0.8));
    rows.push(closure(setting, &peer)?);
    Ok(rows)
}

/// The compiler of the app, which has just been compiled with its library.
fn again(project: &Project) -> Result<Compiler, String> {
    let package = if project.dir().ends_with("ours-app") { "ours-app" } else { "grammers-app" };
    let mut clean = Command::new("cargo");
    clean.args(["clean", "--release", "-p", package]).current_dir(project.dir());
    clean.env("CARGO_TARGET_DIR", project.dir().join("target"));
    process::run(&mut clean)?;
    project.compiler(Profile::Release, "app")
}

/// Processor time of both in turn.
fn pairs(setting: &Setting, (ours, theirs): &(Compiler, Compiler)) -> Result<Vec<(f64, f64)>, String> {
    (0..setting.builds).map(|_| Ok((ours.run()?.cpu, theirs.run()?.cpu))).collect()
}

fn cpu(what: &str, pairs: &[(f64, f64)], goal: f64) -> Row {
    let found = Paired::new(pairs);
    let part = 1.0 / found.ratio;
    Row {
        what: format!("{what}, CPU"),
        ours: format!("{:.2} s", found.first),
        peer: format!("{GRAMMERS} {:.2} s", found.second),
        ratio: format!("{part:.2} x"),
        goal: Goal::AtMost(goal).judge(part),
    }
}

/// Only what one function reaches, against all of the peer: from nothing, with everything that generates.
fn closure(setting: &Setting, peer: &Project) -> Result<Row, String> {
    let ours = project::built(&setting.scratch, "ours-closure", &["contacts.getContacts"], true)?;
    let build = |project: &Project, package: &str| -> Result<Cost, String> {
        project.clean()?;
        let mut cargo = project.cargo(Profile::Release, 0);
        process::run(cargo.args(["-p", package]))
    };
    let pairs: Result<Vec<_>, String> = (0..setting.builds.min(3))
        .map(|_| Ok((build(&ours, "ours-closure")?.cpu, build(peer, "grammers-tl-types")?.cpu)))
        .collect();
    Ok(cpu("closure of contacts.getContacts, generator and all", &pairs?, 0.25))
}

fn size_of_library(folder: &Path, name: &str) -> Result<u64, String> {
    let deps = folder.join("deps");
    let entries = fs::read_dir(&deps).map_err(|error| format!("{}: {error}", deps.display()))?;
    let found = entries.flatten().find(|entry| {
        let file = entry.file_name().to_string_lossy().into_owned();
        file.strip_prefix(name).is_some_and(|rest| rest.starts_with('-') && rest.ends_with(".rlib"))
    });
    let metadata =
        found.and_then(|entry| entry.metadata().ok()).ok_or_else(|| format!("no {name} in {}", deps.display()))?;
    Ok(metadata.len())
}

/// The bytes of code in the app.
fn text_of(project: &Project) -> Result<u64, String> {
    let app = project.output(Profile::Release).join("app");
    let (said, _) = process::capture(Command::new("size").arg("-A").arg(&app))?;
    let line = said.lines().find(|line| line.starts_with(".text "));
    let size = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|size| size.parse().ok());
    size.ok_or_else(|| format!("no .text in {}", app.display()))
}
