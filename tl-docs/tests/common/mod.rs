//! Schemas ready to be documented, and what is read from pages.

#![allow(dead_code, clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use tlgen_build::ir::Package;
use tlgen_docs::{Options, Pages, Source, Unit, site};
use tlgen_meta::{Metadata, import, sidecar};
use tlgen_model::Valid;
use tlgen_model::schema::Schema;
use tlgen_parser::source::{FileIdx, Sources};

/// The folder of the workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// A schema with everything that its pages are made of.
pub(crate) struct Loaded {
    pub(crate) name: String,
    pub(crate) rust_path: String,
    pub(crate) schema: Valid<Schema>,
    pub(crate) package: Option<Package>,
    /// What is known: from its own sources, then from tables that cover all layers.
    pub(crate) metadata: Metadata,
    pub(crate) tables: Vec<(String, Option<u32>, Metadata)>,
}

impl Loaded {
    pub(crate) fn unit(&self) -> Unit<'_> {
        Unit {
            name: self.name.clone(),
            rust_path: self.rust_path.clone(),
            schema: &self.schema,
            package: self.package.as_ref(),
            metadata: std::iter::once(Source {
                name: "own".to_owned(),
                layer: None,
                own: true,
                metadata: &self.metadata,
            })
            .chain(self.tables.iter().map(|(name, layer, metadata)| Source {
                name: name.clone(),
                layer: *layer,
                own: false,
                metadata,
            }))
            .collect(),
        }
    }
}

/// Text of a schema, with metadata from its comments alone.
pub(crate) fn schema(name: &str, text: &str, config: &tlgen_build::Config) -> Loaded {
    let mut sources = Sources::new();
    let file = sources.add(name, text);
    let loaded = tlgen_model::load(&sources, &[file], &tlgen_model::Options::default());
    let schema = loaded.value.unwrap_or_else(|| panic!("{name}: {:?}", loaded.diagnostics));
    let package = tlgen_build::pipeline::lower(&schema, config).ok();
    let metadata = Metadata::from_schema(&schema);
    Loaded {
        name: name.to_owned(),
        rust_path: format!("tl_generated::{name}"),
        schema,
        package,
        metadata,
        tables: Vec::new(),
    }
}

/// A schema of this repository with its sidecar file.
pub(crate) fn own(name: &str) -> Loaded {
    let folder = workspace().join("schema");
    let file = name.replace('_', "-");
    let text = fs::read_to_string(folder.join(format!("{file}.tl"))).unwrap();
    let mut sources = sidecars(name).into_iter();
    let first = sources.next().unwrap();
    let mut config = options(name);
    config.metadata = first.clone();
    let mut loaded = schema(name, &text, &config);
    assert!(loaded.package.is_some());
    loaded.metadata.merge(first);
    loaded.tables = sources.map(|other| (other.source.clone().unwrap(), other.layer, other)).collect();
    loaded
}

/// The schema in `tlgen.toml` that has a name.
fn configured(name: &str) -> toml::Table {
    let text = fs::read_to_string(workspace().join("tlgen.toml")).unwrap();
    let config: toml::Table = text.parse().unwrap();
    let mut schemas = config["schema"].as_array().unwrap().iter().map(|schema| schema.as_table().unwrap());
    schemas.find(|schema| schema["name"].as_str() == Some(name)).unwrap().clone()
}

/// The files with metadata of a schema.
fn sidecars(name: &str) -> Vec<Metadata> {
    let paths = match configured(name)["metadata"].clone() {
        toml::Value::Array(paths) => paths,
        path => vec![path],
    };
    let read = |path: &toml::Value| fs::read_to_string(workspace().join(path.as_str().unwrap())).unwrap();
    paths.iter().map(|path| sidecar::read(&read(path), FileIdx(0)).unwrap()).collect()
}

/// The options of a schema with methods for calls and with errors.
pub(crate) fn with_calls(metadata: &Metadata) -> tlgen_build::Config {
    tlgen_build::Config::with(|config| {
        config.calls = true;
        config.metadata = metadata.clone();
    })
}

