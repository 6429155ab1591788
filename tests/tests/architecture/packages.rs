//! Which package may depend on which, by what cargo knows of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tl_tests::tlgen::cargo;

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
    let allowed: [(&str, &[&str]); 6] = [
        ("tlgen-runtime", &["compact_str", "serde_core", "tower-service"]),
        ("tl-generated", &["tlgen-runtime"]),
        ("tlgen-parser", &["nom"]),
        ("tlgen-model", &["tlgen-parser"]),
        ("tlgen-atlas", &["tlgen-model", "tlgen-parser"]),
        ("tlgen-lint", &["tlgen-model", "tlgen-parser"]),
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

/// What a plain `cargo test` leaves out has a step of its own in `.ci/run`.
#[test]
fn plain_cargo_test_leaves_out_what_is_heavy_only() {
    let text = cargo(&["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&text).unwrap();
    let names = |key: &str| -> BTreeSet<String> {
        metadata[key].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
    };
    let (members, default) = (names("workspace_members"), names("workspace_default_members"));
    let folder = |id: &String| id.split('#').next().and_then(|path| path.rsplit('/').next()).map(str::to_owned);
    let left_out: Vec<_> = members.difference(&default).filter_map(folder).collect();
    assert_eq!(left_out, ["benches", "grammers", "tl-grammers"], "{members:?}");
}

/// The features that a build script gets: what cargo really resolves.
#[test]
fn a_build_script_does_not_pay_for_pretty_output() {
    let args = ["tree", "--offline", "--package", "tlgen-build", "--edges", "normal,build", "--prefix", "none"];
    let with = |more: &[&str]| cargo(&[&args, more].concat());
    let names = |tree: &str| -> BTreeSet<String> {
        tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
    };
    let default = names(&with(&[]));
    assert!(default.contains("quote") && default.contains("nom"), "{default:?}");
    for heavy in ["syn", "prettyplease", "tlgen-dynamic", "serde", "serde_json", "toml", "csv", "quick-xml"] {
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
        package("tlgen-atlas", vec![dependency("tlgen-runtime", "dev")], "lib"),
        package("tlgen-lint", vec![dependency("tlgen-build", "normal")], "lib"),
        package("tlgen-build", vec![dependency("tlgen-runtime", "dev"), dependency("syn", "normal")], "lib"),
    ]});
    let expected = [
        "tlgen-runtime must not depend on bytes",
        "tl-generated must not depend on cc",
        "tlgen-parser must not depend on regex",
        "tlgen-lint must not depend on tlgen-build",
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
