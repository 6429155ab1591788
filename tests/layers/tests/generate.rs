//! Every layer of the Telegram API is generated. Each other schema of the corpus is generated, too, or refused for a reason that
//! is listed here.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::{say, sums};
use tlgen_build::{Config, GENERATED_MARK, Layout, Origin, pipeline};
use tlgen_diagnostics::Style;
use tlgen_parser::source::Sources;

/// Schemas that are refused: path, codes of the errors, reason.
const REFUSED: &[(&str, &[&str], &str)] = &[
    ("secret/telethon-secret.tl", &["TL0103"], "it declares `secret.X` and uses `X`"),
    ("ton/ton_api.tl", &["TL0202"], "an `Object` field before others; functions that return the bare `True`"),
];

/// The schema files of a folder, sorted.
fn schemas(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "tl"));
    paths.sort();
    paths
}

/// The result for a schema: the numbers of its constructors and functions, or its errors and their codes.
fn generate(path: &Path) -> Result<[usize; 2], (String, BTreeSet<String>)> {
    let name = path.file_stem().unwrap().to_string_lossy().replace('-', "_");
    let mut sources = Sources::new();
    let file = sources.add(path.file_name().unwrap().to_string_lossy(), fs::read_to_string(path).unwrap());
    let origin = Origin::new(&name, [&sources.get(file).name]);
    let (link, config) = (tlgen_model::Options::default(), Config::default());
    let outcome = pipeline::compile(&sources, &[file], &link, &origin, &config, Layout::SingleFile);
    let Some(generated) = outcome.value else {
        let codes = outcome.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let codes = codes.map(|diagnostic| diagnostic.code.0.to_owned()).collect();
        return Err((tlgen_diagnostics::render_all(&outcome.diagnostics, &sources, Style::Plain), codes));
    };
    let text = &generated.files[&format!("{name}.rs")];
    assert!(text.starts_with(GENERATED_MARK), "{name}");
    let package = pipeline::lower(&generated.schema, &config).unwrap();
    let counts = [package.types_by_constructor().len(), package.functions.len()];
    assert_eq!(counts, [generated.schema.constructors().count(), generated.schema.functions().count()], "{name}");
    Ok(counts)
}

#[test]
fn every_layer_is_generated() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let paths = schemas(&corpus.join("schemas/telegram"));
    assert_eq!(paths.len(), 30);
    let [constructors, functions] = sums(&paths, |path| {
        let counts = generate(path).unwrap_or_else(|(errors, _)| panic!("{}\n{errors}", path.display()));
        assert!(counts.iter().all(|count| *count > 50), "{}: {counts:?}", path.display());
        counts
    });
    say(&format!("{} layers are generated: {constructors} constructors, {functions} functions", paths.len()));
}

#[test]
fn other_schemas_are_generated_or_refused_for_a_reason() {
    let Some(corpus) = tl_corpus::folder() else { return };
    let mut refused = Vec::new();
    let mut generated = 0;
    for folder in ["mtproto", "secret", "tdlib", "ton"] {
        for path in schemas(&corpus.join("schemas").join(folder)) {
            let name = format!("{folder}/{}", path.file_name().unwrap().display());
            match generate(&path) {
                Ok(_) => generated += 1,
                Err((errors, codes)) => {
                    assert!(errors.contains("error[TL"), "{name}: {errors}");
                    refused.push((name, codes));
                }
            }
        }
    }
    let expected = REFUSED.iter().map(|(name, codes, _)| {
        ((*name).to_owned(), codes.iter().map(|code| (*code).to_owned()).collect::<BTreeSet<_>>())
    });
    assert_eq!(refused, expected.collect::<Vec<_>>());
    say(&format!("{generated} other schemas are generated, {} refused:", REFUSED.len()));
    for (name, codes, reason) in REFUSED {
        say(&format!("  {name} ({}): {reason}", codes.join(", ")));
    }
}
