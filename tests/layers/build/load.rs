//! Schemas and vectors from disk.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tlgen_build::{Config, Layout, Origin, ir, pipeline};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::source::Sources;

/// The items that are generated for a schema file, with their names in Rust.
pub(crate) fn package(path: &Path) -> Result<ir::Package, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", path.display());
    let mut sources = Sources::new();
    let file = sources.add(path.display().to_string(), fs::read_to_string(path)?);
    let loaded = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default());
    let schema = loaded.value.ok_or_else(|| format!("{}: {:?}", path.display(), loaded.diagnostics))?;
    items(&schema, &Config::default())
}

/// The code for a schema that is not a file, and its items.
pub(crate) fn compile(name: &str, text: String, config: &Config) -> Result<(String, ir::Package), Box<dyn Error>> {
    let mut sources = Sources::new();
    let file = sources.add(format!("{name}.tl"), text);
    let origin = Origin::new(name, [format!("{name}.tl")]);
    let link = tlgen_model::Options::default();
    let compiled = pipeline::compile(&sources, &[file], &link, &origin, config, Layout::SingleFile);
    let generated = compiled.value.ok_or_else(|| format!("{name}: {:?}", compiled.diagnostics))?;
    let text = generated.files.into_values().next().ok_or("no file")?;
    Ok((text, items(&generated.schema, config)?))
}

fn items(schema: &Valid<Schema>, config: &Config) -> Result<ir::Package, Box<dyn Error>> {
    pipeline::lower(schema, config).map_err(|errors| format!("{errors:?}").into())
}

/// One value of a corpus file, with its bytes.
pub(crate) struct Vector {
    /// What it is called in the corpus.
    pub(crate) name: String,
    /// The declarations that it uses, its own first.
    pub(crate) schema: Vec<String>,
    /// Whether it is a request.
    pub(crate) is_function: bool,
    /// What the bytes say.
    pub(crate) value: Value,
    /// The bytes.
    pub(crate) hex: String,
}

/// One value of a builtin type, with its bytes.
pub(crate) struct Primitive {
    /// What it is called in the corpus.
    pub(crate) name: String,
    /// The type in TL.
    pub(crate) ty: String,
    /// The bytes.
    pub(crate) hex: String,
}

/// The vectors of a corpus file that bring their own declarations.
pub(crate) fn vectors(corpus: &Path, file: &str) -> Result<Vec<Vector>, Box<dyn Error>> {
    entries(corpus, file, true, read)
}

/// The vectors of a corpus file that are of builtin types.
pub(crate) fn primitives(corpus: &Path, file: &str) -> Result<Vec<Primitive>, Box<dyn Error>> {
    entries(corpus, file, false, |vector| {
        let text = |key: &str| vector[key].as_str().map(str::to_owned);
        Some(Primitive { name: text("name")?, ty: text("type")?, hex: text("hex")? })
    })
}

/// The names of all combinators in a value.
pub(crate) fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("_").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|field| names(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

fn entries<T>(
    corpus: &Path,
    file: &str,
    with_schema: bool,
    read: impl Fn(&Value) -> Option<T>,
) -> Result<Vec<T>, Box<dyn Error>> {
    let path = corpus.join("vectors").join(file);
    println!("cargo::rerun-if-changed={}", path.display());
    let json: Value = serde_json::from_str(&fs::read_to_string(path)?)?;
    let vectors = json["vectors"].as_array().ok_or("no vectors")?;
    let wanted = vectors.iter().filter(|vector| vector.get("schema").is_some() == with_schema);
    wanted.map(|vector| read(vector).ok_or_else(|| format!("{file}: {vector}").into())).collect()
}

fn read(vector: &Value) -> Option<Vector> {
    let lines = vector["schema"].as_array()?;
    Some(Vector {
        name: vector["name"].as_str()?.to_owned(),
        schema: lines.iter().map(|line| line.as_str().map(str::to_owned)).collect::<Option<_>>()?,
        is_function: vector["function"].as_bool()?,
        value: vector["value"].clone(),
        hex: vector["hex"].as_str()?.to_owned(),
    })
}
