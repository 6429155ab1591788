//! Sends every fixture through the public builder, as the build script of a user would, in each configuration.

#[path = "src/configuration.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests share this file")]
mod configuration;
#[path = "src/fixture.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests share this file")]
mod fixture;

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use configuration::Configuration;
use fixture::Fixture;
use tlgen_build::ir::{Boxed, ItemPath, Package, Struct, Usage};
use tlgen_build::{Builder, pipeline};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed=fixtures");
    let mut modules = String::new();
    let mut items = "&[\n".to_owned();
    for fixture in fixture::all().iter().filter(|fixture| fixture.has("use.rs")) {
        let schema = fixture.load().value.ok_or("the schema has errors")?;
        for configuration in Configuration::ALL.into_iter().filter(|it| it.suits(&fixture.config())) {
            let name = configuration.module(&fixture.name);
            compile(fixture, configuration, &name);
            writeln!(modules, "/// The fixture `{}`.\npub mod {name} {{", fixture.name)?;
            writeln!(modules, "    include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\"));\n}}")?;
            let config = configuration.config(fixture.config());
            let package = pipeline::lower(&schema, &config).map_err(|_| "the builder has taken it")?;
            rows(fixture, configuration, &package, &mut items)?;
        }
    }
    items.push(']');
    fs::write(out.join("fixtures.rs"), modules)?;
    fs::write(out.join("items.rs"), items)?;
    Ok(())
}

/// Generates a fixture.
fn compile(fixture: &Fixture, configuration: Configuration, module: &str) {
    let name = &fixture.name;
    let older = (1..=fixture.older().count()).map(|number| format!("fixtures/{name}/older-{number}.tl"));
    let mut builder = Builder::new().layers(module, older.chain([format!("fixtures/{name}/input.tl")]));
    if fixture.has("meta.toml") {
        builder = builder.metadata(format!("fixtures/{name}/meta.toml"));
    }
    if let Err(error) = builder.config(configuration.config(fixture.options.clone())).compile() {
        panic!("fixture {name}, {configuration:?}: {error}");
    }
}

/// A row for each constructor as a struct, each constructor as its boxed type, and each function, if it can be read and written.
/// Where text is borrowed there are rows of what borrows it only.
fn rows(
    fixture: &Fixture,
    configuration: Configuration,
    package: &Package,
    rows: &mut String,
) -> Result<(), std::fmt::Error> {
    let mut row = |combinator: &str, is_function: bool, path: &ItemPath, usage: Usage| {
        if !usage.encode.is_there() || !usage.decode.is_there() {
            return Ok(());
        }
        let parts = path.tree.parent().into_iter().chain([path.tree.module()]);
        let parts: Vec<_> = parts.chain(path.namespace.iter().map(String::as_str)).collect();
        let path = format!("{}::{}", parts.join("::"), path.name);
        let (name, configuration, module) = (&fixture.name, configuration.name(), configuration.module(&fixture.name));
        let check = match configuration {
            "Underived" | "Compact" => format!(
                "Some([read::<crate::generated::{module}::{path}>, |bytes, options| \
                 options.check_bytes::<crate::generated::{module}::views::{path}<'_>>(bytes)])"
            ),
            _ => "None".to_owned(),
        };
        let run = if configuration == "Borrowed" {
            format!("|bytes| borrowed(<crate::generated::{module}::{path}<'_>>::from_bytes(bytes))")
        } else {
            format!("run::<crate::generated::{module}::{path}>")
        };
        writeln!(
            rows,
            "    Item {{ fixture: {name:?}, configuration: Configuration::{configuration}, combinator: {combinator:?}, \
             is_function: {is_function}, path: {path:?}, run: {run}, check: {check} }},"
        )
    };
    let borrowed = configuration == Configuration::Borrowed;
    let (constructors, types) = if borrowed {
        (&package.borrowed.constructors, &package.borrowed.types)
    } else {
        (&package.constructors, &package.types)
    };
    for item in constructors {
        row(&item.tl_name, false, &item.path, item.usage)?;
    }
    for item in package.functions.iter().filter(|item| item.generics.is_empty() && !borrowed) {
        row(&item.tl_name, true, &item.path, item.usage)?;
    }
    for ty in types {
        match ty {
            Boxed::Alias { path, target } => {
                let is_target = |item: &&Struct| item.path == *target;
                if let Some(item) = constructors.iter().find(is_target) {
                    row(&item.tl_name, false, path, item.usage)?;
                }
            }
            Boxed::Enum(item) => {
                for variant in &item.variants {
                    row(&variant.tl_name, false, &item.path, item.usage)?;
                }
            }
        }
    }
    Ok(())
}
