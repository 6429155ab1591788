//! Sends every fixture through the public builder, as the build script of a user would.

#[path = "src/options.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests share this file")]
mod options;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use options::Options;

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("fixtures");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed={}", root.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&root)? {
        let entry = entry?;
        if entry.path().join("use.rs").is_file() {
            names.push(entry.file_name().into_string().map_err(|name| format!("{name:?} is not UTF-8"))?);
        }
    }
    names.sort();
    let mut modules = String::new();
    for name in &names {
        let options = match fs::read_to_string(root.join(name).join("options.toml")) {
            Ok(text) => Options::parse(&text).map_err(|error| format!("fixtures/{name}/options.toml: {error}"))?,
            Err(_) => Options::default(),
        };
        let input = format!("fixtures/{name}/input.tl");
        let builder = tl_codegen::Builder::new().schema_files(name, [input]);
        if let Err(error) = options.apply(builder).compile() {
            panic!("fixture {name}: {error}");
        }
        writeln!(modules, "/// The fixture `{name}`.\npub mod {name} {{")?;
        writeln!(modules, "    include!(concat!(env!(\"OUT_DIR\"), \"/{name}.rs\"));\n}}")?;
    }
    fs::write(out.join("fixtures.rs"), modules)?;
    Ok(())
}
