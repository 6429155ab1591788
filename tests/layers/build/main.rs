//! Generates code for the layers and the byte vectors of the corpus that `TL_CORPUS` names.
//!
//! Out go `modules.rs`, which the library includes, and `vectors.rs`, the table of the byte vectors; both are empty
//! when the variable is not set. The tests find the folder in `TL_LAYERS_CORPUS`.

#![expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

mod cases;
mod load;
mod small;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use cases::Cases;

/// The layers that are compiled. All of them are generated, by a test.
const LAYERS: [u32; 4] = [66, 132, 133, 228];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=TL_CORPUS");
    println!("cargo::rerun-if-changed=build");
    let out_dir = PathBuf::from(env::var("OUT_DIR")?);
    let mut modules = String::new();
    let mut cases = Cases::default();
    if let Some(corpus) = env::var_os("TL_CORPUS").map(PathBuf::from) {
        if !corpus.join("schemas").is_dir() {
            return Err(format!("TL_CORPUS is {}, which is not the corpus", corpus.display()).into());
        }
        println!("cargo::rustc-env=TL_LAYERS_CORPUS={}", corpus.display());
        layers(&corpus, &mut modules)?;
        let layer_066 = corpus.join("schemas/telegram/api-layer-066.tl");
        cases.file(&corpus, "telegram-layer-066.json", "crate::layer_066", &load::package(&layer_066)?)?;
        let mtproto = Path::new("../../schema/mtproto.tl");
        cases.file(&corpus, "mtproto-auth-key-sample-2013.json", "tl_generated::mtproto", &load::package(mtproto)?)?;
        for primitive in load::primitives(&corpus, "primitives.json")? {
            cases.primitive("primitives.json", &primitive.name, &primitive.ty, &primitive.hex)?;
        }
        for file in ["primitives.json", "ton.json", "docs-getUsers-and-SharpTL.json"] {
            small::schemas(&corpus, file, &out_dir, &mut modules, &mut cases)?;
        }
    }
    fs::write(out_dir.join("modules.rs"), modules)?;
    fs::write(out_dir.join("vectors.rs"), cases.finish())?;
    Ok(())
}

/// Generates the layers, through the builder that every user has.
fn layers(corpus: &Path, modules: &mut String) -> Result<(), Box<dyn Error>> {
    let mut builder = tl_codegen::Builder::new();
    for layer in LAYERS {
        builder = builder.schema(corpus.join(format!("schemas/telegram/api-layer-{layer:03}.tl")));
        let _ = writeln!(modules, "/// The Telegram API of layer {layer}.");
        module(modules, &format!("layer_{layer:03}"), &format!("api_layer_{layer:03}"));
    }
    Ok(builder.compile()?)
}

/// A module with what was generated for a schema.
fn module(modules: &mut String, name: &str, schema: &str) {
    let _ = writeln!(modules, "pub mod {name} {{\n    tl_runtime::include_schema!({schema:?});\n}}");
}
