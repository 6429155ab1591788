//! Sends every fixture through the public builder, as the build script of a user would.

#[path = "src/fixture.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests share this file")]
mod fixture;
#[path = "src/options.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests share this file")]
mod options;

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use fixture::Fixture;
use tl_codegen::ir::{Boxed, ItemPath, Package, Struct};
use tl_codegen::{Builder, pipeline};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=fixtures");
    let mut modules = String::new();
    let mut items = "&[\n".to_owned();
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("use.rs")) {
        let name = &fixture.name;
        let mut builder = Builder::new().schema_files(name, [format!("fixtures/{name}/input.tl")]);
        if fixture.has("meta.toml") {
            builder = builder.metadata(format!("fixtures/{name}/meta.toml"));
        }
        if let Err(error) = fixture.options.apply(builder).compile() {
            panic!("fixture {name}: {error}");
        }
        writeln!(modules, "/// The fixture `{name}`.\npub mod {name} {{")?;
        writeln!(modules, "    include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\"));\n}}")?;
        let schema = fixture.load().value.ok_or("the builder has taken it")?;
        let package = pipeline::lower(&schema, &fixture.config()).map_err(|_| "the builder has taken it")?;
        rows(fixture, &package, &mut items)?;
    }
    items.push(']');
    fs::write(out.join("fixtures.rs"), modules)?;
    fs::write(out.join("items.rs"), items)?;
    Ok(())
}

/// A row for each constructor as a struct, each constructor as its boxed type, and each function.
fn rows(fixture: &Fixture, package: &Package, rows: &mut String) -> Result<(), std::fmt::Error> {
    let mut row = |combinator: &str, is_function: bool, path: &ItemPath| {
        let parts: Vec<_> = [path.tree.module()].into_iter().chain(path.namespace.iter().map(String::as_str)).collect();
        let path = format!("{}::{}", parts.join("::"), path.name);
        let name = &fixture.name;
        writeln!(
            rows,
            "    Item {{ fixture: {name:?}, combinator: {combinator:?}, is_function: {is_function}, path: {path:?}, \
             run: run::<crate::generated::{name}::{path}> }},"
        )
    };
    for item in &package.constructors {
        row(&item.tl_name, false, &item.path)?;
    }
    for item in package.functions.iter().filter(|item| item.generics.is_empty()) {
        row(&item.tl_name, true, &item.path)?;
    }
    for ty in &package.types {
        match ty {
            Boxed::Alias { path, target } => {
                let is_target = |item: &&Struct| item.path == *target;
                if let Some(item) = package.constructors.iter().find(is_target) {
                    row(&item.tl_name, false, path)?;
                }
            }
            Boxed::Enum(item) => {
                for variant in &item.variants {
                    row(&variant.tl_name, false, &item.path)?;
                }
            }
        }
    }
    Ok(())
}
