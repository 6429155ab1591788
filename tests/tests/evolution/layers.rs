//! The layers of the Telegram API: each with the one before it, shuffled, cut down, and linked with other schemas.
//!
//! Packages are compared item by item, and two layers as text, which shows that a package says all that there is to see.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

use tlgen_build::ir::{Boxed, Package, Struct, Usage};
use tlgen_build::{Config, Role, pipeline};
use tlgen_parser::ast::SectionKind;
use tlgen_parser::source::Sources;

use crate::items::{Items, generate};

/// The items of some files that are linked together.
fn package(files: &[&str], config: &Config) -> Package {
    let mut sources = Sources::new();
    let idxs: Vec<_> =
        files.iter().enumerate().map(|(at, text)| sources.add(format!("{at}.tl"), (*text).to_owned())).collect();
    let loaded = tlgen_model::load(&sources, &idxs, &tlgen_model::Options::default());
    let Some(schema) = loaded.value else { panic!("{:?}", loaded.diagnostics) };
    pipeline::lower(&schema, config).unwrap()
}

/// What a user sees of an item.
#[derive(Debug, PartialEq)]
struct Shape {
    lines: BTreeSet<String>,
    parts: BTreeSet<String>,
    /// The optional fields that are in a box, which only a cycle of structs causes.
    circles: BTreeSet<String>,
    is_unit: bool,
}

fn shapes(package: &Package) -> BTreeMap<String, Shape> {
    let mut shapes = BTreeMap::new();
    for item in package.constructors.iter().chain(&package.functions) {
        shapes.insert(item.path.to_string(), of_struct(item));
    }
    for ty in &package.types {
        let Boxed::Enum(item) = ty else { continue };
        let variant = |variant: &tlgen_build::ir::Variant| {
            format!("{}({:?}) boxed: {}", variant.name, variant.item.as_ref().map(ToString::to_string), variant.boxed)
        };
        let mut parts: BTreeSet<String> = item.variants.iter().map(variant).collect();
        parts.insert(format!("{:?}", item.traits));
        let shape = Shape { lines: tl(&item.docs.tl), parts, circles: BTreeSet::new(), is_unit: false };
        shapes.insert(item.path.to_string(), shape);
    }
    shapes
}

fn of_struct(item: &Struct) -> Shape {
    let mut parts = BTreeSet::from([format!("{:?} {:?} {:?}", item.traits, item.generics, item.returns)]);
    let mut circles = BTreeSet::new();
    for (place, field) in item.fields.iter().enumerate() {
        parts.insert(format!("{place}: {} {:?} optional: {}", field.name, field.ty, field.optional));
        if field.boxed {
            circles.insert(field.name.clone());
        }
    }
    Shape { lines: tl(&item.docs.tl), parts, circles, is_unit: item.fields.is_empty() }
}

fn tl(lines: &[String]) -> BTreeSet<String> {
    lines.iter().cloned().collect()
}

/// What was found over several comparisons.
#[derive(Default)]
struct Total {
    compared: usize,
    circles: usize,
    changed: Vec<String>,
}

impl Total {
    fn compare(&mut self, what: &str, old: &BTreeMap<String, Shape>, new: &BTreeMap<String, Shape>) {
        let declared: BTreeSet<&String> = new.values().flat_map(|shape| &shape.lines).collect();
        for (path, old) in old {
            match new.get(path) {
                Some(new) if new.lines == old.lines => {
                    self.compared += 1;
                    self.circles += usize::from(old.circles != new.circles);
                    let parts = old.parts.symmetric_difference(&new.parts);
                    self.changed.extend(parts.map(|part| format!("{what}: {path}: {part}")));
                }
                None if old.lines.len() == 1
                    && !old.is_unit
                    && old.lines.iter().all(|line| declared.contains(line)) =>
                {
                    self.changed.push(format!("{what}: {path} is gone"));
                }
                _ => {}
            }
        }
    }

    /// Fails on any change; says how much was compared, past the capture of the test harness.
    fn report(self, what: &str, at_least: usize) {
        let Self { compared, circles, changed } = self;
        _ = writeln!(std::io::stderr(), "{what}: {compared} items with unchanged declarations, {circles} by recursion");
        assert!(changed.is_empty(), "{} changes: {:#?}", changed.len(), &changed[..changed.len().min(10)]);
        assert!(compared >= at_least, "{compared}");
    }
}

/// The texts of all layers, oldest first.
fn layers() -> Option<Vec<(String, String)>> {
    let folder = tl_corpus::folder()?.join("schemas/telegram");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "tl"));
    files.sort();
    let name = |path: &std::path::Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
    Some(files.iter().map(|path| (name(path), fs::read_to_string(path).unwrap())).collect())
}

#[test]
fn neighbouring_layers() {
    let Some(layers) = layers() else { return };
    assert_eq!(layers.len(), 30);
    let mut total = Total::default();
    let mut before: Option<(String, BTreeMap<String, Shape>)> = None;
    for (name, text) in layers {
        let shapes = shapes(&package(&[&text], &Config::default()));
        if let Some((old_name, old)) = &before {
            total.compare(&format!("{old_name} to {name}"), old, &shapes);
        }
        before = Some((name, shapes));
    }
    total.report("29 pairs of layers", 25_000);
}

