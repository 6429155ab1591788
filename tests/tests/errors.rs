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

/// `fn main() -> Result<(), BuildError>` prints `Debug`: it is no dump.
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

/// The same through `tlgen generate`, for what needs no options.
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
