//! What generated code costs to compile, and how large it is then.

use std::fs;
use std::path::Path;
use std::process::Command;

use tlgen_build::Role;

use super::{Setting, project};
use crate::case::GRAMMERS;
use crate::measure::process::{self, Cost};
use crate::measure::project::{Compiler, Profile, Project};
use crate::measure::time::Paired;
use crate::table::{Goal, Row, seconds};

/// The peer's library.
const THEIRS: &str = "grammers_tl_types";

/// The rows that have goals: the whole API beside the peer, for a client, and what reads and writes everything.
pub(super) fn rows(setting: &Setting) -> Result<Vec<Row>, String> {
    let scratch = &setting.scratch;
    let client = project::ours(scratch, "client-app", &project::with_role(project::DERIVES, Role::Client))?;
    let bare = project::library(scratch, "client-bare", &project::with_role(&[], Role::Client))?;
    let both = project::library(scratch, "both-ways", &project::same())?;
    let both_bare = project::library(scratch, "both-ways-bare", &project::with_derives(&[]))?;
    let peer = project::grammers(scratch)?;
    for project in [&client, &bare, &both, &both_bare, &peer] {
        project.clean()?;
    }
    let mut rows = Vec::new();
    let [theirs] = peer.compilers(Profile::Check, [THEIRS])?;
    for (what, project, goal) in [
        ("`cargo check` of the full API", &client, Goal::AtMost(0.62)),
        ("`cargo check` of the full API, no derives (the peer has its own)", &bare, Goal::AtMost(0.25)),
        ("`cargo check` of the full API, both ways", &both, Goal::None),
        ("`cargo check` of the full API, both ways, no derives", &both_bare, Goal::None),
    ] {
        let ours = project.compilers(Profile::Check, ["tlgen_runtime", "api"])?;
        rows.push(cpu(what, &pairs(setting.builds, &ours, std::slice::from_ref(&theirs))?, goal));
    }

    let [runtime, library, app] = client.compilers(Profile::Release, ["tlgen_runtime", "api", "app"])?;
    let [their_library, their_app] = peer.compilers(Profile::Release, [THEIRS, "app"])?;
    let libraries = pairs(setting.builds, &[runtime, library], std::slice::from_ref(&their_library))?;
    let apps = pairs(setting.builds, &[app], &[their_app])?;
    let sums: Vec<_> = libraries.iter().zip(&apps).map(|(l, a)| (l.0 + a.0, l.1 + a.1)).collect();
    rows.push(cpu("release library alone, without its generator", &libraries, Goal::AtMost(0.44)));
    let all = both.compilers(Profile::Release, ["tlgen_runtime", "api"])?;
    let all = pairs(setting.builds, &all, std::slice::from_ref(&their_library))?;
    rows.push(cpu("release library alone, both ways", &all, Goal::None));
    rows.push(cpu("release library and app, clean", &sums, Goal::AtMost(0.47)));
    rows.push(cpu("app built again after an edit", &apps, Goal::AtMost(0.35)));
    rows.push(debug_app(setting, &client, &peer)?);
    for (what, project, goal) in
        [("rlib, bytes", &client, Goal::AtMost(0.67)), ("rlib, both ways, bytes", &both, Goal::None)]
    {
        rows.push(Row::sizes(what, rlib(project, "api")?, GRAMMERS, rlib(&peer, THEIRS)?, goal));
    }
    let _ = bare.compilers(Profile::Release, ["api"])?;
    let bare = rlib(&bare, "api")?;
    rows.push(Row::sizes("rlib, no derives, bytes", bare, GRAMMERS, rlib(&peer, THEIRS)?, Goal::AtMost(0.38)));
    let code = "code of the app, bytes of .text";
    rows.push(Row::sizes(code, text_of(&client)?, GRAMMERS, text_of(&peer)?, Goal::AtMost(0.77)));
    rows.extend(closure(setting, &peer)?);
    Ok(rows)
}

/// The app built again without optimization.
fn debug_app(setting: &Setting, ours: &Project, peer: &Project) -> Result<Row, String> {
    let ours = ours.compilers(Profile::Debug, ["app"])?;
    let theirs = peer.compilers(Profile::Debug, ["app"])?;
    Ok(cpu("app built again after an edit, debug", &pairs(setting.builds, &ours, &theirs)?, Goal::None))
}

/// The peer of code with an option.
const WITHOUT: &str = "without the option";