/// What can be written and read of each item, with its declarations.
fn directions(package: &Package) -> BTreeMap<String, (BTreeSet<String>, Usage)> {
    let structs = package.constructors.iter().chain(&package.functions);
    let structs = structs.map(|item| (item.path.to_string(), (tl(&item.docs.tl), item.usage.there())));
    let enums = package.types.iter().filter_map(|ty| match ty {
        Boxed::Enum(item) => Some((item.path.to_string(), (tl(&item.docs.tl), item.usage.there()))),
        Boxed::Alias { .. } => None,
    });
    structs.chain(enums).collect()
}

/// For a client, too, the items are the same. Which of them can be written and read follows from what requests and answers hold, and
/// is the exception; for everybody else it is not.
#[test]
fn neighbouring_layers_of_a_client() {
    let Some(layers) = layers() else { return };
    let mut total = Total::default();
    let mut turned = [[0, 0], [0, 0]];
    let mut before: Option<(String, [Package; 2])> = None;
    for (name, text) in layers {
        let of = |role| package(&[&text], &Config::with(|config| config.role = role));
        let packages = [Role::Client, Role::Server].map(of);
        if let Some((old_name, old)) = &before {
            total.compare(&format!("{old_name} to {name}"), &shapes(&old[0]), &shapes(&packages[0]));
            for ((old, new), [lost, gained]) in old.iter().zip(&packages).zip(&mut turned) {
                let new = directions(new);
                for (path, (lines, before)) in directions(old) {
                    let Some((_, now)) = new.get(&path).filter(|(same, _)| *same == lines) else { continue };
                    let ways = [(before.encode, now.encode), (before.decode, now.decode)];
                    *lost += ways.iter().filter(|(before, now)| before.is_there() && !now.is_there()).count();
                    *gained += ways.iter().filter(|(before, now)| !before.is_there() && now.is_there()).count();
                }
            }
        }
        before = Some((name, packages));
    }
    total.report("29 pairs of layers for a client", 25_000);
    _ = writeln!(std::io::stderr(), "directions that items lose and gain, of a client and of a server: {turned:?}");
    assert_eq!(turned[1], [0, 0]);
}

#[test]
fn two_layers_as_text() {
    let Some(layers) = layers() else { return };
    let [.., old, new] = &layers[..] else { panic!("the corpus has no layers") };
    let items = |text: &str| Items::of(&generate(&[text], &Config::default()));
    let (compared, changed) = items(&old.1).compare(&items(&new.1));
    assert!(changed.is_empty(), "{} changes: {:#?}", changed.len(), &changed[..changed.len().min(10)]);
    let mut packages = Total::default();
    let shapes = |text: &str| shapes(&package(&[text], &Config::default()));
    packages.compare("", &shapes(&old.1), &shapes(&new.1));
    assert_eq!(compared, packages.compared, "packages and texts have the same items");
}

/// A generator of numbers that gives the same ones on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// The same declarations in another order, without one of five functions.
fn shuffled(text: &str, random: &mut Random) -> String {
    let parsed = tlgen_parser::parse(text);
    let mut sections = [Vec::new(), Vec::new()];
    for (section, declaration) in parsed.schema.declarations() {
        let is_function = section == SectionKind::Functions;
        if !is_function || random.below(5) > 0 {
            sections[usize::from(is_function)].push(&text[declaration.span.range()]);
        }
    }
    let mut out = String::new();
    for (heading, mut lines) in ["---types---", "---functions---"].into_iter().zip(sections) {
        _ = writeln!(out, "{heading}");
        while !lines.is_empty() {
            _ = writeln!(out, "{}", lines.swap_remove(random.below(lines.len())));
        }
    }
    out
}

#[test]
fn order_and_what_is_left_out() {
    let Some(layers) = layers() else { return };
    let mut total = Total::default();
    let mut random = Random(13);
    for (name, text) in layers.iter().rev().take(3) {
        let whole = package(&[text], &Config::default());
        let shapes_of_all = shapes(&whole);
        for _ in 0..2 {
            let other = shuffled(text, &mut random);
            total.compare(name, &shapes_of_all, &shapes(&package(&[&other], &Config::default())));
            // What some of the functions need, and nothing else.
            let some = whole.functions.iter().filter(|_| random.below(20) == 0);
            let only = some.map(|function| function.tl_name.clone()).collect();
            let part = package(&[text], &Config::with(|config| config.only = only));
            total.compare(name, &shapes(&part), &shapes_of_all);
        }
    }
    total.report("order and removal", 10_000);
}

/// Schemas that can be linked with that of the API, each by another rule for ids or with types of its own.
const BESIDE: [&str; 4] =
    ["mtproto/telethon-mtproto.tl", "mtproto/tdlib-mtproto_api.tl", "secret/tdlib-e2e_api.tl", "ton/lite_api.tl"];

#[test]
fn other_files_beside() {
    let Some(layers) = layers() else { return };
    let (name, text) = layers.last().unwrap();
    let folder = tl_corpus::folder().unwrap().join("schemas");
    let mut total = Total::default();
    let alone = shapes(&package(&[text], &Config::default()));
    for other in BESIDE {
        let beside = fs::read_to_string(folder.join(other)).unwrap();
        let both = shapes(&package(&[text, &beside], &Config::default()));
        assert!(both.len() > alone.len(), "{other}");
        total.compare(&format!("{name} beside {other}"), &alone, &both);
    }
    total.report("other files", 4 * alone.len());
}
