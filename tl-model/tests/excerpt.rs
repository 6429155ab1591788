//! A part of a schema as text reads as that part; several files merged read as all of them together.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use tlgen_model::analysis::closure::{Selection, closure, closure_without, missing, named};
use tlgen_model::excerpt::{merge, slice};
use tlgen_model::schema::Schema;
use tlgen_model::{Fragment, Options, Outcome, load, load_fragment, print};
use tlgen_parser::diagnostic::Diagnostic;
use tlgen_parser::source::{FileIdx, Sources};

fn sources(texts: &[&str]) -> (Sources, Vec<FileIdx>) {
    let mut sources = Sources::new();
    let files = texts.iter().zip('a'..).map(|(text, name)| sources.add(format!("{name}.tl"), *text)).collect();
    (sources, files)
}

/// The blocks of a schema as text, whatever their order and the headings above them.
fn blocks(mut schema: Schema) -> Vec<String> {
    for combinator in &mut schema.combinators {
        (combinator.layer, combinator.has_written_id) = (None, combinator.name.full() != "_");
    }
    schema.partials.clear();
    let text = print::schema(&schema);
    let mut blocks: Vec<String> = text.split("\n\n").map(|block| block.trim_end().to_owned()).collect();
    blocks.sort();
    blocks
}

fn reread(text: &str) -> Schema {
    let (sources, files) = sources(&[text]);
    let loaded = load_fragment(&sources, &files, &Options::default(), Fragment::Proved);
    loaded.value.unwrap_or_else(|| panic!("{:?}\n{text}", loaded.diagnostics))
}

/// The text of a part, after a check that it reads as the part.
fn part(sources: &Sources, files: &[FileIdx], schema: &Schema, selection: &Selection) -> String {
    let text = slice(sources, files, schema, selection);
    assert_eq!(blocks(reread(&text)), blocks(schema.select(selection)), "{text}");
    assert!(!text.contains('\r'));
    // A part of a part is the same again.
    let (again, file) = self::sources(&[&text]);
    let whole = reread(&text);
    assert_eq!(slice(&again, &file, &whole, &closure(&whole, &[]).unwrap()), text);
    text
}

fn sliced(texts: &[&str], only: &[&str], options: &Options) -> String {
    let (sources, files) = sources(texts);
    let loaded = load(&sources, &files, options);
    let schema = loaded.value.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics));
    let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
    part(&sources, &files, &schema, &closure(&schema, &only).unwrap())
}

fn plain(text: &str, only: &[&str]) -> String {
    sliced(&[text], only, &Options::default())
}

/// Descriptions stay, also that of a type that stands by itself. Other comments go, but those on the line of a declaration.
#[test]
fn comments() {
    let text = "// The API.\n// LAYER 5\n\n//@class Shape @description What\n//-has an area.\n\n// Out: gone x:int = Gone;\n\
                // One corner.\npoint x:int // across\n  y:int = Point; // flat\n\n// Round.\r\ncircle#00000001 centre:point = Shape;\n\
                // Nothing needs it.\ngone = Gone;\n\n////////// Banner\n//@description A square. @side Its length.\n\
                square side:int = Shape;\n---functions---\n// About all.\n\n// Asks.\nget a:int = Shape; other = Gone; // both\n";
    assert_eq!(
        plain(text, &["get"]),
        "//@class Shape @description What\n//-has an area.\n\n// One corner.\npoint#e3fe70f4 x:int // across\n  y:int = Point; \
         // flat\n\n// Round.\ncircle#00000001 centre:point = Shape;\n\n////////// Banner\n//@description A square. @side Its \
         length.\nsquare#2e6773c0 side:int = Shape;\n\n---functions---\n\n// Asks.\nget#11fa1a54 a:int = Shape;\n\n// LAYER 5\n"
    );
}

/// The kind of fault: a description that is read as comments about the file where it comes first.
#[test]
fn a_description_that_looks_like_the_beginning_of_a_file() {
    let text = "gone = Gone;\n// Source of light.\nlamp = Lamp;\n---functions---\n// Generated light.\nglow = Gone;\n";
    assert_eq!(plain(text, &["Lamp"]), "---types---\n\n// Source of light.\nlamp#a0090d91 = Lamp;\n");
    assert!(plain(text, &["glow"]).starts_with("gone#"));
}

