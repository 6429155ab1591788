//! What a user of the builder and of the command line sees when a schema or an option is wrong.

#![allow(clippy::unwrap_used)]

use std::fs;

use tempfile::TempDir;
use tl_tests::fixture::{self, Fixture};
use tl_tests::tlgen::tlgen;
use tlgen_build::{BuildError, Builder};

/// The builder with the options of a fixture.
fn builder(fixture: &Fixture, out: &TempDir) -> Builder {
    let builder = Builder::new().schema(format!("fixtures/{}/input.tl", fixture.name)).out_dir(out.path());
    builder.config(fixture.options.clone())
}

fn refused() -> impl Iterator<Item = Fixture> {
    fixture::all().into_iter().filter(|fixture| fixture.has("error.snap"))
}

/// The builder says what the pipeline found, and leaves the disk as it was.
#[test]
fn the_builder_shows_the_diagnostics() {
    for fixture in refused() {
        let out = TempDir::new().unwrap();
        let error = builder(&fixture, &out).compile().unwrap_err();
        let BuildError::Schema(report) = &error else { panic!("{}: {error}", fixture.name) };
        let snapshot = fs::read_to_string(fixture.dir.join("error.snap")).unwrap();
        let expected = snapshot.splitn(3, "---\n").nth(2).unwrap();
        let report = report.to_string().replace("fixtures/", "");
        assert_eq!(report.trim_end(), expected.trim_end(), "{}", fixture.name);
        assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0, "{} wrote something", fixture.name);
    }
}

/// `fn main() -> Result<(), BuildError>` prints `Debug`, which must be as readable as `Display`.
#[test]
fn debug_shows_the_same_as_display() {
    let out = TempDir::new().unwrap();
    let error = builder(&Fixture::of("name_clash"), &out).compile().unwrap_err();
    assert_eq!(format!("{error:?}"), error.to_string());
    insta::assert_snapshot!("build_error", error);
}

#[test]
fn files_and_calls_can_be_wrong() {
    let out = TempDir::new().unwrap();
    let compile = |builder: Builder| builder.out_dir(out.path()).compile().unwrap_err();

    assert!(matches!(compile(Builder::new()), BuildError::NoSchema));
    let missing = compile(Builder::new().schema("no/such/file.tl"));
    assert!(matches!(missing, BuildError::Read { .. }));
    assert!(missing.to_string().starts_with("no/such/file.tl: "), "{missing}");

    let path = out.path().join("latin1.tl");
    fs::write(&path, b"// fine\n// gr\xfc\xdfe\na = A;\n").unwrap();
    let not_utf8 = compile(Builder::new().schema(&path));
    assert!(matches!(not_utf8, BuildError::NotUtf8 { line: 2, .. }), "{not_utf8}");
    assert!(not_utf8.to_string().ends_with("latin1.tl:2: the file is not UTF-8"), "{not_utf8}");

    fs::write(&path, "a = A\nb = B;\nc#zz = C;").unwrap();
    let syntax = compile(Builder::new().schema(&path));
    assert!(syntax.to_string().contains("error[TL0"), "{syntax}");
    assert!(!out.path().join("latin1.rs").exists());
}

/// Several schemas: the errors of all of them are shown, and not even the good ones are written.
#[test]
fn one_broken_schema_stops_all() {
    let out = TempDir::new().unwrap();
    let schemas = ["flags", "name_clash", "refused_record"];
    let builder = schemas.iter().fold(Builder::new().out_dir(out.path()), |builder, name| {
        builder.schema_files(*name, [format!("fixtures/{name}/input.tl")])
    });
    let text = builder.compile().unwrap_err().to_string();
    assert!(text.contains("fixtures/name_clash/input.tl:3:1"), "{text}");
    assert!(text.contains("fixtures/refused_record/input.tl:2:1"), "{text}");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
}

