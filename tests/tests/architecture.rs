//! The dependency rules of ARCHITECTURE.md: crates by what cargo knows of them, modules by the paths that they name.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tl_tests::tlgen::{cargo, workspace};

/// A package as cargo describes it.
struct Package {
    /// What it needs to be built, with whether each is optional; not what its own tests need.
    dependencies: BTreeMap<String, bool>,
    /// What its tests need.
    dev: BTreeSet<String>,
    default_features: Vec<String>,
    has_build_script: bool,
}

fn packages() -> BTreeMap<String, Package> {
    let text = cargo(&["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    read_packages(&serde_json::from_str(&text).unwrap())
}

fn read_packages(metadata: &Value) -> BTreeMap<String, Package> {
    let packages = metadata["packages"].as_array().unwrap().iter().map(|package| {
        let mut dependencies = BTreeMap::new();
        let mut dev = BTreeSet::new();
        for dependency in package["dependencies"].as_array().unwrap() {
            let name = dependency["name"].as_str().unwrap().to_owned();
            if dependency["kind"] == "dev" {
                dev.insert(name);
            } else {
                dependencies.insert(name, dependency["optional"].as_bool().unwrap());
            }
        }
        let default = package["features"]["default"].as_array().cloned().unwrap_or_default();
        let targets = package["targets"].as_array().unwrap();
        let has_build_script = targets.iter().any(|target| target["kind"][0] == "custom-build");
        let default_features = default.iter().map(|feature| feature.as_str().unwrap().to_owned()).collect();
        let package_name = package["name"].as_str().unwrap().to_owned();
        (package_name, Package { dependencies, dev, default_features, has_build_script })
    });
    packages.collect()
}

/// What is wrong with the packages.
fn broken_crate_rules(packages: &BTreeMap<String, Package>) -> Vec<String> {
    let mut broken = Vec::new();
    let allowed: [(&str, &[&str]); 4] = [
        ("tlgen-runtime", &["compact_str", "serde", "tower-service"]),
        ("tl-generated", &["tlgen-runtime"]),
        ("tlgen-parser", &["nom"]),
        ("tlgen-model", &["tlgen-parser"]),
    ];
    for (name, allowed) in allowed {
        let package = &packages[name];
        for dependency in package.dependencies.keys().filter(|dependency| !allowed.contains(&dependency.as_str())) {
            broken.push(format!("{name} must not depend on {dependency}"));
        }
    }
    if packages["tl-generated"].has_build_script {
        broken.push("tl-generated must not have a build script".to_owned());
    }
    let codegen = &packages["tlgen-build"];
    if codegen.dependencies.contains_key("tlgen-runtime") || codegen.dev.contains("tlgen-runtime") {
        broken.push("tlgen-build must not depend on tlgen-runtime".to_owned());
    }
    for heavy in ["syn", "prettyplease"] {
        if codegen.dependencies.get(heavy) != Some(&true) {
            broken.push(format!("tlgen-build: {heavy} must be optional"));
        }
    }
    let runtime = &packages["tlgen-runtime"];
    for (dependency, _) in runtime.dependencies.iter().filter(|(_, is_optional)| !*is_optional) {
        broken.push(format!("tlgen-runtime must build without {dependency}"));
    }
    if !runtime.default_features.is_empty() {
        broken.push("tlgen-runtime must depend on nothing by default".to_owned());
    }
    if codegen.default_features.iter().any(|feature| feature == "format") {
        broken.push("tlgen-build must not format by default".to_owned());
    }
    broken
}

#[test]
fn crates_depend_downwards() {
    assert_eq!(broken_crate_rules(&packages()), Vec::<String>::new());
}

/// The features that a build script gets: what cargo really resolves.
#[test]
fn plain_cargo_test_leaves_out_the_benchmarks_only() {
    let text = cargo(&["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&text).unwrap();
    let names = |key: &str| -> BTreeSet<String> {
        metadata[key].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    };
    let (members, default) = (names("workspace_members"), names("workspace_default_members"));
    let left_out: Vec<_> = members.difference(&default).map(|id| id.contains("/benches#")).collect();
    assert_eq!(left_out, [true], "{members:?}");
}

#[test]
fn a_build_script_does_not_pay_for_pretty_output() {
    let args = ["tree", "--offline", "--package", "tlgen-build", "--edges", "normal,build", "--prefix", "none"];
    let with = |more: &[&str]| cargo(&[&args, more].concat());
    let names = |tree: &str| -> BTreeSet<String> {
        tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
    };
    let default = names(&with(&[]));
    assert!(default.contains("quote") && default.contains("nom"), "{default:?}");
    for heavy in ["syn", "prettyplease", "serde", "serde_json", "toml", "csv"] {
        assert!(!default.contains(heavy), "{heavy} in {default:?}");
    }
    let formatting = names(&with(&["--features", "format"]));
    assert!(formatting.contains("syn") && formatting.contains("prettyplease"), "{formatting:?}");
}

/// The rules for crates can be broken.
#[test]
fn broken_crates_are_found() {
    let dependency = |name: &str, kind: &str| serde_json::json!({"name": name, "kind": kind, "optional": false});
    let package = |name: &str, dependencies: Vec<Value>, target: &str| {
        let features = serde_json::json!({"default": ["format"]});
        let targets = serde_json::json!([{"kind": [target]}]);
        serde_json::json!({"name": name, "dependencies": dependencies, "features": features, "targets": targets})
    };
    let metadata = serde_json::json!({"packages": [
        package("tlgen-runtime", vec![dependency("bytes", "normal")], "lib"),
        package("tl-generated", vec![dependency("cc", "build")], "custom-build"),
        package("tlgen-parser", vec![dependency("nom", "normal"), dependency("regex", "normal")], "lib"),
        package("tlgen-model", vec![dependency("insta", "dev")], "lib"),
        package("tlgen-build", vec![dependency("tlgen-runtime", "dev"), dependency("syn", "normal")], "lib"),
    ]});
    let expected = [
        "tlgen-runtime must not depend on bytes",
        "tl-generated must not depend on cc",
        "tlgen-parser must not depend on regex",
        "tl-generated must not have a build script",
        "tlgen-build must not depend on tlgen-runtime",
        "tlgen-build: syn must be optional",
        "tlgen-build: prettyplease must be optional",
        "tlgen-runtime must build without bytes",
        "tlgen-runtime must depend on nothing by default",
        "tlgen-build must not format by default",
    ];
    assert_eq!(broken_crate_rules(&read_packages(&metadata)), expected);
}

/// Files and the paths that they must not name.
struct ModuleRule {
    /// Where the rule holds, from the root of the workspace.
    files: &'static str,
    /// Where it does not.
    except: &'static [&'static str],
    /// Beginnings of paths; with a `!` a macro.
    forbidden: &'static [&'static str],
}

/// Stages of the generator see only what comes before them; disk, environment and printing are at the edges.
const MODULES: &[ModuleRule] = &[
    ModuleRule {
        files: "tl-codegen/src/ir",
        except: &[],
        forbidden: &[
            "crate::emit",
            "crate::output",
            "crate::builder",
            "crate::pipeline",
            "quote",
            "proc_macro2",
            "syn",
        ],
    },
    ModuleRule {
        files: "tl-codegen/src/emit",
        except: &[],
        forbidden: &[
            "tlgen_model",
            "tlgen_parser",
            "tlgen_diagnostics",
            "crate::output",
            "crate::builder",
            "crate::pipeline",
        ],
    },
    ModuleRule {
        files: "tl-codegen/src/output",
        except: &[],
        forbidden: &[
            "tlgen_model",
            "tlgen_parser",
            "tlgen_diagnostics",
            "crate::ir",
            "crate::builder",
            "crate::pipeline",
        ],
    },
    ModuleRule {
        files: "tl-codegen/src/naming.rs",
        except: &[],
        forbidden: &["tlgen_model", "tlgen_parser", "crate::ir", "crate::emit", "crate::output"],
    },
    ModuleRule {
        files: "",
        except: &["tl-cli", "tl-codegen/src/builder", "tl-codegen/src/disk.rs"],
        forbidden: &["std::fs", "std::env", "std::process", "println!", "print!", "eprintln!", "eprint!", "dbg!"],
    },
];

#[test]
fn modules_see_only_what_they_may() {
    let sources = sources();
    for rule in MODULES {
        let mut looked_at = 0;
        for (path, text) in &sources {
            if path.starts_with(rule.files) && !rule.except.iter().any(|except| path.starts_with(except)) {
                looked_at += 1;
                assert_eq!(forbidden_paths(text, rule.forbidden), Vec::<String>::new(), "in {}", path.display());
            }
        }
        assert!(looked_at > 0, "no file is below `{}`", rule.files);
    }
}

/// The Rust files of the libraries and the command line, from the root of the workspace, without their tests.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = Vec::new();
    for entry in fs::read_dir(workspace()).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with("tl-") {
            folders.push(path.join("src"));
        }
    }
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name() != Some("tests.rs".as_ref()) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(workspace()).unwrap().to_owned(), code(&text)));
            }
        }
    }
    found
}

