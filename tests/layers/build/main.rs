//! Generates code for the layers and the byte vectors of the corpus that `TL_CORPUS` names.
//!
//! The vectors are read in each configuration: nothing derived, small strings, borrowed text.
//!
//! What goes out are `modules.rs`, which the library includes, and `vectors.rs`, the table of the byte vectors. Both are empty
//! when the variable is not set. `TL_LAYERS_CORPUS` tells the library whether there is a table.

#![expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]

mod cases;
mod load;
mod small;

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use cases::Cases;
use tlgen_build::Config;

/// The layers that are compiled. All of them are generated, by a test.
const LAYERS: [u32; 4] = [66, 132, 133, 228];

/// Vectors of many small schemas.
const SMALL: [&str; 3] = ["primitives.json", "ton.json", "docs-getUsers-and-SharpTL.json"];
/// Vectors of one large schema, whose code is compiled whole in one configuration only.
const LAYER_66: &str = "telegram-layer-066.json";

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
        cases.file(&corpus, LAYER_66, "crate::layer_066", &load::package(&layer_066)?)?;
        let mtproto = Path::new("../../schema/mtproto.tl");
        cases.file(&corpus, "mtproto-auth-key-sample-2013.json", "tl_generated::mtproto", &load::package(mtproto)?)?;
        for primitive in load::primitives(&corpus, "primitives.json")? {
            cases.primitive("primitives.json", &primitive.name, &primitive.ty, &primitive.hex)?;
        }
        let (plain, others) = small::configurations();
        for file in SMALL {
            small::schemas(&corpus, file, &plain, &out_dir, &mut modules, &mut cases)?;
        }
        for configuration in &others {
            for file in SMALL {
                small::schemas(&corpus, file, configuration, &out_dir, &mut modules, &mut cases)?;
            }
            closure(&corpus, LAYER_66, &layer_066, configuration, &out_dir, &mut modules, &mut cases)?;
        }
    }
    fs::write(out_dir.join("modules.rs"), modules)?;
    fs::write(out_dir.join("vectors.rs"), cases.finish())?;
    Ok(())
}

/// Generates what the vectors of a file need of their schema, in one configuration, and adds a case for each of them.
fn closure(
    corpus: &Path,
    file: &str,
    schema: &Path,
    (suffix, config): &(&str, Config),
    out_dir: &Path,
    modules: &mut String,
    cases: &mut Cases,
) -> Result<(), Box<dyn Error>> {
    let vectors = load::vectors(corpus, file)?;
    let mut only = BTreeSet::new();
    vectors.iter().for_each(|vector| load::names(&vector.value, &mut only));
    let mut config = config.clone();
    config.only = only.into_iter().collect();
    let name = format!("{}{suffix}", file.trim_end_matches(".json").replace('-', "_"));
    let (text, package) = load::compile(&name, fs::read_to_string(schema)?, &config)?;
    fs::write(out_dir.join(format!("{name}.rs")), text)?;
    let _ = writeln!(modules, "/// What the vectors of `{file}` need.");
    module(modules, &name, &name);
    vectors.iter().try_for_each(|vector| cases.any(file, vector, &format!("crate::{name}"), &package))
}

/// Generates the layers, through the public builder.
fn layers(corpus: &Path, modules: &mut String) -> Result<(), Box<dyn Error>> {
    let mut builder = tlgen_build::Builder::new();
    for layer in LAYERS {
        builder = builder.schema(corpus.join(format!("schemas/telegram/api-layer-{layer:03}.tl")));
        let _ = writeln!(modules, "/// The Telegram API of layer {layer}.");
        module(modules, &format!("layer_{layer:03}"), &format!("api_layer_{layer:03}"));
    }
    Ok(builder.compile()?)
}

/// A module with what was generated for a schema.
fn module(modules: &mut String, name: &str, schema: &str) {
    let _ = writeln!(modules, "pub mod {name} {{\n    tlgen_runtime::include_schema!({schema:?});\n}}");
}