/// Schemas that would be one file, and names that cannot be modules: refused, with what to do.
#[test]
fn names_that_can_not_be() {
    let out = TempDir::new().unwrap();
    let error = |builder: Builder| builder.out_dir(out.path()).compile().unwrap_err();

    let twice = error(Builder::new().schema("a/api.tl").schema("b/api.tl"));
    let BuildError::Schema(report) = &twice else { panic!("{twice}") };
    assert_eq!(report.diagnostics()[0].code.0, "TL0206");
    let text = twice.to_string();
    assert!(text.contains("two schemas have the name `api`: that of `a/api.tl` and that of `b/api.tl`"), "{text}");
    assert!(
        text.contains("help: give each a name of its own: by `schema_files(NAME, ..)` in a build script"),
        "{text}"
    );

    for (name, similar) in [("my-api", "my_api"), ("con", "con_"), ("type", "type_"), ("../up", "up")] {
        let text = error(Builder::new().schema_files(name, ["fixtures/flags/input.tl"])).to_string();
        assert!(text.contains(&format!("`{name}` can not be the name of a module")), "{text}");
        assert!(text.contains(&format!("`{similar}` would do")), "{text}");
    }
    for module in ["not a module", "", "a::", "type", "a::self"] {
        let error = error(Builder::new().schema("fixtures/flags/input.tl").module(module));
        assert!(matches!(&error, BuildError::Module(path) if path == module), "{error}");
        assert!(error.to_string().contains("`::` between"), "{error}");
    }
    for derives in [&["Clnoe"][..], &["Eq"], &["Copy"], &["Debug", "Debug"], &["Serialize"]] {
        let text = error(Builder::new().schema("fixtures/flags/input.tl").derives(derives.iter().copied())).to_string();
        assert!(text.contains("error[TL0204]") && text.contains("= help: "), "{text}");
    }
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);
}

/// Without the feature there is one message, and no file is written without the metadata.
#[test]
fn metadata_needs_its_feature() {
    let error = Builder::new().schema("fixtures/metadata/input.tl").metadata("fixtures/metadata/meta.toml").generate();
    let error = error.unwrap_err();
    assert!(matches!(error, BuildError::MetadataFeature), "{error}");
    assert!(error.to_string().contains("features = [\"metadata\"]"), "{error}");
}

/// Errors of the system are the sources of ours.
#[test]
fn errors_have_sources() {
    use std::error::Error;
    let out = TempDir::new().unwrap();
    let missing = Builder::new().schema("no/such/file.tl").generate().unwrap_err();
    assert!(missing.source().unwrap().is::<std::io::Error>());
    let path = out.path().join("latin1.tl");
    fs::write(&path, b"// gr\xfc\xdfe\n").unwrap();
    let not_utf8 = Builder::new().schema(&path).generate().unwrap_err();
    assert!(not_utf8.source().unwrap().is::<std::str::Utf8Error>());
    let file = out.path().join("file");
    fs::write(&file, "").unwrap();
    let in_the_way = Builder::new().schema("fixtures/flags/input.tl").out_dir(&file).compile().unwrap_err();
    assert!(matches!(in_the_way, BuildError::Write(_)), "{in_the_way}");
    assert!(in_the_way.source().unwrap().is::<std::io::Error>());
}

/// In memory: the same text as on disk, every file that was read, the warnings as values.
#[test]
fn generated_in_memory() {
    let out = TempDir::new().unwrap();
    let path = out.path().join("point.tl");
    fs::write(&path, "point#00000001 x:int = Point;\n").unwrap();
    let builder = Builder::new().schema(&path).module("tg::api");
    let built = builder.generate().unwrap();
    assert_eq!(built.inputs, [path]);
    let codes: Vec<_> = built.warnings.diagnostics().iter().map(|warning| warning.code.0).collect();
    assert_eq!(codes, ["TL0121"]);
    assert!(built.warnings.to_string().contains("warning[TL0121]: the id 00000001 of `point`"), "{}", built.warnings);
    let text = &built.files["point.rs"];
    // The text does not say in which folder the file is.
    let first = text.lines().find(|line| line.starts_with(tlgen_build::GENERATED_MARK)).unwrap();
    assert_eq!(
        first,
        "// @generated by tlgen from point.tl. Do not edit: change the schema; the build generates this file again."
    );
    builder.out_dir(out.path()).compile().unwrap();
    assert_eq!(&fs::read_to_string(out.path().join("point.rs")).unwrap(), text);
}

