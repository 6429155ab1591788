//! Generates types of some layers of the corpus that `TL_CORPUS` names.
//!
//! What goes out is `layers.rs`, which the library includes. Its tables are empty when the variable is not set.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use tlgen_build::{Builder, Config, UnknownMode, pipeline};
use tlgen_parser::source::Sources;

/// The layers whose types read what others send.
const LAYERS: [u32; 3] = [133, 222, NEWEST];

/// The layer of which there are all types.
const NEWEST: u32 = 228;

/// What is read of the others. Only decoding and encoding is of interest, so nothing is derived.
const ROOTS: [&str; 4] =
    ["types:contacts.Contacts", "types:messages.Messages", "types:updates.Difference", "types:Updates"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=TL_CORPUS");
    println!("cargo::rerun-if-changed=build.rs");
    let mut modules = String::new();
    if let Some(corpus) = env::var_os("TL_CORPUS").map(PathBuf::from) {
        if !corpus.join("schemas").is_dir() {
            return Err(format!("TL_CORPUS is {}, which is not the corpus", corpus.display()).into());
        }
        modules.push_str("/// The types of each layer.\npub const LAYERS: &[Layer] = &[\n");
        for layer in LAYERS {
            let none: [&str; 0] = [];
            let builder = Builder::new().derives(none).unknown(UnknownMode::Keep).schema(path(&corpus, layer));
            if layer == NEWEST { builder } else { builder.only(ROOTS) }.compile()?;
            let _ = writeln!(modules, "    Layer {{ number: {layer}, roots: roots!(layer_{layer:03}) }},");
        }
        modules.push_str("];\n");
        modules.push_str(&types(&path(&corpus, NEWEST))?);
        for layer in LAYERS {
            let _ = writeln!(
                modules,
                "mod layer_{layer:03} {{ tlgen_runtime::include_schema!(\"api_layer_{layer:03}\"); }}"
            );
        }
    } else {
        modules.push_str("/// None, without the corpus.\npub const LAYERS: &[Layer] = &[];\n");
        modules.push_str("/// None, without the corpus.\npub static TYPES: &[Type] = &[];\n");
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("layers.rs"), modules)?;
    Ok(())
}

fn path(corpus: &Path, layer: u32) -> PathBuf {
    corpus.join(format!("schemas/telegram/api-layer-{layer:03}.tl"))
}

/// The table of all types of the newest layer.
fn types(path: &Path) -> Result<String, Box<dyn Error>> {
    let mut sources = Sources::new();
    let file = sources.add(path.display().to_string(), fs::read_to_string(path)?);
    let loaded = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default());
    let schema = loaded.value.ok_or("the schema has errors")?;
    let package = pipeline::lower(&schema, &Config::default()).map_err(|errors| format!("{errors:?}"))?;
    let constructors = package.types_by_constructor();
    let mut text = format!("/// All types of layer {NEWEST}.\npub static TYPES: &[Type] = &[\n");
    for (_, ty) in schema.types() {
        let Some(first) = ty.constructors.first() else { continue };
        let Some(path) = constructors.get(schema.combinator(*first).name.full()) else { continue };
        let name = ty.name.full();
        let _ = writeln!(text, "    Type {{ ty: {name:?}, read: read::<layer_{NEWEST}::{path}> }},");
    }
    text.push_str("];\n");
    Ok(text)
}