/// What `tlgen.toml` says about the generated code of a schema.
fn options(name: &str) -> tlgen_build::Config {
    let schema = configured(name);
    let text = |value: &toml::Value| value.as_str().unwrap().to_owned();
    tlgen_build::Config::with(|config| {
        config.bytes = schema.get("bytes").and_then(|list| list.as_array()).into_iter().flatten().map(text).collect();
        config.calls = schema.get("calls").and_then(toml::Value::as_bool).unwrap_or_default();
        config.length = schema
            .get("length")
            .and_then(|table| table.as_table())
            .into_iter()
            .flatten()
            .map(|(key, value)| (key.clone(), text(value)))
            .collect();
    })
}

/// The schemas of this repository.
pub(crate) fn all_own() -> Vec<Loaded> {
    ["mtproto", "telegram_132", "telegram_228"].into_iter().map(own).collect()
}

/// A real schema with all metadata of the corpus.
pub(crate) fn real(corpus: &Path, name: &str, path: &str) -> Loaded {
    let text = fs::read_to_string(corpus.join("schemas").join(path)).unwrap();
    let mut loaded = schema(name, &text, &tlgen_build::Config::default());
    for table in ["gotd-getdoc/layer-223-slice.json", "telethon/errors.csv", "telethon/methods.csv"] {
        let text = fs::read_to_string(corpus.join("metadata").join(table)).unwrap();
        loaded.metadata.merge(import::read(&text, FileIdx(0)).unwrap());
    }
    loaded
}

/// A page for each name.
pub(crate) fn make(loaded: &[Loaded]) -> Pages {
    make_with(loaded, &Options::default())
}

/// All pages of older layers, too.
pub(crate) fn make_all_layers(loaded: &[Loaded]) -> Pages {
    make_with(loaded, &Options { all_layers: true, ..Options::default() })
}

pub(crate) fn make_with(loaded: &[Loaded], options: &Options) -> Pages {
    let units: Vec<Unit<'_>> = loaded.iter().map(Loaded::unit).collect();
    site(&units, options, &mut |_, _| {}).unwrap()
}

pub(crate) fn text<'p>(pages: &'p Pages, path: &str) -> &'p str {
    let page = pages.get(path).unwrap_or_else(|| panic!("there is no page {path}"));
    std::str::from_utf8(page).unwrap()
}

/// Every link of every page that leads nowhere, as `page -> link`. Links to other sites are left out.
pub(crate) fn dead_links(pages: &Pages) -> Vec<String> {
    let mut dead = Vec::new();
    let anchors: std::collections::HashMap<&str, std::collections::HashSet<&str>> = pages
        .iter()
        .map(|(path, page)| {
            let page = std::str::from_utf8(page).unwrap();
            (path.as_str(), between(page, " id=\"", "\"").collect())
        })
        .collect();
    for (path, page) in pages {
        let page = std::str::from_utf8(page).unwrap();
        let links: Vec<&str> = if path.ends_with(".html") {
            between(page, "href=\"", "\"").chain(between(page, "src=\"", "\"")).collect()
        } else if path.ends_with(".md") || path.ends_with(".txt") {
            between(page, "](", ")").collect()
        } else {
            Vec::new()
        };
        for link in links {
            if link.starts_with("https://") || link.starts_with("http://") || link.starts_with("data:") {
                continue;
            }
            let (file, fragment) = link.split_once('#').map_or((link, None), |(file, fragment)| (file, Some(fragment)));
            let target = match file.strip_prefix('/') {
                Some(from_root) => from_root.to_owned(),
                None if file.is_empty() => path.clone(),
                None => resolve(path, file),
            };
            let found = anchors.get(target.as_str());
            // The anchors of a Markdown page are made of its headings, except those that are written out.
            let has_anchor = |fragment: &str| found.is_some_and(|anchors| anchors.contains(fragment));
            if found.is_none() || fragment.is_some_and(|fragment| !has_anchor(fragment)) {
                dead.push(format!("{path} -> {link}"));
            }
        }
    }
    dead
}

fn between<'t>(text: &'t str, before: &'t str, behind: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(before).skip(1).filter_map(move |rest| rest.split(behind).next())
}

/// The path that a relative link means.
fn resolve(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        if part == ".." {
            assert!(parts.pop().is_some(), "{page} -> {link} leads out of the site");
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}