/// Lines to cargo are printed in a build script and nowhere else.
#[test]
fn lines_to_cargo() {
    const CHILD: &str = "TLGEN_TEST_LINES_TO_CARGO";
    if let Some(out) = std::env::var_os(CHILD) {
        Builder::new().schema("fixtures/flags/input.tl").out_dir(out).compile().unwrap();
        return;
    }
    let out = TempDir::new().unwrap();
    let said = |variables: &[&str]| {
        let mut command = std::process::Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "lines_to_cargo", "--nocapture"]).env(CHILD, out.path());
        for name in ["OUT_DIR", "TARGET", "NUM_JOBS"] {
            command.env_remove(name);
        }
        let output = command.envs(variables.iter().map(|name| (*name, "1"))).output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(said(&["OUT_DIR", "TARGET", "NUM_JOBS"]).contains("cargo::rerun-if-changed=fixtures/flags/input.tl\n"));
    assert!(!said(&["OUT_DIR"]).contains("cargo::"));
}

/// A file that would not change keeps its time, so that cargo builds nothing again.
#[test]
fn what_does_not_change_is_not_written() {
    let out = TempDir::new().unwrap();
    let run = || {
        Builder::new().schema("fixtures/flags/input.tl").out_dir(out.path()).compile().unwrap();
        fs::metadata(out.path().join("input.rs")).unwrap().modified().unwrap()
    };
    let first = run();
    assert_eq!(run(), first);
    fs::write(out.path().join("input.rs"), "something else").unwrap();
    run();
    assert!(fs::read_to_string(out.path().join("input.rs")).unwrap().starts_with(tlgen_build::GENERATED_MARK));
}

/// The same through `tlgen generate`, for the cases that need no options.
#[test]
fn the_command_line_shows_the_diagnostics() {
    for fixture in refused().filter(|fixture| !fixture.has("options.toml")) {
        let out = TempDir::new().unwrap();
        let folder = out.path().join("out");
        let output = tlgen(&fixture.dir, &["generate", "--schema", "input.tl", "--out", folder.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{}", fixture.name);
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{}", fixture.name);
        insta::assert_snapshot!(format!("tlgen_{}", fixture.name), String::from_utf8(output.stderr).unwrap());
        assert!(!folder.exists(), "{} wrote something", fixture.name);
    }
}

/// Which files an atlas is made of: a path, a folder, a name with `*`. Nothing is written where one of them is wrong.
#[test]
fn an_atlas_is_of_the_files_that_are_meant() {
    let (layers, out) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    for (name, text) in [
        ("api-1.tl", "user#00000001 id:int = User;\n// LAYER 1\n"),
        ("api-2.tl", "user#00000002 id:long = User;\n// LAYER 2\n"),
        ("other.tl", "user#00000001 id:long = User;\n"),
        ("notes.txt", "no schema"),
    ] {
        fs::write(layers.path().join(name), text).unwrap();
    }
    let builder = |path: &str| Builder::new().atlas([layers.path().join(path)]).out_dir(out.path());
    for (path, ids) in [("api-1.tl", 1), ("api-*.tl", 2), ("*2.tl", 1)] {
        let atlas = builder(path).generate().unwrap().atlas.unwrap();
        assert_eq!(tlgen_runtime::atlas::Atlas::new(&atlas).unwrap().len(), ids, "{path}");
    }

    let clash = builder("").compile().unwrap_err();
    assert!(clash.to_string().contains("error[TL0501]: the id 00000001 has two layouts"), "{clash}");
    let nothing = builder("layer-*.tl").compile().unwrap_err();
    assert!(matches!(nothing, BuildError::NoFiles(_)), "{nothing}");
    assert!(matches!(builder("no.tl").compile().unwrap_err(), BuildError::Read { .. }));
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);

    builder("api-*.tl").compile().unwrap();
    assert!(fs::read(out.path().join("atlas.tla")).unwrap().starts_with(b"TLATLAS"));
}