/// What each option of the generator saves: our code with the option beside our code without it.
pub(super) fn options(setting: &Setting) -> Result<Vec<Row>, String> {
    let plain = Variant::new(setting, "ours-plain", &project::same())?;
    let mut rows = Vec::new();
    for (name, what, config) in project::variants() {
        let variant = Variant::new(setting, name, &config)?;
        let runs = setting.builds.min(3);
        let check = Paired::new(&pairs(runs, &variant.check, &plain.check)?);
        let release = Paired::new(&pairs(runs, &variant.release, &plain.release)?);
        let mut add = |kind: &str, found: &Paired| {
            rows.push(Row {
                what: format!("{what}: {kind}, CPU"),
                ours: seconds(found.first),
                peer: format!("{WITHOUT} {}", seconds(found.second)),
                ratio: format!("{:.2} x", 1.0 / found.ratio),
                goal: String::new(),
            });
        };
        add("check", &check);
        add("release", &release);
        let (with, without) = (rlib(&variant.project, "api")?, rlib(&plain.project, "api")?);
        rows.push(Row::sizes(&format!("{what}: rlib, bytes"), with, WITHOUT, without, Goal::None));
    }
    Ok(rows)
}

/// The library with some options.
struct Variant {
    project: Project,
    check: [Compiler; 1],
    release: [Compiler; 1],
}

impl Variant {
    fn new(setting: &Setting, name: &str, config: &tlgen_build::Config) -> Result<Self, String> {
        let project = project::library(&setting.scratch, name, config)?;
        project.clean()?;
        let check = project.compilers(Profile::Check, ["api"])?;
        let release = project.compilers(Profile::Release, ["api"])?;
        Ok(Self { project, check, release })
    }
}

/// Processor time of both in turn, each the sum of some crates.
fn pairs(runs: usize, ours: &[Compiler], theirs: &[Compiler]) -> Result<Vec<(f64, f64)>, String> {
    let cpu = |crates: &[Compiler]| crates.iter().map(|it| it.run().map(|cost| cost.cpu)).sum::<Result<f64, String>>();
    (0..runs).map(|_| Ok((cpu(ours)?, cpu(theirs)?))).collect()
}

fn cpu(what: &str, pairs: &[(f64, f64)], goal: Goal) -> Row {
    let found = Paired::new(pairs);
    let part = 1.0 / found.ratio;
    Row {
        what: format!("{what}, CPU"),
        ours: format!("{:.2} s", found.first),
        peer: format!("{GRAMMERS} {:.2} s", found.second),
        ratio: format!("{part:.2} x"),
        goal: goal.judge(part),
    }
}

/// Only what one function reaches, against all of the peer: the library with its runtime, and a clean build with the generators.
fn closure(setting: &Setting, peer: &Project) -> Result<[Row; 2], String> {
    let ours = project::built(&setting.scratch, "ours-closure", &["contacts.getContacts"], true)?;
    for project in [&ours, peer] {
        project.clean()?;
    }
    let library = ours.compilers(Profile::Release, ["tlgen_runtime", "ours_closure"])?;
    let theirs = peer.compilers(Profile::Release, [THEIRS])?;
    let libraries = pairs(setting.builds, &library, &theirs)?;
    let build = |project: &Project, package: &str| -> Result<Cost, String> {
        project.clean()?;
        let mut cargo = project.cargo(Profile::Release, 0);
        process::run(cargo.args(["-p", package]))
    };
    let builds: Result<Vec<_>, String> = (0..setting.builds)
        .map(|_| Ok((build(&ours, "ours-closure")?.cpu, build(peer, "grammers-tl-types")?.cpu)))
        .collect();
    Ok([
        cpu("closure of contacts.getContacts, release library without its generator", &libraries, Goal::AtMost(0.03)),
        cpu("closure of contacts.getContacts, clean release build, generator and all", &builds?, Goal::AtMost(0.25)),
    ])
}

/// The size of a compiled library.
fn rlib(project: &Project, name: &str) -> Result<u64, String> {
    let deps = project.output(Profile::Release).join("deps");
    let entries = fs::read_dir(&deps).map_err(|error| format!("{}: {error}", deps.display()))?;
    let prefix = format!("lib{name}-");
    let found = entries.flatten().find(|entry| {
        let file = entry.file_name().to_string_lossy().into_owned();
        file.starts_with(&prefix) && Path::new(&file).extension().is_some_and(|extension| extension == "rlib")
    });
    let metadata =
        found.and_then(|entry| entry.metadata().ok()).ok_or_else(|| format!("no {prefix} in {}", deps.display()))?;
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
