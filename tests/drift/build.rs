//! Generates what four answers need of some layers of the corpus that `TL_CORPUS` names.
//!
//! What goes out is `layers.rs`, which the library includes. It is empty when the variable is not set.

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use tlgen_build::{Builder, UnknownMode};

/// The layers whose types read what others send.
const LAYERS: [u32; 3] = [133, 222, 228];

/// What is read. Only decoding and encoding is of interest, so nothing is derived.
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
        let none: [&str; 0] = [];
        let mut builder = Builder::new().only(ROOTS).derives(none).unknown(UnknownMode::Keep);
        modules.push_str("/// The types of each layer.\npub const LAYERS: &[Layer] = &[\n");
        for layer in LAYERS {
            builder = builder.schema(corpus.join(format!("schemas/telegram/api-layer-{layer:03}.tl")));
            let _ = writeln!(modules, "    Layer {{ number: {layer}, roots: roots!(layer_{layer:03}) }},");
        }
        modules.push_str("];\n");
        for layer in LAYERS {
            let _ = writeln!(
                modules,
                "mod layer_{layer:03} {{ tlgen_runtime::include_schema!(\"api_layer_{layer:03}\"); }}"
            );
        }
        builder.compile()?;
    } else {
        modules.push_str("/// None, without the corpus.\npub const LAYERS: &[Layer] = &[];\n");
    }
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("layers.rs"), modules)?;
    Ok(())
}