/// Builtin types come along where something needs them, with what their own declarations need.
#[test]
fn builtin_types() {
    let text = "int ? = Int;\nlong ? = Long;\nint128 4*[ int ] = Int128;\nbytes data:string = Bytes;\nstring ? = String;\n\
                boolFalse = Bool;\nboolTrue = Bool;\nvector {t:Type} # [ t ] = Vector t;\ntrue = True;\nobject ? = Object;\n\
                a x:int128 = A;\nb x:Vector<A> y:Bytes = B;\nc flags:# x:flags.0?true y:Bool = C;\nd x:Object = D;\n";
    let names = |only: &str| {
        let text = plain(text, &[only]);
        text.lines().map(|line| line.split([' ', '#']).next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("a"), ["int", "int128", "a"]);
    assert_eq!(names("b"), ["int", "int128", "bytes", "string", "vector", "a", "b"]);
    assert_eq!(names("c"), ["boolFalse", "boolTrue", "true", "c"]);
    assert_eq!(names("d"), ["object", "d"]);
}

/// What belongs to a type but is no constructor, another spelling of one, and functions among the types.
#[test]
fn what_is_no_declaration() {
    let text =
        "New A;\na = A;\nFinal A;\nEmpty B;\nNew C;\nc = C;\nVector int;\n@read get => A;\nlist = Vector<int>;\n";
    assert_eq!(
        plain(text, &["functions:*"]),
        "New A;\na#7aae25b9 = A;\nFinal A;\n\n---functions---\n\n@read get#9fc8f9aa => A;\nlist#4581f1c1 = Vector<int>;\n"
    );
    let alias = "a#00000001 x:int = A;\nalso#00000001 x:int = A;\nb x:also = B;\n";
    assert!(plain(alias, &["b"]).contains("also#00000001"));
}

/// Of several layers the one that is chosen, without its headings.
#[test]
fn layers() {
    let text = "a = A;\n===3===\nb x:int = B;\n===5===\nb x:long = B;\nc x:B = C;\n===9===\nb y:A = B;\n";
    let of = |layer| sliced(&[text], &["c"], &Options { layer, ..Options::default() });
    assert_eq!(of(Some(5)), "b#0520a563 x:long = B;\nc#d4149742 x:B = C;\n\n// LAYER 5\n");
    assert!(of(None).ends_with("// LAYER 9\n"));
}

/// Ids are those of the file that a declaration comes from, although the part may tell another rule.
#[test]
fn ids_are_written() {
    let telegram = "u#9a1cd5ac flags:# a:flags.0?int t:flags.1?true = U;\nv flags:# t:flags.1?true = V;\n";
    let ton = "w flags:# t:flags.1?true = W;\n";
    let text = sliced(&[telegram, ton], &["V", "W"], &Options::default());
    assert_eq!(text, "v#8ad508d4 flags:# t:flags.1?true = V;\nw#264d9039 flags:# t:flags.1?true = W;\n");
}

fn merged(texts: &[&str]) -> Result<String, Vec<Diagnostic>> {
    let (sources, files) = sources(texts);
    let Outcome { value, diagnostics } = merge(&sources, &files, &Options::default());
    let merged = value.ok_or(diagnostics)?;
    let together = load_fragment(&sources, &files, &Options::default(), Fragment::Proved).value.unwrap();
    assert_eq!(merged.declarations, together.combinators.len());
    assert_eq!(blocks(reread(&merged.text)), blocks(together), "{}", merged.text);
    Ok(merged.text)
}

#[test]
fn merging() {
    let a =
        "// Licence of a.\n\n// A point.\npoint x:int = Point;\n---functions---\n// Asks.\nget = Point;\n// LAYER 7\n";
    let b = "// Generated b.\nint ? = Int;\n// The same.\npoint  x : int = Point ;\n\n// Round.\ncircle c:Point = Circle; // o\n";
    assert_eq!(
        merged(&[a, b]).unwrap(),
        "// Licence of a.\n\n// A point.\npoint#299f9c6d x:int = Point;\n\n// Generated b.\n\nint ? = Int;\n\n// Round.\n\
         circle#c9acff12 c:Point = Circle; // o\n\n---functions---\n\n// Asks.\nget#0fc1e775 = Point;\n\n// LAYER 7\n"
    );
    // In another order, and once more.
    let twice = merged(&[b, a, b]).unwrap();
    assert_eq!(merged(&[&twice]).unwrap(), twice);
}

#[test]
fn conflicts() {
    let codes = |texts: &[&str]| -> Vec<(&'static str, bool, usize)> {
        let found = merged(texts).unwrap_err();
        found.iter().map(|found| (found.code.0, found.is_error(), found.secondary.len())).collect()
    };
    assert_eq!(codes(&["a x:int = A;", "a x:long = A;"]), [("TL0100", true, 1)]);
    assert_eq!(codes(&["a#00000001 x:int = A;", "a#00000002 x:int = A;"])[0], ("TL0100", true, 1));
    assert_eq!(codes(&["a x:int = A;", "b x:Lost = A;"]), [("TL0103", true, 0)]);
    let shared = merged(&["a#00000001 x:int = A;", "b#00000001 x:long = B;"]).unwrap_err();
    let error = shared.iter().find(|found| found.is_error()).unwrap();
    assert_eq!((error.code.0, error.secondary[0].location.file), ("TL0102", FileIdx(0)));
    // That files are of two layers is the reason for all that they have in common.
    let layers = ["a#00000001 x:int = A;\nb = B;\n// LAYER 1\n", "a#00000002 x:long = A;\nb y:int = B;\n// LAYER 2\n"];
    assert_eq!(codes(&layers), [("TL0145", true, 1)]);
    assert_eq!(codes(&["a#1 x:int = A;\n// LAYER 1\n", "b#1 x:long = B;\n// LAYER 2\n"]), [("TL0145", true, 1)]);
    let found = codes(&["a = A;\n// LAYER 1\n", "a = ;\nb x:Lost = B;\n// LAYER 2\n"]);
    assert_eq!((found.len(), found[1].0), (2, "TL0145"), "{found:?}");
    // One file may have two declarations of one id, as it may without merging.
    assert!(merged(&["a#00000001 x:int = A;\nb#00000001 x:long = B;", "c = C;"]).is_ok());
}

/// Parts of every schema of the corpus, each with what one in some of its declarations needs.
#[test]
fn the_corpus() {
    let Some(root) = tl_corpus::folder() else { return };
    let (mut schemas, mut parts) = (0, 0);
    let mut open = vec![root.join("schemas")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let (sources, files) = sources(&[&text]);
            if path.extension().is_none_or(|ending| ending != "tl") {
                continue;
            }
            let Some(schema) = load(&sources, &files, &Options::default()).value else { continue };
            schemas += 1;
            let step = (schema.combinators.len() / 3).max(1);
            let names: Vec<&str> =
                schema.combinators.iter().map(|it| it.name.full()).filter(|name| *name != "_").collect();
            for name in names.iter().skip(step / 2).step_by(step) {
                let selection = closure(&schema, &[(*name).to_owned()]).unwrap();
                part(&sources, &files, &schema, &selection);
                let skipped = named(&schema, &[(*name).to_owned()]).unwrap();
                let rest = closure_without(&schema, &[], &skipped).unwrap();
                let is_whole = schema.combinators.len() < 300 && missing(&schema, &rest).is_empty();
                if is_whole
                    && load(
                        &self::sources(&[&slice(&sources, &files, &schema, &rest)]).0,
                        &[FileIdx(0)],
                        &Options::default(),
                    )
                    .value
                    .is_some()
                {
                    part(&sources, &files, &schema, &rest);
                }
                parts += 1;
            }
        }
    }
    println!("{parts} parts of {schemas} schemas");
    assert!(schemas > 50 && parts > 150, "{parts} parts of {schemas} schemas");
}