/// The text without comments and without the tests at its end.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    let lines = text.lines().map(|line| match line.find("//") {
        Some(at) if !line[..at].contains('"') => &line[..at],
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The forbidden paths that code names, in `use` declarations or in place.
fn forbidden_paths(code: &str, forbidden: &[&str]) -> Vec<String> {
    let mut named: Vec<String> = Vec::new();
    for part in code.split(';') {
        // A declaration may stand behind attributes or another item.
        if let Some(at) = part.rfind("use ").filter(|at| *at == 0 || !is_word(part[..*at].chars().next_back())) {
            expand(&without_renames(&part[at + 4..]), "", &mut named);
        }
    }
    let in_place: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_named = |path: &&&str| {
        let in_use = named.iter().any(|name| name == *path || name.starts_with(&format!("{path}::")));
        let starts = in_place.match_indices(**path);
        let in_place = starts.into_iter().any(|(at, _)| {
            let rest = &in_place[at + path.len()..];
            let ends = path.ends_with('!') || rest.starts_with("::");
            ends && !is_word(in_place[..at].chars().next_back())
        });
        in_use || in_place
    };
    forbidden.iter().filter(is_named).map(|path| (*path).to_owned()).collect()
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
}

/// A tree without blanks and without `as x`.
fn without_renames(tree: &str) -> String {
    let mut words = tree.split_whitespace();
    let mut out = String::new();
    while let Some(word) = words.next() {
        if word == "as" {
            let name = words.next().unwrap_or_default();
            out.push_str(name.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'));
        } else {
            out.push_str(word);
        }
    }
    out
}

/// `a::{b, c::{d, e}}` to `a::b`, `a::c::d`, `a::c::e`.
fn expand(tree: &str, prefix: &str, paths: &mut Vec<String>) {
    let tree = tree.trim_start_matches("::");
    let Some((head, rest)) = tree.split_once('{') else {
        paths.push(format!("{prefix}{tree}"));
        return;
    };
    let inner = rest.strip_suffix('}').unwrap_or(rest);
    let mut depth = 0;
    let parts = inner.split(|c| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    for part in parts.filter(|part| !part.is_empty()) {
        expand(part, &format!("{prefix}{head}"), paths);
    }
}

/// The rules for modules can be broken, in each way of writing a path.
#[test]
fn broken_modules_are_found() {
    let found =
        |code_text: &str| forbidden_paths(&code(code_text), &["tlgen_model", "crate::emit", "std::fs", "println!"]);
    assert_eq!(found("use tlgen_model::schema::Schema;"), ["tlgen_model"]);
    assert_eq!(found("use {tlgen_model as m, std::fs as disk};"), ["tlgen_model", "std::fs"]);
    assert_eq!(found("pub(crate) use ::tlgen_model::{a, b};"), ["tlgen_model"]);
    assert_eq!(found("use crate::{ir, emit::{Module, scope}};"), ["crate::emit"]);
    assert_eq!(found("use std::{\n    fmt,\n    fs,\n};"), ["std::fs"]);
    assert_eq!(found("mod x {\n    use crate::emit;\n}"), ["crate::emit"]);
    assert_eq!(found("fn f() -> tlgen_model::schema::Type { std::fs::read(p) }"), ["tlgen_model", "std::fs"]);
    assert_eq!(found("fn f() { println!(\"x\") }"), ["println!"]);
    let nothing: [&str; 0] = [];
    assert_eq!(found("//! tlgen_model::x\n// use crate::emit;\nuse crate::{ir, error};"), nothing);
    assert_eq!(found("use crate::emitter; use std::fmt; fn f() { eprintln_x!(); my_tl_model::x(); }"), nothing);
    assert_eq!(found("#[cfg(test)]\nmod tests { use std::fs; }"), nothing);
}

/// Every file says what it is for, and stays small enough to be read in one sitting.
#[test]
fn files_are_small_and_say_what_they_are() {
    for folder in sources().iter().map(|(path, _)| path) {
        let text = fs::read_to_string(workspace().join(folder)).unwrap();
        assert!(text.starts_with("//!"), "{} has no `//!`", folder.display());
        let lines = text.lines().count();
        assert!(lines <= 500, "{} has {lines} lines: split it", folder.display());
    }
}

/// All crates forbid `unsafe` by their lints, but for the runtime, where it stands in one file.
#[test]
fn unsafe_code_stands_in_one_file() {
    let sources = sources();
    let with = sources.iter().filter(|(_, text)| text.contains("unsafe {") || text.contains("unsafe_code"));
    let files: Vec<_> = with.map(|(path, _)| path.to_string_lossy().replace('\\', "/")).collect();
    assert_eq!(files, ["tl-runtime/src/unchecked.rs"]);
}

/// `tl-codegen` knows the runtime only as text: the path in the configuration.
#[test]
fn the_runtime_is_only_a_path() {
    let sources = sources();
    let config = sources.iter().find(|(path, _)| path.ends_with("tl-codegen/src/config.rs")).unwrap();
    assert!(config.1.contains("\"::tlgen_runtime\""));
    for (path, text) in sources.iter().filter(|(path, _)| path.starts_with("tl-codegen")) {
        assert_eq!(forbidden_paths(text, &["tlgen_runtime"]), Vec::<String>::new(), "in {}", path.display());
    }
}
