//! Generating.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Setting, project};
use crate::case::GRAMMERS;
use crate::measure::median;
use crate::measure::process::{self, Cost};
use crate::measure::project::{Profile, Project, sizes_below, write};
use crate::measure::time::Paired;
use crate::schema;
use crate::table::{Goal, Row, seconds};

/// All rows.
pub(super) fn rows(setting: &Setting) -> Result<Vec<Row>, String> {
    let folder = setting.scratch.join("generate");
    let tool = Tool { program: tool(setting)?, folder: folder.clone(), role: "both" };
    let mut rows = Vec::new();
    let fresh: Result<Vec<_>, _> = (0..setting.pairs).map(|_| tool.fresh(schema::PATH)).collect();
    let fresh = fresh?;
    let of = |part: fn(&Cost) -> f64| median(fresh.iter().map(part).collect());
    rows.push(alone("full API, formatted, release, CPU of all threads", of(|cost| cost.cpu), Goal::None));
    rows.push(alone("the same on the clock, which counts other programs too", of(|cost| cost.wall), Goal::AtMost(0.5)));
    let ours = sizes_below(&tool.out())?;
    tool.run(schema::PATH, &folder.join("cache"))?;
    let again: Result<Vec<_>, _> =
        (0..setting.pairs).map(|_| tool.run(schema::PATH, &folder.join("cache")).map(|cost| cost.wall)).collect();
    rows.push(alone("full API, nothing changed, release, on the clock", median(again?), Goal::AtMost(0.02)));
    let peer = project::grammers(&setting.scratch)?;
    for (profile, opt_level, what, goal) in [
        (Profile::Release, 3, "full API, not formatted, build script at opt-level 3, CPU", 0.2),
        (Profile::Check, 0, "full API, not formatted, build script at opt-level 0, CPU", 0.8),
    ] {
        rows.push(scripts(setting, &peer, profile, opt_level, what, goal)?);
    }
    let theirs = sizes_below(&folder.join("theirs"))?;
    let client = Tool { role: "client", ..tool.clone() };
    client.fresh(schema::PATH)?;
    let of_client = sizes_below(&client.out())?;
    let goal = Goal::AtMost(0.55);
    rows.push(Row::sizes("generated source for a client, formatted, bytes", of_client.all, GRAMMERS, theirs.all, goal));
    for (what, ours, theirs) in [
        ("the same without documentation", of_client.code, theirs.code),
        ("generated source, both ways, formatted, bytes", ours.all, theirs.all),
        ("the same without documentation, both ways", ours.code, theirs.code),
    ] {
        rows.push(Row::sizes(what, ours, GRAMMERS, theirs, Goal::None));
    }
    rows.extend(growth(setting, &tool)?);
    Ok(rows)
}

/// `tlgen`, compiled.
#[derive(Clone)]
struct Tool {
    program: PathBuf,
    folder: PathBuf,
    /// For whom code is made.
    role: &'static str,
}

impl Tool {
    fn out(&self) -> PathBuf {
        self.folder.join("out")
    }

    /// Generates into a folder that is empty.
    fn fresh(&self, schema: &str) -> Result<Cost, String> {
        let out = self.out();
        if out.exists() {
            fs::remove_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
        }
        self.run(schema, Path::new(""))
    }

    fn run(&self, schema: &str, cache: &Path) -> Result<Cost, String> {
        let config = self.folder.join("tlgen.toml");
        let (derives, role) = (project::DERIVES, self.role);
        let text = format!(
            "[output]\ndir = \"out\"\n[[schema]]\nname = \"api\"\nfiles = [{schema:?}]\nderives = {derives:?}\nrole = {role:?}\n"
        );
        write(&config, &text)?;
        let mut command = Command::new(&self.program);
        process::run(command.args(["generate", "--config"]).arg(config).env("TLGEN_CACHE", cache))
    }
}

/// Builds `tlgen` where this program was built.
fn tool(setting: &Setting) -> Result<PathBuf, String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    process::run(cargo.args(["build", "--release", "-p", "tlgen"]).current_dir(env!("CARGO_MANIFEST_DIR")))?;
    Ok(setting.probe.with_file_name("tlgen"))
}

fn alone(what: &str, taken: f64, goal: Goal) -> Row {
    Row {
        what: what.to_owned(),
        ours: seconds(taken),
        peer: String::new(),
        ratio: String::new(),
        goal: goal.judge(taken),
    }
}

/// Both build scripts in turn.
fn scripts(
    setting: &Setting,
    peer: &Project,
    profile: Profile,
    opt_level: u8,
    what: &str,
    goal: f64,
) -> Result<Row, String> {
    let ours = project::built(&setting.scratch, "ours-build", &[], false)?;
    for (project, package) in [(&ours, "ours-build"), (peer, "grammers-tl-types")] {
        process::run(project.cargo(profile, opt_level).args(["-p", package]))?;
    }
    let run = |project: &Project, package: &str, at: &Path, out: &str| -> Result<f64, String> {
        let out = setting.scratch.join("generate").join(out);
        if out.exists() {
            fs::remove_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
        }
        fs::create_dir_all(&out).map_err(|error| format!("{}: {error}", out.display()))?;
        let mut command = Command::new(project.build_script(profile, package)?);
        Ok(process::run(command.current_dir(at).env("OUT_DIR", &out))?.cpu)
    };
    let sources = Path::new(schema::PATH).ancestors().nth(2).ok_or("the schema is in the sources of the peer")?;
    let pairs: Result<Vec<_>, String> = (0..setting.pairs)
        .map(|_| {
            Ok((run(&ours, "ours-build", ours.dir(), "ours")?, run(peer, "grammers-tl-types", sources, "theirs")?))
        })
        .collect();
    let found = Paired::new(&pairs?);
    Ok(Row {
        what: what.to_owned(),
        ours: seconds(found.first),
        peer: format!("{GRAMMERS} {}", seconds(found.second)),
        ratio: format!("{:.1} x the time", 1.0 / found.ratio),
        goal: Goal::AtMost(goal).judge(found.first),
    })
}

/// Larger schemas.
fn growth(setting: &Setting, tool: &Tool) -> Result<Vec<Row>, String> {
    let api = schema::api();
    let mut rows = Vec::new();
    for (small, large) in [(1, 2), (5, 10)] {
        let path = |copies: usize| setting.scratch.join("generate").join(format!("api-{copies}.tl"));
        for copies in [small, large] {
            write(&path(copies), &schema::times(&api, copies))?;
        }
        let cost = |copies: usize| tool.fresh(&path(copies).to_string_lossy()).map(|cost| cost.cpu);
        let pairs: Result<Vec<_>, String> = (0..setting.builds).map(|_| Ok((cost(small)?, cost(large)?))).collect();
        let found = Paired::new(&pairs?);
        rows.push(Row {
            what: format!("growth from {small} x to {large} x the API, formatted, CPU"),
            ours: format!("{} to {}", seconds(found.first), seconds(found.second)),
            peer: String::new(),
            ratio: format!("{:.2} x the time", found.ratio),
            goal: Goal::AtMost(2.2).judge(found.ratio),
        });
    }
    Ok(rows)
}
