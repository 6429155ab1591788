//! `tlgen docs`.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use common::{Run, Sandbox};
use insta::assert_snapshot;

const SCHEMA: &str = "// LAYER 7\n//@description A point.\npoint#00000001 x:int y:int = Point;\n\
                      ---functions---\na.move#00000004 point:Point = Point;\n";

const CONFIG: &str = "[output]\ndir = \"out/src\"\n\n[[schema]]\nname = \"shapes\"\nfiles = [\"schema/shapes.tl\"]\n\
                      metadata = \"schema/shapes.meta.toml\"\nallow_id_mismatch = [\"point\", \"a.move\"]\n";

const METADATA: &str = "[functions.\"a.move\"]\nusable_by = \"bots\"\n\n[functions.\"a.mov\"]\nusable_by = \"users\"\n\n\
                        [constructors.point.fields]\nz = \"Height.\"\n";

fn project() -> Sandbox {
    let manifest = "[package]\nname = \"my-shapes\"\n";
    Sandbox::new(&[
        ("tlgen.toml", CONFIG),
        ("schema/shapes.tl", SCHEMA),
        ("schema/shapes.meta.toml", METADATA),
        ("out/Cargo.toml", manifest),
    ])
}

/// Without the time that it took.
fn timeless(run: &Run) -> String {
    let text = run.to_string();
    let Some((before, after)) = text.split_once(" written in ") else { return text };
    let after = after.split_once(" s\n").unwrap().1;
    format!("{before} written in TIME\n{after}")
}

#[test]
fn entries_that_name_nothing_are_warnings() {
    let project = project();
    assert_snapshot!(timeless(&project.run("docs --out site")));
    let page = project.read("site/shapes/functions/a.move.md");
    assert!(page.contains("- Who may call it: Bots only\n"), "{page}");
    assert!(page.contains("`my_shapes::shapes::functions::a::Move`"), "{page}");
    assert!(project.read("site/shapes/types/Point.html").contains("A point."));
}

#[test]
fn only_what_differs_is_written() {
    let project = project();
    assert_eq!(project.run("docs --out site").code, 0);
    let again = project.run("docs --out site");
    assert!(again.out.contains(", 0 of "), "{again}");
    project.write("schema/shapes.tl", &SCHEMA.replace("a.move", "a.turn"));
    project.write("tlgen.toml", &CONFIG.replace("a.move", "a.turn"));
    assert_eq!(project.run("docs --out site").code, 0);
    assert!(!project.path("site/shapes/functions/a.move.html").exists());
    assert!(project.path("site/shapes/functions/a.turn.html").exists());
}

#[test]
fn a_folder_of_others_is_left_alone() {
    let project = project();
    project.write("site/thesis.txt", "by hand");
    assert_snapshot!(project.run("docs --out site"));
    assert_eq!(project.list("site"), ["thesis.txt"]);
}

#[test]
fn faults_in_metadata() {
    let project = project();
    project.write("schema/shapes.meta.toml", "[functions.\"a.move\"]\nusable = \"bots\"\n");
    assert_snapshot!(project.run("docs"));
    project.write("table.csv", "method,usability,errors\na.move,nobody,\n");
    assert_snapshot!(project.run("docs --schema schema/shapes.tl --meta table.csv"));
    project.write("table.txt", "no table\n");
    assert_snapshot!(project.run("docs --schema schema/shapes.tl --meta table.txt"));
}

#[test]
fn layers_and_tables_without_a_configuration() {
    let project = project();
    project.write("api-7.tl", SCHEMA);
    project
        .write("api-8.tl", &format!("{}b.turn#00000005 point:Point = Point;\n", SCHEMA.replace("LAYER 7", "LAYER 8")));
    project.write("methods.csv", "method,usability,errors\na.move,both,POINT_LOST\nb.turn,user,\n");
    project.write("errors.csv", "name,codes,description\nPOINT_LOST,400,The point is gone\n");
    let run = project.run("docs --schema api-7.tl api-8.tl --meta methods.csv errors.csv --out site");
    assert_eq!(run.code, 0, "{run}");
    let page = project.read("site/api/functions/b.turn.md");
    assert!(page.contains("- Since: layer 8\n") && page.contains("Users only"), "{page}");
    let page = project.read("site/api/functions/a.move.md");
    assert!(page.contains("- Since: layer 7 or earlier\n"), "{page}");
    assert!(page.contains("| 400 | [`POINT_LOST`](../../api/errors/POINT_LOST.md) | The point is gone |"), "{page}");
    // A source may say what it is called, and the name of its file may tell the layer.
    project.write("pages.toml", "source = \"The pages\"\nlayer = 6\n[functions.\"b.turn\"]\nusable_by = \"bots\"\n");
    project.write("layer-8.toml", "[functions.\"a.move\"]\ndescription = \"Moves.\"\n");
    let sources = "--meta methods.csv pages.toml layer-8.toml";
    let run = project.run(&format!("docs --schema api-7.tl api-8.tl {sources} --all-layers --out site"));
    assert_eq!(run.code, 0, "{run}");
    let page = project.read("site/api/functions/b.turn.md");
    assert!(page.contains("- methods.csv: Users only\n- The pages (layer 6): Bots only\n"), "{page}");
    let page = project.read("site/api/layer-7/functions/a.move.md");
    assert!(page.contains("Moves.\n\nWhat layer-8.toml says is about layer 8."), "{page}");
    assert!(!project.read("site/api/functions/a.move.md").contains("says is about"));
    // Calls in each form, although nothing is generated yet; Rust names of errors.
    assert!(page.contains("client.a().r#move(") || page.contains("client.a().move_("), "{page}");
    let page = project.read("site/api/errors/POINT_LOST.md");
    assert!(page.contains("::errors::Error::PointLost`"), "{page}");
    let twice = project.run("docs --schema api-7.tl schema/../api-7.tl --out site");
    assert_eq!(twice.code, 2, "{twice}");
}

#[test]
fn serving() {
    let project = project();
    let mut server = Command::new(env!("CARGO_BIN_EXE_tlgen"))
        .args(["docs", "--serve", "0"])
        .current_dir(project.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim_start_matches("http://").split('/').next().unwrap();
    let ask = |host: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        let request =
            format!("GET /shapes/functions/a.move.html HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let (answer, refused) = (ask(address), ask("evil.example"));
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("\r\nContent-Type: text/html; charset=utf-8\r\n"), "{answer}");
    assert!(answer.contains("<h1>a.move</h1>"));
    assert!(refused.starts_with("HTTP/1.1 421 ") && !refused.contains("a.move"), "{refused}");
    assert!(!project.path("target").exists());
}
